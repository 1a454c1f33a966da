"""Onto a liquidation ladder, up its rungs and closing by parts, on positions of a lot or two.

Eve bought at 84,000: a lot is worth 840,000,000 atoms, its maintenance margin is 4,200,000.
"""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarketKind, MarketState, OrderType, Role, Side, Step
from longshore.engine.events import EventKind
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.liquidation import (
    act_on_risk,
    cancel_orders,
    close_part,
    enter_ladder,
    is_cured,
    is_frozen,
    is_holding,
    pause,
    step_ladder,
    worst_market,
)
from longshore.engine.rows import Event, Order
from longshore.engine.state import balance_slot, position_slot, wallet_slot
from longshore.engine.tasks import (
    SWEEP_ADDING,
    SWEEP_WALLET,
    TASK_LADDER,
    TASK_MATCH,
    TASK_SWEEP,
    push_task,
)
from longshore.engine.timers import KIND_STEP, TIMER_WAKE, first_timer
from tests.engine.desk import DOLLAR_SUBTICKS, FLEX, LADDER, PERP, SECOND, USD
from tests.engine.test_liquidation_unit import EVE, Bare

WALLET = wallet_slot(EVE, FLEX)
VALUE, KEPT, ASKED = 840_000_000, 4_200_000, 8_400_000  # of one lot: worth, maintenance, initial
NOW_US = 7_000_000
OTHER = EVE + 1
SHORT = PERP + MARKETS_MAX


class Ladder(Bare):
    """Eve on her ladder, at a rung, with so many atoms of equity."""

    def __init__(self, lots: int = 1, equity: int = 0, rung: int = 1, **terms: int) -> None:
        super().__init__(**terms)
        self.row = self.state.wallets[WALLET]
        self.row.rung, self.row.rung_place = rung, PERP
        self.position = self.hold(lots, 84_000, 0)
        self.state.balances[balance_slot(WALLET, USD)].amount_atoms = equity
        self.state.time_us = NOW_US
        self.task = push_task(self.state, TASK_LADDER, WALLET)

    def told(self, kind: EventKind) -> list[Event]:
        """The events of one kind."""
        rows = [self.state.events[at] for at in range(self.state.events_count)]
        return [row for row in rows if row.kind == kind]

    def steps(self) -> list[tuple[int, int, int, int]]:
        """Market, step, size and limit of the steps taken."""
        of = self.told(EventKind.LIQUIDATION_STEP)
        return [(e.market_id, e.type, e.qty_lots, e.price_ticks) for e in of]

    def tasks(self) -> list[int]:
        """The kinds of the tasks on top of the ladder's own."""
        return [self.state.tasks[at].kind for at in range(1, self.state.tasks_count)]

    def sent(self) -> Order:
        """The order that is to be matched."""
        assert self.tasks() == [TASK_MATCH]
        return self.state.orders[self.state.tasks[1].a]

    def other(self, lots: int, entry: float = 84_000, who: int = OTHER, place: int = PERP):
        """Another account's position, with money behind it."""
        return self.hold(lots, entry, 10**6, who=who, market=place)

    def quote(self, side: Side, ticks: int) -> None:
        """The best level of a side."""
        self.state.levels[1].price_ticks = ticks
        setattr(self.market, "best_bid" if side == Side.BUY else "best_ask", 1)


@pytest.mark.parametrize("lots", [1, -1])
@pytest.mark.parametrize("place", [PERP, SECOND])
def test_one_lot_in_the_first_or_the_last_market_is_held(lots, place):
    """LIQD-002, LIQD-013: and it is the worst; an isolated one is another wallet's."""
    bare = Bare()
    assert (is_holding(bare.state, WALLET), worst_market(bare.state, WALLET)) == (False, 0)
    position = bare.hold(lots, 84_000, 0, market=place)
    assert (is_holding(bare.state, WALLET), worst_market(bare.state, WALLET)) == (True, place)
    position.isolated = 1
    assert (is_holding(bare.state, WALLET), worst_market(bare.state, WALLET)) == (False, 0)


def test_the_last_short_leg_is_held():
    """LIQD-013, MODE-004"""
    bare = Bare()
    bare.state.accounts[EVE].hedged = bare.state.markets[SECOND].hedge_allowed = 1
    bare.hold(-1, 84_000, 0, market=SECOND + MARKETS_MAX)
    assert is_holding(bare.state, WALLET)
    assert worst_market(bare.state, WALLET) == SECOND + MARKETS_MAX
    enter_ladder(bare.state, WALLET)
    assert bare.state.positions[position_slot(EVE, SECOND + MARKETS_MAX)].ladder_lots == 1


@pytest.mark.parametrize(
    ("first", "second", "halted", "worst"),
    [
        (1, 1, (), PERP),
        (1, 2, (), SECOND),
        (2, 1, (), PERP),
        (-1, 0, (), PERP),
        (2, 1, (PERP,), SECOND),
        (1, 2, (SECOND,), PERP),
        (1, 0, (PERP,), 0),
        (1, 1, (PERP, SECOND), 0),
        (0, 0, (PERP,), 0),
    ],
)
def test_the_worst_position_of_a_market_that_moves(first, second, halted, worst):
    """LIQD-004, PRIC-005, HALT-008: a wallet with nothing but frozen ones is frozen."""
    bare = Bare()
    bare.hold(first, 84_000, 0)
    bare.hold(second, 84_000, 0, market=SECOND)
    for market_id in halted:
        bare.state.markets[market_id].state = MarketState.HALTED
    assert worst_market(bare.state, WALLET) == worst
    assert is_frozen(bare.state, WALLET) == (worst == 0 and first + second != 0)


@pytest.mark.parametrize("market_id", [0, 4])
def test_only_markets_from_the_first_to_the_last_are_looked_at(market_id):
    """LIQD-013: three there are; rows before and after them are nobody's."""
    bare = Ladder(lots=0)
    row = bare.state.markets[market_id]
    row.kind, row.settle_asset_id = MarketKind.LINEAR_PERPETUAL, USD
    stray = bare.hold(1, 84_000, 0, market=market_id)
    assert (is_holding(bare.state, WALLET), worst_market(bare.state, WALLET)) == (False, 0)
    enter_ladder(bare.state, WALLET)
    assert stray.ladder_lots == 0


def test_a_position_without_margin_is_still_one():
    """LIQD-004: there is none on an entry at nothing."""
    bare = Bare()
    bare.hold(1, 0, 0)
    assert worst_market(bare.state, WALLET) == PERP


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("equity", [KEPT, KEPT - 1])
def test_a_wallet_at_risk_is_liquidated_below_maintenance_margin(equity, frozen):
    """LIQD-001, MRGN-009, PRIC-005: at it, orders that add risk end; frozen, it is left alone."""
    bare = Ladder(equity=equity, rung=0)
    bare.state.tasks_count = 0
    bare.market.state = MarketState.HALTED if frozen else MarketState.ACTIVE
    act_on_risk(bare.state, WALLET)
    kinds = [EventKind.LIQUIDATION_STARTED if equity < KEPT else EventKind.MARGIN_BREACHED]
    rows = [bare.state.events[at].kind for at in range(bare.state.events_count)]
    assert rows == ([] if frozen else kinds)
    top = bare.state.tasks[0]
    assert bare.state.tasks_count == (0 if frozen else 1)
    if not frozen and equity < KEPT:
        assert (top.kind, top.a) == (TASK_LADDER, WALLET)
    elif not frozen:
        assert (top.kind, top.a, top.b, top.c) == (TASK_SWEEP, EVE, WALLET, SWEEP_ADDING)
        assert bare.told(EventKind.MARGIN_BREACHED)[0].margin_atoms == ASKED


def test_a_wallet_enters_its_ladder_at_the_first_rung():
    """LIQD-002, LIQD-004: with the sizes it has, whatever an earlier walk left behind."""
    bare = Ladder(lots=-2, equity=5, rung=9)
    state, row = bare.state, bare.row
    row.rung_place, row.assign_after, state.match_left_lots = SECOND, 4, 5
    second = bare.hold(1, 84_000, 0, market=SECOND)
    state.balances[balance_slot(WALLET, USD)].amount_atoms = 5
    state.tasks_count = 0
    enter_ladder(state, WALLET)
    assert (row.rung, row.rung_place, row.assign_after, state.match_left_lots) == (1, 0, 0, 0)
    assert (bare.position.ladder_lots, second.ladder_lots) == (2, 1)
    assert (state.tasks[0].kind, state.tasks[0].a, state.tasks_count) == (TASK_LADDER, WALLET, 1)
    (event,) = bare.told(EventKind.LIQUIDATION_STARTED)
    assert (event.market_id, event.position_lots) == (PERP, -2)
    assert event.mark_subticks == 84_000 * DOLLAR_SUBTICKS
    assert (event.equity_atoms, event.margin_atoms) == (5, 3 * KEPT)


@pytest.mark.parametrize("rung", range(1, len(LADDER) + 1))
def test_each_rung_takes_its_step(rung):
    """LIQD-002: somebody bids below the mark, somebody is short, nobody provides."""
    bare = Ladder(equity=1, rung=rung)
    bare.row.rung_place = 0
    bare.position.ladder_lots = 1
    bare.quote(Side.BUY, 83_999)
    bare.other(-1)
    step_ladder(bare.state, bare.task)
    taken = [step for _, step, _, _ in bare.steps()]
    assert taken == ([] if LADDER[rung - 1] == Step.ASSIGN else [LADDER[rung - 1]])
    assert bare.told(EventKind.LIQUIDATION_ENDED) == []
    closes = LADDER[rung - 1] in (Step.FULL, Step.ASSIGN, Step.COVERED, Step.UNWIND)
    assert bare.row.rung_place == (PERP if closes else 0)


@pytest.mark.parametrize(
    ("lots", "equity", "rung", "to_initial", "ends"),
    [
        (1, KEPT, 1, 0, True),  # cured
        (1, KEPT - 1, 1, 0, False),
        (1, KEPT, 2, 1, False),  # by parts, until initial margin is reached
        (1, ASKED - 1, 2, 1, False),
        (1, ASKED, 2, 1, True),
        (1, KEPT, 3, 1, True),  # that is for the partial steps alone
        (1, KEPT, 2, 0, True),
        (0, -5, 1, 0, True),  # nothing is open
    ],
)
def test_a_cured_wallet_leaves_at_any_rung(lots, equity, rung, to_initial, ends):
    """LIQD-002, LIQD-019"""
    bare = Ladder(lots, equity, rung, partial_to_initial=to_initial)
    bare.position.ladder_lots = lots
    if lots:
        cured = is_cured(bare.state, WALLET, LADDER[rung - 1] == Step.PARTIAL, bare.market)
        assert cured == ends
    step_ladder(bare.state, bare.task)
    assert len(bare.told(EventKind.LIQUIDATION_ENDED)) == ends
    assert (bare.row.rung == 0) == ends


def test_orders_end_first():
    """LIQD-003: of the wallet; the step has no size and no price."""
    bare = Ladder(rung=1)
    cancel_orders(bare.state, WALLET)
    assert bare.row.rung == 2
    assert bare.steps() == [(PERP, Step.CANCEL_ORDERS, 0, 0)]
    top = bare.state.tasks[1]
    assert (top.kind, top.a, top.b, top.c) == (TASK_SWEEP, EVE, WALLET, SWEEP_WALLET)


@pytest.mark.parametrize(
    ("lots", "equity", "limit"),
    [
        (1, 10_000_000, 83_160),  # the band of 1 %; nothing is left at 83,000
        (1, 4_000_000, 83_600),  # nothing is left at 83,600
        (-1, 10_000_000, 84_840),
        (-1, 4_000_000, 84_400),
    ],
)
def test_a_part_goes_no_further_than_band_and_zero_equity(lots, equity, limit):
    """LIQD-004: the nearer of the two to the mark."""
    bare = Ladder(lots, equity, rung=2)
    bare.position.ladder_lots = 1
    close_part(bare.state, WALLET, PERP, Step.PARTIAL)
    assert bare.steps() == [(PERP, Step.PARTIAL, 1, limit)]
    order = bare.sent()
    assert order.side == (Side.SELL if lots > 0 else Side.BUY)
    assert (order.price_ticks, order.qty_lots) == (limit, 1)
    assert (order.type, order.role) == (OrderType.LIQUIDATION, Role.PARTIAL_LIQUIDATION)
    assert (bare.row.rung, bare.row.partial_us) == (2, NOW_US)


@pytest.mark.parametrize(
    ("step", "left", "last_us", "pause_us", "then"),
    [
        (Step.PARTIAL, 0, 0, 5, "order"),
        (Step.PARTIAL, 0, NOW_US, 0, "order"),
        (Step.PARTIAL, 0, NOW_US, 5, "pause"),  # one part of an instant
        (Step.PARTIAL, 1, NOW_US, 5, "next"),  # that did not fill whole
        (Step.PARTIAL, 1, 0, 0, "next"),
        (Step.CUT_TIERS, 0, NOW_US, 5, "order"),  # a cut does not wait
        (Step.CUT_TIERS, 1, 0, 0, "next"),
    ],
)
def test_after_a_part(step, left, last_us, pause_us, then):
    """LIQD-004, LIQD-018, LIQD-020: another, a pause, or the next step."""
    bare = Ladder(rung=2, pause_us=pause_us, cut_tiers=1)
    bare.state.tiers[2].from_size = 1
    bare.position.ladder_lots = 1
    bare.row.partial_us, bare.state.match_left_lots = last_us, left
    close_part(bare.state, WALLET, PERP, step)
    assert bare.state.match_left_lots == 0
    assert bare.row.rung == {"order": 2, "pause": 0, "next": 3}[then]
    assert bare.row.paused_us == (NOW_US + 5 if then == "pause" else 0)
    assert bare.tasks() == ([TASK_MATCH] if then == "order" else [])
    taken = NOW_US if then == "order" and step == Step.PARTIAL else last_us
    assert bare.row.partial_us == taken


def test_a_position_too_low_to_be_cut_goes_to_the_next_step():
    """LIQD-020: it is in the second tier, and three are asked for."""
    bare = Ladder(rung=2, cut_tiers=3)
    bare.state.tiers[2].from_size = 1
    close_part(bare.state, WALLET, PERP, Step.CUT_TIERS)
    assert (bare.row.rung, bare.tasks(), bare.steps()) == (3, [], [])


def test_a_pause_ends_by_a_timer():
    """LIQD-018"""
    bare = Ladder(rung=2, pause_us=5)
    pause(bare.state, WALLET, bare.market)
    node = bare.state.nodes[first_timer(bare.state)]
    assert (node.key, node.tie) == (NOW_US + 5, TIMER_WAKE * KIND_STEP + WALLET)
    assert bare.row.paused_us == NOW_US + 5
    (ended,) = bare.told(EventKind.LIQUIDATION_ENDED)
    assert (ended.flag, ended.expire_us) == (0, NOW_US + 5)
    assert (bare.row.rung, bare.row.rung_place, bare.state.tasks_count) == (0, 0, 0)
