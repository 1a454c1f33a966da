"""The feeds `open_orders` and `open_orders_verbose`: an account's orders as they change.

An order that rests is told with its fields, one cancelled with its ids alone, one filled whole with
nothing left of it. What never rested is told by the verbose feed only.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from msgspec.structs import replace

from longshore.engine.codes import OrderType, Reason, Reject
from longshore.engine.events import EventKind
from longshore.venue.dialects.kraken_futures import facts as order_facts
from longshore.venue.dialects.kraken_futures.order_history import END_REASONS
from longshore.venue.dialects.kraken_futures.order_objects import feed_order
from longshore.venue.dialects.kraken_futures.values import Json

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.facts import OrderFacts

ORDER_KINDS = (
    EventKind.ORDER_PLACED,
    EventKind.ORDER_AMENDED,
    EventKind.ORDER_TRIGGERED,
    EventKind.ORDER_ENDED,
    EventKind.TRADED,
)

REFUSAL_REASONS: dict[int, str] = {
    Reject.POST_WOULD_CROSS: "post_order_failed_because_it_would_filled",
    Reject.IOC_UNFILLABLE: "ioc_order_failed_because_it_would_not_be_executed",
    Reject.FOK_UNFILLABLE: "ioc_order_failed_because_it_would_not_be_executed",
    Reject.SELF_TRADE: "would_execute_self",
    Reject.WOULD_NOT_REDUCE: "would_not_reduce_position",
    Reject.INSUFFICIENT_MARGIN: "not_enough_margin",
}
"""Refused orders the verbose feed tells. `…would_filled` is Kraken's spelling."""


class OrderFeed:
    """The open orders of one account, followed from a snapshot on."""

    def __init__(self, api: Api, account_id: int, verbose: bool) -> None:
        """Nothing is known before `snapshot`."""
        self.name = "open_orders_verbose" if verbose else "open_orders"
        self._api = api
        self._account_id = account_id
        self._verbose = verbose
        self._open: dict[int, OrderFacts] = {}

    async def snapshot(self) -> list[Json]:
        """Every open order now; what follows is told against it."""
        found = await order_facts.open_orders(self._api, self._account_id)
        self._open = {facts.order_id: facts for facts in found}
        orders = [feed_order(self._api, facts) for facts in self._open.values()]
        account = self._api.ids.account(self._account_id)
        return [{"feed": f"{self.name}_snapshot", "account": account, "orders": orders}]

    async def messages(self, events: list[Event]) -> list[Json]:
        """What a delivery of the account's events has to tell."""
        told: list[Json] = []
        for _, group in groupby(events, key=lambda event: event.seq):
            told += self._command(list(group))
        return told

    def _command(self, events: list[Event]) -> list[Json]:
        """One command: an order it placed is told when it is known whether it rests."""
        told: list[Json] = []
        placed: dict[int, OrderFacts] = {}
        for event in events:
            if event.kind == EventKind.REFUSED and self._verbose:
                told += self._refused(event)
            elif event.kind in ORDER_KINDS and self._is_perpetual(event):
                told += self._event(event, placed)
        for order_id, facts in placed.items():
            self._open[order_id] = facts
            told.append(self._order(facts, "new_placed_order_by_user"))
        return told

    def _is_perpetual(self, event: Event) -> bool:
        return self._api.venue.catalog.market(event.market_id).is_dollar_perpetual

    def _event(self, event: Event, placed: dict[int, OrderFacts]) -> list[Json]:
        """Kraken knows no sleeping brackets: one is told as new with its first size."""
        if event.kind == EventKind.ORDER_PLACED:
            if event.type != OrderType.LIQUIDATION and event.open_lots:
                placed[event.order_id] = order_facts.of_event(self._api, event)
            return []
        if event.order_id in placed:
            return self._at_once(event, placed)
        if event.order_id in self._open:
            return self._later(event, self._open[event.order_id])
        if event.kind == EventKind.ORDER_AMENDED and event.open_lots:
            placed[event.order_id] = order_facts.of_event(self._api, event)
        return []

    def _at_once(self, event: Event, placed: dict[int, OrderFacts]) -> list[Json]:
        """What the command that placed an order did to it besides."""
        placed[event.order_id] = _changed(placed[event.order_id], event)
        if event.kind != EventKind.ORDER_ENDED:
            return []
        gone = placed.pop(event.order_id)
        return [self._gone(gone, event)] if self._verbose else []

    def _later(self, event: Event, before: OrderFacts) -> list[Json]:
        """What happened to an order that was open."""
        facts = self._open[event.order_id] = _changed(before, event)
        if event.kind == EventKind.ORDER_AMENDED and event.open_lots == 0:
            del self._open[event.order_id]
            return [self._ids(facts, END_REASONS[Reason.LINKED])]
        if event.kind == EventKind.ORDER_AMENDED:
            facts = self._open[event.order_id] = order_facts.of_event(
                self._api, event, before.placed_us
            )
            return [self._order(facts, "edited_by_user")]
        if event.kind == EventKind.TRADED:
            return [self._order(facts, "partial_fill")] if event.open_lots else []
        del self._open[event.order_id]
        if event.kind == EventKind.ORDER_TRIGGERED:
            return [self._ids(facts, "stop_order_triggered")]
        return [self._gone(facts, event)]

    def _gone(self, facts: OrderFacts, event: Event) -> Json:
        if event.reason == Reason.FILLED:
            return {**self._order(facts, "full_fill"), "is_cancel": True}
        return self._ids(facts, END_REASONS[event.reason])

    def _order(self, facts: OrderFacts, reason: str) -> Json:
        order = feed_order(self._api, facts)
        return {"feed": self.name, "order": order, "is_cancel": False, "reason": reason}

    def _ids(self, facts: OrderFacts, reason: str) -> Json:
        named = {"cli_ord_id": facts.client_id} if facts.client_id else {}
        order_id = self._api.ids.order(facts.order_id)
        head = {"feed": self.name, "order_id": order_id, **named}
        return {**head, "is_cancel": True, "reason": reason}

    def _refused(self, event: Event) -> list[Json]:
        reason = REFUSAL_REASONS.get(event.reject)
        if reason is None:
            return []
        client_id = self._api.venue.client_ids.text(event.client_hi, event.client_lo)
        named = {"cli_ord_id": client_id} if client_id else {}
        head = {"feed": self.name, "order_id": self._api.ids.request(event.seq), **named}
        return [{**head, "is_cancel": True, "reason": reason}]


def _changed(facts: OrderFacts, event: Event) -> OrderFacts:
    return replace(
        facts,
        open_lots=event.open_lots,
        filled_lots=event.filled_lots,
        updated_us=event.time_us,
    )
