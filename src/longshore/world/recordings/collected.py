"""What messages of a stream come to: a market's book updates, best prices and trades, as texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from longshore.world.recordings.table import Table, made_exact

BOOK = (
    "update", "snapshot", "prev_id", "first_id", "last_id", "side", "price", "qty", "checksum",
)  # fmt: skip
TOP = ("id", "bid", "bid_qty", "ask", "ask_qty")
TRADES = ("price", "qty", "side")

Change = tuple[int, str, str]
"""Side, price, size; size zero takes the level away."""
NOTHING: list[tuple[None, None, None]] = [(None, None, None)]
"""A message that changes no level is kept for its ids."""


class Update(NamedTuple):
    """One message about the book. Ids where the venue numbers them, else None."""

    time_us: int
    changes: list[Change]
    is_snapshot: bool = False
    prev_id: int | None = None
    first_id: int | None = None
    last_id: int | None = None
    checksum: int | None = None


class Collected:
    """One market as its messages come in."""

    def __init__(self) -> None:
        self.updates: list[Update] = []
        self.tops: list[tuple[Any, ...]] = []
        self.trades: list[tuple[Any, ...]] = []
        self.depth = 0
        self.unused = 0
        """Book messages from before the snapshot."""

    def tables(self) -> list[Table]:
        """Everything as tables. ValueError: a number that cannot be kept."""
        made = [
            _table("book", self._book_rows(), BOOK),
            _table("top", self.tops, TOP),
            _table("trades", self.trades, TRADES),
        ]
        made[0].depth = self.depth
        return [table for table in made if len(table)]

    def _book_rows(self) -> Iterable[tuple[Any, ...]]:
        for number, each in enumerate(self._usable()):
            head = (each.time_us, number, int(each.is_snapshot))
            ids = (each.prev_id, each.first_id, each.last_id)
            for change in each.changes or NOTHING:
                yield (*head, *ids, *change, each.checksum)

    def _usable(self) -> list[Update]:
        """The first snapshot and what follows from it.

        A snapshot that was asked for arrives among messages that are newer: it goes before the
        first message that reaches beyond it, and takes that one's time.
        """
        snapshot = next((u for u in self.updates if u.is_snapshot), None)
        if snapshot is None:
            return []
        at = self.updates.index(snapshot)
        rest = self.updates[at + 1 :]
        if snapshot.last_id is not None and snapshot.prev_id is None:
            others = self.updates[:at] + rest
            rest = [u for u in others if u.is_snapshot or (u.last_id or 0) >= snapshot.last_id]
        self.unused = len(self.updates) - 1 - len(rest)
        if rest:
            snapshot = snapshot._replace(time_us=min(snapshot.time_us, rest[0].time_us))
        return [snapshot, *rest]


def _table(kind: Any, rows: Iterable[tuple[Any, ...]], names: tuple[str, ...]) -> Table:
    columns: list[list[Any]] = [[] for _ in range(len(names) + 1)]
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    return made_exact(kind, columns[0], dict(zip(names, columns[1:], strict=True)))
