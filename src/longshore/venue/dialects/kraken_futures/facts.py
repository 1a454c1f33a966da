"""One order as it stands, from whatever tells of it: an engine row, an event, a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from longshore.engine.clients import client_order
from longshore.engine.codes import OrderState, OrderType
from longshore.rulebooks import MarketInfo
from longshore.venue import views

if TYPE_CHECKING:
    from longshore.engine.rows import Event, Order
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.projections.records import OrderEvent, OrderRecord


class OrderFacts(msgspec.Struct):
    """What every form of Kraken's order object is made of."""

    market: MarketInfo
    order_id: int
    client_id: str
    side: int
    type: int
    price_ticks: int
    trigger_ticks: int
    signal: int
    reduce_only: bool
    open_lots: int
    filled_lots: int
    placed_us: int
    updated_us: int

    @property
    def is_waiting(self) -> bool:
        """Whether it is a stop or take-profit."""
        return self.type in (OrderType.STOP, OrderType.TAKE_PROFIT)

    @property
    def total_lots(self) -> int:
        """What is open and what was filled."""
        return self.open_lots + self.filled_lots

    def fired(self) -> OrderFacts:
        """What a waiting order becomes when its price has come."""
        taking = OrderType.IOC if self.price_ticks else OrderType.MARKET
        return msgspec.structs.replace(self, type=taking)


def of_row(api: Api, order: Order) -> OrderFacts:
    """An open order of the engine."""
    return OrderFacts(
        market=api.venue.catalog.market(order.market_id),
        order_id=order.order_id,
        client_id=api.venue.client_ids.text_of(order),
        side=order.side,
        type=order.type,
        price_ticks=order.price_ticks,
        trigger_ticks=order.trigger_ticks,
        signal=order.signal,
        reduce_only=order.reduce_only == 1,
        open_lots=order.qty_lots,
        filled_lots=order.filled_lots,
        placed_us=order.placed_us,
        updated_us=order.placed_us,
    )


def of_event(api: Api, event: Event, placed_us: int = 0) -> OrderFacts:
    """An order as an ORDER_… or TRADED event tells it; placed then, unless the caller knows."""
    return OrderFacts(
        market=api.venue.catalog.market(event.market_id),
        order_id=event.order_id,
        client_id=api.venue.client_ids.text(event.client_hi, event.client_lo),
        side=event.side,
        type=event.type,
        price_ticks=event.price_ticks,
        trigger_ticks=event.trigger_ticks,
        signal=event.signal,
        reduce_only=event.flag == 1,
        open_lots=event.open_lots,
        filled_lots=event.filled_lots,
        placed_us=placed_us or event.time_us,
        updated_us=event.time_us,
    )


def of_record(api: Api, record: OrderRecord) -> OrderFacts:
    """An order of the history, open or gone."""
    return _stored(api, record, record.updated_us)


def of_order_event(api: Api, record: OrderEvent) -> OrderFacts:
    """An order as one event of its history tells it."""
    return _stored(api, record, record.time_us)


def _stored(api: Api, record: OrderRecord | OrderEvent, updated_us: int) -> OrderFacts:
    return OrderFacts(
        market=api.venue.catalog.market(record.market_id),
        order_id=record.order_id,
        client_id=record.client_id,
        side=record.side,
        type=record.type,
        price_ticks=record.price_ticks,
        trigger_ticks=record.trigger_ticks,
        signal=record.signal,
        reduce_only=record.reduce_only == 1,
        open_lots=record.open_lots,
        filled_lots=record.filled_lots,
        placed_us=record.time_us,
        updated_us=updated_us,
    )


async def dated(api: Api, account_id: int, found: list[OrderFacts]) -> list[OrderFacts]:
    """Orders of the engine with the time of their last change, which history alone keeps."""
    if not found:
        return []
    times = await api.venue.history.updated_us(account_id, [facts.order_id for facts in found])
    return [
        msgspec.structs.replace(facts, updated_us=times.get(facts.order_id, facts.placed_us))
        for facts in found
    ]


async def open_orders(api: Api, account_id: int) -> list[OrderFacts]:
    """The account's open perpetual orders, newest first."""
    found = [of_row(api, row) for row in open_rows(api, account_id)]
    return await dated(api, account_id, found)


def open_rows(api: Api, account_id: int) -> Iterator[Order]:
    """The account's open perpetual orders, newest first."""
    for order in views.open_orders(api.view, account_id):
        asleep = order.state == OrderState.ASLEEP
        if not asleep and api.venue.catalog.market(order.market_id).is_dollar_perpetual:
            yield order


def named_order_id(api: Api, account_id: int, client_id: str) -> int:
    """The first order the account gave this client id; 0 when there is none."""
    client_hi, client_lo = api.venue.client_ids.digest(client_id)
    return client_order(api.view, account_id, client_hi, client_lo)
