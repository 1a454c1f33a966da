"""A listener of the fan-out counts each update once, however the bytes are cut."""

from __future__ import annotations

import asyncio

import pytest

from benchmarks.venue.fan_out import Listener
from tests.venue.desk import in_loop

UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"


class Line(asyncio.Transport):
    """Keeps what a client says."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.said.append(bytes(data))


def frame(text: bytes, kind: int = 1) -> bytes:
    length = bytes([len(text)]) if len(text) < 126 else bytes([126]) + len(text).to_bytes(2)
    return bytes([0x80 | kind]) + length + text


def update(price_usd: int) -> bytes:
    return b'{"feed":"book","side":"buy","price":%d.0}' % price_usd


@in_loop
async def test_updates_are_told_from_what_else_comes() -> None:
    snapshot = b'{"feed":"book_snapshot","bids":[%s]}' % (b'{"price":1000.0},' * 40)
    came = UPGRADED + frame(snapshot) + frame(b"", kind=9)
    came += b"".join(frame(update(price)) for price in (1_000, 1_001, 83_000, 1_001))
    for cut in (1, 7, len(came)):
        listener, line = Listener(), Line()
        listener.connection_made(line)
        for at in range(0, len(came), cut):
            listener.data_received(came[at : at + cut])
        await listener.open
        assert list(listener.came_s) == [b"1000", b"1001"]
        assert line.said[-1] == bytes([0x8A, 0x80, 0, 0, 0, 0])


@in_loop
async def test_a_refused_socket_is_an_error() -> None:
    listener = Listener()
    listener.connection_made(Line())
    listener.data_received(b"HTTP/1.1 403 Forbidden\r\n\r\n")
    with pytest.raises(ConnectionRefusedError):
        await listener.open
