"""Money is never made or lost, and nobody is forgotten, whatever comes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from longshore.engine.rows import Command
from tests.property.columns import Columns
from tests.property.invariants import broken
from tests.property.markets import stormy_terms
from tests.property.runner import engine, holds, mostly_long, storm
from tests.property.storm import Storm


def conserved(commands: Iterable[Command]) -> tuple[int, list[str]] | None:
    """All sums hold after every command."""
    ours = engine(stormy_terms())
    for place, row in enumerate(commands):
        ours.apply([row])
        if found := broken(ours.view):
            return place, found
    return None


def compiled_and_scanned(commands: Iterable[Command]) -> tuple[int, list[str]] | None:
    """All sums hold and no wallet is left behind after every command of a compiled engine."""
    terms = stormy_terms()
    ours = engine(terms, "jit")
    columns = Columns(ours, terms)
    for place, row in enumerate(commands):
        ours.apply([row])
        if found := columns.broken():
            return place, [f"{row!r}", *found]
    return None


@pytest.mark.parametrize("seed", mostly_long(11, 12))
def test_all_sums_hold(seed: int) -> None:
    """LEDG-002, LEDG-004, LEDG-005, LEDG-006: after every command of a storm."""
    holds(storm(seed, 500), conserved, seed)


@pytest.mark.timeout(600)
def test_all_sums_hold_in_the_compiled_engine() -> None:
    """LEDG-002, LEDG-004, LEDG-005, LIQD-012: after every command of a longer storm."""
    assert compiled_and_scanned(storm(101, 6_000)) is None


@pytest.mark.long
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("seed", range(100, 120))
def test_a_million_commands(seed: int) -> None:
    """LEDG-002, LEDG-004, LEDG-005, LIQD-012: fifty thousand in each of twenty storms."""
    made = Storm(seed, stormy_terms(), accounts=12, markets=1 + seed % 4)
    assert compiled_and_scanned(made.commands(50_000)) is None
