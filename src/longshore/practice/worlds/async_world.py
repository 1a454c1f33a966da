"""The same world in an event loop: every call runs on the world's own thread, one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from longshore.practice.worlds.world import World

P = ParamSpec("P")
T = TypeVar("T")


def _awaited(
    method: Callable[Concatenate[World, P], T],
) -> Callable[Concatenate[AsyncWorld, P], Coroutine[Any, Any, T]]:
    """A method of the world as one that is awaited."""

    @wraps(method)
    async def call(self: AsyncWorld, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.do(partial(method, self.world, *args, **kwargs))

    return call


class AsyncWorld:
    """What `World` does, awaited; use it with `async with`. Reads that cost nothing: `world`."""

    def __init__(self, world: World, thread: ThreadPoolExecutor) -> None:
        """Of a world, and the thread that its calls run on."""
        self.world = world
        self._thread = thread

    @classmethod
    async def create(cls, *args: Any, **kwargs: Any) -> Self:
        """As `World.create`."""
        return await cls._made(partial(World.create, *args, **kwargs))

    @classmethod
    async def open(cls, *args: Any, **kwargs: Any) -> Self:
        """As `World.open`."""
        return await cls._made(partial(World.open, *args, **kwargs))

    @classmethod
    async def _made(cls, make: Callable[[], World]) -> Self:
        thread = ThreadPoolExecutor(1, "world")
        loop = asyncio.get_running_loop()
        try:
            return cls(await loop.run_in_executor(thread, make), thread)
        except BaseException:
            thread.shutdown(wait=False)
            raise

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def do(self, action: Callable[[], T]) -> T:
        """Run something on the world's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, action)

    async def close(self) -> None:
        """As `World.close`."""
        await self.do(self.world.close)
        self._thread.shutdown()

    async def branch(self, *args: Any, **kwargs: Any) -> AsyncWorld:
        """As `World.branch`; the branch has a thread of its own."""
        made = await self.do(partial(self.world.branch, *args, **kwargs))
        return AsyncWorld(made, ThreadPoolExecutor(1, "world"))

    account = _awaited(World.account)
    deposit = _awaited(World.deposit)
    withdraw = _awaited(World.withdraw)
    set_leverage = _awaited(World.set_leverage)
    place = _awaited(World.place)
    cancel = _awaited(World.cancel)
    join = _awaited(World.join)
    advance = _awaited(World.advance)
    run_until = _awaited(World.run_until)
    step = _awaited(World.step)
    worth = _awaited(World.worth)
    price = _awaited(World.price)
    position = _awaited(World.position)
    what_if = _awaited(World.what_if)
    events = _awaited(World.events)
    explain = _awaited(World.explain)
    export = _awaited(World.export)
    delete = _awaited(World.delete)
