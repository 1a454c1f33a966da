"""`/api/history`: executions, of a market for everybody and of an account for its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Role, Side
from longshore.venue.dialects.kraken_futures.fills import own_fills
from longshore.venue.dialects.kraken_futures.order_history import asked_market_id, order_before
from longshore.venue.dialects.kraken_futures.order_objects import DIRECTIONS, history_order
from longshore.venue.dialects.kraken_futures.pages import page_of, span_of
from longshore.venue.dialects.kraken_futures.values import Json, millis, money, text

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call
    from longshore.venue.projections.records import Execution, FillRecord

CENT_DECIMALS = 2


async def market_executions(api: Api, call: Call) -> Json:
    """GET market/{symbol}/executions: public."""
    market = api.market(call.path_values[0])
    span = span_of(call)
    found = await api.venue.history.executions(market.market_id, span)
    told = [((trade.seq, trade.index), _element(api, market, trade)) for trade in found]
    return page_of(told, span)


def _element(api: Api, market: MarketInfo, trade: Execution) -> Json:
    uid = api.ids.trade(trade.seq, trade.index)
    told = {"execution": _execution(api, market, trade), "takerReducedQuantity": ""}
    return {"uid": uid, "timestamp": millis(trade.time_us), "event": {"Execution": told}}


def _execution(api: Api, market: MarketInfo, trade: Execution) -> Json:
    maker_side = Side.SELL if trade.side == Side.BUY else Side.BUY
    return {
        "uid": api.ids.trade(trade.seq, trade.index),
        "makerOrder": {
            **_party(api, market, trade, trade.maker_order_id, maker_side),
            "limitPrice": text(market.price(trade.price_ticks)),
        },
        "takerOrder": _party(api, market, trade, trade.taker_order_id, trade.side),
        "timestamp": millis(trade.time_us),
        "quantity": text(market.size(trade.qty_lots)),
        "price": text(market.price(trade.price_ticks)),
        "markPrice": text(market.mark(trade.mark_subticks)),
        "usdValue": f"{money(trade.value_atoms):.{CENT_DECIMALS}f}",
    }


def _party(api: Api, market: MarketInfo, trade: Execution, order_id: int, side: int) -> Json:
    """One side of a match as far as the public may know it: the size is the match's."""
    return {
        "uid": api.ids.order(order_id),
        "tradeable": market.symbol,
        "direction": DIRECTIONS[side],
        "quantity": text(market.size(trade.qty_lots)),
        "timestamp": millis(trade.time_us),
        "lastUpdateTimestamp": millis(trade.time_us),
    }


async def own_executions(api: Api, call: Call) -> Json:
    """GET executions: the caller's own sides of matches."""
    span = span_of(call)
    found = await own_fills(api, call.account_id, span, asked_market_id(api, call))
    told = [
        ((fill.seq, fill.index), await _own_element(api, call.account_id, fill)) for fill in found
    ]
    return {"accountUid": api.ids.account(call.account_id), **page_of(told, span)}


async def _own_element(api: Api, account_id: int, fill: FillRecord) -> Json:
    before = await order_before(api, account_id, fill)
    order = None if before is None else history_order(api, before, account_id)
    market = api.venue.catalog.market(fill.market_id)
    uid = api.ids.event(fill.seq, fill.index)
    execution = {
        "uid": uid,
        "order": order,
        "oldTakerOrder": None,
        "executionType": "maker" if fill.role == Role.MAKER else "taker",
        "timestamp": millis(fill.time_us),
        "quantity": text(market.size(fill.qty_lots)),
        "price": text(market.price(fill.price_ticks)),
        "markPrice": text(market.mark(fill.mark_subticks)),
        "usdValue": f"{money(fill.value_atoms):.{CENT_DECIMALS}f}",
    }
    told = {"execution": execution, "takerReducedQuantity": ""}
    return {"uid": uid, "timestamp": millis(fill.time_us), "event": {"Execution": told}}
