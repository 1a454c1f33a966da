"""What brings a market to its end: its expiry, or the venue's command."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import MarketKind, MarketState, Reject
from longshore.engine.limits import PRICE_MAX_SUBTICKS
from longshore.engine.margin import index_is_stale
from longshore.engine.phases import enter_state
from longshore.engine.prices import change_mark, index_subticks, set_mark
from longshore.engine.rows import Command, Market
from longshore.engine.settlement import begin_settlement
from longshore.engine.state import State, is_market
from longshore.engine.timers import TIMER_WINDOW, set_timer
from longshore.engine.value import lots_worth_too_much
from longshore.engine.window import add_window_sample


@rule
def sample_window(state: State, market: Market) -> None:
    """One sample of the settlement window; with the last one the market expires.   LIFE-002"""
    if market.state == MarketState.EXPIRED:
        return
    market.settle_left -= 1
    priced = index_subticks(state, market) > 0 and not index_is_stale(state, market)
    if priced:
        add_window_sample(market, index_subticks(state, market))
        set_mark(state, market)
    if market.settle_left > 0:
        next_us = state.time_us + market.settle_sample_us
        set_timer(state, NIL, next_us, TIMER_WINDOW, market.market_id)
    else:
        expire(state, market, priced)


@rule
def expire(state: State, market: Market, priced: bool) -> None:
    """Expiry has come: settle, or wait for a price.   LIFE-004, LIFE-008"""
    if priced:
        begin_settlement(state, market, 0)
    else:
        enter_state(state, market, MarketState.CANCEL_ONLY)


@rule
def settle_refusal(state: State, command: Command) -> I64:
    """Why a market cannot be settled at a price.   LIFE-009"""
    if not is_market(state, command.market_id):
        return Reject.UNKNOWN_MARKET
    market = state.markets[command.market_id]
    if market.kind == MarketKind.SPOT:
        return Reject.NOT_MARGINABLE
    if market.state == MarketState.EXPIRED:
        return Reject.MARKET_EXPIRED
    price = command.price_subticks
    if price < 1:
        return Reject.PRICE_NOT_POSITIVE
    if price > PRICE_MAX_SUBTICKS or lots_worth_too_much(market, market.open_lots, price):
        return Reject.PRICE_TOO_LARGE
    return Reject.NONE


@rule
def settle_market(state: State, command: Command) -> I64:
    """End a market at a price, whatever it trades.   LIFE-009"""
    refusal = settle_refusal(state, command)
    if refusal == Reject.NONE:
        market = state.markets[command.market_id]
        change_mark(state, market, command.price_subticks)
        begin_settlement(state, market, 1)
    return refusal
