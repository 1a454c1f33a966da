"""Noise: somebody buys, somebody sells, for reasons of their own.

It takes at the market: a random side, a size with a long tail, leaning back to no holding.
"""

from __future__ import annotations

from longshore.engine._table import I64
from longshore.engine.state import State
from longshore.engine.units import mul_div_floor
from longshore.world.agents._compile import rule
from longshore.world.agents.chance import bits_of, doubled, draw
from longshore.world.agents.crowd import Crowd
from longshore.world.agents.moves import ATOMS, held_lots, index_of, is_open, lots_for, value_of
from longshore.world.agents.purse import home_lots
from longshore.world.agents.rows import Agent, Noise
from longshore.world.agents.sending import send_take
from longshore.world.agents.terms import Doublings, Positive, Terms

SIDE_PARTS = 1_000


class NoiseTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How large, and how far it lets a holding grow."""

    interval_ms: Positive = 2_000
    size_usd: Positive = 400  # the smallest; half are twice as large, a quarter four times
    doublings: Doublings = 6
    hold_usd: Positive = 400_000  # at this holding every order is one that brings it back


@rule
def decide_noise(crowd: Crowd, state: State, agent: Agent) -> None:
    """One market order."""
    noise = crowd.noises[agent.place]
    market = state.markets[agent.market_id]
    if not is_open(state, market):
        return
    index = index_of(state, market)
    held = held_lots(state, agent.account_id, market) - home_lots(crowd, agent, market)
    held_atoms = value_of(state, market, held, index)
    lean = mul_div_floor(held_atoms, SIDE_PARTS, noise.hold_usd * ATOMS)
    buys = draw(crowd, agent, 0, 2 * SIDE_PARTS) >= SIDE_PARTS + lean
    qty_lots = lots_for(state, market, noise_atoms(crowd, agent, noise), index)
    send_take(crowd, agent, agent.market_id, qty_lots if buys else -qty_lots)


@rule
def noise_atoms(crowd: Crowd, agent: Agent, noise: Noise) -> I64:
    """The value of an order: each doubling is half as likely as the one before."""
    coins = draw(crowd, agent, 1, doubled(1, noise.doublings))
    atoms = doubled(noise.size_usd * ATOMS, noise.doublings - bits_of(coins))
    return atoms + mul_div_floor(atoms, draw(crowd, agent, 2, SIDE_PARTS), SIDE_PARTS)
