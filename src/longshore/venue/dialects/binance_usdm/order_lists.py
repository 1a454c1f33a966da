"""`openOrders`, `allOrders`, and the orders of liquidations: `forceOrders`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import OrderType
from longshore.venue.dialects.binance_usdm import order_facts
from longshore.venue.dialects.binance_usdm.decode import (
    LIMIT_MAX,
    ForceList,
    MaybeSymbol,
    OrderList,
)
from longshore.venue.dialects.binance_usdm.errors import not_valid
from longshore.venue.dialects.binance_usdm.order_objects import is_waiting, queried
from longshore.venue.dialects.binance_usdm.spans import WEEK_MS, from_key, gathered, span_of
from longshore.venue.dialects.binance_usdm.values import Json

if TYPE_CHECKING:
    from collections.abc import Callable

    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call
    from longshore.venue.history import Span
    from longshore.venue.projections.records import OrderRecord

FORCED_MAX = 100
AUTO_CLOSE_TYPES = (None, "LIQUIDATION", "ADL")


async def open_orders(api: Api, call: Call) -> list[Json]:
    """GET openOrders: those in the book, of one market or all."""
    market_id = api.market_id(call.form(MaybeSymbol).symbol)
    found = await order_facts.open_orders(api, call.account_id, market_id, waiting=False)
    return [queried(api, order) for order in found]


async def all_orders(api: Api, call: Call) -> list[Json]:
    """GET allOrders: open and gone, oldest first; conditional ones once their price has come."""
    asked = call.form(OrderList)
    span = span_of(asked.start_time, asked.end_time, min(asked.limit, LIMIT_MAX), WEEK_MS)
    if asked.order_id is not None:
        span = from_key(span, order_facts.placement_key(asked.order_id))
    return await _read(api, call, api.market_id(asked.symbol), span, _is_regular)


def _is_regular(order: OrderRecord) -> bool:
    return not is_waiting(order)


async def force_orders(api: Api, call: Call) -> list[Json]:
    """GET forceOrders: what liquidations of this account sold or bought in the book."""
    asked = call.form(ForceList)
    if asked.auto_close_type not in AUTO_CLOSE_TYPES:
        raise not_valid("autoCloseType")
    market_id = api.market_id(asked.symbol)
    if asked.auto_close_type == "ADL":
        return []  # what unwinding closes needs no order here
    limit = min(asked.limit, FORCED_MAX)
    span = span_of(asked.start_time, asked.end_time, limit, WEEK_MS)
    return await _read(api, call, market_id, span, _is_forced)


def _is_forced(order: OrderRecord) -> bool:
    return order.type == OrderType.LIQUIDATION


async def _read(
    api: Api, call: Call, market_id: int, span: Span, wanted: Callable[[OrderRecord], bool]
) -> list[Json]:
    async def read(part: Span) -> list[OrderRecord]:
        return await api.venue.history.orders(call.account_id, part, market_id)

    def known(order: OrderRecord) -> bool:
        return api.known(order.market_id) and wanted(order)

    return [queried(api, order) for order in await gathered(read, known, span)]
