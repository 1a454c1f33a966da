"""Harvester: sells perpetuals and buys coins while funding pays for it, and the reverse."""

from __future__ import annotations

from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.world.agents.arbitrage import Arbitrage, ArbitrageTerms, Tops
from longshore.world.agents.moves import ATOMS, PPM, held_lots, index_of, value_of


class HarvesterTerms(ArbitrageTerms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which premium on it comes, below which it goes again, and how much it carries."""

    interval_ms: int = 20_000
    latency_us: int = 50_000
    gap_ppm: int = 400  # of the mark over the index
    back_ppm: int = 50
    slice_usd: int = 20_000
    hold_usd: int = 2_000_000


class Harvester(Arbitrage):
    """Looks at the mark's premium, which funding is made of, and not at the books of the moment."""

    terms: HarvesterTerms

    def side(self, view: State, tops: Tops, perp: Market) -> int:
        """1: buy the perpetual and sell coins; -1: the reverse; 0: leave it."""
        index = index_of(view, perp)
        premium_ppm = (int(perp.mark_subticks) - index) * PPM // index
        held = held_lots(view, self.account_id, perp)
        full = abs(value_of(view, perp, held, index)) >= self.terms.hold_usd * ATOMS
        if abs(premium_ppm) > self.terms.gap_ppm:
            side = -1 if premium_ppm > 0 else 1
            return 0 if full and held * side > 0 else side
        if held and abs(premium_ppm) < self.terms.back_ppm:
            return 1 if held < 0 else -1
        return 0
