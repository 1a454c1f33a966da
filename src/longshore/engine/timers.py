"""What is due by time: one index ordered by (time, kind, id).   TIME-002"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.nodes import new_node, tree_first, tree_insert, tree_remove
from longshore.engine.state import State

TIMER_WINDOW = 0  # before all else of its instant, so that nothing more trades at expiry
TIMER_SAMPLE = 1
TIMER_FUNDING = 2
TIMER_DEAD_MAN = 3
TIMER_WAKE = 4
TIMER_PHASE = 5
TIMER_HALT = 6
TIMER_TERMS = 7
TIMER_DOWNTIME = 8
TIMER_EXPIRY = 15  # the last kind: order ids reach beyond KIND_STEP
KIND_STEP = 1 << 40


@rule
def set_timer(state: State, slot: I64, time_us: I64, kind: I64, owner: I64) -> I64:
    """Set, or move, a timer; its node."""
    if slot != NIL:
        state.due_root = tree_remove(state, state.due_root, slot)
    node = new_node(state, time_us, kind * KIND_STEP + owner, owner)
    state.due_root = tree_insert(state, state.due_root, node)
    return node


@rule
def set_expiry(state: State, time_us: I64, order_id: I64, slot: I64) -> I64:
    """Set the timer at which an order ends; its node.   ORDR-021"""
    node = new_node(state, time_us, TIMER_EXPIRY * KIND_STEP + order_id, slot)
    state.due_root = tree_insert(state, state.due_root, node)
    return node


@rule
def clear_timer(state: State, slot: I64) -> I64:
    """Take a timer out; nowhere."""
    if slot != NIL:
        state.due_root = tree_remove(state, state.due_root, slot)
    return NIL


@rule
def first_timer(state: State) -> I64:
    """The next timer's node, or nowhere."""
    return tree_first(state, state.due_root)


@rule
def next_multiple(time_us: I64, period_us: I64, from_us: I64) -> I64:
    """The first multiple of a period after a time, counted from another.   FUND-012"""
    return ((time_us - from_us) // period_us + 1) * period_us + from_us
