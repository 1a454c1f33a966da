"""The engine and the naive twin agree on every number after every command."""

from __future__ import annotations

from functools import partial

import pytest

from tests.property.runner import against_twin, holds, storm


@pytest.mark.parametrize(("seed", "cancel_on_initial"), [(12, 0), (16, 1), (64, 1), (98, 0)])
def test_engine_is_the_twin(seed: int, cancel_on_initial: int) -> None:
    """LEDG-001, LIQD-012, MRGN-009, ORDR-002: balances, positions, orders, prices, refusals."""
    check = partial(against_twin, cancel_on_initial=cancel_on_initial)
    holds(storm(seed, 650), check, seed)


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", range(200, 210))
def test_engine_is_the_twin_at_length(seed: int) -> None:
    """LEDG-001, LIQD-012, MRGN-009, ORDR-002: twenty thousand commands in all."""
    check = partial(against_twin, cancel_on_initial=seed % 2)
    holds(storm(seed, 2_000), check, seed)
