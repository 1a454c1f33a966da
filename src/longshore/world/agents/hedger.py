"""Hedger: has sold options elsewhere, and trades the perpetual so that their price moves it not."""

from __future__ import annotations

from typing import cast

from longshore.engine.codes import MarketState
from longshore.engine.rows import Command
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


class HedgerTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What it has sold: options struck at the price of the day."""

    interval_ms: int = 60_000
    latency_us: int = 30_000
    hold_usd: int = 500_000  # its hedge when the price is `width_ppm` from the strike
    width_ppm: int = 30_000
    band_usd: int = 25_000  # a difference it does not bother with
    strike_s: int = 86_400  # when it sells new ones at the price of then


class Hedger(Agent):
    """Buys as the price rises above the strike and sells as it falls: it makes moves larger."""

    terms: HedgerTerms
    _strike_subticks = 0
    _strike_us = 0

    def decide(self, time_us: int, view: State) -> list[Command]:
        """An order that brings the hedge to where it belongs, where it is far from that."""
        market = view.markets[self.market_ids[0]]
        index = index_of(view, market)
        if time_us - self._strike_us >= self.terms.strike_s * PPM:
            self._strike_subticks, self._strike_us = index, time_us
        if market.state != MarketState.ACTIVE or 0 in best_ticks(view, market):
            return []
        moved_ppm = (index - self._strike_subticks) * PPM // self._strike_subticks
        share_ppm = max(-PPM, min(PPM, moved_ppm * PPM // self.terms.width_ppm))
        held = value_of(view, market, held_lots(view, self.account_id, market), index)
        missing_atoms = self.terms.hold_usd * ATOMS * share_ppm // PPM - held
        if abs(missing_atoms) < self.terms.band_usd * ATOMS:
            return []
        lots = signed_lots(view, market, missing_atoms, index)
        return [take(self.account_id, self.market_ids[0], lots)]

    def state(self) -> dict[str, int | list[int]]:
        """The agent's state and its strike."""
        return {**super().state(), "strike": [self._strike_subticks, self._strike_us]}

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        super().restore(state)
        self._strike_subticks, self._strike_us = cast("list[int]", state["strike"])
