"""What looked like abuse of the market: the operator's list, the evidence, what was made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.explain.operator import did
from longshore.explain.sentences import say
from longshore.surveillance.listing import as_csv, listed
from longshore.surveillance.telling import measured, told
from longshore.venue.alerts import STATES, AlertState, Filed
from longshore.venue.dialects.native.errors import not_found
from longshore.venue.dialects.native.markets import number_in
from longshore.venue.dialects.native.paging import Numbered
from longshore.venue.dialects.native.schema.console import (
    AlertBody,
    AlertEvidence,
    AlertFigure,
    AlertLine,
    AlertPage,
    AlertsPage,
    Done,
)
from longshore.venue.dialects.native.wire import Call, Download

if TYPE_CHECKING:
    from longshore.venue.context import Venue

ALERTS_MAX = 200
FILE_MAX = 10_000
US_PER_MS = 1_000


class AlertsQuery(Numbered):
    """The newest `limit`, or those beside an alert's number; `waiting`: that are open."""

    state: AlertState | None = None


async def list_alerts(call: Call, query: AlertsQuery) -> AlertsPage:
    """What looked like abuse, newest first, and whether the watch goes on.

    With `after` the oldest come first.
    """
    query.check(ALERTS_MAX)
    states = [
        each
        for each in STATES
        if query.state in (None, each)
        if query.waiting in (None, each == "open")
    ]
    found = call.venue.alerts.newest(query.limit, query.before, states, query.after)
    names = _names(call.venue)
    return AlertsPage(
        watching=call.venue.alerts.is_watching,
        alerts=[_line(call.venue, each, names) for each in found],
    )


async def get_alert(call: Call) -> AlertPage:
    """One of them with its evidence: the events that show it."""
    filed = found_alert(call, number_in(call))
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
    told_figures = [AlertFigure(title=title, text=text) for title, text in measured(filed.alert)]
    return AlertPage(
        alert=line, figures=filed.alert.figures, told_figures=told_figures, evidence=evidence
    )


async def set_alert(call: Call, body: AlertBody) -> Done:
    """Dismiss an alert, hand it on, or open it again."""
    filed = found_alert(call, number_in(call))
    call.venue.alerts.set_state(filed.id, body.state)
    return Done(text=did("alert", {"id": filed.id, "state": body.state}))


async def export_alerts(call: Call) -> Download:
    """The newest ten thousand as CSV, a line each."""
    found = call.venue.alerts.newest(FILE_MAX)
    names = _names(call.venue)
    rows = [listed(each.alert, call.venue.catalog, names) for each in found]
    return Download(as_csv(rows).encode(), "text/csv; charset=utf-8", "alerts.csv")


def found_alert(call: Call, number: int) -> Filed:
    """One of them. Raises ApiError."""
    filed = call.venue.alerts.get(number)
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
        state_text=say(f"alert-state-{filed.state}"),
        pattern=str(alert.pattern),
        pattern_text=say(f"pattern-{alert.pattern}"),
        accounts=[names.get(number, str(number)) for number in alert.accounts],
        symbol=venue.catalog.market(alert.market_id).symbol if alert.market_id else "",
        from_time=alert.from_us // US_PER_MS,
        to_time=alert.to_us // US_PER_MS,
        from_seq=alert.from_seq,
        to_seq=alert.to_seq,
        text=told(alert, venue.catalog, names),
    )
