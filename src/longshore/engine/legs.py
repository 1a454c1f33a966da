"""Where positions are: one a market, or a long and a short leg in hedge mode.   MODE-004

A *place* is where a position lies among its account's: the market's id where it is the only one or
the long leg, the id + MARKETS_MAX where it is the short leg.
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import Leg, Reject, Side
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.rows import Market, Order
from longshore.engine.state import State


@rule
def places(state: State, account_id: I64) -> I64:
    """The last place where an account may hold something; the first is 1."""
    if state.accounts[account_id].hedged == 0:
        return state.markets_count
    return MARKETS_MAX + state.markets_count


@rule
def market_at(state: State, place: I64) -> Market:
    """The market of a place."""
    return state.markets[place % MARKETS_MAX]


@rule
def is_hedged(state: State, account_id: I64, market_id: I64) -> bool:
    """Whether an account holds a long and a short leg in a market.   MODE-004"""
    if state.accounts[account_id].hedged == 0:
        return False
    return state.markets[market_id].hedge_allowed == 1


@rule
def leg_place(state: State, account_id: I64, market_id: I64, lots: I64) -> I64:
    """The place of the position that has, or would get, the sign of a size."""
    if lots < 0 and is_hedged(state, account_id, market_id):
        return market_id + MARKETS_MAX
    return market_id


@rule
def leg_at(state: State, account_id: I64, place: I64) -> I64:
    """The Leg at a place."""
    if place >= MARKETS_MAX:
        return Leg.SHORT
    return Leg.LONG if is_hedged(state, account_id, place) else Leg.ONE_WAY


@rule
def choose_leg(state: State, draft: Order, leg: I64) -> I64:
    """The place of a draft by its leg; on the side that closes a leg it only reduces.   MODE-005"""
    if leg < Leg.ONE_WAY or leg > Leg.SHORT:
        return Reject.BAD_VALUE
    if is_hedged(state, draft.account_id, draft.market_id) != (leg != Leg.ONE_WAY):
        return Reject.LEG_NOT_ALLOWED
    if leg == Leg.SHORT:
        draft.place += MARKETS_MAX
    if leg != Leg.ONE_WAY and (leg == Leg.LONG) == (draft.side == Side.SELL):
        draft.reduce_only = 1
    return Reject.NONE
