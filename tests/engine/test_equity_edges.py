"""Wallets at their edges: the last atom of an equity, of a worth, of what may leave a wallet."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarketState, WalletKind
from longshore.engine.margin import (
    amount_worth,
    collateral_atoms,
    collateral_value_atoms,
    equity_atoms,
    free_atoms,
    funding_index_parts,
    hangs_on_stale,
    index_is_stale,
    initial_atoms,
    initial_of,
    initial_with_orders_atoms,
    is_frozen_market,
    is_liquidatable,
    maintenance_atoms,
    own_atoms,
)
from longshore.engine.rows import Asset
from longshore.engine.state import balance_slot, position_slot, wallet_slot
from longshore.engine.units import PPM
from tests.engine.desk import ATOMS, BTC, CASH, DOLLAR_SUBTICKS, FLEX, HOUR_US, PERP, SECOND, USD
from tests.engine.test_liquidation_unit import EVE, Bare

WALLET = wallet_slot(EVE, FLEX)
ALONE = wallet_slot(EVE, WalletKind.ISOLATED + PERP)


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


def test_an_isolated_position_is_no_matter_of_the_flex_wallet():
    """MRGN-007: nor are its orders."""
    bare = Bare()
    position = bare.hold(1, 84_000, 5)
    position.isolated = position.buy_lots = position.buy_value_atoms = 1
    state = bare.state
    assert (initial_atoms(state, WALLET), initial_with_orders_atoms(state, WALLET)) == (0, 0)
    assert (maintenance_atoms(state, WALLET), equity_atoms(state, WALLET)) == (0, 5 * ATOMS)
    assert (initial_atoms(state, ALONE), maintenance_atoms(state, ALONE)) == (8_400_000, 4_200_000)


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
        (0, 0, 1_001, 1_001),  # worth 990, and that is worth 1,000
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
        (10**7, 10**6, 1, 1, 0, 10**6),
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
