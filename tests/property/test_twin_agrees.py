"""The engine and the naive twin agree on every number after every command."""

from __future__ import annotations

from functools import partial

import pytest

from longshore import rulebooks
from longshore.engine.lifecycle import Setup
from tests.property.controls import Controlled, controlled_terms
from tests.property.gated import Gated
from tests.property.maintained import Maintained
from tests.property.markets import (
    SECOND_US,
    margin_terms,
    patient_terms,
    stormy_terms,
    takeover_terms,
)
from tests.property.runner import against_twin, holds, mostly_long, storm
from tests.property.storm import Storm


@pytest.mark.parametrize(("seed", "cancel_on_initial"), [(12, 0), (16, 1)])
def test_engine_is_the_twin(seed: int, cancel_on_initial: int) -> None:
    """LEDG-001, LIQD-012, MRGN-009, ORDR-002: balances, positions, orders, prices, refusals."""
    check = partial(against_twin, cancel_on_initial=cancel_on_initial)
    holds(storm(seed, 650), check, seed)


@pytest.mark.parametrize("seed", mostly_long(21, 33))
def test_engine_is_the_twin_where_the_fund_takes_over(seed: int) -> None:
    """LIQD-016, LIQD-015, MRGN-013, MRGN-014: another ladder, and margins that grow with size."""
    made = list(Storm(seed, takeover_terms()).commands(500))
    holds(made, partial(against_twin, cancel_on_initial=0, lay_out=takeover_terms), seed)


@pytest.mark.parametrize("seed", mostly_long(77, 85, 86))
def test_engine_is_the_twin_where_orders_are_controlled(seed: int) -> None:
    """ORDR-027 to ORDR-030, HALT-001 to HALT-008."""
    made = list(Controlled(seed, controlled_terms()).commands(450))
    holds(made, partial(against_twin, cancel_on_initial=seed % 2, lay_out=controlled_terms), seed)


@pytest.mark.parametrize("seed", mostly_long(601, 602, 603))
def test_engine_is_the_twin_where_accounts_are_shut_out(seed: int) -> None:
    """GATE-001 to GATE-006"""
    made = list(Gated(seed, stormy_terms()).commands(600))
    holds(made, partial(against_twin, cancel_on_initial=seed % 2), seed)


@pytest.mark.parametrize("seed", mostly_long(901, 902, 903))
def test_engine_is_the_twin_where_the_venue_is_maintained(seed: int) -> None:
    """DOWN-001 to DOWN-006"""
    made = list(Maintained(seed, controlled_terms()).commands(240))
    holds(made, partial(against_twin, cancel_on_initial=seed % 2, lay_out=controlled_terms), seed)


@pytest.mark.parametrize("seed", mostly_long(7, 44))
def test_engine_is_the_twin_under_other_margin_methods(seed: int) -> None:
    """MRGN-015 to MRGN-019, RULE-001 to RULE-005: other methods, and terms that change."""
    made = list(Storm(seed, margin_terms()).commands(500))
    holds(made, partial(against_twin, cancel_on_initial=0, lay_out=margin_terms), seed)


@pytest.mark.parametrize("seed", mostly_long(41, 47))
def test_engine_is_the_twin_where_cash_comes_later(seed: int) -> None:
    """FUND-010, FUND-011: intervals that shorten and lengthen, and debts that run over several."""
    made = list(Storm(seed, patient_terms()).commands(500))
    holds(made, partial(against_twin, cancel_on_initial=0, lay_out=patient_terms), seed)


@pytest.mark.parametrize("seed", mostly_long(108, 111, 125, 126))
def test_engine_is_the_twin_where_markets_end(seed: int) -> None:
    """LIFE-005, LIFE-006, LIFE-009: with little but markets that end, some in bankruptcies."""
    check = partial(against_twin, cancel_on_initial=seed % 2)
    holds(storm(seed, 500, markets=0), check, seed)


@pytest.mark.parametrize("seed", mostly_long(2, 5))
def test_engine_is_the_twin_under_the_shipped_rulebook(seed: int) -> None:
    """PRIC-002, FEES-001, MRGN-001: ticks and lots as they are, which do not divide evenly."""
    made = list(Storm(seed, shipped()).commands(400))
    holds(made, partial(against_twin, lay_out=shipped), seed)


def shipped() -> Setup:
    """The rulebook of the package, with intervals short enough for a storm."""
    made = rulebooks.load("kraken").setup()
    for market in made.markets:
        market.sample_us = 10 * SECOND_US
        if not market.expiry_us:
            market.funding_interval_us = 60 * SECOND_US
    return made


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", [64, 98, *range(200, 210)])
def test_engine_is_the_twin_at_length(seed: int) -> None:
    """LEDG-001, LIQD-012, MRGN-009, ORDR-002: two thousand commands a seed."""
    check = partial(against_twin, cancel_on_initial=seed % 2)
    holds(storm(seed, 2_000), check, seed)
