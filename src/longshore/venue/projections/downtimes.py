"""Maintenance of the venue, one row for each phase of it that has begun."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from longshore.engine.events import EventKind
from longshore.venue.projections.appended import Appended
from longshore.venue.projections.records import DowntimePhase
from longshore.venue.projections.tables import from_event, read_span, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.history import Span
    from longshore.venue.projections.folding import Folding

TABLE = table_of("downtimes", DowntimePhase)


def projection() -> Appended[DowntimePhase]:
    """One row for each phase; with the first comes the reason that stands beside its command."""
    return Appended(TABLE, (EventKind.DOWNTIME_SET,), _row)


def _row(event: Event, folding: Folding) -> Iterable[DowntimePhase]:
    number = int(event.type)
    yield from_event(
        DowntimePhase,
        event,
        number=number,
        phase=int(event.flag),
        down_us=int(event.value_atoms),
        opening_us=int(event.amount_atoms),
        reason=folding.texts.get(number, "") if event.seq == number else "",
    )


def many(connection: Connection, span: Span) -> list[DowntimePhase]:
    """All phases."""
    return read_span(connection, TABLE, DowntimePhase, span)


def reasons(phases: Iterable[DowntimePhase]) -> dict[int, str]:
    """Why each maintenance that was announced among these is, or was, by its number."""
    return {each.number: each.reason for each in phases if each.seq == each.number}
