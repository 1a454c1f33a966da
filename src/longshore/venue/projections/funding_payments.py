"""Funding that customers' positions paid and received."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from longshore.engine.events import EventKind
from longshore.venue.projections.appended import Appended
from longshore.venue.projections.records import FundingPayment
from longshore.venue.projections.tables import from_event, of_market, read_span, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.history import Span
    from longshore.venue.projections.folding import Folding

TABLE = table_of("funding_payments", FundingPayment, indexes=[("account_id", "seq")])


def projection() -> Appended[FundingPayment]:
    """One row for each payment of a customer's position."""
    return Appended(TABLE, (EventKind.FUNDING_PAID,), _row)


def _row(event: Event, folding: Folding) -> Iterable[FundingPayment]:
    if event.account_id not in folding.customers:
        return
    yield from_event(
        FundingPayment,
        event,
    )


def many(
    connection: Connection, account_id: int, market_id: int, span: Span
) -> list[FundingPayment]:
    """The account's funding payments."""
    where = of_market(TABLE, account_id, market_id)
    return read_span(connection, TABLE, FundingPayment, span, *where)
