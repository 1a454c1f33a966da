"""How much of a position one step of a ladder closes, and when the ladder waits."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import Side, Step, TierUnit
from longshore.engine.estimate import estimate_taking
from longshore.engine.legs import market_at
from longshore.engine.margin import equity_atoms, maintenance_atoms, notional_atoms
from longshore.engine.rows import Market, Position, Wallet
from longshore.engine.state import State, position_slot
from longshore.engine.units import PPM, absolute, clamp, mul_div_ceil, mul_div_floor
from longshore.engine.value import value_at


@rule
def lots_to_reduce(state: State, row: Wallet, market: Market, position: Position, step: I64) -> I64:
    """What a step closes of a position; 0: the step is passed over."""
    if step == Step.CUT_TIERS:
        return lots_to_cut(state, market, position)
    if is_rested(state, row, market) and is_large(market, position):
        share = mul_div_floor(position.ladder_lots, market.partial_ppm, PPM)
        return clamp(share, 1, absolute(position.qty_lots))
    return 0


@rule
def is_rested(state: State, row: Wallet, market: Market) -> bool:
    """Whether a wallet's latest partial step is long enough ago for another.   LIQD-017"""
    rested = state.time_us - row.partial_us >= market.partial_rest_us
    return row.partial_us == 0 or market.partial_rest_us == 0 or rested


@rule
def is_large(market: Market, position: Position) -> bool:
    """Whether a position is worth more at mark than what is closed at once.   LIQD-017"""
    if market.partial_above_atoms == 0:
        return True
    worth = value_at(market, market.mark_subticks, position.qty_lots)
    return absolute(worth) > market.partial_above_atoms


@rule
def pauses(state: State, row: Wallet, market: Market) -> bool:
    """Whether a ladder has just taken a part, and now waits.   LIQD-018"""
    return market.pause_us > 0 and row.partial_us == state.time_us


@rule
def lots_to_cut(state: State, market: Market, position: Position) -> I64:
    """What must go so that a position falls so many tiers; 0: it is too low for that.   LIQD-020

    lots - floor(lots * (upper bound of the tier - 1) / size), at least one.
    """
    lots = absolute(position.qty_lots)
    size = lots if market.tier_unit == TierUnit.LOTS else notional_atoms(market, position)
    reached = 0
    for number in range(market.tier_count):
        if size >= state.tiers[market.tier_first + number].from_size:
            reached = number
    if reached < market.cut_tiers:
        return 0
    above = state.tiers[market.tier_first + reached - market.cut_tiers + 1].from_size
    return clamp(lots - mul_div_floor(lots, above - 1, size), 1, lots)


@rule
def fills_whole(state: State, account_id: I64, place: I64, lots: I64, limit_ticks: I64) -> bool:
    """Whether the book holds all of what a cut would close, down to its limit.   LIQD-020"""
    draft = state.drafts[0]
    position = state.positions[position_slot(account_id, place)]
    draft.account_id = account_id
    draft.market_id = market_at(state, place).market_id
    draft.place = place
    draft.side = Side.SELL if position.qty_lots > 0 else Side.BUY
    draft.price_ticks = limit_ticks
    draft.qty_lots = lots
    estimate_taking(state, draft)
    estimate = state.estimates[0]
    return estimate.qty_lots >= lots and estimate.halts == 0


@rule
def is_above_backstop(state: State, wallet: I64, market: Market) -> bool:
    """Whether equity is still too much for others to take over; equal is.   LIQD-021"""
    if market.backstop_ppm == 0:
        return False
    least = mul_div_ceil(maintenance_atoms(state, wallet), market.backstop_ppm, PPM)
    return equity_atoms(state, wallet) >= least
