"""What accounts said where a guardrail asked, kept beside their plans and cut with them."""

from __future__ import annotations

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    String,
    Table,
    insert,
    select,
)

from longshore.practice.guardrails.log import Logged
from longshore.venue.accounts import METADATA

GUARDRAILS = Table(
    "guardrails",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, nullable=False, index=True),
    Column("seq", BigInteger, nullable=False),
    Column("entry", String, nullable=False),
)


class Guardrails:
    """The record of one world's accounts. Writes block for one small commit."""

    def __init__(self, engine: Engine) -> None:
        """The table must exist (`open_accounts`)."""
        self._engine = engine

    def note(self, account_id: int, entry: Logged) -> None:
        """Put something on record."""
        row = {
            "account_id": account_id,
            "seq": entry.seq,
            "entry": msgspec.json.encode(entry).decode(),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(GUARDRAILS).values(**row))

    def log(self, account_id: int) -> list[Logged]:
        """An account's record, oldest first."""
        wanted = select(GUARDRAILS.c.entry).where(GUARDRAILS.c.account_id == account_id)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(GUARDRAILS.c.id)).scalars()
            return [msgspec.json.decode(row, type=Logged) for row in rows]
