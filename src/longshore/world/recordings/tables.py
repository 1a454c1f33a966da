"""Tables of one row a line: bars, trades, funding, best prices, books as changes of levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from longshore.world.feeds.depth import ASK, BID
from longshore.world.recordings import layouts
from longshore.world.recordings.files import table_rows
from longshore.world.recordings.layouts import Layout
from longshore.world.recordings.manifest import Kind
from longshore.world.recordings.problem import RecordingError, refused
from longshore.world.recordings.table import BARS, DECIMAL, Table, made_exact
from longshore.world.recordings.values import Times, is_plain, plain

BUY, SELL = "buy", "sell"
SIDES = {"b": BUY, "buy": BUY, "bid": BUY, "s": SELL, "sell": SELL, "ask": SELL}
STEP_MAX = 4
"""No price is this many times the one before it: a step as great is a change of unit."""
RATE_MAX = 0.05
"""Nor is a funding rate this part of a position an interval: that would be per cent."""


@dataclass
class Read:
    """One symbol's rows as texts, and where each stood."""

    time_us: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    columns: dict[str, list[Any]] = field(default_factory=dict)
    blank: int = 0


class TableFile:
    """Reads one file; its rows by (venue, symbol), empty where it has no such column."""

    def __init__(self, path: Path, symbol: str = "") -> None:
        """A file; of one with a column of symbols, this one's rows only."""
        self.path = path
        self._symbol = symbol
        self._times = Times()
        self._read: dict[tuple[str, str], Read] = {}
        self.layout: Layout

    def read(self) -> dict[tuple[str, str], Read]:
        """All of it. RecordingError names the line and the column of what is wrong."""
        rows = table_rows(self.path)
        first = next(rows, None)
        if first is None:
            raise refused(self.path, "is empty")
        self.layout = layouts.found(self.path, *first)
        if self.layout.is_headerless:
            self._row(*first)
        for line, cells in rows:
            self._row(line, cells)
        if not self._read:
            what = f" of {self._symbol}" if self._symbol else ""
            raise refused(self.path, f"has a header and no rows{what}")
        return self._read

    def _row(self, line: int, cells: list[str]) -> None:
        layout = self.layout
        if len(cells) < len(layout.names) - (1 if layout.names[-1] == "" else 0):
            raise refused(self.path, f"{len(cells)} cells, not {len(layout.names)}", line)
        key = (
            "" if layout.venue is None else cells[layout.venue],
            "" if layout.symbol is None else cells[layout.symbol],
        )
        if self._symbol and key[1] not in {"", self._symbol}:
            return
        read = self._read.setdefault(key, Read())
        if layout.kind == "bars" and not cells[layout.columns["open"]]:
            read.blank += 1  # an interval that was written down though nothing was traded
            return
        read.time_us.append(self._time(line, cells[layout.time]))
        read.lines.append(line)
        for name, place in layout.columns.items():
            value = self._value(name, line, cells[place], place)
            read.columns.setdefault(name, []).append(value)

    def _time(self, line: int, cell: str) -> int:
        try:
            return self._times.us(cell)
        except ValueError as error:
            raise refused(self.path, str(error), line, self._called(self.layout.time)) from None

    def _value(self, name: str, line: int, cell: str, place: int) -> Any:
        """A cell as its kind of value: a decimal's text, a whole number, a side."""
        try:
            if name == "maker":
                return SELL if cell.lower() in {"true", "1"} else BUY
            if name == "side":
                return SIDES[cell.lower()] if cell else ""
            if name == "snapshot":
                return int(cell.lower() in {"true", "1"})
            if name in {"id", "trades"}:
                return int(cell)
            return cell if is_plain(cell) else self._decimal(name, cell)
        except (ValueError, KeyError) as error:
            reason = str(error) if cell else "nothing stands there"
            raise refused(self.path, reason, line, self._called(place)) from None

    def _decimal(self, name: str, cell: str) -> str | None:
        """A number in another form, or nothing where a figure may be left out."""
        if not cell and name in OPTIONAL:
            return None
        return plain(cell)

    def _called(self, place: int) -> str:
        return self.layout.names[place] or str(place + 1)


OPTIONAL = {"price", "index", "rate_8h"}
"""Figures beside a funding rate; a trade's price is asked for by the check of prices."""


def exact(path: Path, kind: Kind, read: Read) -> Table:
    """Rows as a table, in order of time. RecordingError: they cannot be a recording."""
    columns = dict(read.columns)
    if "maker" in columns:
        columns["side"] = columns.pop("maker")
    if kind in {"mark", "index"}:
        columns = {name: columns[name] for name in DECIMAL[kind]}
    if kind == "book":
        columns |= _updates(read)
    try:
        table = made_exact(kind, read.time_us, columns)
    except ValueError as error:
        raise refused(path, str(error)) from None
    if kind == "trades":
        turn_round(table, read.lines)
    for problem in problems(path, table, read.lines):
        raise problem
    return table


def _updates(read: Read) -> dict[str, list[Any]]:
    """Rows of a book that share time and kind are one message; such tables number none."""
    number = 0
    numbers = []
    heads = list(zip(read.time_us, read.columns["snapshot"], strict=True))
    for at, head in enumerate(heads):
        number += at > 0 and head != heads[at - 1]
        numbers.append(number)
    nothing: dict[str, list[Any]] = {
        name: [None] * len(heads) for name in ("prev_id", "first_id", "last_id", "checksum")
    }
    sides = [ASK if side == SELL else BID for side in read.columns["side"]]
    return {"update": numbers, "side": sides, **nothing}


def turn_round(table: Table, lines: list[int]) -> None:
    """Archives of trades that run from the newest to the oldest, the other way round."""
    times = table.time_us
    if len(times) > 1 and times[0] > times[-1] and times == sorted(times, reverse=True):
        times.reverse()
        lines.reverse()
        for column in table.columns.values():
            column.reverse()


def problems(path: Path, table: Table, lines: list[int]) -> Iterator[RecordingError]:
    """What makes rows unusable, the first of each kind of problem."""
    yield from _backward(path, table, lines)
    if table.kind in BARS:
        yield from _bars(path, table, lines)
    if table.kind == "funding":
        yield from _rates(path, table, lines)
    priced = {"trades": "price", "top": "bid"}.get(table.kind, "close")
    if priced in table.columns:
        yield from _steps(path, table, lines, priced)


def _backward(path: Path, table: Table, lines: list[int]) -> Iterator[RecordingError]:
    """Trades and quotes may share a moment; bars and rates may not."""
    least = 0 if table.kind in {"trades", "top", "book"} else 1
    for row in range(1, len(table)):
        if table.time_us[row] - table.time_us[row - 1] < least:
            before = lines[row - 1]
            told = "is the time of" if table.time_us[row] == table.time_us[row - 1] else "is before"
            yield refused(path, f"its time {told} line {before:,}", lines[row], "time")
            return


def _bars(path: Path, table: Table, lines: list[int]) -> Iterator[RecordingError]:
    """High is the highest; a close that was traded lies between."""
    scale = max(table.scales[name] for name in ("open", "high", "low", "close"))
    power = {n: 10 ** (scale - table.scales[n]) for n in ("high", "low", "close")}
    rows = zip(*(table.ints(name) for name in ("high", "low", "close")), strict=True)
    for row, (high, low, close) in enumerate(rows):
        top, bottom = high * power["high"], low * power["low"]
        if top < bottom:
            low_text, high_text = table.text("low", row), table.text("high", row)
            yield refused(path, f"high {high_text} is below low {low_text}", lines[row], "high")
            return
        if not bottom <= close * power["close"] <= top:
            reason = f"close {table.text('close', row)} lies outside low to high"
            yield refused(path, reason, lines[row], "close")
            return
    for row, volume in enumerate(table.columns.get("volume", [])):
        if volume < 0:
            yield refused(path, "a volume below zero", lines[row], "volume")
            return


def _rates(path: Path, table: Table, lines: list[int]) -> Iterator[RecordingError]:
    most = int(RATE_MAX * 10 ** table.scales["rate"])
    for row, rate in enumerate(table.ints("rate")):
        if abs(rate) > most:
            reason = f"{table.text('rate', row)} an interval is no fraction: per cent?"
            yield refused(path, reason, lines[row], "rate")
            return


def _steps(path: Path, table: Table, lines: list[int], name: str) -> Iterator[RecordingError]:
    """Prices are above zero and do not change their unit on the way."""
    before = 0
    for row, price in enumerate(table.ints(name)):
        if price is None or price <= 0:
            if table.kind == "funding":
                continue
            yield refused(path, "a price is above zero", lines[row], name)
            return
        if before and (price > before * STEP_MAX or before > price * STEP_MAX):
            last, now = table.text(name, row - 1), table.text(name, row)
            yield refused(path, f"from {last} to {now} in one row: another unit?", lines[row], name)
            return
        before = price
