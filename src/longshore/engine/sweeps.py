"""Ending several orders of an account, one a step."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import NIL
from longshore.engine.brackets import send_to_sleep
from longshore.engine.codes import MarketState, OrderState, Reject
from longshore.engine.gates import is_shut_out
from longshore.engine.margin import position_wallet
from longshore.engine.orders import end_order, find_order
from longshore.engine.positions import reducible_lots
from longshore.engine.rows import Order, Task
from longshore.engine.scales import side_adds
from longshore.engine.state import State, position_slot
from longshore.engine.tasks import (
    SWEEP_ADDING,
    SWEEP_MARKET,
    SWEEP_MOVING,
    SWEEP_OPENING,
    SWEEP_REDUCE_ONLY,
    pop_task,
)


@rule
def step_sweep(state: State, task: Task) -> None:
    """End the next order that the sweep is about, or finish."""
    slot = state.accounts[task.a].first_order
    while slot != NIL and not is_swept(state, task, state.orders[slot]):
        slot = state.orders[slot].account_next
    if slot == NIL:
        pop_task(state)
        return
    order = state.orders[slot]
    if task.c == SWEEP_REDUCE_ONLY and order.parent_id != 0:
        if find_order(state, order.parent_id) != NIL:
            send_to_sleep(state, state.markets[order.market_id], order)
            return
    end_order(state, slot, task.d, Reject.NONE)


@rule
def is_swept(state: State, task: Task, order: Order) -> bool:
    """Whether a sweep is about an order."""
    if order.state == OrderState.TAKING:
        return False
    if task.c == SWEEP_MOVING and state.markets[order.market_id].state == MarketState.HALTED:
        return False
    if task.c == SWEEP_MARKET or task.c == SWEEP_MOVING:
        return task.b == 0 or order.market_id == task.b
    if task.c == SWEEP_OPENING:
        return is_shut_out(state, order)
    if task.c == SWEEP_REDUCE_ONLY:
        return order.place == task.b and is_done_reducing(state, order)
    if position_wallet(state, order.account_id, order.market_id) != task.b:
        return False
    return task.c != SWEEP_ADDING or adds_risk(state, order)


@rule
def is_done_reducing(state: State, order: Order) -> bool:
    """Whether a reduce-only order has nothing more to do; a bracket of the new side has.

    ORDR-008, ORDR-019
    """
    if order.reduce_only == 0 or order.state == OrderState.ASLEEP:
        return False
    return order.parent_id == 0 or reducible_lots(state, order) == 0


@rule
def adds_risk(state: State, order: Order) -> bool:
    """Whether an open order could make its position larger, or turn it.   MRGN-009"""
    if order.reduce_only == 1 or order.state != OrderState.RESTING:
        return False
    position = state.positions[position_slot(order.account_id, order.place)]
    return side_adds(position, order.side)
