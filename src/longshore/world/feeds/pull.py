"""Pull: how what happens on this venue moves the price of the whole world.

The index is a basket in which this venue's spot market has a share, and traders elsewhere watch it.
Where its middle stands off the price that the process made, a part of that is in the index at once.
Another part goes into the process for good, but only beyond what is usual, so that a lasting
premium does not carry the price away.
"""

from __future__ import annotations

import msgspec

from longshore.engine.codes import MarketKind
from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.world.agents.moves import best_ask_ticks, best_bid_ticks, is_open
from longshore.world.feeds.process import Process
from longshore.world.random import PPM

SECOND_US = 1_000_000
PARTS = 1_000_000_000
"""Distances are kept at 10**-9 of the price."""
TO_E12 = 1_000
USUAL_MORE = 1_000
"""What is usual is kept finer, so that short steps are not lost in it."""


class PullTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How strongly, and how soon a distance is what is usual."""

    blend_ppm: int = 0  # the share of this venue, by its spot market if it has one, in an index
    pull_ppm: int = 0  # of what is unusual, so much goes into the price for good, a second
    pull_usual_s: int = 600
    pull_most_ppm: int = 20_000  # a book further from the price than this counts as so far


class Pull:
    """Looks at the books of an asset: its spot markets, or without one those of its perpetuals."""

    def __init__(self, terms: PullTerms) -> None:
        self.terms = terms
        self._usual: dict[int, int] = {}

    def published(self, process: Process, view: State, span_us: int) -> list[int]:
        """The index of every asset, after its price has been moved by what happened here."""
        made = []
        for place, asset in enumerate(process.assets):
            price = process.prices_subticks[place]
            gaps = self._gaps(view, asset.asset_id, price)
            if not gaps:
                made.append(price)
                continue
            gap = sum(gaps) // len(gaps)
            unusual = gap - self._usually(asset.asset_id, gap, span_us)
            change = unusual * self.terms.pull_ppm // PPM * TO_E12 * span_us // SECOND_US
            process.move(place, change)
            made.append(price + price * gap // PARTS * self.terms.blend_ppm // PPM)
        return made

    def _gaps(self, view: State, asset_id: int, price: int) -> list[int]:
        """How far each open book stands off the price."""
        ids = range(1, int(view.markets_count) + 1)
        markets = [view.markets[id_] for id_ in ids]
        of_asset = [market for market in markets if market.base_asset_id == asset_id]
        spot = [market for market in of_asset if market.kind == MarketKind.SPOT]
        most = self.terms.pull_most_ppm * (PARTS // PPM)
        gaps = []
        for market in spot or of_asset:
            middle = _middle(view, market)
            if middle:
                gaps.append(max(-most, min(most, (middle - price) * PARTS // price)))
        return gaps

    def _usually(self, asset_id: int, gap: int, span_us: int) -> int:
        """What was usual, which then moves toward what is."""
        usual = self._usual.get(asset_id, gap * USUAL_MORE)
        memory_us = max(span_us, self.terms.pull_usual_s * SECOND_US)
        self._usual[asset_id] = usual + (gap * USUAL_MORE - usual) * span_us // memory_us
        return usual // USUAL_MORE

    def state(self) -> list[int]:
        """Assets and what is usual there, in turn."""
        return [value for line in sorted(self._usual.items()) for value in line]

    def restore(self, state: list[int]) -> None:
        """Go on from a state."""
        self._usual = dict(zip(state[::2], state[1::2], strict=True))


def _middle(view: State, market: Market) -> int:
    """Between the best prices, in sub-ticks; zero where the market is closed or a side is empty."""
    if not is_open(view, market):
        return 0
    ticks = best_bid_ticks(view, market) + best_ask_ticks(view, market)
    return ticks * int(market.tick_subticks) // 2
