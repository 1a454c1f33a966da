"""What is looked at in a series once its rows are readable: gaps, and counts that must agree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from longshore.world.recordings.book_checks import book_checks
from longshore.world.recordings.manifest import Check, Gap, utc
from longshore.world.recordings.table import BARS, Table

MINUTE_US = 60_000_000
ROWS_MIN = 2
NEAR = 3  # steps on each side that say what is usual there
ROUGH = 4  # a rate is late when it comes this part of an interval after its time


def interval_us(table: Table) -> int:
    """The length of a bar: the shortest step between two; 0 where a single row tells none.

    Of rates the usual step, to the minute: some are stamped seconds late.
    """
    if table.kind not in {*BARS, "funding"} or len(table) < ROWS_MIN:
        return 0
    steps = [b - a for a, b in pairwise(table.time_us)]
    if table.kind in BARS:
        return min(steps)
    return (sorted(steps)[len(steps) // 2] + MINUTE_US // 2) // MINUTE_US * MINUTE_US


def gaps(table: Table) -> list[Gap]:
    """Where rows are missing, with their number."""
    span_us = interval_us(table)
    if span_us and table.kind in BARS:
        return _missing(table, span_us)
    if table.kind == "funding":
        return _missing_rates(table)
    if table.kind == "trades" and "id" in table.columns:
        return _missing_ids(table)
    return []


def _missing(table: Table, span_us: int) -> list[Gap]:
    return [
        Gap(utc(a + span_us), utc(b), (b - a) // span_us - 1, "no bars")
        for a, b in pairwise(table.time_us)
        if b - a > span_us
    ]


def _missing_rates(table: Table) -> list[Gap]:
    """Steps longer than those on both sides: a venue may change its interval, and then keeps it."""
    steps = [b - a for a, b in pairwise(table.time_us)]
    found = []
    for at, step in enumerate(steps):
        sides = (steps[max(0, at - NEAR) : at], steps[at + 1 : at + 1 + NEAR])
        usual = max((min(side) for side in sides if side), default=step)
        missing = (step + usual // ROUGH) // usual - 1
        if missing > 0:
            a, b = table.time_us[at], table.time_us[at + 1]
            found.append(Gap(utc(a + usual), utc(b), missing, "no rates"))
    return found


def _missing_ids(table: Table) -> list[Gap]:
    ids = table.ints("id")
    return [
        Gap(utc(table.time_us[at]), utc(table.time_us[at + 1]), b - a - 1, "no trades of these ids")
        for at, (a, b) in enumerate(pairwise(ids))
        if b - a > 1
    ]


def checks(table: Table, top: Table | None = None) -> list[Check]:
    """The checks of one series; a book's top is held against `top`."""
    made = [_forward(table)]
    if table.kind in BARS:
        made += _bars(table)
    elif table.kind == "book":
        made += book_checks(table, top)
    elif table.kind == "top":
        made.append(_uncrossed(table))
    return made


def _forward(table: Table) -> Check:
    """Times go forward; trades and messages may share one."""
    least = 0 if table.kind in {"trades", "top", "book"} else 1
    good = sum(b - a >= least for a, b in pairwise(table.time_us))
    return Check("times go forward", good, max(0, len(table) - 1))


def _bars(table: Table) -> Iterator[Check]:
    """Bars on their grid, high over low, closes and opens within."""
    total, span_us = len(table), interval_us(table)
    if span_us:
        good = sum((b - a) % span_us == 0 for a, b in pairwise(table.time_us))
        yield Check("bars stand on their interval", good, total - 1)
    scale = max(table.scales[name] for name in ("open", "high", "low", "close"))
    opens, highs, lows, closes = (
        [value * 10 ** (scale - table.scales[name]) for value in table.ints(name)]
        for name in ("open", "high", "low", "close")
    )
    yield Check("high not below low", sum(h >= w for h, w in zip(highs, lows, strict=True)), total)
    rows = list(zip(opens, highs, lows, closes, strict=True))
    yield Check("close inside low to high", sum(w <= c <= h for _, h, w, c in rows), total)
    yield Check(
        "open inside low to high",
        sum(w <= o <= h for o, h, w, _ in rows),
        total,
        must=False,
        note="some venues repeat the last close as the open; a replay moves it inside",
    )
    if "trades" in table.columns or "volume" in table.columns:
        counted = table.columns.get("trades", table.columns.get("volume", []))
        yield Check("bars with trades", sum(map(bool, counted)), total, must=False)


def _uncrossed(table: Table) -> Check:
    scale = max(table.scales["bid"], table.scales["ask"])
    up, down = 10 ** (scale - table.scales["bid"]), 10 ** (scale - table.scales["ask"])
    rows = zip(table.ints("bid"), table.ints("ask"), strict=True)
    return Check("bid below ask", sum(b * up < a * down for b, a in rows), len(table))
