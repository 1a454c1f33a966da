"""What looked like abuse of the market: the operator's list, the evidence, what was made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.explain.operator import did
from longshore.explain.sentences import say
from longshore.surveillance.listing import as_csv, listed
from longshore.surveillance.telling import told
from longshore.venue.alerts import AlertState, Filed
from longshore.venue.dialects.native.errors import not_found
from longshore.venue.dialects.native.markets import NUMBER_MAX, limited, number_in
from longshore.venue.dialects.native.schema.console import (
    AlertBody,
    AlertEvidence,
    AlertLine,
    AlertPage,
    AlertsPage,
    Done,
)
from longshore.venue.dialects.native.wire import Call, Download, Query

if TYPE_CHECKING:
    from longshore.venue.context import Venue

ALERTS_MAX = 200
FILE_MAX = 10_000
US_PER_MS = 1_000


class AlertsQuery(Query):
    """The newest `limit`; with `before`, an alert's number, those that are older."""

    limit: int = 50
    before: int | None = None
    state: AlertState | None = None


async def list_alerts(call: Call, query: AlertsQuery) -> AlertsPage:
    """What looked like abuse, newest first, and whether the watch goes on."""
    limited(query.limit, ALERTS_MAX)
    if query.before is not None:
        limited(query.before, NUMBER_MAX, "before")
    found = call.venue.alerts.newest(query.limit, query.before, query.state)
    names = _names(call.venue)
    return AlertsPage(
        watching=call.venue.alerts.is_watching,
        alerts=[_line(call.venue, each, names) for each in found],
    )


async def get_alert(call: Call) -> AlertPage:
    """One of them with its evidence: the events that show it."""
    filed = _found(call)
    evidence = [
        AlertEvidence(
            seq=each.seq,
            index=each.index,
            time=each.time_us // US_PER_MS,
            text=say(f"evidence-{each.what}"),
        )
        for each in filed.alert.evidence
    ]
    line = _line(call.venue, filed, _names(call.venue))
    return AlertPage(alert=line, figures=filed.alert.figures, evidence=evidence)


async def set_alert(call: Call, body: AlertBody) -> Done:
    """Dismiss an alert, hand it on, or open it again."""
    filed = _found(call)
    call.venue.alerts.set_state(filed.id, body.state)
    return Done(text=did("alert", {"id": filed.id, "state": body.state}))


async def export_alerts(call: Call) -> Download:
    """The newest ten thousand as CSV, a line each."""
    found = call.venue.alerts.newest(FILE_MAX)
    names = _names(call.venue)
    rows = [listed(each.alert, call.venue.catalog, names) for each in found]
    return Download(as_csv(rows).encode(), "text/csv; charset=utf-8", "alerts.csv")


def _found(call: Call) -> Filed:
    filed = call.venue.alerts.get(number_in(call))
    if filed is None:
        raise not_found("alert", "id")
    return filed


def _names(venue: Venue) -> dict[int, str]:
    return {number: name for name, number in venue.world.accounts.items()}


def _line(venue: Venue, filed: Filed, names: dict[int, str]) -> AlertLine:
    alert = filed.alert
    return AlertLine(
        id=filed.id,
        state=filed.state,
        pattern=str(alert.pattern),
        accounts=[names.get(number, str(number)) for number in alert.accounts],
        symbol=venue.catalog.market(alert.market_id).symbol if alert.market_id else "",
        from_time=alert.from_us // US_PER_MS,
        to_time=alert.to_us // US_PER_MS,
        from_seq=alert.from_seq,
        to_seq=alert.to_seq,
        text=told(alert, venue.catalog, names),
    )
