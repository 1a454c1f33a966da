"""The price of nothing, bands, and how much a step closes: to the sub-tick, the lot, the atom."""

from __future__ import annotations

import pytest

from longshore.engine import bankruptcy
from longshore.engine.bankruptcy import (
    band_ticks,
    funds_can_pay,
    is_beyond_any_price,
    is_inside_band,
    unwind_ticks,
    zero_equity_inverse_ticks,
    zero_equity_ticks,
)
from longshore.engine.codes import AdlPrice, MarginBasis, Step, System, TierUnit
from longshore.engine.cuts import (
    is_above_backstop,
    is_large,
    is_rested,
    lots_to_cut,
    lots_to_reduce,
    pauses,
)
from longshore.engine.ledger import system_wallet
from longshore.engine.limits import PRICE_MAX_SUBTICKS, PRICE_MAX_TICKS
from longshore.engine.rows import Market, Position, Wallet
from longshore.engine.state import State, balance_slot, wallet_slot
from tests.engine.desk import DOLLAR_SUBTICKS, FLEX, USD
from tests.engine.test_liquidation_unit import EVE, TICKS_MAX, Bare

WALLET = wallet_slot(EVE, FLEX)


def owned(bare: Bare, atoms: int, lots: int = 0) -> Position:
    """So much equity, and a position that has neither won nor lost."""
    position = bare.hold(lots, 0, 0)
    position.entry_value_atoms = bare.market.mark_subticks * lots // bare.market.value_divisor
    bare.state.balances[balance_slot(WALLET, USD)].amount_atoms = atoms
    return position


def fine(**terms: int) -> Bare:
    """A mark of 1,000 sub-ticks, of which a lot is worth an atom each."""
    return Bare(1_000 / DOLLAR_SUBTICKS, **{"value_divisor": 1, "tick_subticks": 1, **terms})


@pytest.mark.parametrize(
    ("lots", "equity", "tick", "ticks"),
    [
        (1, 10, 1, 990),
        (-1, 10, 1, 1_010),
        (3, 10, 1, 997),  # 3.33 a lot, which is worth 3
        (-3, 10, 1, 1_003),
        (3, -10, 1, 1_004),
        (-3, -10, 1, 996),
        (1, 5, 10, 100),  # 995: up
        (-1, 5, 10, 100),  # 1,005: down
        (1, 999, 10, 1),
        (1, 1_000, 10, 1),  # never below one tick
        (-1, -989, 10, 1),
        (-1, -1_000, 10, 1),
    ],
)
def test_the_zero_equity_price_to_the_sub_tick(lots, equity, tick, ticks):
    """LIQD-006"""
    bare = fine(tick_subticks=tick)
    assert bare.zero(owned(bare, equity, lots)) == ticks


@pytest.mark.parametrize(
    ("lots", "each", "ticks"),
    [(1, 1, 1), (1, -1, TICKS_MAX), (-1, 1, TICKS_MAX), (-1, -1, 1), (2, 1, 1), (-2, -1, 1)],
)
def test_no_price_makes_up_for_so_much(lots, each, ticks):
    """LIQD-006: a lot of a ten-thousandth would have to cost more than the highest price."""
    bare = Bare()
    beyond = each * abs(lots) * (PRICE_MAX_SUBTICKS // bare.market.value_divisor + 1)
    assert bare.zero(owned(bare, beyond, lots)) == ticks


@pytest.mark.parametrize(
    ("divisor", "lots", "equity", "beyond"),
    [
        (1, 1, 10**18, False),
        (1, 1, 10**18 + 1, True),
        (10**6, 2, 2 * 10**12 + 1, False),
        (10**6, -2, 2 * 10**12 + 2, True),
        (10**6, 2, -2 * 10**12, False),
        (10**6, -2, -2 * 10**12 - 2, True),
    ],
)
def test_what_is_beyond_any_price(divisor, lots, equity, beyond):
    """LIQD-006: more a lot than the highest price; equal is not."""
    market = Market(value_divisor=divisor)
    assert is_beyond_any_price(market, Position(qty_lots=lots), equity) == beyond


@pytest.mark.parametrize(
    ("lots", "equity", "ticks"),
    [
        (8, -7, 4_000_000),  # 8e6 / 1
        (1, 10**9, 1),
        (-7, 6, 3_500_000),
        (-7, -6_999_993, 1),  # one sub-tick is half a tick
        (-7, -2_000_000, 1),  # 3.49: three sub-ticks
    ],
)
def test_the_zero_equity_price_of_an_inverse_contract_at_its_ends(lots, equity, ticks):
    """CONT-006: a tick of two sub-ticks, a lot worth a million of them, at a mark of a million."""
    market = Market(inverse_factor=10**6, tick_subticks=2, mark_subticks=10**6)
    assert zero_equity_inverse_ticks(market, Position(qty_lots=lots), equity) == ticks


def test_a_price_that_64_bits_cannot_count_is_not_asked_for(monkeypatch):
    """CONT-006: 10**9 lots of which one coin must stay: the highest price, and no division."""
    market = Market(inverse_factor=10**12, tick_subticks=1, mark_subticks=10**12)
    position = Position(qty_lots=-(10**9))
    assert zero_equity_inverse_ticks(market, position, 10**9 - 10**10) == 10**11
    monkeypatch.setattr(bankruptcy, "mul_div_floor", None)
    assert zero_equity_inverse_ticks(market, position, 10**9 - 1) == PRICE_MAX_TICKS


DOLLAR = DOLLAR_SUBTICKS


@pytest.mark.parametrize(
    ("lots", "rule", "mark", "before", "fund", "ticks"),
    [
        (1, AdlPrice.BANKRUPTCY, 500 * DOLLAR, 400 * DOLLAR, 1, 501),
        (1, AdlPrice.MARK, 500 * DOLLAR, 400 * DOLLAR, 1, 500),
        (1, AdlPrice.MARK, 500 * DOLLAR, 400 * DOLLAR, 0, 501),  # nobody can pay at mark
        (1, AdlPrice.PREVIOUS_MARK, 500 * DOLLAR, 400 * DOLLAR, 0, 400),
        (1, AdlPrice.PREVIOUS_MARK, 500 * DOLLAR, 0, 1, 501),  # there was none before
        (1, AdlPrice.MARK, 500 * DOLLAR + 1, 0, 1, 501),  # up for a long position
        (1, AdlPrice.MARK, 501 * DOLLAR - 1, 0, 1, 501),
        (-1, AdlPrice.MARK, 501 * DOLLAR - 1, 0, 1, 500),  # down for a short one
        (-1, AdlPrice.MARK, 500 * DOLLAR, 0, 1, 500),
        (1, AdlPrice.PREVIOUS_MARK, 500 * DOLLAR, 1, 0, 1),
        (-1, AdlPrice.PREVIOUS_MARK, 500 * DOLLAR, 1, 0, 1),  # never below one tick
        (-1, AdlPrice.PREVIOUS_MARK, 500 * DOLLAR, 2 * DOLLAR - 1, 0, 1),
    ],
)
def test_the_price_of_unwinding_to_the_tick(lots, rule, mark, before, fund, ticks):
    """LIQD-024: one atom is lacking at mark, and a fund has it, or has not."""
    bare = Bare(500, adl_price=rule)
    bare.market.mark_subticks, bare.market.mark_before_subticks = mark, before
    position = owned(bare, -1, lots)
    bare.state.balances[balance_slot(system_wallet(System.POOL), USD)].amount_atoms = fund
    assert unwind_ticks(bare.state, WALLET, bare.market, position) == ticks


@pytest.mark.parametrize(
    ("equity", "pool", "insurance", "can"),
    [
        (-10, 4, 6, True),
        (-11, 4, 6, False),
        (-10, -5, 10, True),
        (-10, 10, -5, True),
        (-10, 9, -5, False),
        (-1, 0, 0, False),
        (0, 0, 0, True),
        (5, 0, 0, True),
    ],
)
def test_what_the_funds_hold_of_what_is_lacking(equity, pool, insurance, can):
    """LIQD-024: one in debt has nothing."""
    bare = Bare()
    owned(bare, equity)
    for account, atoms in ((System.POOL, pool), (System.INSURANCE, insurance)):
        bare.state.balances[balance_slot(system_wallet(account), USD)].amount_atoms = atoms
    assert funds_can_pay(bare.state, WALLET) == can


@pytest.mark.parametrize(
    ("lots", "price", "tick", "expected"),
    [
        (1, 1_000_001, 1, 990_001),  # 990,000.99: up
        (-1, 1_000_001, 1, 1_010_001),  # 1,010,001.01: down
        (1, 1_000_000, 1, 990_000),
        (-1, 1_000_000, 1, 1_010_000),
        (1, 1_000_100, 100, 9_901),
        (-1, 1_000_000, 1_000, 1_010),
        (-1, 1, 10, 1),  # never below one tick
        (-1, 10, 10, 1),
        (1, 10, 10, 1),
    ],
)
def test_a_band_is_rounded_toward_its_price(lots, price, tick, expected):
    """LIQD-004, LIQD-008: one percent."""
    market = Market(tick_subticks=tick)
    assert band_ticks(market, Position(qty_lots=lots), price, 10_000) == expected


@pytest.mark.parametrize("lots", [1, -1])
@pytest.mark.parametrize(
    ("gain", "inside"), [(-1, False), (0, True), (1, True), (10_000, True), (10_001, False)]
)
def test_an_assignment_gains_no_more_than_a_band(lots, gain, inside):
    """LIQD-007: one percent of a mark of a million and one, rounded down."""
    market = Market(tick_subticks=1, mark_subticks=1_000_001)
    price = 1_000_001 - gain * lots
    assert is_inside_band(market, Position(qty_lots=lots), price, 10_000) == inside
    market.mark_subticks = 1_000_000
    assert is_inside_band(market, Position(qty_lots=lots), price - 1, 10_000) == inside


@pytest.mark.parametrize(
    ("began", "held", "closed"),
    [(10, 10, 1), (19, 19, 1), (20, 20, 2), (5, 5, 1), (5, -5, 1), (1_000, 50, 50), (1, 1, 1)],
)
def test_a_part_is_a_share_of_what_the_ladder_began_with(began, held, closed):
    """LIQD-004: a tenth, rounded down, at least a lot, and no more than is left."""
    bare = Bare(cut_tiers=1)
    position = owned(bare, 0, held)
    position.ladder_lots = began
    args = bare.state, Wallet(), bare.market, position
    assert lots_to_reduce(*args, Step.PARTIAL) == closed
    assert lots_to_reduce(*args, Step.CUT_TIERS) == 0  # there is no tier below


@pytest.mark.parametrize(("rested", "large"), [(True, False), (False, True), (False, False)])
def test_a_wallet_without_rest_or_size_is_not_closed_by_parts(rested, large):
    """LIQD-017"""
    bare = fine(partial_rest_us=50, partial_above_atoms=9_999 if large else 10_000)
    bare.state.time_us = 100
    position = owned(bare, 0, 10)
    position.ladder_lots = 10
    row = Wallet(partial_us=50 if rested else 51)
    assert lots_to_reduce(bare.state, row, bare.market, position, Step.PARTIAL) == 0


@pytest.mark.parametrize(
    ("now", "last", "rest", "rested"),
    [
        (100, 50, 50, True),
        (100, 51, 50, False),
        (10, 0, 50, True),  # it never had one
        (100, 100, 0, True),
        (100, 100, 1, False),
        (101, 100, 1, True),
        (1, 1, 5, False),
    ],
)
def test_a_rest_between_two_parts(now, last, rest, rested):
    """LIQD-017"""
    state = State()
    state.time_us = now
    assert is_rested(state, Wallet(partial_us=last), Market(partial_rest_us=rest)) == rested


@pytest.mark.parametrize(
    ("above", "lots", "large"),
    [(0, 0, True), (0, 1, True), (1, 1, False), (1, 2, True), (1, -2, True), (5, -5, False)],
)
def test_a_position_worth_no_more_is_not_large(above, lots, large):
    """LIQD-017: one atom a lot."""
    market = Market(value_divisor=1, mark_subticks=1, partial_above_atoms=above)
    assert is_large(market, Position(qty_lots=lots)) == large


@pytest.mark.parametrize(
    ("pause", "last", "waits"), [(5, 100, True), (1, 100, True), (5, 99, False), (0, 100, False)]
)
def test_a_ladder_waits_after_a_part_of_the_same_instant(pause, last, waits):
    """LIQD-018"""
    state = State()
    state.time_us = 100
    assert pauses(state, Wallet(partial_us=last), Market(pause_us=pause)) == waits


def tiers(bare: Bare, *bounds: int) -> None:
    """The market's tiers begin at these sizes."""
    bare.market.tier_first, bare.market.tier_count = 5, len(bounds)
    for at, bound in enumerate(bounds):
        bare.state.tiers[5 + at].from_size = bound


@pytest.mark.parametrize(
    ("lots", "count", "cut"),
    [
        (80, 1, 11),  # to 69, the last of the second tier
        (80, 2, 31),
        (80, 3, 0),  # there is none so far below
        (-80, 1, 11),
        (70, 1, 1),
        (69, 1, 20),
        (69, 2, 0),
        (50, 1, 1),
        (49, 1, 0),
    ],
)
def test_a_cut_goes_to_the_last_lot_of_a_lower_tier(lots, count, cut):
    """LIQD-020: tiers from 50 and 70 lots."""
    bare = Bare(tier_unit=TierUnit.LOTS, cut_tiers=count)
    tiers(bare, 0, 50, 70)
    assert lots_to_cut(bare.state, bare.market, owned(bare, 0, lots)) == cut


@pytest.mark.parametrize(
    ("value", "cut"), [(999, 0), (1_000, 1), (1_818, 5), (1_819, 5), (9_990, 9), (9_991, 10)]
)
def test_a_cut_by_value_keeps_whole_lots(value, cut):
    """LIQD-020: of ten lots, as many stay as are worth 999 atoms; 5.4 of them at 1,819."""
    bare = Bare(cut_tiers=1, margin_basis=MarginBasis.ENTRY)
    tiers(bare, 0, 1_000)
    position = owned(bare, 0, 10)
    position.entry_value_atoms = value
    assert lots_to_cut(bare.state, bare.market, position) == cut


@pytest.mark.parametrize(
    ("part_ppm", "entry", "equity", "above"),
    [
        (0, 1_000, 10**9, False),  # it always acts
        (666_666, 1_000, 4, True),  # 3.33 of 5, rounded up
        (666_666, 1_000, 3, False),
        (500_000, 84 * 10**11, 21 * 10**9, True),
        (500_000, 84 * 10**11, 21 * 10**9 - 1, False),
    ],
)
def test_a_backstop_to_the_atom(part_ppm, entry, equity, above):
    """LIQD-021: maintenance margin of half a percent; equal is too much."""
    bare = fine(backstop_ppm=part_ppm, pause_us=1, margin_basis=MarginBasis.ENTRY)
    bare.market.mark_subticks = entry
    owned(bare, equity, 1)
    assert is_above_backstop(bare.state, WALLET, bare.market) == above


def test_the_zero_equity_price_of_either_kind_of_contract():
    """LIQD-006, CONT-006: an inverse contract is asked otherwise."""
    bare = fine()
    position = owned(bare, 10, 1)
    assert zero_equity_ticks(bare.state, WALLET, bare.market, position) == 990
    bare.market.inverse_factor = 10**6
    position.entry_value_atoms = -1_000  # worth as much at 1,000
    assert zero_equity_ticks(bare.state, WALLET, bare.market, position) == 991  # 990.1
