"""`/ws/v1`: one client's socket, from its first word to its last.

Everything sent goes through one lock, so that a snapshot is never overtaken by what follows it.
What the market and the account do arrives through a bounded subscription: a slow client hurts
itself only.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.websockets import WebSocketDisconnect, WebSocketState

from longshore.venue.dialects.kraken_futures import words
from longshore.venue.dialects.kraken_futures.auth import is_signed
from longshore.venue.dialects.kraken_futures.errors import ApiError
from longshore.venue.dialects.kraken_futures.feeds import Feeds
from longshore.venue.dialects.kraken_futures.values import Json, encode
from longshore.venue.dialects.kraken_futures.words import PRIVATE_FEEDS, PUBLIC_FEEDS
from longshore.venue.sockets import serve_together
from longshore.venue.streams import REMOVED_CODE, REMOVED_REASON

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from longshore.venue.accounts import ApiKey
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.words import Request

PULSE_S = 1.0
INVALID_FEED = {"event": "alert", "message": "Couldn't subscribe to invalid feed"}
NOT_YOURS = {"event": "alert", "message": "Failed to subscribe to authenticated feed"}
ALREADY = {"event": "alert", "message": "Already subscribed to feed, re-requesting"}
BAD_JSON = {"event": "error", "message": "Json Error"}
BAD_PRODUCT = {"event": "error", "message": "Invalid product id"}


class Socket:
    """One connection. The challenge is its own: one signed for an earlier connection is refused."""

    def __init__(self, api: Api, websocket: WebSocket) -> None:
        """A connection that has not been accepted yet."""
        self._api = api
        self._websocket = websocket
        self._challenge = str(uuid4())
        self._lock = asyncio.Lock()
        self._subscription = api.venue.streams.subscribe()
        self._feeds = Feeds(api, self._subscription)
        self._shown: set[str] = set()
        """The keys by which private feeds were joined."""

    async def run(self) -> None:
        """Serve until either side goes."""
        await self._websocket.accept()
        try:
            await self._send([{"event": "info", "version": 1}])
            parts = (self._listen, self._follow, self._pulse)
            await serve_together(self._subscription, parts, self._websocket.close)
        finally:
            self._api.venue.streams.unsubscribe(self._subscription)

    async def _send(self, messages: list[Json]) -> None:
        if not self._api.venue.accounts.have(self._shown):
            await self._websocket.close(REMOVED_CODE, REMOVED_REASON)
            raise WebSocketDisconnect
        for message in messages:
            if self._websocket.application_state != WebSocketState.CONNECTED:
                raise WebSocketDisconnect
            await self._websocket.send_text(encode(message).decode())

    async def _listen(self) -> None:
        """What the client says."""
        while True:
            request = words.decoded(await self._heard())
            async with self._lock:
                if request is None:
                    await self._send([BAD_JSON])
                else:
                    await self._answer(request)

    async def _heard(self) -> str:
        """The next message's text, none where it is of bytes."""
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect
        return message.get("text") or ""

    async def _follow(self) -> None:
        """What the world does."""
        while True:
            delivery = await self._subscription.take()
            async with self._lock:
                await self._send(await self._feeds.deliver(delivery))

    async def _pulse(self) -> None:
        """What is told once a second."""
        while True:
            await asyncio.sleep(PULSE_S)
            async with self._lock:
                await self._send(await self._feeds.pulse())

    async def _answer(self, request: Request) -> None:
        if request.event == "ping":
            await self._send([{"event": "pong"}])
        elif request.event == "challenge":
            await self._send([{"event": "challenge", "message": self._challenge}])
        elif request.feed in PUBLIC_FEEDS:
            await self._public(request)
        elif request.feed in PRIVATE_FEEDS:
            await self._private(request)
        else:
            await self._send([INVALID_FEED])

    async def _public(self, request: Request) -> None:
        """Each product is answered alone, then its snapshot follows."""
        for symbol in request.product_ids or [""]:
            try:
                await self._product(request, symbol)
            except ApiError:
                await self._send([BAD_PRODUCT])

    async def _product(self, request: Request, symbol: str) -> None:
        told: Json = {"event": f"{request.event}d", "feed": request.feed}
        if request.feed == "heartbeat":
            self._feeds.heartbeat = request.event == "subscribe"
            await self._send([told])
            return
        market = self._api.market(symbol)
        told["product_ids"] = [market.symbol]
        if request.event == "unsubscribe":
            self._feeds.leave(request.feed, market)
            await self._send([told])
            return
        again = [ALREADY] if self._feeds.follows(request.feed, market) else []
        await self._send([*again, told, *await self._feeds.join(request.feed, market)])

    async def _private(self, request: Request) -> None:
        key = self._signer(request)
        if key is None:
            await self._send([NOT_YOURS])
            return
        told: Json = {"event": f"{request.event}d", "feed": request.feed}
        for name in ("api_key", "original_challenge", "signed_challenge"):
            told[name] = getattr(request, name)
        if request.event == "unsubscribe":
            self._feeds.leave_private(request.feed)
            await self._send([told])
            return
        self._shown.add(key.key)
        again = [ALREADY] if self._feeds.follows_private(request.feed) else []
        snapshot = await self._feeds.join_private(request.feed, key.account_id)
        await self._send([*again, told, *snapshot])

    def _signer(self, request: Request) -> ApiKey | None:
        """Whose key signed this connection's challenge."""
        key = self._api.venue.accounts.key(request.api_key)
        if key is None or "read" not in key.permissions:
            return None
        if request.original_challenge != self._challenge:
            return None
        signed = is_signed(key.secret, self._challenge.encode(), request.signed_challenge)
        return key if signed else None
