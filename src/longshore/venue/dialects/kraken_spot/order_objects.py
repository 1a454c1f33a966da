"""Kraken's order object, as REST tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import OrderType, Reason, Side
from longshore.venue.dialects.kraken_spot import refs
from longshore.venue.dialects.kraken_spot.api import (
    money_text,
    price_decimals,
    price_text,
    size_text,
)
from longshore.venue.dialects.kraken_spot.names import pair_altname
from longshore.venue.dialects.kraken_spot.values import Json, fixed, seconds, whole_seconds

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.facts import OrderFacts
    from longshore.venue.projections.records import FillRecord

SIDES: dict[int, str] = {Side.BUY: "buy", Side.SELL: "sell"}
END_REASONS: dict[int, str] = {
    Reason.BY_USER: "User requested",
    Reason.DEAD_MAN: "Cancel all orders after",
    Reason.SELF_TRADE_STOPPED: "Self trade prevention",
    Reason.EXPIRED: "Order expired",
    Reason.IOC_REMAINDER: "Immediate or cancel",
}
"""Why an order ended without being filled."""


def order_type(code: int) -> str:
    """`market` or `limit`: what else there is are flags."""
    return "market" if code == OrderType.MARKET else "limit"


def status(facts: OrderFacts) -> str:
    """Where an order stands."""
    if not facts.closed_us:
        return "open"
    if facts.reason == Reason.FILLED:
        return "closed"
    return "expired" if facts.reason == Reason.EXPIRED else "canceled"


def oflags(facts: OrderFacts) -> str:
    """Fees are in the quote currency; `post` where it may only rest."""
    return "fciq,post" if facts.type == OrderType.POST_ONLY else "fciq"


def time_in_force(facts: OrderFacts) -> str:
    """`GTC`, `GTD`, `IOC` or `FOK`."""
    if facts.type in (OrderType.IOC, OrderType.MARKET):
        return "IOC"
    if facts.type == OrderType.FOK:
        return "FOK"
    return "GTD" if facts.expire_us else "GTC"


def described(market: MarketInfo, side: int, kind: int, lots: int, price_ticks: int) -> str:
    """An order in words: `buy 0.01000000 XBTUSD @ limit 50000.0`."""
    name = order_type(kind)
    asked = f"{SIDES[side]} {size_text(market, lots)} {pair_altname(market)} @ {name}"
    return asked if name == "market" else f"{asked} {limit_text(market, price_ticks)}"


def limit_text(market: MarketInfo, price_ticks: int) -> str:
    """A limit price with the decimals of its tick."""
    return fixed(market.price(price_ticks), price_decimals(market))


def order_object(api: Api, facts: OrderFacts, fills: list[FillRecord], trades: bool) -> Json:
    """An order with what its fills came to; their ids where `trades` asks for them."""
    market = facts.market
    told = {
        "refid": None,
        **own_names(facts),
        "status": status(facts),
        "opentm": seconds(facts.placed_us),
        "starttm": 0,
        "expiretm": whole_seconds(facts.expire_us),
        "descr": _descr(facts),
        "vol": size_text(market, facts.total_lots),
        "vol_exec": size_text(market, facts.filled_lots),
        "cost": money_text(market, facts.filled_value_atoms),
        "fee": money_text(market, sum(fill.fee_atoms for fill in fills)),
        "price": price_text(market, facts.average_price),
        "stopprice": price_text(market, market.price(0)),
        "limitprice": price_text(market, market.price(0)),
        "misc": "",
        "oflags": oflags(facts),
    }
    if trades and fills:
        told["trades"] = [api.ids.trade(fill.seq, fill.index) for fill in fills]
    return told | _ending(facts)


def own_names(facts: OrderFacts) -> Json:
    """The caller's names for it; a `userref` of 0 where there is none."""
    userref = refs.userref_of(facts.client_text)
    named: Json = {"userref": userref or 0}
    cl_ord_id = refs.cl_ord_id_of(facts.client_text)
    return named | {"cl_ord_id": cl_ord_id} if cl_ord_id else named


def _descr(facts: OrderFacts) -> Json:
    market = facts.market
    limited = order_type(facts.type) == "limit"
    return {
        "pair": pair_altname(market),
        "type": SIDES[facts.side],
        "ordertype": order_type(facts.type),
        "price": limit_text(market, facts.price_ticks) if limited else "0",
        "price2": "0",
        "leverage": "none",
        "order": described(market, facts.side, facts.type, facts.total_lots, facts.price_ticks),
        "close": "",
    }


def _ending(facts: OrderFacts) -> Json:
    if not facts.closed_us:
        return {}
    return {"closetm": seconds(facts.closed_us), "reason": END_REASONS.get(facts.reason)}
