"""`Ticker`: pairs now, since midnight and over 24 hours."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

import msgspec

from longshore.engine.book import levels
from longshore.engine.codes import Side
from longshore.venue.dialects.kraken_spot.api import price_text, size_text
from longshore.venue.dialects.kraken_spot.values import BOOK_SIZE_DECIMALS, Json, fixed
from longshore.venue.history import CandleKind, Span

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call
    from longshore.venue.projections.records import Candle, Stats

DAY_S = 86_400


class Asked(msgspec.Struct):
    """Which pairs; all where none is named."""

    pair: str = ""


async def ticker(api: Api, call: Call) -> Json:
    """Public Ticker."""
    wanted = api.keyed_pairs(call.form(Asked).pair)
    return {key: await _ticker(api, market) for key, market in wanted}


async def _ticker(api: Api, market: MarketInfo) -> Json:
    """Pairs of values are of today and of the last 24 hours."""
    stats = api.venue.history.stats(market.market_id)
    today = await today_of(api, market)
    last = market.mark(stats.last_subticks)
    return {
        "a": _best(api, market, Side.SELL),
        "b": _best(api, market, Side.BUY),
        "c": [price_text(market, last), size_text(market, stats.last_lots)],
        "v": [size_text(market, today.volume_lots), size_text(market, stats.volume_lots)],
        "p": [price_text(market, vwap(market, each)) for each in (today, stats)],
        "t": [today.trades, stats.trades],
        "l": _prices(market, today.low_subticks, stats.low_subticks),
        "h": _prices(market, today.high_subticks, stats.high_subticks),
        "o": price_text(market, market.mark(today.open_subticks)),
    }


async def both_days(api: Api, market: MarketInfo) -> Json:
    """The same as sockets of version 1 tell it: the first price of both days, whole units."""
    told = await _ticker(api, market)
    day_ago = market.mark(api.venue.history.stats(market.market_id).open_subticks)
    best = {
        side: [price, int(whole), size_text(market, lots)]
        for side, (price, whole, _), lots in (
            ("a", told["a"], _best_lots(api, market, Side.SELL)),
            ("b", told["b"], _best_lots(api, market, Side.BUY)),
        )
    }
    return told | best | {"o": [told["o"], price_text(market, day_ago)]}


def _best_lots(api: Api, market: MarketInfo, side: Side) -> int:
    top = levels(api.view, market.market_id, side, 1)
    return top[0][1] if top else 0


async def today_of(api: Api, market: MarketInfo) -> Candle | Stats:
    """The day's candle so far; before any trade, the last 24 hours, in which there was none."""
    found = await api.venue.history.candles(
        market.market_id, CandleKind.TRADE, DAY_S, Span(limit=1)
    )
    return found[-1] if found else api.venue.history.stats(market.market_id)


def _prices(market: MarketInfo, *subticks: int) -> list[str]:
    return [price_text(market, market.mark(each)) for each in subticks]


def vwap(market: MarketInfo, traded: Candle | Stats) -> Decimal:
    """Value over size, in steps of a fifth decimal or finer; 0 where nothing was traded."""
    if not traded.volume_lots:
        return Decimal(0)
    value = market.quote.amount(traded.value_atoms)
    return value / market.size(traded.volume_lots)


def best(api: Api, market: MarketInfo, side: Side) -> tuple[Decimal, Decimal]:
    """Best price and size of a side, zeros when it is empty."""
    top = levels(api.view, market.market_id, side, 1)
    return (market.price(top[0][0]), market.size(top[0][1])) if top else (Decimal(0), Decimal(0))


def _best(api: Api, market: MarketInfo, side: Side) -> list[str]:
    """Price, then the size as whole units, rounded up as Kraken does, written twice."""
    price, size = best(api, market, side)
    whole = size.to_integral_value(ROUND_CEILING)
    return [price_text(market, price), fixed(whole, 0), fixed(whole, BOOK_SIZE_DECIMALS)]
