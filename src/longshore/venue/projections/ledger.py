"""Every move of customers' money, one row for each of their balances it touched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from longshore.engine.codes import Origin, Reason
from longshore.engine.events import EventKind
from longshore.venue.projections.appended import Appended
from longshore.venue.projections.records import LedgerRecord
from longshore.venue.projections.tables import from_event, read_span, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.history import Span
    from longshore.venue.projections.folding import Folding

TABLE = table_of(
    "ledger", LedgerRecord, key=("seq", "index", "leg"), indexes=[("account_id", "seq")]
)

WalletKey = tuple[int, int]
"""An account id and one of its wallets."""


def projection() -> Appended[LedgerRecord]:
    """Two rows for a move between two balances of a customer, one where the other is not theirs."""
    return Appended(TABLE, (EventKind.TRANSFERRED,), _rows)


def _rows(event: Event, folding: Folding) -> Iterable[LedgerRecord]:
    giver = (event.account_id, event.wallet)
    taker = (event.other_account_id, event.other_wallet)
    if giver[0] in folding.customers:
        yield _leg(event, 0, giver, taker, folding.origins[event.seq])
    if taker[0] in folding.customers:
        yield _leg(event, 1, taker, giver, folding.origins[event.seq])


def _leg(event: Event, leg: int, own: WalletKey, other: WalletKey, origin: int) -> LedgerRecord:
    return from_event(
        LedgerRecord,
        event,
        leg=leg,
        origin=origin,
        account_id=own[0],
        wallet=own[1],
        amount_atoms=event.amount_atoms if leg else -event.amount_atoms,
        balance_atoms=event.other_balance_atoms if leg else event.balance_atoms,
        other_account_id=other[0],
        other_wallet=other[1],
    )


def fresh_starts(connection: Connection, account_id: int) -> int:
    """How often the account took new practice money for itself."""
    query = select(func.count()).where(
        TABLE.c.account_id == account_id,
        TABLE.c.reason == Reason.DEPOSIT,
        TABLE.c.origin == Origin.USER,
    )
    return connection.execute(query).scalar_one()


def moved_at(connection: Connection, seqs: list[int]) -> set[int]:
    """Which of these commands brought money in or out."""
    outside = (Reason.DEPOSIT, Reason.WITHDRAWAL)
    query = select(TABLE.c.seq).where(TABLE.c.seq.in_(seqs), TABLE.c.reason.in_(outside))
    return set(connection.execute(query).scalars())


def held_before(connection: Connection, account_id: int, time_us: int) -> dict[int, int]:
    """By asset id: what all the account's wallets held just before a time, in atoms."""
    c = TABLE.c
    query = select(c.asset_id, func.sum(c.amount_atoms)).where(
        c.account_id == account_id, c.time_us < time_us
    )
    return {asset: int(atoms) for asset, atoms in connection.execute(query.group_by(c.asset_id))}


def moved_since(
    connection: Connection, account_id: int, asset_id: int, time_us: int
) -> dict[int, int]:
    """By reason: how an account's holding of an asset changed from a time on, in atoms."""
    c = TABLE.c
    query = select(c.reason, func.sum(c.amount_atoms)).where(
        c.account_id == account_id, c.asset_id == asset_id, c.time_us >= time_us
    )
    return {reason: int(atoms) for reason, atoms in connection.execute(query.group_by(c.reason))}


def many(connection: Connection, account_id: int, span: Span) -> list[LedgerRecord]:
    """Every move of the account's money."""
    return read_span(connection, TABLE, LedgerRecord, span, TABLE.c.account_id == account_id)
