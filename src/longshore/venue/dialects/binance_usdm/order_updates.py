"""`ORDER_TRADE_UPDATE` and `ALGO_UPDATE`: one thing that happened to one order."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import Leg, OrderType, Role
from longshore.engine.events import EventKind
from longshore.engine.limits import MARKETS_MAX
from longshore.venue import views
from longshore.venue.dialects.binance_usdm.api import (
    average_price,
    mark_text,
    money_text,
    price_text,
    size_text,
)
from longshore.venue.dialects.binance_usdm.drafts import NO_PRICE_MATCH, self_trade_mode
from longshore.venue.dialects.binance_usdm.ids import event_number
from longshore.venue.dialects.binance_usdm.order_objects import (
    LEGS,
    NO_WORKING_TYPE,
    SIDES,
    WAITING,
    WORKING_TYPES,
    algo_status,
    algo_type_name,
    client_id_of,
    limit_text,
    status,
    time_in_force,
    type_name,
)
from longshore.venue.dialects.binance_usdm.values import Json, millis

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.projections.records import OrderRecord

EXECUTIONS = {"CANCELED": "CANCELED", "EXPIRED": "EXPIRED", "EXPIRED_IN_MATCH": "EXPIRED"}
CLOSED_OUT = "adl_autoclose"
"""What Binance calls the order that unwinding closes a position with."""


def order_update(api: Api, order: OrderRecord, event: Event, execution: str) -> Json:
    """What happened to a regular order; its end says for itself how it came."""
    market = api.venue.catalog.market(order.market_id)
    told = status(order)
    if execution == "TRADE" and not order.open_lots:
        told = "FILLED"
    body = {
        **_order(api, market, order),
        "x": execution or EXECUTIONS.get(told, "CANCELED"),
        "X": told,
        **_match(market, event),
        **_open_notional(api, market, order),
    }
    return _message("ORDER_TRADE_UPDATE", event, body)


def _order(api: Api, market: MarketInfo, order: OrderRecord) -> Json:
    average = average_price(market, order.filled_value_atoms, order.filled_lots)
    kind = "LIQUIDATION" if order.type == OrderType.LIQUIDATION else type_name(order)
    return {
        "s": market.symbol,
        "c": client_id_of(order),
        "S": SIDES[order.side],
        "o": kind,
        "f": time_in_force(order),
        "q": size_text(market, order.open_lots + order.filled_lots),
        "p": limit_text(market, order),
        "ap": mark_text(average),
        "sp": price_text(market, order.trigger_ticks),
        "i": order.order_id,
        "z": size_text(market, order.filled_lots),
        "R": order.reduce_only == 1,
        "wt": WORKING_TYPES.get(order.signal, NO_WORKING_TYPE),
        "ot": algo_type_name(order) if order.type in WAITING else kind,
        "ps": LEGS[order.leg],
        "cp": order.closes == 1,
        "pP": False,
        "si": 0,
        "ss": 0,
        "V": self_trade_mode(api, order.account_id),
        "pm": NO_PRICE_MATCH,
        "gtd": millis(order.expire_us),
    }


def _match(market: MarketInfo, event: Event) -> Json:
    """The match an event is; zeros where it is none."""
    traded = event.kind == EventKind.TRADED
    lots, ticks = (event.qty_lots, event.price_ticks) if traded else (0, 0)
    fee = {"N": market.settle.code, "n": money_text(market, event.fee_atoms)} if traded else {}
    return {
        "l": size_text(market, lots),
        "L": price_text(market, ticks),
        **fee,
        "T": millis(event.time_us),
        "t": event_number(event.seq, event.index) if traded else 0,
        "m": traded and event.role == Role.MAKER,
        "rp": money_text(market, event.pnl_atoms if traded else 0),
    }


def _open_notional(api: Api, market: MarketInfo, order: OrderRecord) -> Json:
    """What the open orders of the same position are worth."""
    short_leg = MARKETS_MAX if order.leg == Leg.SHORT else 0
    position = views.position(api.view, order.account_id, market.market_id + short_leg)
    return {
        "b": money_text(market, position.buy_value_atoms),
        "a": money_text(market, position.sell_value_atoms),
    }


def without_order(api: Api, event: Event) -> Json:
    """A match that no order of the account made."""
    market = api.venue.catalog.market(event.market_id)
    size, price = size_text(market, event.qty_lots), price_text(market, event.price_ticks)
    body = {
        "s": market.symbol,
        "c": CLOSED_OUT,
        "S": SIDES[event.side],
        "o": "LIMIT",
        "f": "GTC",
        "q": size,
        "p": price,
        "ap": price,
        "sp": price_text(market, 0),
        "x": "TRADE",
        "X": "FILLED",
        "i": event_number(event.seq, event.index),
        "z": size,
        "R": False,
        "ps": LEGS[event.leg],
        **_match(market, event),
    }
    return _message("ORDER_TRADE_UPDATE", event, body)


def algo_update(
    api: Api, order: OrderRecord, event: Event, fired: OrderRecord | None = None
) -> Json:
    """What happened to a conditional order; `fired` is what it became."""
    market = api.venue.catalog.market(order.market_id)
    became = fired or order
    is_set_off = became.triggered_us > 0
    average = average_price(market, became.filled_value_atoms, became.filled_lots)
    body = {
        "caid": order.client_id,
        "aid": order.order_id,
        "at": "CONDITIONAL",
        "o": algo_type_name(order),
        "s": market.symbol,
        "S": SIDES[order.side],
        "ps": LEGS[order.leg],
        "f": time_in_force(order),
        "q": size_text(market, became.open_lots + became.filled_lots),
        "X": algo_status(became),
        "ai": str(order.order_id) if is_set_off else "",
        "ap": mark_text(average if is_set_off else Decimal(0)),
        "aq": size_text(market, became.filled_lots),
        "act": type_name(became) if is_set_off else "0",
        "tp": price_text(market, order.trigger_ticks),
        "p": price_text(market, order.price_ticks),
        "V": self_trade_mode(api, order.account_id),
        "wt": WORKING_TYPES.get(order.signal, NO_WORKING_TYPE),
        "pm": NO_PRICE_MATCH,
        "cp": order.closes == 1,
        "pP": False,
        "R": order.reduce_only == 1,
        "tt": millis(became.triggered_us),
        "gtd": millis(order.expire_us),
        "rm": "" if not became.reject else "Order was rejected when its price came",
    }
    return _message("ALGO_UPDATE", event, body)


def _message(name: str, event: Event, body: Json) -> Json:
    time_ms = millis(event.time_us)
    return {"e": name, "T": time_ms, "E": time_ms, "o": body}
