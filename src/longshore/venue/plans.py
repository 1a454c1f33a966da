"""What accounts mean and choose: plans by order, and choices made in debriefs.

Kept with names and keys in `accounts.sqlite`, because no journal knows of it: it is never dropped,
and a branch begins with what its parent knew at that moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from longshore.practice.plan import Plan
from longshore.venue.accounts import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterable

PLANS = Table(
    "plans",
    METADATA,
    Column("account_id", Integer, nullable=False),
    Column("order_id", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("plan", String, nullable=False),
    PrimaryKeyConstraint("account_id", "order_id"),
)

CHOICES = Table(
    "choices",
    METADATA,
    Column("account_id", Integer, nullable=False),
    Column("debrief", String, nullable=False),
    Column("moment", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("choice", String, nullable=False),
    PrimaryKeyConstraint("account_id", "debrief", "moment"),
)


class Plans:
    """Plans and choices of one world's accounts. Writes block for one small commit."""

    def __init__(self, engine: Engine) -> None:
        """The tables must exist (`open_accounts`)."""
        self._engine = engine

    def keep(self, account_id: int, plan: Plan) -> None:
        """Keep a plan under its order; the same order again leaves the first one."""
        row = {
            "account_id": account_id,
            "order_id": plan.order_id,
            "seq": plan.seq,
            "plan": msgspec.json.encode(plan).decode(),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(PLANS).prefix_with("OR IGNORE").values(**row))

    def of_orders(self, account_id: int, order_ids: Iterable[int]) -> list[Plan]:
        """The plans under some of an account's orders, oldest first."""
        wanted = select(PLANS.c.plan).where(
            PLANS.c.account_id == account_id, PLANS.c.order_id.in_(list(order_ids))
        )
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(PLANS.c.order_id)).scalars()
            return [msgspec.json.decode(row, type=Plan) for row in rows]

    def newest(self, account_id: int, limit: int) -> list[Plan]:
        """An account's plans, newest first."""
        wanted = select(PLANS.c.plan).where(PLANS.c.account_id == account_id)
        newest = wanted.order_by(PLANS.c.order_id.desc()).limit(limit)
        with self._engine.connect() as connection:
            rows = connection.execute(newest).scalars()
            return [msgspec.json.decode(row, type=Plan) for row in rows]

    def choose(self, account_id: int, debrief: str, moment: int, choice: str, seq: int) -> None:
        """Keep what was chosen at a moment of a debrief; the first choice stands."""
        row = {
            "account_id": account_id,
            "debrief": debrief,
            "moment": moment,
            "seq": seq,
            "choice": choice,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(CHOICES).prefix_with("OR IGNORE").values(**row))

    def choices(self, account_id: int, debrief: str) -> dict[int, str]:
        """What was chosen in a debrief, by moment."""
        wanted = select(CHOICES.c.moment, CHOICES.c.choice).where(
            CHOICES.c.account_id == account_id, CHOICES.c.debrief == debrief
        )
        with self._engine.connect() as connection:
            return {row.moment: row.choice for row in connection.execute(wanted)}
