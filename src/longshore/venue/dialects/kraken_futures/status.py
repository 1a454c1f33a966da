"""`openorders` and `orders/status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Reason
from longshore.engine.events import EventKind
from longshore.venue import views
from longshore.venue.dialects.kraken_futures import facts as order_facts
from longshore.venue.dialects.kraken_futures.order_objects import open_order, status_order
from longshore.venue.dialects.kraken_futures.values import Json
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call
    from longshore.venue.dialects.kraken_futures.facts import OrderFacts
    from longshore.venue.projections.records import OrderRecord

FINISHED_FOR_US = 5_000_000
"""How long an order that is gone can still be asked for."""
FINISHED_MAX = 1_000

UPDATE_REASONS: dict[int, str] = {
    Reason.BY_USER: "CANCELLED_BY_USER",
    Reason.FILLED: "FULL_FILL",
    Reason.IOC_REMAINDER: "PARTIAL_FILL",
    Reason.REDUCE_ONLY_DONE: "WOULD_NOT_REDUCE_POSITION",
    Reason.SELF_TRADE_STOPPED: "WOULD_EXECUTE_SELF",
    Reason.LIQUIDATED: "LIQUIDATION",
    Reason.MARGIN_BREACH: "NOT_ENOUGH_MARGIN",
    Reason.DEAD_MAN: "DEAD_MAN_SWITCH",
    Reason.GATE_SHUT: "CANCELLED_BY_ADMIN",
}


async def open_orders(api: Api, call: Call) -> Json:
    """GET openorders, triggers too."""
    found = await order_facts.open_orders(api, call.account_id)
    return {"openOrders": [open_order(api, facts) for facts in found]}


async def orders_status(api: Api, call: Call) -> Json:
    """GET or POST orders/status: open orders, and those gone for five seconds at most."""
    if "orderIds" in call.parameters or "cliOrdIds" in call.parameters:
        wanted = _wanted(api, call)
    else:
        wanted = await _all(api, call.account_id)
    found = [await _status(api, call.account_id, order_id) for order_id in wanted]
    return {"orders": [status for status in found if status is not None]}


def _wanted(api: Api, call: Call) -> list[int]:
    """The orders asked for, by either id; ids that name nothing are left out."""
    by_id = [api.ids.order_id(text) for text in call.parameters.get("orderIds", [])]
    names = call.parameters.get("cliOrdIds", [])
    by_name = [order_facts.named_order_id(api, call.account_id, name) for name in names]
    return [order_id for order_id in by_id + by_name if order_id]


async def _all(api: Api, account_id: int) -> list[int]:
    """Every order that is open, and those that ended a moment ago."""
    opened = [row.order_id for row in order_facts.open_rows(api, account_id)]
    span = Span(after_us=api.venue.now_us - FINISHED_FOR_US, limit=FINISHED_MAX)
    events = await api.venue.history.order_events(account_id, span)
    gone = {event.order_id for event in events if event.kind == EventKind.ORDER_ENDED}
    return opened + sorted(gone - set(opened))


async def _status(api: Api, account_id: int, order_id: int) -> Json | None:
    row = views.find_order(api.view, account_id, order_id)
    if row is not None:
        (facts,) = await order_facts.dated(api, account_id, [order_facts.of_row(api, row)])
        return _told(api, facts, _open_status(facts), None)
    record = await api.venue.history.order(account_id, order_id)
    if record is None or api.venue.now_us - record.updated_us > FINISHED_FOR_US:
        return None
    facts = order_facts.of_record(api, record)
    return _told(api, facts, _gone_status(record), UPDATE_REASONS.get(record.reason))


def _open_status(facts: OrderFacts) -> str:
    if facts.is_waiting:
        return "TRIGGER_PLACED"
    return "PARTIALLY_FILLED" if facts.filled_lots else "ENTERED_BOOK"


def _gone_status(record: OrderRecord) -> str:
    return "FULLY_EXECUTED" if record.reason == Reason.FILLED else "CANCELLED"


def _told(api: Api, facts: OrderFacts, status: str, reason: str | None) -> Json:
    order = status_order(api, facts)
    return {"order": order, "status": status, "updateReason": reason, "error": None}
