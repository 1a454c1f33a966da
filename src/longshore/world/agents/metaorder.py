"""Metaorder: somebody large who buys or sells a great deal, a piece at a time.

One order after the other: a side, a size with a long tail, equal pieces, then a rest. It takes at
the market and does not look at what that costs.
"""

from __future__ import annotations

from longshore.engine._table import I64
from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.engine.units import mul_div_floor, smaller
from longshore.world.agents._compile import rule
from longshore.world.agents.chance import bits_of, doubled, draw
from longshore.world.agents.crowd import Crowd
from longshore.world.agents.moves import ATOMS, index_of, is_open, signed_lots
from longshore.world.agents.rows import Agent, Metaorder
from longshore.world.agents.sending import send_take
from longshore.world.agents.terms import Doublings, Natural, Positive, Terms
from longshore.world.agents.trend import worth_atoms

SIDE_PARTS = 1_000
PIECE_PARTS = 1_000
MS = 1_000
US_PER_MS = 1_000


class MetaorderTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How large, how often, and how it is worked."""

    interval_ms: Positive = 2_000  # from one piece to the next
    latency_us: Natural = 15_000
    size_usd: Positive = 100_000  # the smallest; half are twice as large, a quarter four times
    doublings: Doublings = 5
    piece_usd: Positive = 20_000
    rest_s: Positive = 600  # from the end of one to the next, on the mean
    hold_usd: Positive = 3_000_000  # at this holding it goes the other way, to which it leans


@rule
def decide_metaorder(crowd: Crowd, state: State, agent: Agent, time_us: I64) -> None:
    """A piece of what is left, or a new order."""
    order = crowd.metaorders[agent.place]
    market = state.markets[agent.market_id]
    if not is_open(state, market):
        return
    if order.left_atoms == 0:
        order.left_atoms = order_begun(crowd, state, agent, market)
    piece_atoms = next_piece(crowd, agent, order)
    order.left_atoms -= piece_atoms
    if order.left_atoms == 0:
        rest_us = US_PER_MS * draw(crowd, agent, 3, 2 * order.rest_s * MS)
        agent.next_us = time_us + agent.latency_us + 1 + rest_us
    lots = signed_lots(state, market, piece_atoms, index_of(state, market))
    send_take(crowd, agent, agent.market_id, lots)


@rule
def order_begun(crowd: Crowd, state: State, agent: Agent, market: Market) -> I64:
    """Side and size of a new order, as a signed value."""
    order = crowd.metaorders[agent.place]
    held_atoms = worth_atoms(crowd, state, agent, market, index_of(state, market))
    lean = mul_div_floor(held_atoms, SIDE_PARTS, order.hold_usd * ATOMS)
    coins = draw(crowd, agent, 0, doubled(1, order.doublings))
    atoms = doubled(order.size_usd * ATOMS, order.doublings - bits_of(coins))
    atoms += mul_div_floor(atoms, draw(crowd, agent, 1, SIDE_PARTS), SIDE_PARTS)
    return atoms if draw(crowd, agent, 2, 2 * SIDE_PARTS) >= SIDE_PARTS + lean else -atoms


@rule
def next_piece(crowd: Crowd, agent: Agent, order: Metaorder) -> I64:
    """Between half and three halves of the usual piece, at most what is left."""
    usual = order.piece_usd * ATOMS
    part = draw(crowd, agent, 4, PIECE_PARTS)
    piece = usual // 2 + mul_div_floor(usual, part, PIECE_PARTS)
    if order.left_atoms > 0:
        return smaller(piece, order.left_atoms)
    return -smaller(piece, -order.left_atoms)
