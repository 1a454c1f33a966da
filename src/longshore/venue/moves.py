"""Typical daily moves of each market, from its daily mark candles; taken anew once a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.explain.moves import Day, DayMoves
from longshore.venue.history import CandleKind, Span

if TYPE_CHECKING:
    from longshore.venue.history import History
    from longshore.venue.projections.records import Candle

DAYS = 90
DAY_S = 86_400
DAY_US = DAY_S * 1_000_000
PPM = 1_000_000


class Moves:
    """Kept by market and world day; today counts only once it is over."""

    def __init__(self, history: History) -> None:
        """Reads candles from history."""
        self._history = history
        self._kept: dict[int, tuple[int, DayMoves]] = {}

    async def of(self, market_id: int, time_us: int) -> DayMoves:
        """The market's days before the day of a time."""
        day = time_us // DAY_US
        kept = self._kept.get(market_id)
        if kept is None or kept[0] != day:
            kept = self._kept[market_id] = (day, await self._read(market_id, day))
        return kept[1]

    async def _read(self, market_id: int, day: int) -> DayMoves:
        span = Span(before_us=day * DAY_US, limit=DAYS)
        candles = await self._history.candles(market_id, CandleKind.MARK, DAY_S, span)
        return DayMoves(tuple(_day(candle) for candle in candles))


def _day(candle: Candle) -> Day:
    fall = candle.open_subticks - candle.low_subticks
    rise = candle.high_subticks - candle.open_subticks
    return Day(
        fall_ppm=fall * PPM // candle.open_subticks, rise_ppm=rise * PPM // candle.open_subticks
    )
