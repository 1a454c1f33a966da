"""The `orderEvents` of a reply: what one command did to one order, in Kraken's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from longshore.engine.codes import OrderType, Reason
from longshore.engine.events import EventKind
from longshore.venue.dialects.kraken_futures import facts as order_facts
from longshore.venue.dialects.kraken_futures.api import price, size
from longshore.venue.dialects.kraken_futures.order_objects import event_order, event_trigger
from longshore.venue.dialects.kraken_futures.values import Json

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.facts import OrderFacts


def refusal(events: list[Event]) -> Event | None:
    """The refusal of a command, if it was refused."""
    return next((event for event in events if event.kind == EventKind.REFUSED), None)


def placed_order_id(events: list[Event], account_id: int) -> int:
    """The order a command of the account placed. What was due before it may be among the events."""
    return next(
        event.order_id
        for event in events
        if event.kind == EventKind.ORDER_PLACED
        and event.account_id == account_id
        and event.type != OrderType.LIQUIDATION
    )


def reply_events(
    api: Api, events: list[Event], order_id: int, before: OrderFacts | None = None
) -> list[Json]:
    """Everything that happened to one order; `before` is how it stood when it was edited."""
    told = _Telling(api, before)
    for event in events:
        if event.order_id == order_id:
            told.take(event)
    return told.finished()


def cancel_event(api: Api, order: OrderFacts) -> Json:
    """An order that was ended."""
    uid = api.ids.order(order.order_id)
    return {"type": "CANCEL", "uid": uid, "order": event_order(api, order)}


class _Telling:
    """Goes along the events of one order and keeps what it looked like before each."""

    def __init__(self, api: Api, before: OrderFacts | None) -> None:
        self._api = api
        self._before = before
        self._now = before
        self._rests = False
        self._reduced_lots = 0
        self._told: list[Json] = []

    def take(self, event: Event) -> None:
        """One event of the order."""
        if event.kind == EventKind.ORDER_PLACED:
            self._placed(event)
        elif event.kind == EventKind.ORDER_AMENDED:
            self._amended(event)
        elif event.kind == EventKind.ORDER_TRIGGERED:
            self._triggered()
        elif event.kind == EventKind.TRADED:
            self._traded(event)
        elif event.kind == EventKind.ORDER_ENDED:
            self._ended(event)

    def _placed(self, event: Event) -> None:
        self._now = order_facts.of_event(self._api, event)
        self._rests = True
        self._reduced_lots = event.qty_lots - event.open_lots

    def _amended(self, event: Event) -> None:
        assert self._before is not None, "an amendment of an order that was not there"
        self._now = order_facts.of_event(self._api, event, self._before.placed_us)
        self._told.append(
            {
                "type": "EDIT",
                "old": event_order(self._api, self._before),
                "new": event_order(self._api, self._now),
                "reducedQuantity": None,
            }
        )

    def _traded(self, event: Event) -> None:
        assert self._now is not None, "a fill before the order was placed"
        prior = self._now
        edited = event_order(self._api, self._before) if self._before else None
        self._told.append(
            {
                "type": "EXECUTION",
                "executionId": self._api.ids.event(event.seq, event.index),
                "price": price(prior.market, event.price_ticks),
                "amount": size(prior.market, event.qty_lots),
                "orderPriorEdit": edited,
                "orderPriorExecution": event_order(self._api, prior),
                "takerReducedQuantity": self._reduced(),
            }
        )
        self._now = replace(prior, open_lots=event.open_lots, filled_lots=event.filled_lots)

    def _triggered(self) -> None:
        assert self._now is not None, "a trigger before the order was placed"
        self._told.append(self._place())
        self._now = self._now.fired()
        self._rests = False

    def _ended(self, event: Event) -> None:
        assert self._now is not None, "the end of an order before it was placed"
        self._rests = False
        if event.reason != Reason.FILLED:
            last = replace(self._now, open_lots=event.open_lots, updated_us=event.time_us)
            self._told.append(cancel_event(self._api, last))

    def finished(self) -> list[Json]:
        """All of it; a new order that rests or waits is told last."""
        return [*self._told, self._place()] if self._rests else self._told

    def _place(self) -> Json:
        assert self._now is not None
        waiting = self._now.is_waiting
        order = (
            {"orderTrigger": event_trigger(self._api, self._now)}
            if waiting
            else {"order": event_order(self._api, self._now)}
        )
        return {"type": "PLACE", **order, "reducedQuantity": self._reduced()}

    def _reduced(self) -> object:
        """How much a reduce-only order was cut by, null when it was not."""
        if self._now is None or not self._reduced_lots:
            return None
        return size(self._now.market, self._reduced_lots)
