"""Any moment of a world's past: which journal holds it, and the way there from the last mark."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from longshore.engine._compile import Mode
from longshore.engine.limits import TIME_MAX_US
from longshore.engine.rows import Command
from longshore.journal.codec import Codec
from longshore.journal.entry import EntryKind, Version
from longshore.journal.replay import replay
from longshore.journal.snapshots import Snapshot
from longshore.journal.store import Journal
from longshore.world.build import build, sources_digest
from longshore.world.scenario import microseconds
from longshore.world.world import JOURNAL_FILE, World, version_of

PARENT = "parent"
SEQ_MAX = 2**63 - 1


class MomentError(ValueError):
    """There is no such moment in a world's past."""


class Moment(msgspec.Struct, frozen=True):
    """After a seq, or after all that happened until a time. Neither: the journal's end."""

    seq: int | None = None
    time_us: int | None = None

    @property
    def last_seq(self) -> int:
        """No command after this one counts."""
        return SEQ_MAX if self.seq is None else self.seq

    @property
    def last_us(self) -> int:
        """No command later than this counts."""
        return TIME_MAX_US if self.time_us is None else self.time_us


NOW = Moment()


def moment_at(at: int | datetime | None) -> Moment:
    """After a seq, at a time, or now."""
    if at is None:
        return NOW
    return Moment(seq=at) if isinstance(at, int) else Moment(time_us=microseconds(at))


class Parent(msgspec.Struct, frozen=True):
    """What a branch's journal says of where it comes from."""

    name: str
    seq: int
    time_us: int


class Past(NamedTuple):
    """A world as it stood after a row, read only, and what of the next row still counts."""

    world: World
    row: Snapshot
    """The row's place in the journal with the state after it, as a branch begins with."""
    rest: list[Command]
    texts: dict[int, str]
    same_sources: bool
    """Whether feeds and agents are the code that wrote the journal."""
    moment: Moment

    def come_to_it(self) -> None:
        """Carry out the rest. What sources sent together is not divided."""
        stepper = self.world.stepper
        if self.rest:
            apply = stepper.follow if self.same_sources else stepper.drive
            stepper.carry_on(apply(self.rest, self.texts), self.rest, self.texts)
            stepper.settle()
        if self.moment.time_us is not None:
            stepper.advance(self.moment.time_us)


def reach(folder: Path, moment: Moment = NOW, mode: Mode = "plain") -> Past:
    """A world as it stood at the last row before a moment; close its journal when done.

    Raises MomentError before its first command or after its last, JournalError.
    """
    journal = holding(folder, moment)
    try:
        return _reach(journal, moment, mode)
    except BaseException:
        journal.close()
        raise


def _reach(journal: Journal, moment: Moment, mode: Mode) -> Past:
    row = journal.row_until(moment.last_seq, moment.last_us)
    mark = journal.snapshots.before(row)
    version = journal.version_at(row)
    world = World(build(version.world, version.rulebook), journal, mode)
    if moment.last_us < world.scenario.start_us or moment.last_seq < len(world.parts.genesis):
        raise MomentError("the world had not begun")
    if mark is not None:
        world.restore(mark.state)
    same = version.sources == sources_digest()
    apply = world.stepper.follow if same else world.stepper.drive
    replay(journal, apply, mark, last_row=row)
    entry, begin = journal.entry(row), journal.begin()
    place = Snapshot(
        row=row,
        seq=begin.seq if entry is None else entry.last_seq,
        time_us=begin.time_us if entry is None else entry.time_us,
        chain=begin.chain if entry is None else entry.chain,
        version=msgspec.msgpack.encode(version_of(world.parts)),
        state=world.state(),
    )
    rest, texts = _rest(journal, row, moment, version)
    return Past(world, place, rest, texts, same, moment)


def _rest(
    journal: Journal, row: int, moment: Moment, version: Version
) -> tuple[list[Command], dict[int, str]]:
    """The commands of the row after a row that are not after the moment."""
    entry = journal.entry(row + 1)
    if entry is None or entry.kind != EntryKind.BATCH:
        return [], {}
    codec = Codec(version.fields)
    commands, texts = codec.decode(entry.payload, entry.first_seq, entry.time_us)
    kept = [c for c in commands if c.seq <= moment.last_seq and c.time_us <= moment.last_us]
    return kept, texts


def holding(folder: Path, moment: Moment) -> Journal:
    """The journal that has a moment: a branch's own, or that of a world it comes from.

    Raises MomentError.
    """
    journal = Journal.open(folder / JOURNAL_FILE)
    begin = journal.begin()
    if moment.last_seq >= begin.seq and moment.last_us >= begin.time_us:
        _check(journal, moment)
        return journal
    parent = parent_of(journal)
    journal.close()
    if parent is None:
        raise MomentError(f"the journal of {folder.name} begins after that moment")
    return holding(folder.parent / parent.name, moment)


def _check(journal: Journal, moment: Moment) -> None:
    problem = ""
    if journal.seq == 0:
        problem = "the world has not begun"
    elif moment.seq is not None and not 1 <= moment.seq <= journal.seq:
        problem = f"seq {moment.seq} is not from 1 to {journal.seq}"
    elif moment.time_us is not None and moment.time_us > journal.time_us:
        problem = f"that moment has not come yet: it is {utc(journal.time_us)}"
    if problem:
        journal.close()
        raise MomentError(problem)


def parent_of(journal: Journal) -> Parent | None:
    """Where a branch comes from; None for a world that comes from nowhere."""
    note = journal.note(PARENT)
    return None if note is None else msgspec.msgpack.decode(note, type=Parent)


def utc(time_us: int) -> str:
    """A world time as people read it."""
    return f"{datetime.fromtimestamp(time_us / 1_000_000, UTC):%Y-%m-%d %H:%M:%S} UTC"
