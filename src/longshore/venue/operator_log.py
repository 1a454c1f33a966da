"""What operators did in one world: who, when, what and why. Lines are added and never changed.

Kept with names and keys in `accounts.sqlite`, where triggers refuse whatever would change or remove
a line. What is done to people lies in the main world's log: it is the venue's own. What changed
a market is in the journal as well, with the operator as its origin; the journal knows no names and
no reasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    String,
    Table,
    insert,
    or_,
    select,
)

from longshore.venue.accounts import METADATA

OPERATOR_LOG = Table(
    "operator_log",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("entry", String, nullable=False),
)


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """One thing an operator did. `who` is empty for the holder of the operator's token."""

    act: str
    """Which, by the name of its sentence."""
    given: dict[str, Any]
    """What it was asked with: the names in its path, the fields of its body."""
    who: str
    why: str
    approved_by: str = ""
    """The second person, where it took two; `who` is whose act it was."""
    seq: int
    """Where the world then stood."""
    world_ms: int
    wall_ms: int


class OperatorLog:
    """The log of one world. Writes block for one small commit."""

    def __init__(self, engine: Engine) -> None:
        """The table must exist (`open_accounts`)."""
        self._engine = engine

    def note(self, deed: Deed) -> None:
        """Add a line."""
        row = {"seq": deed.seq, "entry": msgspec.json.encode(deed).decode()}
        with self._engine.begin() as connection:
            connection.execute(insert(OPERATOR_LOG).values(**row))

    def newest(
        self, limit: int, before: int | None = None, acts: Sequence[str] = ()
    ) -> list[tuple[int, Deed]]:
        """Lines with their numbers, newest first; with `before` those that are older.

        With `acts` only those: a line begins with its act.
        """
        wanted = select(OPERATOR_LOG).order_by(OPERATOR_LOG.c.id.desc()).limit(limit)
        if acts:
            named = [OPERATOR_LOG.c.entry.startswith(f'{{"act":"{act}",') for act in acts]
            wanted = wanted.where(or_(*named))
        if before is not None:
            wanted = wanted.where(OPERATOR_LOG.c.id < before)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [(row.id, msgspec.json.decode(row.entry, type=Deed)) for row in rows]
