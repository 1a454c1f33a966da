"""What one world's custody desk was asked, line by line; the desk is worked out from them again.

A line says after which command it came: of what the engine took or credited, that command itself,
so that a branch has the line exactly where it has the command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import BigInteger, Column, Engine, Integer, String, Table, insert, select

from longshore.custody.inputs import AnyInput
from longshore.venue.accounts import METADATA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from longshore.custody.inputs import Input

CUSTODY = Table(
    "custody",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("time_us", BigInteger, nullable=False),
    Column("input", String, nullable=False),
)


class Line(msgspec.Struct, frozen=True):
    """One input, when it came, and after which command."""

    seq: int
    time_us: int
    input: AnyInput


class CustodyLog:
    """The lines of one world. Writes block for one small commit."""

    def __init__(self, engine: Engine) -> None:
        """The table must exist (`open_accounts`)."""
        self._engine = engine

    def lines(self) -> Iterator[Line]:
        """All of them, oldest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(CUSTODY).order_by(CUSTODY.c.id)).all()
        for row in rows:
            yield Line(row.seq, row.time_us, msgspec.json.decode(row.input, type=AnyInput))

    def note(self, seq: int, time_us: int, asked: Input, done: Callable[[], object]) -> None:
        """Add a line; `done` does what it says, and where it raises no line is added."""
        text = msgspec.json.encode(asked).decode()
        with self._engine.begin() as connection:
            connection.execute(insert(CUSTODY).values(seq=seq, time_us=time_us, input=text))
            done()
