"""Article 03: the risk limit that an owner chooses for a position."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarginBasis, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.margin import initial_with_orders_atoms
from tests.engine.desk import (
    ATOMS,
    PERP,
    SECOND,
    SPOT,
    Desk,
    changed,
    lots,
    of,
    refusal,
    setup,
)

BASE, STEP = 200_000 * ATOMS, 150_000 * ATOMS
ISOLATED = 2 + PERP


def limited(dollars: float = 10**6, base: int = BASE) -> Desk:
    """1 % and 0.5 % up to 200,000 dollars, 0.5 % more for both by each 150,000 more."""
    made = changed(setup(), risk_base_atoms=base, risk_step_atoms=STEP, tier_count=1)
    desk = Desk(made)
    for name in ("ann", "bob"):
        desk.person(name, dollars)
    desk.person("cat", 10**6)
    desk.index(50_000)
    return desk


def choose(desk: Desk, dollars: float, name: str = "ann", market: int = PERP):
    return desk.do(
        CommandKind.SET_RISK_LIMIT, account_id=desk.people[name], market_id=market,
        amount_atoms=round(dollars * ATOMS),
    )  # fmt: skip


def asked(desk: Desk, name: str = "ann") -> tuple[int, int]:
    """Initial margin with orders and maintenance margin, in dollars."""
    initial = initial_with_orders_atoms(desk.engine.view, desk.wallet(name))
    return initial // ATOMS, desk.maintenance(name) // ATOMS


@pytest.mark.parametrize(
    ("dollars", "limit", "ppm"),
    [
        (1, 200_000, 5_000),
        (200_000, 200_000, 5_000),
        (200_000.00000001, 350_000, 10_000),
        (350_000, 350_000, 10_000),
        (500_000, 500_000, 15_000),
        (650_000, 650_000, 20_000),
    ],
)
def test_each_step_adds_the_base_maintenance_to_both_rates(dollars, limit, ppm):
    """MRGN-017: BitMEX since 2021: 0.5 / 1 %, 1 / 1.5, 1.5 / 2, 2 / 2.5 by steps of 150."""
    desk = limited()
    desk.trade("ann", "bob", lots(2), 50_000)
    (event,) = of(choose(desk, dollars), EventKind.RISK_LIMIT_SET)
    assert (event.amount_atoms, event.market_id) == (limit * ATOMS, PERP)
    assert asked(desk) == (100_000 * (ppm + 5_000) // 10**6, 100_000 * ppm // 10**6)
    assert asked(desk, "bob") == (1_000, 500)


def test_an_order_beyond_the_limit_is_refused():
    """MRGN-018: position and orders of a side; the other side and what reduces may go on."""
    desk = limited()
    desk.trade("ann", "bob", lots(3), 50_000)
    assert refusal(desk.buy("ann", lots(1) + 1, 50_000)) == Reject.RISK_LIMIT
    assert refusal(desk.buy("ann", lots(1), 50_000)) == Reject.NONE
    assert refusal(desk.buy("ann", 1, 40_000)) == Reject.RISK_LIMIT
    assert refusal(desk.sell("ann", lots(7) + 1, 50_001)) == Reject.RISK_LIMIT
    assert refusal(desk.sell("ann", lots(6), 50_001)) == Reject.NONE
    assert refusal(choose(desk, 350_000)) == Reject.NONE
    assert refusal(desk.buy("ann", lots(3), 50_000)) == Reject.NONE
    assert refusal(choose(desk, 200_000)) == Reject.RISK_LIMIT


def test_a_refused_limit_changes_nothing():
    """MRGN-017: what the wallet cannot carry; lowering is carried always."""
    desk = limited(2_500)
    desk.trade("ann", "bob", lots(2), 50_000)
    before = asked(desk)
    assert refusal(choose(desk, 650_000)) == Reject.INSUFFICIENT_MARGIN  # 2,500 less the fee
    assert asked(desk) == before
    assert refusal(choose(desk, 500_000)) == Reject.NONE
    assert asked(desk) == (2_000, 1_500)
    desk.index(49_000)  # equity 450: liquidated
    assert desk.position("ann").qty_lots < lots(2)


def test_a_raised_limit_is_liquidated_sooner():
    """MRGN-017, LIQD-001: 1.5 % of 100,000 instead of 0.5 %."""
    low, high = limited(2_500), limited(2_500)
    choose(high, 500_000)
    for desk in (low, high):
        desk.trade("ann", "cat", lots(2), 50_000)
        desk.index(49_500)
    assert low.position("ann").qty_lots == lots(2)
    assert high.position("ann").qty_lots < lots(2)


def test_an_isolated_position_is_asked_by_its_own_wallet():
    """MRGN-017: at 40x it holds 2.5 %; without orders, and no more than that."""
    desk = limited()
    desk.isolate("ann", 40)
    desk.trade("ann", "bob", lots(2), 50_000)
    assert refusal(choose(desk, 800_000)) == Reject.INSUFFICIENT_MARGIN  # 3 %
    assert refusal(choose(desk, 650_000)) == Reject.NONE
    assert desk.maintenance("ann", ISOLATED) == 2_000 * ATOMS
    desk.buy("ann", 1, 40_000)
    assert refusal(choose(desk, 500_000)) == Reject.HAS_OPEN_RISK
    assert refusal(choose(desk, 650_000)) == Reject.NONE  # it is that already


def test_an_isolated_fill_keeps_what_the_chosen_limit_asks():
    """MRGN-007, MRGN-017: 2.5 % is more than 1/50; each of both fills."""
    desk = limited()
    desk.isolate("ann", 50)
    choose(desk, 650_000)
    for _ in range(2):
        desk.trade("ann", "bob", lots(1), 50_000)
    assert desk.usd("ann", ISOLATED) == 2_500 * ATOMS


def test_no_limit_to_choose_and_none_that_is_one():
    """MRGN-017"""
    desk = limited()
    assert refusal(choose(desk, 200_000, market=SECOND)) == Reject.NOT_MARGINABLE
    assert refusal(choose(desk, 200_000, market=SPOT)) == Reject.NOT_MARGINABLE
    assert refusal(choose(desk, 200_000, market=9)) == Reject.UNKNOWN_MARKET
    assert refusal(choose(desk, 0)) == Reject.BAD_VALUE
    assert refusal(choose(desk, -1)) == Reject.BAD_VALUE
    assert refusal(choose(desk, 4 * 10**10 + 1)) == Reject.BAD_VALUE
    most = 200_000 + 150_000 * 198  # 1 % + 198 * 0.5 % = 100 %
    assert refusal(choose(desk, most + 1)) == Reject.BAD_VALUE
    assert refusal(choose(desk, most)) == Reject.NONE
    nobody = desk.do(CommandKind.SET_RISK_LIMIT, account_id=1, market_id=PERP, amount_atoms=1)
    assert refusal(nobody) == Reject.UNKNOWN_ACCOUNT


def test_limits_go_with_the_entry_value():
    """MRGN-017"""
    made = changed(setup(), risk_base_atoms=BASE, risk_step_atoms=STEP)
    with pytest.raises(AssertionError, match="above 100 %"):
        Desk(changed(made, margin_basis=int(MarginBasis.MARK)))
    with pytest.raises(AssertionError, match="by steps"):
        Desk(changed(made, risk_step_atoms=0))
