"""Who comes in by signing in, and what keeps another site from using their session.

A session is a cookie that scripts cannot read and that no other site's request carries. Whatever
changes something must also repeat, in a header, a second cookie that scripts of this site can
read: a page elsewhere could not, even where a browser sent it the first.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from contextlib import suppress
from typing import TYPE_CHECKING

from longshore.explain.sentences import say
from longshore.venue.auth import COOKIE, OperatorToken, cookie, header
from longshore.venue.caller import Caller, Refused
from longshore.venue.dialects.native.errors import FORBIDDEN, ApiError
from longshore.venue.dialects.native.wire import send_json

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from longshore.venue.people.store import Session, Store

SESSION, SEAL = "longshore_session", "longshore_seal"
SEAL_HEADER = b"x-longshore-seal"
READING = frozenset(("GET", "HEAD", "OPTIONS"))
GONE_CODE = 4401


class PeoplesDoor:
    """Knows people by their session, and the operator's token as ever."""

    refused = Refused("NOT_SIGNED_IN", "people-not-signed-in")

    def __init__(self, store: Store, token: OperatorToken, *, is_secure: bool) -> None:
        """`is_secure`: the venue is reached by https only, and its cookies stay there."""
        self._store = store
        self._token = token
        self._prefix = "__Host-" if is_secure else ""
        self._secure = "; Secure" if is_secure else ""

    def session(self, scope: Scope) -> Session | None:
        """The session of a request."""
        return self._store.session(cookie(scope, self._prefix + SESSION))

    def caller(self, scope: Scope) -> Caller | None:
        """The person of the session, else the holder of the operator's token."""
        session = self.session(scope)
        person = None if session is None else self._store.person(session.name)
        if person is not None:
            return Caller(person.name, person.role)
        return Caller() if self._token.is_in(scope) else None

    def let_in(self, token: str) -> list[tuple[bytes, bytes]]:
        """The headers that give a browser a session."""
        return [self._set(SESSION, token, "; HttpOnly"), self.seal(token)]

    def seal(self, token: str) -> tuple[bytes, bytes]:
        """The header that gives a browser what it is to repeat."""
        return self._set(SEAL, seal_of(token))

    def let_out(self) -> list[tuple[bytes, bytes]]:
        """The headers that take a session back."""
        return [self._set(SESSION, "", "; HttpOnly; Max-Age=0"), self._set(SEAL, "", "; Max-Age=0")]

    def _set(self, name: str, value: str, more: str = "") -> tuple[bytes, bytes]:
        flags = f"{self._secure}{more}; SameSite=Strict; Path=/"
        return (b"set-cookie", f"{self._prefix}{name}={value}{flags}".encode())

    def is_forged(self, scope: Scope) -> bool:
        """Whether a change comes by a cookie alone, without what its page would have repeated."""
        if scope["method"] in READING:
            return False
        carried = self._carried(scope)
        repeated = header(scope, SEAL_HEADER).encode()
        return bool(carried) and not hmac.compare_digest(seal_of(carried).encode(), repeated)

    def _carried(self, scope: Scope) -> str:
        """The cookie that lets a request in; empty where none does."""
        if self.session(scope) is not None:
            return cookie(scope, self._prefix + SESSION)
        token = cookie(scope, COOKIE)
        return token if self._token.matches(token) else ""


def seal_of(token: str) -> str:
    """What a page repeats to show that it can read this site's cookies."""
    return hashlib.sha256(f"seal of {token}".encode()).hexdigest()


class Guarded:
    """Before all routes: refuses forged changes, and ends the sockets of a session with it."""

    def __init__(self, app: ASGIApp, door: PeoplesDoor) -> None:
        """In front of an application."""
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is not forged."""
        if scope["type"] == "websocket":
            session = self._door.session(scope)
            if session is None:
                await self._app(scope, receive, send)
            else:
                await _until_ended(session, self._app, scope, receive, send)
        elif self._door.is_forged(scope):
            error = ApiError(FORBIDDEN, "FORGED", say("people-forged"))
            await send_json(send, error.reply, error.status)
        else:
            await self._app(scope, receive, send)


async def _until_ended(
    session: Session, app: ASGIApp, scope: Scope, receive: Receive, send: Send
) -> None:
    """Carry a socket until it is over, or until its session is."""
    is_open = False

    async def noted(message: Message) -> None:
        nonlocal is_open
        is_open = message["type"] != "websocket.close"
        await send(message)

    talk = asyncio.ensure_future(app(scope, receive, noted))
    end = asyncio.ensure_future(session.ended.wait())
    try:
        await asyncio.wait({talk, end}, return_when=asyncio.FIRST_COMPLETED)
        if talk.done():
            await talk
            return
        talk.cancel()
        with suppress(asyncio.CancelledError):
            await talk
        if is_open:
            reason = PeoplesDoor.refused.code
            await send({"type": "websocket.close", "code": GONE_CODE, "reason": reason})
    finally:
        end.cancel()
        talk.cancel()
