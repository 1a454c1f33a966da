"""Engine and naive twin agree where accounts change their modes."""

from __future__ import annotations

from functools import partial

import pytest

from tests.property.markets import stormy_terms
from tests.property.moody import Moody
from tests.property.runner import against_twin, holds


@pytest.mark.parametrize("seed", [301, 302])
def test_engine_is_the_twin_where_leverage_changes(seed: int) -> None:
    """MODE-001, MODE-002, MODE-003: with positions and orders, in both modes."""
    check = partial(against_twin, cancel_on_initial=seed % 2)
    holds(list(Moody(seed, stormy_terms()).commands(600)), check, seed)
