"""What a market took, one row for each change of its state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from longshore.engine.events import EventKind
from longshore.venue.projections.appended import Appended
from longshore.venue.projections.records import MarketStateChange
from longshore.venue.projections.tables import from_event, read_span, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.history import Span
    from longshore.venue.projections.folding import Folding

TABLE = table_of("market_states", MarketStateChange)


def projection() -> Appended[MarketStateChange]:
    """One row for each state set."""
    return Appended(TABLE, (EventKind.MARKET_STATE_SET,), _row)


def _row(event: Event, folding: Folding) -> Iterable[MarketStateChange]:
    yield from_event(MarketStateChange, event, state=int(event.flag))


def many(connection: Connection, span: Span) -> list[MarketStateChange]:
    """Of all markets."""
    return read_span(connection, TABLE, MarketStateChange, span)
