"""`cancelorder`, `cancelallorders`, `cancelallordersafter`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Origin, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command, Event
from longshore.venue import views
from longshore.venue.dialects.kraken_futures import facts as order_facts
from longshore.venue.dialects.kraken_futures.drafts import (
    Draft,
    Refusal,
    deadline_us,
    named,
    named_order_id,
)
from longshore.venue.dialects.kraken_futures.errors import ORDER_STATUS, argument_invalid
from longshore.venue.dialects.kraken_futures.order_events import (
    cancel_event,
    refusal,
    reply_events,
)
from longshore.venue.dialects.kraken_futures.values import Json, iso

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call
    from longshore.venue.dialects.kraken_futures.decode import CancelOrder
    from longshore.venue.dialects.kraken_futures.facts import OrderFacts

SECOND_US = 1_000_000
TIMEOUT_MAX_S = 86_400 * 365
TIMEOUT_MAX_DIGITS = 8


def draft_cancel(api: Api, account_id: int, cancel: CancelOrder) -> Draft:
    """A cancel as a draft. Raises Refusal, or ApiError where it cannot be read."""
    order_id = named_order_id(api, account_id, cancel.order_id, cancel.cli_ord_id)
    if not order_id:
        raise Refusal("notFound")
    row = views.find_order(api.view, account_id, order_id)
    before = order_facts.of_row(api, row) if row is not None else None
    command = Command(
        kind=CommandKind.CANCEL_ORDER,
        origin=Origin.USER,
        account_id=account_id,
        order_id=order_id,
        before_us=deadline_us(cancel.process_before),
    )
    return Draft(command, "", lambda events: _told(api, order_id, before, events))


def _told(api: Api, order_id: int, before: OrderFacts | None, events: list[Event]) -> Json:
    """The `cancelStatus` of a cancel, made or refused."""
    event = refusal(events)
    status = "cancelled" if event is None else ORDER_STATUS[Reject(event.reject)]
    return {
        "order_id": api.ids.order(order_id),
        **named(before.client_id if before else ""),
        "status": status,
        "receivedTime": iso(events[-1].time_us),
        "orderEvents": reply_events(api, events, order_id, before),
    }


async def cancel_all(api: Api, call: Call) -> Json:
    """POST cancelallorders: every order of the account, in one market or in all; triggers too."""
    symbol = call.parameters.get("symbol", [""])[-1]
    market_id = api.market(symbol).market_id if symbol else 0
    command = Command(
        kind=CommandKind.CANCEL_ALL,
        origin=Origin.USER,
        account_id=call.account_id,
        market_id=market_id,
    )
    (events,) = await api.submit([command])
    ended = [event for event in events if _is_ended(event, call.account_id)]
    orders = [order_facts.of_event(api, event) for event in ended]
    return {"cancelStatus": _all_told(api, symbol.upper() or "all", orders)}


def _is_ended(event: Event, account_id: int) -> bool:
    return event.kind == EventKind.ORDER_ENDED and event.account_id == account_id


def _all_told(api: Api, scope: str, orders: list[OrderFacts]) -> Json:
    return {
        "receivedTime": api.now_iso(),
        "cancelOnly": scope,
        "status": "cancelled" if orders else "noOrdersToCancel",
        "cancelledOrders": [
            {"order_id": api.ids.order(order.order_id), **named(order.client_id)}
            for order in orders
        ],
        "orderEvents": [cancel_event(api, order) for order in orders],
    }


async def cancel_all_after(api: Api, call: Call) -> Json:
    """POST cancelallordersafter: the dead man's switch, in whole seconds of world time."""
    timeout_s = _timeout_s(call.required("timeout"))
    command = Command(
        kind=CommandKind.CANCEL_ALL_AFTER,
        origin=Origin.USER,
        account_id=call.account_id,
        value=timeout_s * SECOND_US,
    )
    (events,) = await api.submit([command])
    armed = next(event for event in events if event.kind == EventKind.DEAD_MAN_SET)
    trigger = iso(armed.amount_atoms) if armed.amount_atoms else "0"
    return {"status": {"currentTime": iso(armed.time_us), "triggerTime": trigger}}


def _timeout_s(text: str) -> int:
    whole = text.isascii() and text.isdigit() and len(text) <= TIMEOUT_MAX_DIGITS
    if not whole or int(text) > TIMEOUT_MAX_S:
        raise argument_invalid("timeout")
    return int(text)
