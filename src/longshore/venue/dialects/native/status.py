"""The status page: how the venue is, what is planned, what was. Anybody may ask.

It shows nothing of anyone: no account, no order, not which operator did something or why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import MarketState
from longshore.explain import downtimes
from longshore.explain.format import span
from longshore.explain.operator import trouble_kinds
from longshore.explain.sentences import say
from longshore.venue import incidents
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.maintenance import shown
from longshore.venue.dialects.native.markets import state_of, state_told
from longshore.venue.dialects.native.schema.status import (
    IncidentLine,
    MarketNow,
    PartKey,
    PartState,
    StatusReply,
    VenueNotice,
    VenuePart,
)
from longshore.venue.dialects.native.wire import Call
from longshore.venue.history import Span
from longshore.venue.projections.downtimes import reasons as why
from longshore.venue.trouble import CALM

if TYPE_CHECKING:
    from longshore.venue.context import Venue
    from longshore.venue.incidents import Incident
    from longshore.venue.projections.records import DowntimePhase

HISTORY = Span(limit=500)
LINES_MAX = 100
NOTICES_MAX = 20
ALL = 100
VENUE: dict[int, tuple[PartState, str]] = {
    MarketState.CANCEL_ONLY: ("limited", "closing"),
    MarketState.HALTED: ("down", "down"),
    MarketState.POST_ONLY: ("limited", "opening"),
}
"""What a maintenance makes of orders, by what the venue lets markets do."""


async def get_status(call: Call) -> StatusReply:
    """How the venue is now, what is planned, and what did not work as usual."""
    venue = call.venue
    runs = venue.history.is_running
    phases = await venue.history.downtimes(HISTORY) if runs else []
    reasons = why(phases)
    parts = [
        _orders(venue), _prices(venue), _money(venue), _journal(venue), _watch(venue), _apis(venue)
    ]  # fmt: skip
    state = _worst(parts)
    return StatusReply(
        state=state,
        text=say(f"status-{state}"),
        note=say("status-note"),
        world_time=render.ms(venue.now_us),
        parts=parts,
        markets=_markets(venue),
        maintenance=[
            shown(venue, each, reasons.get(each.number, ""))
            for each in downtimes.planned(venue.view)
        ],
        incidents=[_line(venue, each) for each in await _incidents(venue, phases)],
        notices=told_by_operators(venue, NOTICES_MAX),
    )


def told_by_operators(venue: Venue, limit: int) -> list[VenueNotice]:
    """What operators told everybody, newest first."""
    deeds = venue.operator_log.newest(limit, acts=("notice",))
    return [VenueNotice(time=deed.world_ms, text=deed.given["text"]) for _, deed in deeds]


async def _incidents(venue: Venue, phases: list[DowntimePhase]) -> list[Incident]:
    log, now_us = venue.operator_log, venue.now_us
    changes = await venue.history.market_states(HISTORY) if venue.history.is_running else []
    held = incidents.maintenance(phases[::-1])
    disturbed = [deed for _, deed in log.newest(HISTORY.limit, acts=("trouble",))][::-1]
    frozen = [deed for _, deed in log.newest(HISTORY.limit, acts=("freeze",))][::-1]
    found = [
        *held,
        *incidents.markets(changes[::-1], held),
        *incidents.trouble(disturbed, venue.trouble.terms == CALM),
        *incidents.freezes(frozen),
        *incidents.stops(venue.world.parts.stops, now_us),
    ]
    return sorted(found, key=lambda each: each.from_us, reverse=True)[:LINES_MAX]


def _line(venue: Venue, each: Incident) -> IncidentLine:
    market = venue.catalog.market(each.market_id) if each.market_id else None
    return IncidentLine(
        kind=each.kind,
        begins=render.ms(each.from_us),
        until=None if each.until_us is None else render.ms(each.until_us),
        goes_on=each.goes_on,
        symbol=None if market is None else market.symbol,
        text=_text(each, "" if market is None else market.symbol),
        lasted=_lasted(each, venue.now_us),
    )


def _text(each: Incident, symbol: str) -> str:
    if each.kind == "market":
        return say(f"status-incident-{each.what}", symbol=symbol)
    if each.kind == "trouble":
        kinds = trouble_kinds(msgspec.json.decode(each.what))
        return say("status-incident-trouble", kinds=kinds)
    if each.kind == "maintenance":
        key = (
            "status-incident-maintenance-off" if each.called_off else "status-incident-maintenance"
        )
        return say(key, reason=each.what) if each.what else say(f"{key}-unsaid")
    return say(f"status-incident-{each.kind}")


def _lasted(each: Incident, now_us: int) -> str:
    if each.goes_on:
        return say("status-lasts", span=span(now_us - each.from_us))
    if each.until_us is None:
        return say("status-ended-unseen")
    return say("status-lasted", span=span(each.until_us - each.from_us))


def _markets(venue: Venue) -> list[MarketNow]:
    rows = [(m, venue.view.markets[m.market_id]) for m in venue.catalog.markets.values()]
    return [
        MarketNow(symbol=info.symbol, state=state_of(row), text=state_told(row))
        for info, row in rows
    ]


def _part(key: PartKey, state: PartState, text: str) -> VenuePart:
    title = say(f"status-part-{key.replace('_', '-')}")
    return VenuePart(key=key, title=title, state=state, text=text)


def _worst(parts: list[VenuePart]) -> PartState:
    """Of the whole venue: down with its orders, limited with any part."""
    if parts[0].state == "down":
        return "down"
    return "up" if all(part.state == "up" for part in parts) else "limited"


def _orders(venue: Venue) -> VenuePart:
    view = venue.view
    if int(view.venue_state) in VENUE:
        state, word = VENUE[int(view.venue_state)]
        return _part("orders", state, say(f"status-orders-{word}"))
    rows = [view.markets[info.market_id] for info in venue.catalog.markets.values()]
    open_rows = [row for row in rows if row.state != MarketState.EXPIRED]
    stopped = sum(row.state != MarketState.ACTIVE for row in open_rows)
    if not stopped:
        return _part("orders", "up", say("status-orders-up"))
    counts = {"count": str(stopped), "all": str(len(open_rows))}
    return _part("orders", "limited", say("status-orders-markets", **counts))


def _prices(venue: Venue) -> VenuePart:
    link = venue.upstream.link if venue.upstream is not None else None
    state: PartState = "up" if link is None or link.state == "connected" else "limited"
    return _part("market_data", state, say(f"status-market-data-{state}"))


def _money(venue: Venue) -> VenuePart:
    frozen = venue.custody.desk.withdrawals.frozen_us is not None
    state: PartState = "limited" if frozen or venue.withdrawals_stopped_us is not None else "up"
    if venue.view.venue_state == MarketState.HALTED:
        state = "down"
    return _part("money", state, say(f"status-money-{state}"))


def _journal(venue: Venue) -> VenuePart:
    runs = venue.sequencer.error is None and venue.history.is_running
    state: PartState = "up" if runs else "down"
    return _part("journal", state, say(f"status-journal-{state}"))


def _watch(venue: Venue) -> VenuePart:
    state: PartState = "up" if venue.alerts.is_watching else "down"
    return _part("watch", state, say(f"status-watch-{state}"))


def _apis(venue: Venue) -> VenuePart:
    terms = venue.trouble.terms
    if terms == CALM:
        return _part("apis", "up", say("status-apis-up"))
    if terms.away_percent == ALL:
        return _part("apis", "down", say("status-apis-down"))
    kinds = trouble_kinds(msgspec.to_builtins(terms))
    return _part("apis", "limited", say("status-apis-limited", kinds=kinds))
