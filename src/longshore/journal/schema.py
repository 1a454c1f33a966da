"""The journal's tables, and how its file is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from longshore.journal.errors import JournalError

FORMAT = 1
APPLICATION_ID = 0x4C4F4E47

TABLES = """
CREATE TABLE entries (
  row INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  count INTEGER NOT NULL,
  time_us INTEGER NOT NULL,
  origins INTEGER NOT NULL,
  payload BLOB NOT NULL,
  events BLOB NOT NULL,
  chain BLOB NOT NULL
) STRICT;
CREATE INDEX versions ON entries (row) WHERE kind IN ('version', 'epoch');
CREATE TABLE snapshots (
  row INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  time_us INTEGER NOT NULL,
  chain BLOB NOT NULL,
  pinned INTEGER NOT NULL,
  version BLOB NOT NULL,
  state BLOB NOT NULL,
  digest BLOB NOT NULL
) STRICT;
CREATE TABLE notes (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
"""


def create_file(path: Path) -> sqlite3.Connection:
    """A new journal file; JournalError if there is one already."""
    if path.exists():
        raise JournalError(f"{path} exists already")
    path.parent.mkdir(parents=True, exist_ok=True)
    db = _connect(path)
    db.executescript(f"PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={FORMAT};")
    db.executescript(TABLES)
    return db


def open_file(path: Path) -> sqlite3.Connection:
    """An existing journal file; JournalError if it is none, or of a format not known here."""
    if not path.is_file():
        raise JournalError(f"there is no journal at {path}")
    try:
        db = _connect(path)
        application = db.execute("PRAGMA application_id").fetchone()[0]
        version = db.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise JournalError(f"{path} is not a journal: {error}") from error
    if application != APPLICATION_ID:
        raise JournalError(f"{path} is not a journal")
    if version != FORMAT:
        raise JournalError(f"{path} has journal format {version}; this program reads {FORMAT}")
    return db


def _connect(path: Path) -> sqlite3.Connection:
    """Commits reach the disk before they return; one thread at a time uses the connection."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    return db
