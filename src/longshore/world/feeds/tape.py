"""A tape: where a recording by ticks stands at a time. Feed and recorded agents read the same."""

from __future__ import annotations

from bisect import bisect_right

from longshore.world.feeds.depth import ASK, BID, Depth
from longshore.world.feeds.imported import Ticks, Trade


class Tape:
    """The book and the last trade of a recording, moved forward to whatever time is asked for.

    Asked for an earlier time it begins anew, so what it says depends on the time alone.
    """

    def __init__(self, ticks: Ticks) -> None:
        self.ticks = ticks
        self._depth = Depth(ticks.depth)
        self._done = 0
        self._trade_times = [trade.time_us for trade in ticks.trades]
        self._book_times = [change.time_us for change in ticks.book]

    def depth(self, time_us: int) -> Depth:
        """The book with all that was received until then."""
        wanted = bisect_right(self._book_times, time_us)
        if wanted < self._done:
            self._depth.clear()
            self._done = 0
        for change in self.ticks.book[self._done : wanted]:
            if change.is_snapshot:
                self._depth.clear()
            for level in change.levels:
                self._depth.set(*level)
            self._depth.trim()
        self._done = wanted
        return self._depth

    def trades(self, after_us: int, until_us: int) -> list[Trade]:
        """The trades of a stretch that ends with `until_us`."""
        times = self._trade_times
        return self.ticks.trades[bisect_right(times, after_us) : bisect_right(times, until_us)]

    def price_subticks(self, time_us: int) -> int:
        """The middle of the book, without one the last trade; 0: there was none yet."""
        if self.ticks.book:
            depth = self.depth(time_us)
            bid, ask = depth.best(BID), depth.best(ASK)
            return (bid + ask) // 2 if bid and ask else 0
        at = bisect_right(self._trade_times, time_us)
        return self.ticks.trades[at - 1].price_subticks if at else 0

    def gap_end_us(self, time_us: int) -> int:
        """When the gap that this time lies in ends; the time itself outside of gaps."""
        at = bisect_right(self.ticks.gaps, (time_us, time_us + 1)) - 1
        for begins, ends in self.ticks.gaps[max(0, at) : at + 1]:
            if begins < time_us < ends:
                return ends
        return time_us
