"""Money is never made or lost, whatever comes."""

from __future__ import annotations

import pytest

from tests.property.invariants import broken
from tests.property.markets import stormy_terms
from tests.property.runner import LONG, count, engine, holds, storm


def conserved_in(mode: str):
    """A check that all sums hold after every command."""

    def check(commands):
        ours = engine(stormy_terms(), mode)
        for place, row in enumerate(commands):
            ours.apply([row])
            if found := broken(ours.view):
                return place, found
        return None

    return check


@pytest.mark.parametrize("seed", [11, 12])
@pytest.mark.timeout(3_600 if LONG else 60)
def test_all_sums_hold(seed: int) -> None:
    """LEDG-002, LEDG-004, LEDG-005, LEDG-006: after every command of a storm."""
    holds(storm(seed, count(500, 20_000)), conserved_in("plain"), seed)


@pytest.mark.skipif(not LONG, reason="a million commands, with LONGSHORE_LONG=1")
@pytest.mark.timeout(20_000)
def test_a_million_commands() -> None:
    """LEDG-002, LEDG-004, LEDG-005: in twenty storms of 50,000 on the compiled engine."""
    for seed in range(100, 120):
        holds(storm(seed, 50_000, accounts=12), conserved_in("jit"), seed)
