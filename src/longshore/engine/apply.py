"""One command in, events out, in bounded steps."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL, Table
from longshore.engine.auctions import step_auction
from longshore.engine.bounds import read_bounds
from longshore.engine.changes import change_terms, come_due
from longshore.engine.codes import Reason, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.downtimes import (
    call_off_downtime,
    go_on,
    is_shut_for,
    plan_downtime,
    refuse_for_now,
)
from longshore.engine.expiry import sample_window, settle_market
from longshore.engine.funding import close_interval, step_funding
from longshore.engine.gates import set_account_state, set_gate
from longshore.engine.halts import end_halt
from longshore.engine.leverage import set_leverage, set_position_mode
from longshore.engine.lifecycle import (
    create_account,
    deposit,
    move,
    set_assignment,
    set_dead_man,
    set_market_state,
    set_self_trade,
    withdraw,
)
from longshore.engine.limits import EVENTS_PER_STEP, TIME_MAX_US
from longshore.engine.liquidation import act_on_risk, step_ladder
from longshore.engine.matching import step_match
from longshore.engine.moved import touch
from longshore.engine.nodes import tree_first, tree_remove
from longshore.engine.phases import begin_phase
from longshore.engine.placing import (
    amend,
    cancel,
    cancel_all,
    fire,
    follow,
    order_due,
    place,
    refuse,
)
from longshore.engine.prices import publish_index, publish_refusal, take_sample
from longshore.engine.risk_limits import set_risk_limit
from longshore.engine.rows import Command, Task
from longshore.engine.settlement import step_settlement
from longshore.engine.sharing import step_sharing
from longshore.engine.state import State, command_in_hand
from longshore.engine.sweeps import step_sweep
from longshore.engine.tasks import (
    SWEEP_MARKET,
    TASK_AUCTION,
    TASK_FUNDING,
    TASK_LADDER,
    TASK_MATCH,
    TASK_SETTLE,
    TASK_SHARE,
    push_sweep,
)
from longshore.engine.timers import (
    KIND_STEP,
    TIMER_DEAD_MAN,
    TIMER_DOWNTIME,
    TIMER_FUNDING,
    TIMER_HALT,
    TIMER_PHASE,
    TIMER_SAMPLE,
    TIMER_TERMS,
    TIMER_WAKE,
    TIMER_WINDOW,
    first_timer,
)
from longshore.engine.topups import set_top_up
from longshore.engine.triggers import following_order, ready_order
from longshore.engine.wakes import look_at_next

DONE = 0
MORE = 1
WAITING = 0
BEGUN = 1
ACTED = 2


@rule
def run_inbox(states: Table[State], count: I64) -> I64:  # type: ignore[type-var]
    """Carry out the commands of the inbox; MORE when the event buffer must be emptied first."""
    state = states[0]
    while state.command_at < count:
        if state.command_begun == WAITING:
            begin(state, command_in_hand(state))
        working = True
        while working:
            if state.events_count + EVENTS_PER_STEP > state.events_limit:
                return MORE
            before = state.events_count
            working = step(state)
            assert state.events_count - before <= EVENTS_PER_STEP
        state.command_at += 1
        state.command_begun = WAITING
    return DONE


@rule
def begin(state: State, command: Command) -> None:
    """Take a command in hand."""
    state.seq = command.seq
    state.event_index = 0
    state.orders_in_command = 0
    state.command_begun = BEGUN


@rule
def step(state: State) -> bool:
    """One bounded piece of work, the most urgent first; False when the command is done."""
    if state.tasks_count > 0:
        step_task(state, state.tasks[state.tasks_count - 1])
    elif state.dirty_first != NIL:
        look_at_next(state)
    elif state.marks_moved == 1 or state.assets_moved == 1:
        read_bounds(state)
    elif state.risk_root != NIL:
        act_on_risk(state, state.nodes[tree_first(state, state.risk_root)].value)
    else:
        return step_outer(state)
    return True


@rule
def step_outer(state: State) -> bool:
    """Nothing is in hand: a trigger, a timer, the command itself, or the end.   TIME-001

    Every trigger that follows a price does so before one fires, which may move the price again.
    """
    following = following_order(state)
    if following != NIL:
        follow(state, following)
        return True
    ready = ready_order(state)
    if ready != NIL:
        fire(state, ready)
        return True
    if state.command_begun == ACTED:
        return False
    command = command_in_hand(state)
    if command.time_us < state.time_us:
        refuse(state, command, Reject.CLOCK_WENT_BACK)
        state.command_begun = ACTED
        return True
    if command.time_us > TIME_MAX_US:
        refuse(state, command, Reject.BAD_VALUE)
        state.command_begun = ACTED
        return True
    timer = first_timer(state)
    if timer != NIL and state.nodes[timer].key <= command.time_us:
        fire_timer(state, timer)
        return True
    state.time_us = command.time_us
    state.command_begun = ACTED
    act(state, command)
    return True


@rule
def step_task(state: State, task: Task) -> None:
    """One step of the innermost task."""
    if task.kind == TASK_MATCH:
        step_match(state, task)
    elif task.kind == TASK_LADDER:
        step_ladder(state, task)
    elif task.kind == TASK_FUNDING:
        step_funding(state, task)
    elif task.kind == TASK_AUCTION:
        step_auction(state, task)
    elif task.kind == TASK_SETTLE:
        step_settlement(state, task)
    elif task.kind == TASK_SHARE:
        step_sharing(state, task)
    else:
        step_sweep(state, task)


@rule
def fire_timer(state: State, node: I64) -> None:
    """What is due happens at its own time.   TIME-002"""
    time_us = state.nodes[node].key
    kind = state.nodes[node].tie // KIND_STEP
    owner = state.nodes[node].value
    state.time_us = time_us
    state.due_root = tree_remove(state, state.due_root, node)
    if kind == TIMER_WINDOW:
        sample_window(state, state.markets[owner])
    elif kind == TIMER_PHASE:
        begin_phase(state, state.markets[owner])
    elif kind == TIMER_HALT:
        end_halt(state, state.markets[owner])
    elif kind == TIMER_SAMPLE:
        take_sample(state, state.markets[owner])
    elif kind == TIMER_FUNDING:
        close_interval(state, state.markets[owner])
    elif kind == TIMER_DEAD_MAN:
        state.accounts[owner].dead_man_node = NIL
        state.accounts[owner].dead_man_us = 0
        push_sweep(state, owner, 0, SWEEP_MARKET, Reason.DEAD_MAN)
    elif kind == TIMER_TERMS:
        come_due(state, owner)
    elif kind == TIMER_DOWNTIME:
        go_on(state, owner)
    elif kind == TIMER_WAKE:
        state.wallets[owner].wake_node = NIL
        state.wallets[owner].paused_us = 0
        touch(state, owner)
    else:
        order_due(state, owner)


@rule
def act(state: State, command: Command) -> None:
    """Carry out one command, or refuse it by name.   ORDR-001, ORDR-026, DOWN-004"""
    kind = command.kind
    if command.before_us != 0 and state.time_us > command.before_us:
        refuse(state, command, Reject.TOO_LATE)
    elif is_shut_for(state, command):
        refuse_for_now(state, command)
    elif kind == CommandKind.PLACE_ORDER:
        place(state, command)
    elif kind == CommandKind.CANCEL_ORDER:
        cancel(state, command)
    elif kind == CommandKind.AMEND_ORDER:
        amend(state, command)
    elif kind != CommandKind.ADVANCE_TIME:
        refusal = act_on_setting(state, command)
        if refusal != Reject.NONE:
            refuse(state, command, refusal)


@rule
def act_on_setting(state: State, command: Command) -> I64:
    """Everything that is not an order."""
    kind = command.kind
    if kind == CommandKind.PUBLISH_INDEX:
        refusal = publish_refusal(state, command)
        if refusal == Reject.NONE:
            publish_index(state, command)
        return refusal
    if kind == CommandKind.CANCEL_ALL:
        return cancel_all(state, command)
    if kind == CommandKind.CREATE_ACCOUNT:
        return create_account(state)
    if kind == CommandKind.DEPOSIT:
        return deposit(state, command)
    if kind == CommandKind.WITHDRAW:
        return withdraw(state, command)
    if kind == CommandKind.TRANSFER:
        return move(state, command)
    if kind == CommandKind.SET_LEVERAGE:
        return set_leverage(state, command)
    if kind == CommandKind.SET_POSITION_MODE:
        return set_position_mode(state, command)
    if kind == CommandKind.SET_TOP_UP:
        return set_top_up(state, command)
    if kind == CommandKind.CANCEL_ALL_AFTER:
        return set_dead_man(state, command)
    if kind == CommandKind.SET_MARKET_STATE:
        return set_market_state(state, command)
    if kind == CommandKind.SET_SELF_TRADE:
        return set_self_trade(state, command)
    if kind == CommandKind.SET_ASSIGNMENT:
        return set_assignment(state, command)
    if kind == CommandKind.SETTLE_MARKET:
        return settle_market(state, command)
    if kind == CommandKind.SET_RISK_LIMIT:
        return set_risk_limit(state, command)
    if kind == CommandKind.CHANGE_TERMS:
        return change_terms(state, command)
    if kind == CommandKind.SET_GATE:
        return set_gate(state, command)
    if kind == CommandKind.SET_ACCOUNT_STATE:
        return set_account_state(state, command)
    if kind == CommandKind.PLAN_DOWNTIME:
        return plan_downtime(state, command)
    if kind == CommandKind.CALL_OFF_DOWNTIME:
        return call_off_downtime(state, command)
    return Reject.UNKNOWN_COMMAND
