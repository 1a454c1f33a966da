"""A recorded book rebuilt update by update, and held against what its venue said of it."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from longshore.world.feeds.depth import ASK, BID, Depth
from longshore.world.recordings.manifest import Check
from longshore.world.recordings.table import Table

CHECKSUM_LEVELS = 10
COLUMNS = (
    "update", "snapshot", "prev_id", "first_id", "last_id", "side", "price", "qty", "checksum",
)  # fmt: skip


class Update(NamedTuple):
    """One message about the book, in whole numbers."""

    time_us: int
    is_snapshot: bool
    prev_id: int | None
    first_id: int | None
    last_id: int | None
    checksum: int | None
    changes: list[tuple[int, int, int]]


def updates(table: Table) -> Iterator[Update]:
    """The rows of a book by message."""
    for _, group in groupby(table.rows(*COLUMNS), key=lambda row: row[1]):
        rows = list(group)
        time_us, _, snapshot, prev_id, first_id, last_id, *_, checksum = rows[0]
        changes = [(r[6], r[7], r[8]) for r in rows if r[6] is not None]
        yield Update(time_us, bool(snapshot), prev_id, first_id, last_id, checksum, changes)


def applied(depth: Depth, update: Update) -> None:
    """The book after a message."""
    if update.is_snapshot:
        depth.clear()
    for side, price, qty in update.changes:
        depth.set(side, price, qty)
    depth.trim()


class _Count:
    """How many of how many."""

    def __init__(self) -> None:
        self.passed = 0
        self.total = 0

    def add(self, good: bool) -> None:
        """One more."""
        self.passed += good
        self.total += 1


def book_checks(table: Table, top: Table | None) -> list[Check]:
    """Ids follow each other, the book is never crossed, checksums and best prices agree."""
    book = _Book(table, top)
    before: Update | None = None
    for update in updates(table):
        book.take(update, before)
        before = update
    return book.checks()


class _Book:
    """The book on its way through a recording, and the counts."""

    def __init__(self, table: Table, top: Table | None) -> None:
        self.depth = Depth(table.depth)
        self.scales = (table.scales["price"], table.scales["qty"])
        self.tops = None if top is None else _Tops(top, *self.scales)
        self.ids, self.uncrossed, self.sums = _Count(), _Count(), _Count()
        self.best, self.stood = _Count(), _Count()
        self.cut = 0

    def take(self, update: Update, before: Update | None) -> None:
        """One message more."""
        applied(self.depth, update)
        if before is not None and update.last_id is not None and not update.is_snapshot:
            self.ids.add(not _is_broken(update, before))
        bid, ask = self.depth.best(BID), self.depth.best(ASK)
        self.uncrossed.add(not (bid and ask) or bid < ask)
        if update.checksum is not None:
            self.sums.add(checksum(self.depth) == update.checksum)
        if self.tops is not None and update.first_id is not None and not update.is_snapshot:
            self._against_top(update)

    def _against_top(self, update: Update) -> None:
        """The last best prices told within the ids of this message are those after it.

        Where none were told within them, the last ones told before still stand.
        """
        assert self.tops is not None
        told_id, told = self.tops.until(update.last_id or 0)
        if told is None:
            return
        bid, ask = self.depth.best(BID), self.depth.best(ASK)
        sizes = self.depth.sizes
        mine = (bid, sizes[BID].get(bid, 0), ask, sizes[ASK].get(ask, 0))
        (self.best if told_id >= (update.first_id or 0) else self.stood).add(mine == told)

    def checks(self) -> list[Check]:
        """What came of it."""
        counted = [
            ("ids follow each other", self.ids, False, "what is missing is a gap"),
            ("bid below ask", self.uncrossed, True, ""),
            ("checksums agree", self.sums, True, ""),
            ("top of book as recorded", self.best, False, TOP_NOTE),
            ("top of book stands where none was told", self.stood, False, STOOD_NOTE),
        ]
        return [Check(n, c.passed, c.total, must, note) for n, c, must, note in counted if c.total]


def breaks(table: Table) -> Iterator[tuple[int, int, int]]:
    """Where messages are missing: from the last good one to the next snapshot, how many ids."""
    begins: int | None = None
    missing = 0
    before: Update | None = None
    for update in updates(table):
        if update.is_snapshot and begins is not None:
            yield begins, update.time_us, missing
            begins, missing = None, 0
        elif before is not None and _is_broken(update, before):
            begins = before.time_us if begins is None else begins
            missing += max(1, (update.first_id or 0) - (before.last_id or 0) - 1)
        before = update
    if begins is not None and before is not None:
        yield begins, before.time_us + 1, missing


TOP_NOTE = (
    "a message that ends between two fills of one order shows what the venue's best prices skip"
)
STOOD_NOTE = "the best prices have changed without being told, or were not all recorded"


def _is_broken(update: Update, before: Update) -> bool:
    """Whether something is missing between two messages; after a snapshot they may overlap."""
    if update.is_snapshot or update.first_id is None:
        return False
    last = before.last_id or 0
    if before.is_snapshot and update.prev_id != last:
        return update.first_id > last + 1
    if update.prev_id is not None:
        return update.prev_id != last
    return update.first_id != last + 1


class _Tops:
    """Best prices by the id at which they were told, at the book's scales."""

    def __init__(self, top: Table, price_scale: int, qty_scale: int) -> None:
        self.ids = top.ints("id")
        wanted = {
            "bid": price_scale,
            "bid_qty": qty_scale,
            "ask": price_scale,
            "ask_qty": qty_scale,
        }
        self._columns = [_lifted(top, name, scale) for name, scale in wanted.items()]

    def until(self, last: int) -> tuple[int, tuple[Any, ...] | None]:
        """The last ones told up to an id, after the id they were told at."""
        at = bisect_right(self.ids, last) - 1
        if at < 0:
            return 0, None
        return self.ids[at], tuple(column[at] for column in self._columns)


def _lifted(table: Table, name: str, scale: int) -> list[int]:
    """A column at another scale; what does not fit it equals nothing there."""
    own = table.scales[name]
    if own <= scale:
        return [value * 10 ** (scale - own) for value in table.ints(name)]
    power = 10 ** (own - scale)
    return [value // power if value % power == 0 else -1 for value in table.ints(name)]


def checksum(depth: Depth) -> int:
    """Kraken's: CRC-32 of the ten best asks, then bids, as digits without leading zeros."""
    text = "".join(
        f"{price}{qty}" for side in (ASK, BID) for price, qty in depth.levels(side, CHECKSUM_LEVELS)
    )
    return zlib.crc32(text.encode())
