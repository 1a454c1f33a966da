"""The life of an order: accepted, resting or waiting, ended; its place in lists and sums."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.book import change_level, leave_book, rest
from longshore.engine.clients import remember_client
from longshore.engine.codes import MarketKind, OrderState, OrderType, Reason, Reject, Side
from longshore.engine.events import EventKind
from longshore.engine.fees import taker_fee_atoms
from longshore.engine.hashes import hash_get, hash_put, hash_remove
from longshore.engine.isolated import settle_isolated
from longshore.engine.limits import ORDER_IDS_PER_COMMAND, ORDERS_MAX, ORDERS_SPARE
from longshore.engine.margin import position_wallet
from longshore.engine.moved import touch
from longshore.engine.rows import Account, Event, Market, Order, Position
from longshore.engine.state import State, balance_slot, next_event, position_slot, wallet_slot
from longshore.engine.timers import clear_timer, set_expiry
from longshore.engine.triggers import leave_triggers
from longshore.engine.units import smaller
from longshore.engine.value import value_atoms

GONE = -1
"""The link of a taking order whose other order has ended: it takes no more."""


@rule
def find_order(state: State, order_id: I64) -> I64:
    """The slot of an open order, or nowhere."""
    return hash_get(state.order_ids, 0, 0, order_id)


@rule
def orders_left(state: State) -> I64:
    """How many more orders people may have; some room is the venue's own."""
    return ORDERS_MAX - 1 - ORDERS_SPARE - state.orders_count


@rule
def order_event(state: State, kind: I64, order: Order) -> Event:
    """An event that states an order as it is."""
    event = next_event(state, kind)
    event.account_id = order.account_id
    event.market_id = order.market_id
    event.order_id = order.order_id
    event.client_hi = order.client_hi
    event.client_lo = order.client_lo
    event.side = order.side
    event.type = order.type
    event.price_ticks = order.price_ticks
    event.trigger_ticks = order.trigger_ticks
    event.signal = order.signal
    event.trail_ppm = order.trail_ppm
    event.trail_ticks = order.trail_ticks
    event.rests = order.rests
    event.closes = order.closes
    event.display_lots = order.display_lots
    event.expire_us = order.expire_us
    event.open_lots = order.qty_lots
    event.filled_lots = order.filled_lots
    event.flag = order.reduce_only
    return event


@rule
def new_order(state: State, draft: Order, asked_lots: I64) -> I64:
    """Accept a draft: a row, an id, its place in the account's list; its slot.   ORDR-015"""
    slot = state.orders_free
    if slot == NIL:
        state.orders_high += 1
        slot = state.orders_high
    else:
        state.orders_free = state.orders[slot].next
    order = state.orders[slot]
    copy_draft(order, draft)
    assert state.orders_in_command < ORDER_IDS_PER_COMMAND
    order.order_id = state.seq * ORDER_IDS_PER_COMMAND + state.orders_in_command
    order.placed_us = state.time_us
    state.orders_in_command += 1
    state.orders_count += 1
    hash_put(state.order_ids, 0, 0, order.order_id, slot)
    join_account(state, state.accounts[order.account_id], slot)
    position = state.positions[position_slot(order.account_id, order.market_id)]
    position.orders_count += 1
    position.reduce_count += order.reduce_only
    if order.type == OrderType.STOP or order.type == OrderType.TAKE_PROFIT:
        position.triggers_count += 1
    if order.expire_us != 0:
        order.expiry_node = set_expiry(state, order.expire_us, order.order_id, slot)
    if order.client_hi != 0 or order.client_lo != 0:
        remember_client(state, order)
    event = order_event(state, EventKind.ORDER_PLACED, order)
    event.qty_lots = asked_lots
    event.other_order_id = order.linked_id
    return slot


@rule
def clear_draft(draft: Order) -> None:
    """Nothing asked beyond what the caller fills in."""
    draft.reduce_only = 0
    draft.trigger_ticks = 0
    draft.signal = 0
    draft.trigger_above = 0
    draft.trail_ppm = 0
    draft.trail_ticks = 0
    draft.rests = 0
    draft.closes = 0
    draft.slides = 0
    draft.display_lots = 0
    draft.expire_us = 0
    draft.linked_id = 0
    draft.stop_ticks = 0
    draft.target_ticks = 0
    draft.client_hi = 0
    draft.client_lo = 0


@rule
def copy_draft(order: Order, draft: Order) -> None:
    """Fill a new order's row from its draft."""
    order.account_id = draft.account_id
    order.market_id = draft.market_id
    order.side = draft.side
    order.type = draft.type
    order.price_ticks = draft.price_ticks
    order.qty_lots = draft.qty_lots
    order.reduce_only = draft.reduce_only
    order.trigger_ticks = draft.trigger_ticks
    order.signal = draft.signal
    order.trigger_above = draft.trigger_above
    order.trail_ppm = draft.trail_ppm
    order.trail_ticks = draft.trail_ticks
    order.rests = draft.rests
    order.closes = draft.closes
    order.slides = draft.slides
    order.display_lots = draft.display_lots
    order.hidden_lots = 0
    order.held_us = 0
    order.expire_us = draft.expire_us
    order.linked_id = draft.linked_id
    order.stop_ticks = draft.stop_ticks
    order.target_ticks = draft.target_ticks
    order.stop_id = 0
    order.target_id = 0
    order.parent_id = 0
    order.client_hi = draft.client_hi
    order.client_lo = draft.client_lo
    order.role = draft.role
    order.guaranteed_ticks = 0
    order.fund_id = 0
    order.state = OrderState.TAKING
    order.filled_lots = 0
    order.filled_value_atoms = 0
    order.hold_atoms = 0
    order.priority = 0
    order.level = NIL
    order.prev = NIL
    order.next = NIL
    order.node = NIL
    order.trail_node = NIL
    order.expiry_node = NIL


@rule
def join_account(state: State, account: Account, slot: I64) -> None:
    """Put an order at the head of its account's list."""
    order = state.orders[slot]
    order.account_prev = NIL
    order.account_next = account.first_order
    if account.first_order != NIL:
        state.orders[account.first_order].account_prev = slot
    account.first_order = slot
    account.orders_count += 1


@rule
def leave_account(state: State, account: Account, slot: I64) -> None:
    """Take an order out of its account's list."""
    order = state.orders[slot]
    if order.account_prev != NIL:
        state.orders[order.account_prev].account_next = order.account_next
    else:
        account.first_order = order.account_next
    if order.account_next != NIL:
        state.orders[order.account_next].account_prev = order.account_prev
    account.orders_count -= 1


@rule
def count_order(
    market: Market, position: Position, order: Order, from_lots: I64, to_lots: I64
) -> None:
    """What of a resting order counts toward its side goes from one size to another.   MRGN-003

    Value by value, so that a rounded one leaves as it came.
    """
    if order.reduce_only == 1 or market.kind == MarketKind.SPOT:
        return
    value = value_atoms(market, order.price_ticks, to_lots)
    value -= value_atoms(market, order.price_ticks, from_lots)
    if order.side == Side.BUY:
        position.buy_lots += to_lots - from_lots
        position.buy_value_atoms += value
    else:
        position.sell_lots += to_lots - from_lots
        position.sell_value_atoms += value


@rule
def hold_for(state: State, market: Market, order: Order) -> None:
    """Keep what a resting spot order needs, and free what it no longer does.   ORDR-017"""
    if market.kind != MarketKind.SPOT:
        return
    needed = 0
    if order.state == OrderState.RESTING:
        if order.side == Side.SELL:
            needed = order.qty_lots * market.lot_base_atoms
        else:
            value = value_atoms(market, order.price_ticks, order.qty_lots)
            needed = value + taker_fee_atoms(state, order.account_id, market, value)
    set_hold(state, market, order, needed)


@rule
def set_hold(state: State, market: Market, order: Order, hold_atoms: I64) -> None:
    """Let the balance a spot order is paid from keep this much for it."""
    asset_id = market.base_asset_id if order.side == Side.SELL else market.quote_asset_id
    wallet = wallet_slot(order.account_id, 0)
    state.balances[balance_slot(wallet, asset_id)].hold_atoms += hold_atoms - order.hold_atoms
    order.hold_atoms = hold_atoms


@rule
def start_resting(state: State, market: Market, slot: I64) -> None:
    """Put an order into the book, with its sums and holds."""
    order = state.orders[slot]
    position = state.positions[position_slot(order.account_id, order.market_id)]
    order.state = OrderState.RESTING
    rest(state, market, slot)
    count_order(market, position, order, 0, order.qty_lots)
    hold_for(state, market, order)


@rule
def stop_resting(state: State, market: Market, slot: I64) -> None:
    """Take an order out of the book, with its sums and holds."""
    order = state.orders[slot]
    position = state.positions[position_slot(order.account_id, order.market_id)]
    count_order(market, position, order, order.qty_lots, 0)
    leave_book(state, market, slot)
    order.state = OrderState.TAKING
    hold_for(state, market, order)


@rule
def cut_resting(state: State, market: Market, order: Order, cut_lots: I64) -> None:
    """Take a part off a resting order, what is hidden first; it keeps its place.   ORDR-027"""
    position = state.positions[position_slot(order.account_id, order.market_id)]
    level = state.levels[order.level]
    hidden = smaller(order.hidden_lots, cut_lots)
    count_order(market, position, order, order.qty_lots, order.qty_lots - cut_lots)
    order.qty_lots -= cut_lots
    order.hidden_lots -= hidden
    level.hidden_lots -= hidden
    change_level(state, order, level, hidden - cut_lots)
    hold_for(state, market, order)
    order_event(state, EventKind.ORDER_AMENDED, order)
    after_order_change(state, market, order)


@rule
def end_order(state: State, slot: I64, reason: I64, reject: I64) -> None:
    """End an order, and the one it is linked with.   ORDR-010"""
    linked = state.orders[slot].linked_id
    finish(state, slot, reason, reject)
    if linked > 0:
        close_linked(state, linked)


@rule
def finish(state: State, slot: I64, reason: I64, reject: I64) -> None:
    """End an order, and the stop and the target of it that still sleep.   ORDR-019"""
    stop_id = state.orders[slot].stop_id
    target_id = state.orders[slot].target_id
    close_order(state, slot, reason, reject)
    close_asleep(state, stop_id)
    close_asleep(state, target_id)


@rule
def close_asleep(state: State, order_id: I64) -> None:
    """End a stop or a target whose order has opened nothing."""
    slot = find_order(state, order_id) if order_id != 0 else NIL
    if slot != NIL and state.orders[slot].state == OrderState.ASLEEP:
        close_order(state, slot, Reason.LINKED, Reject.NONE)


@rule
def close_linked(state: State, order_id: I64) -> None:
    """End the other of two linked orders; one that is just taking ends itself.   ORDR-010"""
    slot = find_order(state, order_id)
    if slot == NIL:
        return
    order = state.orders[slot]
    if order.state == OrderState.TAKING:
        order.linked_id = GONE
    else:
        finish(state, slot, Reason.LINKED, Reject.NONE)


@rule
def close_order(state: State, slot: I64, reason: I64, reject: I64) -> None:
    """Take an order out of everything, say so, and free its row."""
    order = state.orders[slot]
    market = state.markets[order.market_id]
    if order.state == OrderState.RESTING:
        stop_resting(state, market, slot)
    elif order.state == OrderState.WAITING:
        leave_triggers(state, market, order)
    order.expiry_node = clear_timer(state, order.expiry_node)
    event = order_event(state, EventKind.ORDER_ENDED, order)
    event.reason = reason
    event.reject = reject
    event.role = order.role if order.type == OrderType.LIQUIDATION else 0
    position = state.positions[position_slot(order.account_id, order.market_id)]
    position.orders_count -= 1
    position.reduce_count -= order.reduce_only
    if order.state == OrderState.WAITING or order.state == OrderState.ASLEEP:
        position.triggers_count -= 1
    leave_account(state, state.accounts[order.account_id], slot)
    hash_remove(state.order_ids, 0, 0, order.order_id)
    after_order_change(state, market, order)
    order.order_id = 0
    order.state = OrderState.NONE
    order.next = state.orders_free
    state.orders_free = slot
    state.orders_count -= 1


@rule
def after_order_change(state: State, market: Market, order: Order) -> None:
    """Margin kept for orders may have changed: settle it, and look at the wallet again."""
    if market.kind == MarketKind.SPOT or order.type == OrderType.LIQUIDATION:
        return
    settle_isolated(state, order.account_id, market.market_id)
    touch(state, position_wallet(state, order.account_id, market.market_id))
