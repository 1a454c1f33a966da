"""How far a market moves in a day, so that a distance can be told in typical daily moves."""

from __future__ import annotations

from decimal import Decimal
from statistics import median

import msgspec


class Day(msgspec.Struct, frozen=True):
    """One day of a market, its furthest fall and rise from the open, in ppm of the open."""

    fall_ppm: int
    rise_ppm: int


class DayMoves(msgspec.Struct, frozen=True):
    """The days known of a market, the last 90 at most."""

    days: tuple[Day, ...] = ()

    @property
    def typical_ppm(self) -> int:
        """The median of each day's larger move; 0 when no day is known."""
        return int(median(max(d.fall_ppm, d.rise_ppm) for d in self.days)) if self.days else 0

    def moves(self, distance_ppm: int) -> str:
        """A distance in typical daily moves, to one decimal; empty when no day is known."""
        if self.typical_ppm == 0:
            return ""
        return f"{Decimal(distance_ppm) / self.typical_ppm:.1f}"

    def days_beyond(self, distance_ppm: int, *, falling: bool) -> int:
        """On how many days the market moved that far that way."""
        return sum((day.fall_ppm if falling else day.rise_ppm) >= distance_ppm for day in self.days)
