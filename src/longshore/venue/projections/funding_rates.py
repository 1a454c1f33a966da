"""Funding rates, one row for each interval of a market."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from longshore.engine.events import EventKind
from longshore.venue.projections.appended import Appended
from longshore.venue.projections.records import FundingRate
from longshore.venue.projections.tables import from_event, read_span, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.history import Span
    from longshore.venue.projections.folding import Folding

TABLE = table_of("funding_rates", FundingRate, indexes=[("market_id", "seq")])


def projection() -> Appended[FundingRate]:
    """One row for each rate set."""
    return Appended(TABLE, (EventKind.FUNDING_SET,), _row)


def _row(event: Event, folding: Folding) -> Iterable[FundingRate]:
    yield from_event(
        FundingRate,
        event,
        lot_parts=event.amount_atoms,
    )


def many(connection: Connection, market_id: int, span: Span) -> list[FundingRate]:
    """The market's rates."""
    return read_span(connection, TABLE, FundingRate, span, TABLE.c.market_id == market_id)
