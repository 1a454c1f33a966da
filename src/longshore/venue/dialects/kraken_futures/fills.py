"""`fills`, and the same facts as the feed `fills` tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import OrderType, Role, Side
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.venue.dialects.kraken_futures.api import price, size
from longshore.venue.dialects.kraken_futures.market_data import before_us
from longshore.venue.dialects.kraken_futures.order_objects import SIDES
from longshore.venue.dialects.kraken_futures.pages import Key, gathered
from longshore.venue.dialects.kraken_futures.roles import FILL_TYPES
from longshore.venue.dialects.kraken_futures.row_ids import event_number
from longshore.venue.dialects.kraken_futures.values import Json, iso, millis, money
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call
    from longshore.venue.projections.records import FillRecord

FILLS_MAX = 100

FEED_TYPES: dict[int, str] = {
    OrderType.MARKET: "market",
    OrderType.IOC: "ioc",
    OrderType.FOK: "fok",
    OrderType.POST_ONLY: "post",
    OrderType.STOP: "stop",
    OrderType.TAKE_PROFIT: "take_profit",
    OrderType.LIQUIDATION: "liquidation",
}
"""Order types in the feed of fills; anything else is `limit`."""


async def fills(api: Api, call: Call) -> Json:
    """GET fills: the last hundred, newest first, before `lastFillTime` where it is given."""
    span = Span(limit=FILLS_MAX, before_us=before_us(call, "lastFillTime"))
    found = await own_fills(api, call.account_id, span)
    return {"fills": [_fill(api, fill) for fill in found]}


async def own_fills(api: Api, account_id: int, span: Span, market_id: int = 0) -> list[FillRecord]:
    """The account's fills in perpetuals: its spot trades are no part of this API."""

    async def read(part: Span) -> list[FillRecord]:
        return await api.venue.history.fills(account_id, part, market_id)

    async def perpetual(rows: list[FillRecord]) -> list[tuple[Key, FillRecord]]:
        market = api.venue.catalog.market
        known = [row for row in rows if market(row.market_id).is_dollar_perpetual]
        return [((row.seq, row.index), row) for row in known]

    return [fill for _, fill in await gathered(read, perpetual, span)]


def _fill(api: Api, fill: FillRecord) -> Json:
    market = api.venue.catalog.market(fill.market_id)
    return {
        "fill_id": api.ids.event(fill.seq, fill.index),
        "order_id": api.ids.order(fill.order_id),
        **({"cliOrdId": fill.client_id} if fill.client_id else {}),
        "symbol": market.symbol,
        "side": SIDES[fill.side],
        "size": size(market, fill.qty_lots),
        "price": price(market, fill.price_ticks),
        "fillTime": iso(fill.time_us),
        "fillType": fill_type(fill),
        "realized_pnl": money(fill.pnl_atoms),
        "sequence_id": event_number(fill.seq, fill.index),
    }


def feed_fill(api: Api, fill: FillRecord) -> Json:
    """A fill as the feed tells it: the only place with its fee."""
    market = api.venue.catalog.market(fill.market_id)
    order_type = FEED_TYPES.get(fill.type, "limit")
    taker_type = {} if fill.role == Role.MAKER else {"taker_order_type": order_type}
    return {
        "instrument": market.symbol,
        "time": millis(fill.time_us),
        "price": price(market, fill.price_ticks),
        "seq": event_number(fill.seq, fill.index),
        "buy": fill.side == Side.BUY,
        "qty": size(market, fill.qty_lots),
        "remaining_order_qty": size(market, fill.open_lots),
        "order_id": api.ids.order(fill.order_id),
        **({"cli_ord_id": fill.client_id} if fill.client_id else {}),
        "fill_id": api.ids.event(fill.seq, fill.index),
        "fill_type": fill_type(fill),
        "fee_paid": money(fill.fee_atoms),
        "fee_currency": market.quote.symbol,
        **taker_type,
        "order_type": order_type,
    }


def fill_type(fill: FillRecord) -> str:
    """How a fill came about: a limit order that takes later than it was placed was edited to."""
    edited = fill.type == OrderType.LIMIT and fill.order_id // ORDER_IDS_PER_COMMAND != fill.seq
    if edited and fill.role == Role.TAKER:
        return "takerAfterEdit"
    return FILL_TYPES[fill.role]
