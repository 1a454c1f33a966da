"""The engine and the naive twin agree under every ladder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from longshore.engine.lifecycle import Setup
from tests.property.ladder_markets import backstop_terms, patient_terms, sharing_terms
from tests.property.rough import RoughStorm
from tests.property.runner import against_twin, holds, mostly_long


def agrees(seed: int, lay_out: Callable[[], Setup]) -> None:
    """A rough storm in two dollar perpetuals and all that settles in coins or ends."""
    made = list(RoughStorm(seed, lay_out(), markets=2).commands(500))
    holds(made, partial(against_twin, cancel_on_initial=0, lay_out=lay_out), seed)


@pytest.mark.parametrize("seed", mostly_long(3, 16))
def test_where_ladders_wait(seed: int) -> None:
    """LIQD-017, LIQD-018, LIQD-019, LIQD-020: by parts, with pauses and rests, and by tiers."""
    agrees(seed, patient_terms)


@pytest.mark.parametrize("seed", mostly_long(3, 16))
def test_where_others_take_over_late(seed: int) -> None:
    """LIQD-021, LIQD-023, LIQD-024, LIQD-025: a backstop, other ranks and prices, a fund's fall."""
    agrees(seed, backstop_terms)


@pytest.mark.parametrize("seed", mostly_long(3, 16))
def test_where_winners_bear_the_loss(seed: int) -> None:
    """LIQD-022, LIQD-023, LIQD-024."""
    agrees(seed, sharing_terms)
