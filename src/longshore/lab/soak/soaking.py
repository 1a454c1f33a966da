"""A scenario run for days without anybody, and what was found."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from longshore.engine._compile import Mode
from longshore.journal.batch import Batch
from longshore.journal.store import Journal
from longshore.lab.market.report import START
from longshore.lab.soak.looks import PPM, Looks, all_looks
from longshore.lab.soak.makers import Makers
from longshore.world.scenario import ScenarioError, read, with_start
from longshore.world.world import BATCH_COMMANDS, World

SECOND_US = 1_000_000
HOUR_US = 3_600 * SECOND_US
DAY_US = 24 * HOUR_US
BROKE_LOOK_S = 600
"""Every so many seconds makers are looked at."""
NEAR_SHARE = 0.99
"""The basis is near for this part of the time at least."""
GROWTH_SHARE = 0.10
"""The memory in use after an eighth of the time grows by less than this until the end."""


class MarketFound(msgspec.Struct, frozen=True):
    """One market: its looks, a second of world time apart, and shares of them."""

    symbol: str
    looks: int
    two_sided: float
    basis_near: float | None
    """Below one per cent from the index; None in spot markets."""
    basis_worst: float | None
    """The furthest, as a fraction of the index."""


class Line(msgspec.Struct, frozen=True):
    """One thing that is asked of an unattended world."""

    asked: str
    found: str
    holds: bool


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What days without anybody came to."""

    world: str
    seed: int
    days: float
    commands: int
    markets: list[MarketFound]
    makers: int
    refinanced: dict[str, int]
    """How often each maker was paid in again, by deposits in the journal."""
    left_broke: list[str]
    """Makers that were broke and were not paid in again."""
    memory_early_mb: float
    memory_end_mb: float
    journal_bytes_an_hour: int
    """Rows of commands alone; kept states come on top and are thinned out."""
    digest: str

    def lines(self) -> Iterator[Line]:
        """Each question with its answer."""
        thin = min(self.markets, key=lambda each: each.two_sided)
        told = f"{thin.two_sided:.4%} of the seconds at least ({thin.symbol})"
        yield Line("both sides of every book at every second", told, thin.two_sided == 1)
        near = [each for each in self.markets if each.basis_near is not None]
        if near:
            wide = min(near, key=lambda each: each.basis_near or 0)
            far = max(each.basis_worst or 0 for each in near)
            told = f"{wide.basis_near:.4%} at least ({wide.symbol}); at most {far:.3%} off"
            within = (wide.basis_near or 0) >= NEAR_SHARE
            yield Line("basis below 1 % of the index for 99 % of the time", told, within)
        count = sum(self.refinanced.values())
        told = f"{len(self.left_broke)} of {self.makers}; paid in again {count} times"
        yield Line("no maker broke without a deposit in the journal", told, not self.left_broke)
        grown = self.memory_end_mb / self.memory_early_mb - 1 if self.memory_early_mb else 0.0
        told = f"{self.memory_early_mb:,.0f} to {self.memory_end_mb:,.0f} MB ({grown:+.1%})"
        yield Line("memory flat after an eighth of the time", told, grown < GROWTH_SHARE)


def soak(
    name: str,
    days: float,
    mode: Mode = "plain",
    progress: Callable[[float], None] | None = None,
) -> Found:
    """Run a scenario for so many days of world time in a folder of its own, which is not kept.

    Raises ScenarioError, also where the scenario ends before.
    """
    if days <= 0:
        raise ScenarioError("the days to run must be above zero")
    with tempfile.TemporaryDirectory(prefix="longshore-") as folder:
        world = World.create(Path(folder), with_start(read(name), START), mode)
        try:
            end_us = world.scenario.start_us + int(days * DAY_US)
            if end_us > world.end_us:
                raise ScenarioError(f"{world.name} ends before {days:g} days are over")
            return _Soak(world, days).run(end_us, progress or (lambda _: None))
        finally:
            world.close()


class _Soak:
    """A world, and all that is watched of it."""

    def __init__(self, world: World, days: float) -> None:
        self._world = world
        self._days = days
        self._looks = all_looks(world.catalog)
        self._makers = Makers(world)
        self._early_mb = 0.0

    def run(self, end_us: int, progress: Callable[[float], None]) -> Found:
        """A second of world time after the other."""
        stepper, start_us = self._world.stepper, self._world.scenario.start_us
        seconds = (end_us - start_us) // SECOND_US
        for second in range(1, seconds + 1):
            stepper.advance(start_us + second * SECOND_US)
            if stepper.pending() >= BATCH_COMMANDS or second == seconds:
                self._world.write(self._heed)
            self._look(second)
            if second * 8 // seconds == 1 and not self._early_mb:
                self._early_mb = memory_mb()
            if second % 60 == 0:
                progress(second / seconds)
        return self._found(seconds)

    def _heed(self, batch: Batch) -> None:
        self._makers.see(batch.events)

    def _look(self, second: int) -> None:
        view = self._world.engine.view
        for each in self._looks:
            each.look(view)
        if second % BROKE_LOOK_S == 0:
            self._makers.look()

    def _found(self, seconds: int) -> Found:
        world, names = self._world, self._makers.names
        refinanced = sorted(self._makers.refinanced.items())
        return Found(
            world=world.name,
            seed=world.scenario.seed,
            days=self._days,
            commands=world.engine.seq,
            markets=[_market(each) for each in self._looks],
            makers=len(names),
            refinanced={names[number]: times for number, times in refinanced},
            left_broke=[names[number] for number in sorted(self._makers.left_broke)],
            memory_early_mb=self._early_mb,
            memory_end_mb=memory_mb(),
            journal_bytes_an_hour=rows_bytes(world.journal) * 3_600 // seconds,
            digest=world.engine.digest(),
        )


def _market(looks: Looks) -> MarketFound:
    count = max(1, looks.looks)
    margined = looks.market.is_margined
    whole = max(1, looks.looks - looks.empty)
    return MarketFound(
        symbol=looks.market.symbol,
        looks=looks.looks,
        two_sided=(looks.looks - looks.empty) / count,
        basis_near=1 - looks.far / whole if margined else None,
        basis_worst=looks.worst_ppm / PPM if margined else None,
    )


def rows_bytes(journal: Journal) -> int:
    """How much the journal's rows hold."""
    [total] = journal.db.execute(
        "SELECT coalesce(sum(length(payload) + length(events) + length(chain)), 0) FROM entries"
    ).fetchone()
    return int(total)


def memory_mb() -> float:
    """The memory that this process has in use now; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
