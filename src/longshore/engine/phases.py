"""A market's calendar: listing, its post-only phase, expiry.   LIFE-010"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import MarketState
from longshore.engine.events import EventKind
from longshore.engine.moved import signal_moved
from longshore.engine.rows import Market
from longshore.engine.state import State, next_event
from longshore.engine.tasks import TASK_AUCTION, push_task
from longshore.engine.timers import TIMER_PHASE, TIMER_WINDOW, set_timer
from longshore.engine.wakes import thaw


@rule
def begin_calendar(state: State, market: Market) -> None:
    """The state a market begins in, and the times at which its calendar is read.   LIFE-010"""
    if market.post_only_until_us > market.listed_us:
        market.state = MarketState.POST_ONLY
        set_timer(state, NIL, market.post_only_until_us, TIMER_PHASE, market.market_id)
    if market.listed_us > 0:
        market.state = MarketState.HALTED
        set_timer(state, NIL, market.listed_us, TIMER_PHASE, market.market_id)
    if market.expiry_us > 0:
        market.settle_left = market.settle_window_us // market.settle_sample_us
        first = market.expiry_us - market.settle_window_us + market.settle_sample_us
        set_timer(state, NIL, first, TIMER_WINDOW, market.market_id)


@rule
def begin_phase(state: State, market: Market) -> None:
    """From halted at listing, from post-only at its end; another state stays.   LIFE-010"""
    listing = state.time_us == market.listed_us
    before = MarketState.HALTED if listing else MarketState.POST_ONLY
    opens = market.post_only_until_us <= state.time_us
    after = MarketState.ACTIVE if opens else MarketState.POST_ONLY
    if own_state(state, market) == before:
        enter_state(state, market, after)


@rule
def enter_state(state: State, market: Market, market_state: I64) -> None:
    """A market changes its own state; in a downtime it shows the stricter one.   DOWN-003"""
    if state.venue_state == MarketState.ACTIVE:
        show_state(state, market, market_state)
        return
    market.own_state = market_state
    show_state(state, market, stricter(market_state, state.venue_state))


@rule
def own_state(state: State, market: Market) -> I64:
    """The state a market would be in, were there no downtime.   DOWN-003"""
    return market.state if state.venue_state == MarketState.ACTIVE else market.own_state


@rule
def stricter(one: I64, other: I64) -> I64:
    """Of two states the one in which less may be done.   DOWN-003"""
    return one if strictness(one) >= strictness(other) else other


@rule
def strictness(market_state: I64) -> I64:
    """Active, post-only, auction, cancel-only, halted, expired: in this order.   DOWN-003"""
    if market_state == MarketState.AUCTION:
        return 2
    return market_state if market_state < MarketState.CANCEL_ONLY else market_state + 1


@rule
def show_state(state: State, market: Market, market_state: I64) -> None:
    """A market changes its state: triggers are read, frozen wallets looked at again.

    Where matching begins while the book is crossed, it is crossed first.   HALT-006
    """
    matches = market_state == MarketState.ACTIVE or market_state == MarketState.POST_ONLY
    if matches and is_crossed(state, market):
        push_task(state, TASK_AUCTION, market.market_id).c = market_state
        return
    market.state = market_state
    event = next_event(state, EventKind.MARKET_STATE_SET)
    event.market_id = market.market_id
    event.flag = market_state
    signal_moved(state, market.market_id)
    thaw(state)


@rule
def is_crossed(state: State, market: Market) -> bool:
    """Whether the best bid reaches the best ask, as after an auction."""
    if market.best_bid == NIL or market.best_ask == NIL:
        return False
    bid = state.levels[market.best_bid].price_ticks
    return bid >= state.levels[market.best_ask].price_ticks


@rule
def is_waiting(market: Market) -> bool:
    """Whether expiry has come without a price to settle at.   LIFE-008"""
    if market.state == MarketState.EXPIRED or market.expiry_us == 0:
        return False
    return market.settle_left == 0


@rule
def is_over(market: Market) -> bool:
    """Whether a market has expired for good, settled or not yet.   LIFE-004, LIFE-008"""
    return market.state == MarketState.EXPIRED or is_waiting(market)
