"""One pair's book as one socket has it: all levels, the best of which the client is told of."""

from __future__ import annotations

from collections.abc import Callable
from heapq import nlargest, nsmallest
from typing import TYPE_CHECKING, NamedTuple

from longshore.engine.book import levels
from longshore.engine.codes import Side
from longshore.engine.limits import LEVELS_MAX
from longshore.venue.dialects.kraken_spot.checksum import LEVELS, TextLevel, checksum

if TYPE_CHECKING:
    from collections.abc import Iterable

    from longshore.engine.rows import Event
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_spot.api import Api

Levels = list[tuple[int, int]]
"""Ticks and lots; no lots where a level is gone."""


LevelText = Callable[["MarketInfo", int, int], TextLevel]
"""A level of a pair, ticks and lots, as text."""


class Change(NamedTuple):
    """What a client has to do to its copy, in this order."""

    asks: Levels
    bids: Levels

    @property
    def is_empty(self) -> bool:
        """Whether nothing within the depth changed."""
        return not self.asks and not self.bids


class BookCopy:
    """Levels of both sides, followed from a reading of the engine's view on."""

    def __init__(self, api: Api, market: MarketInfo, depth: int, text: LevelText) -> None:
        """Nothing is known before `read`; `text` is a level as the client's checksum counts it."""
        self.market = market
        self._api = api
        self._text = text
        self._depth = depth
        self._all: dict[int, dict[int, int]] = {}
        self._told: dict[int, dict[int, int]] = {}

    def read(self) -> Change:
        """Read the whole book anew; all the client is to have of it."""
        for side in (Side.BUY, Side.SELL):
            found = levels(self._api.view, self.market.market_id, side, LEVELS_MAX)
            self._all[side] = dict(found)
            self._told[side] = self._best(side)
        return Change(self._levels(Side.SELL), self._levels(Side.BUY))

    def follow(self, events: Iterable[Event]) -> Change:
        """Take levels as they are now; what changed of what the client has."""
        for event in events:
            side = self._all[event.side]
            side[int(event.price_ticks)] = int(event.open_lots)
            if not event.open_lots:
                del side[int(event.price_ticks)]
        return Change(self._changed(Side.SELL), self._changed(Side.BUY))

    def _best(self, side: int) -> dict[int, int]:
        """The best levels as deep as the client wants, best first."""
        known = self._all[side]
        first = nlargest if side == Side.BUY else nsmallest
        return {ticks: known[ticks] for ticks in first(self._depth, known)}

    def _changed(self, side: int) -> Levels:
        """What went, before what came: a client cuts its copy at its depth after each.

        A level that better ones pushed out of the depth is cut by the client itself.
        """
        before, self._told[side] = self._told[side], self._best(side)
        gone = [(ticks, 0) for ticks in before if ticks not in self._all[side]]
        came = [(ticks, lots) for ticks, lots in self._levels(side) if before.get(ticks) != lots]
        return gone + came

    def _levels(self, side: int) -> Levels:
        return list(self._told[side].items())

    @property
    def checksum(self) -> int:
        """Of what the client has now."""
        return checksum(self._texts(Side.SELL), self._texts(Side.BUY))

    def _texts(self, side: int) -> list[TextLevel]:
        best = self._levels(side)[:LEVELS]
        return [self._text(self.market, ticks, lots) for ticks, lots in best]
