"""Margin that the bounds of tiers do not give: size, its root, open interest, a chosen limit."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.limits import QTY_MAX_LOTS
from longshore.engine.rows import Market, Position
from longshore.engine.state import State
from longshore.engine.units import (
    E12,
    PPM,
    absolute,
    clamp,
    larger,
    mul_div_ceil,
    root_ceil,
    smaller,
)
from longshore.engine.value import value_at

ROOT_PARTS = 1_000  # a root is counted in thousandths


@rule
def sized_requirement(
    state: State, market: Market, notional_atoms: I64, qty_lots: I64, initial: bool
) -> I64:
    """Margin at a rate by the size of the position, on all of it, rounded up.

    notional * rate, at 10**-12.   MRGN-013, MRGN-016
    """
    if market.margin_root_e12 > 0:
        rate_e12 = root_rate_e12(state, market, qty_lots, initial)
    else:
        rate_e12 = sloped_rate_e12(state, market, qty_lots, initial)
    return mul_div_ceil(notional_atoms, with_factor(market, rate_e12, E12, initial), E12)


@rule
def with_factor(market: Market, rate: I64, whole: I64, initial: bool) -> I64:
    """A rate times the market's factor for it, rounded up, no more than the whole.   MRGN-019"""
    factor = market.initial_factor_ppm if initial else market.maintenance_factor_ppm
    return rate if factor == 0 else smaller(whole, mul_div_ceil(rate, factor, PPM))


@rule
def sloped_rate_e12(state: State, market: Market, qty_lots: I64, initial: bool) -> I64:
    """The rate that grows evenly with the size: min(1, rate + slope * lots).   MRGN-013"""
    tier = state.tiers[market.tier_first]
    rate_e12 = (tier.initial_ppm if initial else tier.maintenance_ppm) * PPM
    lots = smaller(qty_lots, E12 // market.margin_slope_e12 + 1)  # more are at 100 % too
    return smaller(E12, rate_e12 + lots * market.margin_slope_e12)


@rule
def root_rate_e12(state: State, market: Market, qty_lots: I64, initial: bool) -> I64:
    """The rate that grows with the root of the size, rounded up at each step.   MRGN-016

    Initial: min(1, max(rate, root * sqrt(lots))); maintenance: its share of that.
    """
    tier = state.tiers[market.tier_first]
    root = root_ceil(smaller(qty_lots, QTY_MAX_LOTS) * ROOT_PARTS * ROOT_PARTS)
    rate_e12 = smaller(E12, mul_div_ceil(root, market.margin_root_e12, ROOT_PARTS))
    rate_e12 = larger(rate_e12, tier.initial_ppm * PPM)
    return rate_e12 if initial else mul_div_ceil(rate_e12, tier.maintenance_ppm, tier.initial_ppm)


@rule
def with_open_interest(market: Market, notional_atoms: I64, required_atoms: I64) -> I64:
    """Initial margin drawn toward the whole notional by open interest, rounded up.   MRGN-015

    required + (notional - required) * (open interest - low) / (high - low), within both.
    """
    interest = absolute(value_at(market, market.mark_subticks, market.open_lots))
    span = market.interest_high_atoms - market.interest_low_atoms
    above = clamp(interest - market.interest_low_atoms, 0, span)
    return required_atoms + mul_div_ceil(larger(0, notional_atoms - required_atoms), above, span)


@rule
def risk_margin_atoms(state: State, market: Market, position: Position, notional_atoms: I64) -> I64:
    """What a raised risk limit adds to either margin, rounded up.   MRGN-017

    notional * steps * maintenance rate of the first tier.
    """
    if position.risk_steps == 0:
        return 0
    rate = position.risk_steps * state.tiers[market.tier_first].maintenance_ppm
    return mul_div_ceil(notional_atoms, rate, PPM)
