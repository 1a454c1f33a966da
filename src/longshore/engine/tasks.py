"""Work in hand: a small stack of tasks, each done in bounded steps, innermost first.

A task's place is kept in its row, so that the engine can stop between two steps when the event
buffer is full and go on later as if nothing had been.
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.limits import TASKS_MAX
from longshore.engine.rows import Task
from longshore.engine.state import State

TASK_MATCH = 1  # a: order slot
TASK_SWEEP = 2  # a: account, b: market or wallet by filter, c: filter, d: reason
TASK_LADDER = 3  # a: wallet
TASK_FUNDING = 4  # a: market, b: the account last visited
TASK_SETTLE = 5  # a: market, b: the account last settled
TASK_SHARE = 10  # a: bankrupt wallet, b: the account last asked, c: left to take, d: of this profit
TASK_AUCTION = 30  # a: market, b: price, c: the state that follows, d: what has traded

SWEEP_MARKET = 0  # every order in market b; 0: in all
SWEEP_REDUCE_ONLY = 1  # reduce-only orders on the position at place b
SWEEP_WALLET = 2  # every order margined by wallet b
SWEEP_ADDING = 3  # orders on wallet b that could add risk
SWEEP_MOVING = 4  # like SWEEP_MARKET, but orders in halted markets stay
SWEEP_OPENING = 5  # orders that could open where the account may not


@rule
def push_task(state: State, kind: I64, a: I64) -> Task:
    """A new innermost task."""
    assert state.tasks_count < TASKS_MAX
    task = state.tasks[state.tasks_count]
    state.tasks_count += 1
    task.kind = kind
    task.a = a
    task.b = 0
    task.c = 0
    task.d = 0
    return task


@rule
def push_sweep(state: State, account_id: I64, place: I64, which: I64, reason: I64) -> None:
    """End some of an account's orders."""
    task = push_task(state, TASK_SWEEP, account_id)
    task.b = place
    task.c = which
    task.d = reason


@rule
def pop_task(state: State) -> None:
    """The innermost task is done."""
    state.tasks_count -= 1
