"""`depth`, and a market's trades: `trades`, `historicalTrades`, `aggTrades`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from longshore.engine.book import levels
from longshore.engine.codes import Side
from longshore.venue.dialects.binance_usdm.api import money_text, price_text, size_text
from longshore.venue.dialects.binance_usdm.decode import LIMIT_MAX, Depth, Trades
from longshore.venue.dialects.binance_usdm.errors import ApiError
from longshore.venue.dialects.binance_usdm.ids import event_key, event_number
from longshore.venue.dialects.binance_usdm.spans import from_key, span_of
from longshore.venue.dialects.binance_usdm.values import Json, millis

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call
    from longshore.venue.projections.records import Execution

DEPTHS = (5, 10, 20, 50, 100, 500, 1_000)


async def depth(api: Api, call: Call) -> Json:
    """GET depth: the best levels. `lastUpdateId` is what the depth stream counts by."""
    asked = call.form(Depth)
    market = api.market(asked.symbol)
    if asked.limit not in DEPTHS:
        raise ApiError((-4021, f"{asked.limit} is not valid depth limit."))
    return {
        "lastUpdateId": int(api.view.seq),
        "E": api.now_ms,
        "T": millis(api.view.time_us),
        **book(api, market, asked.limit),
    }


def book(api: Api, market: MarketInfo, limit: int) -> Json:
    """Both sides, best first, as price and size."""
    sides = (("bids", Side.BUY), ("asks", Side.SELL))
    return {
        name: [
            [price_text(market, ticks), size_text(market, lots)]
            for ticks, lots in levels(api.view, market.market_id, side, limit)
        ]
        for name, side in sides
    }


async def trades(api: Api, call: Call) -> list[Json]:
    """GET trades and historicalTrades: the newest, or those from an id on; oldest first."""
    asked = call.form(Trades)
    market = api.market(asked.symbol)
    found = await _found(api, market, asked)
    return [_trade(market, trade) for trade in found]


async def agg_trades(api: Api, call: Call) -> list[Json]:
    """GET aggTrades: what one order took at one price is one trade."""
    asked = call.form(Trades)
    market = api.market(asked.symbol)
    found = await _found(api, market, asked)
    taken = groupby(found, lambda trade: (trade.seq, trade.taker_order_id, trade.price_ticks))
    return [_aggregate(market, list(parts)) for _, parts in taken]


async def _found(api: Api, market: MarketInfo, asked: Trades) -> list[Execution]:
    span = span_of(asked.start_time, asked.end_time, min(asked.limit, LIMIT_MAX))
    if asked.from_id is not None:
        span = from_key(span, event_key(asked.from_id))
    found = await api.venue.history.executions(market.market_id, span)
    return found if span.ascending else found[::-1]


def _trade(market: MarketInfo, trade: Execution) -> Json:
    return {
        "id": event_number(trade.seq, trade.index),
        "price": price_text(market, trade.price_ticks),
        "qty": size_text(market, trade.qty_lots),
        "quoteQty": money_text(market, trade.value_atoms),
        "time": millis(trade.time_us),
        "isBuyerMaker": trade.side == Side.SELL,
    }


def _aggregate(market: MarketInfo, parts: list[Execution]) -> Json:
    first, last = parts[0], parts[-1]
    return {
        "a": event_number(first.seq, first.index),
        "p": price_text(market, first.price_ticks),
        "q": size_text(market, sum(part.qty_lots for part in parts)),
        "f": event_number(first.seq, first.index),
        "l": event_number(last.seq, last.index),
        "T": millis(first.time_us),
        "m": first.side == Side.SELL,
    }
