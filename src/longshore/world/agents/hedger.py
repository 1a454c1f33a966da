"""Hedger: has sold options elsewhere, and trades the perpetual so that their price moves it not.

It buys as the price rises above the strike and sells as it falls: it makes moves larger.
"""

from __future__ import annotations

from longshore.engine._table import I64
from longshore.engine.state import State
from longshore.engine.units import absolute, clamp, mul_div_floor
from longshore.world.agents._compile import rule
from longshore.world.agents.crowd import Crowd
from longshore.world.agents.moves import (
    ATOMS,
    PPM,
    held_lots,
    index_of,
    is_open,
    signed_lots,
    value_of,
)
from longshore.world.agents.rows import Agent, Hedger
from longshore.world.agents.sending import send_take
from longshore.world.agents.terms import Natural, Positive, Terms

US_PER_S = 1_000_000


class HedgerTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What it has sold: options struck at the price of the day."""

    interval_ms: Positive = 60_000
    latency_us: Natural = 30_000
    hold_usd: Natural = 500_000  # its hedge when the price is `width_ppm` from the strike
    width_ppm: Positive = 30_000
    band_usd: Natural = 25_000  # a difference it does not bother with
    strike_s: Positive = 86_400  # when it sells new ones at the price of then


@rule
def decide_hedger(crowd: Crowd, state: State, agent: Agent, time_us: I64) -> None:
    """An order that brings the hedge to where it belongs, where it is far from that."""
    hedger = crowd.hedgers[agent.place]
    market = state.markets[agent.market_id]
    index = index_of(state, market)
    if time_us - hedger.strike_us >= hedger.strike_s * US_PER_S:
        hedger.strike_subticks = index
        hedger.strike_us = time_us
    if not is_open(state, market):
        return
    held = held_lots(state, agent.account_id, market)
    missing_atoms = hedge_atoms(hedger, index) - value_of(state, market, held, index)
    if absolute(missing_atoms) >= hedger.band_usd * ATOMS:
        lots = signed_lots(state, market, missing_atoms, index)
        send_take(crowd, agent, agent.market_id, lots)


@rule
def hedge_atoms(hedger: Hedger, index: I64) -> I64:
    """The position that belongs to a price, as a value."""
    moved_ppm = mul_div_floor(index - hedger.strike_subticks, PPM, hedger.strike_subticks)
    share_ppm = clamp(mul_div_floor(moved_ppm, PPM, hedger.width_ppm), -PPM, PPM)
    return mul_div_floor(hedger.hold_usd * ATOMS, share_ppm, PPM)
