"""Streams of the book: `depth`, `depth5`, `bookTicker`.

Update ids are the engine's sequence numbers, as in the snapshot of `GET depth`: a message covers
everything from `U` to `u`, and `pu` is the `u` of the message before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.book import levels
from longshore.engine.codes import Side
from longshore.engine.limits import LEVELS_MAX
from longshore.venue.dialects.binance_usdm.api import price_text, size_text
from longshore.venue.dialects.binance_usdm.market_data import book
from longshore.venue.dialects.binance_usdm.tickers import best as best_of
from longshore.venue.dialects.binance_usdm.values import Json, millis

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.streams import Delivery

MS_PER_S = 1_000
DEFAULT_MS = 250
SIDES = ((Side.BUY, "b"), (Side.SELL, "a"))
Level = tuple[int, int]
"""A side and a price in ticks."""


def _every_s(given_ms: str) -> float:
    """An interval; none is the default, and 0 is as often as the socket looks."""
    return (int(given_ms) if given_ms else DEFAULT_MS) / MS_PER_S


class DepthFeed:
    """One market's book as it changes: all that rests at a price now, zero where nothing does."""

    def __init__(self, api: Api, market: MarketInfo, every_s: float) -> None:
        """What stands now is known to whoever reads the snapshot after subscribing."""
        self.every_s = every_s
        self._api = api
        self._market = market
        self._told_seq = self._seq = int(api.view.seq)
        self._time_us = int(api.view.time_us)
        self._known = self._whole()
        self._changed: dict[Level, int] = {}

    def _whole(self) -> dict[Level, int]:
        return {
            (side, ticks): lots
            for side, _ in SIDES
            for ticks, lots in levels(self._api.view, self._market.market_id, side, LEVELS_MAX)
        }

    async def deliver(self, delivery: Delivery) -> list[Json]:
        """Gather what changed; what was there when the stream began is in the snapshot."""
        if delivery.seq <= self._told_seq:
            return []
        self._seq, self._time_us = delivery.seq, delivery.time_us
        if self._market.market_id in delivery.stale_books:
            self._read_again()
        for event in delivery.levels:
            if event.market_id == self._market.market_id:
                self._note((event.side, event.price_ticks), int(event.open_lots))
        return []

    def _read_again(self) -> None:
        """Too much changed at once to be told level by level."""
        now = self._whole()
        for level in self._known.keys() | now.keys():
            self._note(level, now.get(level, 0))

    def _note(self, level: Level, lots: int) -> None:
        if self._known.get(level, 0) != lots:
            self._known[level] = self._changed[level] = lots
            if not lots:
                del self._known[level]

    async def pulse(self) -> list[Json]:
        """What changed since the last message, if anything did."""
        if not self._changed:
            return []
        head = _head(self._market, self._time_us, (self._told_seq, self._seq))
        told = {
            name: [
                [price_text(self._market, ticks), size_text(self._market, lots)]
                for (on, ticks), lots in sorted(self._changed.items())
                if on == side
            ]
            for side, name in SIDES
        }
        self._told_seq, self._changed = self._seq, {}
        return [{**head, **told}]


def _head(market: MarketInfo, time_us: int, seqs: tuple[int, int]) -> Json:
    """What a depth message begins with: it covers what came after the first seq, to the second."""
    before, last = seqs
    time_ms = millis(time_us)
    return {
        "e": "depthUpdate",
        "E": time_ms,
        "T": time_ms,
        "s": market.symbol,
        "U": before + 1,
        "u": last,
        "pu": before,
    }


def depth(api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> DepthFeed:
    """`SYMBOL@depth@100ms`."""
    return DepthFeed(api, markets[0], max(_every_s(terms[0]), 0.001))


class PartialFeed:
    """The best levels of one market, whenever its book changed."""

    def __init__(self, api: Api, market: MarketInfo, terms: tuple[int, float]) -> None:
        """So many levels, so often."""
        self._count, self.every_s = terms
        self._api = api
        self._market = market
        self._told_seq = int(api.view.seq)
        self._is_new = True

    async def deliver(self, delivery: Delivery) -> list[Json]:
        """Remember that something changed."""
        here = self._market.market_id
        self._is_new |= here in delivery.stale_books
        self._is_new |= any(event.market_id == here for event in delivery.levels)
        return []

    async def pulse(self) -> list[Json]:
        """The levels as they stand, if any changed."""
        if not self._is_new:
            return []
        self._is_new = False
        view = self._api.view
        seqs = (self._told_seq, int(view.seq))
        self._told_seq = seqs[1]
        sides = book(self._api, self._market, self._count)
        told = {"b": sides["bids"], "a": sides["asks"]}
        return [{**_head(self._market, int(view.time_us), seqs), **told}]


def partial_depth(api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> PartialFeed:
    """`SYMBOL@depth5@100ms`."""
    return PartialFeed(api, markets[0], (int(terms[0]), _every_s(terms[1])))


class BestFeed:
    """The best prices of markets, whenever they change."""

    every_s = 0.05

    def __init__(self, api: Api, markets: list[MarketInfo]) -> None:
        """Told once at the beginning."""
        self._api = api
        self._markets = {market.market_id: market for market in markets}
        self._told: dict[int, object] = {}
        self._touched = set(self._markets)

    async def deliver(self, delivery: Delivery) -> list[Json]:
        """Which books changed."""
        self._touched |= {event.market_id for event in delivery.levels} & self._markets.keys()
        self._touched |= delivery.stale_books & self._markets.keys()
        return []

    async def pulse(self) -> list[Json]:
        """Those whose best prices did."""
        told = []
        for market_id in sorted(self._touched):
            found = best_of(self._api, self._markets[market_id])
            if self._told.get(market_id) != found:
                self._told[market_id] = found
                told.append(self._message(self._markets[market_id], found))
        self._touched = set()
        return told

    def _message(self, market: MarketInfo, found: tuple[tuple[str, str], tuple[str, str]]) -> Json:
        (bid, bid_size), (ask, ask_size) = found
        return {
            "e": "bookTicker",
            "u": int(self._api.view.seq),
            "s": market.symbol,
            "b": bid,
            "B": bid_size,
            "a": ask,
            "A": ask_size,
            "T": millis(self._api.view.time_us),
            "E": self._api.now_ms,
        }


def best(api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> BestFeed:
    """`SYMBOL@bookTicker`, `!bookTicker`."""
    return BestFeed(api, markets)
