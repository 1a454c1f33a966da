"""Metaorder: somebody large who buys or sells a great deal, a piece at a time."""

from __future__ import annotations

from typing import cast

from longshore.engine.codes import MarketState
from longshore.engine.rows import Command, Market
from longshore.engine.state import State
from longshore.world.agents.agent import Agent, Terms
from longshore.world.agents.moves import (
    ATOMS,
    best_ticks,
    held_lots,
    index_of,
    signed_lots,
    take,
    value_of,
)
from longshore.world.source import SourceState

SIDE_PARTS = 1_000
PIECE_PARTS = 1_000


class MetaorderTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How large, how often, and how it is worked."""

    interval_ms: int = 2_000  # from one piece to the next
    latency_us: int = 15_000
    size_usd: int = 100_000  # the smallest; half of all are twice as large, a quarter four times
    doublings: int = 5
    piece_usd: int = 20_000
    rest_s: int = 600  # from the end of one to the next, on the mean
    hold_usd: int = 3_000_000  # at this holding it goes the other way, and on the way leans to it


class Metaorder(Agent):
    """Works one order after the other: a side, a size with a long tail, equal pieces, then a rest.

    It takes at the market and does not look at what that costs.
    """

    terms: MetaorderTerms
    _left_atoms = 0  # above zero: to be bought

    def decide(self, time_us: int, view: State) -> list[Command]:
        """A piece of what is left, or a new order."""
        market = view.markets[self.market_ids[0]]
        index = index_of(view, market)
        if market.state != MarketState.ACTIVE or 0 in best_ticks(view, market):
            return []
        if self._left_atoms == 0:
            self._left_atoms = self._begun(view, market, index)
        piece_atoms = self._piece()
        self._left_atoms -= piece_atoms
        if self._left_atoms == 0:
            rest_us = 2 * self.terms.rest_s * 1_000
            self._next_us = time_us + self.terms.latency_us + 1 + 1_000 * self.draw(3, rest_us)
        lots = signed_lots(view, market, piece_atoms, index)
        return [take(self.account_id, self.market_ids[0], lots)]

    def _begun(self, view: State, market: Market, index: int) -> int:
        """Side and size of a new order, as a signed value."""
        held = held_lots(view, self.account_id, market) - self.home_lots(market)
        lean = value_of(view, market, held, index) * SIDE_PARTS // (self.terms.hold_usd * ATOMS)
        coins = self.draw(0, 1 << self.terms.doublings)
        size_atoms = self.terms.size_usd * ATOMS << (self.terms.doublings - coins.bit_length())
        size_atoms += size_atoms * self.draw(1, SIDE_PARTS) // SIDE_PARTS
        return size_atoms if self.draw(2, 2 * SIDE_PARTS) >= SIDE_PARTS + lean else -size_atoms

    def _piece(self) -> int:
        """The next piece: between half and three halves of the usual one, at most what is left."""
        usual = self.terms.piece_usd * ATOMS
        piece = usual // 2 + usual * self.draw(4, PIECE_PARTS) // PIECE_PARTS
        left = self._left_atoms
        return min(piece, left) if left > 0 else -min(piece, -left)

    def state(self) -> dict[str, int | list[int]]:
        """The agent's state and what is left of the order in hand."""
        return {**super().state(), "left_atoms": self._left_atoms}

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        super().restore(state)
        self._left_atoms = cast("int", state["left_atoms"])
