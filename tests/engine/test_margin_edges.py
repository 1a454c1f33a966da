"""Margin at its edges: the last atom of a requirement, of an equity, of what may leave a wallet."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarginBasis, MarketState, TierUnit, WalletKind
from longshore.engine.margin import (
    amount_worth,
    buy_side_atoms,
    collateral_atoms,
    collateral_value_atoms,
    equity_atoms,
    free_atoms,
    funding_index_parts,
    hangs_on_stale,
    index_is_stale,
    initial_atoms,
    initial_of,
    initial_requirement,
    initial_with_orders_atoms,
    is_frozen_market,
    is_liquidatable,
    maintenance_atoms,
    maintenance_if,
    maintenance_requirement,
    own_atoms,
    requirement_with_orders,
    sell_side_atoms,
    tier_requirement,
)
from longshore.engine.methods import risk_margin_atoms, with_factor, with_open_interest
from longshore.engine.rows import Asset, Market, Position, Tier
from longshore.engine.state import balance_slot, position_slot, wallet_slot
from longshore.engine.units import E12, PPM
from tests.engine.desk import ATOMS, BTC, CASH, DOLLAR_SUBTICKS, FLEX, HOUR_US, PERP, SECOND, USD
from tests.engine.test_liquidation_unit import EVE, Bare

WALLET = wallet_slot(EVE, FLEX)
ALONE = wallet_slot(EVE, WalletKind.ISOLATED + PERP)
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


def _terms(bare: Bare, basis: int) -> Market:
    """Its market, where a lot is worth an atom."""
    market = bare.market
    market.margin_basis, market.mark_subticks, market.value_divisor = int(basis), 1, 1
    return market


@pytest.mark.parametrize(
    ("after", "age", "stale"),
    [(0, 10**15, False), (1, 1, False), (1, 2, True), (100, 100, False), (100, 101, True)],
)
@pytest.mark.parametrize("state", MarketState)
def test_an_index_is_stale_beyond_its_time(after, age, stale, state):
    """PRIC-005, HALT-008: nobody is liquidated then, nor where nothing is matched."""
    bare = Bare()
    asset = bare.state.assets[BTC]
    asset.stale_after_us, asset.index_time_us = after, 7_000
    bare.state.time_us = 7_000 + age
    bare.market.state = state
    assert index_is_stale(bare.state, bare.market) == stale
    still = state in (MarketState.HALTED, MarketState.AUCTION)
    assert is_frozen_market(bare.state, bare.market) == (still or stale)


@pytest.mark.parametrize(
    ("held", "market", "isolated", "hangs"),
    [(0, PERP, 0, False), (1, PERP, 0, True), (-1, SECOND, 0, True), (1, PERP, 1, False)],
)
def test_a_wallet_hangs_on_an_index_through_its_own_positions(held, market, isolated, hangs):
    """LEDG-007: what hangs on a stale one keeps its money."""
    bare = Bare()
    asset = bare.state.assets[BTC]
    asset.stale_after_us, bare.state.time_us = 1, 2
    bare.hold(held, 84_000, 100, market=market).isolated = isolated
    assert hangs_on_stale(bare.state, WALLET) == hangs
    free = 0 if hangs else 100 * ATOMS
    assert free_atoms(bare.state, WALLET, USD) == free
    bare.state.time_us = 1
    assert not hangs_on_stale(bare.state, WALLET)


@pytest.mark.parametrize(
    ("amount", "index", "divisor", "haircut", "value"),
    [
        (3, 1, 2, 0, 1),  # 1.5
        (-3, 1, 2, 0, -2),
        (10, 1, 1, 10_000, 9),  # 9.9
        (-10, 1, 1, 10_000, -10),
        (7, 1, 2, 500_000, 1),  # 3 and then 1.5
        (100, 3, 1, 0, 300),
        (100, 3, 1, PPM, 0),
    ],
)
def test_a_coins_worth_is_rounded_down_twice(amount, index, divisor, haircut, value):
    """MRGN-002"""
    asset = Asset(index_subticks=index, value_divisor=divisor, haircut_ppm=haircut)
    assert collateral_value_atoms(asset, amount) == value


def test_equity_and_margin_count_the_first_and_the_last_of_all():
    """MRGN-002, MRGN-003: a dollar's atom, a coin's atoms, a lot in each market, one on order."""
    bare = Bare()
    bare.hold(1, 83_000, 0)
    other = bare.hold(-1, 83_000, 1e-8, market=SECOND)
    other.sell_lots, other.sell_value_atoms = 1, 830_000_000
    bare.state.assets[BTC].index_subticks = DOLLAR_SUBTICKS
    bare.state.balances[balance_slot(WALLET, BTC)].amount_atoms = 100
    state = bare.state
    assert collateral_atoms(state, WALLET) == 1 + 99
    assert equity_atoms(state, WALLET) == 100  # one gains what the other loses
    assert maintenance_atoms(state, WALLET) == 2 * 4_150_000
    assert initial_atoms(state, WALLET) == 2 * 8_300_000
    assert initial_with_orders_atoms(state, WALLET) == 3 * 8_300_000
    assert initial_of(state, EVE, PERP) == 8_300_000


@pytest.mark.parametrize(("held", "atoms"), [(1, 1), (2, 2), (-1, 0)])
def test_an_order_alone_is_in_the_first_or_the_last_market(held, atoms):
    """MRGN-003"""
    for market in (PERP, SECOND):
        bare = Bare()
        position = bare.state.positions[position_slot(EVE, market)]
        position.buy_lots, position.buy_value_atoms = max(0, held), 100 * max(0, held)
        assert initial_with_orders_atoms(bare.state, WALLET) == atoms
        assert initial_atoms(bare.state, WALLET) == maintenance_atoms(bare.state, WALLET) == 0


@pytest.mark.parametrize(
    ("held", "margin", "rung", "ordered", "own"),
    [
        (500, 300, 0, 0, 300),
        (200, 300, 0, 0, 200),
        (500, 300, 1, 0, 500),  # being liquidated: all there is
        (500, 300, 2, 0, 500),
        (500, 300, 1, 1, 300),
        (500, 300, 1, -1, 300),
        (500, 300, 0, 1, 300),
    ],
)
def test_an_isolated_position_has_its_own_margin(held, margin, rung, ordered, own):
    """MRGN-007"""
    bare = Bare()
    bare.state.balances[balance_slot(ALONE, USD)].amount_atoms = held
    position = bare.hold(0, 0, 9)
    position.margin_atoms = margin
    position.buy_lots, position.sell_lots = max(0, ordered), max(0, -ordered)
    bare.state.wallets[ALONE].rung = rung
    assert own_atoms(bare.state, ALONE) == collateral_atoms(bare.state, ALONE) == own
    assert own_atoms(bare.state, WALLET) == 9 * ATOMS


@pytest.mark.parametrize(("short", "below"), [(0, False), (1, True), (-1, False)])
def test_equal_to_maintenance_is_safe(short, below):
    """LIQD-001"""
    bare = Bare()
    bare.hold(1, 84_000, 0)
    bare.state.balances[balance_slot(WALLET, USD)].amount_atoms = 4_200_000 - short
    assert is_liquidatable(bare.state, WALLET) == below


@pytest.mark.parametrize(("amount", "hold", "free"), [(5, 0, 5), (5, 3, 2), (5, 5, 0), (5, 6, 0)])
def test_cash_is_free_but_for_what_is_held_for_orders(amount, hold, free):
    """LEDG-003"""
    bare = Bare()
    wallet = wallet_slot(EVE, CASH)
    balance = bare.state.balances[balance_slot(wallet, BTC)]
    balance.amount_atoms, balance.hold_atoms = amount, hold
    assert free_atoms(bare.state, wallet, BTC) == free


@pytest.mark.parametrize(
    ("lots", "atoms", "profit", "free"),
    [
        (0, 5, 0, 5),
        (0, 0, 0, 0),
        (0, -5, 0, 0),
        (1, 8_400_000, 0, 0),
        (1, 8_400_001, 0, 1),
        (1, 8_399_999, 0, 0),
        (1, 8_400_000, 7, 7),
        (1, 5, 8_400_000, 5),  # a profit is not cash
        (1, 5, 8_399_999, 4),
    ],
)
def test_dollars_are_free_above_initial_margin(lots, atoms, profit, free):
    """LEDG-007: 8,400,000 for a lot at 84,000; of a flex wallet and of an isolated one alike."""
    for wallet, isolated in ((WALLET, 0), (ALONE, 1)):
        bare = Bare()
        position = bare.hold(lots, 84_000, 0)
        position.isolated, position.margin_atoms = isolated, max(0, atoms)
        bare.market.mark_subticks += profit * bare.market.value_divisor
        bare.state.balances[balance_slot(wallet, USD)].amount_atoms = atoms
        assert free_atoms(bare.state, wallet, USD) == free
        assert free_atoms(bare.state, wallet, BTC) == 0


@pytest.mark.parametrize(
    ("dollars", "ordered", "coins", "free"),
    [
        (0, 0, 1_000, 1_000),
        (1, 0, 1_000, 1_000),
        (-1, 0, 1_000, 998),  # 989 of 990 left: 998.99 coins
        (0, 100, 1_000, 998),  # one atom is asked
        (0, 100, -5, 0),
        (0, 0, -5, 0),
        (0, 0, 0, 0),
    ],
)
def test_coins_are_free_where_nothing_is_owed_or_asked(dollars, ordered, coins, free):
    """LEDG-007: at an index of one and a haircut of 1 %."""
    bare = Bare()
    position = bare.hold(0, 0, dollars / ATOMS)
    position.buy_lots, position.buy_value_atoms = ordered, ordered
    asset = bare.state.assets[BTC]
    asset.index_subticks = asset.value_divisor = 1
    bare.state.balances[balance_slot(WALLET, BTC)].amount_atoms = coins
    assert free_atoms(bare.state, WALLET, BTC) == free


@pytest.mark.parametrize(
    ("held", "value", "index", "divisor", "haircut", "amount"),
    [
        (100, 10, 1, 1, 0, 10),
        (100, 1, 1, 1, 0, 1),
        (100, 0, 1, 1, 0, 0),
        (100, -1, 1, 1, 0, 0),
        (5, 2, 1, 2, 0, 4),  # five would be worth 2.5
        (4, 2, 1, 2, 0, 4),
        (3, 2, 1, 2, 0, 3),
        (100, 7, 2, 1, 0, 3),  # 3.5
        (100, 10, 1, 1, 500_000, 20),
        (100, 10, 1, 1, 999_999, 100),
        (100, 10, 1, 1, PPM, 0),
        (100, 10, 0, 1, 0, 0),
        (0, 10, 1, 1, 0, 0),
        (-5, 10, 1, 1, 0, 0),
    ],
)
def test_as_much_as_is_worth_a_sum(held, value, index, divisor, haircut, amount):
    """LEDG-007"""
    asset = Asset(index_subticks=index, value_divisor=divisor, haircut_ppm=haircut)
    assert amount_worth(asset, held, value) == amount


@pytest.mark.parametrize(
    ("rate", "elapsed", "index"),
    [(0, HOUR_US, 7), (1, HOUR_US, 8), (1, HOUR_US - 1, 7), (10, HOUR_US // 2, 12), (-1, 1, 6)],
)
def test_the_funding_index_grows_within_its_interval(rate, elapsed, index):
    """FUND-004: seven parts so far; rounded down."""
    bare = Bare()
    market = bare.market
    market.funding_index_parts, market.funding_lot_parts = 7, rate
    market.funding_interval_us, market.funding_from_us = HOUR_US, 50
    bare.state.time_us = 50 + elapsed
    assert funding_index_parts(bare.state, market) == index
