"""A wallet on the scales: every figure that its bounds are made of, to the atom.

One lot of 0.0001 coins is worth 840,000,000 atoms at 84,000, and what is bought at 83,000 asks
8,300,000 of initial and 4,150,000 of maintenance margin.
"""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarginBasis, Side, WalletKind
from longshore.engine.limits import ASSETS_MAX
from longshore.engine.margin import collateral_atoms
from longshore.engine.rows import Asset, Market, Position, Scale
from longshore.engine.scales import (
    adds_somewhere,
    clear_scale,
    margin_to_keep,
    payable_of,
    side_adds,
    weigh,
    weigh_balance,
    weigh_position,
)
from longshore.engine.state import State, balance_slot, wallet_slot
from tests.engine.desk import BTC, DOLLAR_SUBTICKS, FLEX, PERP, SECOND, USD
from tests.engine.test_liquidation_unit import EVE, Bare

LOT = 840_000_000
ENTRY = 830_000_000
WALLET = wallet_slot(EVE, FLEX)


def weighed(bare: Bare, wallet: int = WALLET) -> Scale:
    """A wallet on scales that were used before."""
    scale = Scale.of((7,) * len(Scale.FIELDS))
    weigh(bare.state, wallet, scale)
    return scale


def paying(market: Market, lot_parts: int, interval_us: int, from_us: int = 0) -> None:
    """Funding of so many parts a lot and interval, of which an atom has 1,000."""
    market.funding_lot_parts, market.funding_interval_us = lot_parts, interval_us
    market.funding_from_us, market.atom_parts = from_us, 1_000


def test_nothing_is_left_of_what_was_weighed_before():
    """LIQD-012"""
    scale = Scale.of((7,) * len(Scale.FIELDS))
    clear_scale(scale)
    assert scale.values() == Scale().values()


@pytest.mark.parametrize(
    ("amount", "settles", "equity", "exposure", "rounded"),
    [
        (1_001, 1, 1_001, 0, 0),
        (-1_001, 1, -1_001, 0, 0),
        (1_001, 0, 1_981, 1_981, 2),  # 2,002 less 1 %, rounded down
        (1, 0, 1, 1, 2),
        (-1, 0, -2, 2, 2),  # -1.98
    ],
)
def test_a_balance_that_does_not_settle_hangs_on_its_index(
    amount, settles, equity, exposure, rounded
):
    """MRGN-002, LIQD-012: two atoms a coin, and two for the two roundings."""
    asset = Asset(is_settlement=settles, index_subticks=2, value_divisor=1, haircut_ppm=10_000)
    scale = Scale()
    weigh_balance(asset, amount, scale)
    assert scale.values() == Scale(
        equity_atoms=equity, exposure_atoms=exposure, rounded_atoms=rounded
    ).values()  # fmt: skip


@pytest.mark.parametrize(
    ("has", "margins", "gain", "exposure"),
    [
        # lots held, to buy, to sell; initial and maintenance margin
        ((0, 0, 0), (0, 0), 0, 0),
        ((1, 0, 0), (8_300_000, 4_150_000), LOT - ENTRY, LOT),
        ((-1, 0, 0), (8_300_000, 4_150_000), ENTRY - LOT, LOT),
        ((0, 1, 0), (8_300_000, 0), 0, 0),
        ((0, 0, 1), (8_300_000, 0), 0, 0),
        ((0, 2, 1), (16_600_000, 0), 0, 0),
        ((0, 1, 2), (16_600_000, 0), 0, 0),
        ((1, 1, 1), (16_600_000, 4_150_000), LOT - ENTRY, LOT),
        ((-3, 1, 0), (24_900_000, 12_450_000), 3 * (ENTRY - LOT), 3 * LOT),
    ],
)
def test_a_position_and_its_orders_are_weighed(has, margins, gain, exposure):
    """MRGN-001, MRGN-002, MRGN-003, LIQD-012"""
    held, buys, sells = has
    bare, scale = Bare(), Scale()
    position = bare.hold(held, 83_000, 0)
    position.buy_lots, position.buy_value_atoms = buys, buys * ENTRY
    position.sell_lots, position.sell_value_atoms = sells, sells * ENTRY
    weigh_position(bare.state, bare.market, position, scale)
    assert (scale.initial_atoms, scale.maintenance_atoms) == margins
    assert (scale.equity_atoms, scale.exposure_atoms) == (gain, exposure)
    assert (scale.rounded_atoms, scale.bends) == (2 if held else 0, 0)
    assert (scale.payable_atoms, scale.interval_left_us) == (0, 0)


def test_margin_on_the_mark_hangs_on_it_too():
    """LIQD-012: twice the exposure, and two more atoms for each of two tiers and the whole."""
    bare, scale = Bare(margin_basis=int(MarginBasis.MARK)), Scale()
    weigh_position(bare.state, bare.market, bare.hold(-2, 83_000, 0), scale)
    assert (scale.exposure_atoms, scale.rounded_atoms) == (4 * LOT, 8)
    assert (scale.initial_atoms, scale.maintenance_atoms) == (16_800_000, 8_400_000)


@pytest.mark.parametrize(("factor", "bends"), [(0, 0), (1, 1), (10**18, 1)])
def test_an_inverse_position_bends(factor, bends):
    """CONT-002, LIQD-012"""
    bare, scale = Bare(inverse_factor=factor), Scale()
    weigh_position(bare.state, bare.market, Position(qty_lots=1), scale)
    assert scale.bends == bends


@pytest.mark.parametrize(
    ("lots", "now_us", "equity", "payable", "left_us"),
    [
        (10, 1_000, 0, 102, 1_000),  # 10 atoms a lot, one part a lot and an atom for rounding
        (10, 1_500, -50, 52, 500),
        (10, 1_999, -100, 2, 1),  # 99.95: up
        (10, 2_000, -100, 2, 1),  # over: the next one begins any moment
        (10, 2_001, -101, 2, 1),
        (-10, 1_500, 50, 0, 0),  # who receives owes nothing
    ],
)
def test_what_funding_has_taken_and_still_can(lots, now_us, equity, payable, left_us):
    """FUND-005, LIQD-012: 10 atoms a lot over 1,000 microseconds from 1,000 on."""
    bare, scale = Bare(), Scale()
    paying(bare.market, 10_000, 1_000, from_us=1_000)
    bare.state.time_us = now_us
    weigh_position(bare.state, bare.market, bare.hold(lots, 84_000, 0), scale)
    assert (scale.equity_atoms, scale.payable_atoms) == (equity, payable)
    assert scale.interval_left_us == left_us


@pytest.mark.parametrize("intervals", [(900, 400), (400, 900), (400, 400)])
def test_the_shortest_interval_counts_and_all_that_is_owed(intervals):
    """LIQD-012: an atom a lot in each, one for its rounding, one for the whole."""
    bare, scale = Bare(), Scale()
    for market_id, interval_us in zip((PERP, SECOND), intervals, strict=True):
        market = bare.state.markets[market_id]
        paying(market, 1_000, interval_us)
        position = bare.hold(1, 84_000, 0, market=market_id)
        weigh_position(bare.state, market, position, scale)
    assert (scale.interval_left_us, scale.payable_atoms) == (400, 6)


def test_a_flex_wallet_is_weighed_with_all_it_has():
    """MRGN-002, LIQD-012: one atom, one coin, one lot in the first and the last market."""
    bare = Bare()
    bare.hold(1, 83_000, 0)
    bare.hold(-1, 83_000, 1e-8, market=SECOND)
    bare.state.assets[BTC].index_subticks = DOLLAR_SUBTICKS
    bare.state.balances[balance_slot(WALLET, BTC)].amount_atoms = 100
    scale = weighed(bare)
    assert scale.values() == Scale(
        equity_atoms=1 + 99, initial_atoms=16_600_000, maintenance_atoms=8_300_000,
        exposure_atoms=99 + 2 * LOT, rounded_atoms=6,
    ).values()  # fmt: skip


def test_what_is_not_there_is_not_rounded():
    """LIQD-012: no coin, no position, no order: only money."""
    bare = Bare()
    bare.hold(0, 0, 50)
    scale = weighed(bare)
    assert scale.values() == Scale(equity_atoms=50 * 10**8).values()


@pytest.mark.parametrize("orders", [1, 2])
def test_orders_alone_are_weighed(orders):
    """MRGN-003, MRGN-009"""
    bare = Bare()
    position = bare.hold(0, 0, 0)
    position.orders_count, position.sell_lots, position.sell_value_atoms = orders, 1, ENTRY
    scale = weighed(bare)
    assert (scale.initial_atoms, scale.adds, scale.exposure_atoms) == (8_300_000, 1, 0)


@pytest.mark.parametrize(("isolated", "equity"), [(0, 500), (1, 300)])
def test_an_isolated_wallet_has_its_own_position_and_margin(isolated, equity):
    """MRGN-007, MRGN-009: what came for orders is not counted, and its orders do not end."""
    bare = Bare()
    wallet = wallet_slot(EVE, WalletKind.ISOLATED + PERP if isolated else FLEX)
    position = bare.hold(1, 84_000, 0)
    position.isolated, position.margin_atoms = isolated, 300
    position.buy_lots = position.orders_count = 1
    bare.state.balances[balance_slot(wallet, USD)].amount_atoms = 500
    scale = weighed(bare, wallet)
    assert (scale.equity_atoms, scale.maintenance_atoms) == (equity, LOT // 200)
    assert scale.adds == 1 - isolated
    if isolated:
        assert weighed(bare).values() == Scale().values()  # it is no matter of the flex wallet


def test_the_last_of_as_many_assets_as_there_can_be():
    """MRGN-002: at an index of one."""
    state = State()
    state.assets_count, state.settlement_asset_id = ASSETS_MAX - 1, USD
    asset = state.assets[ASSETS_MAX - 1]
    asset.index_subticks = asset.value_divisor = 1
    state.balances[balance_slot(WALLET, ASSETS_MAX - 1)].amount_atoms = 5
    scale = Scale()
    weigh(state, WALLET, scale)
    assert scale.equity_atoms == collateral_atoms(state, WALLET) == 5


@pytest.mark.parametrize(
    ("left_us", "payable"), [(4, 12), (3, 10), (2, 7), (1, 5), (0, 2), (-1, 2)]
)
@pytest.mark.parametrize("side", [1, -1])
def test_funding_that_is_left_is_rounded_up(left_us, payable, side):
    """LIQD-012: ten atoms in four microseconds, up; one more a lot, and one more."""
    state = State()
    state.time_us = 100 - left_us
    market = Market(funding_lot_parts=10 * side, funding_interval_us=4, atom_parts=1)
    market.funding_from_us = 96
    assert payable_of(state, market, Position(qty_lots=side)) == payable
    assert payable_of(state, market, Position(qty_lots=-side)) == 0


@pytest.mark.parametrize(("ends", "adds", "kept"), [(1, 1, 20), (1, 0, 10), (0, 1, 10), (0, 0, 10)])
def test_initial_margin_is_kept_where_orders_end_at_its_breach(ends, adds, kept):
    """MRGN-009"""
    state = State()
    state.cancel_on_initial = ends
    scale = Scale(maintenance_atoms=10, initial_atoms=20, adds=adds)
    assert margin_to_keep(state, scale) == kept


@pytest.mark.parametrize(
    ("held", "ordered", "adds"),
    [
        (0, 0, False),
        (0, 1, True),
        (5, 0, False),
        (5, 1, True),
        (-5, 0, False),
        (-5, 5, False),  # closes it, and no more
        (-5, 6, True),
        (-1, 1, False),
        (-1, 2, True),
    ],
)
def test_an_order_adds_what_is_more_than_closes(held, ordered, adds):
    """MRGN-009: and selling the same the other way round."""
    buys, sells = Position(qty_lots=held, buy_lots=ordered), Position(qty_lots=-held)
    sells.sell_lots = ordered
    assert (side_adds(buys, Side.BUY), side_adds(sells, Side.SELL)) == (adds, adds)
    assert not side_adds(buys, Side.SELL) and not side_adds(sells, Side.BUY)
    assert (adds_somewhere(buys), adds_somewhere(sells)) == (adds, adds)


def test_the_other_side_is_another_question():
    """MRGN-009: ten to sell do not make one to buy an addition."""
    position = Position(qty_lots=-1, buy_lots=1, sell_lots=10)
    assert not side_adds(position, Side.BUY) and side_adds(position, Side.SELL)
