"""The stop and the target an opening order brings along: they wait for what it opens.   ORDR-019"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import OrderState, OrderType, Side
from longshore.engine.events import EventKind
from longshore.engine.orders import clear_draft, find_order, new_order, order_event
from longshore.engine.rows import Market, Order
from longshore.engine.state import State
from longshore.engine.triggers import join_triggers, leave_triggers


@rule
def attach(state: State, slot: I64) -> None:
    """Place the stop and the target of an accepted order; they sleep until it opens something."""
    order = state.orders[slot]
    order.stop_id = 0
    order.target_id = 0
    if order.stop_ticks != 0:
        order.stop_id = place_asleep(state, order, OrderType.STOP, order.stop_ticks, 0)
    if order.target_ticks != 0:
        stop_id = order.stop_id
        target = OrderType.TAKE_PROFIT
        order.target_id = place_asleep(state, order, target, order.target_ticks, stop_id)
        if stop_id != 0:
            state.orders[find_order(state, stop_id)].linked_id = order.target_id


@rule
def place_asleep(
    state: State, entry: Order, order_type: I64, trigger_ticks: I64, linked_id: I64
) -> I64:
    """One of them, on the other side, reduce-only, of no size yet; its id."""
    draft = state.drafts[0]
    clear_draft(draft)
    draft.account_id = entry.account_id
    draft.market_id = entry.market_id
    draft.place = entry.place
    draft.side = Side.SELL if entry.side == Side.BUY else Side.BUY
    draft.type = order_type
    draft.price_ticks = 0
    draft.qty_lots = 0
    draft.reduce_only = 1
    draft.trigger_ticks = trigger_ticks
    draft.signal = entry.signal
    draft.trigger_above = 1 if (order_type == OrderType.STOP) == (draft.side == Side.BUY) else 0
    draft.linked_id = linked_id
    slot = new_order(state, draft, 0)
    order = state.orders[slot]
    order.state = OrderState.ASLEEP
    order.parent_id = entry.order_id
    return order.order_id


@rule
def protect(state: State, market: Market, entry_slot: I64, opened_lots: I64) -> None:
    """What a fill opened is added to the size of the stop and the target.   ORDR-019"""
    entry = state.orders[entry_slot]
    if opened_lots == 0:
        return
    grow(state, market, entry.stop_id, opened_lots)
    grow(state, market, entry.target_id, opened_lots)


@rule
def grow(state: State, market: Market, order_id: I64, by_lots: I64) -> None:
    """More for one of them to close; it wakes if it slept. Gone, it stays gone."""
    slot = find_order(state, order_id) if order_id != 0 else NIL
    if slot == NIL:
        return
    order = state.orders[slot]
    order.qty_lots += by_lots
    if order.state == OrderState.ASLEEP:
        order.state = OrderState.WAITING
        join_triggers(state, market, slot)
    order_event(state, EventKind.ORDER_AMENDED, order)


@rule
def send_to_sleep(state: State, market: Market, order: Order) -> None:
    """The position closed while the entry may still fill: nothing is left to close for now."""
    leave_triggers(state, market, order)
    order.state = OrderState.ASLEEP
    order.qty_lots = 0
    order_event(state, EventKind.ORDER_AMENDED, order)
