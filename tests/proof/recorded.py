"""The recordings beside the repository, as whole numbers; where they are absent, tests skip."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"

Line = dict[str, str]


def recording(name: str) -> Path:
    """A recording's path; the test is skipped where it is not there."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"no recording {name} beside the repository")
    return path


def lines(name: str) -> Iterator[Line]:
    """The lines of a recorded table."""
    with gzip.open(recording(name), "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def whole(text: str, digits: int) -> int:
    """A published decimal in steps of 10**-digits, exactly; finer ones are our own error."""
    steps = Decimal(text).scaleb(digits)
    assert steps == int(steps), f"{text} has more than {digits} digits"
    return int(steps)
