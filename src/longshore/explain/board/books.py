"""A market's book: how much stands near its middle, and whether it left or was taken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from operator import not_

import msgspec

from longshore.engine.codes import Side
from longshore.engine.rows import Event, Market
from longshore.engine.value import value_atoms
from longshore.explain import format as fmt
from longshore.explain.board.notice import Notice, at
from longshore.rulebooks import MarketInfo

NEAR_OF = 100
"""What stands within one part in so many of the middle is counted."""
MEMORY_US = 60_000_000
THIN_OF = 5
"""Thin: less than one part in so many of the most, or nearly, there was in the last minute."""


class Depth(msgspec.Struct, frozen=True, array_like=True):
    """What stood near the middle at a moment, and what had been traded until then."""

    time_us: int
    near_atoms: int
    traded_atoms: int


class BookWatch(msgspec.Struct):
    """What is remembered of one book."""

    bids: dict[int, int] = {}
    """Open lots by price in ticks."""
    asks: dict[int, int] = {}
    traded_atoms: int = 0
    depths: list[Depth] = []
    """The last minute's looks."""
    full_atoms: int = 0
    """What stood there before it went thin; 0: it is not thin."""

    def changed(self, side: int, prices_ticks: list[int], open_lots: list[int]) -> None:
        """Levels of a side have new sizes, one after the other."""
        levels = self.bids if side == Side.BUY else self.asks
        levels.update(zip(prices_ticks, open_lots, strict=True))
        if 0 in open_lots:
            for ticks in set(compress(prices_ticks, map(not_, open_lots))):
                if not levels[ticks]:
                    del levels[ticks]

    def forget(self) -> None:
        """While nothing is matched, what stands there means nothing."""
        self.depths, self.full_atoms = [], 0

    def look(self, event: Event, market: Market, info: MarketInfo) -> Iterator[Notice]:
        """Compare what stands near the middle with the last minute."""
        time_us = int(event.time_us)
        now = Depth(time_us, self.near_atoms(market), self.traded_atoms)
        self.depths = [each for each in self.depths if time_us - each.time_us < MEMORY_US]
        most = max((each.near_atoms for each in self.depths), default=0)
        whole = (each for each in reversed(self.depths) if each.near_atoms * 10 >= most * 9)
        full = next(whole, now)
        self.depths.append(now)
        if self.full_atoms:
            if now.near_atoms * 2 >= self.full_atoms:
                self.full_atoms = 0
                holds = fmt.amount(info, now.near_atoms)
                yield at(event, "book-back", info.market_id, symbol=info.symbol, now=holds)
        elif now.near_atoms * THIN_OF < full.near_atoms:
            self.full_atoms = full.near_atoms
            yield self._thinned(event, info, full, now)

    def _thinned(self, event: Event, info: MarketInfo, full: Depth, now: Depth) -> Notice:
        """It was taken where more than half of what is gone was traded."""
        gone, traded = full.near_atoms - now.near_atoms, now.traded_atoms - full.traded_atoms
        code = "book-taken" if 2 * traded > gone else "book-left"
        values = {
            "from": fmt.amount(info, full.near_atoms),
            "to": fmt.amount(info, now.near_atoms),
            "traded": fmt.amount(info, traded),
            "span": fmt.span(now.time_us - full.time_us),
        }
        return at(event, code, info.market_id, symbol=info.symbol, **values)

    def near_atoms(self, market: Market) -> int:
        """What stands within a hundredth of the middle on the thinner side, at the middle's price.

        0: a side is empty.
        """
        if not self.bids or not self.asks:
            return 0
        twice = max(self.bids) + min(self.asks)
        reach = twice // NEAR_OF
        low, high = (twice - reach + 1) // 2, (twice + reach) // 2
        near = (
            sum([lots for ticks, lots in levels.items() if low <= ticks <= high])
            for levels in (self.bids, self.asks)
        )
        return int(value_atoms(market, twice // 2, min(near)))
