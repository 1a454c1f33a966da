"""A scenario run for days without anybody, in as many sittings as it takes, and what was found."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from longshore.engine._compile import Mode
from longshore.engine.engine import engine_digest
from longshore.journal.batch import Batch
from longshore.journal.codec import events_digest
from longshore.journal.entry import Entry
from longshore.journal.errors import JournalError
from longshore.journal.store import Journal
from longshore.lab.market.report import START
from longshore.lab.soak.found import Found, Sitting, market_found
from longshore.lab.soak.looks import Count, all_looks
from longshore.lab.soak.makers import Makers, Purses
from longshore.world.build import build, sources_digest
from longshore.world.scenario import ScenarioError, read, with_start
from longshore.world.world import BATCH_COMMANDS, JOURNAL_FILE, World

SECOND_US = 1_000_000
HOUR_S = 3_600
DAY_S = 24 * HOUR_S
BROKE_LOOK_S = 600
"""Every so many seconds makers are looked at."""
RUN_IN_S = 3 * HOUR_S
"""A sitting's memory is first looked at after so long, or an eighth of all the time."""
MEMORY_LOOK_S = 600
"""And then every so many seconds, or sixty-four times in all the time."""
NOTE = "soak"

Progress = Callable[[float], None]


class Kept(msgspec.Struct):
    """All that was found until a second of the world, kept with the state there."""

    row: int = 0
    """The journal's row that the state follows."""
    second: int = 0
    counts: dict[str, Count] = {}
    purses: Purses = msgspec.field(default_factory=Purses)
    sittings: list[Sitting] = []


def soak(
    name: str,
    days: float,
    mode: Mode = "plain",
    progress: Progress | None = None,
    *,
    folder: Path | None = None,
    stops: Callable[[], bool] = lambda: False,
) -> Found:
    """Run a scenario for so many days of world time, or until it is told to stop.

    A folder is kept, and gone on with where it has such a world; without one nothing is kept.
    Raises ScenarioError, also where the scenario ends before; JournalError where the folder's world
    was begun by other code.
    """
    if days <= 0:
        raise ScenarioError("the days to run must be above zero")
    with tempfile.TemporaryDirectory(prefix="longshore-") as draft:
        world, kept = _begun(name, folder or Path(draft), mode)
        try:
            if world.scenario.start_us + round(days * DAY_S) * SECOND_US > world.end_us:
                raise ScenarioError(f"{world.name} ends before {days:g} days are over")
            return _Soak(world, days, kept).run(progress or (lambda _: None), stops)
        finally:
            world.close()


def _begun(name: str, folder: Path, mode: Mode) -> tuple[World, Kept]:
    """A new world, or that of a folder as it was when it was last kept."""
    if not (folder / JOURNAL_FILE).exists():
        folder.mkdir(parents=True, exist_ok=True)
        return World.create(folder, with_start(read(name), START), mode), Kept()
    journal = Journal.open(folder / JOURNAL_FILE)
    note, version = journal.note(NOTE), journal.version()
    if note is None:
        journal.close()
        raise JournalError(f"{folder} holds a world that was not begun by `world soak`")
    if (version.engine, version.sources) != (engine_digest(), sources_digest()):
        journal.close()
        raise JournalError(f"the world in {folder} was begun by other code: take another folder")
    kept = msgspec.msgpack.decode(note, type=Kept)
    state = journal.snapshots.at_row(kept.row)
    assert state is not None, "the state that a note tells of is kept before it"
    world = World(build(version.world, version.rulebook), journal, mode)
    world.restore(state.state)
    return world, kept


class _Soak:
    """A world, and all that is watched of it."""

    def __init__(self, world: World, days: float, kept: Kept) -> None:
        self._world = world
        self._days = days
        self._seconds = round(days * DAY_S)
        self._kept = kept
        self._looks = all_looks(world.catalog, kept.counts)
        self._makers = Makers(world, kept.purses)
        self._sitting = Sitting(kept.second, kept.second)
        self._begun_s = time.process_time()
        self._row = kept.row

    def run(self, progress: Progress, stops: Callable[[], bool]) -> Found:
        """A second of world time after the other."""
        self._kept.sittings.append(self._sitting)
        stepper, start_us = self._world.stepper, self._world.scenario.start_us
        for second in range(self._kept.second + 1, self._seconds + 1):
            stepper.advance(start_us + second * SECOND_US)
            stopped = stops()
            is_kept = stopped or second == self._seconds or second % HOUR_S == 0
            if is_kept or stepper.pending() >= BATCH_COMMANDS:
                self._write(stopped)
            self._look(second)
            self._look_at_memory(second - self._sitting.from_s)
            if is_kept:
                self._keep(second)
            if second % 60 == 0:
                progress(second / self._seconds)
            if stopped:
                break
        return self._found()

    def _write(self, stopped: bool) -> None:
        """Into the journal; what it holds beyond the state that was gone on from is compared."""
        journal, batch = self._world.journal, self._world.stepper.take_batch()
        if batch is None:
            return
        self._makers.see(batch.caused)
        if batch.first_seq > journal.seq:
            journal.append(batch)
        elif not stopped:
            self._row += 1
            self._compare(batch, journal.entry(self._row))

    def _compare(self, batch: Batch, entry: Entry | None) -> None:
        """A process that was killed wrote rows after it last kept the state."""
        events = events_digest(*batch.caused.pieces())
        if entry is None or (entry.last_seq, entry.events) != (batch.last_seq, events):
            raise JournalError(f"run again, row {self._row} of the journal is another one")

    def _look(self, second: int) -> None:
        view = self._world.engine.view
        for each in self._looks:
            each.look(view)
        if second % BROKE_LOOK_S == 0:
            self._makers.look()

    def _look_at_memory(self, sitting_s: int) -> None:
        run_in_s = min(RUN_IN_S, self._seconds // 8)
        every_s = max(1, min(MEMORY_LOOK_S, self._seconds // 64))
        if sitting_s <= run_in_s or sitting_s % every_s:
            return
        if (used_mb := memory_mb()) is not None:
            self._sitting.memory_mb.append(used_mb)

    def _keep(self, second: int) -> None:
        """What was found, with the state: where it is stopped after, it goes on from here."""
        kept, journal = self._kept, self._world.journal
        self._sitting.to_s = second
        self._sitting.cpu_s = time.process_time() - self._begun_s
        if journal.seq > self._world.engine.seq:
            return  # the journal is further on: what is kept is an older state's
        journal.save_snapshot(self._world.state())
        kept.row, kept.second = journal.row, second
        kept.counts = {each.market.symbol: each.count for each in self._looks}
        kept.purses = self._makers.known
        journal.set_note(NOTE, msgspec.msgpack.encode(kept))

    def _found(self) -> Found:
        world, known, kept = self._world, self._makers.known, self._kept
        names = self._makers.names
        refinanced = sorted(known.refinanced.items())
        cpu_s = sum(each.cpu_s for each in kept.sittings)
        return Found(
            world=world.name,
            seed=world.scenario.seed,
            days=self._days,
            reached_days=kept.second / DAY_S,
            is_over=kept.second == self._seconds,
            commands=world.engine.seq,
            markets=[market_found(each) for each in self._looks],
            makers=len(names),
            refinanced={names[number]: times for number, times in refinanced},
            left_broke=[names[number] for number in sorted(known.left_broke)],
            sittings=kept.sittings,
            cpu_s_a_day=cpu_s * DAY_S / max(1, sum(e.to_s - e.from_s for e in kept.sittings)),
            journal_bytes_an_hour=rows_bytes(world.journal) * HOUR_S // max(1, kept.second),
            digest=world.engine.digest(),
        )


def rows_bytes(journal: Journal) -> int:
    """How much the journal's rows hold."""
    [total] = journal.db.execute(
        "SELECT coalesce(sum(length(payload) + length(events) + length(chain)), 0) FROM entries"
    ).fetchone()
    return int(total)


def memory_mb() -> float | None:
    """The memory that this process has in use now; None where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return None
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
