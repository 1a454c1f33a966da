"""Article 13: modes."""

from __future__ import annotations

import pytest

from longshore.engine.codes import Leg, MarginMode, Reject, Step
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.margin import (
    equity_atoms,
    initial_atoms,
    initial_with_orders_atoms,
    maintenance_atoms,
)
from longshore.engine.rows import Event, Position
from longshore.engine.state import position_slot
from tests.engine.desk import (
    ATOMS,
    PERP,
    SECOND,
    Desk,
    changed,
    lots,
    of,
    placed,
    refusal,
    setup,
)

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


LONG, SHORT = Leg.LONG, Leg.SHORT


def hedged(**fields: int) -> Desk:
    """Ann in hedge mode; Bob, Cat and Dan one-way; 20,000 dollars each; index 84,000."""
    desk = Desk(changed(setup(), hedge_allowed=1, **fields))
    for name in ("ann", "bob", "cat", "dan"):
        desk.person(name, 20_000)
    desk.index(84_000)
    [event] = of(hedge(desk), EventKind.POSITION_MODE_SET)
    assert (event.account_id, event.flag) == (desk.people["ann"], 1)
    return desk


def hedge(desk: Desk, value: int = 1, name: str = "ann") -> list[Event]:
    kind = CommandKind.SET_POSITION_MODE
    return desk.do(kind, account_id=desk.people[name], value=value)


def leg(desk: Desk, which: Leg, name: str = "ann") -> Position:
    place = PERP + MARKETS_MAX if which == SHORT else PERP
    return desk.engine.view.positions[position_slot(desk.people[name], place)]


def both(desk: Desk, size: float = 1, price: int = 84_000) -> None:
    """Ann buys her long leg from Bob and sells her short leg to Cat."""
    desk.sell("bob", lots(size), price)
    desk.buy("ann", lots(size), price, leg=LONG)
    desk.buy("cat", lots(size), price)
    desk.sell("ann", lots(size), price, leg=SHORT)


def test_a_long_and_a_short_leg_are_held_at_once():
    """MODE-004, MODE-006: both ask their own margin: 840 and 420 a leg."""
    desk = hedged()
    both(desk)
    assert (leg(desk, LONG).qty_lots, leg(desk, SHORT).qty_lots) == (lots(1), -lots(1))
    view, wallet = desk.engine.view, desk.wallet("ann")
    assert initial_atoms(view, wallet) == 1_680 * ATOMS
    assert maintenance_atoms(view, wallet) == 840 * ATOMS
    for price in (70_000, 100_000):
        desk.index(price)
        assert equity_atoms(view, wallet) == 20_000 * ATOMS - 2 * FEE


def test_closing_a_leg_only_reduces_it():
    """MODE-005: no more than there is, and never into the other side."""
    desk = hedged()
    both(desk)
    assert refusal(desk.buy("ann", 1, 90_000, leg=3)) == Reject.BAD_VALUE
    assert refusal(desk.buy("ann", 1, 80_000)) == Reject.LEG_NOT_ALLOWED
    assert refusal(desk.buy("bob", 1, 80_000, leg=LONG)) == Reject.LEG_NOT_ALLOWED
    assert refusal(desk.buy("ann", 1, 2_000, leg=LONG, market_id=SECOND)) == Reject.LEG_NOT_ALLOWED
    assert refusal(desk.buy("ann", 1, 2_000, market_id=SECOND)) != Reject.LEG_NOT_ALLOWED
    desk.buy("bob", lots(3), 84_000)
    [placed_, *_] = desk.sell("ann", lots(3), 84_000, leg=LONG)
    assert (placed_.leg, placed_.flag, placed_.open_lots) == (LONG, 1, lots(1))
    assert (leg(desk, LONG).qty_lots, leg(desk, SHORT).qty_lots) == (0, -lots(1))
    assert refusal(desk.sell("ann", 1, 84_000, leg=LONG)) == Reject.WOULD_NOT_REDUCE
    desk.sell("bob", lots(1), 84_100)
    [trade] = [e for e in of(desk.buy("ann", lots(0.4), 84_100, leg=SHORT), EventKind.TRADED)
               if e.account_id == desk.people["ann"]]  # fmt: skip
    assert (trade.leg, trade.position_lots, trade.flag) == (SHORT, -lots(0.6), 1)


def test_what_an_order_brings_along_is_of_its_leg():
    """MODE-005: the stop of a short leg buys it back, the long leg stays."""
    desk = hedged()
    both(desk)
    desk.buy("cat", lots(0.5), 84_000)
    desk.sell("ann", lots(0.5), 84_000, leg=SHORT, stop_ticks=84_500)
    desk.sell("dan", lots(0.5), 84_600)
    desk.index(84_500)
    desk.index(84_500)
    assert (leg(desk, LONG).qty_lots, leg(desk, SHORT).qty_lots) == (lots(1), -lots(1))


def test_two_legs_do_not_trade_with_each_other():
    """MODE-005, ORDR-013"""
    desk = hedged()
    desk.sell("ann", lots(0.1), 84_000, leg=SHORT)
    assert refusal(desk.buy("ann", lots(0.1), 84_000, leg=LONG)) == Reject.SELF_TRADE


def test_the_position_mode_waits_until_nothing_is_open():
    """MODE-004"""
    desk = hedged()
    order = placed(desk.buy("ann", 1, 80_000, leg=LONG))
    assert refusal(hedge(desk, 0)) == Reject.HAS_OPEN_RISK
    assert refusal(hedge(desk, 1)) == Reject.NONE  # it is so already
    desk.cancel("ann", order)
    assert refusal(hedge(desk, 2)) == Reject.BAD_VALUE
    assert refusal(hedge(desk, 0)) == Reject.NONE
    desk.trade("ann", "bob", 1, 84_000)
    before = desk.engine.digest()
    assert refusal(hedge(desk, 1)) == Reject.HAS_OPEN_RISK
    assert desk.engine.digest() == before
    plain = opened()
    assert refusal(hedge(plain)) == Reject.HEDGE_NOT_ALLOWED


def test_legs_are_margined_cross():
    """MODE-004: and share one leverage."""
    desk = hedged()
    assert refusal(lever(desk, 5, MarginMode.ISOLATED)) == Reject.HEDGE_IS_CROSS
    assert refusal(lever(desk, 5, MarginMode.ISOLATED, market=SECOND)) == Reject.NONE
    desk.isolate("bob", 5)
    assert refusal(hedge(desk, name="bob")) == Reject.HEDGE_IS_CROSS
    both(desk)
    assert refusal(lever(desk, 10, MarginMode.CROSS)) == Reject.NONE
    assert initial_atoms(desk.engine.view, desk.wallet("ann")) == 16_800 * ATOMS
    assert refusal(lever(desk, 8, MarginMode.CROSS)) == Reject.INSUFFICIENT_MARGIN


def test_the_ladder_takes_the_larger_leg():
    """MODE-007: the short leg of two coins goes first, the long one is left."""
    desk = hedged(partial_ppm=1_000_000)
    both(desk, 0.5)
    desk.buy("cat", lots(1.5), 84_000)
    desk.sell("ann", lots(1.5), 84_000, leg=SHORT)
    desk.sell("dan", lots(2), 96_900)
    events = desk.index(97_000)
    steps = of(events, EventKind.LIQUIDATION_STEP)
    assert [e.market_id for e in steps if e.type != Step.CANCEL_ORDERS][0] == PERP
    assert leg(desk, SHORT).qty_lots == 0
    assert leg(desk, LONG).qty_lots == lots(0.5)


def test_funding_is_paid_and_received_by_its_legs():
    """MODE-006, MODE-007: what one leg pays the other receives."""
    desk = hedged()
    both(desk)
    desk.buy("bob", lots(1), 84_400)
    desk.sell("cat", lots(1), 84_500)
    paid = [e for _ in range(3) for e in of(desk.wait(3_600_000_000), EventKind.FUNDING_PAID)]
    mine = [e for e in paid if e.account_id == desk.people["ann"]]
    assert {e.position_lots for e in mine} == {lots(1), -lots(1)}
    assert abs(sum(e.funding_atoms for e in mine)) <= len(mine)


def test_both_legs_are_settled():
    """MODE-007"""
    desk = hedged()
    both(desk)
    price = 90_000 * 10**10
    events = desk.do(CommandKind.SETTLE_MARKET, market_id=PERP, price_subticks=price)
    mine = [e for e in of(events, EventKind.POSITION_SETTLED) if e.account_id == desk.people["ann"]]
    assert [(e.position_lots, e.pnl_atoms) for e in mine] == [
        (lots(1), 6_000 * ATOMS),
        (-lots(1), -6_000 * ATOMS),
    ]
    assert refusal(hedge(desk, 0)) == Reject.NONE
