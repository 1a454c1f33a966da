"""Why was I liquidated: the sentences, what took the money, what happened when, and two lines."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from longshore.explain.course import MarkAt, RateFrom, Standing, course
from longshore.explain.episode import Episode
from longshore.explain.liquidation import liquidation
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.errors import not_found
from longshore.venue.dialects.native.positions import amount
from longshore.venue.dialects.native.schema import explain as wire
from longshore.venue.dialects.native.schema.explain import ExplainReply, Figure
from longshore.venue.history import CandleKind, Span
from longshore.world.sequencer import StoppedError

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.rulebooks import MarketInfo
    from longshore.venue.context import Venue
    from longshore.venue.dialects.native.wire import Call
    from longshore.venue.projections.records import LiquidationRecord

EVENTS_MAX = 50_000
MINUTE_S, MINUTE_US = 60, 60_000_000
MINUTES_BEFORE = 60
"""How long before the liquidation the lines begin."""
_LIQUIDATION_ID = re.compile(r"(\d{1,18})-(\d{1,9})")


async def autopsy(call: Call, liquidation_id: str) -> ExplainReply:
    """One liquidation of the account and the further parts of its fall; it must have ended."""
    # An account is shown as the engine has it, a moment before that is durable and in history. A
    # world that has stopped has nothing on its way.
    with suppress(StoppedError):
        await call.venue.sequencer.between_batches(lambda: None)
    record = await recorded(call, liquidation_id)
    events = await _events(call, record)
    episode = Episode(events, call.venue.catalog)
    info = call.venue.catalog.market(episode.market_id)
    last_ticks = await _last_ticks(call.venue, episode)
    notices = call.venue.world.board.notices
    story = liquidation(events, call.venue.rulebook, last_ticks, notices)
    return ExplainReply(
        when="liquidation",
        sentences=story.sentences,
        numbers=[Figure(label=part.label, value=part.amount) for part in story.parts],
        moments=[wire.Moment(time=each.time_ms, text=each.text) for each in story.timeline],
        course=[_point(info, each) for each in await _course(call.venue, record, episode)],
        unit=info.settle.code if info.is_in_coins else None,
    )


async def recorded(call: Call, liquidation_id: str) -> LiquidationRecord:
    """A liquidation of the account that has ended. Raises ApiError."""
    found = _LIQUIDATION_ID.fullmatch(liquidation_id)
    if found is None:
        raise not_found("liquidation", "liquidation")
    place = (int(found[1]), int(found[2]))
    around = Span(after_key=(place[0], place[1] - 1), ascending=True, limit=1)
    records = await call.venue.history.liquidations(call.account_id, around)
    if not records or (records[0].seq, records[0].index) != place or not records[0].ended_us:
        raise not_found("liquidation", "liquidation")
    return records[0]


async def _events(call: Call, record: LiquidationRecord) -> list[Event]:
    """All the account's events up to the end of the fall, oldest first."""
    read, end = call.venue.history.account_events, (record.ended_seq, record.ended_index)
    until = Span(before_key=(end[0], end[1] + 1), limit=EVENTS_MAX)
    events = (await read(call.account_id, until))[::-1]
    later = await read(call.account_id, Span(after_key=end, ascending=True, limit=EVENTS_MAX))
    return events + Episode(events, call.venue.catalog).further(later)


async def _last_ticks(venue: Venue, episode: Episode) -> int:
    """The last trade when it began; 0 when there was none."""
    before = Span(before_key=(int(episode.started.seq), int(episode.started.index)), limit=1)
    trades = await venue.history.executions(episode.market_id, before)
    return trades[0].price_ticks if trades else 0


async def _course(venue: Venue, record: LiquidationRecord, episode: Episode) -> list[Standing]:
    """Equity and required margin in the hour before, a minute's mark at a time."""
    span = Span(before_us=record.time_us, limit=MINUTES_BEFORE)
    candles = await venue.history.candles(episode.market_id, CandleKind.MARK, MINUTE_S, span)
    sets = await venue.history.funding_rates(episode.market_id, Span(limit=EVENTS_MAX))
    marks = [MarkAt(c.start_us + MINUTE_US - 1, c.close_subticks) for c in candles]
    rates = [RateFrom(r.time_us, r.lot_parts) for r in reversed(sets) if r.seq]
    return course(episode, venue.view, marks, rates)


def _point(info: MarketInfo, standing: Standing) -> wire.Standing:
    return wire.Standing(
        time=render.ms(standing.time_us),
        equity=amount(info, standing.equity_atoms),
        maintenance=amount(info, standing.maintenance_atoms),
    )
