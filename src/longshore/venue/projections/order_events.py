"""What happened to customers' orders, refusals too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from longshore.engine.events import EventKind
from longshore.venue.projections.appended import Appended
from longshore.venue.projections.records import OrderEvent
from longshore.venue.projections.tables import from_event, of_market, read_span, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.history import Span
    from longshore.venue.projections.folding import Folding

TABLE = table_of("order_events", OrderEvent, indexes=[("account_id", "seq"), ("order_id",)])
KINDS = (
    EventKind.ORDER_PLACED,
    EventKind.ORDER_AMENDED,
    EventKind.ORDER_TRIGGERED,
    EventKind.TRADED,
    EventKind.ORDER_ENDED,
    EventKind.REFUSED,
)


def projection() -> Appended[OrderEvent]:
    """One row for each event of a customer's order."""
    return Appended(TABLE, KINDS, _row)


def _row(event: Event, folding: Folding) -> Iterable[OrderEvent]:
    if event.account_id not in folding.customers:
        return
    traded = event.kind == EventKind.TRADED
    yield from_event(
        OrderEvent,
        event,
        client_id=folding.client_id(event),
        reduce_only=event.flag if not traded else 0,
    )


def many(connection: Connection, account_id: int, market_id: int, span: Span) -> list[OrderEvent]:
    """What happened to the account's orders."""
    where = of_market(TABLE, account_id, market_id)
    return read_span(connection, TABLE, OrderEvent, span, *where)


def of_order(
    connection: Connection, account_id: int, order_id: int, span: Span
) -> list[OrderEvent]:
    """What happened to one order of the account."""
    where = (TABLE.c.account_id == account_id, TABLE.c.order_id == order_id)
    return read_span(connection, TABLE, OrderEvent, span, *where)
