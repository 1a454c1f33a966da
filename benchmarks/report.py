"""What a benchmark says: lines of one run, each a measurement, a ratio and the aim for it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

GREATER, LESS = ">=", "<="


@dataclass(frozen=True)
class Aim:
    """What a ratio should reach, or stay under."""

    sense: str
    bound: float

    def met(self, value: float) -> bool:
        """Whether a value reaches the aim."""
        return value >= self.bound if self.sense == GREATER else value <= self.bound


@dataclass(frozen=True)
class Line:
    """One measurement. `bound_by` names what limits it, and is shown when the aim is missed."""

    what: str
    measured: str
    value: float | None = None
    unit: str = "×"
    aim: Aim | None = None
    bound_by: str = ""

    @property
    def verdict(self) -> str:
        """Met, missed with what bounds it, or nothing where there is no aim."""
        if self.aim is None or self.value is None:
            return ""
        return "met" if self.aim.met(self.value) else f"missed: {self.bound_by}"


@dataclass
class Report:
    """The lines of one benchmark."""

    title: str
    note: str = ""
    lines: list[Line] = field(default_factory=list)

    def add(self, what: str, measured: str, **more: Any) -> None:
        """Note one measurement."""
        self.lines.append(Line(what, measured, **more))

    def show(self, console: Console) -> None:
        """Print as a table of ratios."""
        table = Table(title=self.title, caption=self.note, box=box.SIMPLE, title_justify="left")
        for name in ("", "measured", "ratio", "aim", ""):
            table.add_column(name, justify="right" if name == "ratio" else "left")
        for line in self.lines:
            ratio = "" if line.value is None else f"{line.value:.3g} {line.unit}"
            aim = "" if line.aim is None else f"{line.aim.sense} {line.aim.bound:g}"
            table.add_row(line.what, line.measured, ratio, aim, line.verdict)
        console.print(table)

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        lines = [asdict(line) | {"verdict": line.verdict} for line in self.lines]
        return {"title": self.title, "note": self.note, "lines": lines}


def seconds(
    function: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> float:
    """How long one call takes, without the garbage collector in between."""
    gc.collect()
    gc.disable()
    started = clock()
    function()
    elapsed_s = clock() - started
    gc.enable()
    return elapsed_s


def each_us(elapsed_s: float, count: int) -> str:
    """Microseconds for one of many, as text."""
    return f"{elapsed_s / count * 1e6:.3g} µs each"
