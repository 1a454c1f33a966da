"""Trend: buys what has risen and sells what has fallen, up to a position it can bear.

Reverting is its mirror: it sells what has risen and buys what has fallen, and waits for it to come
back. Both look at the distance between a quick and a slow average of the mark.
"""

from __future__ import annotations

from longshore.engine._table import I64
from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.engine.units import absolute, clamp, mul_div_floor
from longshore.world.agents._compile import rule
from longshore.world.agents.crowd import Crowd
from longshore.world.agents.kinds import Kind
from longshore.world.agents.moves import (
    ATOMS,
    PPM,
    held_lots,
    index_of,
    is_open,
    signed_lots,
    value_of,
)
from longshore.world.agents.purse import home_lots
from longshore.world.agents.rows import Agent, Trend
from longshore.world.agents.sending import send_take
from longshore.world.agents.terms import Natural, Positive, Terms

SLICE_PARTS = 16


class TrendTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two averages of the mark, and what their distance is worth to it."""

    interval_ms: Positive = 15_000
    latency_us: Natural = 40_000
    fast_steps: Positive = 8  # memory of the quick average, in decisions
    slow_steps: Positive = 60
    full_ppm: Positive = 3_000  # at this distance between them it wants its greatest position
    hold_usd: Natural = 300_000
    slice_usd: Natural = 20_000  # the most one order takes; a sixteenth of it is not worth trading


class RevertingTerms(TrendTerms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As of trend, over shorter memories."""

    interval_ms: Positive = 10_000
    latency_us: Natural = 10_000
    fast_steps: Positive = 2
    slow_steps: Positive = 30
    full_ppm: Positive = 2_500
    hold_usd: Natural = 250_000
    slice_usd: Natural = 15_000


@rule
def decide_trend(crowd: Crowd, state: State, agent: Agent) -> None:
    """One order toward the position that the averages ask for."""
    trend = crowd.trends[agent.place]
    market = state.markets[agent.market_id]
    price = market.mark_subticks if market.mark_subticks != 0 else index_of(state, market)
    remember_price(trend, price)
    if not is_open(state, market):
        return
    wanted = wanted_atoms(trend)
    if agent.kind == Kind.REVERTING:
        wanted = -wanted
    missing_atoms = wanted - worth_atoms(crowd, state, agent, market, price)
    most_atoms = trend.slice_usd * ATOMS
    if absolute(missing_atoms) < most_atoms // SLICE_PARTS:
        return
    slice_atoms = clamp(missing_atoms, -most_atoms, most_atoms)
    send_take(crowd, agent, agent.market_id, signed_lots(state, market, slice_atoms, price))


@rule
def remember_price(trend: Trend, price: I64) -> None:
    """Both averages one decision further."""
    if trend.slow_subticks == 0:
        trend.fast_subticks = price
        trend.slow_subticks = price
    trend.fast_subticks += (price - trend.fast_subticks) // trend.fast_steps
    trend.slow_subticks += (price - trend.slow_subticks) // trend.slow_steps


@rule
def wanted_atoms(trend: Trend) -> I64:
    """The position that a follower wants, signed, as a value."""
    apart = trend.fast_subticks - trend.slow_subticks
    apart_ppm = mul_div_floor(apart, PPM, trend.slow_subticks)
    strength_ppm = clamp(mul_div_floor(apart_ppm, PPM, trend.full_ppm), -PPM, PPM)
    return mul_div_floor(trend.hold_usd * ATOMS, strength_ppm, PPM)


@rule
def worth_atoms(crowd: Crowd, state: State, agent: Agent, market: Market, price: I64) -> I64:
    """What it holds more than at home, as a value."""
    held = held_lots(state, agent.account_id, market) - home_lots(crowd, agent, market)
    return value_of(state, market, held, price)
