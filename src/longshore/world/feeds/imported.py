"""Imported recordings made ready for replay: prices in sub-ticks, sizes in atoms of the base.

What was bars becomes bars again, with their gaps. Trades and books become ticks: lists in order of
time, of which a feed and the recorded agents read the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from longshore.engine.codes import Side
from longshore.world.feeds.recording import Bar, Recording
from longshore.world.recordings import manifest, store
from longshore.world.recordings.book_checks import updates
from longshore.world.recordings.library import find
from longshore.world.recordings.manifest import Manifest, moment_us
from longshore.world.recordings.table import Table
from longshore.world.recordings.values import rescaled

PRICE_DECIMALS = 10
ATOM_DECIMALS = 8
BARS_NOTE = "The path inside a bar is made up, from a seed, between open, high, low and close."
TRADES_NOTE = (
    "Recorded trades come as orders that take up to the price they were made at; who stood in the "
    "book is not recorded."
)
BOOK_NOTE = (
    "The recorded book stands as orders of an account of its own, and recorded trades come as "
    "orders against it; others queue behind what stood before them, and what goes from a level "
    "goes from the end of its queue."
)
GAPS_NOTE = "{} gaps of the recording are kept: in them no price is published."


class Trade(NamedTuple):
    """One recorded trade; side 0 where the taker is not told."""

    time_us: int
    price_subticks: int
    base_atoms: int
    side: int


class Change(NamedTuple):
    """One message about the book."""

    time_us: int
    is_snapshot: bool
    levels: list[tuple[int, int, int]]
    """Side, price in sub-ticks, size in base atoms; zero takes it away."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """A recording by single trades, and where there is one by changes of the book."""

    name: str
    asset: str
    start_us: int
    end_us: int
    note: str
    trades: list[Trade]
    book: list[Change] = field(default_factory=list)
    depth: int = 0
    gaps: tuple[tuple[int, int], ...] = ()


@cache
def load(name: str) -> Recording | Ticks:
    """An imported recording by folder or name. RecordingError: none, or nothing to replay."""
    folder = find(name)
    known = manifest.read(folder)
    if not known.asset:
        raise ValueError(f"{known.name}: {known.symbol} is no asset's price in dollars")
    if known.level == "figures":
        raise ValueError(f"{known.name} holds figures, and no prices to replay")
    if known.level == "bars":
        return _bars(folder, known)
    return _ticks(folder, known)


def _bars(folder: Path, known: Manifest) -> Recording:
    series = known.one("bars", "index", "mark")
    assert series is not None
    table = store.read(folder, series)
    if not series.interval_s:
        raise ValueError(f"{known.name} is a single bar")
    bar_us = series.interval_s * 1_000_000
    start_us = table.time_us[0]
    bars: list[Bar | None] = [None] * ((table.time_us[-1] - start_us) // bar_us + 1)
    clamped = 0
    for time_us, bar, was_outside in _each_bar(known, table):
        bars[(time_us - start_us) // bar_us] = bar
        clamped += was_outside
    note = f"{_whose(known, series.kind)}, bars of {series.interval_s} s. {BARS_NOTE}"
    if clamped:
        note += f" In {clamped:,} bars the open lay outside and was moved to the edge."
    if series.gaps:
        note += f" {GAPS_NOTE.format(f'{len(series.gaps):,}')}"
    return Recording(
        known.name, known.asset, start_us, tuple(bars), clamped, note, known.licence,
        venue=known.venue, symbol=known.symbol, bar_us=bar_us,
    )  # fmt: skip


def _whose(known: Manifest, kind: str) -> str:
    return f"Recorded {kind} of {known.symbol} at {known.venue} ({known.source}; {known.licence})"


def _each_bar(known: Manifest, table: Table) -> Iterator[tuple[int, Bar, bool]]:
    """Every bar, and whether its open lay outside."""
    prices = [_prices(table, name) for name in ("open", "high", "low", "close")]
    sizes = table.columns.get("volume", [0] * len(table))
    scale = table.scales.get("volume", 0)
    trades = table.columns.get("trades", sizes)
    rows = zip(table.time_us, *prices, sizes, trades, strict=True)
    for time_us, opened, high, low, close, size, count in rows:
        inside = max(low, min(high, opened))
        bar = Bar(inside, high, low, close, base_atoms(known, size, scale, close), int(count > 0))
        yield time_us, bar, inside != opened


def _prices(table: Table, name: str) -> list[int]:
    scale = table.scales[name]
    return [0 if p is None else rescaled(p, scale, PRICE_DECIMALS) for p in table.columns[name]]


def base_atoms(known: Manifest, size: int, scale: int, price_subticks: int) -> int:
    """A size as atoms of the base asset; contracts of the quote are worth it at the price."""
    if known.qty_unit == "base":
        return rescaled(size, scale, ATOM_DECIMALS)
    contract = Decimal(known.contract).scaleb(ATOM_DECIMALS + PRICE_DECIMALS)
    return int(size * int(contract) // 10**scale // price_subticks)


def _ticks(folder: Path, known: Manifest) -> Ticks:
    trades = book = None
    for series in known.series:
        if series.kind == "trades":
            trades = store.read(folder, series)
        elif series.kind == "book":
            book = store.read(folder, series)
    first = min(table.time_us[0] for table in (trades, book) if table is not None)
    last = max(table.time_us[-1] for table in (trades, book) if table is not None)
    kind, told = ("trades", TRADES_NOTE) if book is None else ("book", BOOK_NOTE)
    gaps = tuple((moment_us(g.begins), moment_us(g.ends)) for g in known.gaps)
    note = f"{_whose(known, kind)} stand in for the index. {told}"
    if gaps:
        note += f" {GAPS_NOTE.format(f'{len(gaps):,}')}"
    return Ticks(
        known.name, known.asset, first, last + 1, note,
        trades=[] if trades is None else list(_each_trade(known, trades)),
        book=[] if book is None else list(_each_change(known, book)),
        depth=0 if book is None else book.depth,
        gaps=gaps,
    )  # fmt: skip


def _each_trade(known: Manifest, table: Table) -> Iterator[Trade]:
    codes = {"buy": int(Side.BUY), "sell": int(Side.SELL)}
    sides = table.columns.get("side", [""] * len(table))
    scale = table.scales["qty"]
    rows = zip(table.time_us, _prices(table, "price"), table.ints("qty"), sides, strict=True)
    for time_us, price, qty, side in rows:
        yield Trade(time_us, price, base_atoms(known, qty, scale, price), codes.get(side, 0))


def _each_change(known: Manifest, table: Table) -> Iterator[Change]:
    up = PRICE_DECIMALS - table.scales["price"]
    scale = table.scales["qty"]
    for update in updates(table):
        levels = []
        for side, price, qty in update.changes:
            subticks = price * 10**up if up >= 0 else price // 10**-up
            levels.append((side, subticks, base_atoms(known, qty, scale, subticks) if qty else 0))
        yield Change(update.time_us, update.is_snapshot, levels)


def by_side(trades: list[Trade]) -> Iterator[tuple[int, list[Trade]]]:
    """Trades that follow each other on one side, together."""
    for side, group in groupby(trades, key=lambda trade: trade.side):
        yield side, list(group)
