"""`order`: placed, amended, cancelled, asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import OrderType, Origin, Reject, Side
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command, Event
from longshore.venue import views
from longshore.venue.dialects.binance_usdm import order_facts
from longshore.venue.dialects.binance_usdm.decode import Amendment, NewOrder, OrderName
from longshore.venue.dialects.binance_usdm.drafts import (
    NO_PRICE_MATCH,
    SIDES,
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
    ticks,
)
from longshore.venue.dialects.binance_usdm.errors import (
    ALGO_ONLY,
    BAD_SIDE,
    BAD_TIF,
    BAD_TYPE,
    LIMIT_ONLY,
    NO_ORDER,
    PRICE_MATCH,
    RESPONSE_TYPE,
    UNKNOWN_ORDER,
    ApiError,
    either,
    missing,
    not_required,
    not_valid,
    order_refused,
    rejected,
)
from longshore.venue.dialects.binance_usdm.exchange_info import ORDER_TYPES
from longshore.venue.dialects.binance_usdm.order_objects import WAITING, order_object, queried
from longshore.venue.dialects.binance_usdm.values import Json

if TYPE_CHECKING:
    from longshore.engine.rows import Order
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call

LIMIT_TYPES = {
    "GTC": OrderType.LIMIT,
    "IOC": OrderType.IOC,
    "FOK": OrderType.FOK,
    "GTX": OrderType.POST_ONLY,
    "GTD": OrderType.LIMIT,
}
RESPONSES = ("ACK", "RESULT")
AMENDABLE = (OrderType.LIMIT, OrderType.POST_ONLY)


async def place(api: Api, call: Call) -> Json:
    """POST order."""
    return await outcome(api, draft_order(api, call.account_id, call.form(NewOrder)))


async def test(api: Api, call: Call) -> Json:
    """POST order/test: read as an order, and not sent on."""
    draft_order(api, call.account_id, call.form(NewOrder))
    return {}


async def amend(api: Api, call: Call) -> Json:
    """PUT order."""
    return await outcome(api, draft_amendment(api, call.account_id, call.form(Amendment)))


async def cancel(api: Api, call: Call) -> Json:
    """DELETE order."""
    return await outcome(api, draft_cancel(api, call.account_id, call.form(OrderName)))


async def one(api: Api, call: Call) -> Json:
    """GET order: open or gone."""
    asked = call.form(OrderName)
    market = api.market(asked.symbol)
    order_id = named_id(api, call.account_id, asked)
    found = await order_facts.regular(api, call.account_id, market.market_id, order_id)
    if found is None:
        raise ApiError(NO_ORDER)
    return queried(api, found)


async def one_open(api: Api, call: Call) -> Json:
    """GET openOrder."""
    asked = call.form(OrderName)
    market = api.market(asked.symbol)
    order_id = named_id(api, call.account_id, asked)
    found = await order_facts.regular(api, call.account_id, market.market_id, order_id)
    if found is None or found.ended:
        raise ApiError(NO_ORDER)
    return queried(api, found)


def named_id(api: Api, account_id: int, asked: OrderName | Amendment) -> int:
    """The order meant, by either id; 0 for a client id that names none."""
    if asked.order_id is None and asked.orig_client_order_id is None:
        raise either("origClientOrderId", "orderId")
    return order_facts.order_id_of(api, account_id, asked.order_id, asked.orig_client_order_id)


def draft_order(api: Api, account_id: int, asked: NewOrder) -> Draft:
    """A new order as a draft. Raises ApiError."""
    if asked.type not in ORDER_TYPES:
        raise ApiError(BAD_TYPE)
    if asked.type not in ("LIMIT", "MARKET"):
        raise ApiError(ALGO_ONLY)
    if asked.new_order_resp_type not in RESPONSES:
        raise ApiError(RESPONSE_TYPE)
    command = base_command(api, account_id, asked)
    if asked.quantity is None:
        raise missing("quantity")
    market = api.market(asked.symbol)
    command.qty_lots = lots(market, asked.quantity)
    _set_type(api, command, asked)
    client_id = named(asked.new_client_order_id)
    whole = asked.new_order_resp_type == "RESULT"
    return placing(api, command, client_id, lambda e: _placed(api, (command, client_id), e, whole))


def _set_type(api: Api, command: Command, asked: NewOrder) -> None:
    if asked.type == "MARKET":
        command.type = OrderType.MARKET
        for name, value in (("price", asked.price), ("timeInForce", asked.time_in_force)):
            if value is not None:
                raise not_required(name)
        return
    if asked.time_in_force is None:
        raise missing("timeInForce")
    command.type = coded(LIMIT_TYPES, asked.time_in_force, BAD_TIF)
    if asked.price is None:
        raise missing("price")
    command.price_ticks = ticks(api.market(asked.symbol), asked.price)
    if asked.time_in_force == "GTD":
        command.expire_us = good_till_us(api, asked.good_till_date)


def _placed(api: Api, sent: tuple[Command, str], events: list[Event], whole: bool) -> Json:
    """A new order: as it was taken, or (`whole`) what came of it at once."""
    command, client_id = sent
    event = refusal(events)
    if event is not None:
        raise order_refused(event.reject, command.side, command.type)
    tell = order_facts.placed if whole else order_facts.taken
    return order_object(api, tell(api, events, command.account_id, client_id))


def resting(api: Api, account_id: int, market_id: int, order_id: int) -> Order | None:
    """A regular open order of the account in a market."""
    row = views.find_order(api.view, account_id, order_id)
    if row is None or row.market_id != market_id or row.type in WAITING:
        return None
    return row


def draft_cancel(api: Api, account_id: int, asked: OrderName) -> Draft:
    """A cancel as a draft. Raises ApiError."""
    market = api.market(asked.symbol)
    row = resting(api, account_id, market.market_id, named_id(api, account_id, asked))
    if row is None:
        raise ApiError(UNKNOWN_ORDER)
    return cancelling(api, account_id, row)


def cancelling(api: Api, account_id: int, row: Order) -> Draft:
    """A cancel of an open order as a draft."""
    before = order_facts.of_row(api, row)

    def told(events: list[Event]) -> Json:
        event = refusal(events)
        if event is not None:
            raise rejected(event.reject)
        return order_object(api, order_facts.followed(api, before, events))

    return Draft(cancel_command(account_id, before.order_id), "", told)


def draft_amendment(api: Api, account_id: int, asked: Amendment) -> Draft:
    """An amendment as a draft. Raises ApiError.

    The size counts what was filled; one that is filled already ends the order.
    """
    market = api.market(asked.symbol)
    if asked.price_match not in (None, NO_PRICE_MATCH):
        raise ApiError(PRICE_MATCH)
    if asked.price is None:
        raise missing("price")
    side = coded(SIDES, asked.side, BAD_SIDE)
    row = resting(api, account_id, market.market_id, named_id(api, account_id, asked))
    if row is None:
        raise ApiError(NO_ORDER)
    _check_amendable(row, side)
    size, price = lots(market, asked.quantity), ticks(market, asked.price)
    if 0 < size <= row.filled_lots:
        return cancelling(api, account_id, row)
    return _amending(api, row, size, price)


def _check_amendable(row: Order, side: Side) -> None:
    if row.type not in AMENDABLE:
        raise ApiError(LIMIT_ONLY)
    if row.side != side:
        raise not_valid("side")


def _amending(api: Api, row: Order, size_lots: int, price_ticks: int) -> Draft:
    before = order_facts.of_row(api, row)
    for wrong, reject in (
        (size_lots <= 0, Reject.QTY_NOT_POSITIVE),
        (price_ticks <= 0, Reject.PRICE_NOT_POSITIVE),
    ):
        if wrong:  # the engine reads zero as no change
            raise rejected(reject)
    command = Command(
        kind=CommandKind.AMEND_ORDER,
        origin=Origin.USER,
        account_id=before.account_id,
        order_id=before.order_id,
        qty_lots=size_lots - before.filled_lots,
        price_ticks=price_ticks,
    )

    def told(events: list[Event]) -> Json:
        event = refusal(events)
        if event is not None:
            raise order_refused(event.reject, before.side, before.type)
        return order_object(api, order_facts.followed(api, before, events))

    return Draft(command, "", told)
