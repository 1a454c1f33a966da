"""Noise: somebody buys, somebody sells, for reasons of their own."""

from __future__ import annotations

from longshore.engine.codes import MarketState
from longshore.engine.rows import Command
from longshore.engine.state import State
from longshore.world.agents.agent import Agent, Terms
from longshore.world.agents.moves import (
    ATOMS,
    best_ticks,
    held_lots,
    index_of,
    lots_for,
    take,
    value_of,
)

SIDE_PARTS = 1_000


class NoiseTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How large, and how far it lets a holding grow."""

    interval_ms: int = 2_000
    size_usd: int = 400  # the smallest order; half of all are twice as large, a quarter four times
    doublings: int = 6
    hold_usd: int = 400_000  # at this holding every order is one that brings it back


class Noise(Agent):
    """Takes at the market: a random side, a size with a long tail, leaning back to no holding."""

    terms: NoiseTerms

    def decide(self, time_us: int, view: State) -> list[Command]:
        """One market order."""
        market = view.markets[self.market_ids[0]]
        index = index_of(view, market)
        if market.state != MarketState.ACTIVE or 0 in best_ticks(view, market):
            return []
        held = held_lots(view, self.account_id, market) - self.home_lots(market)
        lean = value_of(view, market, held, index) * SIDE_PARTS // (self.terms.hold_usd * ATOMS)
        buys = self.draw(0, 2 * SIDE_PARTS) >= SIDE_PARTS + lean
        size_atoms = self.terms.size_usd * ATOMS << self._doublings()
        size_atoms += size_atoms * self.draw(2, SIDE_PARTS) // SIDE_PARTS
        qty_lots = lots_for(view, market, size_atoms, index)
        return [take(self.account_id, self.market_ids[0], qty_lots if buys else -qty_lots)]

    def pause_us(self) -> int:
        """Anything from nothing to twice the interval, so that trades come in clusters."""
        return self.terms.latency_us + 1 + self.draw(self.draws - 1, 2 * self.interval_us)

    def _doublings(self) -> int:
        """Each doubling is half as likely as the one before."""
        coins = self.draw(1, 1 << self.terms.doublings)
        return self.terms.doublings - coins.bit_length()
