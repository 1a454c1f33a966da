"""`ticker/24hr`, `ticker/price`, `ticker/bookTicker`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from longshore.engine.book import levels
from longshore.engine.codes import Side
from longshore.venue.dialects.binance_usdm.api import (
    average_price,
    money_text,
    price_text,
    size_text,
)
from longshore.venue.dialects.binance_usdm.decode import MaybeSymbol
from longshore.venue.dialects.binance_usdm.ids import event_number
from longshore.venue.dialects.binance_usdm.values import Answer, Json, fixed, millis, places
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call
    from longshore.venue.projections.records import Stats

DAY_US = 86_400_000_000
PERCENT_DECIMALS = 3
NO_TRADE = -1


async def day(api: Api, call: Call) -> Answer:
    """GET ticker/24hr: one market as an object, all as a list."""
    symbol = call.form(MaybeSymbol).symbol
    told = [await day_ticker(api, market) for market in api.markets(symbol)]
    return told[0] if symbol else told


async def day_ticker(api: Api, market: MarketInfo) -> Json:
    """One market over the last 24 hours."""
    now_us = api.venue.now_us
    first, last = await trade_ids(api, market, now_us - DAY_US, now_us + 1)
    stats = api.venue.history.stats(market.market_id)  # in memory, and as new as what was read
    return {
        "symbol": market.symbol,
        **day_prices(market, stats),
        "openTime": millis(now_us - DAY_US),
        "closeTime": millis(now_us),
        "firstId": first,
        "lastId": last,
        "count": stats.trades,
    }


async def trade_ids(api: Api, market: MarketInfo, from_us: int, to_us: int) -> tuple[int, int]:
    """The ids of the first and the last trade of a time, -1 where there is none."""
    read = api.venue.history.executions
    span = Span(after_us=from_us, before_us=to_us, limit=1)
    last = await read(market.market_id, span)
    first = await read(market.market_id, replace(span, ascending=True))
    if not last:
        return NO_TRADE, NO_TRADE
    return event_number(first[0].seq, first[0].index), event_number(last[0].seq, last[0].index)


def day_prices(market: MarketInfo, stats: Stats) -> Json:
    """Prices and volume of the last 24 hours; prices are 0 before the first trade."""
    change = market.mark(stats.last_subticks - stats.open_subticks)
    start = market.mark(stats.open_subticks)
    percent = change / start * 100 if start else Decimal(0)
    return {
        "priceChange": _price(market, stats.last_subticks - stats.open_subticks),
        "priceChangePercent": fixed(percent, PERCENT_DECIMALS),
        "weightedAvgPrice": vwap(market, stats),
        "lastPrice": _price(market, stats.last_subticks),
        "lastQty": size_text(market, stats.last_lots),
        "openPrice": _price(market, stats.open_subticks),
        "highPrice": _price(market, stats.high_subticks),
        "lowPrice": _price(market, stats.low_subticks),
        "volume": size_text(market, stats.volume_lots),
        "quoteVolume": money_text(market, stats.value_atoms),
    }


def vwap(market: MarketInfo, stats: Stats) -> str:
    """What a unit cost on average, to the tick."""
    average = average_price(market, stats.value_atoms, stats.volume_lots)
    return fixed(average, places(market.tick_size))


def _price(market: MarketInfo, subticks: int) -> str:
    return fixed(market.mark(subticks), places(market.tick_size))


async def price(api: Api, call: Call) -> Answer:
    """GET ticker/price: the last trade's."""
    symbol = call.form(MaybeSymbol).symbol
    told = [await _last(api, market) for market in api.markets(symbol)]
    return told[0] if symbol else told


async def _last(api: Api, market: MarketInfo) -> Json:
    found = await api.venue.history.executions(market.market_id, Span(limit=1))
    return {
        "symbol": market.symbol,
        "price": price_text(market, found[0].price_ticks if found else 0),
        "time": millis(found[0].time_us if found else 0),
    }


async def book_ticker(api: Api, call: Call) -> Answer:
    """GET ticker/bookTicker: the best price of each side."""
    symbol = call.form(MaybeSymbol).symbol
    told = [_best(api, market) for market in api.markets(symbol)]
    return told[0] if symbol else told


def _best(api: Api, market: MarketInfo) -> Json:
    (bid, bid_size), (ask, ask_size) = best(api, market)
    return {
        "symbol": market.symbol,
        "bidPrice": bid,
        "bidQty": bid_size,
        "askPrice": ask,
        "askQty": ask_size,
        "time": api.now_ms,
        "lastUpdateId": int(api.view.seq),
    }


def best(api: Api, market: MarketInfo) -> tuple[tuple[str, str], tuple[str, str]]:
    """Best bid and ask with their sizes; zeros for an empty side."""
    bid, ask = (_top(api, market, side) for side in (Side.BUY, Side.SELL))
    return bid, ask


def _top(api: Api, market: MarketInfo, side: Side) -> tuple[str, str]:
    top = levels(api.view, market.market_id, side, 1)
    ticks, lots = top[0] if top else (0, 0)
    return price_text(market, ticks), size_text(market, lots)
