"""Changes of a market's terms while it runs: announced, waiting, coming into force.   RULE-001"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import MarketKind, Reject, Term
from longshore.engine.events import EventKind
from longshore.engine.legs import places
from longshore.engine.limits import ACCOUNTS_SYSTEM, CHANGES_MAX, TIME_MAX_US
from longshore.engine.margin import position_wallet
from longshore.engine.moved import touch
from longshore.engine.phases import is_over
from longshore.engine.rows import Change, Command, Market
from longshore.engine.state import State, is_market, next_event, position_slot
from longshore.engine.terms import is_ascending, is_within, put_term
from longshore.engine.timers import TIMER_TERMS, clear_timer, set_timer


@rule
def change_terms(state: State, command: Command) -> I64:
    """A change of one term, now or at a time.   RULE-001, RULE-002"""
    if not is_market(state, command.market_id):
        return Reject.UNKNOWN_MARKET
    market = state.markets[command.market_id]
    slot = slot_of(state, command)
    refusal = change_refusal(state, market, command, slot)
    if refusal != Reject.NONE:
        return refusal
    change = state.changes[slot]
    change.market_id = market.market_id
    change.term = command.type
    change.number = command.number
    change.value = command.value
    change.other_value = command.other_value
    change.due_us = command.expire_us if command.expire_us > 0 else state.time_us
    change.node = clear_timer(state, change.node)
    if command.expire_us > 0:
        announce(state, market, change, slot)
    else:
        take_effect(state, market, change)
    return Reject.NONE


@rule
def slot_of(state: State, command: Command) -> I64:
    """Where a change waits: in place of one of the same term, or the first free row.   RULE-003"""
    free = NIL
    for back in range(CHANGES_MAX):
        slot = CHANGES_MAX - back
        change = state.changes[slot]
        if change.term == 0:
            free = slot
        elif change.market_id == command.market_id and change.term == command.type:
            if change.number == command.number:
                return slot
    return free


@rule
def change_refusal(state: State, market: Market, command: Command, slot: I64) -> I64:
    """What is wrong with a change, in the order of the names.   RULE-004"""
    term = command.type
    everywhere = term == Term.FEES or term == Term.ORDER_MAX or term == Term.MARKET_BAND
    if market.kind == MarketKind.SPOT and not everywhere:
        return Reject.NOT_MARGINABLE
    if term < Term.TIER or term > Term.FUNDING_CAP or command.number < 0:
        return Reject.BAD_VALUE
    if command.number >= parts_of(market, term):
        return Reject.BAD_VALUE
    if slot == NIL:
        return Reject.TABLE_FULL
    if is_over(market):
        return Reject.MARKET_EXPIRED
    if not is_within(market, term, command.number, command.value, command.other_value):
        return Reject.TERM_OUT_OF_BOUNDS
    if command.expire_us == 0:
        fits = is_ascending(state, market, term, command.number, command.value)
        return Reject.NONE if fits else Reject.TERM_OUT_OF_BOUNDS
    if command.expire_us <= state.time_us or command.expire_us > TIME_MAX_US:
        return Reject.CHANGE_NOT_AHEAD
    return Reject.NONE


@rule
def parts_of(market: Market, term: I64) -> I64:
    """How many tiers a term has; one that has none counts as one."""
    if term == Term.TIER or term == Term.TIER_BOUND:
        return market.tier_count
    return market.fee_count if term == Term.FEES else 1


@rule
def announce(state: State, market: Market, change: Change, slot: I64) -> None:
    """Tell what is to come, and wait for the next time to tell it or for its own.   RULE-002"""
    report_change(state, change, EventKind.TERMS_ANNOUNCED)
    next_us = change.due_us
    if market.warn_us > 0:
        next_us -= (change.due_us - state.time_us - 1) // market.warn_us * market.warn_us
    change.node = set_timer(state, NIL, next_us, TIMER_TERMS, slot)


@rule
def come_due(state: State, slot: I64) -> None:
    """A change's timer: it is told again, or comes into force."""
    change = state.changes[slot]
    market = state.markets[change.market_id]
    change.node = NIL
    if state.time_us < change.due_us:
        announce(state, market, change, slot)
    else:
        take_effect(state, market, change)


@rule
def take_effect(state: State, market: Market, change: Change) -> None:
    """The new values are in force: all margin that hangs on them is asked again.   RULE-001

    A bound that would not lie between its neighbours any more is dropped.   RULE-005
    """
    if is_ascending(state, market, change.term, change.number, change.value):
        put_term(state, market, change)
        report_change(state, change, EventKind.TERMS_CHANGED)
        if change.term <= Term.MARGIN_FACTOR:
            look_at_all(state)
    else:
        report_change(state, change, EventKind.TERMS_DROPPED)
    change.market_id = 0
    change.term = 0
    change.number = 0
    change.value = 0
    change.other_value = 0
    change.due_us = 0


@rule
def look_at_all(state: State) -> None:
    """Every wallet with a position or open orders is looked at before the command ends.   LIQD-012

    In every market: those that share tiers change together.
    """
    for account_id in range(ACCOUNTS_SYSTEM + 1, state.accounts_count + 1):
        for place in range(1, places(state, account_id) + 1):
            position = state.positions[position_slot(account_id, place)]
            if position.qty_lots != 0 or position.orders_count != 0:
                touch(state, position_wallet(state, account_id, place))


@rule
def report_change(state: State, change: Change, kind: I64) -> None:
    """The event of a change."""
    event = next_event(state, kind)
    event.market_id = change.market_id
    event.type = change.term
    event.flag = change.number
    event.value_atoms = change.value
    event.amount_atoms = change.other_value
    event.expire_us = change.due_us
