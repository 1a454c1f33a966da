"""Arbitrage: sells the perpetual and buys the coins when the perpetual is dear, and the reverse.

It pushes both markets toward each other. It does not count its fees: it stands for all the desks
that pay less of them than a newcomer does. A harvester does the same trade for funding: it looks at
the mark's premium, which funding is made of, and not at the books of the moment.
"""

from __future__ import annotations

from longshore.engine._table import I64
from longshore.engine.codes import MarketKind
from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.engine.units import absolute, mul_div_floor
from longshore.world.agents._compile import rule
from longshore.world.agents.crowd import Crowd
from longshore.world.agents.kinds import Kind
from longshore.world.agents.moves import (
    ATOMS,
    PPM,
    best_ask_ticks,
    best_bid_ticks,
    held_lots,
    index_of,
    is_open,
    lots_for,
    value_of,
)
from longshore.world.agents.purse import nth_market
from longshore.world.agents.rows import Agent, Arbitrage
from longshore.world.agents.sending import send_take
from longshore.world.agents.terms import Natural, Positive, Terms


class ArbitrageTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What gap it acts on, and how much it carries."""

    interval_ms: Positive = 1_000
    latency_us: Natural = 2_000
    gap_ppm: Natural = 150  # between one market's bid and the other's ask
    back_ppm: Natural = 30  # a gap the other way by which it takes a carried position off
    slice_usd: Natural = 5_000
    hold_usd: Natural = 2_000_000


class HarvesterTerms(ArbitrageTerms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which premium on it comes, below which it goes again, and how much it carries."""

    interval_ms: Positive = 20_000
    latency_us: Natural = 50_000
    gap_ppm: Natural = 400  # of the mark over the index
    back_ppm: Natural = 50
    slice_usd: Natural = 20_000
    hold_usd: Natural = 2_000_000


@rule
def decide_arbitrage(crowd: Crowd, state: State, agent: Agent) -> None:
    """Two orders, one in each market, or none."""
    terms = crowd.arbitrages[agent.place]
    perp = nth_market(crowd, state, agent, 0)
    spot = nth_market(crowd, state, agent, 1)
    if perp.kind == MarketKind.SPOT:
        spot = nth_market(crowd, state, agent, 0)
        perp = nth_market(crowd, state, agent, 1)
    if not is_open(state, perp) or not is_open(state, spot) or index_of(state, perp) == 0:
        return
    held = held_lots(state, agent.account_id, perp)
    if agent.kind == Kind.HARVESTER:
        side = premium_side(state, terms, perp, held)
    else:
        side = gap_side(state, terms, perp, spot, held)
    if side != 0:
        trade_both(crowd, state, agent, perp, spot, side)


@rule
def trade_both(
    crowd: Crowd, state: State, agent: Agent, perp: Market, spot: Market, side: I64
) -> None:
    """A slice in each market; 1: buy the perpetual and sell coins, -1: the reverse."""
    size_atoms = crowd.arbitrages[agent.place].slice_usd * ATOMS
    price = best_ask_ticks(state, spot) * spot.tick_subticks
    perp_lots = lots_for(state, perp, size_atoms, price)
    spot_lots = lots_for(state, spot, size_atoms, price)
    send_take(crowd, agent, perp.market_id, side * perp_lots)
    send_take(crowd, agent, spot.market_id, -side * spot_lots)


@rule
def gap_side(state: State, terms: Arbitrage, perp: Market, spot: Market, held: I64) -> I64:
    """What the books ask for: 1 to buy the perpetual, -1 to sell it, 0 to leave it."""
    spot_bid = best_bid_ticks(state, spot) * spot.tick_subticks
    spot_ask = best_ask_ticks(state, spot) * spot.tick_subticks
    perp_bid = best_bid_ticks(state, perp) * perp.tick_subticks
    perp_ask = best_ask_ticks(state, perp) * perp.tick_subticks
    dear_ppm = mul_div_floor(perp_bid - spot_ask, PPM, spot_ask)
    cheap_ppm = mul_div_floor(spot_bid - perp_ask, PPM, spot_bid)
    full = carries_enough(state, terms, perp, held, spot_bid)
    if dear_ppm > (terms.back_ppm if held > 0 else terms.gap_ppm):
        return 0 if full and held < 0 else -1
    if cheap_ppm > (terms.back_ppm if held < 0 else terms.gap_ppm):
        return 0 if full and held > 0 else 1
    return 0


@rule
def premium_side(state: State, terms: Arbitrage, perp: Market, held: I64) -> I64:
    """What the mark's premium asks for, in the same numbers."""
    index = index_of(state, perp)
    premium_ppm = mul_div_floor(perp.mark_subticks - index, PPM, index)
    if absolute(premium_ppm) > terms.gap_ppm:
        side = -1 if premium_ppm > 0 else 1
        return 0 if carries_enough(state, terms, perp, held, index) and held * side > 0 else side
    if held != 0 and absolute(premium_ppm) < terms.back_ppm:
        return 1 if held < 0 else -1
    return 0


@rule
def carries_enough(state: State, terms: Arbitrage, perp: Market, held: I64, price: I64) -> bool:
    """Whether it carries all that it wants to."""
    return absolute(value_of(state, perp, held, price)) >= terms.hold_usd * ATOMS
