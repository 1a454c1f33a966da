"""Carries HTTP and WebSocket to a world in another process of this machine."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, suppress
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Protocol

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from longshore.venue.auth import PERSON, passed_on
from longshore.venue.dialects.native.errors import NOT_FOUND, ApiError
from longshore.venue.dialects.native.wire import Headers, read_body, send_json

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send
    from websockets.asyncio.client import ClientConnection

    from longshore.venue.auth import OperatorToken
    from longshore.venue.caller import Caller, Door


class Places(Protocol):
    """Who knows where worlds are served, and for whom."""

    async def admitted(self, name: str, caller: Caller | None) -> Caller | None:
        """The caller as that world knows them. Raises ApiError: the world is not for them."""
        ...

    async def port_of(self, name: str, may_start: bool) -> int | None:
        """A world's port; None when there is none, or it is not running and may not be started."""
        ...

    def listening(self, name: str) -> AbstractAsyncContextManager[None]:
        """Held while somebody has a socket open to a world."""
        ...


TIMEOUT_S = 30.0
UNKNOWN_CODE, GONE_CODE = 4404, 4410
MESSAGE_MAX_BYTES = 2**24
ONE_HOP = frozenset(
    (b"host", b"origin", b"connection", b"upgrade", b"content-length", b"transfer-encoding")
)
"""Headers that are not passed on; origin and host were checked before."""
OURS = frozenset((b"cookie", b"authorization", PERSON))
"""What says who somebody is, here."""
ADDED_HERE = ONE_HOP | {b"date", b"server"}


class Proxy:
    """The world's path below `/w/{world}` is the same path in its own process.

    Only for a caller who is known a world is started that is not running. The world's process
    trusts the operator's token alone: a person is passed on by name, and their session stays here.
    """

    def __init__(self, places: Places, door: Door, token: OperatorToken) -> None:
        """`places` start worlds that are not running, where they may."""
        self._places = places
        self._door = door
        self._token = token
        no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
        self._client = httpx.AsyncClient(timeout=TIMEOUT_S, cookies=no_cookies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or socket."""
        try:
            await self._carry(scope, receive, send)
        except ApiError as error:  # all of them before anything was sent
            await _refuse(scope, send, error)

    async def _carry(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope["path_params"]["world"]
        caller, port = await self._found(name, scope)
        address = f"127.0.0.1:{port}{_path(scope)}"
        headers = self._passed_on(scope, caller)
        if scope["type"] == "websocket":
            async with self._places.listening(name):
                await _carry_socket(f"ws://{address}", headers, receive, send)
        else:
            url = f"http://{address}"
            await self._carry_request(scope["method"], url, headers, receive, send)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._client.aclose()

    async def _found(self, name: str, scope: Scope) -> tuple[Caller | None, int]:
        """The caller as a world knows them, and its port. Raises ApiError."""
        try:
            caller = await self._places.admitted(name, self._door.caller(scope))
            port = await self._places.port_of(name, caller is not None)
        except httpx.HTTPError as error:
            raise _gone() from error
        if port is None:
            raise ApiError(NOT_FOUND, "UNKNOWN_WORLD", "There is no such world.", "world")
        return caller, port

    def _passed_on(self, scope: Scope, caller: Caller | None) -> Headers:
        """What the world's process is sent; a person's own cookies are not."""
        headers = [(key, value) for key, value in scope["headers"] if key not in ONE_HOP]
        if caller is None or not caller.name:
            return headers
        kept = [(key, value) for key, value in headers if key not in OURS]
        bearer = (b"authorization", f"Bearer {self._token.value}".encode())
        return [*kept, bearer, passed_on(caller)]

    async def _carry_request(
        self, method: str, url: str, headers: Headers, receive: Receive, send: Send
    ) -> None:
        body = await read_body(receive)
        request = self._client.build_request(method, url, headers=headers, content=body)
        try:
            response = await self._client.send(request, stream=True)
        except httpx.TransportError as error:
            raise _gone() from error
        headers = [(k.lower(), v) for k, v in response.headers.raw if k.lower() not in ADDED_HERE]
        start = {"type": "http.response.start", "status": response.status_code, "headers": headers}
        await send(start)
        async for chunk in response.aiter_raw():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        await response.aclose()


def _gone() -> ApiError:
    return ApiError(502, "WORLD_GONE", "The world's process does not answer.")


def _path(scope: Scope) -> str:
    """The path below the mount, as it was sent, with its query."""
    mounted = scope.get("root_path", "")
    path = scope.get("raw_path", scope["path"].encode()).decode("latin-1")
    query = scope["query_string"].decode("latin-1")
    below = path[len(mounted) :] or "/"
    return f"{below}?{query}" if query else below


async def _refuse(scope: Scope, send: Send, error: ApiError) -> None:
    if scope["type"] == "websocket":
        reason = error.reply.code
        await send({"type": "websocket.close", "code": UNKNOWN_CODE, "reason": reason})
    else:
        await send_json(send, error.reply, error.status)


async def _carry_socket(url: str, passed: Headers, receive: Receive, send: Send) -> None:
    headers = [
        (key.decode("latin-1"), value.decode("latin-1"))
        for key, value in passed
        if not key.startswith(b"sec-websocket-")
    ]
    await receive()
    try:
        async with connect(
            url, additional_headers=headers, compression=None, max_size=MESSAGE_MAX_BYTES
        ) as inner:
            await send({"type": "websocket.accept"})
            await _pump(inner, receive, send)
    except InvalidHandshake:
        await send({"type": "websocket.close", "code": UNKNOWN_CODE, "reason": "REFUSED"})
    except OSError:
        await send({"type": "websocket.close", "code": GONE_CODE, "reason": "WORLD_GONE"})


async def _pump(inner: ClientConnection, receive: Receive, send: Send) -> None:
    """Both ways until either side goes."""
    ways = (
        asyncio.create_task(_inward(inner, receive)),
        asyncio.create_task(_outward(inner, send)),
    )
    _, left = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    for way in left:
        way.cancel()
    await asyncio.gather(*ways, return_exceptions=True)


async def _inward(inner: ClientConnection, receive: Receive) -> None:
    while (message := await receive())["type"] != "websocket.disconnect":
        text = message.get("text")
        await inner.send(message["bytes"] if text is None else text)


async def _outward(inner: ClientConnection, send: Send) -> None:
    with suppress(ConnectionClosed):
        async for message in inner:
            key = "text" if isinstance(message, str) else "bytes"
            await send({"type": "websocket.send", key: message})
    code = inner.close_code or GONE_CODE
    await send({"type": "websocket.close", "code": code, "reason": inner.close_reason or ""})
