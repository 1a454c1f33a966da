"""Recorded one-minute bars shipped with the package, in whole sub-ticks."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

MINUTE_US = 60_000_000
PRICE_DECIMALS = 10


class Bar(NamedTuple):
    """One minute: prices in sub-ticks, `open` inside [low, high], volume in base atoms."""

    open_subticks: int
    high_subticks: int
    low_subticks: int
    close_subticks: int
    base_atoms: int
    trades: int


@dataclass(frozen=True, slots=True)
class Recording:
    """Bars without a gap from `start_us`, and what has to be said about them."""

    name: str
    asset: str
    start_us: int
    bars: tuple[Bar, ...]
    opens_clamped: int
    note: str
    attribution: str

    @property
    def end_us(self) -> int:
        """The end of the last bar."""
        return self.start_us + len(self.bars) * MINUTE_US

    def bar_at(self, time_us: int) -> int:
        """Which bar holds a time."""
        return (time_us - self.start_us) // MINUTE_US


@dataclass(frozen=True, slots=True)
class _Shipped:
    """Where a shipped recording lies and what is known of it."""

    file: str
    asset: str
    start_us: int
    note: str
    attribution: str


_SHIPPED = {
    "xbtusd-2020-03": _Shipped(
        file="bitmex_xbtusd_1m_2020_03.csv.gz",
        asset="XBT",
        start_us=1_583_020_800_000_000,
        note=(
            "Trade prices of the BitMEX XBTUSD perpetual, March 2020, one-minute bars, stand in "
            "for the index. The path inside a minute is made up, from a seed, between the "
            "recorded open, high, low and close."
        ),
        attribution="codler/bitmex-data by Han Lin Yap, ISC licence",
    ),
}


def names() -> list[str]:
    """The recordings the package holds."""
    return sorted(_SHIPPED)


@cache
def load(name: str) -> Recording:
    """A shipped recording. ValueError names those there are when this one is not."""
    if name not in _SHIPPED:
        raise ValueError(f"no recording {name!r}; there are: {', '.join(names())}")
    shipped = _SHIPPED[name]
    raw = gzip.decompress((files("longshore") / "data" / shipped.file).read_bytes())
    rows = list(csv.DictReader(raw.decode().splitlines()))
    bars = tuple(_bar(row) for row in rows)
    clamped = sum(_subticks(row["open"]) != bar[0] for row, bar in zip(rows, bars, strict=True))
    note = f"{shipped.note} In {clamped:,} bars the open lay outside and was moved to the edge."
    return Recording(
        name, shipped.asset, shipped.start_us, bars, clamped, note, shipped.attribution
    )


def _bar(row: Mapping[str, str]) -> Bar:
    """One line of the file; an open outside [low, high] is moved to the nearer edge."""
    high, low = _subticks(row["high"]), _subticks(row["low"])
    opened = max(low, min(high, _subticks(row["open"])))
    closed = _subticks(row["close"])
    return Bar(opened, high, low, closed, int(row["turnover"]), int(row["trades"]))


def _subticks(price: str) -> int:
    """A published decimal in sub-ticks, exactly."""
    whole, _, decimals = price.partition(".")
    return int(whole + decimals.ljust(PRICE_DECIMALS, "0"))
