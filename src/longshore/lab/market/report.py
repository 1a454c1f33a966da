"""A world, or its folder, measured beside recordings."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import msgspec

from longshore import __version__
from longshore.engine._compile import Mode
from longshore.journal.batch import Batch
from longshore.journal.replay import replay, replay_start
from longshore.journal.store import Journal
from longshore.lab.market.facts import FACTS, Verdict, measured, verdict
from longshore.lab.market.profits import Profit, Purses, profits
from longshore.lab.market.recordings import tapes
from longshore.lab.market.tape import Tape
from longshore.lab.market.watching import Watch
from longshore.world.build import build
from longshore.world.fitting import with_line
from longshore.world.scenario import ScenarioError, read, with_start
from longshore.world.world import JOURNAL_FILE, SLICE_US, World

Progress = Callable[[float], None]
HOUR_US = 3_600_000_000
START = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""When a world begins that has no start of its own: a Monday at noon."""
KEPT = "recorded.json"


class Kept(msgspec.Struct, frozen=True):
    """Figures of recordings, measured once and kept in the package."""

    source: str
    figures: dict[str, list[float]]


@dataclass(frozen=True)
class Course:
    """How long a scenario is run, of which of its markets, and in which engine mode."""

    hours: float = 6.0
    markets: tuple[str, ...] = ()
    mode: Mode = "plain"


@dataclass(frozen=True)
class Report:
    """One world's figures, those of recordings, and who made what."""

    tape: Tape
    found: dict[str, float]
    recorded: dict[str, list[float]]
    recordings: tuple[Tape, ...]
    source: str
    profits: list[Profit]
    program: str = __version__

    def met(self, least: Verdict = Verdict.ROUGHLY) -> int:
        """How many facts are met at least so well."""
        return sum(verdict(fact, self.found, self.recorded) >= least for fact in FACTS)


class _Watched:
    """Sees every batch of a world."""

    def __init__(self, world: World) -> None:
        self.watch = Watch(world.catalog, world.parts.accounts)
        self.purses = Purses()
        self._world = world

    def batch(self, batch: Batch) -> None:
        """What happened next."""
        self.watch.see(batch.events)
        self.purses.see(batch.events)

    def told(self) -> tuple[Tape, list[Profit]]:
        """What was seen, and who has made what."""
        world = self._world
        hours = (world.stepper.reached_us - world.scenario.start_us) / HOUR_US
        about = (
            f"{world.scenario.title or world.name}, {hours:.3g} h, seed {world.scenario.seed}, "
            f"rules of {world.rulebook.id}. {world.parts.feed.note}"
        )
        return self.watch.tape(world.name, about), profits(world, self.purses)


def report(
    name: str,
    against: Path | None = None,
    course: Course = Course(),
    progress: Progress | None = None,
) -> Report:
    """Measure a world's folder, or a scenario run for so many hours, at most to its end.

    Without a folder of recordings the figures of those that the package was measured against stand
    beside it; with one, the name may be a recording's, beside which the others stand. Raises
    ScenarioError, RulebookError, JournalError, DataError.
    """
    recordings, kept = _recorded(against)
    own = next((tape for tape in recordings if tape.name == name), None)
    if own is not None:
        return of_recording(own, recordings, kept.source)
    if (Path(name) / JOURNAL_FILE).exists():
        tape, made = of_folder(Path(name), course.mode, progress)
    else:
        text = read(name)
        if course.markets:
            text = with_line(text, "markets", json.dumps(course.markets))
        tape, made = of_scenario(text, course.hours, course.mode, progress)
    return Report(tape, measured(tape), kept.figures, tuple(recordings), kept.source, made)


def of_recording(own: Tape, recordings: Sequence[Tape], source: str) -> Report:
    """A recording, measured beside the others."""
    others = tuple(tape for tape in recordings if tape is not own)
    return Report(own, measured(own), figures(others), others, source, [])


def of_scenario(
    text: str, hours: float, mode: Mode = "plain", progress: Progress | None = None
) -> tuple[Tape, list[Profit]]:
    """Run a scenario in a folder of its own, which is not kept."""
    if hours <= 0:
        raise ScenarioError("the hours to run must be above zero")
    with tempfile.TemporaryDirectory(prefix="longshore-") as folder:
        world = World.create(Path(folder), with_start(text, START), mode)
        try:
            seen = _Watched(world)
            start_us = world.scenario.start_us
            end_us = min(world.end_us, start_us + int(hours * HOUR_US))

            def on_time(time_us: int) -> None:
                if progress is not None:
                    progress((time_us - start_us) / (end_us - start_us))

            _run(world, end_us, seen, on_time)
            return seen.told()
        finally:
            world.close()


def _run(world: World, end_us: int, seen: _Watched, on_time: Callable[[int], None]) -> None:
    """Go on until a time; nobody will open the folder again, so nothing is written."""
    stepper = world.stepper
    while stepper.reached_us < end_us:
        stepper.advance(min(end_us, stepper.reached_us + SLICE_US))
        batch = stepper.take_batch()
        if batch is not None:
            seen.batch(batch)
        on_time(stepper.reached_us)


def of_folder(
    folder: Path, mode: Mode = "plain", progress: Progress | None = None
) -> tuple[Tape, list[Profit]]:
    """Carry out a folder's journal again."""
    journal = Journal.open(folder / JOURNAL_FILE)
    try:
        version = journal.version()
        world = World(build(version.world, version.rulebook), journal, mode)
        start = replay_start(journal)
        if start is not None:
            world.restore(start.state)
        seen = _Watched(world)
        last_seq = max(1, journal.seq)

        def on_batch(batch: Batch) -> None:
            seen.batch(batch)
            if progress is not None:
                progress(batch.last_seq / last_seq)

        replay(journal, world.stepper.follow_journal, start, on_batch=on_batch)
        return seen.told()
    finally:
        journal.close()


def _recorded(against: Path | None) -> tuple[Sequence[Tape], Kept]:
    """The recordings and their figures; without a folder, the kept figures alone."""
    if against is None:
        file = resources.files("longshore.lab.market").joinpath(KEPT)
        return (), msgspec.json.decode(file.read_bytes(), type=Kept)
    found = tapes(against)
    return found, Kept(f"Recordings in {against}", figures(found))


def figures(found: Sequence[Tape]) -> dict[str, list[float]]:
    """Each figure of every recording that has it."""
    made: dict[str, list[float]] = {}
    for tape in found:
        for key, value in measured(tape).items():
            made.setdefault(key, []).append(value)
    return made
