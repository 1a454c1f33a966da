"""Trend: buys what has risen and sells what has fallen, up to a position it can bear."""

from __future__ import annotations

from typing import cast

from longshore.engine.codes import MarketState
from longshore.engine.rows import Command, Market
from longshore.engine.state import State
from longshore.world.agents.agent import Agent, Terms
from longshore.world.agents.moves import (
    ATOMS,
    PPM,
    best_ticks,
    held_lots,
    index_of,
    signed_lots,
    take,
    value_of,
)
from longshore.world.source import SourceState


class TrendTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two averages of the mark, and what their distance is worth to it."""

    interval_ms: int = 15_000
    latency_us: int = 40_000
    fast_steps: int = 8  # memory of the quick average, in decisions
    slow_steps: int = 60
    full_ppm: int = 3_000  # at this distance between them it wants its greatest position
    hold_usd: int = 300_000
    slice_usd: int = 20_000  # the most one order takes; a sixteenth of it is not worth trading


class Trend(Agent):
    """Follows the distance between a quick and a slow average of the mark."""

    terms: TrendTerms
    _fast_subticks = 0
    _slow_subticks = 0

    def decide(self, time_us: int, view: State) -> list[Command]:
        """One order toward the position that the averages ask for."""
        market = view.markets[self.market_ids[0]]
        price = int(market.mark_subticks) or index_of(view, market)
        self._remember(price)
        if market.state != MarketState.ACTIVE or 0 in best_ticks(view, market):
            return []
        missing_atoms = self.wanted_atoms() - self._held_atoms(view, market, price)
        most = self.terms.slice_usd * ATOMS
        if abs(missing_atoms) * 16 < most:
            return []
        lots = signed_lots(view, market, max(-most, min(most, missing_atoms)), price)
        return [take(self.account_id, self.market_ids[0], lots)]

    def _remember(self, price: int) -> None:
        """Both averages one decision further."""
        if self._slow_subticks == 0:
            self._fast_subticks = self._slow_subticks = price
        self._fast_subticks += (price - self._fast_subticks) // self.terms.fast_steps
        self._slow_subticks += (price - self._slow_subticks) // self.terms.slow_steps

    def wanted_atoms(self) -> int:
        """The position the averages ask for, signed, as a value."""
        apart = self._fast_subticks - self._slow_subticks
        strength_ppm = apart * PPM // self._slow_subticks * PPM // self.terms.full_ppm
        strength_ppm = max(-PPM, min(PPM, strength_ppm))
        return self.terms.hold_usd * ATOMS * strength_ppm // PPM

    def _held_atoms(self, view: State, market: Market, price: int) -> int:
        """The position it has, as a value."""
        held = held_lots(view, self.account_id, market) - self.home_lots(market)
        return value_of(view, market, held, price)

    def state(self) -> dict[str, int | list[int]]:
        """The agent's state and the averages."""
        return {**super().state(), "averages": [self._fast_subticks, self._slow_subticks]}

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        super().restore(state)
        self._fast_subticks, self._slow_subticks = cast("list[int]", state["averages"])
