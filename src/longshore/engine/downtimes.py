"""Maintenance: the venue goes down for a while, which it announced, and comes up in steps.

Maintenance is what a margin is called here, so the time that it takes is a downtime.   DOWN-001
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import MarketState, Origin, Phase, Reject
from longshore.engine.events import EventKind
from longshore.engine.limits import DOWNTIMES_MAX, TIME_MAX_US
from longshore.engine.phases import show_state, stricter
from longshore.engine.placing import refuse
from longshore.engine.rows import Command, Downtime
from longshore.engine.state import State, next_event
from longshore.engine.timers import TIMER_DOWNTIME, clear_timer, set_timer
from longshore.engine.wakes import thaw


@rule
def is_shut_for(state: State, command: Command) -> bool:
    """Whether the venue is down and a customer asks for something.   DOWN-004"""
    if state.venue_state != MarketState.HALTED:
        return False
    return command.origin == Origin.USER and command.account_id != 0


@rule
def refuse_for_now(state: State, command: Command) -> None:
    """Refuse a customer, and say when the venue opens.   DOWN-004"""
    refuse(state, command, Reject.VENUE_IN_MAINTENANCE)
    event = state.events[state.events_count - 1]
    for slot in range(1, DOWNTIMES_MAX + 1):
        if state.downtimes[slot].phase == Phase.DOWN:
            event.expire_us = state.downtimes[slot].opening_us


@rule
def plan_downtime(state: State, command: Command) -> I64:
    """Announce when the venue will be down.   DOWN-001, DOWN-002"""
    refusal = span_refusal(command)
    if refusal != Reject.NONE:
        return refusal
    at_once = state.time_us + command.other_value
    down_us = command.value if command.value > 0 else at_once
    if down_us < at_once:
        return Reject.CHANGE_NOT_AHEAD
    if command.expire_us <= down_us:
        return Reject.BAD_VALUE
    closing_us = down_us - command.other_value
    active_us = command.expire_us + command.number
    if meets_another(state, closing_us, active_us):
        return Reject.DOWNTIMES_OVERLAP
    slot = free_slot(state)
    if slot == NIL:
        return Reject.TABLE_FULL
    row = state.downtimes[slot]
    row.number = command.seq
    row.closing_us = closing_us
    row.down_us = down_us
    row.opening_us = command.expire_us
    row.active_us = active_us
    row.phase = Phase.ANNOUNCED
    report_downtime(state, row)
    go_on(state, slot)
    return Reject.NONE


@rule
def span_refusal(command: Command) -> I64:
    """Lengths and times that are none, or beyond the calendar.   DOWN-002"""
    before = command.other_value
    after = command.number
    if before < 0 or after < 0 or command.value < 0 or command.expire_us < 0:
        return Reject.BAD_VALUE
    if before > TIME_MAX_US or after > TIME_MAX_US or command.value > TIME_MAX_US:
        return Reject.BAD_VALUE
    beyond = command.expire_us > TIME_MAX_US or command.expire_us + after > TIME_MAX_US
    return Reject.BAD_VALUE if beyond else Reject.NONE


@rule
def meets_another(state: State, from_us: I64, to_us: I64) -> bool:
    """Whether the times of a downtime would meet another's, or touch them.   DOWN-002"""
    for slot in range(1, DOWNTIMES_MAX + 1):
        row = state.downtimes[slot]
        if row.number != 0 and from_us <= row.active_us and row.closing_us <= to_us:
            return True
    return False


@rule
def free_slot(state: State) -> I64:
    """The first free row."""
    for slot in range(1, DOWNTIMES_MAX + 1):
        if state.downtimes[slot].number == 0:
            return slot
    return NIL


@rule
def slot_of_downtime(state: State, number: I64) -> I64:
    """Where a downtime stands, by its number."""
    for slot in range(1, DOWNTIMES_MAX + 1):
        if number != 0 and state.downtimes[slot].number == number:
            return slot
    return NIL


@rule
def call_off_downtime(state: State, command: Command) -> I64:
    """Before it is down it is gone; afterwards what is left of it begins now.   DOWN-006"""
    slot = slot_of_downtime(state, command.value)
    if slot == NIL:
        return Reject.BAD_VALUE
    row = state.downtimes[slot]
    row.node = clear_timer(state, row.node)
    if row.phase < Phase.DOWN:
        was_closing = row.phase == Phase.CLOSING  # another may be under way while it is announced
        row.phase = Phase.CALLED_OFF
        end_downtime(state, slot)
        if was_closing:
            hold_markets(state, MarketState.ACTIVE)
    elif row.phase == Phase.DOWN:
        row.active_us = state.time_us + row.active_us - row.opening_us
        row.opening_us = state.time_us
        go_on(state, slot)
    else:
        row.active_us = state.time_us
        go_on(state, slot)
    return Reject.NONE


@rule
def phase_at(row: Downtime, time_us: I64) -> I64:
    """The phase of a moment; one of no length is left out.   DOWN-001"""
    if time_us < row.closing_us:
        return Phase.ANNOUNCED
    if time_us < row.down_us:
        return Phase.CLOSING
    if time_us < row.opening_us:
        return Phase.DOWN
    return Phase.OPENING if time_us < row.active_us else Phase.OVER


@rule
def phase_ends_us(row: Downtime) -> I64:
    """When the phase it is in gives way to the next."""
    if row.phase == Phase.ANNOUNCED:
        return row.closing_us
    if row.phase == Phase.CLOSING:
        return row.down_us
    return row.opening_us if row.phase == Phase.DOWN else row.active_us


@rule
def go_on(state: State, slot: I64) -> None:
    """Into the phase that has come, and wait for the end of it."""
    row = state.downtimes[slot]
    row.node = NIL
    phase = phase_at(row, state.time_us)
    if phase != row.phase:
        row.phase = phase
        if phase == Phase.OVER:
            end_downtime(state, slot)
            hold_markets(state, MarketState.ACTIVE)
            return
        report_downtime(state, row)
        hold_markets(state, state_in(phase))
    row.node = set_timer(state, NIL, phase_ends_us(row), TIMER_DOWNTIME, slot)


@rule
def state_in(phase: I64) -> I64:
    """What the venue lets all markets do at most."""
    if phase == Phase.CLOSING:
        return MarketState.CANCEL_ONLY
    if phase == Phase.DOWN:
        return MarketState.HALTED
    return MarketState.POST_ONLY if phase == Phase.OPENING else MarketState.ACTIVE


@rule
def end_downtime(state: State, slot: I64) -> None:
    """Tell that it is over, or will not be; the row is free."""
    row = state.downtimes[slot]
    report_downtime(state, row)
    row.number = 0
    row.closing_us = 0
    row.down_us = 0
    row.opening_us = 0
    row.active_us = 0
    row.phase = 0


@rule
def hold_markets(state: State, venue_state: I64) -> None:
    """Every market shows the stricter of its own state and the venue's.   DOWN-003, DOWN-005"""
    before = state.venue_state
    state.venue_state = venue_state
    for market_id in range(1, state.markets_count + 1):
        market = state.markets[market_id]
        if before == MarketState.ACTIVE:
            market.own_state = market.state
        own = market.own_state
        if venue_state == MarketState.ACTIVE:
            market.own_state = 0
        shown = stricter(own, venue_state)
        if shown != market.state:
            show_state(state, market, shown)
    thaw(state)


@rule
def report_downtime(state: State, row: Downtime) -> None:
    """The event of a downtime's phase."""
    event = next_event(state, EventKind.DOWNTIME_SET)
    event.type = row.number
    event.flag = row.phase
    event.value_atoms = row.down_us
    event.amount_atoms = row.opening_us
    if row.phase < Phase.OVER:
        event.expire_us = phase_ends_us(row)
