"""Margin at its edges: the last atom of what a position and its orders require."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarginBasis, TierUnit
from longshore.engine.margin import (
    buy_side_atoms,
    initial_requirement,
    maintenance_if,
    maintenance_requirement,
    requirement_with_orders,
    sell_side_atoms,
    tier_requirement,
)
from longshore.engine.methods import risk_margin_atoms, with_factor, with_open_interest
from longshore.engine.rows import Market, Position, Tier
from longshore.engine.units import E12, PPM
from tests.engine.desk import ATOMS
from tests.engine.test_liquidation_unit import Bare

MILLION = 10**6 * ATOMS


def tiered(*tiers: tuple[int, int], **terms: int) -> Bare:
    """A market with tiers from so many atoms or lots; maintenance is half of initial."""
    bare = Bare(tier_count=len(tiers), **terms)
    for number, (size, ppm) in enumerate(tiers, bare.market.tier_first):
        row = Tier(from_size=size, initial_ppm=ppm, maintenance_ppm=ppm // 2)
        bare.state.tiers[number] = row
    return bare


def asked(bare: Bare, notional: int, lots: int = 1, initial: bool = True) -> int:
    return tier_requirement(bare.state, bare.market, notional, lots, initial)


@pytest.mark.parametrize(
    ("notional", "slices", "whole"),
    [
        (0, 0, 0),
        (1, 1, 1),  # up to the atom
        (99, 10, 10),
        (100, 10, 20),  # at the bound the next tier is reached
        (101, 11, 21),
        (105, 11, 21),
        (106, 12, 22),  # 10 + 1.2
        (200, 30, 100),
        (201, 31, 101),  # 30 + 0.5
        (1_000, 430, 500),
        (10**8, 49_999_930, 50_000_000),
    ],
)
def test_three_tiers_by_slices_or_whole(notional, slices, whole):
    """MRGN-001: 10, 20 and 50 % from 0, 100 and 200 atoms."""
    for is_whole, wanted in ((0, slices), (1, whole)):
        bare = tiered((0, 100_000), (100, 200_000), (200, 500_000), tier_whole=is_whole)
        assert asked(bare, notional) == wanted


@pytest.mark.parametrize(
    ("lots", "notional", "margin"),
    [
        (0, 0, 0),
        (0, 10, 0),  # what is left when as much is closed as held: no size
        (1, 10, 5),
        (2, 10, 5),
        (3, 10, 4 + 4),  # 6.7 of ten up to 7 at a half; 3.3 up to 4
        (4, 10, 3 + 5),
    ],
)
def test_tiers_by_lots_take_their_share_of_the_notional(lots, notional, margin):
    """CONT-004, MRGN-001: a half of the first two lots, all of what is more."""
    bare = tiered((0, 500_000), (2, PPM), tier_unit=int(TierUnit.LOTS))
    assert asked(bare, notional, lots) == margin


def test_a_method_holds_from_its_smallest_term_on():
    """MRGN-013, MRGN-015, MRGN-016: two million by tiers ask 30,000, at one rate 20,000."""
    assert asked(Bare(), 2 * MILLION) == 30_000 * ATOMS
    assert asked(Bare(margin_slope_e12=1), 2 * MILLION) == 20_000 * ATOMS + 200  # and 10**-12
    assert asked(Bare(margin_root_e12=1), 2 * MILLION) == 20_000 * ATOMS
    bare = Bare()
    bare.market.interest_high_atoms, bare.market.open_lots = 1, 1
    assert asked(bare, 2 * MILLION) == 2 * MILLION
    assert asked(bare, 2 * MILLION, initial=False) == 15_000 * ATOMS


@pytest.mark.parametrize(
    ("lots", "rate"),
    [
        (10, 10**10 + 10 * 10**9),
        (989, 10**12 - 10**9),
        (990, E12),
        (991, E12),
        (10**12, E12),
    ],
)
def test_a_sloped_rate_ends_at_all_of_it(lots, rate):
    """MRGN-013: 1 % and 0.1 % for each lot."""
    bare = tiered((0, 10_000), margin_slope_e12=10**9)
    assert asked(bare, E12, lots) == rate
    assert asked(bare, 1, lots) == 1


def test_a_steep_slope_is_steep_from_the_second_lot_on():
    """MRGN-013, MRGN-019: 1 % and 70 % for each lot; a factor ends where the rate does."""
    bare = tiered((0, 10_000), margin_slope_e12=7 * 10**11)
    assert [asked(bare, 100, lots) for lots in (1, 2, 3)] == [71, 100, 100]
    bare.market.initial_factor_ppm = 2 * PPM
    assert asked(bare, E12) == E12


@pytest.mark.parametrize(
    ("root_e12", "lots", "margin"),
    [
        (1, 2, 2),  # 1.415 of 10**-12: up
        (1_000, 2, 1_415),
        (1_000, 3, 1_733),
        (1_000, 10**12, 10**9),
        (1_000, 10**12 + 1, 10**9),  # no more lots than there can be
        (10**6, 10**12, 10**12),
        (10**6 + 1, 10**12, 10**12),
    ],
)
def test_a_root_is_rounded_up_at_each_step(root_e12, lots, margin):
    """MRGN-016: of 10**12 atoms, in a tier without a rate of its own."""
    assert asked(tiered((0, 0), margin_root_e12=root_e12), E12, lots) == margin


@pytest.mark.parametrize(
    ("lots", "initial", "maintenance"),
    [
        (1, 3_000_000, 1_000_000),  # the tier's: 1.5 of 10**-6 are less
        (4, 3_000_000, 1_000_000),
        (5, 3_355_500, 1_118_500),  # 2.23607 up to 2.237, one and a half times
        (6, 3_675_000, 1_225_000),
        (7, 3_969_000, 1_323_000),
        (8, 4_243_500, 1_414_500),
    ],
)
def test_a_third_of_a_root_is_kept(lots, initial, maintenance):
    """MRGN-016: at rates of 3 and 1 in a million, and a root that asks 1.5 for one lot."""
    bare = tiered((0, 3), margin_root_e12=1_500_000)
    bare.state.tiers[bare.market.tier_first].maintenance_ppm = 1
    assert asked(bare, E12, lots) == initial
    assert asked(bare, E12, lots, initial=False) == maintenance
    bare.market.margin_root_e12 = 10**12
    assert asked(bare, E12, initial=False) == 333_333_333_334  # a third of all: up


@pytest.mark.parametrize(
    ("interest", "margin"),
    [(5, 10), (6, 10), (7, 33), (8, 55), (9, 78), (10, 100), (11, 100)],
)
def test_open_interest_draws_the_margin_up(interest, margin):
    """MRGN-015: from 10 to 100 between 6 and 10: 22.5 each, rounded up."""
    market = Market(interest_low_atoms=6, interest_high_atoms=10, open_lots=interest)
    market.mark_subticks = market.value_divisor = 1
    assert with_open_interest(market, 100, 10) == margin
    assert with_open_interest(market, 100, 101) == 101  # rounded up beyond the notional already


@pytest.mark.parametrize(
    ("rate", "factor", "found"),
    [
        (100_001, 0, 100_001),
        (100_001, PPM, 100_001),
        (100_001, 1, 1),  # 0.1: up
        (100_001, 1_500_000, 150_002),  # 150,001.5
        (3, 666_667, 3),  # 2.000001
        (100_000, 10 * PPM, PPM),
        (100_001, 10 * PPM, PPM),
    ],
)
def test_a_factor_ends_at_all_of_it(rate, factor, found):
    """MRGN-019"""
    market = Market(initial_factor_ppm=factor, maintenance_factor_ppm=2 * PPM)
    assert with_factor(market, rate, PPM, True) == found
    assert with_factor(market, rate, PPM, False) == 2 * rate
    bare = tiered((0, rate), initial_factor_ppm=factor)
    assert asked(bare, PPM) == found


@pytest.mark.parametrize(
    ("steps", "notional", "added"), [(0, 10**6, 0), (1, 10**6, 5_000), (3, 1_001, 16), (1, 1, 1)]
)
def test_a_raised_risk_limit_is_rounded_up(steps, notional, added):
    """MRGN-017: 0.5 % each step, on both margins."""
    bare = Bare()
    position = Position(qty_lots=1, risk_steps=steps)
    of = (bare.state, bare.market, position, notional)
    assert risk_margin_atoms(*of) == added
    assert maintenance_if(*of) == asked(bare, notional, initial=False) + added
    assert initial_requirement(*of, 1) == asked(bare, notional) + added


def test_the_fee_of_closing_is_rounded_up_by_itself():
    """MRGN-014: 0.5 % of 201 is 1.005, and so is the fee."""
    bare = Bare(maintenance_fee_ppm=5_000)
    assert maintenance_requirement(bare.state, bare.market, 201, 1) == 2 + 2
    assert maintenance_requirement(bare.state, bare.market, 200, 1) == 1 + 1


@pytest.mark.parametrize(
    ("leverage", "margin"),
    [(0, 11), (200 * PPM, 11), (100 * PPM, 11), (10 * PPM, 101), (PPM, 1_001), (3 * PPM, 334)],
)
def test_a_leverage_asks_its_share_rounded_up(leverage, margin):
    """MRGN-007: of 1,001 atoms; the tier asks 1 %."""
    bare = Bare()
    position = Position(leverage_ppm=leverage)
    assert initial_requirement(bare.state, bare.market, position, 1_001, 1) == margin


@pytest.mark.parametrize(
    ("held", "buys", "sells", "buy_side", "sell_side"),
    [
        (0, 0, 0, 0, 0),
        (0, 5, 0, 5, 0),
        (0, 0, 5, 0, 5),
        (3, 0, 0, 3, 0),
        (-3, 0, 0, 0, 3),
        (3, 5, 4, 8, 1),
        (3, 5, 3, 8, 0),
        (-3, 4, 5, 1, 8),
        (-3, 2, 5, 0, 8),
    ],
)
def test_the_sides_of_a_position_with_its_orders(held, buys, sells, buy_side, sell_side):
    """MRGN-003: a lot is worth an atom; 100 % is asked of two lots, 200 % of what is more."""
    for basis in MarginBasis:
        market = Market(margin_basis=int(basis), mark_subticks=1, value_divisor=1)
        position = Position(qty_lots=held, entry_value_atoms=held)
        position.buy_lots = position.buy_value_atoms = buys
        position.sell_lots = position.sell_value_atoms = sells
        assert buy_side_atoms(market, position) == buy_side
        assert sell_side_atoms(market, position) == sell_side
        bare = tiered((0, PPM), (2, 2 * PPM), tier_unit=int(TierUnit.LOTS))
        size = max(buy_side, sell_side)
        found = requirement_with_orders(bare.state, _terms(bare, basis), position)
        assert found == size + max(0, size - 2)


@pytest.mark.parametrize(
    ("held", "buys", "sells", "margin"),
    [
        # lots held at an atom each; lots on order and what they are worth
        (0, (2, 100), (1, 99), 30),  # 20 % and 5 % for each lot
        (0, (2, 99), (1, 100), 25),
        (0, (2, 100), (1, 100), 30),  # where both are worth as much: the size to buy
        (0, (1, 100), (2, 100), 25),
        (-5, (5, 106), (0, 0), 46),  # it would close what is held, and is worth 101 more:
        (-5, (4, 106), (0, 0), 46),  # the size is not less than what is held
        (-5, (10, 105), (0, 0), 45),
        (-5, (11, 105), (0, 0), 50),
        (5, (0, 0), (5, 106), 46),
    ],
)
def test_the_size_is_that_of_the_side_that_counts(held, buys, sells, margin):
    """MRGN-003, MRGN-013"""
    bare = tiered((0, 200_000), margin_slope_e12=5 * 10**10)
    position = Position(qty_lots=held, entry_value_atoms=held)
    position.buy_lots, position.buy_value_atoms = buys
    position.sell_lots, position.sell_value_atoms = sells
    assert requirement_with_orders(bare.state, bare.market, position) == margin


def _terms(bare: Bare, basis: int) -> Market:
    """Its market, where a lot is worth an atom."""
    market = bare.market
    market.margin_basis, market.mark_subticks, market.value_divisor = int(basis), 1, 1
    return market
