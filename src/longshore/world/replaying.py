"""A world's folder carried out again from its journal, and what that proves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from longshore.engine._compile import Mode
from longshore.engine.invariants import broken
from longshore.engine.rows import Command, Event
from longshore.journal.batch import Batch
from longshore.journal.errors import JournalError
from longshore.journal.gathering import Gathered
from longshore.journal.replay import Apply, replay, replay_start
from longshore.journal.store import Journal
from longshore.world.build import build, sources_digest
from longshore.world.world import JOURNAL_FILE, World


class ReplayReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a replay came to."""

    digest: str
    seq: int
    conserved: bool
    """Money, clearing accounts and position sizes add up."""
    broken: list[str]
    """The laws that do not hold, in words."""
    chain: str
    journal_engine: str
    engine: str
    first_difference_seq: int | None
    resimulated: bool


def replay_folder(
    folder: Path,
    mode: Mode = "plain",
    *,
    any_engine: bool = False,
    resimulate: bool = False,
    progress: Callable[[float], None] | None = None,
    on_batch: Callable[[Batch], None] | None = None,
) -> ReplayReport:
    """Carry out the whole journal, comparing the events of every row.

    With `resimulate` feeds and agents act again, and what they do is compared too. `progress` is
    told the part done, from 0 to 1, and `on_batch` each row with its events once compared.

    Raises JournalError: a row is not as written, gives other events, was halted, or another engine
    wrote it and none was asked for.
    """
    journal = Journal.open(folder / JOURNAL_FILE)
    try:
        start = replay_start(journal, any_engine)
        version = journal.version()
        if resimulate and version.sources != sources_digest():
            raise JournalError("feeds and agents are not the code that wrote the journal")
        world = World(build(version.world, version.rulebook), journal, mode)
        if start is not None:
            world.restore(start.state)
        stepper = world.stepper
        apply = stepper.follow if resimulate else stepper.follow_journal
        counted = _counted(apply, journal.seq, progress)
        done = replay(journal, counted, start, any_engine, on_batch)
        problems = broken(world.engine.view)
        return ReplayReport(
            digest=world.engine.digest(),
            seq=done.seq,
            conserved=not problems,
            broken=problems,
            chain=done.chain,
            journal_engine=done.journal_engine,
            engine=done.engine,
            first_difference_seq=done.first_difference_seq,
            resimulated=resimulate,
        )
    finally:
        journal.close()


def _counted(apply: Apply, last_seq: int, progress: Callable[[float], None] | None) -> Apply:
    """The same, telling how far it is after each row."""

    def told(commands: list[Command], texts: dict[int, str]) -> list[Event] | Gathered[Event]:
        events = apply(commands, texts)
        if progress is not None:
            progress(commands[-1].seq / last_seq)
        return events

    return told
