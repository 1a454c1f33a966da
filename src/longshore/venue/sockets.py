"""The parts of one client's socket, run beside each other until the first of them ends.

A client that does not keep up is told so by name, if it takes as much as that in time: what is
sent to it may never arrive, and nothing here waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocketDisconnect

from longshore.venue.streams import OVERFLOW_CODE, OVERFLOW_REASON

if TYPE_CHECKING:
    from longshore.venue.streams import Subscription

FAREWELL_S = 10.0
Part = Callable[[], Coroutine[Any, Any, object]]
Close = Callable[[int, str], Awaitable[None]]


async def serve_together(subscription: Subscription, parts: tuple[Part, ...], close: Close) -> None:
    """Serve until a part ends or the client falls behind. Raises what a part raised."""
    behind = asyncio.create_task(subscription.fell_behind.wait())
    tasks = [behind, *(asyncio.create_task(part()) for part in parts)]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception) and not isinstance(error, WebSocketDisconnect):
            raise error
    if done == {behind}:
        with suppress(TimeoutError, WebSocketDisconnect):
            async with asyncio.timeout(FAREWELL_S):
                await close(OVERFLOW_CODE, OVERFLOW_REASON)
