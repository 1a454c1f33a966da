"""Rules at their edges: one lot, one atom, the last part of a millionth."""

from __future__ import annotations

import pytest

from longshore.engine.adl import (
    assign_room_lots,
    book_between,
    is_opposite,
)
from longshore.engine.bankruptcy import band_ticks, zero_equity_inverse_ticks
from longshore.engine.codes import MarketKind, Role, Side, System, WalletKind
from longshore.engine.collateral import pay_debt, sell_for_debt
from longshore.engine.events import EventKind
from longshore.engine.funding import forget_samples
from longshore.engine.insurance import take_surplus
from longshore.engine.ledger import (
    balance_atoms,
    clearing_wallet,
    cross_wallet,
    is_user,
    system_wallet,
    unit_asset,
)
from longshore.engine.limits import PRICE_MAX_TICKS
from longshore.engine.margin import amount_worth, initial_with_orders_of, is_margined_by
from longshore.engine.premiums import mean_premium_e18
from longshore.engine.ranks import rank_score, share_ppm
from longshore.engine.rows import Asset, Market, Order, Position
from longshore.engine.scales import payable_of
from longshore.engine.state import balance_slot, position_slot, wallet_slot
from tests.engine.desk import BTC, FLEX, PERP, USD
from tests.engine.test_liquidation_unit import EVE, Bare

WALLET = wallet_slot(EVE, FLEX)


def told(bare: Bare, kind: EventKind):
    """The events of one kind."""
    rows = [bare.state.events[at] for at in range(bare.state.events_count)]
    return [row for row in rows if row.kind == kind]


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (3, 7, 428_571),
        (-3, 7, -428_572),
        (5, 0, 5_000_000),  # of nothing: of one atom
        (999_999, 1, 999_999 * 10**6),
        (10**12, 0, 10**18 // (10**6 + 1)),  # of a millionth part, and one atom
        (10**12, 10**6 + 2, 10**18 // (10**6 + 2)),
        (-(10**12), -5, -(10**18 // (10**6 + 1)) - 1),
    ],
)
def test_a_share_of_next_to_nothing(part, whole, share):
    """LIQD-009"""
    assert share_ppm(part, whole) == share


def test_the_smallest_gain_is_ranked_by_its_leverage():
    """LIQD-009: a millionth gained on 84,000.1 dollars, with 16,800.1 of equity."""
    bare = Bare()
    bare.hold(-10_000, 84_000.1, 16_800)
    assert rank_score(bare.state, EVE, PERP) == 4  # 4.9999 rounded down


def test_one_lot_is_a_position():
    """LIQD-007, LIQD-009"""
    bare = Bare()
    assert is_opposite(Position(qty_lots=-1), 1) and is_opposite(Position(qty_lots=1), -1)
    assert not is_opposite(Position(qty_lots=1), 1) and not is_opposite(Position(qty_lots=-1), -1)
    assert not is_opposite(Position(qty_lots=0), 1) and not is_opposite(Position(qty_lots=0), -1)
    bare.state.accounts[EVE].assign_max_lots = 10
    bare.hold(4, 84_000, 10_000)
    assert assign_room_lots(bare.state, bare.market, EVE, 1) == 6
    assert assign_room_lots(bare.state, bare.market, EVE, -1) == 14


@pytest.mark.parametrize("size", [1, -1])
def test_one_lot_is_booked_between_two_positions(size):
    """LIQD-009: the liquidated side first, then the other, at one price."""
    bare = Bare()
    bare.hold(size, 84_000, 100)
    bare.hold(-size, 84_000, 100, who=EVE + 1)
    bare.market.open_lots = 1
    bare.state.matches[0].price_ticks = 83_000
    book_between(bare.state, PERP, EVE, EVE + 1, 1, Role.UNWIND_BANKRUPT)
    (fill,) = told(bare, EventKind.FILLED)
    assert fill.side == (Side.SELL if size > 0 else Side.BUY)
    assert (fill.qty_lots, fill.value_atoms) == (1, 83_000 * 10**4)
    assert (fill.role, fill.other_account_id) == (Role.UNWIND_BANKRUPT, EVE + 1)
    after = [bare.state.positions[position_slot(who, PERP)] for who in (EVE, EVE + 1)]
    assert [(row.qty_lots, row.entry_value_atoms) for row in after] == [(0, 0), (0, 0)]


@pytest.mark.parametrize(
    ("held", "debt", "index", "fee_ppm", "fund", "sold"),
    [
        (10**6, 1_000, 1, 5_000, 10**6, (1_006, 1_000, 6)),  # 1,005.03 up, its fee of 5.03 up
        (1_000, 10, 0.3, 0, 10**6, (34, 10, 0)),  # 33.3 up, worth 10.2 down
        (21, 10, 0.5, 0, 10**6, (20, 10, 0)),  # just enough: no more than is asked
        (19, 10, 0.5, 0, 10**6, (19, 9, 0)),  # worth 9.5: not enough, so all of it
        (10**10, 10**9, 1, 5_000, 10**10, (1_005_025_126, 10**9, 5_025_126)),
        (1, 5, 1, 0, 10**6, (1, 1, 0)),
        (5, 1, 1, 0, 10**6, (1, 1, 0)),
        (0, 5, 1, 0, 10**6, None),
        (5, 0, 1, 0, 10**6, None),
        (5, 5, 1, 0, 0, None),  # the conversion account has nothing to buy with
        (5, 5, 1, 0, 3, (3, 3, 0)),
        (5, 5, 1, 0, 1, (1, 1, 0)),
        (9, 4, 3, 0, 4, (2, 4, 2)),  # two coins are worth six: it pays what it has
    ],
)
def test_collateral_is_sold_to_the_atom(held, debt, index, fee_ppm, fund, sold):
    """LEDG-008: amount, proceeds and what the conversion account keeps."""
    bare = Bare()
    bare.hold(0, 0, 0)
    asset, state = bare.state.assets[BTC], bare.state
    asset.index_subticks, asset.conversion_fee_ppm = round(index * 10**10), fee_ppm
    state.balances[balance_slot(WALLET, USD)].amount_atoms = -debt
    state.balances[balance_slot(WALLET, BTC)].amount_atoms = held
    counter = system_wallet(System.CONVERSION)
    state.balances[balance_slot(counter, USD)].amount_atoms = fund
    sell_for_debt(state, WALLET, asset)
    made = [(e.amount_atoms, e.value_atoms, e.fee_atoms) for e in told(bare, EventKind.CONVERTED)]
    assert made == ([sold] if sold else [])
    amount, proceeds, _ = sold or (0, 0, 0)
    of = [(WALLET, USD), (WALLET, BTC), (counter, USD), (counter, BTC)]
    left = [state.balances[balance_slot(wallet, asset_id)].amount_atoms for wallet, asset_id in of]
    assert left == [proceeds - debt, held - amount, fund - proceeds, amount]


def test_collateral_without_a_rank_is_never_sold():
    """LEDG-008: and the first rank goes first."""
    bare = Bare()
    bare.hold(0, 0, -1)
    state = bare.state
    asset = state.assets[BTC]
    asset.index_subticks = 10**10
    state.balances[balance_slot(WALLET, BTC)].amount_atoms = 10**10
    state.balances[balance_slot(system_wallet(System.CONVERSION), USD)].amount_atoms = 10**10
    for rank, index in ((0, 10**10), (3, 10**10), (1, 0)):  # two assets; nothing sells at no price
        asset.conversion_rank, asset.index_subticks = rank, index
        pay_debt(state, WALLET)
        assert balance_atoms(state, WALLET, BTC) == 10**10
    asset.conversion_rank, asset.index_subticks = 2, 10**10
    pay_debt(state, WALLET)
    assert balance_atoms(state, WALLET, BTC) < 10**10


@pytest.mark.parametrize(("asset_id", "sold"), [(0, 0), (1, 1), (3, 0)])
def test_assets_are_sold_from_the_first_to_the_last(asset_id, sold):
    """LEDG-008: there are two, and this venue settles in the second, of which an atom is owed."""
    bare = Bare()
    state = bare.state
    state.settlement_asset_id = BTC
    asset = state.assets[asset_id]
    asset.asset_id = asset_id
    asset.index_subticks = asset.value_divisor = asset.conversion_rank = 1
    asset.conversion_fee_ppm = 0
    counter = system_wallet(System.CONVERSION)
    for wallet, owned, atoms in ((WALLET, asset_id, 10), (counter, BTC, 10), (WALLET, BTC, -1)):
        state.balances[balance_slot(wallet, owned)].amount_atoms = atoms
    pay_debt(state, WALLET)
    assert [balance_atoms(state, WALLET, each) for each in (asset_id, BTC)] == [10 - sold, sold - 1]


@pytest.mark.parametrize(
    ("kind", "asset_id"),
    [
        (WalletKind.CASH, USD),
        (WalletKind.FLEX, USD),
        (WalletKind.ISOLATED + 1, BTC),  # what its market settles in
        (WalletKind.ISOLATED + 3, USD),
        (WalletKind.COIN + BTC, BTC),
        (WalletKind.COIN + USD, USD),
    ],
)
def test_a_wallet_counts_in_one_asset(kind, asset_id):
    """CONT-003"""
    state = Bare().state
    state.markets[1].settle_asset_id = BTC
    assert unit_asset(state, wallet_slot(EVE, kind)) == asset_id


@pytest.mark.parametrize(
    ("settles", "kind"), [(USD, WalletKind.FLEX), (BTC, WalletKind.COIN + BTC)]
)
def test_a_market_is_margined_by_its_own_coin(settles, kind):
    """CONT-003"""
    market = Market(settle_asset_id=settles)
    assert cross_wallet(Bare().state, EVE, market) == wallet_slot(EVE, kind)


def test_each_market_has_a_clearing_account():
    """LEDG-004"""
    assert clearing_wallet(3) == wallet_slot(System.CLEARING, WalletKind.ISOLATED + 3)


def test_the_venues_own_accounts_are_no_customers():
    """ORDR-001: of twenty accounts the first fifteen."""
    state = Bare().state
    assert [each for each in range(25) if is_user(state, each)] == [16, 17, 18, 19, 20]


@pytest.mark.parametrize(
    ("lots", "equity", "ticks"),
    [
        (8, 1, 444_445),  # 8e6 / 9 = 888,888.9: up, and up again
        (-7, -2, 388_888),  # 7e6 / 9 = 777,777.8: down, and down again
        (1, 10**9, 1),
        (8, -8, PRICE_MAX_TICKS),  # nothing left for it: any price
        (-7, 7, PRICE_MAX_TICKS),
    ],
)
def test_the_zero_equity_price_of_an_inverse_contract_to_the_tick(lots, equity, ticks):
    """CONT-006: a tick of two sub-ticks, a lot worth a million of them, at a mark of a million."""
    market = Market(inverse_factor=10**6, tick_subticks=2, mark_subticks=10**6)
    assert zero_equity_inverse_ticks(market, Position(qty_lots=lots), equity) == ticks


@pytest.mark.parametrize(
    ("lots", "ticks", "expected"),
    [(1, 10**6, 990_000), (-1, 10**6, 1_010_000), (1, 1, 1), (-1, 1, 1)],
)
def test_a_band_to_the_millionth(lots, ticks, expected):
    """LIQD-004"""
    market = Market(tick_subticks=1)
    assert band_ticks(market, Position(qty_lots=lots), ticks, 10_000) == expected


@pytest.mark.parametrize(
    ("held", "equity", "taken"), [(500, 500, 100), (40, 500, 40), (500, 30, 30), (500, -1, 0)]
)
def test_a_fund_takes_no_more_than_is_there(held, equity, taken):
    """LIQD-016: one coin guaranteed 82,000, sold at 82,100."""
    bare = Bare()
    bare.hold(0, 0, held)
    loss = bare.hold(1, 84_000, held)  # one lot, whose loss makes the difference
    loss.entry_value_atoms += (held - equity) * 10**8
    state = bare.state
    match = state.matches[0]
    match.price_ticks, match.qty_lots = 82_100, 10_000
    taker = Order(side=2, guaranteed_ticks=82_000, fund_id=System.INSURANCE, role=Role.TAKEN_OVER)
    take_surplus(state, bare.market, taker, WALLET)
    assert balance_atoms(state, system_wallet(System.INSURANCE), USD) == taken * 10**8


def test_an_intervals_samples_are_forgotten_whole():
    """FUND-002"""
    market = Market(premium_whole=7, premium_rest_e15=5, premium_count=3, premium_weights=9)
    forget_samples(market)
    assert market.values() == Market().values()


@pytest.mark.parametrize("whole", [3, -3])
def test_a_mean_without_rest(whole):
    """RATE-006"""
    size = 3 * 10**18 // 7
    assert mean_premium_e18(whole, 0, 7) == (size if whole > 0 else -size)


def test_spot_is_margined_by_no_wallet():
    """LIQD-013"""
    bare = Bare()
    spot = next(m for m in (1, 2, 3) if bare.state.markets[m].kind == MarketKind.SPOT)
    wallets = [wallet_slot(EVE, kind) for kind in (0, 1, WalletKind.ISOLATED + spot)]
    assert [is_margined_by(bare.state, wallet, spot) for wallet in wallets] == [False] * 3


@pytest.mark.parametrize("side", ["buy", "sell"])
def test_one_lot_on_order_needs_margin(side):
    """MRGN-003"""
    bare = Bare()
    position = bare.hold(0, 0, 100)
    setattr(position, f"{side}_lots", 1)
    setattr(position, f"{side}_value_atoms", 840_000_000)
    assert initial_with_orders_of(bare.state, EVE, PERP) == 8_400_000
    setattr(position, f"{side}_lots", 0)
    assert initial_with_orders_of(bare.state, EVE, PERP) == 0


def test_what_may_leave_is_rounded_down():
    """LEDG-007: 10 / 0.99 = 10.1 of value, so ten atoms at an index of one."""
    asset = Asset(haircut_ppm=10_000, index_subticks=1, value_divisor=1)
    assert amount_worth(asset, 10**6, 10) == 10
    assert amount_worth(asset, 5, 10) == 5


@pytest.mark.parametrize(
    ("rate", "lots", "now_us", "payable"),
    [
        (10**9, 10, 1_000, 12),  # a whole interval: 10 atoms, one a lot's rounding, one more
        (10**9, 10, 1_500, 7),
        (10**9, 10, 2_000, 2),
        (10**9, 10, 3_000, 2),  # over: no time is left
        (1, 10, 1_000, 2),
        (-(10**9), -10, 1_000, 12),
        (10**9, -10, 1_000, 0),
        (-(10**9), 10, 1_000, 0),
        (0, 10, 1_000, 0),
    ],
)
def test_what_funding_can_still_take(rate, lots, now_us, payable):
    """LIQD-012"""
    state = Bare().state
    state.time_us = now_us
    market = Market(
        funding_lot_parts=rate, funding_from_us=1_000, funding_interval_us=1_000, atom_parts=10**9
    )
    assert payable_of(state, market, Position(qty_lots=lots)) == payable
