"""Carries HTTP and WebSocket to a world in another process of this machine."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, suppress
from typing import TYPE_CHECKING, Protocol

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from longshore.venue.dialects.native.errors import NOT_FOUND, ApiError
from longshore.venue.dialects.native.wire import read_body, send_json

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send
    from websockets.asyncio.client import ClientConnection

    from longshore.venue.auth import OperatorToken


class Places(Protocol):
    """Who knows where worlds are served."""

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
ADDED_HERE = ONE_HOP | {b"date", b"server"}


class Proxy:
    """The world's path below `/w/{world}` is the same path in its own process.

    Only the operator's token starts a world that is not running.
    """

    def __init__(self, places: Places, token: OperatorToken) -> None:
        """`places` start worlds that are not running, where they may."""
        self._places = places
        self._token = token
        self._client = httpx.AsyncClient(timeout=TIMEOUT_S)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or socket."""
        try:
            port = await self._port(scope)
        except ApiError as error:
            await _refuse(scope, send, error)
            return
        address = f"127.0.0.1:{port}{_path(scope)}"
        if scope["type"] == "websocket":
            async with self._places.listening(scope["path_params"]["world"]):
                await _carry_socket(f"ws://{address}", scope, receive, send)
        else:
            await self._carry_request(f"http://{address}", scope, receive, send)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._client.aclose()

    async def _port(self, scope: Scope) -> int:
        name = scope["path_params"]["world"]
        port = await self._places.port_of(name, self._token.is_in(scope))
        if port is None:
            raise ApiError(NOT_FOUND, "UNKNOWN_WORLD", "There is no such world.", "world")
        return port

    async def _carry_request(self, url: str, scope: Scope, receive: Receive, send: Send) -> None:
        request = self._client.build_request(
            scope["method"], url, headers=_passed_on(scope), content=await read_body(receive)
        )
        try:
            response = await self._client.send(request, stream=True)
        except httpx.TransportError:
            gone = ApiError(502, "WORLD_GONE", "The world's process does not answer.")
            await send_json(send, gone.reply, gone.status)
            return
        headers = [(k.lower(), v) for k, v in response.headers.raw if k.lower() not in ADDED_HERE]
        start = {"type": "http.response.start", "status": response.status_code, "headers": headers}
        await send(start)
        async for chunk in response.aiter_raw():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        await response.aclose()


def _path(scope: Scope) -> str:
    """The path below the mount, as it was sent, with its query."""
    mounted = scope.get("root_path", "")
    path = scope.get("raw_path", scope["path"].encode()).decode("latin-1")
    query = scope["query_string"].decode("latin-1")
    below = path[len(mounted) :] or "/"
    return f"{below}?{query}" if query else below


def _passed_on(scope: Scope) -> list[tuple[bytes, bytes]]:
    return [(key, value) for key, value in scope["headers"] if key not in ONE_HOP]


async def _refuse(scope: Scope, send: Send, error: ApiError) -> None:
    if scope["type"] == "websocket":
        reason = error.reply.code
        await send({"type": "websocket.close", "code": UNKNOWN_CODE, "reason": reason})
    else:
        await send_json(send, error.reply, error.status)


async def _carry_socket(url: str, scope: Scope, receive: Receive, send: Send) -> None:
    headers = [
        (key.decode("latin-1"), value.decode("latin-1"))
        for key, value in _passed_on(scope)
        if not key.startswith(b"sec-websocket-")
    ]
    await receive()
    try:
        async with connect(
            url, additional_headers=headers, compression=None, max_size=MESSAGE_MAX_BYTES
        ) as inner:
            await send({"type": "websocket.accept"})
            await _pump(inner, receive, send)
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
