"""What is looked at once a second of world time: both sides of each book, and the basis."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from longshore.engine.state import State
from longshore.rulebooks import Catalog, MarketInfo
from longshore.world.agents.moves import best_ask_ticks, best_bid_ticks, index_of

PPM = 1_000_000
FAR_PPM = PPM // 100
"""A perpetual further than this from its index is far: one per cent."""


class Count(msgspec.Struct):
    """What was counted in looks."""

    looks: int = 0
    empty: int = 0
    """Looks that found a side of the book without an order."""
    far: int = 0
    worst_ppm: int = 0
    """The furthest that the middle of the book was from the index, in parts of the index."""


class Looks:
    """One market, counted from its first whole book on; nothing is kept of each look."""

    def __init__(self, market: MarketInfo, count: Count | None = None) -> None:
        self.market = market
        self.count = count or Count()

    def look(self, view: State) -> None:
        """One more."""
        row, count = view.markets[self.market.market_id], self.count
        bid, ask = best_bid_ticks(view, row), best_ask_ticks(view, row)
        whole = 0 not in (bid, ask)
        if not whole and count.looks == 0:
            return
        count.looks += 1
        if not whole:
            count.empty += 1
        elif self.market.is_margined:
            self._measure((bid + ask) * int(row.tick_subticks), index_of(view, row))

    def _measure(self, twice_middle_subticks: int, index_subticks: int) -> None:
        """How far the middle is from the index."""
        apart = abs(twice_middle_subticks - 2 * index_subticks)
        ppm = apart * PPM // (2 * index_subticks)
        self.count.worst_ppm = max(self.count.worst_ppm, ppm)
        self.count.far += ppm > FAR_PPM


def all_looks(catalog: Catalog, counts: Mapping[str, Count]) -> list[Looks]:
    """One for each market, going on from what was counted of its symbol."""
    return [Looks(market, counts.get(market.symbol)) for market in catalog.markets.values()]
