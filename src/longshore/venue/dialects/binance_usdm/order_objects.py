"""Binance's order objects, regular and conditional, from an order as history keeps it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import Leg, OrderType, Reason, Side, Signal
from longshore.venue.dialects.binance_usdm.api import (
    average_price,
    mark_text,
    money_text,
    price_text,
    size_text,
)
from longshore.venue.dialects.binance_usdm.drafts import NO_PRICE_MATCH, self_trade_mode
from longshore.venue.dialects.binance_usdm.values import PPM_DECIMALS, Json, millis, plain

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.projections.records import OrderRecord

SIDES: dict[int, str] = {Side.BUY: "BUY", Side.SELL: "SELL"}
LEGS: dict[int, str] = {Leg.ONE_WAY: "BOTH", Leg.LONG: "LONG", Leg.SHORT: "SHORT"}
WORKING_TYPES: dict[int, str] = {
    Signal.MARK: "MARK_PRICE",
    Signal.LAST: "CONTRACT_PRICE",
    Signal.INDEX: "INDEX_PRICE",
}
"""Binance has no trigger on the index; an order placed elsewhere may have."""
NO_WORKING_TYPE = "CONTRACT_PRICE"
TIMES_IN_FORCE: dict[int, str] = {
    OrderType.IOC: "IOC",
    OrderType.FOK: "FOK",
    OrderType.POST_ONLY: "GTX",
    OrderType.LIQUIDATION: "IOC",
}
WAITING = (OrderType.STOP, OrderType.TAKE_PROFIT)
END_STATUSES: dict[int, str] = {
    Reason.FILLED: "FILLED",
    Reason.BY_USER: "CANCELED",
    Reason.DEAD_MAN: "CANCELED",
    Reason.LINKED: "CANCELED",
    Reason.LIQUIDATED: "CANCELED",
    Reason.MARGIN_BREACH: "CANCELED",
    Reason.MARKET_HALTED: "CANCELED",
    Reason.GATE_SHUT: "CANCELED",
    Reason.SELF_TRADE_STOPPED: "EXPIRED_IN_MATCH",
    Reason.TRIGGER_REFUSED: "REJECTED",
}
"""An order that is gone for another reason has expired."""
EXPIRED = "EXPIRED"


def is_waiting(order: OrderRecord) -> bool:
    """Whether it is a conditional order whose price has not come."""
    return order.type in WAITING and not order.triggered_us


def is_conditional(order: OrderRecord) -> bool:
    """Whether it was placed to wait for a price."""
    return order.type in WAITING or order.triggered_us > 0


def status(order: OrderRecord) -> str:
    """Where a regular order stands."""
    if order.ended:
        return END_STATUSES.get(order.reason, EXPIRED)
    return "PARTIALLY_FILLED" if order.filled_lots else "NEW"


def algo_status(order: OrderRecord) -> str:
    """Where a conditional order stands."""
    if not order.ended:
        return "TRIGGERED" if order.triggered_us else "NEW"
    if order.reason == Reason.TRIGGER_REFUSED:
        return "REJECTED"
    return "FINISHED" if order.triggered_us else END_STATUSES.get(order.reason, EXPIRED)


def type_name(order: OrderRecord) -> str:
    """What a regular order is, or a conditional one became."""
    taking = order.type in WAITING and not order.price_ticks
    return "MARKET" if order.type == OrderType.MARKET or taking else "LIMIT"


def algo_type_name(order: OrderRecord) -> str:
    """What a conditional order was placed as."""
    if order.trail_ppm or order.trail_ticks:
        return "TRAILING_STOP_MARKET"
    name = "TAKE_PROFIT" if order.type == OrderType.TAKE_PROFIT else "STOP"
    return name if order.price_ticks else f"{name}_MARKET"


def time_in_force(order: OrderRecord) -> str:
    """How long an order stands."""
    if order.type in WAITING and order.price_ticks and not order.rests:
        return "IOC"
    return TIMES_IN_FORCE.get(order.type, "GTD" if order.expire_us else "GTC")


def client_id_of(order: OrderRecord) -> str:
    """What an order is called: of a liquidation by the venue, else by its owner."""
    forced = order.type == OrderType.LIQUIDATION
    return f"autoclose-{order.order_id}" if forced else order.client_id


def limit_text(market: MarketInfo, order: OrderRecord) -> str:
    """The limit; zero of a market order, which has one that is not its owner's."""
    return price_text(market, 0 if type_name(order) == "MARKET" else order.price_ticks)


def queried(api: Api, order: OrderRecord) -> Json:
    """A regular order that was asked for."""
    return {**order_object(api, order), "time": millis(order.time_us)}


def order_object(api: Api, order: OrderRecord) -> Json:
    """A regular order."""
    market = api.venue.catalog.market(order.market_id)
    filled = size_text(market, order.filled_lots)
    kind = type_name(order)
    return {
        "orderId": order.order_id,
        "symbol": market.symbol,
        "status": status(order),
        "clientOrderId": client_id_of(order),
        "price": limit_text(market, order),
        "avgPrice": mark_text(average_price(market, order.filled_value_atoms, order.filled_lots)),
        "origQty": size_text(market, order.open_lots + order.filled_lots),
        "executedQty": filled,
        "cumQty": filled,
        "cumQuote": money_text(market, order.filled_value_atoms),
        "timeInForce": time_in_force(order),
        "type": kind,
        "reduceOnly": order.reduce_only == 1,
        "closePosition": order.closes == 1,
        "side": SIDES[order.side],
        "positionSide": LEGS[order.leg],
        "stopPrice": price_text(market, order.trigger_ticks),
        "workingType": WORKING_TYPES.get(order.signal, NO_WORKING_TYPE),
        "priceProtect": False,
        "origType": algo_type_name(order) if order.type in WAITING else kind,
        "priceMatch": NO_PRICE_MATCH,
        "selfTradePreventionMode": self_trade_mode(api, order.account_id),
        "goodTillDate": millis(order.expire_us),
        "updateTime": millis(order.updated_us),
    }


def algo_object(api: Api, order: OrderRecord) -> Json:
    """A conditional order."""
    market = api.venue.catalog.market(order.market_id)
    return {
        "algoId": order.order_id,
        "clientAlgoId": order.client_id,
        "algoType": "CONDITIONAL",
        "orderType": algo_type_name(order),
        "symbol": market.symbol,
        "side": SIDES[order.side],
        "positionSide": LEGS[order.leg],
        "timeInForce": time_in_force(order),
        "quantity": size_text(market, order.open_lots + order.filled_lots),
        "algoStatus": algo_status(order),
        "triggerPrice": price_text(market, order.trigger_ticks),
        "price": price_text(market, order.price_ticks),
        "icebergQuantity": None,
        "selfTradePreventionMode": self_trade_mode(api, order.account_id),
        "workingType": WORKING_TYPES.get(order.signal, NO_WORKING_TYPE),
        "priceMatch": NO_PRICE_MATCH,
        "closePosition": order.closes == 1,
        "priceProtect": False,
        "reduceOnly": order.reduce_only == 1,
        "activatePrice": "",
        "callbackRate": callback_rate(order),
        "createTime": millis(order.time_us),
        "updateTime": millis(order.updated_us),
        "triggerTime": millis(order.triggered_us),
        "goodTillDate": millis(order.expire_us),
    }


def queried_algo(api: Api, order: OrderRecord) -> Json:
    """A conditional order that was asked for: also what came of it."""
    market = api.venue.catalog.market(order.market_id)
    average = average_price(market, order.filled_value_atoms, order.filled_lots)
    return {
        **algo_object(api, order),
        "actualOrderId": str(order.order_id) if order.triggered_us else "",
        "actualPrice": mark_text(average),
    }


def callback_rate(order: OrderRecord) -> str:
    """How far a trailing stop follows, in percent; empty for others."""
    if not order.trail_ppm:
        return ""
    return plain(Decimal(order.trail_ppm).scaleb(2 - PPM_DECIMALS))
