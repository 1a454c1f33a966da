"""The liquidation price shown is the sub-tick at which the engine acts."""

from decimal import Decimal

import pytest

from longshore.engine.margin import equity_atoms, maintenance_atoms
from longshore.engine.state import wallet_slot
from longshore.explain.risk import Liquidation, Stress, buffer_ppm, liquidation, together
from tests.calc import printed
from tests.explain.desk import ETHER, FLEX, PERP, Desk


def opened(side="buy", leverage=10, dollars="1000", size="0.05"):
    desk = Desk()
    desk.quote("59990", "60010")
    trader = desk.account(dollars)
    if leverage:
        desk.leverage(trader, leverage)
    desk.order(trader, side, size)
    desk.withdraw_quotes()
    return desk, trader


def mark_of(desk, symbol=PERP):
    return desk.view.markets[desk.catalog.market(symbol).market_id]


def move_mark(desk, subticks):
    """Publish the index that puts the perpetual's mark at a price."""
    index = subticks - mark_of(desk).ema_subticks
    desk.index("XBT", desk.catalog.asset("XBT").price(index))
    assert mark_of(desk).mark_subticks == subticks


@pytest.mark.parametrize("side", ["buy", "sell"])
@pytest.mark.parametrize(("leverage", "dollars"), [(10, "1000"), (3, "2000"), (0, "400")])
def test_the_engine_liquidates_at_the_shown_mark_and_not_a_sub_tick_before(side, leverage, dollars):
    """LIQD-001, LIQD-013, MRGN-002."""
    desk, trader = opened(side, leverage, dollars)
    shown = liquidation(desk.view, trader, 1)
    assert shown.state == "price"
    way = 1 if side == "buy" else -1
    move_mark(desk, shown.subticks + way)
    assert not desk.liquidated(trader)
    move_mark(desk, shown.subticks)
    assert desk.liquidated(trader)


def test_money_for_open_orders_does_not_move_the_shown_price():
    """MRGN-007: what came into the wallet with a resting order is not behind the position."""
    desk, trader = opened("buy", 10)
    alone = liquidation(desk.view, trader, 1)
    desk.order(trader, "buy", "0.05", "50000")
    assert liquidation(desk.view, trader, 1) == alone
    move_mark(desk, alone.subticks + 1)
    assert not desk.liquidated(trader)
    move_mark(desk, alone.subticks)
    assert desk.liquidated(trader)


def test_with_bitcoin_as_collateral_position_and_collateral_fall_together():
    """MRGN-002, LIQD-001."""
    desk, trader = opened(leverage=0, dollars="400")
    desk.deposit(trader, "XBT", "0.02")
    shown = liquidation(desk.view, trader, 1)
    move_mark(desk, shown.subticks + 1)
    assert not desk.liquidated(trader)
    move_mark(desk, shown.subticks)
    assert desk.liquidated(trader)


def test_the_calculator_gives_the_same_price():
    """LIQD-001: cross, one position, dollars only."""
    desk, trader = opened(leverage=0, dollars="400")
    wallet = wallet_slot(trader, FLEX)
    position = desk.view.positions[trader * 16 + 1]
    entry = Decimal(position.entry_value_atoms) / 10**8 / Decimal("0.05")
    balance = Decimal(equity_atoms(desk.view, wallet)) / 10**8 - (60_000 - entry) * Decimal("0.05")
    kept = Decimal(maintenance_atoms(desk.view, wallet)) / 10**8
    expected = printed.liquidation_price("0.05", entry, balance, kept)
    found = Decimal(liquidation(desk.view, trader, 1).subticks).scaleb(-10)
    assert abs(found - expected) < Decimal("0.00001")


def test_states_without_a_price():
    desk, trader = opened(leverage=0, dollars="100000")
    assert liquidation(desk.view, trader, 1) == Liquidation("none")
    fresh = Desk()
    fresh.view.markets[1].mark_subticks = 0
    assert liquidation(fresh.view, fresh.maker, 1) == Liquidation("unknown")


def test_in_cross_margin_all_marks_falling_alike_come_sooner():
    """LIQD-001: the second position's loss counts."""
    desk, trader = opened(leverage=0, dollars="1000")
    desk.quote("2999", "3001", symbol=ETHER)
    desk.order(trader, "buy", "1", symbol=ETHER)
    alone, alike = liquidation(desk.view, trader, 1), together(desk.view, trader, 1)
    assert alone.subticks < alike.subticks < mark_of(desk).mark_subticks
    share = Decimal(alike.subticks) / mark_of(desk).mark_subticks
    desk.index("ETH", (3000 * share).quantize(Decimal("0.0000000001")) - 1)
    move_mark(desk, alike.subticks - 10**10)
    assert desk.liquidated(trader)


def test_spare_margin_at_the_present_marks_is_the_engines():
    """MRGN-001, MRGN-002."""
    desk, trader = opened(leverage=0, dollars="1000")
    desk.deposit(trader, "ETH", "0.3")
    desk.time_us += 1_800_000_000
    desk.index("XBT", "59000")
    wallet = wallet_slot(trader, FLEX)
    spare = equity_atoms(desk.view, wallet) - maintenance_atoms(desk.view, wallet)
    assert Stress(desk.view, wallet).spare_atoms({}) == spare


def test_the_buffer_is_full_after_opening_half_half_way_and_nothing_at_the_end():
    """UX-16; LIQD-001."""
    desk, trader = opened(leverage=10)
    wallet = wallet_slot(trader, 2 + 1)
    assert buffer_ppm(desk.view, wallet) == 1_000_000
    at = liquidation(desk.view, trader, 1).subticks
    move_mark(desk, (at + mark_of(desk).mark_subticks) // 2)
    assert 499_990 <= buffer_ppm(desk.view, wallet) <= 500_010
    move_mark(desk, at + 1)
    assert buffer_ppm(desk.view, wallet) == 0
