"""`orderbook`, `history` and `historicalfundingrates`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.book import levels
from longshore.engine.codes import Side
from longshore.engine.limits import LEVELS_MAX
from longshore.venue.dialects.kraken_futures.api import price, size
from longshore.venue.dialects.kraken_futures.errors import argument_invalid
from longshore.venue.dialects.kraken_futures.order_objects import SIDES
from longshore.venue.dialects.kraken_futures.roles import history_trade_type
from longshore.venue.dialects.kraken_futures.row_ids import event_number
from longshore.venue.dialects.kraken_futures.values import (
    E18_DECIMALS,
    MICROATOM_DECIMALS,
    Json,
    iso,
    number,
    parsed_iso_us,
    scaled,
)
from longshore.venue.history import Span

if TYPE_CHECKING:
    from decimal import Decimal

    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call
    from longshore.venue.projections.records import Execution, FundingRate

TRADES_MAX = 100
RATES_MAX = 366 * 24
"""About one rolling year of hours."""


async def order_book(api: Api, call: Call) -> Json:
    """GET orderbook: the whole book, best first."""
    market = api.market(call.required("symbol"))
    bids, asks = (book_side(api, market, side) for side in (Side.BUY, Side.SELL))
    return {"orderBook": {"bids": bids, "asks": asks}}


def book_side(api: Api, market: MarketInfo, side: Side) -> list[tuple[Decimal, Decimal]]:
    """Every level of a side as price and size."""
    found = levels(api.view, market.market_id, side, LEVELS_MAX)
    return [(price(market, ticks), size(market, lots)) for ticks, lots in found]


async def trade_history(api: Api, call: Call) -> Json:
    """GET history: the last hundred trades, newest first, before `lastTime` where it is given."""
    market = api.market(call.required("symbol"))
    span = Span(limit=TRADES_MAX, before_us=before_us(call, "lastTime"))
    found = await api.venue.history.executions(market.market_id, span)
    numbers = range(len(found), 0, -1)
    return {"history": [_trade(api, market, *pair) for pair in zip(found, numbers, strict=True)]}


def before_us(call: Call, name: str) -> int:
    """An ISO time up to which rows are wanted; no end where it is not given."""
    given = call.parameters.get(name)
    if not given:
        return Span().before_us
    time_us = parsed_iso_us(given[-1])
    if time_us is None:
        raise argument_invalid(name)
    return time_us


def _trade(api: Api, market: MarketInfo, trade: Execution, trade_id: int) -> Json:
    return {
        "time": iso(trade.time_us),
        "trade_id": trade_id,
        "price": price(market, trade.price_ticks),
        "size": size(market, trade.qty_lots),
        "side": SIDES[trade.side],
        "type": history_trade_type(trade.role),
        "uid": api.ids.trade(trade.seq, trade.index),
        "sequence_id": event_number(trade.seq, trade.index),
    }


async def funding_rates(api: Api, call: Call) -> Json:
    """GET historicalfundingrates, oldest first."""
    market = api.market(call.required("symbol"))
    rates = await api.venue.history.funding_rates(market.market_id, Span(limit=RATES_MAX))
    return {"rates": [_rate(market, rate) for rate in reversed(rates)]}


def _rate(market: MarketInfo, rate: FundingRate) -> Json:
    per_lot = scaled(rate.lot_parts, MICROATOM_DECIMALS)
    return {
        "timestamp": iso(rate.time_us),
        "fundingRate": number(per_lot / market.lot_size),
        "relativeFundingRate": scaled(rate.rate_e18, E18_DECIMALS),
    }
