"""A market that stops where its price runs away.   HALT-003, HALT-004"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import MarketState
from longshore.engine.phases import enter_state, own_state
from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.engine.timers import TIMER_HALT, set_timer
from longshore.engine.units import PPM, absolute, mul_div_floor


@rule
def halt_reference(state: State, market: Market) -> I64:
    """The last price before the window of now began, in ticks; 0: none.   HALT-003"""
    if state.time_us // market.halt_window_us != market.halt_window:
        return market.last_ticks
    return market.halt_ticks


@rule
def is_runaway(state: State, market: Market, price_ticks: I64) -> bool:
    """Whether a trade at a price would stop the market.   HALT-003

    |price - reference| > reference * halt_move_ppm / 10**6, rounded down.
    """
    reference = halt_reference(state, market)
    reach = mul_div_floor(reference, market.halt_move_ppm, PPM)
    return reference > 0 and absolute(price_ticks - reference) > reach


@rule
def keep_reference(state: State, market: Market) -> None:
    """Before a trade: the reference of its window stays what it is.   HALT-003"""
    market.halt_ticks = halt_reference(state, market)
    market.halt_window = state.time_us // market.halt_window_us


@rule
def halt(state: State, market: Market) -> None:
    """Nothing is matched any more: halted for a time, then an auction.   HALT-004"""
    if market.halt_us == 0:
        open_auction(state, market)
        return
    enter_state(state, market, MarketState.HALTED)
    set_halt_timer(state, market, market.halt_us)


@rule
def open_auction(state: State, market: Market) -> None:
    """Orders gather without being matched, for the market's time or till a command.   HALT-005"""
    enter_state(state, market, MarketState.AUCTION)
    if market.auction_us > 0:
        set_halt_timer(state, market, market.auction_us)


@rule
def set_halt_timer(state: State, market: Market, wait_us: I64) -> None:
    """When the halt, or the auction, is over."""
    due_us = state.time_us + wait_us
    market.halt_node = set_timer(state, market.halt_node, due_us, TIMER_HALT, market.market_id)


@rule
def end_halt(state: State, market: Market) -> None:
    """After a halt an auction, after an auction the market is active.   HALT-004, HALT-005"""
    market.halt_node = NIL
    own = own_state(state, market)
    if own == MarketState.HALTED:
        open_auction(state, market)
    elif own == MarketState.AUCTION:
        enter_state(state, market, MarketState.ACTIVE)
