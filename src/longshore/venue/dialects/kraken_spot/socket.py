"""One client's socket, from its first word to its last, whichever version it speaks.

Everything sent goes through one lock, so that a snapshot is never overtaken by what follows it.
What the market and the account do arrives through a bounded subscription: a slow client hurts
itself only.
"""

from __future__ import annotations

import asyncio
import secrets
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from starlette.websockets import WebSocketDisconnect, WebSocketState

from longshore.venue.dialects.kraken_spot.system import system_status
from longshore.venue.dialects.kraken_spot.values import encode
from longshore.venue.sockets import serve_together
from longshore.venue.streams import REMOVED_CODE, REMOVED_REASON

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.streams import Delivery

PULSE_S = 1.0
MESSAGE_MAX_CHARS = 65_536

CONNECTION_ID_BITS = 63
Messages = list[object]
"""What is to be sent, each a JSON object or array."""


class Socket(ABC):
    """One connection; a version says what it greets with, answers and tells."""

    def __init__(self, api: Api, websocket: WebSocket) -> None:
        """A connection that has not been accepted yet."""
        self._api = api
        self._websocket = websocket
        self._lock = asyncio.Lock()
        self._subscription = api.venue.streams.subscribe()
        self._shown: set[str] = set()
        """The keys by which private channels were joined."""
        self._number = secrets.randbits(CONNECTION_ID_BITS)
        self._told_status = ""

    @abstractmethod
    def status(self) -> Messages:
        """How the whole venue is, told at first and whenever it changes."""

    @abstractmethod
    async def answer(self, text: str) -> Messages:
        """What to say to a message of the client's."""

    @abstractmethod
    async def tell(self, delivery: Delivery) -> Messages:
        """What a delivery has to tell this client."""

    @abstractmethod
    def pulse(self) -> Messages:
        """What is told once a second."""

    async def run(self) -> None:
        """Serve until either side goes."""
        await self._websocket.accept()
        try:
            await self._send(self._news())
            parts = (self._listen, self._follow, self._beat)
            await serve_together(self._subscription, parts, self._websocket.close)
        finally:
            self._api.venue.streams.unsubscribe(self._subscription)

    async def _send(self, messages: Messages) -> None:
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
            text = await self._heard()
            async with self._lock:
                await self._send(await self.answer(text))

    async def _heard(self) -> str:
        """The next message's text, none where it is of bytes or too long."""
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect
        text = message.get("text") or ""
        return text if len(text) <= MESSAGE_MAX_CHARS else ""

    async def _follow(self) -> None:
        """What the world does."""
        while True:
            delivery = await self._subscription.take()
            async with self._lock:
                await self._send([*self._news(), *await self.tell(delivery)])

    def _news(self) -> Messages:
        """The venue's status, where it is not what was told last."""
        now = system_status(self._api)
        if now == self._told_status:
            return []
        self._told_status = now
        return self.status()

    async def _beat(self) -> None:
        """What is told once a second."""
        while True:
            await asyncio.sleep(PULSE_S)
            async with self._lock:
                await self._send(self.pulse())
