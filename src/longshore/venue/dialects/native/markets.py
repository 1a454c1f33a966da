"""Markets: terms, candles, book, trades, funding."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from longshore.engine.book import levels as engine_levels
from longshore.engine.codes import MarketKind, MarketState, Side
from longshore.engine.fees import fee_rate_ppm
from longshore.engine.funding import next_rate_e18, predicted_rate_e18
from longshore.engine.prices import index_subticks
from longshore.engine.rows import Market as MarketRow
from longshore.engine.state import State
from longshore.engine.value import has_funding
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.explain.venue import market_funding, rate_told
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.draft import market_of
from longshore.venue.dialects.native.errors import bad_value
from longshore.venue.dialects.native.schema.base import MarketKindName, MarketStateName
from longshore.venue.dialects.native.schema.markets import (
    Bar,
    BookReply,
    FundingNow,
    FundingRateRow,
    FundingReply,
    Market,
    Trade,
)
from longshore.venue.dialects.native.wire import Call, Query
from longshore.venue.history import CandleKind, Span
from longshore.venue.views import position

if TYPE_CHECKING:
    from longshore.engine.rows import Market as Row
    from longshore.rulebooks import MarketInfo
    from longshore.venue.context import Venue
    from longshore.venue.projections.records import Candle, Stats

PPM = 1_000_000
US_PER_MS = 1_000
LIMIT_MAX = 2_000
DEPTH_MAX = 200
_STATES: dict[int, MarketStateName] = {
    MarketState.ACTIVE: "active",
    MarketState.POST_ONLY: "post_only",
    MarketState.CANCEL_ONLY: "cancel_only",
    MarketState.HALTED: "halted",
    MarketState.EXPIRED: "expired",
    MarketState.AUCTION: "auction",
}
INTERVALS_S = (60, 300, 900, 1_800, 3_600, 14_400, 43_200, 86_400, 604_800)


class CandleQuery(Query):
    """Which candles: the newest `limit` before `before`."""

    kind: Literal["trade", "mark", "index"] = "trade"
    interval_s: int = 60
    limit: int = 500
    before: int | None = None


class BookQuery(Query):
    """How many levels of each side."""

    depth: int = 20


class LimitQuery(Query):
    """The newest `limit` before `before`."""

    limit: int = 100
    before: int | None = None

    def span(self) -> Span:
        """The part of history asked for."""
        limited(self.limit, LIMIT_MAX)
        return Span(
            before_us=2**62 if self.before is None else self.before * US_PER_MS, limit=self.limit
        )


NUMBER_MAX = 2**63 - 1
"""The largest that a database counts to."""


def limited(limit: int, most: int, field: str = "limit") -> None:
    """Refuse a count that is not from 1 to the most."""
    if not 1 <= limit <= most:
        raise bad_value(f"From 1 to {most}.", field)


def number_in(call: Call) -> int:
    """The number in a path's `id`. Raises ApiError for what is none."""
    text = call.path["id"]
    if not text.isdecimal() or not text.isascii() or not 0 < int(text[:20]) <= NUMBER_MAX:
        raise bad_value(f"A number from 1 to {NUMBER_MAX}.", "id")
    return int(text)


async def list_markets(call: Call) -> list[Market]:
    """All markets of this world and where they stand."""
    return [_market(call, info) for info in call.venue.catalog.markets.values()]


async def get_market(call: Call) -> Market:
    """One market and where it stands."""
    return _market(call, market_of(call.venue.catalog, call.path["symbol"]))


def _leverage_max(view: State, row: MarketRow) -> str | None:
    """What the first tier allows, as it stands: it may have changed since the rulebook."""
    if row.tier_count == 0:
        return None
    return render.text(Decimal(PPM) / int(view.tiers[row.tier_first].initial_ppm))


def _market(call: Call, info: MarketInfo) -> Market:
    view = call.venue.view
    row = view.markets[info.market_id]
    stats = call.venue.history.stats(info.market_id)
    held = position(view, call.account_id, info.market_id)
    leverage = render.text(Decimal(int(held.leverage_ppm)) / PPM) if held.leverage_ppm else None
    fees = [fee_rate_ppm(view, call.account_id, row, maker) for maker in (True, False)]
    return Market(
        symbol=info.symbol,
        title=f"{info.base.code} {kind_of(row)}",
        kind=kind_of(row),
        expiry_ms=int(row.expiry_us) // US_PER_MS or None,
        base=info.base.symbol,
        quote=info.quote.symbol,
        settle=info.settle.symbol,
        inverse=info.is_inverse,
        contract_value=render.text(info.contract_value),
        state=state_of(row),
        state_text=state_told(row),
        tick_size=render.text(info.tick_size),
        lot_size=render.text(info.lot_size),
        size_unit=fmt.size_unit(info),
        price_decimals=_decimals(info.tick_size),
        size_decimals=_decimals(info.lot_size),
        leverage_max=_leverage_max(view, row),
        leverage_preference=leverage if held.isolated else None,
        leverage_cross=None if held.isolated else leverage,
        top_up=bool(held.tops_up) if row.top_up_allowed else None,
        mark=render.mark(info, row.mark_subticks),
        last=render.price_or_none(info, row.last_ticks),
        index=render.mark(info, index_subticks(view, row)),
        index_age_ms=index_age_ms(call.venue, info),
        funding=funding_now(call.venue, info),
        open_interest=render.size(info, row.open_lots),
        volume_24h=render.size(info, stats.volume_lots),
        high_24h=render.mark(info, stats.high_subticks),
        low_24h=render.mark(info, stats.low_subticks),
        change_24h_pct=_change_pct(stats),
        maker_fee_pct=render.text(Decimal(fees[0]) * 100 / PPM),
        taker_fee_pct=render.text(Decimal(fees[1]) * 100 / PPM),
    )


def state_of(row: Row) -> MarketStateName:
    """What the market accepts, in a word."""
    return _STATES[int(row.state)]


def state_told(row: Row) -> str:
    """What that means for orders; nothing while all is as usual."""
    state = state_of(row)
    return "" if state == "active" else say(f"market-state-{state.replace('_', '-')}")


def kind_of(row: Row) -> MarketKindName:
    """What is traded, in a word."""
    if row.kind == MarketKind.SPOT:
        return "spot"
    return "future" if row.expiry_us else "perpetual"


def _decimals(step: Decimal) -> int:
    return max(0, -int(step.normalize().as_tuple().exponent))


def _change_pct(stats: Stats) -> str | None:
    if not stats.open_subticks:
        return None
    change = Decimal(stats.last_subticks - stats.open_subticks) * 100 / stats.open_subticks
    return f"{change.quantize(Decimal('0.01')):f}"


def index_age_ms(venue: Venue, info: MarketInfo) -> int | None:
    """How old the index price is, in world time; None before the first."""
    asset = venue.view.assets[info.base.asset_id]
    if not asset.index_subticks:
        return None
    return max(0, venue.now_us - int(asset.index_time_us)) // US_PER_MS


def funding_now(venue: Venue, info: MarketInfo) -> FundingNow | None:
    """Funding of a perpetual as it stands; none where it has none, or has no more."""
    row = venue.view.markets[info.market_id]
    if not info.is_margined or not has_funding(row) or row.state == MarketState.EXPIRED:
        return None
    rate_e18, next_us = next_rate_e18(row), int(row.funding_next_us)
    return FundingNow(
        rate=render.rate(rate_e18),
        rate_pct=render.rate_pct(rate_e18),
        predicted=render.rate(predicted_rate_e18(row)),
        next_ms=next_us // US_PER_MS,
        text=market_funding(rate_e18, next_us - venue.now_us),
    )


async def list_candles(call: Call, query: CandleQuery) -> list[Bar]:
    """Candles oldest first; the last one is still open."""
    info = market_of(call.venue.catalog, call.path["symbol"])
    limited(query.limit, LIMIT_MAX)
    if query.interval_s not in INTERVALS_S:
        raise bad_value(f"One of {', '.join(map(str, INTERVALS_S))}.", "interval_s")
    before_us = 2**62 if query.before is None else query.before * US_PER_MS
    span = Span(before_us=before_us, limit=query.limit)
    kind = CandleKind(query.kind)
    made = await call.venue.history.candles(info.market_id, kind, query.interval_s, span)
    return [bar(info, candle) for candle in made]


def bar(info: MarketInfo, candle: Candle) -> Bar:
    """One candle in this API's words."""
    prices = (
        candle.open_subticks,
        candle.high_subticks,
        candle.low_subticks,
        candle.close_subticks,
    )
    shown = [render.mark(info, subticks) or "0" for subticks in prices]
    volume = render.size(info, candle.volume_lots)
    return Bar(
        time=render.ms(candle.start_us),
        open=shown[0],
        high=shown[1],
        low=shown[2],
        close=shown[3],
        volume=volume,
    )


async def get_book(call: Call, query: BookQuery) -> BookReply:
    """The best levels of both sides."""
    limited(query.depth, DEPTH_MAX, "depth")
    info = market_of(call.venue.catalog, call.path["symbol"])
    return BookReply(
        symbol=info.symbol,
        seq=int(call.venue.view.seq),
        time=render.ms(call.venue.now_us),
        bids=levels(call.venue, info, Side.BUY, query.depth),
        asks=levels(call.venue, info, Side.SELL, query.depth),
    )


def levels(venue: Venue, info: MarketInfo, side: int, depth: int) -> list[tuple[str, str, str]]:
    """The best levels of a side: price, size, size up to here."""
    total = 0
    made: list[tuple[str, str, str]] = []
    for price_ticks, lots in engine_levels(venue.view, info.market_id, side, depth):
        total += int(lots)
        row = (render.price(info, price_ticks), render.size(info, lots), render.size(info, total))
        made.append(row)
    return made


async def list_trades(call: Call, query: LimitQuery) -> list[Trade]:
    """Public trades, newest first."""
    info = market_of(call.venue.catalog, call.path["symbol"])
    records = await call.venue.history.executions(info.market_id, query.span())
    return [render.trade(info, record) for record in records]


async def get_funding(call: Call, query: LimitQuery) -> FundingReply:
    """Funding now and the rates before, newest first."""
    info = market_of(call.venue.catalog, call.path["symbol"])
    records = await call.venue.history.funding_rates(info.market_id, query.span())
    rows = [
        FundingRateRow(
            time=render.ms(record.time_us),
            rate=render.rate(record.rate_e18),
            index=render.mark(info, record.index_subticks) or "0",
            text=rate_told(record.rate_e18),
        )
        for record in records
    ]
    return FundingReply(now=funding_now(call.venue, info), rates=rows)
