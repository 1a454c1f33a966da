"""Rules at their edges: one lot, one atom, the last part of a millionth."""

from __future__ import annotations

import pytest

from longshore.engine.adl import (
    assign_room_lots,
    book_between,
    is_opposite,
)
from longshore.engine.codes import Role, Side, System
from longshore.engine.collateral import sell_for_debt
from longshore.engine.events import EventKind
from longshore.engine.ledger import system_wallet
from longshore.engine.ranks import rank_score, share_ppm
from longshore.engine.rows import Position
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
    assert rank_score(bare.state, bare.market, EVE) == 4  # 4.9999 rounded down


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
    book_between(bare.state, bare.market, EVE, EVE + 1, 1, Role.UNWIND_BANKRUPT)
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
