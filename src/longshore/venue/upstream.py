"""The venue that a live world follows: its watching process, and what is made of what it says.

What is heard becomes commands like any other, at the world's own time. The connection may come and
go; how old a price may be before nothing is traded on it any more is the world's own business (see
`world.feeds.live`), not this one's.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Literal

import msgspec
import structlog

from longshore.world.build import build, rulebook_text
from longshore.world.clock import PPM
from longshore.world.feeds.live import late_most_us
from longshore.world.jobs import StoppedError
from longshore.world.live.following import mirrors_of, wish_of
from longshore.world.live.quotes import Failed, Lost, Quote, Ready, Said, Wish
from longshore.world.scenario import Scenario, ScenarioError

if TYPE_CHECKING:
    from longshore.rulebooks import Catalog
    from longshore.venue.context import Venue
    from longshore.world.agents.mirror import Mirror

LOG = structlog.get_logger()
MODULE = "longshore.world.live.watch"
FIRST_S = 120.0
"""A new world's venue has this long to tell a first price of every symbol."""
AGAIN_S, AGAIN_MOST_S = 1.0, 60.0
NS_PER_US, NS_PER_MS = 1_000, 1_000_000
LINE_BYTES = 2**20
_DECODER: msgspec.json.Decoder[Said] = msgspec.json.Decoder(Said)

State = Literal["connected", "reconnecting", "stale"]


class UpstreamError(ScenarioError):
    """A new world's venue cannot be followed, and the world is not made."""


class Link:
    """How the connection stands. `since_ms` is by the wall clock."""

    def __init__(self) -> None:
        """Not there yet."""
        self.state: State = "reconnecting"
        self.since_ms = _now_ms()
        self.why = ""
        self.outages = 0
        """How often it was lost, or went stale, after it had stood."""

    def hear(self) -> None:
        """A new price has come."""
        if self.state != "connected":
            self.state, self.since_ms, self.why = "connected", _now_ms(), ""

    def lose(self, state: State, why: str) -> None:
        """No new price comes."""
        if self.state == "connected":
            self.outages += 1
            self.since_ms = _now_ms()
            LOG.warning("upstream_lost", state=state, why=why)
        self.state, self.why = state, why


class Upstream:
    """A venue that is watched: `reach` it for a new world, then let a world `follow` it."""

    def __init__(self, wish: Wish) -> None:
        """Nothing is started yet."""
        self.link = Link()
        self._wish = wish
        self._process: asyncio.subprocess.Process | None = None
        self._following: asyncio.Task[None] | None = None

    @classmethod
    def of(cls, scenario: Scenario, catalog: Catalog) -> Upstream:
        """For a world there is: it goes on trying."""
        return cls(wish_of(scenario, catalog, patient=True))

    @classmethod
    async def reached(cls, scenario_text: str, scenario: Scenario) -> Upstream:
        """For a new world: every symbol has been heard of. Raises ScenarioError."""
        parts = build(scenario_text, rulebook_text(scenario.rulebook))
        made = cls(wish_of(scenario, parts.catalog, patient=False))
        await made._reach(scenario.feed.venue)
        return made

    async def _reach(self, venue: str) -> None:
        """Wait until every symbol has been heard of. Raises UpstreamError."""
        try:
            async with asyncio.timeout(FIRST_S):
                why = await self._first()
        except TimeoutError:
            why = f"no price of every market within {FIRST_S:.0f} s"
        except BaseException:
            await self.stop()
            raise
        if why:
            await self.stop()
            raise UpstreamError(
                f"{venue} cannot be followed: {why}. No world was made. It needs ccxt, a way to "
                "the internet (or to the Longshore it follows), and markets the venue has; "
                "`longshore` alone starts a market that needs none of these"
            )
        self.link.hear()

    async def _first(self) -> str:
        """Why there are no prices; nothing once there are."""
        async with aclosing(self._said()) as heard:
            async for said in heard:
                if isinstance(said, Ready):
                    return ""
                if isinstance(said, Failed | Lost):
                    return said.why
        return "the watching process has ended"

    def follow(self, venue: Venue) -> None:
        """Give a world, which takes commands now, what is heard from now on."""
        self._following = asyncio.create_task(self._follow(venue))
        self._following.add_done_callback(self._end_of_following)

    def _end_of_following(self, following: asyncio.Task[None]) -> None:
        """It ends with the world; should an error end it, that is told, and prices grow old."""
        if not following.cancelled() and (error := following.exception()) is not None:
            LOG.error("following_failed", exc_info=error)
            self.link.lose("reconnecting", f"{type(error).__name__}: {error}")

    async def stop(self) -> None:
        """Follow no longer; the watching process ends."""
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)
        await self._end()

    async def _follow(self, venue: Venue) -> None:
        mirrors = mirrors_of(venue.world.parts)
        wait_s = AGAIN_S
        with suppress(StoppedError):
            stops = [c for mirror in mirrors.values() for c in mirror.stop(venue.view)]
            await venue.submit(stops)
            while True:
                async for said in self._said():
                    if isinstance(said, Quote):
                        wait_s = AGAIN_S
                        await self._carry(venue, mirrors[said.symbol], said)
                    elif isinstance(said, Lost):
                        self.link.lose(said.trouble, said.why)
                    elif isinstance(said, Failed):
                        self.link.lose("reconnecting", said.why)
                self.link.lose("reconnecting", self.link.why or "the watching process has ended")
                await self._end()
                await asyncio.sleep(wait_s)
                wait_s = min(2 * wait_s, AGAIN_MOST_S)

    async def _carry(self, venue: Venue, mirror: Mirror, quote: Quote) -> None:
        """Give the world a quote, unless it stands still or the quote took too long to get here."""
        self.link.hear()
        clock = venue.world.clock
        asset = venue.view.assets[mirror.market.base.asset_id]
        late_us = (time.monotonic_ns() - quote.at_ns) // NS_PER_US * clock.speed_ppm // PPM
        if clock.paused or late_us > late_most_us(int(asset.stale_after_us)):
            return
        try:
            await venue.submit(mirror.commands(venue.view, quote))
        except ValueError as error:
            self.link.lose("stale", f"{quote.symbol}: no quote that can be taken: {error}")

    async def _said(self) -> AsyncGenerator[Said, None]:
        """What the watching process says until it ends; it is started where there is none."""
        if self._process is None:
            patient = msgspec.structs.replace(self._wish, patient=True)
            wish = patient if self.link.outages else self._wish
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", MODULE, msgspec.json.encode(wish).decode()),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=LINE_BYTES,
            )
        stdout = self._process.stdout
        assert stdout is not None
        while line := await stdout.readline():
            yield _DECODER.decode(line)

    async def _end(self) -> None:
        """End the process by closing its stdin, or kill it."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(AGAIN_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


def _now_ms() -> int:
    return time.time_ns() // NS_PER_MS
