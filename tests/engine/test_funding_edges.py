"""When and what funding pays: intervals, cash times, rates, residues, one row a boundary."""

from __future__ import annotations

import pytest

from longshore.engine.codes import FundingPay, FundingPrice, MarketState, Reason, System
from longshore.engine.events import EventKind
from longshore.engine.funding import (
    cash_is_due,
    choose_interval,
    close_interval,
    lot_pays_parts,
    mean_of_samples_e18,
    next_rate_e18,
    paid_on_subticks,
    pay_funding,
    set_rate,
    step_funding,
    sweep_residue,
    sweep_whole_residue,
)
from longshore.engine.ledger import clearing_wallet, system_wallet
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.premiums import mean_premium_e18
from longshore.engine.rates import inverse_lot_parts, linear_lot_parts, mul_div_nearest
from longshore.engine.rows import Event, Market
from longshore.engine.state import State, balance_slot
from longshore.engine.tasks import TASK_FUNDING, push_task
from longshore.engine.timers import KIND_STEP, TIMER_FUNDING, first_timer
from tests.engine.desk import BTC, DOLLAR_SUBTICKS, HOUR_US, PERP, USD
from tests.engine.test_liquidation_unit import EVE, Bare

ACCRUED, AT_ONCE = FundingPay.ACCRUED, FundingPay.AT_ONCE
E18 = 10**18
NOW_US = 1_000 * HOUR_US
LOT_PARTS = 840_000_000 * 10**6  # a lot's value at 84,000 dollars in parts of an atom


def told(state: State, kind: EventKind) -> list[Event]:
    """The events of one kind."""
    rows = [state.events[at] for at in range(state.events_count)]
    return [row for row in rows if row.kind == kind]


@pytest.mark.parametrize(
    ("rate", "hours", "calm", "after", "then"),
    [
        (500, 8, 0, 3, (1, 0)),  # at the cap
        (-500, 8, 0, 3, (1, 0)),  # at the floor
        (499, 8, 0, 3, (8, 0)),
        (-499, 8, 0, 3, (8, 0)),
        (501, 8, 0, 3, (8, 0)),  # neither: terms may change between
        (499, 1, 0, 3, (1, 1)),  # the first calm one
        (499, 1, 1, 3, (1, 2)),
        (499, 1, 2, 3, (4, 0)),  # the third
        (500, 1, 2, 3, (1, 0)),  # a capped one begins the count anew
        (499, 1, 0, 1, (4, 0)),
        (499, 1, 5, 0, (1, 6)),  # never again long
        (499, 8, 0, 0, (8, 0)),
    ],
)
def test_an_interval_by_its_rate_and_the_calm_before(rate, hours, calm, after, then):
    """FUND-010: one hour from a capped rate on, four after so many calm ones."""
    state = Bare().state
    state.time_us = NOW_US + 1
    market = Market(
        market_id=PERP, rate_e18=rate, rate_cap_e18=500, rate_floor_e18=-500, funding_calm=calm,
        funding_calm_after=after, funding_interval_us=hours * HOUR_US, funding_short_us=HOUR_US,
        funding_long_us=4 * HOUR_US, funding_rate_e18=77,
    )  # fmt: skip
    choose_interval(state, market)
    assert (market.funding_interval_us // HOUR_US, market.funding_calm) == then
    sets = told(state, EventKind.FUNDING_INTERVAL_SET)
    next_us = NOW_US + market.funding_interval_us  # 1,000 hours are whole fours
    assert [(e.market_id, e.rate_e18, e.expire_us) for e in sets] == (
        [(PERP, 77, next_us)] if then[0] != hours else []
    )


@pytest.mark.parametrize(
    ("period", "at", "now", "due"),
    [
        (0, 3, 17, True),  # always
        (1, 0, 17, True),
        (10, 3, 13, True),
        (10, 3, 23, True),
        (10, 3, 14, False),
        (10, 3, 12, False),
        (10, 3, 17, False),
        (10, 3, 4, False),
    ],
)
def test_cash_moves_at_multiples_of_its_period(period, at, now, due):
    """FUND-011: counted from a time of day."""
    market = Market(funding_cash_us=period, funding_cash_at_us=at, funding_from_us=now)
    assert cash_is_due(market) == due


def perpetual(lot_parts: int = 0, **terms: int) -> Bare:
    """A mark and an index of 84,000, an interval of an hour that ends now."""
    bare = Bare()
    for name, value in {"funding_interval_us": HOUR_US, **terms}.items():
        setattr(bare.market, name, value)
    bare.state.time_us = NOW_US
    bare.state.assets[BTC].index_subticks = 84_000 * DOLLAR_SUBTICKS
    bare.market.funding_from_us, bare.market.funding_lot_parts = NOW_US - HOUR_US, lot_parts
    return bare


@pytest.mark.parametrize(
    ("pay", "lag", "before", "after", "index_parts"),
    [
        (ACCRUED, 0, 10**14, 10**14, 0),  # it is set when all have paid
        (ACCRUED, 1, 10**14, 10**14, 0),
        (AT_ONCE, 0, 10**14, 10**15, LOT_PARTS // 1_000),  # the rate of this interval
        (AT_ONCE, 1, 10**14, 10**14, LOT_PARTS // 10_000),  # of the one before
    ],
)
def test_the_end_of_an_interval_charges_its_rate(pay, lag, before, after, index_parts):
    """FUND-006, FUND-009: a premium of a tenth of a percent, after a rate of a tenth of that."""
    bare = perpetual(funding_pay=pay, funding_lag=lag, rate_interval_us=HOUR_US)
    market, state = bare.market, bare.state
    market.funding_rate_e18 = before
    market.premium_rest_e15, market.premium_weights = 2 * 10**12, 2
    close_interval(state, market)
    assert (market.funding_rate_e18, market.funding_index_parts) == (after, index_parts)
    assert (market.funding_from_us, market.funding_next_us) == (NOW_US, NOW_US + HOUR_US)
    assert [(state.tasks[at].kind, state.tasks[at].a) for at in range(state.tasks_count)] == [
        (TASK_FUNDING, PERP)
    ]
    assert market.funding_interval_us == HOUR_US


def test_an_interval_that_accrued_is_realised_to_its_end():
    """FUND-006"""
    bare = perpetual(lot_parts=7_000)
    close_interval(bare.state, bare.market)
    assert bare.market.funding_index_parts == 7_000
    bare = perpetual(lot_parts=7_000, state=MarketState.EXPIRED)
    close_interval(bare.state, bare.market)
    assert (bare.market.funding_index_parts, bare.state.tasks_count) == (0, 0)


def test_each_step_pays_one_account_both_its_legs():
    """FUND-006, MODE-004: nobody is passed over, and the last step sets the rate."""
    bare = perpetual(hedge_allowed=1)
    state, last = bare.state, EVE + 3
    state.accounts_count = last
    state.accounts[EVE + 1].hedged = 1
    for who, place, size in (
        (EVE, PERP, 1), (EVE + 1, PERP, 2), (EVE + 1, PERP + MARKETS_MAX, -3),
        (EVE + 2, PERP + MARKETS_MAX, -1), (last, PERP, -1),
    ):  # fmt: skip
        bare.hold(size, 84_000, 10**6, who=who, market=place)
    bare.market.funding_index_parts = 5 * 10**6  # five atoms a lot
    push_task(state, TASK_FUNDING, PERP)
    steps = []
    while state.tasks_count:
        before = state.events_count
        step_funding(state, state.tasks[0])
        rows = [state.events[at] for at in range(before, state.events_count)]
        paid = [e.funding_atoms for e in rows if e.kind == EventKind.FUNDING_PAID]
        steps.append((state.tasks[0].b, paid))
    assert steps == [(EVE, [-5]), (EVE + 1, [-10, 15]), (last, [5]), (last, [])]
    assert len(told(state, EventKind.FUNDING_SET)) == 1


@pytest.mark.parametrize(
    ("pay", "lag", "sets"), [(ACCRUED, 0, 1), (ACCRUED, 1, 1), (AT_ONCE, 0, 0), (AT_ONCE, 1, 1)]
)
def test_the_rate_to_come_is_set_after_the_payments_unless_it_was_before(pay, lag, sets):
    """FUND-009"""
    bare = perpetual(funding_pay=pay, funding_lag=lag)
    push_task(bare.state, TASK_FUNDING, PERP)
    step_funding(bare.state, bare.state.tasks[0])
    assert bare.state.tasks_count == 0
    assert len(told(bare.state, EventKind.FUNDING_SET)) == sets


@pytest.mark.parametrize(
    ("lots", "cash_us", "held", "paid"),
    [(0, 0, False, []), (1, 0, True, [-5]), (-1, 0, True, [5]), (1, 7 * HOUR_US, True, [])],
)
def test_a_position_pays_when_cash_is_due(lots, cash_us, held, paid):
    """FUND-006, FUND-011: five atoms a lot; no seven hours have passed."""
    bare = perpetual(funding_cash_us=cash_us)
    bare.hold(lots, 84_000, 10**6)
    bare.market.funding_index_parts = 5 * 10**6
    assert pay_funding(bare.state, EVE, PERP) == held
    assert [e.funding_atoms for e in told(bare.state, EventKind.FUNDING_PAID)] == paid
    assert (bare.state.dirty_first != 0) == held


@pytest.mark.parametrize(("weights", "least", "mean"), [(2, 0, 500), (2, 4, 250), (4, 2, 250)])
def test_the_mean_of_at_least_so_many_samples(weights, least, mean):
    """FUND-002: samples that add up to one millionth of a millionth."""
    market = Market(premium_rest_e15=1, premium_weights=weights, premium_samples_min=least)
    assert mean_of_samples_e18(market) == mean


@pytest.mark.parametrize(
    ("pay", "lag", "rate"),
    [(ACCRUED, 0, 10**14), (ACCRUED, 1, 10**14), (AT_ONCE, 0, 10**15), (AT_ONCE, 1, 10**14)],
)
def test_the_rate_of_the_interval_in_hand(pay, lag, rate):
    """FUND-009: set already, or what the samples make of it."""
    market = perpetual(funding_pay=pay, funding_lag=lag, rate_interval_us=HOUR_US).market
    market.funding_rate_e18 = 10**14
    market.premium_rest_e15, market.premium_weights = 2 * 10**12, 2
    assert next_rate_e18(market) == rate


@pytest.mark.parametrize(("price", "expected"), [(FundingPrice.INDEX, 5), (FundingPrice.MARK, 6)])
def test_the_price_that_is_charged_on(price, expected):
    """FUND-004"""
    bare = perpetual(funding_price=price)
    bare.state.assets[BTC].index_subticks, bare.market.mark_subticks = 5, 6
    assert paid_on_subticks(bare.state, bare.market) == expected


@pytest.mark.parametrize(
    ("factor", "rate", "price", "parts"),
    [
        (0, E18, 30, 3_000),  # 30 / 10 atoms
        (0, 10**15, 7, 0),
        (0, -1, 30, -1),
        (1, E18, 500, 2),  # a thousandth of a coin's atom in parts, / 500
        (600, E18 // 2, 7, 42_857),  # 85,714.3 / 2
    ],
)
def test_what_a_lot_pays_to_the_part(factor, rate, price, parts):
    """FUND-004, CONT-005: rounded down."""
    market = Market(inverse_factor=factor, value_divisor=10, atom_parts=1_000)
    assert lot_pays_parts(market, rate, price) == parts


@pytest.mark.parametrize(("pay", "accrues"), [(ACCRUED, LOT_PARTS // 10_000), (AT_ONCE, 0)])
def test_what_is_charged_at_once_does_not_accrue(pay, accrues):
    """FUND-004, FUND-009: told either way."""
    bare = perpetual(funding_pay=pay, rate_interval_us=HOUR_US)
    bare.market.premium_rest_e15, bare.market.premium_weights = 10**11, 1
    set_rate(bare.state, bare.market)
    assert bare.market.funding_lot_parts == accrues
    (event,) = told(bare.state, EventKind.FUNDING_SET)
    assert (event.rate_e18, event.amount_atoms) == (10**14, LOT_PARTS // 10_000)
    assert bare.market.premium_weights == bare.market.premium_rest_e15 == 0


@pytest.mark.parametrize(
    ("parts", "open_lots", "swept", "left"),
    [
        (2_500, 0, 2, 500),
        (2_500, 1, 0, 2_500),  # a contract is open
        (999, 0, 0, 999),
        (1_000, 0, 1, 0),
    ],
)
def test_whole_atoms_of_residue_are_swept(parts, open_lots, swept, left):
    """LEDG-006: a thousand parts an atom."""
    bare = Bare(atom_parts=1_000)
    state, market = bare.state, bare.market
    market.residue_parts, market.open_lots = parts, open_lots
    sweep_residue(state, market)
    assert market.residue_parts == left
    moved = [(e.amount_atoms, e.reason) for e in told(state, EventKind.TRANSFERRED)]
    assert moved == ([(swept, Reason.FUNDING_RESIDUE)] if swept else [])
    sweep_whole_residue(state, market)
    assert market.residue_parts == parts % 1_000
    slots = clearing_wallet(PERP), system_wallet(System.VENUE)
    balances = [state.balances[balance_slot(wallet, USD)].amount_atoms for wallet in slots]
    assert balances == [-(parts // 1_000), parts // 1_000]


@pytest.mark.parametrize(
    ("a", "b", "divisor", "nearest"),
    [(1, 1, 3, 0), (2, 1, 3, 1), (1, 1, 2, 1), (-1, 1, 2, -1), (1, -1, 2, -1), (-1, -1, 2, 1),
     (5, 1, 2, 3), (4, 1, 2, 2), (-7, 1, 4, -2), (0, 5, 2, 0), (5, 0, 2, 0)],
)  # fmt: skip
def test_halves_are_rounded_away_from_zero(a, b, divisor, nearest):
    """RATE-011"""
    assert mul_div_nearest(a, b, divisor) == nearest


def test_a_whole_rate_takes_the_whole_lot():
    """RATE-014: 100 % of a lot is the lot, to the part, linear and inverse."""
    assert linear_lot_parts(E18, 7 * 10**9, 10**3, 10**6) == 7 * 10**12
    assert inverse_lot_parts(E18, 10**6, E18, 10**6) == E18
    assert linear_lot_parts(E18, 7, 1, 1) == 7
    assert inverse_lot_parts(-E18, 3, 10, 1) == -3


@pytest.mark.parametrize(
    ("whole", "rest", "weights", "mean"),
    [
        (-1, 1, 1, 1_000 - E18),  # the least above -100 %
        (-1, 0, 1, -E18),
        (-1, 10**15 - 1, 1, -1_000),
        (0, 1, 1, 1_000),
        (0, 1, 1_001, 0),
        (-1, 10**15 - 1, 1_001, 0),  # toward zero
        (5, 0, 0, 0),
    ],
)
def test_a_mean_on_either_side_of_zero(whole, rest, weights, mean):
    """RATE-006"""
    assert mean_premium_e18(whole, rest, weights) == mean


@pytest.mark.parametrize(("short_us", "hours"), [(0, 8), (HOUR_US, 1)])
def test_only_a_rulebook_with_a_short_interval_shortens_it(short_us, hours):
    """FUND-010, TIME-002: a rate at its cap; the next end is set as a timer."""
    bare = perpetual(
        funding_interval_us=8 * HOUR_US, funding_short_us=short_us, funding_pay=AT_ONCE,
        rate_cap_e18=10**14, rate_floor_e18=-(10**14),
    )  # fmt: skip
    bare.market.premium_rest_e15, bare.market.premium_weights = 10**12, 1
    close_interval(bare.state, bare.market)
    assert bare.market.rate_e18 == 10**14
    assert bare.market.funding_interval_us == hours * HOUR_US
    node = bare.state.nodes[first_timer(bare.state)]
    assert node.key == bare.market.funding_next_us == NOW_US + hours * HOUR_US
    assert node.tie == TIMER_FUNDING * KIND_STEP + PERP
