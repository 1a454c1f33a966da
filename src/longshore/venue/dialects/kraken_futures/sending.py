"""`sendorder`: an order as a draft, and its `sendStatus`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import OrderType, Origin, Reject, Side, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command, Event
from longshore.venue.client_ids import CLIENT_ID_MAX_CHARS
from longshore.venue.dialects.kraken_futures.drafts import (
    Draft,
    Refusal,
    coded,
    deadline_us,
    given,
    lots,
    named,
    ticks,
)
from longshore.venue.dialects.kraken_futures.errors import (
    ORDER_STATUS,
    REJECT_REASON,
    argument_invalid,
    refused,
)
from longshore.venue.dialects.kraken_futures.order_events import (
    placed_order_id,
    refusal,
    reply_events,
)
from longshore.venue.dialects.kraken_futures.values import Json, iso

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.decode import SendOrder

ORDER_TYPES: dict[str, OrderType] = {
    "lmt": OrderType.LIMIT,
    "mkt": OrderType.MARKET,
    "post": OrderType.POST_ONLY,
    "ioc": OrderType.IOC,
    "fok": OrderType.FOK,
    "stp": OrderType.STOP,
    "take_profit": OrderType.TAKE_PROFIT,
    "trailing_stop": OrderType.STOP,
}
TRAILING = "trailing_stop"
DEVIATION = "trailingStopMaxDeviation"
DEVIATION_MIN, DEVIATION_MAX = Decimal("0.1"), Decimal(50)
PPM_PER_PERCENT = 10_000
LIMIT_TYPES = (OrderType.LIMIT, OrderType.POST_ONLY, OrderType.IOC, OrderType.FOK)
WAITING_TYPES = (OrderType.STOP, OrderType.TAKE_PROFIT)
SIDES = {"buy": Side.BUY, "sell": Side.SELL}
SIGNALS = {
    "mark": Signal.MARK,
    "index": Signal.INDEX,
    "spot": Signal.INDEX,
    "last": Signal.LAST,
}
SIGNAL_DEFAULT = "last"
"""Kraken's own default is not known; this is the one ccxt sends."""


def draft_send(api: Api, account_id: int, order: SendOrder) -> Draft:
    """An order as a draft. Raises Refusal, or ApiError where it cannot be read."""
    client_id = _checked_client_id(order.cli_ord_id)
    command = _command(api.market(order.symbol), order)
    command.account_id = account_id
    command.before_us = deadline_us(order.process_before)
    if client_id:
        command.client_hi, command.client_lo = api.venue.client_ids.digest(client_id)
    return Draft(command, client_id, lambda events: _told(api, account_id, client_id, events))


def _checked_client_id(client_id: str | None) -> str:
    if client_id is not None and len(client_id) > CLIENT_ID_MAX_CHARS:
        raise Refusal("clientOrderIdTooBig")
    return client_id or ""


def _command(market: MarketInfo, order: SendOrder) -> Command:
    kind = coded(ORDER_TYPES, order.order_type, "orderType")
    command = Command(
        kind=CommandKind.PLACE_ORDER,
        origin=Origin.USER,
        market_id=market.market_id,
        side=coded(SIDES, order.side, "side"),
        type=kind,
        qty_lots=lots(market, order.size),
        reduce_only=int(order.reduce_only),
    )
    priced = order.limit_price is not None and order.order_type != TRAILING
    if kind in LIMIT_TYPES or (kind in WAITING_TYPES and priced):
        command.price_ticks = ticks(market, given(order.limit_price), "limitPrice")
    if order.order_type == TRAILING:
        set_trail(market, command, order)
    elif kind in WAITING_TYPES:
        command.trigger_ticks = ticks(market, given(order.stop_price), "stopPrice")
    if kind in WAITING_TYPES:
        signal = order.trigger_signal or SIGNAL_DEFAULT
        command.signal = coded(SIGNALS, signal, "triggerSignal")
    return command


def set_trail(market: MarketInfo, command: Command, order: SendOrder) -> None:
    """The distance of a trailing stop, which has neither limit nor stop price."""
    if order.limit_price is not None:
        raise argument_invalid("limitPrice")
    if order.stop_price is not None:
        raise argument_invalid("stopPrice")
    distance = given(order.trailing_stop_max_deviation)
    unit = order.trailing_stop_deviation_unit
    if unit is None:
        raise refused("requiredArgumentMissing")
    if unit == "QUOTE_CURRENCY":
        command.trail_ticks = ticks(market, distance, DEVIATION)
        if command.trail_ticks <= 0:
            raise Refusal("invalidPrice")
    elif unit == "PERCENT":
        command.trail_ppm = _percent_ppm(distance)
    else:
        raise argument_invalid("trailingStopDeviationUnit")


def _percent_ppm(distance: Decimal) -> int:
    """A distance in percent: from 0.1 to 50, as Kraken takes it."""
    if not distance.is_finite() or not DEVIATION_MIN <= distance <= DEVIATION_MAX:
        raise argument_invalid(DEVIATION)
    scaled = distance * PPM_PER_PERCENT
    if scaled != int(scaled):
        raise argument_invalid(DEVIATION)
    return int(scaled)


def _told(api: Api, account_id: int, client_id: str, events: list[Event]) -> Json:
    """The `sendStatus` of an order, placed or refused."""
    refused_event = refusal(events)
    if refused_event is not None:
        return _refused(api, client_id, refused_event)
    order_id = placed_order_id(events, account_id)
    return {
        "order_id": api.ids.order(order_id),
        **named(client_id),
        "status": "placed",
        "receivedTime": iso(events[-1].time_us),
        "orderEvents": reply_events(api, events, order_id),
    }


def _refused(api: Api, client_id: str, event: Event) -> Json:
    """A client id used before names its first order; what would not trade as asked has an event."""
    status = ORDER_STATUS[Reject(event.reject)]
    order_id = api.ids.order(event.order_id) if event.order_id else api.ids.request(event.seq)
    told: Json = {"status": status, "receivedTime": iso(event.time_us), "orderEvents": []}
    if status in REJECT_REASON:
        reason = REJECT_REASON[status]
        told["orderEvents"].append(
            {"type": "REJECT", "uid": order_id, "order": None, "reason": reason}
        )
    if event.order_id or told["orderEvents"]:
        told["order_id"] = order_id
    return {**named(client_id), **told}
