"""One order as it stands, from whatever tells of it: an engine row, its events, history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from longshore.engine.clients import client_order
from longshore.engine.codes import OrderState, OrderType
from longshore.engine.events import EventKind
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.venue import views
from longshore.venue.dialects.binance_usdm.order_objects import WAITING, is_conditional, is_waiting
from longshore.venue.history import Span
from longshore.venue.projections import orders
from longshore.venue.projections.folding import units_of

if TYPE_CHECKING:
    from longshore.engine.rows import Event, Order
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.projections.records import OrderRecord


def of_row(api: Api, row: Order) -> OrderRecord:
    """An open order of the engine. A limit that waited before is told as any other."""
    made = orders.standing(api.view, row, api.venue.client_ids.text_of(row))
    return replace(made, triggered_us=0)


def placed(api: Api, events: list[Event], account_id: int, client_id: str) -> OrderRecord:
    """The order that a command of an account placed, after all of the command's events."""
    own = next(i for i, event in enumerate(events) if is_placement(event, account_id))
    units = units_of(api.view.markets[events[own].market_id])
    return orders.folded(events[own:], client_id, units)


def taken(api: Api, events: list[Event], account_id: int, client_id: str) -> OrderRecord:
    """The same before anything came of it."""
    placements = [event for event in events if is_placement(event, account_id)]
    return placed(api, placements[:1], account_id, client_id)


def is_placement(event: Event, account_id: int) -> bool:
    """Whether a command of the account placed it. What was due before may be among its events."""
    if event.kind != EventKind.ORDER_PLACED or event.account_id != account_id:
        return False
    return bool(event.type != OrderType.LIQUIDATION)


def followed(api: Api, order: OrderRecord, events: list[Event]) -> OrderRecord:
    """An order after later events, which may be of others too."""
    units = units_of(api.view.markets[order.market_id])
    for event in events:
        own = event.order_id == order.order_id and event.account_id == order.account_id
        if own and event.kind in orders.CHANGES:
            value = units.value_atoms(event.price_ticks, event.qty_lots)
            order = orders.changed(order, event, value)
    return order


def open_rows(api: Api, account_id: int) -> Iterator[Order]:
    """The account's open perpetual orders, newest first; not those of brackets that sleep."""
    for row in views.open_orders(api.view, account_id):
        if row.state != OrderState.ASLEEP and api.known(row.market_id):
            yield row


async def open_orders(
    api: Api, account_id: int, market_id: int, *, waiting: bool
) -> list[OrderRecord]:
    """The account's open orders in one market or (0) all, oldest first: resting ones, or waiting.

    When an order last changed is known to history alone.
    """
    found = [
        of_row(api, row)
        for row in open_rows(api, account_id)
        if market_id in (0, row.market_id) and (row.type in WAITING) == waiting
    ][::-1]
    if not found:
        return []
    times = await api.venue.history.updated_us(account_id, [order.order_id for order in found])
    return [
        replace(order, updated_us=times.get(order.order_id, order.updated_us)) for order in found
    ]


def order_id_of(api: Api, account_id: int, order_id: int | None, client_id: str | None) -> int:
    """The order named by either id; 0 where there is none of this client id."""
    if order_id is not None:
        return order_id
    client_hi, client_lo = api.venue.client_ids.digest(client_id or "")
    return client_order(api.view, account_id, client_hi, client_lo)


def placement_key(order_id: int) -> tuple[int, int]:
    """The (seq, index) at which an order of this number was placed, or just before it."""
    return order_id // ORDER_IDS_PER_COMMAND, 0


async def regular(api: Api, account_id: int, market_id: int, order_id: int) -> OrderRecord | None:
    """A regular order of the account in a market, open or gone."""
    found = await api.venue.history.order(account_id, order_id)
    if found is None or found.market_id != market_id or is_waiting(found):
        return None
    return found


async def conditional(api: Api, account_id: int, order_id: int) -> OrderRecord | None:
    """A conditional order of the account, open or gone, under the terms it was placed with."""
    found = await api.venue.history.order(account_id, order_id)
    if found is None or not is_conditional(found) or not api.known(found.market_id):
        return None
    return await as_placed(api, found)


async def as_placed(api: Api, order: OrderRecord) -> OrderRecord:
    """A limit that waited, with the trigger it waited for: only its first event has it."""
    if order.type in WAITING:
        return order
    span = Span(limit=1, ascending=True)
    read = api.venue.history.events_of_order
    (first,) = await read(order.account_id, order.order_id, span)
    return replace(
        order,
        type=first.type,
        trigger_ticks=first.trigger_ticks,
        signal=first.signal,
        rests=1,
    )
