"""What is measured: one market's seconds and trades, a world's markets and what befell its traders.

Everything is floats in dollars: nothing here goes back into a world.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
MINUTE_S = 60
HOUR_S = 3_600


def none() -> Floats:
    """Nothing was seen."""
    return np.empty(0)


@dataclass(frozen=True)
class Track:
    """One market: mids on an even grid of time, what its book was like then, and its trades."""

    symbol: str
    base: str
    perpetual: bool
    start_s: float
    step_s: float
    mid: Floats = field(default_factory=none, repr=False)
    spread_bp: Floats = field(default_factory=none, repr=False)
    depth_usd: Floats = field(default_factory=none, repr=False)
    slippage_bp: Floats = field(default_factory=none, repr=False)
    index: Floats = field(default_factory=none, repr=False)
    trade_s: Floats = field(default_factory=none, repr=False)
    """When somebody took, in seconds; all fills of one order are one trade."""
    trade_usd: Floats = field(default_factory=none, repr=False)
    """Its value, below zero where the taker sold."""

    def closes(self, every_s: float = MINUTE_S) -> Floats:
        """The mids every so many seconds."""
        return self.mid[:: max(1, round(every_s / self.step_s))]

    def has_book(self) -> bool:
        """Whether it was seen with its book."""
        return self.spread_bp.size > 0


@dataclass(frozen=True)
class Meta:
    """One large order worked in small pieces: all of it, from its first fill to its last."""

    symbol: str
    usd: float
    moved: float
    """How far the mid went its way meanwhile, as a part of it."""


@dataclass(frozen=True)
class Tape:
    """Everything measured together: a world, or a recording."""

    name: str
    about: str
    tracks: tuple[Track, ...] = ()
    metas: tuple[Meta, ...] = ()
    premium_hours: Floats = field(default_factory=none, repr=False)
    """Means of an hour of perpetual over index, less one."""
    liquidation_s: Floats = field(default_factory=none, repr=False)

    def main(self, perpetual: bool = True) -> Track | None:
        """The first perpetual, or its coin's spot market."""
        perps = [track for track in self.tracks if track.perpetual]
        if perpetual:
            return perps[0] if perps else None
        spots = [track for track in self.tracks if not track.perpetual]
        if not perps:
            return spots[0] if spots else None
        return next((track for track in spots if track.base == perps[0].base), None)

    def any(self) -> Track | None:
        """The main market, of whichever kind there is."""
        return self.main() or self.main(perpetual=False)


def floats(values: Any) -> Floats:
    """An array of them."""
    return np.asarray(values, np.float64)
