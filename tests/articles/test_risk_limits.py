"""Article 03: the risk limit that an owner chooses for a position."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarginBasis, Reject, Side
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.lifecycle import Setup
from longshore.engine.limits import VALUE_MAX_ATOMS
from longshore.engine.margin import initial_with_orders_atoms
from longshore.engine.risk_limits import exceeds_risk_limit, risk_limit_atoms
from longshore.engine.rows import Market, Order, Position
from tests.engine.desk import (
    ATOMS,
    FLEX,
    PERP,
    SECOND,
    SPOT,
    USD,
    Desk,
    changed,
    lots,
    of,
    refusal,
    setup,
)

BASE, STEP = 200_000 * ATOMS, 150_000 * ATOMS
ISOLATED = 2 + PERP


def limited_terms() -> Setup:
    """1 % and 0.5 % up to 200,000 dollars, 0.5 % more for both by each 150,000 more."""
    return changed(setup(), risk_base_atoms=BASE, risk_step_atoms=STEP, tier_count=1)


def limited(dollars: float = 10**6) -> Desk:
    """Ann, Bob and Cat with money; index 50,000."""
    desk = Desk(limited_terms())
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


@pytest.mark.parametrize(
    ("held", "ordered", "added", "exceeds"),
    [
        (0, 0, 130, False),  # 100 and two steps of 15
        (0, 0, 131, True),
        (100, 20, 10, False),
        (100, 20, 11, True),
        (150, 0, 0, False),  # above it already: what does not grow may be
        (150, 0, 1, True),
        (-50, 0, 180, False),
        (-50, 0, 181, True),
    ],
)
def test_a_side_may_reach_the_limit(held, ordered, added, exceeds):
    """MRGN-018: and selling the same the other way round."""
    market = Market(risk_base_atoms=100, risk_step_atoms=15)
    before = Position(qty_lots=held, entry_value_atoms=held, risk_steps=2, sell_value_atoms=999)
    before.buy_value_atoms = ordered
    after = Position.of(before.values())
    after.buy_value_atoms += added
    assert risk_limit_atoms(market, before) == 130
    assert exceeds_risk_limit(market, before, after, Order(side=Side.BUY)) == exceeds
    before = Position(qty_lots=-held, entry_value_atoms=-held, risk_steps=2, buy_value_atoms=999)
    before.sell_value_atoms = ordered
    after = Position.of(before.values())
    after.sell_value_atoms += added
    assert exceeds_risk_limit(market, before, after, Order(side=Side.SELL)) == exceeds


def test_the_most_that_can_be_asked_for():
    """MRGN-017: one atom, and all that the engine counts with."""
    desk = limited()
    desk.engine.view.markets[PERP].risk_step_atoms = VALUE_MAX_ATOMS
    ask = {"account_id": desk.people["ann"], "market_id": PERP}
    for atoms, refused in (
        (VALUE_MAX_ATOMS + 1, Reject.BAD_VALUE),
        (VALUE_MAX_ATOMS, Reject.NONE),
        (0, Reject.BAD_VALUE),
        (1, Reject.NONE),
    ):
        events = desk.do(CommandKind.SET_RISK_LIMIT, amount_atoms=atoms, **ask)
        assert refusal(events) == refused


@pytest.mark.parametrize(
    ("initial", "maintenance", "most"),
    [
        (10_000, 5_000, 198),
        (10_001, 5_000, 197),  # 989,999 / 5,000
        (10**6, 5_000, 0),
        (10_000, 1, 990_000),
        (10_000, 0, 990_000),  # steps that add nothing are counted as if they added a millionth
    ],
)
def test_steps_end_where_initial_margin_is_everything(initial, maintenance, most):
    """MRGN-017"""
    desk = limited()
    tier = desk.engine.view.tiers[desk.engine.view.markets[PERP].tier_first]
    tier.initial_ppm, tier.maintenance_ppm = initial, maintenance
    desk.engine.view.markets[PERP].risk_step_atoms = ATOMS
    assert refusal(choose(desk, 200_000 + most + 1)) == Reject.BAD_VALUE
    assert refusal(choose(desk, 200_000 + most)) == Reject.NONE
    assert desk.position("ann").risk_steps == most


def test_what_is_open_may_be_worth_all_of_the_limit():
    """MRGN-017: 200,000 dollars, and one lot more."""
    desk = limited()
    choose(desk, 350_000)
    desk.trade("ann", "bob", lots(4), 50_000)
    assert refusal(choose(desk, 200_000)) == Reject.NONE
    choose(desk, 350_000)
    desk.buy("ann", 1, 40_000)
    assert refusal(choose(desk, 200_000)) == Reject.RISK_LIMIT


def pressed(isolated: float = 0) -> Desk:
    """Two coins of 50,000 with an order of one more, at three steps: 2.5 % and 2 %."""
    desk = limited()
    desk.engine.view.cancel_on_initial = 0
    if isolated:
        desk.isolate("ann", isolated)
    choose(desk, 650_000)
    desk.trade("ann", "bob", lots(2), 50_000)
    desk.buy("ann", lots(1), 50_000)
    return desk


def leave(desk: Desk, dollars: float) -> None:
    """So much in the flex wallet, and the rest outside."""
    desk.do(
        CommandKind.WITHDRAW, account_id=desk.people["ann"], asset_id=USD, from_wallet=FLEX,
        amount_atoms=desk.usd("ann") - round(dollars * ATOMS),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked_for", "loss", "refused"),
    [
        (800_000, 0, Reject.NONE),  # 3 % of 150,000
        (800_000, 1, Reject.INSUFFICIENT_MARGIN),
        (650_000, 2_000, Reject.NONE),  # as it is, and lower: always carried
        (500_000, 2_000, Reject.NONE),
    ],
)
def test_a_cross_position_is_asked_with_its_orders(asked_for, loss, refused):
    """MRGN-017: with 4,500 dollars, at the price it was opened at and below."""
    desk = pressed()
    leave(desk, 4_500)
    desk.index(50_000 - loss / 2)
    assert refusal(choose(desk, asked_for)) == refused


def test_a_position_that_is_not_there_needs_no_margin():
    """MRGN-017: a wallet below its initial margin elsewhere; one lot on order here."""
    made = changed(limited_terms(), market=SECOND, tier_count=1)
    made.cancel_on_initial = 0
    desk = Desk(made)
    for name in ("ann", "bob"):
        desk.person(name, 1_000)
    desk.index(50_000)
    desk.trade("ann", "bob", lots(1), 50_000, market_id=SECOND)
    desk.index(49_400)  # 375 left of 500
    assert desk.equity("ann") == 375 * ATOMS
    assert refusal(choose(desk, 500_000)) == Reject.NONE
    row = desk.position("ann")
    row.buy_lots = row.buy_value_atoms = 1  # an atom is enough
    assert refusal(choose(desk, 650_000)) == Reject.INSUFFICIENT_MARGIN
    row.buy_lots = row.buy_value_atoms = 0


def test_an_isolated_position_is_asked_without_its_orders():
    """MRGN-017: 5,000 of margin carry 5 % of 100,000, and it has open orders."""
    desk = pressed(20)
    assert desk.equity("ann", ISOLATED) == 5_000 * ATOMS
    assert refusal(choose(desk, 200_000 + 8 * 150_000)) == Reject.HAS_OPEN_RISK
    assert refusal(choose(desk, 200_000 + 9 * 150_000)) == Reject.INSUFFICIENT_MARGIN


def test_the_owner_has_changed_something_where_the_limit_is_another():
    """MRGN-012, MRGN-017: the safety buffer is measured anew."""
    desk = limited(10_050)
    desk.trade("ann", "bob", lots(2), 50_000)  # 10,000 after the fee
    row = desk.engine.view.wallets[desk.wallet("ann")]
    assert row.buffer_full_atoms == 9_500 * ATOMS
    desk.index(49_500)
    choose(desk, 200_000)
    assert row.buffer_full_atoms == 9_500 * ATOMS
    choose(desk, 350_000)
    assert row.buffer_full_atoms == (9_000 - 1_000) * ATOMS
