"""`algoOrder`: conditional orders, placed, cancelled, asked for.

Binance keeps them apart until their price has come; here an order and what becomes of it have one
number.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import Leg, OrderType, Reject, Side
from longshore.engine.rows import Command, Event
from longshore.venue import views
from longshore.venue.dialects.binance_usdm import order_facts
from longshore.venue.dialects.binance_usdm.decode import (
    LIMIT_MAX,
    AlgoList,
    AlgoName,
    MaybeSymbol,
    NewAlgo,
)
from longshore.venue.dialects.binance_usdm.drafts import (
    SIGNALS,
    Draft,
    base_command,
    cancel_command,
    coded,
    good_till_us,
    lots,
    named,
    outcome,
    placing,
    refusal,
    refused,
    ticks,
)
from longshore.venue.dialects.binance_usdm.errors import (
    ACTIVATION,
    BAD_TIF,
    BAD_TYPE,
    CLOSE_WITH_SIZE,
    NO_ORDER,
    REDUCE_ONLY_CONFLICT,
    UNKNOWN_ORDER,
    ApiError,
    either,
    missing,
    not_required,
    not_valid,
    order_refused,
    rejected,
)
from longshore.venue.dialects.binance_usdm.order_objects import (
    WAITING,
    algo_object,
    is_conditional,
    queried_algo,
)
from longshore.venue.dialects.binance_usdm.spans import WEEK_MS, from_key, gathered, span_of
from longshore.venue.dialects.binance_usdm.values import PPM_DECIMALS, Json

if TYPE_CHECKING:
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call
    from longshore.venue.history import Span
    from longshore.venue.projections.records import OrderRecord

TYPES = {
    "STOP": OrderType.STOP,
    "STOP_MARKET": OrderType.STOP,
    "TAKE_PROFIT": OrderType.TAKE_PROFIT,
    "TAKE_PROFIT_MARKET": OrderType.TAKE_PROFIT,
    "TRAILING_STOP_MARKET": OrderType.STOP,
}
WITH_LIMIT = ("STOP", "TAKE_PROFIT")
TRAILING = "TRAILING_STOP_MARKET"
RESTS = {"GTC": 1, "GTD": 1, "IOC": 0}
CALLBACK_MIN, CALLBACK_MAX, CALLBACK_STEP = Decimal("0.1"), Decimal(20), Decimal("0.1")


async def place(api: Api, call: Call) -> Json:
    """POST algoOrder."""
    return await outcome(api, draft_algo(api, call.account_id, call.form(NewAlgo)))


def draft_algo(api: Api, account_id: int, asked: NewAlgo) -> Draft:
    """A conditional order as a draft. Raises ApiError."""
    if asked.algo_type != "CONDITIONAL":
        raise not_valid("algoType")
    kind = coded(TYPES, asked.type, BAD_TYPE)
    command = base_command(api, account_id, asked)
    command.type = kind
    command.signal = SIGNALS.get(asked.working_type, 0)
    if not command.signal:
        raise ApiError((-4031, f"Invalid parameter working type: `{asked.working_type}`"))
    if asked.price_protect:
        raise not_valid("priceProtect")
    _set_size(api, command, asked)
    _set_trigger(api, command, asked)
    _set_limit(api, command, asked)
    client_id = named(asked.client_algo_id)
    return placing(api, command, client_id, lambda events: _placed(api, command, client_id, events))


def _set_size(api: Api, command: Command, asked: NewAlgo) -> None:
    """A size, or the whole position whatever it is when the price has come."""
    if not asked.close_position:
        if asked.quantity is None:
            raise missing("quantity")
        command.qty_lots = lots(api.market(asked.symbol), asked.quantity)
        return
    if asked.quantity is not None:
        raise ApiError(CLOSE_WITH_SIZE)
    if asked.reduce_only or asked.type not in ("STOP_MARKET", "TAKE_PROFIT_MARKET"):
        raise ApiError(REDUCE_ONLY_CONFLICT)
    if command.leg != Leg.ONE_WAY and (command.leg == Leg.LONG) == (command.side == Side.BUY):
        raise ApiError(REDUCE_ONLY_CONFLICT)
    command.closes = command.reduce_only = 1


def _set_trigger(api: Api, command: Command, asked: NewAlgo) -> None:
    """A trigger price, or the distance of one that follows."""
    if asked.type != TRAILING:
        if asked.callback_rate is not None:
            raise not_required("callbackRate")
        if asked.trigger_price is None:
            raise missing("triggerPrice")
        command.trigger_ticks = ticks(api.market(asked.symbol), asked.trigger_price)
        return
    if asked.trigger_price is not None:
        raise not_required("triggerPrice")
    if asked.activate_price is not None:
        raise ApiError(ACTIVATION)
    if asked.callback_rate is None:
        raise missing("callbackRate")
    command.trail_ppm = _trail_ppm(asked.callback_rate)


def _trail_ppm(percent: Decimal) -> int:
    """A distance in percent, to a tenth of it."""
    if not CALLBACK_MIN <= percent <= CALLBACK_MAX or percent % CALLBACK_STEP:
        raise not_valid("callbackRate")
    return int(percent.scaleb(PPM_DECIMALS - 2))


def _set_limit(api: Api, command: Command, asked: NewAlgo) -> None:
    """What is left of a limit rests in the book, unless it is to be taken at once or not at all."""
    if asked.type not in WITH_LIMIT:
        if asked.price is not None:
            raise not_required("price")
        return
    if asked.price is None:
        raise missing("price")
    command.price_ticks = ticks(api.market(asked.symbol), asked.price)
    rests = RESTS.get(asked.time_in_force or "GTC")
    if rests is None:
        raise ApiError(BAD_TIF)
    command.rests = rests
    if asked.time_in_force == "GTD":
        command.expire_us = good_till_us(api, asked.good_till_date)


def _placed(api: Api, command: Command, client_id: str, events: list[Event]) -> Json:
    event = refusal(events)
    if event is not None:
        raise order_refused(event.reject, command.side, command.type)
    return algo_object(api, order_facts.taken(api, events, command.account_id, client_id))


async def cancel(api: Api, call: Call) -> Json:
    """DELETE algoOrder."""
    asked = call.form(AlgoName)
    order_id = _named_id(api, call.account_id, asked)
    row = views.find_order(api.view, call.account_id, order_id)
    if row is None or row.type not in WAITING or not api.known(row.market_id):
        raise ApiError(UNKNOWN_ORDER)
    client_id = api.venue.client_ids.text_of(row)
    reject = await refused(api, cancel_command(call.account_id, order_id))
    if reject != Reject.NONE:
        raise rejected(reject)
    return {"algoId": order_id, "clientAlgoId": client_id, "code": "200", "msg": "success"}


async def one(api: Api, call: Call) -> Json:
    """GET algoOrder: waiting or not any more."""
    asked = call.form(AlgoName)
    order_id = _named_id(api, call.account_id, asked)
    found = await order_facts.conditional(api, call.account_id, order_id)
    if found is None:
        raise ApiError(NO_ORDER)
    return queried_algo(api, found)


def _named_id(api: Api, account_id: int, asked: AlgoName) -> int:
    if asked.algo_id is None and asked.client_algo_id is None:
        raise either("algoId", "clientAlgoId")
    return order_facts.order_id_of(api, account_id, asked.algo_id, asked.client_algo_id)


async def open_orders(api: Api, call: Call) -> list[Json]:
    """GET openAlgoOrders: those that wait."""
    market_id = api.market_id(call.form(MaybeSymbol).symbol)
    found = await order_facts.open_orders(api, call.account_id, market_id, waiting=True)
    return [queried_algo(api, order) for order in found]


async def all_orders(api: Api, call: Call) -> list[Json]:
    """GET allAlgoOrders: also those that are gone, oldest first."""
    asked = call.form(AlgoList)
    market_id = api.market(asked.symbol).market_id
    span = span_of(asked.start_time, asked.end_time, min(asked.limit, LIMIT_MAX), WEEK_MS)
    if asked.algo_id is not None:
        span = from_key(span, order_facts.placement_key(asked.algo_id))

    async def read(part: Span) -> list[OrderRecord]:
        return await api.venue.history.orders(call.account_id, part, market_id)

    found = await gathered(read, is_conditional, span)
    return [queried_algo(api, await order_facts.as_placed(api, order)) for order in found]
