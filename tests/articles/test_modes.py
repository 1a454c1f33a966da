"""Article 13: modes."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarginMode, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.margin import initial_atoms, initial_with_orders_atoms, maintenance_atoms
from longshore.engine.rows import Event
from tests.engine.desk import ATOMS, PERP, SECOND, Desk, lots, of, placed, refusal

ISOLATED = 2 + PERP
FEE = 42 * ATOMS  # of a coin at 84,000, taken


def opened() -> Desk:
    """Ann, Bob and Cat with 20,000 dollars each; index 84,000."""
    desk = Desk()
    for name in ("ann", "bob", "cat"):
        desk.person(name, 20_000)
    desk.index(84_000)
    return desk


def lever(
    desk: Desk, times: float, mode: int, name: str = "ann", market: int = PERP
) -> list[Event]:
    return desk.do(
        CommandKind.SET_LEVERAGE, account_id=desk.people["ann"], market_id=market, value=mode,
        leverage_ppm=round(times * 10**6),
    )  # fmt: skip


def test_a_leverage_raises_the_initial_margin_of_a_cross_position():
    """MODE-001: 84,000 at 10x asks 8,400 and not the tier's 840; maintenance stays 420."""
    desk = opened()
    [event] = of(lever(desk, 10, MarginMode.CROSS), EventKind.LEVERAGE_SET)
    assert (event.rate_e18, event.flag) == (10_000_000, 0)
    desk.trade("ann", "bob", lots(1), 84_000)
    view, wallet = desk.engine.view, desk.wallet("ann")
    assert initial_atoms(view, wallet) == 8_400 * ATOMS
    assert maintenance_atoms(view, wallet) == 420 * ATOMS
    assert desk.usd("ann", ISOLATED) == 0
    assert refusal(desk.buy("ann", lots(1.4), 83_990)) == Reject.INSUFFICIENT_MARGIN
    assert refusal(desk.buy("ann", lots(1.3), 83_990)) == Reject.NONE
    assert refusal(desk.sell("bob", lots(14), 84_010)) == Reject.NONE  # the tiers' alone


def test_the_tiers_ask_where_they_ask_more():
    """MODE-001: 1.68 million at 100x: 23,600 by the tiers."""
    desk = opened()
    desk.deposit("ann", 20_000)
    lever(desk, 100, MarginMode.CROSS)
    desk.buy("ann", lots(20), 84_000)
    assert initial_with_orders_atoms(desk.engine.view, desk.wallet("ann")) == 23_600 * ATOMS


def test_mode_and_leverage_are_two_choices():
    """MODE-001"""
    desk = opened()
    [event] = of(lever(desk, 5, MarginMode.ISOLATED), EventKind.LEVERAGE_SET)
    assert (event.rate_e18, event.flag) == (5_000_000, 1)
    lever(desk, 5, MarginMode.CROSS)
    row = desk.position("ann")
    assert (row.leverage_ppm, row.isolated) == (5_000_000, 0)
    desk.isolate("ann", 0)
    assert (row.leverage_ppm, row.isolated) == (0, 0)
    desk.isolate("ann", 3)
    assert (row.leverage_ppm, row.isolated) == (3_000_000, 1)


@pytest.mark.parametrize(
    ("times", "mode", "expected"),
    [
        (0, MarginMode.ISOLATED, Reject.BAD_VALUE),
        (0.5, MarginMode.CROSS, Reject.BAD_VALUE),
        (-1, MarginMode.CROSS, Reject.BAD_VALUE),
        (5, 3, Reject.BAD_VALUE),
        (5, -1, Reject.BAD_VALUE),
        (100.1, MarginMode.CROSS, Reject.LEVERAGE_TOO_HIGH),
        (100.1, MarginMode.ISOLATED, Reject.LEVERAGE_TOO_HIGH),
    ],
)
def test_what_is_no_mode_or_no_leverage_is_refused(times, mode, expected):
    """MODE-001"""
    desk = opened()
    before = desk.engine.digest()
    assert refusal(lever(desk, times, mode)) == expected
    assert desk.engine.digest() == before


def test_the_mode_waits_until_nothing_is_open():
    """MODE-002"""
    desk = opened()
    order = placed(desk.buy("ann", 1, 80_000))
    assert refusal(lever(desk, 5, MarginMode.ISOLATED)) == Reject.HAS_OPEN_RISK
    assert refusal(lever(desk, 5, MarginMode.ISOLATED, market=SECOND)) == Reject.NONE
    assert refusal(lever(desk, 5, MarginMode.CROSS)) == Reject.NONE
    assert refusal(desk.isolate("ann", 0)) == Reject.HAS_OPEN_RISK  # names no mode: as ever
    desk.cancel("ann", order)
    assert refusal(lever(desk, 5, MarginMode.ISOLATED)) == Reject.NONE


def test_equity_must_carry_what_a_lower_cross_leverage_asks():
    """MODE-002: 19,958 carry 84,000 at 4.21x, not at 4.2x; with an order neither."""
    desk = opened()
    desk.trade("ann", "bob", lots(1), 84_000)
    before = desk.engine.digest()
    assert refusal(lever(desk, 4.2, MarginMode.CROSS)) == Reject.INSUFFICIENT_MARGIN
    assert desk.engine.digest() == before
    assert refusal(lever(desk, 4.21, MarginMode.CROSS)) == Reject.NONE
    assert initial_atoms(desk.engine.view, desk.wallet("ann")) == -(-84_000 * ATOMS * 100 // 421)
    assert refusal(lever(desk, 10, MarginMode.CROSS)) == Reject.NONE
    desk.buy("ann", lots(0.5), 83_990)
    assert refusal(lever(desk, 4.21, MarginMode.CROSS)) == Reject.INSUFFICIENT_MARGIN
    desk.index(70_000)  # 5,958 left, less than 10x asks: a higher one still may be
    assert refusal(lever(desk, 9, MarginMode.CROSS)) == Reject.INSUFFICIENT_MARGIN
    assert refusal(lever(desk, 20, MarginMode.CROSS)) == Reject.NONE


def test_the_margin_of_a_lower_isolated_leverage_comes_from_the_cross_wallet():
    """MODE-003: 8,400 at 10x, 16,800 at 5x; 21,000 at 4x are not there."""
    desk = opened()
    lever(desk, 10, MarginMode.ISOLATED)
    desk.trade("ann", "bob", lots(1), 84_000)
    assert desk.usd("ann", ISOLATED) == 8_400 * ATOMS
    before = desk.engine.digest()
    assert refusal(lever(desk, 4, MarginMode.ISOLATED)) == Reject.INSUFFICIENT_MARGIN
    assert desk.engine.digest() == before
    assert refusal(lever(desk, 5, MarginMode.ISOLATED)) == Reject.NONE
    assert desk.usd("ann", ISOLATED) == desk.position("ann").margin_atoms == 16_800 * ATOMS
    assert desk.usd("ann") == 20_000 * ATOMS - 16_800 * ATOMS - FEE


def test_the_orders_of_a_lower_isolated_leverage_are_paid_for_too():
    """MODE-003: half a coin at 80,000 asks 4,000 and a fee of 20 at 10x, 8,000 and 20 at 5x."""
    desk = opened()
    lever(desk, 10, MarginMode.ISOLATED)
    desk.buy("ann", lots(0.5), 80_000)
    assert refusal(lever(desk, 5, MarginMode.ISOLATED)) == Reject.NONE
    assert desk.usd("ann", ISOLATED) == 8_020 * ATOMS
    assert refusal(lever(desk, 2, MarginMode.ISOLATED)) == Reject.INSUFFICIENT_MARGIN
    assert refusal(lever(desk, 20, MarginMode.ISOLATED)) == Reject.NONE
    assert desk.usd("ann", ISOLATED) == 2_020 * ATOMS


def test_a_higher_isolated_leverage_lets_go_what_is_free():
    """MODE-003: of 8,400 all but 4,200; at a loss of 1,000 all but 5,200; at 5,000 nothing."""
    for price, kept in ((84_000, 4_200), (83_000, 5_200), (79_000, 8_400)):
        desk = opened()
        lever(desk, 10, MarginMode.ISOLATED)
        desk.trade("ann", "bob", lots(1), 84_000)
        desk.index(price)
        assert refusal(lever(desk, 20, MarginMode.ISOLATED)) == Reject.NONE
        assert desk.usd("ann", ISOLATED) == desk.position("ann").margin_atoms == kept * ATOMS
        assert desk.position("ann").leverage_ppm == 20_000_000
