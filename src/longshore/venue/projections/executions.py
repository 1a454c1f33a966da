"""Public trades: one row a match, whoever traded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from longshore.engine.events import EventKind
from longshore.venue.projections.appended import Appended
from longshore.venue.projections.records import Execution
from longshore.venue.projections.tables import from_event, read_span, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.history import Span
    from longshore.venue.projections.folding import Folding

TABLE = table_of("executions", Execution, indexes=[("market_id", "seq")])


def projection() -> Appended[Execution]:
    """One row for each match."""
    return Appended(TABLE, (EventKind.FILLED,), _row)


def _row(event: Event, folding: Folding) -> Iterable[Execution]:
    yield execution_of(event)


def execution_of(event: Event) -> Execution:
    """A match as its FILLED event tells it."""
    return from_event(
        Execution,
        event,
        taker_order_id=event.order_id,
        maker_order_id=event.other_order_id,
    )


def many(connection: Connection, market_id: int, span: Span) -> list[Execution]:
    """The market's trades."""
    return read_span(connection, TABLE, Execution, span, TABLE.c.market_id == market_id)
