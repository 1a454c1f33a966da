"""Kept states to start from, each tied to the journal row it follows."""

from __future__ import annotations

import hashlib
import sqlite3

import msgspec

from longshore.journal.errors import JournalDamagedError

KEEP = 512
"""How many unpinned snapshots are kept; the newer half of them is never thinned out."""

_COLUMNS = "row, seq, time_us, chain, pinned, version, state, digest"


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The whole state of a world after a row, with the version in force then."""

    row: int
    seq: int
    time_us: int
    chain: bytes
    pinned: bool = False
    """A pinned one begins an epoch or what is left of an archived journal: it is never dropped."""
    version: bytes
    state: bytes

    def digest(self) -> bytes:
        """Of everything in it that must not change."""
        values = (self.row, self.seq, self.time_us, self.chain, self.version, self.state)
        return hashlib.blake2b(msgspec.msgpack.encode(values), digest_size=16).digest()


class Snapshots:
    """The snapshots of one journal."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def save(self, snapshot: Snapshot) -> None:
        """Keep it; where there are too many unpinned ones, drop every other of the older half."""
        values = (
            *(snapshot.row, snapshot.seq, snapshot.time_us, snapshot.chain, snapshot.pinned),
            *(snapshot.version, snapshot.state, snapshot.digest()),
        )
        insert = f"INSERT OR REPLACE INTO snapshots ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?)"  # noqa: S608 - a constant
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute(insert, values)
        unpinned = self._rows(pinned=0)
        if len(unpinned) > KEEP:
            thinned = ((row,) for row in unpinned[1 : KEEP // 2 : 2])
            self._db.executemany("DELETE FROM snapshots WHERE row = ?", thinned)
        self._db.execute("COMMIT")

    def latest(self) -> Snapshot | None:
        """The newest one, or None."""
        return self._read("ORDER BY row DESC LIMIT 1", ())

    def at_row(self, row: int) -> Snapshot | None:
        """The one that follows a row, or None."""
        return self._read("WHERE row = ?", (row,))

    def before(self, row: int) -> Snapshot | None:
        """The newest that follows a row or an earlier one, or None."""
        return self._read("WHERE row <= ? ORDER BY row DESC LIMIT 1", (row,))

    def pinned_rows(self) -> list[int]:
        """The rows that a pinned one follows, oldest first."""
        return self._rows(pinned=1)

    def _rows(self, pinned: int) -> list[int]:
        query = "SELECT row FROM snapshots WHERE pinned = ? ORDER BY row"
        return [row for (row,) in self._db.execute(query, (pinned,))]

    def _read(self, where: str, arguments: tuple[int, ...]) -> Snapshot | None:
        query = f"SELECT {_COLUMNS} FROM snapshots {where}"  # noqa: S608 - constants
        found = self._db.execute(query, arguments).fetchone()
        if found is None:
            return None
        row, seq, time_us, chain, pinned, version, state, digest = found
        snapshot = Snapshot(
            row=row,
            seq=seq,
            time_us=time_us,
            chain=chain,
            pinned=bool(pinned),
            version=version,
            state=state,
        )
        if snapshot.digest() != digest:
            raise JournalDamagedError(row, seq, "has a damaged snapshot")
        return snapshot
