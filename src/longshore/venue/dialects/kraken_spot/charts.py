"""`OHLC`: candles of trades."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.venue.dialects.kraken_spot.api import price_decimals, size_text
from longshore.venue.dialects.kraken_spot.decode import whole
from longshore.venue.dialects.kraken_spot.errors import invalid
from longshore.venue.dialects.kraken_spot.tickers import vwap
from longshore.venue.dialects.kraken_spot.values import (
    US_PER_SECOND,
    Json,
    fixed,
    whole_seconds,
)
from longshore.venue.history import CandleKind, Span

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call
    from longshore.venue.projections.records import Candle

MINUTE_S = 60
INTERVALS_MIN = (1, 5, 15, 30, 60, 240, 1_440, 10_080, 21_600)
CANDLES_MAX = 720


class Asked(msgspec.Struct):
    """Which candles: of which length in minutes, since when."""

    pair: str
    interval: int = 1
    since: str = "0"


async def ohlc(api: Api, call: Call) -> Json:
    """Public OHLC: the newest candles that began after `since`; the last is not over yet."""
    asked = call.form(Asked)
    key, market = api.keyed_pair(asked.pair)
    if asked.interval not in INTERVALS_MIN:
        raise invalid("interval")
    since_us = whole(asked.since, "since") * US_PER_SECOND
    span = Span(after_us=since_us + 1, limit=CANDLES_MAX)
    interval_s = asked.interval * MINUTE_S
    found = await api.venue.history.candles(market.market_id, CandleKind.TRADE, interval_s, span)
    return {key: [_row(market, each) for each in found], "last": _last(found, since_us)}


def _last(found: list[Candle], since_us: int) -> int:
    """The start of the newest candle that is over, from which to go on."""
    over = found[:-1]
    return whole_seconds(over[-1].start_us if over else since_us)


def _row(market: MarketInfo, candle: Candle) -> list[int | str]:
    decimals = price_decimals(market)
    prices = (
        candle.open_subticks,
        candle.high_subticks,
        candle.low_subticks,
        candle.close_subticks,
    )
    return [
        whole_seconds(candle.start_us),
        *(fixed(market.mark(each), decimals) for each in prices),
        fixed(vwap(market, candle), decimals),
        size_text(market, candle.volume_lots),
        candle.trades,
    ]
