"""Wake boxes to the sub-tick: where a wallet wants to be looked at again, and what wakes it.

The marks here are small numbers, so that a share of them can be worked out by head: at a mark of
1,000 a share of a half reaches 500 away, and a new bound is left at three quarters of that.
"""

from __future__ import annotations

import pytest

from longshore.engine.bounds import (
    DAY_US,
    HYSTERESIS_DEN,
    HYSTERESIS_NUM,
    WHOLE,
    bound_balance,
    bound_position,
    drop_bounds,
    leave_bounds,
    next_atom_wait_us,
    read_bounds,
    set_wake_time,
    share_to_lose,
)
from longshore.engine.codes import WalletKind
from longshore.engine.limits import ASSETS_MAX, MARKETS_MAX
from longshore.engine.rows import Asset, Balance, Position, Scale
from longshore.engine.state import State, balance_slot, position_slot, wallet_slot
from longshore.engine.timers import KIND_STEP, TIMER_WAKE
from tests.engine.desk import BTC, FLEX, PERP, SECOND, USD
from tests.engine.test_liquidation_unit import EVE, Bare

WALLET = wallet_slot(EVE, FLEX)
HALF = WHOLE // 2


class Box(Bare):
    """Marks of 1,000 sub-ticks, and a coin at an index of 1,000."""

    def __init__(self, **terms: int) -> None:
        super().__init__(1_000 / 10**10, **terms)
        self.asset = self.state.assets[BTC]
        self.asset.index_subticks = 1_000
        self.state.time_us = 5_000

    def has(self, lots: int, market: int = PERP, who: int = EVE) -> Position:
        return self.hold(lots, 0, 0, who=who, market=market)

    def coin(self, amount: int = 1, who: int = EVE) -> Balance:
        balance = self.state.balances[balance_slot(wallet_slot(who, FLEX), BTC)]
        balance.amount_atoms = amount
        return balance

    def bound(self, position: Position, share: int, who: int = EVE) -> int | None:
        """Leave a bound; its key."""
        bound_position(self.state, self.market, position, wallet_slot(who, FLEX), share)
        return self.key(position)

    def bound_coin(self, balance: Balance, share: int, who: int = EVE) -> int | None:
        bound_balance(self.state, self.asset, balance, wallet_slot(who, FLEX), share)
        return self.key(balance)

    def key(self, row: Position | Balance) -> int | None:
        return self.state.nodes[row.wake_node].key if row.wake_node else None

    def wake_us(self, wallet: int = WALLET) -> int | None:
        """When the wallet wants to be looked at."""
        node = self.state.wallets[wallet].wake_node
        return self.state.nodes[node].key - self.state.time_us if node else None

    def pays(self, market_id: int, lot_parts: int, interval_us: int = 1_000) -> None:
        """Funding from now on, of so many parts a lot and interval; an atom has 1,000."""
        market = self.state.markets[market_id]
        market.funding_lot_parts, market.funding_interval_us = lot_parts, interval_us
        market.funding_from_us, market.atom_parts = self.state.time_us, 1_000

    def woken(self) -> list[int]:
        """The accounts whose wallets wait for a look."""
        rows = self.state.wallets
        return [who for who in range(EVE, EVE + 4) if rows[wallet_slot(who, FLEX)].dirty]

    def trees(self) -> tuple[bool, bool, bool]:
        """Whether there are bounds below the mark, above it, below the index."""
        market = self.market
        return market.lower_root != 0, market.upper_root != 0, self.asset.lower_root != 0


@pytest.mark.parametrize(
    ("exposure", "left", "share", "bent"),
    [
        (3, 1, 333_333_333, 250_000_000),
        (2, 1, 500_000_000, 333_333_333),
        (10, 9, 900_000_000, 473_684_210),
        (10, 10, WHOLE, HALF),
        (10, 11, WHOLE, 523_809_523),
        (10, 0, 0, 0),
        (0, 1, WHOLE, WHOLE),
        (0, 0, WHOLE, 0),
        (10**9 + 1, 10**9, 999_999_999, 499_999_999),
    ],
)
def test_the_share_of_all_prices_that_may_be_lost(exposure, left, share, bent):
    """LIQD-012: left / exposure; with an inverse position left / (exposure + left)."""
    assert share_to_lose(Scale(exposure_atoms=exposure), left) == share
    assert share_to_lose(Scale(exposure_atoms=exposure, bends=1), left) == bent


@pytest.mark.parametrize(
    ("slack", "payable", "rounded", "key", "wait"),
    [
        (1_000, 0, 0, 250, None),  # more than all: three quarters of the way to nothing
        (999, 0, 0, 251, None),  # 0.999: 999 to lose, of which 749
        (1_000, 500, 0, 625, None),  # what is left is half: no need of a time
        (1_000, 501, 0, 625, 998),  # less than half: half for funding, 499/501 of 1,000 us
        (1_001, 501, 0, 625, None),
        (1_001, 502, 0, 625, 996),
        (1_000, 0, 500, 625, None),
        (1_000, 500, 499, 1_000, None),  # one atom to lose: less than a sub-tick
        (20, 0, 18, 999, None),  # 2
        (20, 0, 19, 1_000, None),
        (20, 0, 20, 1_000, None),
        (20, 0, 21, 1_000, None),
    ],
)
def test_slack_is_dealt_out_between_prices_and_funding(slack, payable, rounded, key, wait):
    """LIQD-012: at an exposure of 1,000 each atom of slack is a sub-tick."""
    box = Box()
    position = box.has(1)
    scale = Scale(exposure_atoms=1_000, payable_atoms=payable, rounded_atoms=rounded)
    scale.interval_left_us = 1_000
    leave_bounds(box.state, WALLET, scale, slack)
    assert (box.key(position), box.wake_us()) == (key, wait)


def test_no_atom_is_lost_where_rounding_may_take_it():
    """LIQD-012: one atom left of ten would be a tenth of the price, were it not for rounding."""
    for slack, rounded, key in ((1, 0, 925), (1, 1, 1_000), (1, 2, 1_000)):
        box = Box()
        position = box.has(1)
        scale = Scale(exposure_atoms=10, rounded_atoms=rounded)
        leave_bounds(box.state, WALLET, scale, slack)
        assert box.key(position) == key


def test_bounds_are_left_on_all_that_a_flex_wallet_depends_on():
    """LIQD-012: the first and the last market, every coin, not the dollar."""
    box = Box()
    positions = [box.has(1), box.has(-1, SECOND)]
    coin = box.coin()
    dollars = box.state.balances[balance_slot(WALLET, USD)]
    dollars.amount_atoms = 100
    leave_bounds(box.state, WALLET, Scale(exposure_atoms=4), 1)
    assert [box.key(row) for row in (*positions, coin, dollars)] == [813, 1_187, 813, None]
    assert box.trees() == (True, False, True) and box.state.markets[SECOND].upper_root
    positions[0].qty_lots = coin.amount_atoms = 0  # closed and spent: their bounds go
    leave_bounds(box.state, WALLET, Scale(exposure_atoms=4), 1)
    assert [box.key(row) for row in (*positions, coin)] == [None, 1_187, None]
    assert box.trees() == (False, False, False) and box.state.markets[SECOND].upper_root


def test_an_isolated_wallet_looks_at_no_coins():
    """LIQD-012"""
    box = Box()
    coin, position = box.coin(), box.has(1)
    position.isolated = 1
    wallet = wallet_slot(EVE, WalletKind.ISOLATED + PERP)
    leave_bounds(box.state, wallet, Scale(exposure_atoms=4), 1)
    assert (box.key(position), box.key(coin)) == (813, None)
    leave_bounds(box.state, WALLET, Scale(exposure_atoms=4), 2)  # it is no bound of this one
    assert (box.key(position), box.key(coin)) == (813, 625)
    drop_bounds(box.state, wallet)
    assert (box.key(position), box.key(coin)) == (None, 625)


@pytest.mark.parametrize(
    ("budget", "payable", "left_us", "wait"),
    [
        (8, 16, 1_000, 500),
        (8, 7_001, 1_000, 1),  # 1.14: down
        (8, 9_000, 1_000, 1),  # 0.89: a microsecond at least
        (8, 3_001, 1_000, 2),
        (9, 18, 1_000, 500),
        (7, 16, 1_000, 100),  # few: when the next atom is owed
        (0, 16, 1_000, 100),
    ],
)
def test_a_wake_time_is_when_the_budget_is_paid(budget, payable, left_us, wait):
    """LIQD-012, FUND-007: a lot pays ten atoms in 1,000 us and owes the first of them."""
    box = Box()
    box.has(1)
    box.pays(PERP, 10_000)
    box.state.time_us += 1
    scale = Scale(payable_atoms=payable, interval_left_us=left_us)
    set_wake_time(box.state, WALLET, scale, budget)
    assert box.wake_us() == wait
    set_wake_time(box.state, WALLET, Scale(payable_atoms=8, interval_left_us=77), 8)
    assert box.wake_us() == 77
    assert box.state.due_root == box.state.wallets[WALLET].wake_node  # the only one
    root = box.state.nodes[box.state.due_root]
    assert (root.left, root.right) == (0, 0)
    assert (root.tie, root.value) == (TIMER_WAKE * KIND_STEP + WALLET, WALLET)


@pytest.mark.parametrize(
    ("first", "second", "wait"),
    [
        ((0, 0), (0, 0), DAY_US),
        ((1, 10_000), (0, 0), 1),  # at once a part of the first atom is owed
        ((-1, -10_000), (0, 0), 1),
        ((1, -10_000), (0, 0), DAY_US),  # who receives
        ((-1, 10_000), (0, 0), DAY_US),
        ((1, 0), (1, 1), 1_000),  # a part in the whole interval
        ((1, 1), (-1, -10), 1),  # rounded down: a part is paid at once
        ((1, 10), (1, 1), 100),
        ((0, 10), (1, 1), 1_000),
        ((0, 10_000), (0, -10_000), DAY_US),
        ((1, 1), (1, -10), 1_000),
    ],
)
def test_the_next_atom_is_the_first_of_any_paying_position(first, second, wait):
    """LIQD-012: lots, and parts a lot and 1,000 us, in the first and the last market."""
    box = Box()
    for market_id, (lots, parts) in zip((PERP, SECOND), (first, second), strict=True):
        box.has(lots, market_id)
        box.pays(market_id, parts)
    assert next_atom_wait_us(box.state, WALLET) == wait


def test_no_wait_is_longer_than_a_day():
    """LIQD-012"""
    box = Box()
    box.has(1)
    for interval_us, wait in ((DAY_US - 1, DAY_US - 1), (DAY_US + 1, DAY_US)):
        box.pays(PERP, 1, interval_us)
        assert next_atom_wait_us(box.state, WALLET) == wait


@pytest.mark.parametrize(
    ("lots", "share", "key"),
    [
        (1, HALF, 625),
        (-1, HALF, 1_375),
        (1, WHOLE, 250),
        (-1, WHOLE, 1_750),
        (1, 0, 1_000),
        (-1, 0, 1_000),
        (1, 3_999_999, 998),  # 3.99: three, of which 2.25
        (-1, 3_999_999, 1_002),
        (1, 1_000_000, 1_000),  # one, of which 0.75
        (0, HALF, None),
    ],
)
def test_a_bound_is_left_at_three_quarters_of_the_way(lots, share, key):
    """LIQD-012: below for a long position, above for a short one."""
    box = Box()
    assert (HYSTERESIS_NUM, HYSTERESIS_DEN) == (3, 4)
    position = box.has(lots)
    assert box.bound(position, share) == key
    assert box.trees() == (lots > 0, lots < 0, False)
    assert position.wake_upper == (1 if lots < 0 else 0)


@pytest.mark.parametrize(
    ("lots", "mark", "share", "key"),
    [
        (1, 1_000, 375_000_000, 625),  # as far as it may be: kept
        (1, 1_000, 374_999_999, 720),  # 374, of which 280.5
        (1, 1_000, WHOLE, 625),  # nearer than it may be: kept
        (1, 700, 107_142_858, 625),  # 75 of 700
        (1, 700, 107_142_857, 645),  # 74.99
        (1, 625, 0, 625),  # at the bound
        (1, 624, WHOLE, 156),  # beyond it
        (-1, 1_000, 375_000_000, 1_375),
        (-1, 1_000, 374_999_999, 1_280),
        (-1, 1_000, WHOLE, 1_375),
        (-1, 1_375, WHOLE, 2_406),  # at the bound: beyond
        (-1, 1_374, 727_803, 1_375),  # one sub-tick away
        (-1, 1_376, WHOLE, 2_408),
        (0, 1_000, WHOLE, None),
        (2, 1_000, WHOLE, 625),
    ],
)
def test_a_bound_that_is_near_enough_stays(lots, mark, share, key):
    """LIQD-012: after half of 1,000 for the same side, 625 or 1,375."""
    box = Box()
    position = box.has(lots or 1)
    box.bound(position, HALF)
    position.qty_lots, box.market.mark_subticks = lots, mark
    assert box.bound(position, share) == key
    assert box.trees() == (lots > 0, lots < 0, False)


@pytest.mark.parametrize(("before", "after", "key"), [(1, -1, 1_750), (-1, 1, 250)])
def test_a_position_that_turns_leaves_its_bound_on_the_other_side(before, after, key):
    """LIQD-012, MRGN-011"""
    box = Box()
    position = box.has(before)
    box.bound(position, HALF)
    position.qty_lots = after
    assert box.bound(position, WHOLE) == key
    assert box.trees() == (after > 0, after < 0, False)


@pytest.mark.parametrize(
    ("amount", "index", "share", "key"),
    [
        (1, 1_000, 375_000_000, 625),
        (1, 1_000, 374_999_999, 720),
        (1, 1_000, WHOLE, 625),
        (5, 1_000, WHOLE, 625),
        (1, 625, WHOLE, 157),  # at the bound: 625 less 468.75
        (1, 626, 1_597_445, 625),  # one sub-tick
        (1, 624, WHOLE, 156),
        (0, 1_000, WHOLE, None),
    ],
)
def test_a_coins_bound_that_is_near_enough_stays(amount, index, share, key):
    """LIQD-012: after half of 1,000, 625."""
    box = Box()
    coin = box.coin()
    assert box.bound_coin(coin, HALF) == 625
    coin.amount_atoms, box.asset.index_subticks = amount, index
    assert box.bound_coin(coin, share) == key
    assert box.trees() == (False, False, amount > 0)


@pytest.mark.parametrize(
    ("share", "key"), [(WHOLE, 250), (3_999_999, 998), (1_000_000, 1_000), (0, 1_000)]
)
def test_a_coins_bound_is_rounded_toward_its_index(share, key):
    """LIQD-012"""
    box = Box()
    assert box.bound_coin(box.coin(), share) == key


def test_a_wallet_at_risk_has_no_bounds():
    """LIQD-012"""
    box = Box()
    rows = [box.has(1), box.has(-1, SECOND), box.coin()]
    scale = Scale(exposure_atoms=4, payable_atoms=20, interval_left_us=100)
    leave_bounds(box.state, WALLET, scale, 20)
    assert None not in [*map(box.key, rows), box.wake_us()]
    drop_bounds(box.state, WALLET)
    assert [*map(box.key, rows), box.wake_us()] == [None] * 4
    assert box.trees() == (False, False, False) and not box.state.markets[SECOND].upper_root


@pytest.mark.parametrize(
    ("mark", "woken"),
    [(701, []), (700, [16]), (599, [16, 17]), (0, [16, 17]), (1_299, []), (1_300, [18])],
)  # fmt: skip
def test_a_mark_wakes_whose_bound_it_reaches(mark, woken):
    """LIQD-012: long ones at 700 and 599, short ones at 1,300 and 1,401; each is woken once."""
    box = Box()
    keys = ((1, 700), (1, 599), (-1, 1_300), (-1, 1_401))
    for who, (lots, key) in enumerate(keys, EVE):
        position = box.has(lots, who=who)
        box.bound(position, HALF, who)
        box.market.mark_subticks = key
        box.bound(position, 0, who)
        box.market.mark_subticks = 1_000
        assert box.key(position) == key
    box.market.mark_subticks = mark
    box.market.mark_moved = box.state.marks_moved = 1
    read_bounds(box.state)
    assert box.woken() == woken
    rows = [box.state.positions[position_slot(who, PERP)] for who in range(EVE, EVE + 4)]
    assert [who for who, row in enumerate(rows, EVE) if not row.wake_node] == woken
    assert (box.market.mark_moved, box.state.marks_moved) == (0, 0)


@pytest.mark.parametrize(
    ("index", "woken"), [(701, []), (700, [16]), (600, [16]), (599, [16, 17]), (5_000, [])]
)
def test_an_index_wakes_whose_bound_it_reaches(index, woken):
    """LIQD-012"""
    box = Box()
    for who, key in ((EVE, 700), (EVE + 1, 599)):
        box.asset.index_subticks = key
        assert box.bound_coin(box.coin(who=who), 0, who) == key
    box.asset.index_subticks = index
    box.asset.moved = box.state.assets_moved = 1
    read_bounds(box.state)
    assert box.woken() == woken
    assert (box.asset.moved, box.state.assets_moved) == (0, 0)


@pytest.mark.parametrize(("market", "any_market"), [(0, 0), (0, 1), (1, 0)])
def test_only_marks_that_moved_are_read(market, any_market):
    """LIQD-012"""
    box = Box()
    position = box.has(1)
    box.bound(position, 0)
    box.market.mark_moved, box.state.marks_moved = market, any_market
    read_bounds(box.state)
    assert (box.woken(), box.state.marks_moved, box.market.mark_moved) == ([], 0, market)


@pytest.mark.parametrize(("asset", "any_asset"), [(0, 0), (0, 1), (1, 0)])
def test_only_indexes_that_moved_are_read(asset, any_asset):
    """LIQD-012"""
    box = Box()
    box.bound_coin(box.coin(), 0)
    box.asset.moved, box.state.assets_moved = asset, any_asset
    read_bounds(box.state)
    assert (box.woken(), box.state.assets_moved, box.asset.moved) == ([], 0, asset)


def test_the_last_market_wakes_too():
    """LIQD-012"""
    box = Box()
    market = box.state.markets[SECOND]
    bound_position(box.state, market, box.has(1, SECOND), WALLET, 0)
    market.mark_moved = box.state.marks_moved = 1
    read_bounds(box.state)
    assert box.woken() == [EVE]


@pytest.mark.parametrize("lots", [1, -1])
def test_each_leg_has_its_own_bound(lots):
    """MODE-004, LIQD-012"""
    box = Box(hedge_allowed=1)
    box.state.accounts[EVE].hedged = 1
    legs = [box.state.positions[position_slot(EVE, PERP + at)] for at in (0, MARKETS_MAX)]
    for leg, size in zip(legs, (1, -1), strict=True):
        leg.qty_lots = size
        box.bound(leg, HALF)
    box.market.mark_subticks = 625 if lots > 0 else 1_375
    box.market.mark_moved = box.state.marks_moved = 1
    read_bounds(box.state)
    assert box.woken() == [EVE]
    assert [leg.wake_node > 0 for leg in legs] == [lots < 0, lots > 0]


def test_as_many_markets_and_assets_as_there_can_be_are_read():
    """LIQD-012: the first asset is a coin here, and so is the last."""
    state = State()
    coins = 1, ASSETS_MAX - 1
    state.markets_count, state.assets_count = MARKETS_MAX - 1, ASSETS_MAX - 1
    for asset_id in coins:
        state.assets[asset_id] = Asset(asset_id=asset_id, moved=1, index_subticks=1)
        state.balances[balance_slot(WALLET, asset_id)].amount_atoms = 1
    last = state.markets[MARKETS_MAX - 1]
    last.mark_moved = state.marks_moved = state.assets_moved = 1
    leave_bounds(state, WALLET, Scale(exposure_atoms=1), 0)
    assert all(state.assets[asset_id].lower_root for asset_id in coins)
    drop_bounds(state, WALLET)
    assert not any(state.assets[asset_id].lower_root for asset_id in coins)
    read_bounds(state)
    assert [state.assets[asset_id].moved for asset_id in coins] == [0, 0] and last.mark_moved == 0
