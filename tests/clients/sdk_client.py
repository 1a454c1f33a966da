"""python-kraken-sdk's classes: what they offer, and how their calls are noted."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

from tests.clients.covering import Calls, plain

NOT_CALLS = {
    *("request", "get_nonce", "truncate", "start", "stop", "close", "async_close"),
    *("on_message", "send_message", "get_sign_challenge"),
}
"""What a class has for itself: signing, sessions, the message handler."""
WAIT_S = 10


def methods(kind: type) -> list[str]:
    """A class's calls, each with the class's name before it."""
    names = [name for name, _ in inspect.getmembers(kind, callable) if not name.startswith("_")]
    return [f"{kind.__name__}.{name}" for name in names if name not in NOT_CALLS]


class SdkCalls(Calls):
    """The REST classes of one account, by name."""

    def __init__(self, clients: dict[str, Any], form: str) -> None:
        super().__init__(clients, form)

    def __getattr__(self, name: str) -> Noted:
        return Noted(name, self.client[name], self.made)


class Noted:
    """One client whose calls are noted."""

    def __init__(self, name: str, client: Any, made: set[str]) -> None:
        self._name = name
        self._client = client
        self._made = made

    def __getattr__(self, name: str) -> Callable[..., Any]:
        self._made.add(plain(f"{self._name}.{name}"))
        return getattr(self._client, name)


class Heard:
    """What a socket client was told, in order, and what is waited for next."""

    def __init__(self) -> None:
        self.messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def __call__(self, message: dict[str, Any]) -> None:
        await self.messages.put(message)

    async def until(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next message of this kind."""

        async def found() -> dict[str, Any]:
            while True:
                message = await self.messages.get()
                if fits(message):
                    return message

        return await asyncio.wait_for(found(), WAIT_S)
