"""Article 07: liquidation, and the part of article 06 that speaks of it."""

from __future__ import annotations

import pytest

from longshore.engine.codes import Reason, Role, Side, Signal, Step, System
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.invariants import at_risk
from longshore.engine.ledger import settlement_atoms, system_wallet
from longshore.engine.limits import WALLETS_PER_ACCOUNT
from longshore.engine.ranks import rank_score
from longshore.engine.state import wallet_slot
from tests.engine.desk import (
    ATOMS,
    FLEX,
    HOUR_US,
    PERP,
    SECOND,
    USD,
    Desk,
    changed,
    lots,
    of,
    setup,
)

ISOLATED = 2 + PERP


def opened(eve_dollars: float = 2_042, made=None) -> Desk:
    """Eve is long 1 BTC from 84,000 with 2,000 left after the fee: liquidation below 82,420."""
    desk = Desk(made)
    for name in ("bob", "cat", "dan"):
        desk.person(name, 10**6)
    desk.person("eve", eve_dollars)
    desk.index(84_000)
    desk.trade("eve", "bob", lots(1), 84_000)
    return desk


def fund(desk: Desk, account: System, dollars: float) -> None:
    desk.do(
        CommandKind.DEPOSIT, account_id=account, asset_id=USD, to_wallet=FLEX,
        amount_atoms=round(dollars * ATOMS),
    )  # fmt: skip


def steps(events):
    return [Step(e.type) for e in of(events, EventKind.LIQUIDATION_STEP)]


def sides(events, name: str, desk: Desk):
    """(role, price, size) of one person's fills."""
    return [
        (Role(e.role), e.price_ticks, e.qty_lots)
        for e in of(events, EventKind.TRADED)
        if e.account_id == desk.people[name]
    ]


def test_equity_below_maintenance_is_liquidated_and_equal_is_safe():
    """LIQD-001: the dossier's linear example, 82,420."""
    desk = opened()
    desk.buy("cat", lots(5), 82_400)
    assert of(desk.index(82_420), EventKind.LIQUIDATION_STARTED) == []
    assert desk.equity("eve") == desk.maintenance("eve") == 420 * ATOMS
    (started,) = of(desk.index(82_419.99), EventKind.LIQUIDATION_STARTED)
    assert started.account_id == desk.people["eve"]
    assert (started.equity_atoms, started.margin_atoms) == (419_9900_0000, 420 * ATOMS)


def test_crypto_collateral_is_counted_with_its_haircut():
    """LIQD-001: the dossier's example with 0.2 BTC of collateral: 66,293.8."""
    desk = Desk()
    desk.person("bob", 10**6)
    desk.person("eve", 5_042, coins=0.2)
    desk.index(84_000)
    desk.trade("eve", "bob", lots(1), 84_000)
    desk.buy("bob", lots(5), 66_250)
    assert of(desk.index(66_293.9), EventKind.LIQUIDATION_STARTED) == []
    assert of(desk.index(66_293.8), EventKind.LIQUIDATION_STARTED) != []


def test_the_ladder_asks_again_after_each_step_and_a_cured_wallet_leaves_it():
    """LIQD-002, LIQD-004"""
    desk = opened()
    desk.buy("cat", lots(5), 82_410)
    events = desk.index(82_400)  # equity 400; each tenth sold at 82,410 gains a dollar
    assert steps(events) == [Step.CANCEL_ORDERS, Step.PARTIAL]
    assert sides(events, "eve", desk) == [(Role.PARTIAL_LIQUIDATION, 82_410, lots(0.1))]
    (ended,) = of(events, EventKind.LIQUIDATION_ENDED)
    assert ended.flag == 0
    assert desk.equity("eve") >= desk.maintenance("eve")
    assert desk.position("eve").qty_lots == lots(0.9)


def test_first_all_orders_of_the_wallet_end():
    """LIQD-003"""
    desk = opened()
    desk.buy("cat", lots(5), 82_410)
    desk.sell("eve", lots(0.1), 85_000)
    desk.order("eve", Side.SELL, lots(1), trigger_ticks=80_000, signal=Signal.MARK, type=6)
    desk.sell("eve", 1, 90_000, market_id=SECOND)
    events = desk.index(82_400)
    reasons = [e.reason for e in of(events, EventKind.ORDER_ENDED)]
    assert reasons[:3] == [Reason.LIQUIDATED] * 3
    assert desk.orders("eve") == []


def test_partial_steps_keep_inside_the_band_and_repeat_while_they_fill():
    """LIQD-004: mark 82,100 less 1 % is 81,279; zero equity is 82,000: the higher of the two."""
    desk = opened()
    desk.buy("cat", lots(0.25), 82_050)
    desk.buy("cat", lots(5), 81_990)
    events = desk.index(82_100)
    taken = of(events, EventKind.LIQUIDATION_STEP)
    assert [Step(e.type) for e in taken[:4]] == [
        Step.CANCEL_ORDERS, Step.PARTIAL, Step.PARTIAL, Step.PARTIAL,
    ]  # fmt: skip
    assert [e.price_ticks for e in taken[1:3]] == [82_000, 82_000]
    got = sides(events, "eve", desk)[:3]
    assert [qty for _, _, qty in got] == [lots(0.1), lots(0.1), lots(0.05)]


def test_the_full_close_goes_at_the_zero_equity_price():
    """LIQD-005, LIQD-006"""
    desk = opened()
    desk.buy("cat", lots(5), 82_050)
    desk.checking = False
    view = desk.engine.view
    view.markets[PERP].partial_band_ppm = 0  # no partial fill is possible below mark
    desk.checking = True
    events = desk.index(82_100)
    assert steps(events) == [Step.CANCEL_ORDERS, Step.PARTIAL, Step.FULL]
    full = of(events, EventKind.LIQUIDATION_STEP)[-1]
    assert (full.price_ticks, full.qty_lots) == (82_000, lots(1))
    assert sides(events, "eve", desk) == [(Role.LIQUIDATION, 82_050, lots(1))]
    assert desk.usd("eve") == 50 * ATOMS - 41_0250_0000  # better fills are hers, less the taker fee


def test_a_short_position_rounds_its_zero_equity_price_down():
    """LIQD-006"""
    desk = Desk()
    desk.person("bob", 10**6)
    desk.person("eve", 2_042.5)
    desk.index(84_000)
    desk.sell("eve", lots(1), 84_000)
    desk.buy("bob", lots(1), 84_000)  # eve makes: 16.80; 2,025.70 left
    desk.sell("bob", lots(5), 86_500)
    events = desk.index(86_000)
    full = [e for e in of(events, EventKind.LIQUIDATION_STEP) if e.type == Step.FULL][0]
    assert full.price_ticks == 86_025


def test_providers_take_what_is_left_in_equal_shares():
    """LIQD-007"""
    desk = opened()
    for name, room in (("cat", lots(5)), ("dan", lots(0.3))):
        desk.do(CommandKind.SET_ASSIGNMENT, account_id=desk.people[name], qty_lots=room)
    events = desk.index(82_300)  # an empty book
    assert steps(events)[:3] == [Step.CANCEL_ORDERS, Step.PARTIAL, Step.FULL]
    assert desk.position("dan").qty_lots == lots(0.3)
    assert desk.position("cat").qty_lots == lots(0.7)
    assert {role for role, _, _ in sides(events, "cat", desk)} == {Role.ASSIGNEE}
    assert {price for _, price, _ in sides(events, "eve", desk)} == {82_000}
    assert desk.usd("eve") == 0


def test_no_assignment_outside_the_band_or_without_margin():
    """LIQD-007"""
    for dollars, expected in ((10_000, Role.ASSIGNOR), (100, Role.UNWIND_BANKRUPT)):
        desk = opened()
        desk.person("pat", dollars)
        desk.do(CommandKind.SET_ASSIGNMENT, account_id=desk.people["pat"], qty_lots=lots(5))
        events = desk.index(82_300)
        assert {role for role, _, _ in sides(events, "eve", desk)} == {expected}
    desk = opened(made=changed(setup(), assign_band_ppm=100))
    desk.do(CommandKind.SET_ASSIGNMENT, account_id=desk.people["cat"], qty_lots=lots(5))
    roles = {role for role, _, _ in sides(desk.index(82_300), "eve", desk)}
    assert roles == {Role.UNWIND_BANKRUPT}


def test_the_pool_pays_the_slippage_of_a_covered_close():
    """LIQD-008"""
    desk = opened()
    fund(desk, System.POOL, 700)
    desk.buy("cat", lots(0.5), 81_000)
    desk.buy("dan", lots(5), 77_000)  # 4.9 % below: inside the band, dearer than the pool can pay
    events = desk.index(82_300)
    covered = [e for e in sides(events, "eve", desk) if e[0] == Role.COVERED]
    assert covered == [(Role.COVERED, 81_000, lots(0.5)), (Role.COVERED, 77_000, lots(0.04))]
    assert settlement_atoms(desk.engine.view, system_wallet(System.POOL)) == 0
    paid = [e for e in of(events, EventKind.TRANSFERRED) if e.reason == Reason.COVER]
    assert [e.amount_atoms for e in paid] == [500 * ATOMS, 200 * ATOMS]
    assert desk.usd("eve") == 0


def test_what_is_left_is_unwound_against_the_highest_rank():
    """LIQD-009"""
    desk = opened()
    desk.person("rich", 10**6)
    desk.person("bold", 4_000)
    desk.trade("cat", "rich", lots(0.6), 84_000)
    desk.trade("cat", "bold", lots(0.6), 84_000)  # the same profit share, far more leverage
    view = desk.engine.view
    events = desk.index(82_300)
    unwound = [e for e in of(events, EventKind.FILLED) if e.role == Role.UNWIND_BANKRUPT]
    assert [(e.other_account_id, e.qty_lots, e.price_ticks) for e in unwound][0] == (
        desk.people["bold"], lots(0.6), 82_000,
    )  # fmt: skip
    assert len(unwound) == 2
    rich, bob = (rank_score(view, desk.people[n], PERP) for n in ("rich", "bob"))
    assert unwound[1].other_account_id == desk.people["bob" if bob >= rich else "rich"]
    assert desk.position("eve").qty_lots == 0


def test_positions_in_loss_are_unwound_last():
    """LIQD-009"""
    desk = opened()
    desk.index(82_500)
    desk.person("late", 10**6)
    desk.trade("cat", "late", lots(1), 82_000)  # short from 82,000: in loss at 82,300
    unwound = [
        e for e in of(desk.index(82_300), EventKind.FILLED) if e.role == Role.UNWIND_BANKRUPT
    ]
    assert [e.other_account_id for e in unwound] == [desk.people["bob"]]


def test_an_insurance_step_takes_any_price_and_the_insurance_account_pays():
    """LIQD-010"""
    made = setup()
    made.ladder = [int(s) for s in (Step.CANCEL_ORDERS, Step.FULL, Step.INSURANCE, Step.UNWIND)]
    desk = opened(made=made)
    desk.buy("cat", lots(5), 50_000)
    before = settlement_atoms(desk.engine.view, system_wallet(System.INSURANCE))
    events = desk.index(82_300)
    assert sides(events, "eve", desk) == [(Role.COVERED, 50_000, lots(1))]
    after = settlement_atoms(desk.engine.view, system_wallet(System.INSURANCE))
    assert before - after == 32_000 * ATOMS
    assert desk.usd("eve") == 0


TAKEOVER = [int(s) for s in (Step.CANCEL_ORDERS, Step.TAKEOVER, Step.UNWIND)]


@pytest.mark.parametrize(("bid", "gain"), [(82_200, 200), (81_900, -100)])
def test_a_position_taken_over_is_the_funds_for_better_and_worse(bid, gain):
    """LIQD-016: sold above or below its zero-equity price of 82,000, the owner is left nothing."""
    made = setup()
    made.ladder = TAKEOVER
    desk = opened(made=made)
    desk.buy("cat", lots(5), bid)
    fund = system_wallet(System.INSURANCE)
    before = settlement_atoms(desk.engine.view, fund)
    events = desk.index(82_300)
    assert sides(events, "eve", desk) == [(Role.TAKEN_OVER, bid, lots(1))]
    assert settlement_atoms(desk.engine.view, fund) - before == gain * ATOMS
    assert desk.usd("eve") == 0
    assert not any(e.fee_atoms for e in events if e.role == Role.TAKEN_OVER)


def test_what_a_takeover_cannot_sell_is_unwound_and_the_next_position_follows():
    """LIQD-015, LIQD-016: nobody bids; then the ladder begins again for the other market."""
    made = setup()
    made.ladder = TAKEOVER
    desk = opened(made=made)
    desk.trade("eve", "bob", lots(0.5), 84_000, market_id=SECOND)
    events = desk.index(80_000)
    assert steps(events).count(Step.UNWIND) == 2
    assert desk.position("eve").qty_lots == desk.position("eve", SECOND).qty_lots == 0
    assert desk.usd("eve") == 0


def test_a_gap_far_through_zero_leaves_nobody_below_zero():
    """LIQD-011"""
    desk = opened()
    fund(desk, System.POOL, 100)
    desk.buy("cat", lots(0.01), 78_900)
    events = desk.index(79_000)  # equity is -3,000
    assert steps(events)[-1] == Step.UNWIND
    assert desk.usd("eve") == 0
    paid = [e for e in of(events, EventKind.TRANSFERRED) if e.reason == Reason.COVER]
    assert [e.amount_atoms for e in paid] == [31 * ATOMS]  # 0.01 at 78,900 instead of 82,000
    assert desk.position("cat").qty_lots == lots(0.01)
    assert desk.position("bob").qty_lots == -lots(0.01)


def test_a_wallet_without_positions_below_zero_is_brought_back_to_zero():
    """LIQD-011"""
    desk = opened(eve_dollars=1_042)
    fund(desk, System.POOL, 10)
    desk.checking = False
    view = desk.engine.view
    wallet = desk.wallet("eve")
    desk.buy("cat", lots(5), 84_000)
    desk.sell("eve", lots(1), 84_000)
    assert desk.position("eve").qty_lots == 0
    row = view.balances[wallet * 8 + USD]
    taken = row.amount_atoms + 50 * ATOMS
    row.amount_atoms -= taken  # a debt of 50 from nowhere, so that only the bearers matter
    view.balances[system_wallet(System.VENUE) * 8 + USD].amount_atoms += taken
    events = desk.deposit("eve", 0.00000001)
    borne = [(e.other_account_id, e.amount_atoms) for e in of(events, EventKind.SHORTFALL_BORNE)]
    assert borne == [(System.POOL, 10 * ATOMS), (System.INSURANCE, 40 * ATOMS - 1)]
    assert desk.usd("eve") == 0


def test_only_wallets_whose_bounds_are_reached_are_looked_at():
    """LIQD-012"""
    desk = Desk()
    desk.person("bob", 10**9)
    desk.index(84_000)
    names = [f"p{n}" for n in range(40)]
    for n, name in enumerate(names):
        desk.person(name, 5_000 + 500 * n)
        desk.trade(name, "bob", lots(1), 84_000)
    desk.buy("bob", lots(50), 60_000)
    view = desk.engine.view
    before = view.wallets_visited
    for price in range(83_999, 83_900, -1):
        desk.index(price)
    assert view.wallets_visited - before <= 2
    for price in range(83_900, 60_000, -217):
        desk.index(price)  # after each, `Desk` finds nobody at risk by looking at everybody
    assert desk.position(names[0]).qty_lots == 0


def test_a_wallet_that_only_pays_funding_is_found_in_time():
    """LIQD-012: the price stands still and funding eats the margin."""
    desk = Desk(changed(setup(), rate_interval_us=HOUR_US, sample_us=HOUR_US // 60))
    desk.person("maker", 10**7)
    desk.person("bob", 10**6)
    desk.person("eve", 470)
    desk.index(84_000)
    premium = 75
    desk.buy("maker", lots(3), 84_000 + premium - 1)
    desk.sell("maker", lots(3), 84_000 + premium + 1)
    desk.isolate("eve", 0)
    desk.buy("eve", lots(0.4), 84_000 + premium + 1)
    for _ in range(100):
        desk.wait(613 * 1_000_000)
        if of(desk.events, EventKind.LIQUIDATION_STARTED):
            break
    (started,) = of(desk.events, EventKind.LIQUIDATION_STARTED)
    assert started.equity_atoms < started.margin_atoms
    assert started.margin_atoms - started.equity_atoms < ATOMS  # found at once, not an hour late


def test_an_isolated_wallet_is_liquidated_alone_and_returns_what_is_left():
    """LIQD-013, LIQD-014"""
    desk = Desk(changed(setup(), partial_band_ppm=0))
    desk.person("bob", 10**6)
    desk.person("cat", 10**6)
    desk.person("eve", 20_000)
    desk.index(84_000)
    desk.trade("eve", "bob", lots(0.1), 84_000, market_id=SECOND)
    desk.isolate("eve", 10)
    desk.trade("eve", "bob", lots(1), 84_000)
    free = desk.usd("eve")
    desk.buy("cat", lots(5), 75_680)
    events = desk.index(75_700)
    assert desk.position("eve").qty_lots == 0
    assert desk.position("eve", SECOND).qty_lots == lots(0.1)
    assert desk.usd("eve", ISOLATED) == 0
    kept = desk.usd("eve") - free
    got = [e for e in of(events, EventKind.TRADED) if e.account_id == desk.people["eve"]]
    assert kept == 8_400 * ATOMS + sum(e.pnl_atoms - e.fee_atoms for e in got)
    assert kept > 0


def test_a_liquidation_fee_goes_only_as_far_as_equity_reaches():
    """FEES-003"""
    for price, expected in ((82_300, 41_1500_0000 + 82_3000_0000), (82_050, 50 * ATOMS)):
        desk = opened(made=changed(setup(), liquidation_fee_ppm=1_000, partial_band_ppm=0))
        desk.buy("cat", lots(5), price)
        events = desk.index(price + 50)
        fees = [e.fee_atoms for e in of(events, EventKind.TRADED) if e.role == Role.LIQUIDATION]
        assert fees == [expected]
        assert desk.usd("eve") == (price - 82_000) * ATOMS - expected


def test_system_accounts_never_come_up_for_liquidation():
    """LIQD-012"""
    desk = opened()
    view = desk.engine.view
    assert all(w >= 16 * WALLETS_PER_ACCOUNT for w in at_risk(view))
    assert wallet_slot(16, FLEX) == 16 * WALLETS_PER_ACCOUNT + 1


def test_one_position_after_the_other_goes_down_the_ladder():
    """LIQD-015"""
    desk = Desk(changed(setup(), partial_band_ppm=0))
    desk.person("bob", 10**6)
    desk.person("cat", 10**6)
    desk.person("eve", 3_072)
    desk.index(84_000)
    desk.trade("eve", "bob", lots(1), 84_000)
    desk.trade("eve", "bob", lots(0.5), 84_000, market_id=SECOND)
    desk.buy("cat", lots(0.5), 78_500)  # inside the cover band of neither market's zero price
    events = desk.index(81_000)
    closed = [e.market_id for e in of(events, EventKind.LIQUIDATION_STEP) if e.type == Step.FULL]
    assert closed == [PERP, SECOND]
    fees = {e.fee_atoms for e in of(events, EventKind.TRADED) if e.role >= Role.ASSIGNOR}
    assert fees == {0}
    assert desk.usd("eve") == 0
