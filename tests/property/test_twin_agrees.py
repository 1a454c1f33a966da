"""The engine and the naive twin agree on every number after every command."""

from __future__ import annotations

import pytest

from tests.property.runner import LONG, against_twin, count, holds, storm

SEEDS = range(1, 6 if LONG else 4)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.timeout(3_600 if LONG else 60)
def test_engine_is_the_twin(seed: int) -> None:
    """LEDG-001, LIQD-012, ORDR-002: all balances, positions, orders, prices, refusals."""
    holds(storm(seed, count(300, 4_000)), against_twin, seed)
