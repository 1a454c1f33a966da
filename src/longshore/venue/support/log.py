"""What customers and operators wrote in tickets, in the order it came; nothing is changed.

Kept with names and keys in `accounts.sqlite`; how a ticket stands is always added up from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    LargeBinary,
    String,
    Table,
    func,
    insert,
    null,
    select,
)

from longshore.practice.entry import Entry
from longshore.venue.accounts import METADATA

Category = Literal[
    "disputed_liquidation", "order", "deposit_or_withdrawal", "identity", "complaint", "other"
]
Template = Literal["received", "by_the_rules", "more_needed", "put_right", "not_ours"]
Side = Literal["customer", "operator"]
EventKind = Literal["fill", "order", "liquidation"]

SUPPORT = Table(
    "support",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, nullable=False, index=True),
    Column("ticket", Integer, nullable=False, index=True),
    Column("seq", BigInteger, nullable=False),
    Column("entry", String, nullable=False),
    Column("content", LargeBinary, nullable=True),
)


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """A file that came with a message; its content is kept beside the entry."""

    name: str
    type: str
    size_bytes: int


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the account, by its place in history: `seq-index`."""

    kind: EventKind
    id: str


class Opened(Entry, frozen=True, kw_only=True, tag="opened"):
    """A ticket begins. What it is about stays what it was at this moment."""

    category: Category
    symbol: str
    liquidation: str
    autopsy: list[str]
    """Why the account was liquidated, as it was told then."""
    events: list[Reference]


class Wrote(Entry, frozen=True, kw_only=True, tag="wrote"):
    """A message; of a template only the name is kept, each reader has it in their language."""

    by: Side
    text: str
    template: Template | Literal[""] = ""
    attached: Attached | None = None


class Put(Entry, frozen=True, kw_only=True, tag="put"):
    """One side closes it, or opens it again."""

    state: Literal["closed", "reopened"]
    by: Side = "customer"


Logged = Opened | Wrote | Put


class Line(NamedTuple):
    """An entry with its ticket, whose it is, and the content of its attachment if that was read."""

    account_id: int
    ticket: int
    entry: Logged
    content: bytes | None


class SupportLog:
    """The tickets of one world. Writes block for one small commit."""

    def __init__(self, engine: Engine) -> None:
        """The table must exist (`open_accounts`)."""
        self._engine = engine

    def open(
        self, account_id: int, opened: Opened, message: Wrote, content: bytes | None = None
    ) -> int:
        """A new ticket with its first message, both or neither; its number."""
        with self._engine.begin() as connection:
            last = connection.execute(select(func.max(SUPPORT.c.ticket))).scalar() or 0
            connection.execute(insert(SUPPORT).values(**_kept(account_id, last + 1, opened)))
            first = _kept(account_id, last + 1, message, content)
            connection.execute(insert(SUPPORT).values(**first))
        return int(last) + 1

    def note(
        self, account_id: int, ticket: int, entry: Wrote | Put, content: bytes | None = None
    ) -> None:
        """Add an entry to a ticket of the account."""
        with self._engine.begin() as connection:
            connection.execute(insert(SUPPORT).values(**_kept(account_id, ticket, entry, content)))

    def of(self, account_id: int, contents: bool = False) -> list[Line]:
        """All entries of an account's tickets, oldest first."""
        return self._lines(contents, SUPPORT.c.account_id == account_id)

    def ticket(self, number: int) -> list[Line]:
        """One ticket with its attachments, whoever it is of; nothing when there is none."""
        return self._lines(True, SUPPORT.c.ticket == number)

    def every(self) -> list[Line]:
        """The entries of all tickets, oldest first."""
        return self._lines(False)

    def attached_bytes(self, account_id: int) -> int:
        """How much an account has attached so far."""
        wanted = select(func.sum(func.length(SUPPORT.c.content)))
        with self._engine.connect() as connection:
            found = connection.execute(wanted.where(SUPPORT.c.account_id == account_id)).scalar()
        return int(found or 0)

    def _lines(self, contents: bool, *where: Any) -> list[Line]:
        content = SUPPORT.c.content if contents else null().label("content")
        wanted = select(SUPPORT.c.account_id, SUPPORT.c.ticket, SUPPORT.c.entry, content)
        with self._engine.connect() as connection:
            found = connection.execute(wanted.where(*where).order_by(SUPPORT.c.id)).mappings()
            return [_line(each) for each in found]


def _kept(
    account_id: int, ticket: int, entry: Logged, content: bytes | None = None
) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "ticket": ticket,
        "seq": entry.seq,
        "entry": msgspec.json.encode(entry).decode(),
        "content": content,
    }


def _line(found: Mapping[Any, Any]) -> Line:
    entry = msgspec.json.decode(found["entry"], type=Logged)
    return Line(found["account_id"], found["ticket"], entry, found["content"])
