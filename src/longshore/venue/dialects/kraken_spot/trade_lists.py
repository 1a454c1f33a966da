"""`TradesHistory` and `QueryTrades`: the caller's own sides of matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Role
from longshore.venue.dialects.kraken_spot import paging
from longshore.venue.dialects.kraken_spot.api import money_text, price_text, size_text
from longshore.venue.dialects.kraken_spot.decode import parts
from longshore.venue.dialects.kraken_spot.errors import invalid
from longshore.venue.dialects.kraken_spot.ids import trade_number
from longshore.venue.dialects.kraken_spot.order_objects import SIDES, order_type
from longshore.venue.dialects.kraken_spot.values import Json, seconds
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call
    from longshore.venue.projections.records import FillRecord

QUERY_MAX = 20
TYPES = ("all", "no position")
"""Kinds of trades there are; the others are of positions, and none is."""
NO_TRADES = ("any position", "closed position", "closing position")


class HistoryAsked(msgspec.Struct):
    """Which trades."""

    type: str = "all"
    start: str = ""
    end: str = ""
    ofs: str = "0"
    without_count: bool = False


class QueryAsked(msgspec.Struct):
    """Trades by their ids."""

    txid: str = ""


async def trades_history(api: Api, call: Call) -> Json:
    """Private TradesHistory: newest first, fifty at a time."""
    asked = call.form(HistoryAsked)
    if asked.type not in TYPES + NO_TRADES:
        raise invalid("type")
    span = paging.window(asked.start, asked.end)
    found = await spot_fills(api, call.account_id, span) if asked.type in TYPES else []
    page = {_id(api, fill): _trade(api, fill) for fill in paging.page(found, asked.ofs)}
    return {"trades": page} if asked.without_count else {"trades": page, "count": len(found)}


async def spot_fills(api: Api, account_id: int, span: Span) -> list[FillRecord]:
    """The account's fills in spot pairs, newest first."""

    async def read(part: Span) -> list[FillRecord]:
        return await api.venue.history.fills(account_id, part)

    return [f for f in await paging.everything(read, span) if api.is_spot(f.market_id)]


async def query_trades(api: Api, call: Call) -> Json:
    """Private QueryTrades: ids that name none of the caller's are left out."""
    ids = parts(call.form(QueryAsked).txid, QUERY_MAX, "txid")
    if not ids:
        raise invalid("txid")
    keys = [key for each in ids if (key := api.ids.trade_key(each)) is not None]
    found = [fill for seq, index in keys for fill in await _one(api, call.account_id, seq, index)]
    return {_id(api, fill): _trade(api, fill) for fill in found}


async def _one(api: Api, account_id: int, seq: int, index: int) -> list[FillRecord]:
    """The account's fill at a (seq, index), where it has one there."""
    span = Span(after_key=(seq, index - 1), before_key=(seq, index + 1), limit=1)
    found = await api.venue.history.fills(account_id, span)
    return [fill for fill in found if api.is_spot(fill.market_id)]


def _id(api: Api, fill: FillRecord) -> str:
    return api.ids.trade(fill.seq, fill.index)


def _trade(api: Api, fill: FillRecord) -> Json:
    market = api.venue.catalog.market(fill.market_id)
    return {
        "ordertxid": api.ids.order(fill.order_id),
        "postxid": api.ids.position(fill.order_id),
        "pair": market.venue_id,
        "time": seconds(fill.time_us),
        "type": SIDES[fill.side],
        "ordertype": order_type(fill.type),
        "price": price_text(market, market.price(fill.price_ticks)),
        "cost": money_text(market, fill.value_atoms),
        "fee": money_text(market, fill.fee_atoms),
        "vol": size_text(market, fill.qty_lots),
        "margin": money_text(market, 0),
        "leverage": "0",
        "misc": "",
        "trade_id": trade_number(fill.seq, fill.index),
        "maker": fill.role == Role.MAKER,
    }
