"""Streams over one socket: those its address names, and those asked for on it.

Everything sent goes through one lock, so that messages of a stream keep their order. What the
market and the account do arrives through a bounded subscription: a slow client hurts itself only.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.websockets import WebSocketDisconnect, WebSocketState

from longshore.venue.dialects.binance_usdm import words
from longshore.venue.dialects.binance_usdm.feeds import Feeds
from longshore.venue.dialects.binance_usdm.values import Json, encode
from longshore.venue.sockets import serve_together

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.words import Request

PULSE_S = 0.05
STREAMS_MAX = 200
COMBINED = "combined"


class Socket:
    """One connection."""

    def __init__(self, api: Api, websocket: WebSocket) -> None:
        """A connection that has not been accepted yet."""
        self._websocket = websocket
        self._lock = asyncio.Lock()
        self._hub = api.venue.streams
        self._subscription = self._hub.subscribe()
        self._feeds = Feeds(api, self._subscription)
        self._combined = websocket.url.path.endswith("/stream")

    async def run(self) -> None:
        """Serve until either side goes. Who is told of the connection misses nothing after that."""
        try:
            for name in self._named()[:STREAMS_MAX]:
                self._feeds.join(name)  # a name that is none is no fault, on an address
            await self._websocket.accept()
            parts = (self._listen, self._follow, self._pulse)
            await serve_together(self._subscription, parts, self._websocket.close)
        finally:
            self._hub.unsubscribe(self._subscription)

    def _named(self) -> list[str]:
        """The streams of the address: `/ws/a/b`, `/stream?streams=a/b`, `?listenKey=`."""
        path = self._websocket.path_params.get("streams", "")
        query = self._websocket.query_params
        told = "/".join((path, query.get("streams", ""), query.get("listenKey", "")))
        return [name for name in told.split("/") if name]

    async def _send(self, message: Json) -> None:
        if self._websocket.application_state != WebSocketState.CONNECTED:
            raise WebSocketDisconnect
        await self._websocket.send_text(encode(message).decode())

    async def _tell(self, messages: list[tuple[str, Json | list[Json]]]) -> None:
        for name, data in messages:
            told = {"stream": name, "data": data} if self._combined else data
            await self._send(told)  # type: ignore[arg-type]

    async def _listen(self) -> None:
        """What the client says."""
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect
            request = words.decoded(message.get("text") or "")
            async with self._lock:
                await self._send(words.BAD_JSON if request is None else self._answer(request))

    def _answer(self, request: Request) -> Json:
        names = [name for name in request.params if isinstance(name, str)]
        if request.method == "LIST_SUBSCRIPTIONS":
            return {"result": self._feeds.names, "id": request.id}
        if request.method == "UNSUBSCRIBE":
            for name in names:
                self._feeds.leave(name)
            return {"result": None, "id": request.id}
        if request.method == "SUBSCRIBE":
            return self._subscribe(request, names)
        return self._property(request)

    def _subscribe(self, request: Request, names: list[str]) -> Json:
        new = [name for name in names if name not in self._feeds.names]
        if len(self._feeds.names) + len(new) > STREAMS_MAX:
            return words.refused(request, "too many streams")
        if not all(self._feeds.knows(name) for name in new):
            return words.refused(request, "invalid stream")
        for name in new:
            self._feeds.join(name)
        return {"result": None, "id": request.id}

    def _property(self, request: Request) -> Json:
        """Whether messages carry their stream's name."""
        if request.params[:1] != [COMBINED]:
            return words.refused(request, "unknown property")
        if request.method == "GET_PROPERTY":
            return {"result": self._combined, "id": request.id}
        value = request.params[-1]
        if not isinstance(value, bool):
            return words.refused(request, "invalid value type: expected Boolean")
        self._combined = value
        return {"result": None, "id": request.id}

    async def _follow(self) -> None:
        """What the world does."""
        while True:
            delivery = await self._subscription.take()
            async with self._lock:
                await self._tell(await self._feeds.deliver(delivery))

    async def _pulse(self) -> None:
        """What is told at intervals."""
        while True:
            await asyncio.sleep(PULSE_S)
            async with self._lock:
                await self._tell(await self._feeds.pulse())
                if self._feeds.is_over:
                    await self._websocket.close()
                    return
