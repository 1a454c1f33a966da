"""`klines`, and those of mark, index and premium: candles of all lengths.

Weeks begin on Monday and months on the first; both are made of days.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from longshore.venue.dialects.binance_usdm.api import money_text, size_text
from longshore.venue.dialects.binance_usdm.decode import Klines
from longshore.venue.dialects.binance_usdm.errors import BAD_INTERVAL, ApiError, missing
from longshore.venue.dialects.binance_usdm.spans import span_of
from longshore.venue.dialects.binance_usdm.values import US_PER_MS, fixed, millis, places
from longshore.venue.history import CandleKind, Span
from longshore.venue.projections.records import Candle

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call

MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400
INTERVALS_S = {
    "1m": MINUTE_S,
    "3m": 3 * MINUTE_S,
    "5m": 5 * MINUTE_S,
    "15m": 15 * MINUTE_S,
    "30m": 30 * MINUTE_S,
    "1h": HOUR_S,
    "2h": 2 * HOUR_S,
    "4h": 4 * HOUR_S,
    "6h": 6 * HOUR_S,
    "8h": 8 * HOUR_S,
    "12h": 12 * HOUR_S,
    "1d": DAY_S,
    "3d": 3 * DAY_S,
}
WEEK, MONTH = "1w", "1M"
DAYS_IN = {WEEK: 7, MONTH: 31}
DAY_US = DAY_S * 1_000_000
KLINES_MAX = 1_500
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DERIVED_DECIMALS = 8

Row = list[object]


class Bar(NamedTuple):
    """A candle and the first moment after it."""

    candle: Candle
    end_us: int


async def klines(api: Api, call: Call) -> list[Row]:
    """GET klines."""
    market, bars = await _asked(api, call, CandleKind.TRADE)
    return [_traded(market, bar) for bar in bars]


async def mark_klines(api: Api, call: Call) -> list[Row]:
    """GET markPriceKlines."""
    market, bars = await _asked(api, call, CandleKind.MARK)
    return [_priced(market, bar) for bar in bars]


async def index_klines(api: Api, call: Call) -> list[Row]:
    """GET indexPriceKlines; the market is its `pair`."""
    market, bars = await _asked(api, call, CandleKind.INDEX)
    return [_priced(market, bar) for bar in bars]


async def _asked(api: Api, call: Call, kind: CandleKind) -> tuple[MarketInfo, list[Bar]]:
    asked = call.form(Klines)
    name = "pair" if kind == CandleKind.INDEX else "symbol"
    symbol = asked.pair if kind == CandleKind.INDEX else asked.symbol
    if symbol is None:
        raise missing(name)
    market = api.market(symbol)
    if asked.interval not in INTERVALS_S and asked.interval not in DAYS_IN:
        raise ApiError(BAD_INTERVAL)
    span_of(asked.start_time, asked.end_time, asked.limit)
    return market, await _bars(api, market, kind, asked)


async def _bars(api: Api, market: MarketInfo, kind: CandleKind, asked: Klines) -> list[Bar]:
    """From a start on the first ones, without one the newest."""
    limit = min(asked.limit, KLINES_MAX)
    start_us = (asked.start_time or 0) * US_PER_MS
    length_s = INTERVALS_S.get(asked.interval, DAY_S)
    begins_us = await api.venue.history.candles_begin_us(market.market_id, kind, length_s)
    start_us = max(start_us, start_of(begins_us, asked.interval))
    before_us = Span().before_us if asked.end_time is None else (asked.end_time + 1) * US_PER_MS
    if asked.start_time is not None:
        length_us = _longest_us(asked.interval)
        before_us = min(before_us, start_us + (limit + 1) * length_us)
    span = Span(after_us=start_us, before_us=before_us, limit=limit + 1)
    bars = await bars_of(api, market, (kind, asked.interval), span)
    return bars[:limit] if asked.start_time is not None else bars[-limit:]


def _longest_us(interval: str) -> int:
    days = DAYS_IN.get(interval)
    return days * DAY_US if days else INTERVALS_S[interval] * 1_000_000


async def bars_of(
    api: Api, market: MarketInfo, series: tuple[CandleKind, str], span: Span
) -> list[Bar]:
    """The candles of a span, oldest first, at most its limit of them."""
    kind, interval = series
    if interval in DAYS_IN:
        return await _of_days(api, market, series, span)
    length_s = INTERVALS_S[interval]
    found = await api.venue.history.candles(market.market_id, kind, length_s, span)
    return [Bar(candle, candle.start_us + length_s * 1_000_000) for candle in found]


async def _of_days(
    api: Api, market: MarketInfo, series: tuple[CandleKind, str], span: Span
) -> list[Bar]:
    """Weeks and months; the days of the first one are all read."""
    kind, interval = series
    after_us = span.after_us
    begins_us = begin_us(after_us, interval)
    limit = (span.limit + 1) * DAYS_IN[interval]
    days = Span(after_us=begins_us, before_us=span.before_us, limit=limit)
    found = await api.venue.history.candles(market.market_id, kind, DAY_S, days)
    groups = groupby(found, lambda candle: begin_us(candle.start_us, interval))
    made = [Bar(_joined(at, list(parts)), next_us(at, interval)) for at, parts in groups]
    return [bar for bar in made if bar.candle.start_us >= after_us][-span.limit :]


def start_of(time_us: int, interval: str) -> int:
    """When the candle of a time begins."""
    if interval in DAYS_IN:
        return begin_us(time_us, interval)
    return time_us - time_us % (INTERVALS_S[interval] * 1_000_000)


def begin_us(time_us: int, interval: str) -> int:
    """When the week or month of a time began."""
    day = (EPOCH + timedelta(microseconds=time_us)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    first = day - timedelta(days=day.weekday()) if interval == WEEK else day.replace(day=1)
    return max(0, (first - EPOCH) // timedelta(microseconds=1))


def next_us(start_us: int, interval: str) -> int:
    """When the week or month after the one that began then begins."""
    return begin_us(start_us + DAYS_IN[interval] * DAY_US, interval)


def _joined(start_us: int, parts: list[Candle]) -> Candle:
    return Candle(
        start_us,
        parts[0].open_subticks,
        max(part.high_subticks for part in parts),
        min(part.low_subticks for part in parts),
        parts[-1].close_subticks,
        sum(part.volume_lots for part in parts),
        sum(part.value_atoms for part in parts),
        sum(part.trades for part in parts),
        sum(part.buy_lots for part in parts),
        sum(part.buy_value_atoms for part in parts),
    )


def _traded(market: MarketInfo, bar: Bar) -> Row:
    candle = bar.candle
    return [
        millis(candle.start_us),
        *ohlc(market, candle),
        size_text(market, candle.volume_lots),
        millis(bar.end_us) - 1,
        money_text(market, candle.value_atoms),
        candle.trades,
        size_text(market, candle.buy_lots),
        money_text(market, candle.buy_value_atoms),
        "0",
    ]


def ohlc(market: MarketInfo, candle: Candle) -> list[str]:
    """A candle of trades, to the tick."""
    decimals = places(market.tick_size)
    return [fixed(price, decimals) for price in _prices(market, candle)]


def _priced(market: MarketInfo, bar: Bar) -> Row:
    """A candle of what is not traded: its volumes are zero, at Binance too."""
    prices = [fixed(price, DERIVED_DECIMALS) for price in _prices(market, bar.candle)]
    start = millis(bar.candle.start_us)
    return [start, *prices, "0", millis(bar.end_us) - 1, "0", 0, "0", "0", "0"]


def _prices(market: MarketInfo, candle: Candle) -> list[Decimal]:
    four = (candle.open_subticks, candle.high_subticks, candle.low_subticks, candle.close_subticks)
    return [market.mark(subticks) for subticks in four]
