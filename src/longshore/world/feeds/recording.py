"""Recorded bars in whole sub-ticks, and the one-minute bars that the package holds."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from longshore.engine.rows import Market

MINUTE_US = 60_000_000
PRICE_DECIMALS = 10
BASE_ATOMS_TIMES_DIVISOR = 10**10
"""Base atoms in one lot × the market's value divisor: what sub-ticks there are in a dollar."""


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
    """Bars from `start_us`, one an interval, and what has to be said about them. None is a gap."""

    name: str
    asset: str
    start_us: int
    bars: tuple[Bar | None, ...]
    opens_clamped: int
    note: str
    attribution: str
    venue: str = ""
    symbol: str = ""
    bar_us: int = MINUTE_US

    @property
    def end_us(self) -> int:
        """The end of the last bar."""
        return self.start_us + len(self.bars) * self.bar_us

    def bar_at(self, time_us: int) -> int:
        """Which bar holds a time."""
        return (time_us - self.start_us) // self.bar_us

    def next_us(self, time_us: int) -> int:
        """This time, or where it lies in a gap the start of the next bar; the end after all."""
        bar = self.bar_at(time_us)
        if bar >= len(self.bars) or self.bars[bar] is not None:
            return time_us
        later = (i for i in range(bar, len(self.bars)) if self.bars[i] is not None)
        return self.start_us + next(later, len(self.bars)) * self.bar_us


@dataclass(frozen=True, slots=True)
class _Shipped:
    """Where a shipped recording lies and what is known of it."""

    file: str
    asset: str
    start_us: int
    note: str
    attribution: str


def _bitmex(file: str, start_us: int, when: str) -> _Shipped:
    """A stretch of the one source that may be shipped."""
    return _Shipped(
        file=f"bitmex_xbtusd_1m_{file}.csv.gz",
        asset="XBT",
        start_us=start_us,
        note=(
            f"Trade prices of the BitMEX XBTUSD perpetual, {when}, one-minute bars, stand in "
            "for the index. The path inside a minute is made up, from a seed, between the "
            "recorded open, high, low and close."
        ),
        attribution="codler/bitmex-data by Han Lin Yap, ISC licence",
    )


_SHIPPED = {
    "xbtusd-2017-12": _bitmex("2017_12", 1_513_814_400_000_000, "December 2017"),
    "xbtusd-2020-03": _bitmex("2020_03", 1_583_020_800_000_000, "March 2020"),
    "xbtusd-2021-04": _bitmex("2021_04", 1_618_617_600_000_000, "April 2021"),
    "xbtusd-2021-05": _bitmex("2021_05", 1_621_296_000_000_000, "May 2021"),
}


def lots_of(market: Market, base_atoms: int, price_subticks: int) -> int:
    """A recorded size in a market's whole lots: an inverse one's are dollars, at a price."""
    if market.inverse_factor:
        return base_atoms * price_subticks // int(market.inverse_factor)
    return base_atoms * int(market.value_divisor) // BASE_ATOMS_TIMES_DIVISOR


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
        name,
        shipped.asset,
        shipped.start_us,
        bars,
        clamped,
        note,
        shipped.attribution,
        venue="bitmex",
        symbol="XBTUSD",
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
