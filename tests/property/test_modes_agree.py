"""Engine and naive twin agree where accounts change their modes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from longshore.engine.codes import MarketKind
from longshore.engine.lifecycle import Setup
from tests.property.ladder_markets import backstop_terms, patient_terms, sharing_terms
from tests.property.markets import hedging_terms, netted_terms, stormy_terms, topping_terms
from tests.property.moody import Hedger, Moody, Netted, RoughHedger, ToppedUp
from tests.property.runner import against_twin, holds, mostly_long


@pytest.mark.parametrize("seed", mostly_long(301, 302))
def test_engine_is_the_twin_where_leverage_changes(seed: int) -> None:
    """MODE-001, MODE-002, MODE-003: with positions and orders, in both modes."""
    check = partial(against_twin, cancel_on_initial=seed % 2)
    holds(list(Moody(seed, stormy_terms()).commands(600)), check, seed)


@pytest.mark.parametrize("seed", mostly_long(5, 8))
def test_engine_is_the_twin_where_margin_is_topped_up(seed: int) -> None:
    """MODE-008: before ladders, with more and with less than is lacking."""
    check = partial(against_twin, cancel_on_initial=seed % 2, lay_out=topping_terms)
    holds(list(ToppedUp(seed, topping_terms()).commands(500)), check, seed)


def hedged(lay_out: Callable[[], Setup]) -> Callable[[], Setup]:
    """The terms with two legs in every market that has margin."""

    def laid_out() -> Setup:
        made = lay_out()
        for market in made.markets:
            market.hedge_allowed = int(market.kind != MarketKind.SPOT)
        return made

    return laid_out


@pytest.mark.parametrize("seed", mostly_long(311, 312))
def test_engine_is_the_twin_in_hedge_mode(seed: int) -> None:
    """MODE-004, MODE-005, MODE-006, MODE-007: some markets with legs and some without."""
    check = partial(against_twin, cancel_on_initial=seed % 2, lay_out=hedging_terms)
    holds(list(Hedger(seed, hedging_terms()).commands(500)), check, seed)


@pytest.mark.parametrize("seed", mostly_long(321, 322, 323, 324))
def test_engine_is_the_twin_where_a_coin_is_netted(seed: int) -> None:
    """MRGN-020: perpetual and dated contracts and their legs, with orders, down every ladder."""
    check = partial(against_twin, cancel_on_initial=seed % 2, lay_out=netted_terms)
    holds(list(Netted(seed, netted_terms()).commands(500)), check, seed)


@pytest.mark.parametrize(
    "lay_out", mostly_long(stormy_terms, sharing_terms, backstop_terms, patient_terms)
)
def test_legs_go_down_every_ladder(lay_out: Callable[[], Setup]) -> None:
    """MODE-007"""
    terms = hedged(lay_out)
    made = list(RoughHedger(3, terms()).commands(400))
    holds(made, partial(against_twin, cancel_on_initial=0, lay_out=terms), 3)
