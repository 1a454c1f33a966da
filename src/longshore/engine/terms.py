"""The terms that may change: what each may be, and where it stands.   RULE-004"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import Term, TierUnit
from longshore.engine.limits import FACTOR_MAX_PPM, FEE_MAX_PPM, QTY_MAX_LOTS, VALUE_MAX_ATOMS
from longshore.engine.rates import RATE_MAX_E18
from longshore.engine.rows import Change, Market
from longshore.engine.state import State
from longshore.engine.units import PPM
from longshore.engine.value import has_funding


@rule
def is_within(market: Market, term: I64, number: I64, value: I64, other: I64) -> bool:
    """Whether new values of a term are such as it may have.   RULE-004"""
    if term == Term.TIER:
        return value >= 1 and value <= PPM and other >= 0 and other <= value
    if term == Term.MARGIN_FACTOR:
        return value <= FACTOR_MAX_PPM and other >= PPM and other <= value
    if term == Term.FEES:
        small = value <= FEE_MAX_PPM and other <= FEE_MAX_PPM
        return small and other >= 0 and value >= -other
    if other != 0 or value < 0:
        return False
    if term == Term.TIER_BOUND:
        most = QTY_MAX_LOTS if market.tier_unit == TierUnit.LOTS else VALUE_MAX_ATOMS
        return number > 0 and value <= most
    if term == Term.POSITION_MAX or term == Term.ORDER_MAX:
        return value >= 1 and value <= QTY_MAX_LOTS
    if term == Term.FUNDING_CAP:
        return has_funding(market) and value <= RATE_MAX_E18
    return value <= PPM


@rule
def is_ascending(state: State, market: Market, term: I64, number: I64, value: I64) -> bool:
    """Whether a tier's new bound lies between those of its neighbours.   RULE-005"""
    if term != Term.TIER_BOUND:
        return True
    at = market.tier_first + number
    if number + 1 < market.tier_count and value >= state.tiers[at + 1].from_size:
        return False
    return value > state.tiers[at - 1].from_size


@rule
def put_term(state: State, market: Market, change: Change) -> None:
    """Put new values where they belong."""
    term = change.term
    if term == Term.TIER or term == Term.TIER_BOUND:
        put_tier(state, market, change)
    elif term == Term.FEES:
        tier = state.fee_tiers[market.fee_first + change.number]
        tier.maker_ppm = change.value
        tier.taker_ppm = change.other_value
    elif term == Term.MARGIN_FACTOR:
        market.initial_factor_ppm = change.value
        market.maintenance_factor_ppm = change.other_value
    elif term == Term.LIQUIDATION_FEE:
        market.liquidation_fee_ppm = change.value
    elif term == Term.POSITION_MAX:
        market.position_max_lots = change.value
    elif term == Term.ORDER_MAX:
        market.order_max_lots = change.value
    elif term == Term.MARKET_BAND:
        market.market_band_ppm = change.value
    elif term == Term.COLLAR:
        market.collar_ppm = change.value
    else:
        market.rate_cap_e18 = change.value
        market.rate_floor_e18 = -change.value


@rule
def put_tier(state: State, market: Market, change: Change) -> None:
    """A margin tier's rates, or where it begins."""
    tier = state.tiers[market.tier_first + change.number]
    if change.term == Term.TIER_BOUND:
        tier.from_size = change.value
    else:
        tier.initial_ppm = change.value
        tier.maintenance_ppm = change.other_value
