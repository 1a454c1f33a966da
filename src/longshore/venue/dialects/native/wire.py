"""From a handler's signature to a raw ASGI endpoint: strict decode, one struct out, errors named.

A handler is `async def name(call, query?, body?) -> Reply`; the types of its arguments are what the
endpoint decodes and what the OpenAPI document says.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, get_type_hints
from urllib.parse import parse_qsl

import msgspec
import structlog
from starlette.types import Receive, Scope, Send

from longshore.explain.sentences import (
    VOICES,
    Language,
    Voice,
    known,
    say,
    speaking,
    spoken,
    wished,
)
from longshore.venue.body import BodyCutError, BodyTooLargeError, whole_body
from longshore.venue.caller import Caller, Door, Need
from longshore.venue.context import Venue
from longshore.venue.dialects.native import four_eyes
from longshore.venue.dialects.native.errors import (
    BAD_REQUEST,
    FORBIDDEN,
    UNAUTHORIZED,
    ApiError,
    bad_value,
    not_found,
)
from longshore.venue.dialects.native.schema.base import ErrorReply
from longshore.venue.dialects.native.schema.proposals import Waits
from longshore.venue.projections.projector import HistoryStoppedError
from longshore.venue.proposals import Asked
from longshore.world.sequencer import StoppedError

LOG = structlog.get_logger()
BODY_MAX_BYTES = 65_536
WHY_MAX = 280
ACCEPTED, UNAVAILABLE = 202, 503
EXPONENT_MAX = 40  # sums and products of such numbers stay small enough to be exact and quick
Handler = Callable[..., Awaitable[Any]]
Headers = list[tuple[bytes, bytes]]
NOBODY = Caller("", "learner")
NO_ACCOUNT = -1
_ENCODER = msgspec.json.Encoder()
_PATH_IN_MESSAGE = re.compile(r" - at `\$\.?([^`]*)`")


class Query(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Query parameters. One that is not known is refused, not ignored."""


@dataclass(frozen=True, slots=True)
class Call:
    """Who asks, and where."""

    venue: Venue
    account: str
    account_id: int
    path: dict[str, str]
    caller: Caller
    scope: Scope
    headers: Headers = field(default_factory=list)
    """What the answer carries besides its body, such as a cookie."""
    why: str = ""
    """The reason of an operator's act."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    handler: Handler
    needs: Need = "account"
    act: str = ""
    """What the operator's log calls it; empty: nothing that is logged."""

    @property
    def is_operators(self) -> bool:
        """Whether nobody but an operator does this, so that it is logged without a reason, too."""
        return self.path.startswith("/operator/")

    @property
    def looks(self) -> bool:
        """Whether it changes nothing."""
        return self.method == "GET"

    def argument(self, name: str) -> Any:
        """The type of the handler's `query`, `body` or `return`; None without."""
        return get_type_hints(self.handler).get(name)


class Endpoint:
    """An operation as a raw ASGI callable."""

    def __init__(self, operation: Operation, venue: Venue, door: Door) -> None:
        """Prepare the decoders once."""
        body = operation.argument("body")
        self.operation = operation
        self._query = operation.argument("query")
        self._body = None if body is None else msgspec.json.Decoder(body)
        self._venue = venue
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers: Headers = []
        try:
            reply: Any = await self._reply(scope, receive, headers)
            status = ACCEPTED if isinstance(reply, Waits) else 200
        except ApiError as error:
            reply, status = error.reply, error.status
        except StoppedError:
            reply, status = _stopped("WORLD_STOPPED", "The world takes no commands any more.")
        except HistoryStoppedError:
            reply, status = _stopped("HISTORY_STOPPED", "History cannot be read; start again.")
        except Exception:
            LOG.exception("request_failed", path=scope["path"])
            message = "The venue failed; its log says why."
            reply, status = ErrorReply(code="INTERNAL", field="", message=message), 500
        if isinstance(reply, Download):
            await send_file(send, reply)
        else:
            await send_json(send, reply, status, headers)

    async def _reply(self, scope: Scope, receive: Receive, headers: Headers) -> Any:
        caller = self._door.caller(scope)
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        with speaking(*asked_to_speak(query, scope)):
            self._check(caller)
            account = query.pop("account", None)
            why = reason_in(query) if self.operation.act else ""
            call = self._call(scope, caller or NOBODY, account, headers)
            return await self._answer(replace(call, why=why) if why else call, receive, query)

    def _check(self, caller: Caller | None) -> None:
        """Raises ApiError for a caller who may not ask for this."""
        needs = self.operation.needs
        if needs == "nobody":
            return
        if caller is None:
            refused = self._door.refused
            raise ApiError(UNAUTHORIZED, refused.code, say(refused.sentence))
        if not caller.may(needs, looks=self.operation.looks):
            key = "auditor" if caller.is_auditor else needs
            raise ApiError(FORBIDDEN, "NOT_ALLOWED", say(f"people-needs-{key}"))

    async def _answer(self, call: Call, receive: Receive, query: dict[str, str]) -> Any:
        arguments: dict[str, Any] = {}
        if self._query is not None:
            arguments["query"] = _converted(query, self._query)
        elif query:
            raise bad_value("There is no such query parameter.", next(iter(query)))
        if self._body is not None:
            arguments["body"] = _decoded(await read_body(receive), self._body)
        if self.operation.act:
            return await self._acted(call, arguments)
        return await self.operation.handler(call, **arguments)

    async def _acted(self, call: Call, arguments: dict[str, Any]) -> Any:
        """An act of an operator: what has been done is in the log, what was refused not."""
        act, body = self.operation.act, msgspec.to_builtins(arguments.get("body")) or {}
        four_eyes.check_reason(call, self.operation)
        if four_eyes.takes_two(call, act, call.path | body):
            return four_eyes.kept(call, act, body)
        reply = await self.operation.handler(call, **arguments)
        if call.caller.may("world") and (call.why or self.operation.is_operators):
            four_eyes.note(call, act, call.path | body)
        return reply

    async def carry_out(self, call: Call, asked: Asked) -> Any:
        """Do what was proposed, by the handler that would have done it, as if it came now."""
        arguments = {} if self._body is None else {"body": _proposed(asked, self._body)}
        reply = await self.operation.handler(replace(call, path=asked.path), **arguments)
        four_eyes.note(call, asked.act, asked.given, asked)
        return reply

    def _call(self, scope: Scope, caller: Caller, asked: str | None, headers: Headers) -> Call:
        path = scope.get("path_params", {})
        if self.operation.needs == "nobody":
            return Call(self._venue, "", NO_ACCOUNT, path, caller, scope, headers)
        account, account_id = account_of(self._venue, caller, asked)
        four_eyes.check_own_name(self._venue, caller, self.operation, account)
        return Call(self._venue, account, account_id, path, caller, scope, headers)


def account_of(venue: Venue, caller: Caller, asked: str | None) -> tuple[str, int]:
    """Name and number of the account a caller acts for. Raises ApiError: not there, or not theirs.

    Whoever may not see an account is told what is told of one that is not there.
    """
    accounts = venue.accounts
    account = caller.account(asked)
    account_id = None if account is None else accounts.account_id(account)
    if account is None or account_id is None:
        raise not_found("account", "account")
    return account, account_id


def reason_in(query: dict[str, str]) -> str:
    """Why an operator does something, taken out of the query: the screen asks for it."""
    why = query.pop("why", "").strip()
    if len(why) > WHY_MAX or not why.isprintable():
        raise bad_value(f"A reason is one line of at most {WHY_MAX} characters.", "why")
    return why


def asked_to_speak(query: dict[str, str], scope: Scope) -> tuple[Language, Voice]:
    """Language and voice of a request: `lang` and `voice`, else `Accept-Language`, else ours.

    Takes both out of the query. Raises ApiError for one that is not here.
    """
    ours = spoken()
    voice = query.pop("voice", ours[1])
    asked = query.pop("lang", "")
    language = known(asked) if asked else _accepted(scope) or ours[0]
    if language is None:
        raise bad_value("The venue does not speak this language.", "lang")
    if voice not in VOICES:
        raise bad_value("A voice is learner or pro.", "voice")
    return language, voice


def _accepted(scope: Scope) -> Language | None:
    headers = dict(scope["headers"])
    return wished(headers.get(b"accept-language", b"").decode("latin-1"))


def _stopped(code: str, message: str) -> tuple[ErrorReply, int]:
    return ErrorReply(code=code, field="", message=message), UNAVAILABLE


async def read_body(receive: Receive) -> bytes:
    """The request's whole body; more than the most is refused, and less than was to come."""
    try:
        return await whole_body(receive, BODY_MAX_BYTES)
    except BodyCutError:
        raise ApiError(BAD_REQUEST, "BODY_CUT", "The body did not come whole.") from None
    except BodyTooLargeError:
        raise ApiError(413, "BODY_TOO_LARGE", "The body is too large.") from None


class Download(msgspec.Struct, frozen=True):
    """A file as the answer; without a name it is shown, with one it is kept."""

    content: bytes
    media_type: str
    name: str = ""


SHOWN_ONLY = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


async def send_file(send: Send, file: Download) -> None:
    """A file, which runs nothing when it is shown."""
    headers = [
        (b"content-type", file.media_type.encode()),
        (b"content-length", b"%d" % len(file.content)),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", SHOWN_ONLY),
        (b"x-content-type-options", b"nosniff"),
    ]
    if file.name:
        headers.append((b"content-disposition", f'attachment; filename="{file.name}"'.encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": file.content})


async def send_json(
    send: Send, reply: Any, status: int = 200, more: Sequence[tuple[bytes, bytes]] = ()
) -> None:
    """One struct as JSON; `more` are headers besides the usual ones."""
    body = _ENCODER.encode(reply)
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _decoded(body: bytes, decoder: msgspec.json.Decoder[Any]) -> Any:
    try:
        return decoder.decode(body or b"{}")
    except msgspec.ValidationError as error:
        raise _invalid(error) from error
    except msgspec.DecodeError as error:
        raise ApiError(BAD_REQUEST, "MALFORMED_JSON", str(error)) from error


def _proposed(asked: Asked, decoder: msgspec.json.Decoder[Any]) -> Any:
    """A body as it was proposed, decoded as strictly as one that comes."""
    return _decoded(msgspec.json.encode(asked.body), decoder)


def _converted(query: dict[str, str], kind: Any) -> Any:
    try:
        return msgspec.convert(query, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _invalid(error) from error


def _invalid(error: msgspec.ValidationError) -> ApiError:
    message = str(error)
    found = _PATH_IN_MESSAGE.search(message)
    named = re.search(r"field `([^`]+)`", message)
    field = found[1] if found else named[1] if named else ""
    return bad_value(_PATH_IN_MESSAGE.sub("", message), field)


def decimal(value: str, field: str) -> Decimal:
    """A decimal string as a finite number; anything else is refused by the field's name."""
    try:
        number = Decimal(value) if value.isascii() and "_" not in value else Decimal("")
    except InvalidOperation:
        raise bad_value("This is not a number.", field) from None
    if not number.is_finite():
        raise bad_value("This is not a finite number.", field)
    if abs(number.adjusted()) > EXPONENT_MAX:
        raise bad_value("This number is out of all proportion.", field)
    return number
