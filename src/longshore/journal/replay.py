"""From a journal back to the state it stands for, checking every row on the way."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from longshore.engine.engine import engine_digest
from longshore.engine.rows import Command, Event
from longshore.journal.batch import Batch
from longshore.journal.codec import Codec, events_digest
from longshore.journal.entry import Entry, EntryKind, Version
from longshore.journal.errors import JournalDivergedError, JournalHaltedError, OtherEngineError
from longshore.journal.gathering import Gathered
from longshore.journal.snapshots import Snapshot
from longshore.journal.store import Journal

Apply = Callable[[list[Command], dict[int, str]], list[Event] | Gathered[Event]]
"""Carries out the commands of one row and gives their events; texts by seq beside them."""


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """What a replay came to."""

    seq: int
    chain: str
    journal_engine: str
    """Digest of the rules the journal was written under."""
    engine: str
    """Digest of the rules it was replayed under."""
    first_difference_seq: int | None = None
    """Under another engine: the first seq of the first row that gave other events."""


def replay_start(journal: Journal, any_engine: bool = False) -> Snapshot | None:
    """The state a full replay begins with; None: nothing, at the first row.

    Rows written by another engine are passed over by beginning at the epoch after them. Raises
    OtherEngineError when there is none, unless any engine is asked for.
    """
    begin = journal.snapshots.at_row(journal.begin().row)
    if any_engine:
        return begin
    ours = engine_digest()
    versions = journal.versions()
    others = [row for row, version in versions if version.engine != ours]
    if not others:
        return begin
    later = [row for row in journal.snapshots.pinned_rows() if row > max(others)]
    if not later:
        raise OtherEngineError(versions[-1][1].engine, ours)
    return journal.snapshots.at_row(later[0])


def replay(
    journal: Journal,
    apply: Apply,
    after: Snapshot | None = None,
    any_engine: bool = False,
    on_batch: Callable[[Batch], None] | None = None,
    last_row: int | None = None,
) -> Replayed:
    """Carry out all rows after a snapshot (without one, all), comparing their events.

    With `last_row`, no further than that row.

    Raises JournalDamagedError, JournalDivergedError, OtherEngineError, and, when all good rows
    are done and the journal ends in a batch the engine stopped in, JournalHaltedError.
    """
    ours = engine_digest()
    replaying = _Replaying(apply, ours, any_engine, on_batch)
    if after is not None:
        replaying.take_version(msgspec.msgpack.decode(after.version, type=Version))
    seq, chain = journal.seq, journal.chain
    for entry in journal.entries(after):
        if last_row is not None and entry.row > last_row:
            break
        replaying.take(entry)
        seq, chain = entry.last_seq, entry.chain
    halted = journal.halted()
    if halted is not None and last_row is None:
        raise JournalHaltedError(journal.seq + 1, journal.seq + halted.count, halted.why)
    return Replayed(
        seq=seq,
        chain=chain.hex(),
        journal_engine=replaying.journal_engine,
        engine=ours,
        first_difference_seq=replaying.first_difference_seq,
    )


class _Replaying:
    """The rows taken so far: under which version they are read, and whether events differed."""

    def __init__(
        self,
        apply: Apply,
        ours: str,
        any_engine: bool,
        on_batch: Callable[[Batch], None] | None,
    ) -> None:
        self.apply = apply
        self.ours = ours
        self.any_engine = any_engine
        self.on_batch = on_batch
        self.codec = Codec()
        self.journal_engine = ours
        self.first_difference_seq: int | None = None

    def take(self, entry: Entry) -> None:
        """Do what one row says; a void or halted one says nothing."""
        if entry.kind in {EntryKind.VERSION, EntryKind.EPOCH}:
            self.take_version(msgspec.msgpack.decode(entry.payload, type=Version))
        elif entry.kind == EntryKind.BATCH:
            self.take_batch(entry)

    def take_version(self, version: Version) -> None:
        """Read what follows as this version wrote it."""
        if version.engine != self.ours and not self.any_engine:
            raise OtherEngineError(version.engine, self.ours)
        self.journal_engine = version.engine
        self.codec = Codec(version.fields)

    def take_batch(self, entry: Entry) -> None:
        """Carry out one batch and compare its events with the recorded digest."""
        commands, texts = self.codec.decode(entry.payload, entry.first_seq, entry.time_us)
        events: Gathered[Event] = Gathered(Event)
        events.join(self.apply(commands, texts))
        if events_digest(*events.pieces()) != entry.events and self.first_difference_seq is None:
            if self.journal_engine == self.ours:
                raise JournalDivergedError(entry.row, entry.first_seq - 1)
            self.first_difference_seq = entry.first_seq
        if self.on_batch is not None:
            self.on_batch(
                Batch(
                    first_seq=entry.first_seq,
                    time_us=entry.time_us,
                    commands=commands,
                    events=events,
                    texts=texts,
                )
            )
