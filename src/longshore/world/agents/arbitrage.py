"""Arbitrage: sells the perpetual and buys the coins when the perpetual is dear, and the reverse."""

from __future__ import annotations

from typing import NamedTuple

from longshore.engine.codes import MarketKind, MarketState
from longshore.engine.rows import Command, Market
from longshore.engine.state import State
from longshore.world.agents.agent import Agent, Terms
from longshore.world.agents.moves import (
    ATOMS,
    PPM,
    best_ticks,
    held_lots,
    index_of,
    lots_for,
    take,
    value_of,
)


class ArbitrageTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What gap it acts on, and how much it carries."""

    interval_ms: int = 1_000
    latency_us: int = 2_000
    gap_ppm: int = 150  # between one market's bid and the other's ask
    back_ppm: int = 30  # a gap the other way by which it takes a carried position off
    slice_usd: int = 5_000
    hold_usd: int = 2_000_000


class Tops(NamedTuple):
    """The best prices of both markets, in sub-ticks."""

    perp_bid: int
    perp_ask: int
    spot_bid: int
    spot_ask: int


class Arbitrage(Agent):
    """Trades one perpetual against the spot market of its base coin.

    It pushes both markets toward each other. It does not count its fees: it stands for all the
    desks that pay less of them than a newcomer does.
    """

    terms: ArbitrageTerms

    def decide(self, time_us: int, view: State) -> list[Command]:
        """Two orders, one in each market, or none."""
        perp, spot = self._pair(view)
        tops = _tops(view, perp, spot)
        if tops is None:
            return []
        side = self.side(view, tops, perp)
        if side == 0:
            return []
        size_atoms = self.terms.slice_usd * ATOMS
        perp_lots = lots_for(view, perp, size_atoms, tops.spot_ask)
        spot_lots = lots_for(view, spot, size_atoms, tops.spot_ask)
        return [
            take(self.account_id, int(perp.market_id), side * perp_lots),
            take(self.account_id, int(spot.market_id), -side * spot_lots),
        ]

    def _pair(self, view: State) -> tuple[Market, Market]:
        """The perpetual, then the spot market."""
        first, second = (view.markets[market_id] for market_id in self.market_ids)
        return (second, first) if first.kind == MarketKind.SPOT else (first, second)

    def side(self, view: State, tops: Tops, perp: Market) -> int:
        """1: buy the perpetual; -1: sell it; 0: leave it."""
        held = held_lots(view, self.account_id, perp)
        dear_ppm = (tops.perp_bid - tops.spot_ask) * PPM // tops.spot_ask
        cheap_ppm = (tops.spot_bid - tops.perp_ask) * PPM // tops.spot_bid
        full = abs(value_of(view, perp, held, tops.spot_bid)) >= self.terms.hold_usd * ATOMS
        if dear_ppm > (self.terms.back_ppm if held > 0 else self.terms.gap_ppm):
            return 0 if full and held < 0 else -1
        if cheap_ppm > (self.terms.back_ppm if held < 0 else self.terms.gap_ppm):
            return 0 if full and held > 0 else 1
        return 0


def _tops(view: State, perp: Market, spot: Market) -> Tops | None:
    """The best prices; None when a market is closed or a side is empty."""
    ticks = (*best_ticks(view, perp), *best_ticks(view, spot))
    if 0 in ticks or perp.state != MarketState.ACTIVE or spot.state != MarketState.ACTIVE:
        return None
    if index_of(view, perp) == 0:
        return None
    perp_tick, spot_tick = int(perp.tick_subticks), int(spot.tick_subticks)
    return Tops(
        ticks[0] * perp_tick, ticks[1] * perp_tick, ticks[2] * spot_tick, ticks[3] * spot_tick
    )
