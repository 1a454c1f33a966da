"""The last ten minutes: who bought and sold how much in each market, and where prices stood.

Kept in buckets of five seconds, so that what is remembered is bounded by markets and accounts and
not by how much they trade.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from longshore.engine.codes import Role, Side
from longshore.engine.events import EventKind
from longshore.engine.limits import TIME_MAX_US
from longshore.rulebooks import Catalog
from longshore.surveillance.alert import Ref, ref
from longshore.surveillance.seen import Seen
from longshore.surveillance.units import Units

BUCKET_US = 5_000_000
KEPT = 120
"""Buckets: ten minutes."""
REFS = 3
"""Fills of one account that a bucket remembers."""
PPM = 1_000_000
MATCHED = frozenset((Role.TAKER, Role.LIQUIDATION, Role.PARTIAL_LIQUIDATION))
"""Matches that the book made: what the venue assigns or unwinds is nobody's trade."""


class Flow:
    """What one account bought and sold in one market, in lots; as taker, and in all."""

    __slots__ = ("bought", "refs", "sold", "took_bought", "took_sold")

    def __init__(self) -> None:
        """Nothing."""
        self.bought = self.sold = self.took_bought = self.took_sold = 0
        self.refs: list[Ref] = []

    def count(self, lots: int, took: bool) -> None:
        """One match: lots it bought, below zero if it sold, and whether it took them."""
        if lots > 0:
            self.bought += lots
            self.took_bought += lots * took
        else:
            self.sold -= lots
            self.took_sold -= lots * took

    def add(self, other: Flow, sign: int = 1) -> None:
        """Put another's figures to these, or take them off."""
        self.bought += sign * other.bought
        self.sold += sign * other.sold
        self.took_bought += sign * other.took_bought
        self.took_sold += sign * other.took_sold

    @property
    def volume(self) -> int:
        """Lots either way."""
        return self.bought + self.sold

    @property
    def net(self) -> int:
        """Lots the holding grew by."""
        return self.bought - self.sold

    @property
    def took_net(self) -> int:
        """The same of what it took from the book."""
        return self.took_bought - self.took_sold


class Bucket:
    """Five seconds of one market."""

    __slots__ = ("first_us", "flows", "index_subticks", "price_ticks")

    def __init__(self, first_us: int, price_ticks: int, index_subticks: int) -> None:
        """Where prices stood when it began."""
        self.first_us = first_us
        self.price_ticks = price_ticks
        self.index_subticks = index_subticks
        self.flows: dict[int, Flow] = {}


class MarketTape:
    """The last ten minutes of one market."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.buckets: deque[Bucket] = deque()
        self.totals: dict[int, Flow] = {}
        self.price_ticks = 0

    def bucket(self, time_us: int, index_subticks: int) -> Bucket:
        """The bucket of now; those that are too old go."""
        first_us = time_us - time_us % BUCKET_US
        if not self.buckets or self.buckets[-1].first_us < first_us:
            self.buckets.append(Bucket(first_us, self.price_ticks, index_subticks))
            while self.buckets[0].first_us <= first_us - KEPT * BUCKET_US:
                self._forget(self.buckets.popleft())
        return self.buckets[-1]

    def _forget(self, bucket: Bucket) -> None:
        for account_id, flow in bucket.flows.items():
            total = self.totals[account_id]
            total.add(flow, -1)
            if not total.volume:
                del self.totals[account_id]

    def since(self, from_us: int, to_us: int) -> Iterator[Bucket]:
        """Buckets that begin in a span of time, the newest first."""
        for bucket in reversed(self.buckets):
            if bucket.first_us < from_us:
                return
            if bucket.first_us < to_us:
                yield bucket

    def flows(self, from_us: int, to_us: int) -> dict[int, Flow]:
        """Everybody's figures over a span of time."""
        found: dict[int, Flow] = {}
        for bucket in self.since(from_us, to_us):
            for account_id, flow in bucket.flows.items():
                total = found.setdefault(account_id, Flow())
                total.add(flow)
                total.refs += flow.refs
        return found


class Tape:
    """All markets of one world."""

    def __init__(self, catalog: Catalog) -> None:
        """Nothing yet."""
        self.markets: dict[int, MarketTape] = {}
        self.index_subticks: dict[int, int] = {}
        infos = catalog.markets.values()
        self.units = {info.market_id: Units.of(info) for info in infos}
        self._assets = {info.market_id: info.base.asset_id for info in infos}

    def market(self, market_id: int) -> MarketTape:
        """One market's."""
        made = self.markets.get(market_id)
        if made is None:
            made = self.markets[market_id] = MarketTape()
        return made

    def of_asset(self, asset_id: int) -> Mapping[int, MarketTape]:
        """Those markets in which a coin is traded."""
        return {m: tape for m, tape in self.markets.items() if self._assets[m] == asset_id}

    def premium_ppm(self, market_id: int, price_ticks: int, index_subticks: int) -> int:
        """How far a price stands from an index; 0 where one of them is not known."""
        if not price_ticks or not index_subticks:
            return 0
        subticks = price_ticks * self.units[market_id].subticks_a_tick
        return (subticks - index_subticks) * PPM // index_subticks

    def moved_ppm(self, market_id: int, from_us: int) -> int:
        """How far a market's premium has moved since a time: what its own trades moved it.

        Nothing where it only came nearer to the index: that is what arbitrage does.
        """
        tape = self.market(market_id)
        priced = [b for b in tape.since(from_us, TIME_MAX_US) if b.price_ticks]
        if not priced:
            return 0
        first = priced[-1]
        index = self.index_subticks.get(self._assets[market_id], 0)
        now_ppm = self.premium_ppm(market_id, tape.price_ticks, index)
        moved_ppm = now_ppm - self.premium_ppm(market_id, first.price_ticks, first.index_subticks)
        return moved_ppm if moved_ppm * now_ppm > 0 else 0

    def see(self, event: Seen) -> None:
        """What happened next."""
        if event.kind == EventKind.INDEX_PUBLISHED:
            self.index_subticks[event.asset_id] = event.index_subticks
        elif event.kind == EventKind.FILLED and event.role in MATCHED:
            self._filled(event)

    def _filled(self, event: Seen) -> None:
        """A match of the book: what its taker and its maker bought or sold."""
        tape = self.market(event.market_id)
        index = self.index_subticks.get(self._assets[event.market_id], 0)
        bucket = tape.bucket(event.time_us, index)
        tape.price_ticks = event.price_ticks
        lots = event.qty_lots if event.side == Side.BUY else -event.qty_lots
        took = event.role == Role.TAKER
        for account_id, signed, is_taker in (
            (event.account_id, lots, took),
            (event.other_account_id, -lots, False),
        ):
            _flow(tape.totals, account_id).count(signed, is_taker)
            own = _flow(bucket.flows, account_id)
            own.count(signed, is_taker)
            if len(own.refs) < REFS:
                own.refs.append(ref(event, "trade"))


def _flow(flows: dict[int, Flow], account_id: int) -> Flow:
    found = flows.get(account_id)
    if found is None:
        found = flows[account_id] = Flow()
    return found
