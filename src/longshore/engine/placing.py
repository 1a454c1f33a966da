"""Orders as people send them: place, amend, cancel, and waiting orders that fire."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.brackets import attach
from longshore.engine.checks import (
    display_refusal,
    form_refusal,
    is_delayed,
    place_refusal,
    room_refusal,
    take_refusal,
    waits,
)
from longshore.engine.clients import client_order
from longshore.engine.codes import (
    MarketKind,
    MarketState,
    OrderState,
    OrderType,
    Origin,
    Reason,
    Reject,
)
from longshore.engine.events import EventKind
from longshore.engine.ledger import is_user
from longshore.engine.orders import (
    after_order_change,
    close_linked,
    copy_draft,
    count_order,
    cut_resting,
    end_order,
    find_order,
    new_order,
    order_event,
    set_hold,
    stop_resting,
)
from longshore.engine.positions import reducible_lots
from longshore.engine.risk import ask_before
from longshore.engine.rows import Command, Market, Order
from longshore.engine.state import State, next_event, position_slot
from longshore.engine.tasks import (
    SWEEP_MARKET,
    SWEEP_MOVING,
    TASK_MATCH,
    push_sweep,
    push_task,
)
from longshore.engine.timers import clear_timer, set_expiry
from longshore.engine.trails import trailing_ticks, trails
from longshore.engine.triggers import join_triggers, leave_triggers, signal_subticks
from longshore.engine.units import smaller


@rule
def refuse(state: State, command: Command, reject: I64) -> None:
    """Say why a command was refused; nothing else has changed."""
    event = next_event(state, EventKind.REFUSED)
    event.account_id = command.account_id
    event.market_id = command.market_id
    event.order_id = command.order_id
    event.client_hi = command.client_hi
    event.client_lo = command.client_lo
    event.type = command.kind
    event.reject = reject
    if reject == Reject.CLIENT_ID_TAKEN:
        event.order_id = client_order(
            state, command.account_id, command.client_hi, command.client_lo
        )


@rule
def place(state: State, command: Command) -> None:
    """Accept an order, or refuse it by name."""
    refusal = place_refusal(state, command)
    if refusal != Reject.NONE:
        refuse(state, command, refusal)
        return
    draft = state.drafts[0]
    slot = new_order(state, draft, command.qty_lots)
    order = state.orders[slot]
    if order.linked_id != 0:
        state.orders[find_order(state, order.linked_id)].linked_id = order.order_id
    if order.stop_ticks != 0 or order.target_ticks != 0:
        attach(state, slot)
    if waits(order.type):
        order.state = OrderState.WAITING
        join_triggers(state, state.markets[order.market_id], slot)
    elif is_delayed(state.markets[order.market_id], order):
        hold(state, slot)
    else:
        push_task(state, TASK_MATCH, slot)


@rule
def order_refusal(state: State, command: Command) -> I64:
    """Whether a command names an open order of its account, in a market that moves."""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    slot = find_order(state, command.order_id)
    if slot == NIL:
        return Reject.UNKNOWN_ORDER
    if state.orders[slot].account_id != command.account_id:
        return Reject.NOT_YOUR_ORDER
    return Reject.NONE


@rule
def cancel(state: State, command: Command) -> None:
    """End one order."""
    refusal = order_refusal(state, command)
    slot = find_order(state, command.order_id)
    if refusal == Reject.NONE and is_shut(state, command, state.orders[slot].market_id):
        refusal = Reject.MARKET_HALTED
    if refusal != Reject.NONE:
        refuse(state, command, refusal)
        return
    end_order(state, slot, Reason.BY_USER, Reject.NONE)


@rule
def is_shut(state: State, command: Command, market_id: I64) -> bool:
    """Whether a market is halted: only the venue cancels orders there.   ORDR-014"""
    halted = state.markets[market_id].state == MarketState.HALTED
    return halted and command.origin != Origin.OPERATOR


@rule
def cancel_all(state: State, command: Command) -> I64:
    """End all orders of an account, in one market or in all but the halted ones."""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    if command.market_id < 0 or command.market_id > state.markets_count:
        return Reject.UNKNOWN_MARKET
    if command.market_id > 0 and is_shut(state, command, command.market_id):
        return Reject.MARKET_HALTED
    which = SWEEP_MARKET if command.origin == Origin.OPERATOR else SWEEP_MOVING
    push_sweep(state, command.account_id, command.market_id, which, Reason.BY_USER)
    return Reject.NONE


@rule
def amend(state: State, command: Command) -> None:
    """New price, open size or trigger.   ORDR-012"""
    refusal = order_refusal(state, command)
    if refusal == Reject.NONE:
        slot = find_order(state, command.order_id)
        order = state.orders[slot]
        refusal = amend_draft_refusal(state, order, command)
        if refusal == Reject.NONE:
            refusal = carry_amend(state, slot)
    if refusal != Reject.NONE:
        refuse(state, command, refusal)


@rule
def amend_draft_refusal(state: State, order: Order, command: Command) -> I64:
    """The order as it would be, in the draft; its form checked like a new one's."""
    draft = state.drafts[0]
    copy_draft(draft, order)
    draft.price_ticks = command.price_ticks if command.price_ticks != 0 else order.price_ticks
    draft.qty_lots = command.qty_lots if command.qty_lots != 0 else order.qty_lots
    if command.trigger_ticks != 0 or trails(order):
        draft.trigger_ticks = command.trigger_ticks
    if order.reduce_only == 1 and order.state == OrderState.RESTING:
        draft.qty_lots = smaller(draft.qty_lots, reducible_lots(state, order))
    if order.state == OrderState.ASLEEP:
        draft.qty_lots = 1  # it has no size yet; its form is checked with the smallest
    same = draft.price_ticks == order.price_ticks and (
        draft.qty_lots == order.qty_lots or order.state == OrderState.ASLEEP
    )
    form = form_refusal(state, draft)
    if trails(order):
        draft.trigger_ticks = order.trigger_ticks
    if form == Reject.NONE and same and draft.trigger_ticks == order.trigger_ticks:
        return Reject.NOTHING_TO_CHANGE
    return form


@rule
def carry_amend(state: State, slot: I64) -> I64:
    """Carry out an amendment whose form is right; a refusal leaves the order as it was."""
    order = state.orders[slot]
    draft = state.drafts[0]
    market = state.markets[order.market_id]
    if order.state == OrderState.WAITING or order.state == OrderState.ASLEEP:
        amend_waiting(state, market, slot)
        return Reject.NONE
    if order.state == OrderState.HELD:
        order.price_ticks = draft.price_ticks
        order.qty_lots = draft.qty_lots
        hold(state, slot)
        order_event(state, EventKind.ORDER_AMENDED, order)
        return Reject.NONE
    if draft.price_ticks == order.price_ticks and draft.qty_lots < order.qty_lots:
        shrink(state, market, order)
        return Reject.NONE
    refusal = room_refusal(state, draft)
    if refusal != Reject.NONE:
        return refusal
    return replace(state, market, slot)


@rule
def amend_waiting(state: State, market: Market, slot: I64) -> None:
    """A waiting order gets its new trigger, price and size."""
    order = state.orders[slot]
    draft = state.drafts[0]
    asleep = order.state == OrderState.ASLEEP
    if not asleep:
        leave_triggers(state, market, order)
        order.qty_lots = draft.qty_lots
    order.trigger_ticks = draft.trigger_ticks
    order.price_ticks = draft.price_ticks
    if not asleep:
        join_triggers(state, market, slot)
    order_event(state, EventKind.ORDER_AMENDED, order)


@rule
def shrink(state: State, market: Market, order: Order) -> None:
    """A smaller size at the same price keeps its place in the queue."""
    cut_resting(state, market, order, order.qty_lots - state.drafts[0].qty_lots)


@rule
def replace(state: State, market: Market, slot: I64) -> I64:
    """A new price or a larger size: checked and matched like a new order, under its old id.

    The order's own sums and hold are lifted while it is checked, and put back if it is refused.
    """
    order = state.orders[slot]
    kept_atoms = order.hold_atoms
    ask_before(state, order.account_id, order.place)
    lift(state, market, order, True, 0)
    refusal = take_refusal(state, state.drafts[0])
    if refusal == Reject.NONE and order.display_lots != 0:
        refusal = display_refusal(market, state.drafts[0])
    lift(state, market, order, False, kept_atoms)
    if refusal != Reject.NONE:
        return refusal
    stop_resting(state, market, slot)
    draft = state.drafts[0]
    order.price_ticks = draft.price_ticks
    order.qty_lots = draft.qty_lots
    order_event(state, EventKind.ORDER_AMENDED, order)
    if is_delayed(market, order):
        hold(state, slot)
        after_order_change(state, market, order)
    else:
        push_task(state, TASK_MATCH, slot)
    return Reject.NONE


@rule
def lift(state: State, market: Market, order: Order, up: bool, hold_atoms: I64) -> None:
    """Take a resting order out of its account's sums and holds, or put it back."""
    position = state.positions[position_slot(order.account_id, order.place)]
    if up:
        count_order(market, position, order, order.qty_lots, 0)
    else:
        count_order(market, position, order, 0, order.qty_lots)
    order.state = OrderState.TAKING if up else OrderState.RESTING
    if market.kind == MarketKind.SPOT:
        set_hold(state, market, order, hold_atoms)


@rule
def follow(state: State, slot: I64) -> None:
    """A trigger moves after the price it follows, all the ticks at once.   ORDR-022"""
    order = state.orders[slot]
    market = state.markets[order.market_id]
    price = signal_subticks(state, market, order.signal)
    leave_triggers(state, market, order)
    order.trigger_ticks = trailing_ticks(market, order, price)
    join_triggers(state, market, slot)
    order_event(state, EventKind.ORDER_AMENDED, order)


@rule
def fire(state: State, slot: I64) -> None:
    """A waiting order's price has come: it takes, or ends with the reason.

    ORDR-009, ORDR-010, ORDR-020, ORDR-025
    """
    order = state.orders[slot]
    market = state.markets[order.market_id]
    leave_triggers(state, market, order)
    order.state = OrderState.TAKING
    state.positions[position_slot(order.account_id, order.place)].triggers_count -= 1
    if order.closes == 1:
        order.qty_lots = reducible_lots(state, order)
    event = order_event(state, EventKind.ORDER_TRIGGERED, order)
    event.mark_subticks = market.mark_subticks
    event.index_subticks = state.assets[market.base_asset_id].index_subticks
    if order.rests == 1:
        become_limit(order)
    end_linked(state, order)
    end_parent(state, order)
    draft = state.drafts[0]
    copy_draft(draft, order)
    ask_before(state, order.account_id, order.place)
    refusal = take_refusal(state, draft)
    if refusal != Reject.NONE:
        end_order(state, slot, Reason.TRIGGER_REFUSED, refusal)
        return
    order.price_ticks = draft.price_ticks
    order.qty_lots = draft.qty_lots
    push_task(state, TASK_MATCH, slot)


@rule
def become_limit(order: Order) -> None:
    """What fired to rest is an ordinary limit order from now on.   ORDR-020"""
    order.type = OrderType.LIMIT
    order.trigger_ticks = 0
    order.signal = 0
    order.trigger_above = 0
    order.rests = 0


@rule
def end_parent(state: State, order: Order) -> None:
    """What is left of an entry ends when its stop or its target fires.   ORDR-019"""
    parent = find_order(state, order.parent_id) if order.parent_id != 0 else NIL
    if parent != NIL and is_left(state.orders[parent]):
        end_order(state, parent, Reason.LINKED, Reject.NONE)


@rule
def is_left(order: Order) -> bool:
    """Whether an order still stands to be filled."""
    return order.state == OrderState.RESTING or order.state == OrderState.HELD


@rule
def end_linked(state: State, order: Order) -> None:
    """The other of two linked orders ends when one fires."""
    linked = order.linked_id
    order.linked_id = 0
    if linked > 0 and find_order(state, linked) != NIL:
        state.orders[find_order(state, linked)].linked_id = 0
        close_linked(state, linked)


@rule
def hold(state: State, slot: I64) -> None:
    """An order that may take waits for the market's delay, or till its end.   ORDR-030"""
    order = state.orders[slot]
    order.state = OrderState.HELD
    order.held_us = state.time_us + state.markets[order.market_id].taker_delay_us
    due_us = order.held_us
    if order.expire_us != 0:
        due_us = smaller(due_us, order.expire_us)
    clear_timer(state, order.expiry_node)
    order.expiry_node = set_expiry(state, due_us, order.order_id, slot)


@rule
def order_due(state: State, slot: I64) -> None:
    """An order's own time has come: its end, or that of its delay.   ORDR-021, ORDR-030"""
    order = state.orders[slot]
    order.expiry_node = NIL
    if order.state != OrderState.HELD or order.expire_us == state.time_us:
        end_order(state, slot, Reason.EXPIRED, Reject.NONE)
        return
    order.state = OrderState.TAKING
    order.held_us = 0
    if order.expire_us != 0:
        order.expiry_node = set_expiry(state, order.expire_us, order.order_id, slot)
    release(state, slot)


@rule
def release(state: State, slot: I64) -> None:
    """Asked anew as if it came now, it takes, or ends with the reason.   ORDR-030"""
    order = state.orders[slot]
    draft = state.drafts[0]
    copy_draft(draft, order)
    ask_before(state, order.account_id, order.place)
    refusal = form_refusal(state, draft)
    if refusal == Reject.NONE:
        refusal = take_refusal(state, draft)
    if refusal != Reject.NONE:
        end_order(state, slot, Reason.TRIGGER_REFUSED, refusal)
        return
    order.price_ticks = draft.price_ticks
    order.qty_lots = draft.qty_lots
    order_event(state, EventKind.ORDER_RELEASED, order)
    push_task(state, TASK_MATCH, slot)
