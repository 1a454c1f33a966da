"""A socket of either venue, inside the test."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.venue.desk import Socket

Message = Any


class Wire:
    """One connection; what it is told is read one message at a time."""

    def __init__(self, app: Any, path: str) -> None:
        self._socket = Socket(app, path, {})

    async def open(self) -> Message:
        """Connect; the first words."""
        assert (await self._socket.open())["type"] == "websocket.accept"
        return await self._socket.message()

    async def say(self, message: Message) -> None:
        """Send an object."""
        await self._socket._in.put({"type": "websocket.receive", "text": json.dumps(message)})

    async def until(self, wanted: Callable[[Message], bool]) -> Message:
        """The next message that is wanted; others are passed over."""
        while not wanted(message := await self._socket.message()):
            pass
        return message

    async def ask(self, message: Message, wanted: Callable[[Message], bool]) -> Message:
        """Say something, and what comes of it."""
        await self.say(message)
        return await self.until(wanted)

    async def close(self) -> None:
        """Go away."""
        await self._socket.close()
