"""Candles: one-minute bars of trade, mark and index prices; longer ones are made when read.

A bar is written for a minute in which a price came. The bars of a quiet time repeat the last close
with no volume; they are made when read, too. Bars from before the world's start are as long as the
world's past has them (a minute, an hour, a day).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import func, select

from longshore.engine.codes import Side
from longshore.engine.events import EventKind
from longshore.venue.projections.records import Candle
from longshore.venue.projections.tables import put, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.history import Span
    from longshore.venue.projections.folding import Folding

MINUTE_US = 60_000_000
SECOND_US = 1_000_000


class Bar(msgspec.Struct):
    """One stored candle of one market and kind."""

    market_id: int
    kind: str  # trade, mark, index
    start_us: int
    interval_us: int
    open_subticks: int
    high_subticks: int
    low_subticks: int
    close_subticks: int
    volume_lots: int
    value_atoms: int
    trades: int = 0
    buy_lots: int = 0
    buy_value_atoms: int = 0

    def add(
        self, price_subticks: int, volume_lots: int = 0, value_atoms: int = 0, trades: int = 0
    ) -> None:
        """A later price of the same bar."""
        self.high_subticks = max(self.high_subticks, price_subticks)
        self.low_subticks = min(self.low_subticks, price_subticks)
        self.close_subticks = price_subticks
        self.volume_lots += volume_lots
        self.value_atoms += value_atoms
        self.trades += trades

    def bought(self, qty_lots: int, value_atoms: int) -> None:
        """Of what was added, so much was bought by who took."""
        self.buy_lots += qty_lots
        self.buy_value_atoms += value_atoms


TABLE = table_of("candles", Bar, key=("market_id", "kind", "start_us", "interval_us"))
Series = tuple[int, str]


class Candles:
    """The open minute of every market and kind, and the minutes not yet written."""

    kinds = frozenset((EventKind.MARK_CHANGED, EventKind.INDEX_PUBLISHED, EventKind.FILLED))

    def __init__(self, markets_of_asset: dict[int, list[int]]) -> None:
        """Index prices come by asset and belong to every market of it."""
        self._markets_of_asset = markets_of_asset
        self._open: dict[Series, Bar] = {}
        self._changed: dict[tuple[Series, int], Bar] = {}

    def load(self, connection: Connection, folding: Folding) -> None:
        """The newest minute of each series: it may still be open."""
        newest = select(TABLE, func.max(TABLE.c.start_us)).where(TABLE.c.interval_us == MINUTE_US)
        for row in connection.execute(newest.group_by(TABLE.c.market_id, TABLE.c.kind)).mappings():
            bar = Bar(**{field: row[field] for field in Bar.__struct_fields__})
            self._open[bar.market_id, bar.kind] = bar

    def take(self, event: Event, folding: Folding) -> None:
        """A price that came: a match, a mark, an index."""
        if event.kind == EventKind.MARK_CHANGED:
            self._price((event.market_id, "mark"), event.time_us, event.mark_subticks)
        elif event.kind == EventKind.INDEX_PUBLISHED:
            for market_id in self._markets_of_asset.get(event.asset_id, ()):
                self._price((market_id, "index"), event.time_us, event.index_subticks)
        else:
            price = folding.price_subticks(event)
            bar = self._price((event.market_id, "trade"), event.time_us, price)
            bar.volume_lots += event.qty_lots
            bar.value_atoms += event.value_atoms
            bar.trades += 1
            if event.side == Side.BUY:
                bar.bought(event.qty_lots, event.value_atoms)

    def _price(self, series: Series, time_us: int, price: int) -> Bar:
        start_us = time_us - time_us % MINUTE_US
        bar = self._open.get(series)
        if bar is None or bar.start_us != start_us:
            bar = self._open[series] = Bar(
                *series, start_us, MINUTE_US, price, price, price, price, 0, 0
            )
        bar.add(price)
        self._changed[series, start_us] = bar
        return bar

    def flush(self, connection: Connection) -> None:
        """Write the minutes that changed."""
        put(connection, TABLE, list(self._changed.values()))
        self._changed = {}


def read(
    connection: Connection, series: Series, interval_s: int, span: Span, now_us: int
) -> list[Candle]:
    """Candles of an interval oldest first, at most the newest `limit` of the span."""
    interval_us = interval_s * SECOND_US
    end_us = min(span.before_us, now_us + 1)
    last_us = (end_us - 1) - (end_us - 1) % interval_us
    first_us = max(span.after_us, last_us - (span.limit - 1) * interval_us, 0)
    first_us += -first_us % interval_us
    made = _grouped(_bars(connection, series, interval_us, first_us, end_us), interval_us)
    previous = _close_before(connection, series, first_us)
    return list(_without_gaps(made, previous, range(first_us, last_us + 1, interval_us)))


def begins_us(connection: Connection, series: Series, interval_s: int) -> int:
    """When the first bar began that candles of this length are made of; 0: there is none."""
    query = select(func.min(TABLE.c.start_us)).where(
        TABLE.c.market_id == series[0],
        TABLE.c.kind == series[1],
        TABLE.c.interval_us <= interval_s * SECOND_US,
    )
    return connection.execute(query).scalar() or 0


def _bars(
    connection: Connection, series: Series, interval_us: int, first_us: int, end_us: int
) -> Iterator[Bar]:
    """Stored bars no longer than the interval; a finer one counts only where a longer one ends."""
    query = _of_series(series).where(
        TABLE.c.interval_us <= interval_us, TABLE.c.start_us >= first_us, TABLE.c.start_us < end_us
    )
    by_length: dict[int, list[Bar]] = defaultdict(list)
    for row in connection.execute(query.order_by(TABLE.c.start_us)).mappings():
        by_length[row["interval_us"]].append(Bar(**row))
    covered_us = first_us
    for length in sorted(by_length, reverse=True):
        yield from (bar for bar in by_length[length] if bar.start_us >= covered_us)
        covered_us = max(covered_us, by_length[length][-1].start_us + length)


def _grouped(bars: Iterable[Bar], interval_us: int) -> dict[int, Candle]:
    """Candles by their start, from bars in time order."""
    groups: dict[int, Bar] = {}
    for bar in bars:
        start_us = bar.start_us - bar.start_us % interval_us
        group = groups.get(start_us)
        if group is None:
            groups[start_us] = msgspec.structs.replace(bar)
        else:
            group.add(bar.high_subticks)
            group.add(bar.low_subticks)
            group.add(bar.close_subticks, bar.volume_lots, bar.value_atoms, bar.trades)
            group.bought(bar.buy_lots, bar.buy_value_atoms)
    return {start_us: candle(start_us, bar) for start_us, bar in groups.items()}


def candle(start_us: int, bar: Bar) -> Candle:
    """A stored bar, or several joined into one, as history gives it."""
    return Candle(
        start_us,
        bar.open_subticks,
        bar.high_subticks,
        bar.low_subticks,
        bar.close_subticks,
        bar.volume_lots,
        bar.value_atoms,
        bar.trades,
        bar.buy_lots,
        bar.buy_value_atoms,
    )


def _without_gaps(made: dict[int, Candle], close: int, starts: range) -> Iterator[Candle]:
    """Every interval from the first price on; quiet ones repeat the close before them."""
    for start_us in starts:
        found = made.get(start_us)
        if found is None and close:
            found = Candle(start_us, close, close, close, close, 0, 0)
        if found is not None:
            close = found.close_subticks
            yield found


def _close_before(connection: Connection, series: Series, first_us: int) -> int:
    """The last close before a time, 0 when there is none."""
    query = _of_series(series).where(TABLE.c.start_us < first_us)
    newest = query.order_by(TABLE.c.start_us.desc()).limit(1)
    row = connection.execute(newest).mappings().first()
    return 0 if row is None else int(row["close_subticks"])


def _of_series(series: Series) -> Any:
    return select(TABLE).where(TABLE.c.market_id == series[0], TABLE.c.kind == series[1])
