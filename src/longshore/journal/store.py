"""The journal file: rows appended, read back and checked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import msgspec

from longshore.engine.limits import TIME_MAX_US
from longshore.journal.batch import Batch
from longshore.journal.codec import Codec, events_digest
from longshore.journal.entry import GENESIS_CHAIN, Entry, EntryKind, Version, chained
from longshore.journal.errors import JournalDamagedError, JournalError
from longshore.journal.schema import create_file, open_file
from longshore.journal.snapshots import Snapshot, Snapshots

_COLUMNS = "row, kind, first_seq, count, time_us, origins, payload, events, chain"
BEGINS = "begins"


class Begin(msgspec.Struct, frozen=True):
    """Where what is left of a journal begins: after a row, at the seq and chain it ended with."""

    row: int = 0
    seq: int = 0
    chain: bytes = GENESIS_CHAIN
    time_us: int = 0


class Halted(msgspec.Struct, frozen=True):
    """A batch that stopped the engine: its commands, and the error."""

    count: int
    why: str
    commands: bytes


class Journal:
    """One world's journal. One process writes; a row is on the disk when `append` returns."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self.db = db
        self.snapshots = Snapshots(db)
        self.codec = Codec()
        begin = self.begin()
        self.row, self.seq, self.chain = begin.row, begin.seq, begin.chain
        self.time_us = begin.time_us
        last = self._last()
        if last is not None:
            self.row, self.seq, self.chain = last.row, last.last_seq, last.chain
            self.time_us = last.time_us

    @classmethod
    def create(cls, path: Path, version: Version) -> Self:
        """A new journal whose first row says what writes it: there whole, or not at all."""
        if path.exists():
            raise JournalError(f"{path} exists already")
        draft = path.with_name(f"{path.name}.new")
        for left in path.parent.glob(f"{draft.name}*"):  # by a process that was killed at it
            left.unlink()
        journal = cls(draft, create_file(draft))
        journal.note_version(version)
        journal.close()
        draft.replace(path)
        return cls.open(path)

    @classmethod
    def create_after(cls, path: Path, snapshot: Snapshot, notes: dict[str, bytes]) -> Self:
        """A new journal that begins with a state, which is pinned: there whole, or not at all."""
        draft = path.with_name(f"{path.name}.new")
        for left in path.parent.glob(f"{draft.name}*"):
            left.unlink()
        db = create_file(draft)
        Snapshots(db).save(msgspec.structs.replace(snapshot, pinned=True))
        begins = {BEGINS: msgspec.msgpack.encode(begin_after(snapshot))}
        db.executemany("INSERT INTO notes VALUES (?, ?)", (notes | begins).items())
        db.close()
        draft.replace(path)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """An existing journal, to read or to go on writing."""
        try:
            return cls(path, open_file(path))
        except sqlite3.DatabaseError as error:
            raise JournalError(f"{path} cannot be read: {error}") from error

    def close(self) -> None:
        """Release the file."""
        self.db.close()

    def append(self, batch: Batch) -> None:
        """Write one batch; durable on return."""
        assert batch.first_seq == self.seq + 1, f"seq {batch.first_seq} after {self.seq}"
        self._write(
            EntryKind.BATCH,
            self.codec.encode(batch),
            count=batch.count,
            time_us=batch.time_us,
            origins=_origins(batch),
            events=events_digest(*batch.caused.pieces()),
        )

    def halt(self, batch: Batch, why: str) -> None:
        """Write down a batch the engine stopped in. It has no events and takes no seqs."""
        commands = self.codec.encode(batch)
        halted = Halted(count=batch.count, why=why, commands=commands)
        origins = _origins(batch)
        payload = msgspec.msgpack.encode(halted)
        self._write(EntryKind.HALTED, payload, time_us=batch.time_us, origins=origins)

    def void(self, seq: int) -> None:
        """Void the halted batch that ends the journal; JournalError if seq is not in one."""
        halted, first_seq = self.halted(), self.seq + 1
        if halted is None:
            raise JournalError("the journal does not end in a halted batch: nothing to void")
        if not first_seq <= seq < first_seq + halted.count:
            last_seq = first_seq + halted.count - 1
            raise JournalError(f"seq {seq} is not in the halted batch, {first_seq} to {last_seq}")
        self._write(EntryKind.VOID, msgspec.msgpack.encode(seq))

    def halted(self) -> Halted | None:
        """The halted batch that ends the journal and is not void, or None."""
        last = self._last()
        if last is None or last.kind != EntryKind.HALTED:
            return None
        return msgspec.msgpack.decode(last.payload, type=Halted)

    def note_version(self, version: Version) -> None:
        """Write a version row: what follows is written under it."""
        self._write(EntryKind.VERSION, msgspec.msgpack.encode(version))

    def begin_epoch(self, version: Version, state: bytes) -> None:
        """Go on under another engine: an epoch row, and its first state pinned as a snapshot."""
        self._write(EntryKind.EPOCH, msgspec.msgpack.encode(version))
        self.save_snapshot(state, pinned=True)

    def save_snapshot(self, state: bytes, pinned: bool = False) -> None:
        """Keep the state that follows the last row."""
        self.snapshots.save(
            Snapshot(
                row=self.row,
                seq=self.seq,
                time_us=self.time_us,
                chain=self.chain,
                pinned=pinned,
                version=msgspec.msgpack.encode(self.version()),
                state=state,
            )
        )

    def version(self) -> Version:
        """The version in force now."""
        versions = self.versions()
        if not versions:
            raise JournalDamagedError(1, 0, "is missing: it says what wrote the journal")
        return versions[-1][1]

    def versions(self) -> list[tuple[int, Version]]:
        """Every version in force from some row of this file on, oldest first."""
        begin = self.snapshots.at_row(self.begin().row)
        found = [] if begin is None else [(begin.row, begin.version)]
        kinds = self._select("WHERE kind IN ('version', 'epoch') ORDER BY row", ())
        found += [(entry.row, entry.payload) for entry in kinds]
        return [(row, msgspec.msgpack.decode(text, type=Version)) for row, text in found]

    def begin(self) -> Begin:
        """Where the rows of this file begin."""
        value = self.note(BEGINS)
        return Begin() if value is None else msgspec.msgpack.decode(value, type=Begin)

    def begin_at(self, snapshot: Snapshot) -> None:
        """Drop the rows up to a snapshot, which is pinned: this file begins with it."""
        begin = begin_after(snapshot)
        self.db.execute("BEGIN IMMEDIATE")
        self.set_note(BEGINS, msgspec.msgpack.encode(begin))
        self.db.execute("UPDATE snapshots SET pinned = 1 WHERE row = ?", (snapshot.row,))
        self.db.execute("DELETE FROM snapshots WHERE row < ?", (snapshot.row,))
        self.db.execute("DELETE FROM entries WHERE row <= ?", (snapshot.row,))
        self.db.execute("COMMIT")

    def entries(self, after: Begin | Snapshot | None = None) -> Iterator[Entry]:
        """The rows after a place, each checked against the chain before it is given.

        Raises JournalDamagedError at the first row that is missing, out of order, damaged or
        edited.
        """
        place = after or self.begin()
        row, seq, chain = place.row, place.seq, place.chain
        try:
            for entry in self._select("WHERE row > ? ORDER BY row", (row,)):
                row += 1
                if entry.row != row or entry.first_seq != seq + 1:
                    raise JournalDamagedError(row, seq, "is missing or out of order")
                if chained(chain, entry) != entry.chain:
                    raise JournalDamagedError(row, seq, "is not what was written")
                seq, chain = entry.last_seq, entry.chain
                yield entry
        except (sqlite3.DatabaseError, msgspec.ValidationError) as error:
            raise JournalDamagedError(row + 1, seq, f"cannot be read ({error})") from error

    def entry(self, row: int) -> Entry | None:
        """One row of this file, not checked against the chain; None where there is none."""
        return next(self._select("WHERE row = ?", (row,)), None)

    def version_at(self, row: int) -> Version:
        """The version in force after a row."""
        return [version for at, version in self.versions() if at <= row][-1]

    def row_until(self, seq: int, time_us: int) -> int:
        """The last row of this file with nothing after a seq or after a time; the first are whole.

        Rows are numbered without gaps, and neither seqs nor times go back.
        """
        low, high = self.begin().row, self.row
        while low < high:
            middle = (low + high + 1) // 2
            entry = self.entry(middle)
            assert entry is not None, f"row {middle} is missing"
            is_before = entry.last_seq <= seq and entry.time_us <= time_us
            low, high = (middle, high) if is_before else (low, middle - 1)
        return low

    def texts(self, after_seq: int) -> dict[int, str]:
        """The texts beside the commands after a seq, as far as this file has them."""
        found: dict[int, str] = {}
        for row in range(self.row_until(after_seq, TIME_MAX_US) + 1, self.row + 1):
            entry = self.entry(row)
            if entry is not None and entry.kind == EntryKind.BATCH:
                codec = Codec(self.version_at(row).fields)
                found |= codec.decode(entry.payload, entry.first_seq, entry.time_us)[1]
        return {seq: text for seq, text in found.items() if seq > after_seq}

    def note(self, name: str) -> bytes | None:
        """A value kept beside the rows, outside the chain."""
        found = self.db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return None if found is None else bytes(found[0])

    def set_note(self, name: str, value: bytes) -> None:
        """Keep a value beside the rows."""
        self.db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def payload_bytes(self) -> int:
        """How much the rows of this file hold, without the database around them."""
        query = "SELECT coalesce(sum(length(payload) + 32), 0) FROM entries"
        return int(self.db.execute(query).fetchone()[0])

    def _last(self) -> Entry | None:
        return next(self._select("ORDER BY row DESC LIMIT 1", ()), None)

    def _select(self, where: str, arguments: tuple[int, ...]) -> Iterator[Entry]:
        query = f"SELECT {_COLUMNS} FROM entries {where}"  # noqa: S608 - constants
        for values in self.db.execute(query, arguments):
            yield Entry(*values)

    def _write(
        self,
        kind: EntryKind,
        payload: bytes,
        *,
        count: int = 0,
        time_us: int | None = None,
        origins: int = 0,
        events: bytes = b"",
    ) -> None:
        when_us = self.time_us if time_us is None else time_us
        draft = Entry(
            self.row + 1, kind.value, self.seq + 1, count, when_us, origins, payload, events, b""
        )
        entry = msgspec.structs.replace(draft, chain=chained(self.chain, draft))
        insert = f"INSERT INTO entries ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)"  # noqa: S608 - a constant
        try:
            self.db.execute(insert, msgspec.structs.astuple(entry))
        except sqlite3.IntegrityError as error:
            raise JournalError(f"another process has written to {self.path}") from error
        self.row, self.seq, self.chain = entry.row, entry.last_seq, entry.chain
        self.time_us = entry.time_us


def begin_after(snapshot: Snapshot) -> Begin:
    """Where a journal begins that has nothing before a snapshot."""
    return Begin(snapshot.row, snapshot.seq, snapshot.chain, snapshot.time_us)


def _origins(batch: Batch) -> int:
    return sum(1 << origin for origin in set(batch.sent.column("origin")))
