"""Article 14: terms that change while a market runs."""

from __future__ import annotations

import pytest

from longshore.engine.codes import Reason, Reject, Term
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.limits import CHANGES_MAX, TIME_MAX_US
from longshore.engine.margin import initial_atoms, tier_requirement
from longshore.engine.rows import Command, Event, Tier
from tests.engine.desk import (
    ATOMS,
    HOUR_US,
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

MINUTE_US, DAY_US = HOUR_US // 60, 24 * HOUR_US
ISOLATED = 2 + PERP


def opened(dollars: float = 10_000, **fields: int) -> Desk:
    """Ann and Bob with money, Cat rich; index 80,000."""
    desk = Desk(changed(setup(), **fields))
    for name in ("ann", "bob"):
        desk.person(name, dollars)
    desk.person("cat", 10**6)
    desk.index(80_000)
    return desk


def change(desk: Desk, term: Term, value: int, other: int = 0, **fields: int) -> list[Event]:
    usual = {"market_id": PERP, "type": term, "value": value, "other_value": other}
    return desk.do(CommandKind.CHANGE_TERMS, **{**usual, **fields})


def tier(dollars: int, initial_ppm: int) -> Tier:
    return Tier(from_size=dollars * ATOMS, initial_ppm=initial_ppm, maintenance_ppm=5_000)


def at(desk: Desk, us: int) -> int:
    return desk.time_us + us


def test_a_tier_change_asks_every_position_again():
    """RULE-001, LIQD-001: twice the maintenance rate; who had between once and twice is gone."""
    desk = opened()
    desk.trade("ann", "cat", lots(1), 80_000)
    desk.trade("bob", "cat", lots(0.1), 80_000)
    assert desk.maintenance("ann") == 400 * ATOMS
    events = change(desk, Term.TIER, 150_000, 130_000)  # 10,400 of her 9,960; 1,040 of his
    (told,) = of(events, EventKind.TERMS_CHANGED)
    assert (told.market_id, told.type, told.flag) == (PERP, Term.TIER, 0)
    assert (told.value_atoms, told.amount_atoms, told.expire_us) == (150_000, 130_000, desk.time_us)
    assert [e.account_id for e in of(events, EventKind.LIQUIDATION_STARTED)] == [desk.people["ann"]]
    assert desk.maintenance("bob") == 1_040 * ATOMS
    view = desk.engine.view
    assert initial_atoms(view, desk.wallet("bob")) == 1_200 * ATOMS


def test_orders_that_add_risk_end_when_initial_margin_rises():
    """RULE-001, MRGN-009: Ann's two buys, the newer first; what would close stays."""
    desk = opened()
    desk.trade("ann", "cat", lots(1), 80_000)
    desk.buy("ann", lots(1), 70_000)
    desk.buy("ann", lots(1), 69_000)
    desk.sell("ann", lots(1), 90_000)
    events = change(desk, Term.TIER, 50_000, 5_000)  # 5 % of 219,000
    ended = [(e.price_ticks, e.reason) for e in of(events, EventKind.ORDER_ENDED)]
    assert ended == [(69_000, Reason.MARGIN_BREACH), (70_000, Reason.MARGIN_BREACH)]
    assert [o.price_ticks for o in desk.orders("ann")] == [90_000]
    assert desk.position("ann").qty_lots == lots(1)


def test_other_terms_are_asked_from_then_on():
    """RULE-001"""
    desk = opened()
    order = {"price": 79_000}
    change(desk, Term.ORDER_MAX, lots(1))
    assert refusal(desk.buy("ann", lots(1) + 1, **order)) == Reject.QTY_TOO_LARGE
    change(desk, Term.POSITION_MAX, lots(0.5))
    assert refusal(desk.buy("ann", lots(0.5) + 1, **order)) == Reject.MAX_POSITION
    assert refusal(desk.buy("ann", lots(0.5), **order)) == Reject.NONE
    change(desk, Term.COLLAR, 10_000)
    assert refusal(desk.buy("bob", 1, 70_000)) == Reject.NONE
    assert refusal(desk.buy("bob", 1, 81_000)) == Reject.OUTSIDE_COLLAR
    change(desk, Term.FEES, -100, 2_000)
    before = desk.usd("bob")
    desk.sell("cat", lots(0.1), 80_000)
    desk.buy("bob", lots(0.1), 80_000)
    assert before - desk.usd("bob") == 16 * ATOMS
    market = desk.engine.view.markets[PERP]
    change(desk, Term.LIQUIDATION_FEE, 7_000)
    change(desk, Term.MARKET_BAND, 3_000)
    change(desk, Term.FUNDING_CAP, 10**15)
    assert (market.liquidation_fee_ppm, market.market_band_ppm) == (7_000, 3_000)
    assert (market.rate_floor_e18, market.rate_cap_e18) == (-(10**15), 10**15)


def test_fees_change_in_every_market_of_the_schedule():
    """RULE-001: the other perpetual has the same fee tiers, the spot market its own."""
    desk = opened()
    change(desk, Term.FEES, 300, 900)
    view = desk.engine.view
    rates = [view.fee_tiers[view.markets[m].fee_first].taker_ppm for m in (PERP, SECOND, SPOT)]
    assert rates == [900, 900, 4_000]
    change(desk, Term.FEES, 0, 800, market_id=SPOT)
    assert view.fee_tiers[view.markets[SPOT].fee_first].taker_ppm == 800


def test_a_change_is_told_at_once_and_again_before_it_comes():
    """RULE-002: warnings of an hour, a change in two hours and a minute."""
    desk = opened(warn_us=HOUR_US)
    start = desk.time_us
    due = start + 2 * HOUR_US + MINUTE_US
    told = of(change(desk, Term.TIER, 50_000, 25_000, expire_us=due), EventKind.TERMS_ANNOUNCED)
    desk.time_us = due
    events = desk.do(CommandKind.ADVANCE_TIME)
    told += of(events, EventKind.TERMS_ANNOUNCED)
    assert [e.time_us - start for e in told] == [0, MINUTE_US, HOUR_US + MINUTE_US]
    assert {(e.type, e.value_atoms, e.amount_atoms, e.expire_us) for e in told} == {
        (Term.TIER, 50_000, 25_000, due)
    }
    (now,) = of(events, EventKind.TERMS_CHANGED)
    assert now.time_us == due
    assert desk.engine.view.tiers[1].initial_ppm == 50_000


def test_without_a_warning_time_it_is_told_once():
    """RULE-002: and until its time nothing is different, to the microsecond."""
    desk = opened()
    desk.trade("ann", "bob", lots(1), 80_000)
    events = change(desk, Term.MARGIN_FACTOR, 2 * 10**6, 10**6, expire_us=at(desk, HOUR_US))
    assert len(of(events, EventKind.TERMS_ANNOUNCED)) == 1
    view, wallet = desk.engine.view, desk.wallet("ann")
    assert of(desk.wait(HOUR_US - 1), EventKind.TERMS_CHANGED) == []
    assert initial_atoms(view, wallet) == 800 * ATOMS
    assert len(of(desk.wait(1), EventKind.TERMS_CHANGED)) == 1
    assert initial_atoms(view, wallet) == 1_600 * ATOMS


def test_a_change_comes_before_the_orders_that_end_then():
    """RULE-002"""
    desk = opened()
    desk.trade("ann", "cat", lots(1), 80_000)
    desk.buy("ann", lots(0.1), 70_000, expire_us=at(desk, HOUR_US))
    change(desk, Term.TIER, 999_999, 5_000, expire_us=at(desk, HOUR_US))
    ended = of(desk.wait(HOUR_US), EventKind.ORDER_ENDED)
    assert [e.reason for e in ended] == [Reason.MARGIN_BREACH]


def test_a_change_takes_the_place_of_one_that_waits():
    """RULE-003: another tier is another change; today's values at once call it off."""
    desk = opened()
    for ppm in (50_000, 60_000):
        change(desk, Term.TIER, ppm, 5_000, expire_us=at(desk, HOUR_US))
    change(desk, Term.TIER, 90_000, 5_000, number=1, expire_us=at(desk, HOUR_US))
    change(desk, Term.TIER, 70_000, 5_000, market_id=SECOND, expire_us=at(desk, 2 * HOUR_US))
    change(desk, Term.TIER, 10_000, 5_000, market_id=SECOND)
    made = of(desk.wait(3 * HOUR_US), EventKind.TERMS_CHANGED)
    assert [(e.market_id, e.flag, e.value_atoms) for e in made] == [
        (PERP, 0, 60_000),
        (PERP, 1, 90_000),
    ]
    rows = desk.engine.view.changes
    assert {rows[slot].term for slot in range(1, CHANGES_MAX + 1)} == {0}


def test_a_bound_moves_between_its_neighbours():
    """RULE-005: asked when its time comes; then it is dropped, and the one that fits is taken."""
    made = setup()
    made.tiers.append(tier(3 * 10**6, 40_000))
    desk = Desk(changed(made, tier_count=3))
    desk.person("ann", 10_000)
    desk.index(80_000)
    soon = {"expire_us": at(desk, HOUR_US)}
    upper, lower = 9 * 10**6 * ATOMS, 4 * 10**6 * ATOMS
    assert refusal(change(desk, Term.TIER_BOUND, lower, number=1)) == Reject.TERM_OUT_OF_BOUNDS
    assert refusal(change(desk, Term.TIER_BOUND, 0, number=1)) == Reject.TERM_OUT_OF_BOUNDS
    assert refusal(change(desk, Term.TIER_BOUND, lower, number=1, **soon)) == Reject.NONE
    (dropped,) = of(desk.wait(HOUR_US), EventKind.TERMS_DROPPED)
    assert (dropped.flag, dropped.value_atoms) == (1, lower)
    soon = {"expire_us": at(desk, HOUR_US)}
    change(desk, Term.TIER_BOUND, upper, number=2, **soon)
    change(desk, Term.TIER_BOUND, lower, number=1, **soon)
    assert len(of(desk.wait(HOUR_US), EventKind.TERMS_CHANGED)) == 2
    view = desk.engine.view
    assert [view.tiers[n].from_size for n in (1, 2, 3)] == [0, lower, upper]


def test_a_factor_multiplies_every_rate_up_to_the_whole():
    """MRGN-019: 1 % and 0.5 %, above a million 2 % and 1 %; five and two times, then ten."""
    desk = opened()
    view, market = desk.engine.view, desk.engine.view.markets[PERP]
    change(desk, Term.MARGIN_FACTOR, 5 * 10**6, 2 * 10**6)
    asked = [tier_requirement(view, market, 2 * 10**6 * ATOMS, 1, i) for i in (True, False)]
    assert asked == [150_000 * ATOMS, 30_000 * ATOMS]
    change(desk, Term.TIER, 400_000, 200_000)
    change(desk, Term.MARGIN_FACTOR, 3 * 10**6, 10**6)
    assert tier_requirement(view, market, 1_000 * ATOMS, 1, True) == 1_000 * ATOMS
    assert tier_requirement(view, market, 1_000 * ATOMS, 1, False) == 200 * ATOMS


@pytest.mark.parametrize("method", ["margin_slope_e12", "margin_root_e12"])
def test_a_factor_multiplies_rates_by_size_too(method):
    """MRGN-019: exactly where they are multiples, and at most the whole."""
    desk = opened(**{method: 10**8}, tier_count=1)
    view, market = desk.engine.view, desk.engine.view.markets[PERP]
    size = 10**6 * ATOMS, lots(1)
    once = [tier_requirement(view, market, *size, initial) for initial in (True, False)]
    change(desk, Term.MARGIN_FACTOR, 10**7, 10**6)
    assert tier_requirement(view, market, *size, True) == min(10 * once[0], size[0])
    assert tier_requirement(view, market, *size, False) == once[1]


def test_an_isolated_wallet_is_asked_too_and_no_money_moves():
    """RULE-001: at 20x it holds 5 %: enough for 4.9 %, not for 5.1 %."""
    desk = opened()
    desk.isolate("ann", 20)
    desk.trade("ann", "cat", lots(1), 80_000)
    before = desk.usd("ann"), desk.usd("ann", ISOLATED)
    assert of(change(desk, Term.TIER, 60_000, 49_000), EventKind.LIQUIDATION_STARTED) == []
    assert (desk.usd("ann"), desk.usd("ann", ISOLATED)) == before
    events = change(desk, Term.TIER, 60_000, 51_000)
    assert [e.wallet for e in of(events, EventKind.LIQUIDATION_STARTED)] == [ISOLATED]


@pytest.mark.parametrize(
    ("reject", "fields"),
    [
        (Reject.UNKNOWN_MARKET, {"market_id": 9}),
        (Reject.UNKNOWN_MARKET, {"market_id": -1}),
        (Reject.NOT_MARGINABLE, {"market_id": SPOT}),
        (Reject.BAD_VALUE, {"type": 0}),
        (Reject.BAD_VALUE, {"type": max(Term) + 1}),
        (Reject.BAD_VALUE, {"number": 2}),
        (Reject.BAD_VALUE, {"number": -1}),
        (Reject.BAD_VALUE, {"type": Term.FEES, "number": 2}),
        (Reject.BAD_VALUE, {"type": Term.COLLAR, "number": 1}),
        (Reject.TERM_OUT_OF_BOUNDS, {"value": 0, "other_value": 0}),
        (Reject.TERM_OUT_OF_BOUNDS, {"value": 10**6 + 1}),
        (Reject.TERM_OUT_OF_BOUNDS, {"other_value": 50_001}),
        (Reject.TERM_OUT_OF_BOUNDS, {"other_value": -1}),
        (Reject.TERM_OUT_OF_BOUNDS, {"value": -(2**63), "other_value": -(2**63)}),
        (Reject.TERM_OUT_OF_BOUNDS, {"type": Term.MARGIN_FACTOR, "value": 10**6 - 1}),
        (Reject.TERM_OUT_OF_BOUNDS, {"type": Term.MARGIN_FACTOR, "value": 10**7 + 1}),
        (
            Reject.TERM_OUT_OF_BOUNDS,
            {"type": Term.MARGIN_FACTOR, "value": 10**6, "other_value": 10**6 + 1},
        ),
        (Reject.TERM_OUT_OF_BOUNDS, {"type": Term.FEES, "value": -501, "other_value": 500}),
        (Reject.TERM_OUT_OF_BOUNDS, {"type": Term.FEES, "value": 0, "other_value": -1}),
        (Reject.TERM_OUT_OF_BOUNDS, {"type": Term.FEES, "value": 100_001}),
        (Reject.TERM_OUT_OF_BOUNDS, {"type": Term.FEES, "other_value": 100_001}),
        (Reject.TERM_OUT_OF_BOUNDS, {"type": Term.COLLAR}),  # it has no second value
        (Reject.TERM_OUT_OF_BOUNDS, {"type": Term.COLLAR, "value": -1, "other_value": 0}),
        (Reject.TERM_OUT_OF_BOUNDS, {"type": Term.COLLAR, "value": 10**6 + 1, "other_value": 0}),
        (Reject.TERM_OUT_OF_BOUNDS, {"type": Term.POSITION_MAX, "value": 0, "other_value": 0}),
        (
            Reject.TERM_OUT_OF_BOUNDS,
            {"type": Term.ORDER_MAX, "value": 10**12 + 1, "other_value": 0},
        ),
        (
            Reject.TERM_OUT_OF_BOUNDS,
            {"type": Term.FUNDING_CAP, "value": 10**18 + 1, "other_value": 0},
        ),
        (Reject.TERM_OUT_OF_BOUNDS, {"type": Term.TIER_BOUND, "value": 1, "other_value": 0}),
        (Reject.CHANGE_NOT_AHEAD, {"expire_us": 1}),
        (Reject.CHANGE_NOT_AHEAD, {"expire_us": -1}),
        (Reject.CHANGE_NOT_AHEAD, {"expire_us": TIME_MAX_US + 1}),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_is_different(reject, fields):
    """RULE-004"""
    desk = opened()
    before = desk.engine.digest()
    assert refusal(change(desk, Term.TIER, value=50_000, other=25_000)) == Reject.NONE
    desk = opened()
    usual = {"market_id": PERP, "type": Term.TIER, "value": 50_000, "other_value": 25_000}
    events = desk.do(CommandKind.CHANGE_TERMS, **{**usual, **fields})
    assert refusal(events) == reject
    assert desk.engine.digest() == before


def test_a_full_table_of_changes_refuses_one_more():
    """RULE-003, RULE-004: but takes one in the place of another."""
    made = setup()
    made.tiers = [tier(n * 10**6, 10_000 + n) for n in range(CHANGES_MAX + 1)]
    desk = Desk(changed(made, tier_count=CHANGES_MAX + 1))
    desk.index(80_000)
    soon = at(desk, HOUR_US)
    for number in range(CHANGES_MAX):
        events = change(desk, Term.TIER, 90_000, 5_000, number=number, expire_us=soon)
        assert refusal(events) == Reject.NONE
    last = {"number": CHANGES_MAX, "expire_us": soon}
    assert refusal(change(desk, Term.TIER, 90_000, 5_000, **last)) == Reject.TABLE_FULL
    assert refusal(change(desk, Term.TIER, 95_000, 5_000, number=7, expire_us=soon)) == Reject.NONE
    assert len(of(desk.wait(HOUR_US), EventKind.TERMS_CHANGED)) == CHANGES_MAX
    assert desk.engine.view.tiers[8].initial_ppm == 95_000


def test_an_expired_market_changes_no_more():
    """RULE-004"""
    desk = opened()
    desk.do(CommandKind.SETTLE_MARKET, market_id=PERP, price_subticks=80_000 * 10**10)
    assert refusal(change(desk, Term.TIER, 50_000, 25_000)) == Reject.MARKET_EXPIRED


def test_what_waits_is_kept_in_a_snapshot():
    """RULE-002: an engine that goes on from there changes at the same time, to the same digest."""
    desk = opened(warn_us=HOUR_US)
    change(desk, Term.TIER, 50_000, 25_000, expire_us=at(desk, 3 * HOUR_US))
    other = Engine.restore(desk.engine.snapshot())
    desk.time_us += 3 * HOUR_US
    desk.do(CommandKind.ADVANCE_TIME)
    command = Command(kind=CommandKind.ADVANCE_TIME, seq=desk.seq, time_us=desk.time_us)
    other.apply([command])
    assert other.view.tiers[1].initial_ppm == 50_000
    assert other.digest() == desk.engine.digest()
