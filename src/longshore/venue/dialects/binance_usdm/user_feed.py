"""The user-data stream: an account's orders as they change, and what they did to its money."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from longshore.engine.codes import OrderType, Reason
from longshore.engine.events import EventKind
from longshore.venue.dialects.binance_usdm import order_facts
from longshore.venue.dialects.binance_usdm.account_updates import account_messages
from longshore.venue.dialects.binance_usdm.order_objects import is_conditional, is_waiting
from longshore.venue.dialects.binance_usdm.order_updates import (
    algo_update,
    order_update,
    without_order,
)
from longshore.venue.dialects.binance_usdm.values import Json
from longshore.venue.projections import orders
from longshore.venue.projections.folding import units_of

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.projections.records import OrderRecord
    from longshore.venue.streams import Delivery

ORDER_KINDS = orders.CHANGES | {EventKind.ORDER_PLACED}


class UserFeed:
    """One account, followed from what its orders are now."""

    every_s = 1.0

    def __init__(self, api: Api, account_id: int, key: str) -> None:
        """Under a listen key."""
        self.account_id = account_id
        self.is_over = False
        self._api = api
        self._key = key
        self._known_seq = int(api.view.seq)
        found = [order_facts.of_row(api, row) for row in order_facts.open_rows(api, account_id)]
        self._orders: dict[int, OrderRecord] = {order.order_id: order for order in found}

    async def deliver(self, delivery: Delivery) -> list[Json]:
        """What a delivery has to tell, command by command: orders, then money and positions."""
        own = [event for event in delivery.private if self._concerns(event)]
        told: list[Json] = []
        for _, group in groupby(own, key=lambda event: event.seq):
            events = list(group)
            for event in events:
                if event.kind in ORDER_KINDS and event.account_id == self.account_id:
                    told += self._order_event(event)
            told += account_messages(self._api, self.account_id, events)
        return told

    def _concerns(self, event: Event) -> bool:
        """Whether it is the account's, and news: what is still on its way to the disk is not."""
        if event.seq <= self._known_seq:
            return False
        return self.account_id in (event.account_id, event.other_account_id)

    async def pulse(self) -> list[Json]:
        """Once a second: whether the key is still good."""
        if self._api.listen_keys.current(self.account_id) == self._key:
            return []
        self.is_over = True
        return [{"e": "listenKeyExpired", "E": self._api.now_ms, "listenKey": self._key}]

    def _order_event(self, event: Event) -> list[Json]:
        if not self._api.known(event.market_id):
            return []
        if event.kind == EventKind.ORDER_PLACED:
            return self._placed(event)
        before = self._orders.get(int(event.order_id))
        if before is None:
            return self._unknown(event)
        units = units_of(self._api.view.markets[event.market_id])
        value = units.value_atoms(event.price_ticks, event.qty_lots)
        after = orders.changed(before, event, value)
        self._orders[after.order_id] = after
        if after.ended:
            del self._orders[after.order_id]
        return self._changed(event, before, after)

    def _placed(self, event: Event) -> list[Json]:
        """A new order. One that sleeps beside its entry is told when it wakes."""
        client_id = self._api.venue.client_ids.text(event.client_hi, event.client_lo)
        order = self._orders[int(event.order_id)] = orders.placed(event, client_id)
        return self._new(order, event) if order.open_lots or order.closes else []

    def _new(self, order: OrderRecord, event: Event) -> list[Json]:
        if is_waiting(order):
            return [algo_update(self._api, order, event)]
        return [order_update(self._api, order, event, "NEW")]

    def _unknown(self, event: Event) -> list[Json]:
        """A match without an order: others' bankruptcies close positions so."""
        if event.kind == EventKind.TRADED and not event.order_id:
            return [without_order(self._api, event)]
        if event.kind != EventKind.ORDER_AMENDED or not event.open_lots:
            return []
        return self._placed(event)

    def _changed(self, event: Event, before: OrderRecord, after: OrderRecord) -> list[Json]:
        if event.kind == EventKind.TRADED:
            return [order_update(self._api, after, event, "TRADE")]
        if event.kind == EventKind.ORDER_TRIGGERED:
            fired = algo_update(self._api, before, event, after)
            return [fired, order_update(self._api, after, event, "NEW")]
        if event.kind == EventKind.ORDER_AMENDED:
            return self._amended(event, before, after)
        return self._ended(event, after)

    def _amended(self, event: Event, before: OrderRecord, after: OrderRecord) -> list[Json]:
        if is_waiting(after):
            return [algo_update(self._api, after, event)] if after.open_lots else []
        if not before.open_lots:
            return self._new(after, event)
        return [order_update(self._api, after, event, "AMENDMENT")]

    def _ended(self, event: Event, order: OrderRecord) -> list[Json]:
        """A fill has told of an order that it filled."""
        told = []
        if order.type == OrderType.LIQUIDATION and order.reason == Reason.FILLED:
            return []
        if not is_waiting(order) and order.reason != Reason.FILLED:
            told.append(order_update(self._api, order, event, ""))
        if is_conditional(order):
            told.append(algo_update(self._api, order, event))
        return told
