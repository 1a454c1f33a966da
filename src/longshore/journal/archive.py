"""Moving old rows out of a journal into a file of their own."""

from __future__ import annotations

from pathlib import Path

import msgspec

from longshore.journal.errors import JournalError
from longshore.journal.schema import create_file
from longshore.journal.snapshots import Snapshot
from longshore.journal.store import BEGINS, Begin, Journal


def archive(journal: Journal, path: Path) -> int:
    """Move the rows before the last kept snapshot to a new file; how many were moved.

    The new file is a journal too, and ends at the snapshot. It is complete before a row is dropped
    here, so that stopping half-way loses nothing. Raises JournalError without a snapshot.
    """
    snapshot = journal.snapshots.latest()
    begin = journal.begin()
    if snapshot is None or snapshot.row <= begin.row:
        raise JournalError("there are no rows before the last snapshot: nothing to archive")
    create_file(path).close()
    _copy(journal, path, begin, snapshot)
    journal.begin_at(snapshot)
    return snapshot.row - begin.row


def _copy(journal: Journal, path: Path, begin: Begin, snapshot: Snapshot) -> None:
    db = journal.db
    db.execute("ATTACH DATABASE ? AS archive", (str(path),))
    db.execute("BEGIN")
    db.execute("INSERT INTO archive.entries SELECT * FROM entries WHERE row <= ?", (snapshot.row,))
    db.execute("INSERT INTO archive.snapshots SELECT * FROM snapshots WHERE row = ?", (begin.row,))
    db.execute("INSERT INTO archive.notes VALUES (?, ?)", (BEGINS, msgspec.msgpack.encode(begin)))
    db.execute("COMMIT")
    db.execute("DETACH DATABASE archive")
