"""Local is private: who may reach the venue at all, and who holds the operator's token.

A page of another site must not reach a venue on this machine: not by a foreign `Origin`, not by a
name that resolves to 127.0.0.1 (DNS rebinding), and not with the operator's cookie, which is
SameSite=Strict.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from http.cookies import SimpleCookie
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import msgspec
from starlette.types import ASGIApp, Receive, Scope, Send

from longshore.venue.caller import Caller, Refused, Role
from longshore.venue.private_files import write_private

COOKIE = "longshore"
TOKEN_FILE = "operator.token"  # noqa: S105 - the name of the file
LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
FOREIGN_CODE = 4403
PERSON = b"x-longshore-person"
"""Beside the token: for whom a process of this venue asks another, as `passed_on` writes it."""


def open_token(path: Path) -> str:
    """The operator's token, made at the first start and readable by this user alone."""
    if not path.exists():
        # Never seen half written: an empty token would let everybody in.
        write_private(path, secrets.token_urlsafe(32).encode())
    return path.read_text().strip()


def header(scope: Scope, name: bytes) -> str:
    """A request header, empty when it is not there."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return ""


def cookie(scope: Scope, name: str) -> str:
    """A cookie of a request, empty when it is not there."""
    morsel = SimpleCookie(header(scope, b"cookie")).get(name)
    return "" if morsel is None else morsel.value


def cookie_header(token: str) -> tuple[bytes, bytes]:
    """The header that gives a browser the operator's token."""
    return (b"set-cookie", f"{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/".encode())


def passed_on(caller: Caller) -> tuple[bytes, bytes]:
    """The header that says for whom the holder of the token asks."""
    stands = "owner" if caller.owns_world else "guest"
    own = caller.acts_as or caller.name
    return (PERSON, f"{caller.name} {caller.role} {stands} {own}".encode())


class OperatorToken:
    """Knows the token, as a cookie or as a Bearer header; its holder may speak for a person."""

    refused = Refused("NO_TOKEN", "people-no-token")

    def __init__(self, token: str) -> None:
        """The one token of this data folder."""
        self.value = token

    def is_in(self, scope: Scope) -> bool:
        """Whether a request or socket carries the token."""
        bearer = header(scope, b"authorization").removeprefix("Bearer ")
        return self.matches(bearer) or self.matches(cookie(scope, COOKIE))

    def caller(self, scope: Scope) -> Caller | None:
        """The operator, or the person the operator's own process asks for; None without token."""
        if not self.is_in(scope):
            return None
        said = header(scope, PERSON)
        if not said:
            return Caller()
        name, role, stands, own = said.split()
        return Caller(name, cast("Role", role), stands == "owner", own)

    def matches(self, given: str) -> bool:
        """Compare without telling by time how much was right."""
        return secrets.compare_digest(given.encode(), self.value.encode())


class SameSite:
    """Refuses unknown hosts and foreign origins before anything else sees the request."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        """Answers to the loopback names, and to `hosts`."""
        self._app = app
        self._hosts = LOOPBACK.union(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = self.refusal(scope)
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": FOREIGN_CODE, "reason": refusal})
        else:
            await _forbid(send, refusal)

    def refusal(self, scope: Scope) -> str | None:
        """Why a request is not served: UNKNOWN_HOST, FOREIGN_ORIGIN or None."""
        host = header(scope, b"host")
        if _hostname(host) not in self._hosts:
            return "UNKNOWN_HOST"
        origin = header(scope, b"origin")
        if origin and urlsplit(origin).netloc.lower() != host.lower():
            return "FOREIGN_ORIGIN"
        return None


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


async def _forbid(send: Send, code: str) -> None:
    message = "This venue answers to its own pages and to programs on this machine only."
    body = msgspec.json.encode({"code": code, "field": "", "message": message})
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
