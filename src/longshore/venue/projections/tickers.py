"""The last 24 hours of each market, kept in memory from its one-minute trade candles."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from sqlalchemy import select

from longshore.engine.events import EventKind
from longshore.venue.projections import candles, executions
from longshore.venue.projections.candles import MINUTE_US, Bar
from longshore.venue.projections.records import Candle, Stats

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.projections.folding import Folding

DAY_US = 24 * 60 * MINUTE_US
NO_STATS = Stats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


class Tickers:
    """Minutes with trades, at most a day of them, and the last trade."""

    kinds = None  # every event tells the time

    def __init__(self) -> None:
        """No trades yet."""
        self._minutes: dict[int, deque[Bar]] = defaultdict(deque)
        self._last: dict[int, tuple[int, int, int]] = {}
        self._time_us = 0

    def load(self, connection: Connection, folding: Folding) -> None:
        """The stored minutes of the last day, and the last trade of each market."""
        self._time_us = folding.time_us
        table = candles.TABLE
        query = select(table).where(
            table.c.kind == "trade",
            table.c.interval_us == MINUTE_US,
            table.c.start_us > folding.time_us - DAY_US,
        )
        for row in connection.execute(query.order_by(table.c.start_us)).mappings():
            self._append(Bar(**row))
        for market_id in self._minutes:
            self._load_last(connection, market_id)

    def _load_last(self, connection: Connection, market_id: int) -> None:
        table = executions.TABLE
        query = select(table.c.time_us, table.c.qty_lots, table.c.side)
        newest = query.where(table.c.market_id == market_id).order_by(
            table.c.seq.desc(), table.c["index"].desc()
        )
        row = connection.execute(newest.limit(1)).first()
        if row is not None:
            self._last[market_id] = (row.time_us, row.qty_lots, row.side)

    def take(self, event: Event, folding: Folding) -> None:
        """A match."""
        self._time_us = event.time_us
        if event.kind != EventKind.FILLED:
            return
        price = folding.price_subticks(event)
        start_us = event.time_us - event.time_us % MINUTE_US
        minutes = self._minutes[event.market_id]
        if not minutes or minutes[-1].start_us != start_us:
            self._append(
                Bar(event.market_id, "trade", start_us, MINUTE_US, price, price, price, price, 0, 0)
            )
        minutes[-1].add(price, event.qty_lots, event.value_atoms, 1)
        self._last[event.market_id] = (event.time_us, event.qty_lots, event.side)

    def _append(self, bar: Bar) -> None:
        minutes = self._minutes[bar.market_id]
        minutes.append(bar)
        while minutes[0].start_us <= bar.start_us - DAY_US:
            minutes.popleft()

    def flush(self, connection: Connection) -> None:
        """Nothing is stored: candles and executions are."""

    def newest(self, market_id: int) -> Candle | None:
        """The newest minute with a trade."""
        minutes = self._minutes.get(market_id)
        return candles.candle(minutes[-1].start_us, minutes[-1]) if minutes else None

    def stats(self, market_id: int) -> Stats:
        """Open, high, low, last and volume over the last 24 hours."""
        from_us = self._time_us - DAY_US
        minutes = [bar for bar in list(self._minutes.get(market_id, ())) if bar.start_us > from_us]
        if not minutes:
            return NO_STATS
        time_us, qty_lots, side = self._last.get(market_id, (0, 0, 0))
        return Stats(
            open_subticks=minutes[0].open_subticks,
            high_subticks=max(bar.high_subticks for bar in minutes),
            low_subticks=min(bar.low_subticks for bar in minutes),
            last_subticks=minutes[-1].close_subticks,
            volume_lots=sum(bar.volume_lots for bar in minutes),
            value_atoms=sum(bar.value_atoms for bar in minutes),
            trades=sum(bar.trades for bar in minutes),
            last_us=time_us,
            last_lots=qty_lots,
            last_side=side,
        )
