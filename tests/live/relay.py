"""A wire between two programs of this machine that can be cut, also in the middle of a message."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Relay:
    """Carries bytes from its own port to another one, as long as it is whole."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._cut_next = False
        self.is_whole = True
        self.port = 0
        self.connections = 0

    async def open(self) -> Relay:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        self._drop()

    def cut(self) -> None:
        """All connections end now, and new ones at once, until it is mended."""
        self.is_whole = False
        self._drop()

    def mend(self) -> None:
        self.is_whole = True

    async def cut_in_a_message(self) -> None:
        """Carry half of what comes next from the other side, and nothing after it."""
        self._cut_next = True
        while self._cut_next:
            await asyncio.sleep(0.01)

    def _drop(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if not self.is_whole:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        self._writers |= {writer, far_writer}
        there = asyncio.create_task(self._pump(reader, far_writer))
        with suppress(ConnectionError):
            while data := await far_reader.read(65_536):
                if self._cut_next:
                    writer.write(data[: len(data) // 2])
                    await writer.drain()
                    self._cut_next = False
                    break
                writer.write(data)
                await writer.drain()
        there.cancel()
        for each in (writer, far_writer):
            self._writers.discard(each)
            each.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        writer.close()
