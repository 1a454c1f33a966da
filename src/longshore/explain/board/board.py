"""The board: sees every event of a world once, in order, and keeps the last notices.

What it says is a function of the events alone and of what the operator has planned: the same
world, run again or followed from its journal, has the same board.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from longshore.engine.book import each_level
from longshore.engine.codes import Role, Side
from longshore.engine.events import EventKind
from longshore.engine.ledger import balance_atoms, system_wallet
from longshore.engine.lifecycle import Setup
from longshore.engine.rows import Event, Market
from longshore.engine.state import State
from longshore.explain import format as fmt
from longshore.explain.board import markets as told
from longshore.explain.board import words as read
from longshore.explain.board.indexes import IndexWatch
from longshore.explain.board.markets import MarketWatch
from longshore.explain.board.notice import Notice
from longshore.explain.board.words import FUNDS
from longshore.rulebooks import Catalog

KEPT = 500
"""How many notices are kept, the newest."""
LOOK_US = 2_000_000
"""Books and silent indexes are looked at this often."""
SILENT_US = 60_000_000
"""An index stands still after so long, where the rulebook does not say when it is stale."""


class Stop(NamedTuple):
    """Withdrawals are refused from a time on, until another."""

    from_us: int
    to_us: int


class BoardState(msgspec.Struct):
    """All that a board remembers."""

    notices: list[Notice] = []
    indexes: dict[int, IndexWatch] = {}
    markets: dict[int, MarketWatch] = {}
    funds_atoms: dict[int, int] = {}
    looked_us: int = 0
    downtime: int = 0
    """The number of the maintenance that is under way; 0: none."""
    downtime_over_us: int = 0
    """When the last one was over."""


class Board:
    """Of one world."""

    def __init__(self, catalog: Catalog, setup: Setup, stops: Sequence[Stop] = ()) -> None:
        self._catalog = catalog
        self._rows: dict[int, Market] = {int(row.market_id): row for row in setup.markets}
        self._stops = stops
        self.state = BoardState()
        for row in setup.assets:
            after_us = int(row.stale_after_us) or SILENT_US
            self.state.indexes[int(row.asset_id)] = IndexWatch(int(row.asset_id), after_us)
        for market_id in self._rows:
            self.state.markets[market_id] = MarketWatch()

    @property
    def notices(self) -> list[Notice]:
        """The last ones, oldest first."""
        return self.state.notices

    def see(self, events: Iterable[Event]) -> None:
        """What happened next."""
        markets, state = self.state.markets, self.state
        for event in events:
            if event.time_us - state.looked_us >= LOOK_US:
                self._keep(self._look(event))
            if event.kind == EventKind.BOOK_CHANGED:
                book = markets[event.market_id].book
                book.changed(event.side, [int(event.price_ticks)], [int(event.open_lots)])
            elif event.kind == EventKind.TRANSFERRED:
                self._transferred(event)
            else:
                self._keep(self._told(event))

    def see_words(self, words: Any) -> None:
        """The same of events as a matrix of numbers, as compiled rules leave them.

        Between two looks it counts nothing in what order a level changed and an index moved.
        """
        at, end = 0, len(words)
        while at < end:
            look_at = max(at, read.first_at(words, self.state.looked_us + LOOK_US))
            self._see_between(words[at:look_at])
            if look_at < end:
                self._keep(self._look(read.event(words[look_at])))
            at = look_at

    def _see_between(self, words: Any) -> None:
        """What happened without a look between."""
        markets, piece = self.state.markets, read.Words(words)
        for market_id, side, prices, sizes in piece.levels():
            markets[market_id].book.changed(side, prices, sizes)
        for market_id, value_atoms in piece.matches():
            markets[market_id].book.traded_atoms += value_atoms
        self.see(piece.others())

    def begin(self, view: State) -> None:
        """Take up in the middle of a world, whose beginning was not seen."""
        for market_id, watch in self.state.markets.items():
            row = view.markets[market_id]
            watch.state = int(row.state)
            for side, levels in ((Side.BUY, watch.book.bids), (Side.SELL, watch.book.asks)):
                for level in each_level(view, row, side):
                    levels[int(level.price_ticks)] = int(level.qty_lots)
        for fund in FUNDS:
            held = balance_atoms(view, system_wallet(fund), self._catalog.settlement.asset_id)
            self.state.funds_atoms[fund] = int(held)

    def _keep(self, made: Iterable[Notice]) -> None:
        self.state.notices.extend(made)
        del self.state.notices[:-KEPT]

    def _told(self, event: Event) -> Iterator[Notice]:
        """What one event is worth."""
        kind = event.kind
        if kind == EventKind.INDEX_PUBLISHED:
            yield from self.state.indexes[event.asset_id].published(event, self._catalog)
        elif kind == EventKind.FILLED:
            yield from self._filled(event)
        elif kind == EventKind.MARKET_STATE_SET:
            yield from self._state_set(event)
        elif kind == EventKind.DOWNTIME_SET:
            yield self._downtime(event)
        elif kind == EventKind.AUCTION_CROSSED:
            yield told.crossed(event, self._catalog.market(int(event.market_id)))
        elif kind == EventKind.MARKET_SETTLED:
            info = self._catalog.market(int(event.market_id))
            yield self.state.markets[event.market_id].settled(event, info)
        elif kind == EventKind.FUNDING_SET:
            info = self._catalog.market(int(event.market_id))
            yield from told.funding(event, info, self._rows[event.market_id])

    def _look(self, event: Event) -> Iterator[Notice]:
        """What the time that has passed is worth."""
        before_us, self.state.looked_us = self.state.looked_us, int(event.time_us)
        yield from self._withdrawals(event, before_us)
        for index in self.state.indexes.values():
            yield from index.passed(event, self._catalog)
        for market_id, watch in self.state.markets.items():
            if watch.state not in told.STOPPED:
                info = self._catalog.market(market_id)
                yield from watch.book.look(event, self._rows[market_id], info)

    def _withdrawals(self, event: Event, before_us: int) -> Iterator[Notice]:
        """The operator stops withdrawals, or lets them through again."""
        for stop in self._stops:
            if before_us < stop.from_us <= event.time_us:
                yield self._planned(event, stop.from_us, "withdrawals-stopped")
            if before_us < stop.to_us <= event.time_us:
                stood = fmt.span(stop.to_us - stop.from_us)
                yield self._planned(event, stop.to_us, "withdrawals-open", span=stood)

    def _planned(self, event: Event, time_us: int, code: str, **values: str) -> Notice:
        return Notice(seq=int(event.seq), time_us=time_us, code=code, values=values)

    def _filled(self, event: Event) -> Iterator[Notice]:
        """A match; one that unwinds is told."""
        self.state.markets[event.market_id].book.traded_atoms += int(event.value_atoms)
        if event.role == Role.UNWIND_BANKRUPT:
            held = {name: self.state.funds_atoms.get(fund, 0) for fund, name in FUNDS.items()}
            funds = {name: fmt.money(atoms) for name, atoms in held.items()}
            yield told.unwound(event, self._catalog.market(int(event.market_id)), funds)

    def _state_set(self, event: Event) -> Iterator[Notice]:
        info = self._catalog.market(int(event.market_id))
        index = self.state.indexes[info.base.asset_id].last_subticks
        watch = self.state.markets[event.market_id]
        said = list(watch.state_set(event, info, self._catalog, index))
        if not self.state.downtime and event.time_us != self.state.downtime_over_us:
            yield from said

    def _downtime(self, event: Event) -> Notice:
        """A phase of a maintenance, which says for all markets what they show in it."""
        if event.flag in told.UNDER_WAY:
            self.state.downtime = int(event.type)
        elif event.type == self.state.downtime:
            self.state.downtime, self.state.downtime_over_us = 0, int(event.time_us)
        return told.downtime(event)

    def _transferred(self, event: Event) -> None:
        """What the venue's funds hold."""
        if event.asset_id != self._catalog.settlement.asset_id:
            return
        if event.account_id in FUNDS:
            self.state.funds_atoms[int(event.account_id)] = int(event.balance_atoms)
        if event.other_account_id in FUNDS:
            self.state.funds_atoms[int(event.other_account_id)] = int(event.other_balance_atoms)
