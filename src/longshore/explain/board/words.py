"""Events as compiled rules leave them, a matrix of numbers: what of it a board reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from longshore.engine.codes import Role, Side, System
from longshore.engine.events import EventKind
from longshore.engine.rows import Event

FUNDS = {System.INSURANCE: "insurance", System.POOL: "pool"}
TOLD = (
    EventKind.INDEX_PUBLISHED,
    EventKind.MARKET_STATE_SET,
    EventKind.AUCTION_CROSSED,
    EventKind.DOWNTIME_SET,
    EventKind.MARKET_SETTLED,
    EventKind.FUNDING_SET,
)
"""Kinds of which each event is read by itself."""
_AT = {name: at for at, name in enumerate(Event.FIELDS)}
_IS_TOLD = np.isin(np.arange(1 + max(EventKind)), TOLD)


class Words:
    """A piece of it, in order of time."""

    def __init__(self, words: Any) -> None:
        """`words`: a line an event."""
        self._words = words
        self._kinds = self._of("kind").copy()
        self._unwinds = self._of("role") == Role.UNWIND_BANKRUPT

    def levels(self) -> Iterator[tuple[int, int, list[int], list[int]]]:
        """Of each side of a market that changed: prices and sizes, in order of time."""
        changed = (self._kinds == EventKind.BOOK_CHANGED).nonzero()[0]
        sides = 2 * self._of("market_id")[changed] + (self._of("side")[changed] == Side.SELL)
        prices, sizes = self._of("price_ticks")[changed], self._of("open_lots")[changed]
        order = sides.argsort(kind="stable")
        counts = np.bincount(sides)
        ends = counts.cumsum().tolist()
        prices, sizes = prices[order].tolist(), sizes[order].tolist()
        for side in counts.nonzero()[0].tolist():
            own = slice(ends[side] - int(counts[side]), ends[side])
            yield side // 2, Side.SELL if side % 2 else Side.BUY, prices[own], sizes[own]

    def matches(self) -> Iterator[tuple[int, ...]]:
        """Market and value of each match but those that unwind."""
        matched = (self._kinds == EventKind.FILLED) & ~self._unwinds
        return self._lines(matched.nonzero()[0], "market_id", "value_atoms")

    def others(self) -> list[Event]:
        """All else that is read, a row each."""
        kept = _IS_TOLD[self._kinds] | (self._kinds == EventKind.FILLED) & self._unwinds
        moved = (self._kinds == EventKind.TRANSFERRED).nonzero()[0]
        for whose in ("account_id", "other_account_id"):
            account_ids = self._of(whose)[moved]
            for fund in FUNDS:
                kept[moved[account_ids == fund]] = True
        return [Event.of(line) for line in self._words[kept].tolist()]

    def _of(self, field: str) -> Any:
        return self._words[:, _AT[field]]

    def _lines(self, at: Any, *fields: str) -> Iterator[tuple[int, ...]]:
        return zip(*(self._of(field)[at].tolist() for field in fields), strict=True)


def first_at(words: Any, time_us: int) -> int:
    """The first line that is not before a time; past the last one where there is none."""
    return int(words[:, _AT["time_us"]].searchsorted(time_us))


def event(words: Any) -> Event:
    """One line as a row."""
    return Event.of(words.tolist())
