"""`userTrades`: an account's own sides of matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Role, Side
from longshore.venue.dialects.binance_usdm.api import money_text, price_text, size_text
from longshore.venue.dialects.binance_usdm.decode import LIMIT_MAX, FillList
from longshore.venue.dialects.binance_usdm.ids import event_key, event_number
from longshore.venue.dialects.binance_usdm.order_objects import LEGS, SIDES
from longshore.venue.dialects.binance_usdm.spans import WEEK_MS, from_key, gathered, span_of
from longshore.venue.dialects.binance_usdm.values import Json, millis

if TYPE_CHECKING:
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call
    from longshore.venue.history import Span
    from longshore.venue.projections.records import FillRecord


async def user_trades(api: Api, call: Call) -> list[Json]:
    """GET userTrades of one market, oldest first."""
    asked = call.form(FillList)
    market = api.market(asked.symbol)
    span = span_of(asked.start_time, asked.end_time, min(asked.limit, LIMIT_MAX), WEEK_MS)
    if asked.from_id is not None:
        span = from_key(span, event_key(asked.from_id))

    async def read(part: Span) -> list[FillRecord]:
        return await api.venue.history.fills(call.account_id, part, market.market_id)

    def wanted(fill: FillRecord) -> bool:
        return asked.order_id in (None, fill.order_id)

    return [_fill(api, fill) for fill in await gathered(read, wanted, span)]


def _fill(api: Api, fill: FillRecord) -> Json:
    market = api.venue.catalog.market(fill.market_id)
    return {
        "symbol": market.symbol,
        "id": event_number(fill.seq, fill.index),
        "orderId": fill.order_id,
        "side": SIDES[fill.side],
        "price": price_text(market, fill.price_ticks),
        "qty": size_text(market, fill.qty_lots),
        "realizedPnl": money_text(market, fill.pnl_atoms),
        "quoteQty": money_text(market, fill.value_atoms),
        "commission": money_text(market, fill.fee_atoms),
        "commissionAsset": market.settle.code,
        "time": millis(fill.time_us),
        "positionSide": LEGS[fill.leg],
        "buyer": fill.side == Side.BUY,
        "maker": fill.role == Role.MAKER,
    }
