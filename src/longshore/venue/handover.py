"""Plain first, fast soon: the engine is compiled in another process, then this one changes over.

The child fills the compiler's cache on disk, so that the serving loop never waits for a compiler;
loading the result takes a moment on a helper thread. The change itself is one command boundary.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import TYPE_CHECKING

from longshore.engine.engine import Engine
from longshore.world.agents import warm_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from longshore.engine.lifecycle import Setup
    from longshore.venue.context import Venue

REPORT_S = 5.0


async def hand_over(venue: Venue, report: Callable[[str], None]) -> None:
    """Move the world to the compiled engine; without a working compiler it stays as it is."""
    started = time.monotonic()
    report("compiling the engine in the background; the plain one serves until then")
    if not await _compiled(report, started):
        report("the compiler failed; the plain engine goes on serving")
        return
    await asyncio.to_thread(warm, venue.world.parts.setup)
    await venue.sequencer.between_batches(lambda: venue.world.hand_over("jit"))
    seconds = time.monotonic() - started
    report(f"compiled in {seconds:.0f} s; the fast engine took over at seq {venue.view.seq}")


def warm(setup: Setup) -> None:
    """Compile, or load from the cache, everything that engine and traders need."""
    warm_up(Engine(setup, "jit"))


async def _compiled(report: Callable[[str], None], started: float) -> bool:
    """Whether a child process has filled the cache."""
    command = (sys.executable, "-m", "longshore.venue.compile")
    child = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.DEVNULL)
    waiting = asyncio.ensure_future(child.wait())
    try:
        while not waiting.done():
            await asyncio.wait((waiting,), timeout=REPORT_S)
            if not waiting.done():
                report(f"still compiling after {time.monotonic() - started:.0f} s")
    finally:
        if child.returncode is None:
            child.terminate()
            await waiting
    return child.returncode == 0
