"""One series in memory: columns of whole numbers, each with its power of ten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from longshore.world.recordings.manifest import Kind
from longshore.world.recordings.values import DIGITS_MAX, decimals, is_plain, plain, scaled, shown

DECIMAL: dict[Kind, tuple[str, ...]] = {
    "bars": ("open", "high", "low", "close", "volume", "turnover"),
    "mark": ("open", "high", "low", "close"),
    "index": ("open", "high", "low", "close"),
    "trades": ("price", "qty"),
    "book": ("price", "qty"),
    "top": ("bid", "bid_qty", "ask", "ask_qty"),
    "funding": ("rate", "rate_8h", "price", "index"),
}
"""The exact decimals of each kind; the rest are whole numbers, and words for a trade's side."""
BARS: tuple[Kind, ...] = ("bars", "mark", "index")


@dataclass(slots=True)
class Table:
    """Rows in order of time. `scales` are the decimals of the exact columns; None is not told."""

    kind: Kind
    time_us: list[int] = field(default_factory=list)
    columns: dict[str, list[Any]] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    depth: int = 0

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.time_us)

    def ints(self, name: str) -> list[int]:
        """A column as it is counted."""
        return self.columns[name]

    def text(self, name: str, row: int) -> str:
        """One value as it was published."""
        return shown(self.columns[name][row], self.scales[name])

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Time and some columns, row by row."""
        return zip(self.time_us, *(self.columns[name] for name in names), strict=True)


def made_exact(kind: Kind, time_us: list[int], texts: dict[str, list[Any]]) -> Table:
    """A table of published texts; each exact column gets the decimals that its values need.

    ValueError: a number has more digits than can be kept.
    """
    made = Table(kind, time_us)
    for name, values in texts.items():
        if name not in DECIMAL[kind]:
            made.columns[name] = values
            continue
        ready = [v if v is None or is_plain(v) else plain(v) for v in values]
        scale = max((decimals(v) for v in ready if v is not None), default=0)
        numbers = scaled(ready, scale)
        if max((len(str(n)) for n in numbers), default=0) > DIGITS_MAX:
            raise ValueError(f"column {name!r} needs more than {DIGITS_MAX} digits")
        made.columns[name], made.scales[name] = numbers, scale
    return made
