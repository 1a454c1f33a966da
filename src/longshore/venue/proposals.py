"""What waits for a second person: acts of operators that one alone does not carry out.

A proposal is decided once. Whoever approves it takes it first, durably, and only then is it carried
out: two who approve at once do it once, and a power cut in between leaves it *interrupted*, never
done a second time. It lapses by the wall clock, because people's days are meant; the world's clock
may stand still or run fast. They lie in `accounts.sqlite`, beside the operator's log.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from sqlalchemy import BigInteger, Column, Engine, Integer, String, Table, insert, select, update

from longshore.venue.accounts import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Row

ProposalState = Literal[
    "waiting", "taken", "approved", "declined", "withdrawn", "lapsed", "interrupted"
]
"""`taken`: being carried out. `interrupted`: nobody knows whether it was; the log and the market
show it."""
LAPSE_MS = 24 * 3_600_000
WAITING_MAX = 200
NS_PER_MS = 1_000_000

PROPOSALS = Table(
    "proposals",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("entry", String, nullable=False),
    Column("decided_by", String, nullable=False),
    Column("decided_ms", BigInteger, nullable=False),
    Column("decided_why", String, nullable=False),
)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants done: an act, and what it is to be done with."""

    act: str
    path: dict[str, str]
    body: dict[str, Any]
    who: str
    why: str
    wall_ms: int
    world_ms: int

    @property
    def given(self) -> dict[str, Any]:
        """What it is asked with, as the operator's log keeps it."""
        return self.path | self.body


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """Something asked for, with its number and what became of it."""

    id: int
    state: ProposalState
    until_ms: int
    asked: Asked
    decided_by: str
    decided_ms: int
    decided_why: str


class Proposals:
    """Of one world. Writes block for one small commit; proposals are few."""

    def __init__(self, engine: Engine) -> None:
        """The table must exist (`open_accounts`). What was being carried out is interrupted."""
        self._engine = engine
        self.four_eyes = False
        """Whether what an operator changes here waits for a second one."""
        self.doing: dict[str, Callable[[Any, Asked], Awaitable[Any]]] = {}
        """By act, what carries it out: the routes say it."""
        with engine.begin() as connection:
            stopped = update(PROPOSALS).where(PROPOSALS.c.state == "taken")
            connection.execute(stopped.values(state="interrupted"))

    def add(self, asked: Asked, seq: int) -> Proposal | None:
        """Keep one, waiting; None where too many wait already."""
        waits = (PROPOSALS.c.state == "waiting") & (PROPOSALS.c.until_ms > now_ms())
        until_ms = asked.wall_ms + LAPSE_MS
        row = {"seq": seq, "state": "waiting", "until_ms": until_ms, "decided_by": ""}
        row |= {"entry": msgspec.json.encode(asked).decode(), "decided_ms": 0, "decided_why": ""}
        with self._engine.begin() as connection:
            if len(connection.execute(select(PROPOSALS.c.id).where(waits)).all()) >= WAITING_MAX:
                return None
            made = connection.execute(insert(PROPOSALS).values(**row)).inserted_primary_key
        assert made is not None, "a new line has a number"
        return self.get(int(made[0]))

    def get(self, number: int) -> Proposal | None:
        """One of them."""
        with self._engine.connect() as connection:
            row = connection.execute(select(PROPOSALS).where(PROPOSALS.c.id == number)).first()
        return None if row is None else _proposal(row)

    def newest(self, limit: int, before: int | None = None) -> list[Proposal]:
        """Proposals, newest first; with `before` those that are older."""
        wanted = select(PROPOSALS).order_by(PROPOSALS.c.id.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(PROPOSALS.c.id < before)
        with self._engine.connect() as connection:
            return [_proposal(row) for row in connection.execute(wanted)]

    def waiting(self) -> list[Proposal]:
        """Those that nobody has decided, the oldest first."""
        waits = (PROPOSALS.c.state == "waiting") & (PROPOSALS.c.until_ms > now_ms())
        with self._engine.connect() as connection:
            found = connection.execute(select(PROPOSALS).where(waits).order_by(PROPOSALS.c.id))
            return [_proposal(row) for row in found]

    def decide(self, number: int, state: ProposalState, who: str, why: str) -> bool:
        """Make it taken, declined or withdrawn, if it waits: of several at once, one does."""
        decided_ms = now_ms()
        waits = (
            (PROPOSALS.c.id == number)
            & (PROPOSALS.c.state == "waiting")
            & (PROPOSALS.c.until_ms > decided_ms)
        )
        values = {"state": state, "decided_by": who, "decided_why": why, "decided_ms": decided_ms}
        with self._engine.begin() as connection:
            return connection.execute(update(PROPOSALS).where(waits).values(values)).rowcount == 1

    def become(self, number: int, state: ProposalState) -> None:
        """What came of one that was taken; refused, it waits again as if nobody had decided."""
        values: dict[str, Any] = {"state": state}
        if state == "waiting":
            values |= {"decided_by": "", "decided_why": "", "decided_ms": 0}
        taken = (PROPOSALS.c.id == number) & (PROPOSALS.c.state == "taken")
        with self._engine.begin() as connection:
            connection.execute(update(PROPOSALS).where(taken).values(values))


def now_ms() -> int:
    """The wall clock."""
    return time.time_ns() // NS_PER_MS


def _proposal(row: Row[Any]) -> Proposal:
    """A line of the table; one that nobody decided in time has lapsed."""
    lapsed = row.state == "waiting" and row.until_ms <= now_ms()
    return Proposal(
        id=row.id,
        state="lapsed" if lapsed else row.state,
        until_ms=row.until_ms,
        asked=msgspec.json.decode(row.entry, type=Asked),
        decided_by=row.decided_by,
        decided_ms=row.decided_ms,
        decided_why=row.decided_why,
    )
