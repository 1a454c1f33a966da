"""What accounts said of themselves and what was decided, in the order it came; nothing is changed.

Kept with names and keys in `accounts.sqlite`; where an account stands is always added up from it.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from sqlalchemy import BigInteger, Column, Engine, Integer, String, Table, insert, select

from longshore.practice.entry import Entry
from longshore.venue.accounts import METADATA
from longshore.venue.onshore.regimes import Product, Tier

Flaw = Literal["expired", "name_mismatch", "under_age", "sanctioned", "elsewhere", "by_hand"]
"""Why an identity is refused. `elsewhere`: its document is of another country than was said."""
StateName = Literal["active", "close_only", "frozen", "closed"]

ONSHORE = Table(
    "onshore",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, nullable=False, index=True),
    Column("seq", BigInteger, nullable=False),
    Column("entry", String, nullable=False),
)


class Lives(Entry, frozen=True, kw_only=True, tag="lives"):
    """Where the owner lives."""

    country: str
    state: str


class Shown(Entry, frozen=True, kw_only=True, tag="shown"):
    """A made-up person was shown, for a tier; a provider looks at it under this number."""

    case: str
    person: str
    tier: Tier
    provider: str


class Decided(Entry, frozen=True, kw_only=True, tag="decided"):
    """A provider has decided a case. Without a flaw the person is known, until `until_us`."""

    case: str
    flaw: Flaw | Literal[""]
    until_us: int
    delivery: str = ""
    """Of a decision that a provider sent: its own number of it, taken once."""


class Appealed(Entry, frozen=True, kw_only=True, tag="appealed"):
    """The owner asks a person to look at a refused case again."""

    case: str
    text: str


class Agreed(Entry, frozen=True, kw_only=True, tag="agreed"):
    """A disclosure was accepted, in one version, whose text has this hash."""

    product: Product
    version: str
    sha256: str


class Answered(Entry, frozen=True, kw_only=True, tag="answered"):
    """A set of questions was answered."""

    attempt: int
    right: int
    asked: int
    passed: bool


class Excluded(Entry, frozen=True, kw_only=True, tag="excluded"):
    """The owner shuts themselves out until then."""

    until_us: int


class Limited(Entry, frozen=True, kw_only=True, tag="limited"):
    """Limits of a day that the owner sets, in atoms of the settlement asset; 0: none."""

    deposit_atoms: int
    loss_atoms: int


class Put(Entry, frozen=True, kw_only=True, tag="put"):
    """The operator put the account in a state."""

    state: StateName


class Confirmed(Entry, frozen=True, kw_only=True, tag="confirmed"):
    """The owner said that an account they had not used is still theirs."""


Logged = (
    Lives | Shown | Decided | Appealed | Agreed | Answered | Excluded | Limited | Put | Confirmed
)


class Log:
    """The entries of one world's accounts, held in memory. Writes block for one small commit."""

    def __init__(self, engine: Engine) -> None:
        """Read all there is; the table must exist (`open_accounts`)."""
        self._engine = engine
        self._entries: dict[int, list[Logged]] = {}
        with engine.connect() as connection:
            rows = connection.execute(select(ONSHORE).order_by(ONSHORE.c.id)).all()
        for row in rows:
            found = msgspec.json.decode(row.entry, type=Logged)
            self._entries.setdefault(row.account_id, []).append(found)

    def note(self, account_id: int, entry: Logged) -> None:
        """Add an entry."""
        row = {
            "account_id": account_id,
            "seq": entry.seq,
            "entry": msgspec.json.encode(entry).decode(),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(ONSHORE).values(**row))
        self._entries.setdefault(account_id, []).append(entry)

    def of(self, account_id: int) -> list[Logged]:
        """An account's entries, oldest first."""
        return self._entries.get(account_id, [])

    def accounts(self) -> list[int]:
        """All accounts that have any."""
        return list(self._entries)
