"""The steps of a liquidation ladder that close for good, and leaving it, a lot or two at a time."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarketState, Role, Side, Step, System, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.ledger import system_wallet
from longshore.engine.liquidation import (
    close_rest,
    cover,
    full,
    leave_ladder,
    report_step,
    socialise,
    unwind,
)
from longshore.engine.peaks import note_fund
from longshore.engine.state import balance_slot, wallet_slot
from longshore.engine.tasks import (
    TASK_LADDER,
    TASK_SHARE,
    push_task,
)
from tests.engine.desk import PERP, SECOND, USD
from tests.engine.test_ladder_edges import KEPT, NOW_US, OTHER, SHORT, WALLET, Ladder
from tests.engine.test_liquidation_unit import EVE, TICKS_MAX, Bare


@pytest.mark.parametrize(("lots", "limit"), [(1, 83_600), (-2, 84_200)])
def test_the_whole_at_the_price_that_leaves_nothing(lots, limit):
    """LIQD-005"""
    bare = Ladder(lots, 4_000_000, rung=3)
    bare.row.rung_place, bare.row.assign_after = 0, 4
    full(bare.state, WALLET, PERP)
    assert (bare.row.rung, bare.row.rung_place, bare.row.assign_after) == (4, PERP, 0)
    assert bare.steps() == [(PERP, Step.FULL, abs(lots), limit)]
    assert (bare.sent().role, bare.sent().qty_lots) == (Role.LIQUIDATION, abs(lots))


@pytest.mark.parametrize(
    ("lots", "state", "step", "again"),
    [
        (0, MarketState.ACTIVE, Step.COVERED, True),  # it is closed
        (1, MarketState.ACTIVE, Step.DONE, True),
        (1, MarketState.HALTED, Step.COVERED, True),
        (1, MarketState.ACTIVE, Step.COVERED, False),
    ],
)
def test_the_ladder_starts_over_when_a_position_is_done(lots, state, step, again):
    """LIQD-015, HALT-008"""
    bare = Ladder(lots, rung=5)
    bare.market.state, bare.state.match_left_lots = state, 5
    close_rest(bare.state, WALLET, step)
    assert (bare.row.rung, bare.row.rung_place) == ((1, 0) if again else (6, PERP))
    assert bare.state.match_left_lots == (0 if again else 5)


@pytest.mark.parametrize(
    "step", [Step.ASSIGN, Step.COVERED, Step.TAKEOVER, Step.SOCIALISE, Step.UNWIND]
)
def test_each_closing_step_is_its_own(step):
    """LIQD-007, LIQD-008, LIQD-009, LIQD-016, LIQD-022"""
    bare = Ladder(1, 1, rung=5)
    bare.quote(Side.BUY, 83_999)
    bare.other(-1)
    bare.state.accounts[OTHER + 1].assign_max_lots = 1
    bare.hold(0, 0, 10**6, who=OTHER + 1)
    close_rest(bare.state, WALLET, step)
    assert [taken for _, taken, _, _ in bare.steps()] == [step]


@pytest.mark.parametrize(("equity", "waits"), [(KEPT // 2, True), (KEPT // 2 - 1, False)])
def test_above_the_backstop_the_ladder_waits(equity, waits):
    """LIQD-021: half of maintenance margin is too much."""
    bare = Ladder(1, equity, rung=5, backstop_ppm=500_000, pause_us=5)
    bare.quote(Side.BUY, 83_999)
    close_rest(bare.state, WALLET, Step.COVERED)
    assert bare.row.paused_us == (NOW_US + 5 if waits else 0)
    assert len(bare.steps()) == (0 if waits else 1)


@pytest.mark.parametrize(
    ("lots", "step", "best", "mark_ppm", "limit"),
    [
        (1, Step.COVERED, 80_000, 0, 76_000),  # 5 % below the best
        (-1, Step.COVERED, 90_000, 0, 94_500),
        (1, Step.COVERED, 90_000, 0, 85_500),  # the mark does not count
        (1, Step.COVERED, 80_000, 10_000, 83_160),
        (1, Step.COVERED, 80_000, 1, 84_000),  # 83,999.9: up
        (1, Step.COVERED, 80_000, 100_000, 76_000),
        (-1, Step.COVERED, 90_000, 10_000, 84_840),
        (-1, Step.COVERED, 82_000, 100_000, 86_100),
        (1, Step.INSURANCE, 80_000, 0, 1),
        (-1, Step.INSURANCE, 90_000, 0, TICKS_MAX),
        (1, Step.TAKEOVER, 80_000, 0, 1),
        (-1, Step.TAKEOVER, 90_000, 0, TICKS_MAX),
    ],
)
def test_a_covered_close_by_its_step(lots, step, best, mark_ppm, limit):
    """LIQD-008, LIQD-010, LIQD-016: the price where nothing is left is guaranteed."""
    bare = Ladder(lots, 4_000_000, rung=5, cover_mark_ppm=mark_ppm)
    bare.quote(Side.BUY if lots > 0 else Side.SELL, best)
    cover(bare.state, WALLET, bare.market, bare.position, step)
    assert bare.row.rung == 6
    assert bare.steps() == [(PERP, step, 1, limit)]
    order = bare.sent()
    assert (order.price_ticks, order.qty_lots) == (limit, 1)
    assert order.role == (Role.TAKEN_OVER if step == Step.TAKEOVER else Role.COVERED)
    assert order.side == (Side.SELL if lots > 0 else Side.BUY)
    assert order.fund_id == (System.POOL if step == Step.COVERED else System.INSURANCE)
    assert order.guaranteed_ticks == (83_600 if lots > 0 else 84_400)


@pytest.mark.parametrize(
    ("step", "best", "fallen", "taken"),
    [
        (Step.COVERED, 0, False, False),  # nobody bids
        (Step.TAKEOVER, 0, False, False),
        (Step.COVERED, 83_000, True, True),  # the pool pays, and has no peak
        (Step.TAKEOVER, 83_000, True, False),
        (Step.INSURANCE, 83_000, True, False),
        (Step.INSURANCE, 83_000, False, True),
    ],
)
def test_a_close_that_nobody_covers_is_passed_over(step, best, fallen, taken):
    """LIQD-008, LIQD-025: the next step follows either way."""
    bare = Ladder(1, rung=5, fund_drop_ppm=300_000)
    if best:
        bare.quote(Side.BUY, best)
    for dollars in (100, 70 if fallen else 71):
        bare.pay_in(System.INSURANCE, dollars)
        note_fund(bare.state, USD)
    cover(bare.state, WALLET, bare.market, bare.position, step)
    assert bare.row.rung == 6
    assert len(bare.steps()) == len(bare.tasks()) == taken


@pytest.mark.parametrize(("lots", "limit"), [(1, 1), (-1, TICKS_MAX), (2, 1)])
def test_a_loss_to_be_shared_is_made_at_any_price(lots, limit):
    """LIQD-022"""
    bare = Ladder(lots, rung=5)
    socialise(bare.state, WALLET, bare.market, bare.position)
    assert (bare.row.rung, bare.row.loss_market_id) == (6, PERP)
    assert bare.steps() == [(PERP, Step.SOCIALISE, abs(lots), limit)]
    order = bare.sent()
    assert (order.role, order.price_ticks) == (Role.LIQUIDATION, limit)
    assert order.side == (Side.SELL if lots > 0 else Side.BUY)


@pytest.mark.parametrize(
    ("size", "theirs", "closed"), [(3, -2, 2), (2, -3, 2), (-3, 2, 2), (1, -1, 1)]
)
def test_unwinding_closes_as_much_as_both_have(size, theirs, closed):
    """LIQD-009"""
    bare = Ladder(size, 0, rung=6)
    other = bare.other(theirs)
    bare.market.open_lots = 3
    unwind(bare.state, WALLET, bare.market, bare.position)
    assert bare.steps() == [(PERP, Step.UNWIND, closed, 84_000)]
    way = 1 if size > 0 else -1
    assert (bare.position.qty_lots, other.qty_lots) == (size - way * closed, theirs + way * closed)
    assert bare.row.rung == 6


def test_unwinding_takes_the_leg_on_the_other_side():
    """LIQD-009, MODE-004: of an account that holds both."""
    bare = Ladder(2, 0, rung=6)
    bare.state.accounts[OTHER].hedged = bare.market.hedge_allowed = 1
    legs = [bare.other(5), bare.other(-1, place=SHORT)]
    bare.market.open_lots = 7
    unwind(bare.state, WALLET, bare.market, bare.position)
    assert bare.steps() == [(PERP, Step.UNWIND, 1, 84_000)]
    assert [leg.qty_lots for leg in legs] == [5, 0]


@pytest.mark.parametrize("step", list(Step))
def test_a_step_is_told_of_the_position_it_is_about(step):
    """LIQD-002: by parts the worst, else the one in hand."""
    bare = Ladder(2, rung=4)
    bare.row.rung_place = SECOND
    report_step(bare.state, WALLET, step, 3, 4)
    of = PERP if step in (Step.PARTIAL, Step.CUT_TIERS) else SECOND
    assert bare.steps() == [(of, step, 3, 4)]


@pytest.mark.parametrize(
    ("lots", "equity", "flag"), [(1, KEPT, 0), (0, 5, 1), (0, 0, 1), (0, -5, 1)]
)
def test_a_ladder_that_is_left(lots, equity, flag):
    """LIQD-011: what is lacking is borne; only of a wallet with nothing open."""
    bare = Ladder(lots, equity, rung=4)
    leave_ladder(bare.state, WALLET)
    (ended,) = bare.told(EventKind.LIQUIDATION_ENDED)
    assert (ended.flag, ended.expire_us, ended.equity_atoms) == (flag, 0, max(0, equity))
    row = bare.row
    assert (row.rung, row.rung_place, row.loss_market_id, bare.state.tasks_count) == (0, 0, 0, 0)
    borne = [e.amount_atoms for e in bare.told(EventKind.SHORTFALL_BORNE)]
    assert borne == ([-equity] if equity < 0 else [])


@pytest.mark.parametrize(
    ("lots", "market_id", "shares"),
    [(0, SECOND, True), (0, PERP, True), (0, 0, False), (1, PERP, False)],
)
def test_a_loss_is_shared_once_nothing_is_open(lots, market_id, shares):
    """LIQD-022: before anything else is done."""
    bare = Ladder(lots, -5, rung=4)
    bare.other(1, 83_000, place=market_id or PERP)
    bare.row.loss_market_id = market_id
    leave_ladder(bare.state, WALLET)
    assert bare.tasks() == ([TASK_SHARE] if shares else [])
    assert bare.row.loss_market_id == (market_id if shares else 0)
    assert len(bare.told(EventKind.LIQUIDATION_ENDED)) == (not shares)


@pytest.mark.parametrize(("lots", "left"), [(0, 0), (1, 700)])
def test_an_isolated_wallet_that_leaves_its_ladder(lots, left):
    """LIQD-014: what is in it goes home, or is the margin of what is still open."""
    bare = Bare()
    state, market = bare.state, bare.state.markets[SECOND]
    wallet = wallet_slot(EVE, WalletKind.ISOLATED + SECOND)
    position = bare.hold(lots, 84_000, 0, market=SECOND)
    position.isolated, position.margin_atoms = 1, 10_000
    state.wallets[wallet].rung = 4
    for each, atoms in ((wallet, 700), (WALLET, 50), (system_wallet(System.POOL), 9)):
        state.balances[balance_slot(each, USD)].amount_atoms = atoms
    push_task(state, TASK_LADDER, wallet)
    leave_ladder(state, wallet)
    assert position.margin_atoms == left
    assert state.balances[balance_slot(wallet, USD)].amount_atoms == left
    assert state.balances[balance_slot(WALLET, USD)].amount_atoms == 750 - left
    assert market.state == MarketState.ACTIVE
    assert state.wallets[wallet].rung == 0
