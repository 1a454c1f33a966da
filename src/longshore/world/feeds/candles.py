"""Candles of a world's past, and how small ones make great ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

SECOND_US = 1_000_000
MINUTE_S = 60
HOUR_S = 3_600
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Candle:
    """Open, high, low, close over [start, start + interval), in sub-ticks; volume in lots."""

    start_us: int
    open_subticks: int
    high_subticks: int
    low_subticks: int
    close_subticks: int
    volume_lots: int
    trades: int


def joined(candles: list[Candle], start_us: int) -> Candle:
    """Consecutive candles as the one that begins at `start_us`."""
    return Candle(
        start_us,
        candles[0].open_subticks,
        max(c.high_subticks for c in candles),
        min(c.low_subticks for c in candles),
        candles[-1].close_subticks,
        sum(c.volume_lots for c in candles),
        sum(c.trades for c in candles),
    )


def aggregated(candles: Iterable[Candle], interval_s: int) -> list[Candle]:
    """Candles of a longer interval, aligned to 1970; the last may be unfinished."""
    span_us = interval_s * SECOND_US
    by_start = groupby(candles, key=lambda c: c.start_us - c.start_us % span_us)
    return [joined(list(group), start_us) for start_us, group in by_start]


@dataclass(frozen=True, slots=True)
class Stretches:
    """A past in three stretches that follow each other, each finer than the one before."""

    days: list[Candle]
    hours: list[Candle]
    minutes: list[Candle]

    def mapped(self, change: Callable[[Candle, int], Candle]) -> Stretches:
        """Every candle changed by a function of it and of its length in seconds."""
        return Stretches(
            [change(c, DAY_S) for c in self.days],
            [change(c, HOUR_S) for c in self.hours],
            [change(c, MINUTE_S) for c in self.minutes],
        )

    def by_interval(self) -> dict[int, list[Candle]]:
        """Minutes, hours and days by their length in seconds: the greater hold the smaller."""
        hours = self.hours + aggregated(self.minutes, HOUR_S)
        days = self.days + aggregated(hours, DAY_S)
        return {MINUTE_S: list(self.minutes), HOUR_S: hours, DAY_S: days}
