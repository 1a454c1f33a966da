"""HTTP connections whose requests come whole in size and time; uvicorn's own wait without an end.

Who goes beyond is cut off, and nobody else notices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport

HEAD_MAX_BYTES = 262_144  # a batch of 500 orders fits into an address
REQUEST_S = 30.0
"""From a connection's beginning, or a request's first byte, to the request's last."""


class BoundedHttp(HttpToolsProtocol):
    """One connection. A request's body is bounded where it is read, by who knows what it may be."""

    _head_bytes = 0
    _in_head = False
    _timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Expect a request."""
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Expect nothing any more."""
        self._expect_nothing()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self) -> None:
        """From here on it is a socket's connection."""
        self._expect_nothing()
        super().handle_websocket_upgrade()

    def data_received(self, data: bytes) -> None:
        """Take what came, unless the head of its request is longer than any can be."""
        super().data_received(data)
        self._head_bytes = self._head_bytes + len(data) if self._in_head else 0
        if self._head_bytes > HEAD_MAX_BYTES and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

    def on_message_begin(self) -> None:
        """A request's first byte."""
        super().on_message_begin()
        self._in_head = True
        self._expect()

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        super().on_headers_complete()
        self._in_head = False

    def on_message_complete(self) -> None:
        """It is whole."""
        super().on_message_complete()
        self._expect_nothing()

    def _expect(self) -> None:
        self._expect_nothing()
        self._timer = self.loop.call_later(REQUEST_S, self._late)

    def _expect_nothing(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        """The request did not come in time; one that is being answered may take what it takes."""
        answering = self.cycle is not None and not self.cycle.response_complete
        if answering and not self.cycle.more_body:
            self._expect()
        else:
            self.transport.close()
