"""`/api/history`: what happened to the caller's orders and triggers.

An order is told as placed when its command is done: what it took at once is already filled in, as
Kraken tells it. `quantity` is what is still open.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec.structs import replace

from longshore.engine.codes import OrderType, Reason
from longshore.engine.events import EventKind
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.venue.dialects.kraken_futures import facts as order_facts
from longshore.venue.dialects.kraken_futures.order_objects import history_order
from longshore.venue.dialects.kraken_futures.pages import Key, gathered, page_of, span_of
from longshore.venue.dialects.kraken_futures.values import Json, millis
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call
    from longshore.venue.dialects.kraken_futures.facts import OrderFacts
    from longshore.venue.projections.records import FillRecord, OrderEvent

EVENTS_MAX = 100_000
"""More than one command does to an account's orders."""
END_REASONS: dict[int, str] = {
    Reason.BY_USER: "cancelled_by_user",
    Reason.IOC_REMAINDER: "ioc_order_failed_because_it_would_not_be_executed",
    Reason.REDUCE_ONLY_DONE: "would_not_reduce_position",
    Reason.LINKED: "cancelled_by_user",
    Reason.SELF_TRADE_STOPPED: "would_execute_self",
    Reason.LIQUIDATED: "liquidation",
    Reason.MARGIN_BREACH: "not_enough_margin",
    Reason.DEAD_MAN: "dead_man_switch",
    Reason.TRIGGER_REFUSED: "not_enough_margin",
    Reason.EXPIRED: "cancelled_by_user",
    Reason.MARKET_ENDED: "contract_expired",
    Reason.MARKET_HALTED: "market_inactive",
    Reason.GATE_SHUT: "cancelled_by_admin",
}
"""Why an order ended; the same words on the socket."""


async def orders(api: Api, call: Call) -> Json:
    """GET orders: everything but triggers."""
    return await _page(api, call, waiting=False)


async def triggers(api: Api, call: Call) -> Json:
    """GET triggers: stops and take-profits."""
    return await _page(api, call, waiting=True)


async def _page(api: Api, call: Call, waiting: bool) -> Json:
    span = span_of(call)
    account_id, market_id = call.account_id, asked_market_id(api, call)

    async def read(part: Span) -> list[OrderEvent]:
        return await api.venue.history.order_events(account_id, part, market_id)

    async def told(rows: list[OrderEvent]) -> list[tuple[Key, Json]]:
        beyond = await _rest_of_command(api, account_id, rows, span)
        return await _Tale(api, account_id, beyond).told(rows, span, waiting)

    page = page_of(await gathered(read, told, span), span)
    return {"accountUid": api.ids.account(account_id), "serverTime": api.now_iso(), **page}


async def _rest_of_command(
    api: Api, account_id: int, found: list[OrderEvent], span: Span
) -> list[OrderEvent]:
    """What the newest command of a page did besides, where the page ends in the middle of it."""
    if not found:
        return []
    newest = found[-1] if span.ascending else found[0]
    rest = Span(
        after_key=(newest.seq, newest.index),
        before_key=(newest.seq + 1, 0),
        ascending=True,
        limit=EVENTS_MAX,
    )
    return await api.venue.history.order_events(account_id, rest)


def asked_market_id(api: Api, call: Call) -> int:
    """The market that `tradeable` names, 0 for all."""
    symbol = call.parameters.get("tradeable", [""])[-1]
    return api.market(symbol).market_id if symbol else 0


class _Tale:
    """Goes along the events oldest first and keeps each order as it was last told.

    `beyond` are those that follow the page by the same command.
    """

    def __init__(self, api: Api, account_id: int, beyond: list[OrderEvent]) -> None:
        self._api = api
        self._beyond = beyond
        self._account_id = account_id
        self._orders: dict[int, OrderFacts] = {}

    async def told(
        self, events: list[OrderEvent], span: Span, waiting: bool
    ) -> list[tuple[Key, Json]]:
        """The elements by their events' keys, in the order asked for."""
        oldest_first = events if span.ascending else events[::-1]
        elements: list[tuple[Key, Json]] = []
        for at, event in enumerate(oldest_first):
            if event.kind == EventKind.REFUSED or not self._is_perpetual(event):
                continue
            facts = _after(self._api, await self._before(event), event)
            stands = _standing(event, facts)
            shown = facts if waiting else stands
            if shown.is_waiting == waiting:
                later = oldest_first[at + 1 :] + self._beyond
                elements += self._element(event, shown, later)
            self._orders[event.order_id] = stands
        return elements if span.ascending else elements[::-1]

    def _is_perpetual(self, event: OrderEvent) -> bool:
        return self._api.venue.catalog.market(event.market_id).is_dollar_perpetual

    async def _before(self, event: OrderEvent) -> OrderFacts | None:
        """The order before the event, also where it was placed before this page began."""
        known = self._orders.get(event.order_id)
        if known is not None or event.kind == EventKind.ORDER_PLACED:
            return known
        known = await order_before(self._api, self._account_id, event)
        if known is not None:
            self._orders[event.order_id] = known
        return known

    def _element(
        self, event: OrderEvent, facts: OrderFacts, later: list[OrderEvent]
    ) -> list[tuple[Key, Json]]:
        told = self._body(event, facts, later)
        if told is None:
            return []
        uid = self._api.ids.event(event.seq, event.index)
        element = {"uid": uid, "timestamp": millis(event.time_us), "event": told}
        return [((event.seq, event.index), element)]

    def _body(self, event: OrderEvent, facts: OrderFacts, later: list[OrderEvent]) -> Json | None:
        if event.kind == EventKind.ORDER_TRIGGERED and facts.is_waiting:
            return {"OrderTriggerActivated": {"order": self._order(facts)}}
        if event.kind in (EventKind.ORDER_PLACED, EventKind.ORDER_TRIGGERED):
            return self._placed(event, facts, later)
        if event.kind == EventKind.ORDER_ENDED:
            return self._ended(event, facts)
        if event.kind == EventKind.TRADED:
            return self._filled(event, facts)
        return self._updated(self._orders.get(event.order_id), facts, "edited_by_user")

    def _placed(self, event: OrderEvent, facts: OrderFacts, later: list[OrderEvent]) -> Json:
        name = "OrderTriggerPlaced" if facts.is_waiting else "OrderPlaced"
        for fill in _fills_at_once(event, later):
            facts = replace(facts, open_lots=fill.open_lots, filled_lots=fill.filled_lots)
        order = self._order(facts)
        return {name: {"order": order, "reason": "new_user_order", "reducedQuantity": ""}}

    def _ended(self, event: OrderEvent, facts: OrderFacts) -> Json | None:
        """The end of a filled order was told by its last fill."""
        if event.reason == Reason.FILLED:
            return None
        name = "OrderTriggerCancelled" if facts.is_waiting else "OrderCancelled"
        return {name: {"order": self._order(facts), "reason": END_REASONS[event.reason]}}

    def _filled(self, event: OrderEvent, facts: OrderFacts) -> Json | None:
        """A fill of an order that rested; one at once is part of its placement."""
        if _is_at_once(event, facts):
            return None
        reason = "partial_fill" if event.open_lots else "full_fill"
        return self._updated(self._orders.get(event.order_id), facts, reason)

    def _updated(self, old: OrderFacts | None, new: OrderFacts, reason: str) -> Json:
        """A change, with the order before and after it."""
        name = "OrderTriggerUpdated" if new.is_waiting else "OrderUpdated"
        body = {
            "oldOrder": self._order(old) if old else None,
            "newOrder": self._order(new),
            "reason": reason,
            "reducedQuantity": "",
        }
        return {name: body}

    def _order(self, facts: OrderFacts) -> Json:
        return history_order(self._api, facts, self._account_id)


async def order_before(
    api: Api, account_id: int, happened: OrderEvent | FillRecord
) -> OrderFacts | None:
    """An order as it stood before something happened to it; None before it was placed."""
    span = Span(before_key=(happened.seq, happened.index), ascending=True, limit=EVENTS_MAX)
    known = None
    for event in await api.venue.history.events_of_order(account_id, happened.order_id, span):
        if event.kind != EventKind.REFUSED:
            known = _standing(event, _after(api, known, event))
    return known


def _standing(event: OrderEvent, facts: OrderFacts) -> OrderFacts:
    """What an order is from an event on: one that was triggered waits no more."""
    return facts.fired() if event.kind == EventKind.ORDER_TRIGGERED else facts


def _after(api: Api, known: OrderFacts | None, event: OrderEvent) -> OrderFacts:
    """An order after an event. A fill and an end state its sizes only."""
    if known is None or event.kind not in (EventKind.TRADED, EventKind.ORDER_ENDED):
        facts = order_facts.of_order_event(api, event)
        return replace(facts, placed_us=known.placed_us) if known else facts
    return replace(
        known,
        open_lots=event.open_lots,
        filled_lots=event.filled_lots,
        updated_us=event.time_us,
    )


def _is_at_once(event: OrderEvent, facts: OrderFacts) -> bool:
    """Whether a fill came with its order's placement, or with its trigger: those never rest."""
    placed_now = event.order_id // ORDER_IDS_PER_COMMAND == event.seq
    return placed_now or facts.type in (OrderType.MARKET, OrderType.IOC, OrderType.FOK)


def _fills_at_once(placed: OrderEvent, later: list[OrderEvent]) -> list[OrderEvent]:
    """The fills of an order by the command that placed it."""
    same_command = takewhile(lambda event: event.seq == placed.seq, later)
    return [
        event
        for event in same_command
        if event.kind == EventKind.TRADED and event.order_id == placed.order_id
    ]
