"""Sockets whose clients leave no more unread than they may; uvicorn's own keep all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

if TYPE_CHECKING:
    from uvicorn._types import ASGISendEvent
    from websockets.frames import Frame

MESSAGE_MAX_BYTES = 1_000_000
PARTS_MAX = 1_000
"""Frames of one message: those without content have no size that would end it."""
CLOSE_S = 120.0
"""So long a close waits for the client's answer to it."""
PONGS_MAX = 1_000
"""Answers to pings that wait for a client which does not read."""


class BoundedSocket(WebSocketsSansIOProtocol):
    """One connection; what must be sent to a client that does not read has an end."""

    _pongs_waiting = 0

    def __init__(self, *given: Any, **named: Any) -> None:
        """As uvicorn makes it; a client that reads again late still finds why it was closed."""
        super().__init__(*given, **named)
        self.close_timeout = CLOSE_S

    async def send(self, message: ASGISendEvent) -> None:
        """Send when the client reads; a close at once, behind what waits for the client already."""
        if message["type"] == "websocket.close":
            self.writable.set()
        await self.writable.wait()
        if self.close_sent:
            raise ClientDisconnected
        await super().send(message)

    def keepalive_timeout(self) -> None:
        """The client answers no more: nobody waits for it to read."""
        super().keepalive_timeout()
        self.writable.set()

    def handle_ping(self) -> None:
        """Answer, or cut off who asks on without reading."""
        super().handle_ping()
        self._pongs_waiting = 0 if self.writable.is_set() else self._pongs_waiting + 1
        if self._pongs_waiting > PONGS_MAX:
            self.transport.abort()

    def handle_cont(self, event: Frame) -> None:
        """Take one more part of a message, or cut off who never ends it."""
        super().handle_cont(event)
        if len(self.frames) > PARTS_MAX:
            self.transport.abort()
