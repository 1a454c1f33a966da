"""Customers' own sides of matches, with fee, profit and funding realised."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import select

from longshore.engine.events import EventKind
from longshore.venue.projections.appended import Appended
from longshore.venue.projections.records import FillRecord
from longshore.venue.projections.tables import from_event, of_market, read_span, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.history import Span
    from longshore.venue.projections.folding import Folding, MarketUnits

TABLE = table_of("fills", FillRecord, indexes=[("account_id", "seq"), ("order_id",)])


def projection() -> Appended[FillRecord]:
    """One row for each side of a match that is a customer's."""
    return Appended(TABLE, (EventKind.TRADED,), _row)


def _row(event: Event, folding: Folding) -> Iterable[FillRecord]:
    if event.account_id in folding.customers:
        client_id = folding.client_id(event) if event.order_id else ""
        yield fill_of(event, client_id, folding.markets[event.market_id])


def fill_of(event: Event, client_id: str, units: MarketUnits) -> FillRecord:
    """One side of a match as its TRADED event tells it."""
    return from_event(
        FillRecord,
        event,
        client_id=client_id,
        value_atoms=units.value_atoms(event.price_ticks, event.qty_lots),
        entry_value_atoms=event.value_atoms,
    )


def of_order(connection: Connection, account_id: int, order_id: int) -> list[FillRecord]:
    """All fills of one order, oldest first."""
    query = select(TABLE).where(TABLE.c.account_id == account_id, TABLE.c.order_id == order_id)
    rows = connection.execute(query.order_by(TABLE.c.seq, TABLE.c["index"])).mappings()
    return [FillRecord(**row) for row in rows]


def many(connection: Connection, account_id: int, market_id: int, span: Span) -> list[FillRecord]:
    """The account's fills."""
    where = of_market(TABLE, account_id, market_id)
    return read_span(connection, TABLE, FillRecord, span, *where)
