"""After a close: parts that add up to the atom, and a score that does not ask what was won."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longshore.engine.codes import OrderType, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.state import position_slot
from longshore.practice.counterfactual.ending import worth_atoms
from longshore.practice.debrief.acts import ActKind, acts
from longshore.practice.debrief.keeping import kept, score
from longshore.practice.debrief.story import NoDebriefError, stories, story
from longshore.practice.plan import Plan
from longshore.venue.views import open_orders
from tests.explain.desk import PERP, RULEBOOK, Desk

MARKETS = {int(row.market_id): row for row in RULEBOOK.setup().markets}
DOLLAR = 10**8
SMALL = Decimal("0.05")


def quoted(desk, middle):
    """A book of two levels around a price."""
    desk.withdraw_quotes()
    desk.quote(str(middle - 10), str(middle + 10), "0.02")
    desk.quote(str(middle - 50), str(middle + 50), "20")


def trading(dollars="3000", leverage=10, middle=60_000):
    desk = Desk()
    quoted(desk, middle)
    trader = desk.account(dollars)
    if leverage:
        desk.leverage(trader, leverage)
    return desk, trader


steps = st.lists(
    st.tuples(
        st.sampled_from(["buy", "sell", "index", "hour"]),
        st.integers(1, 80),
        st.integers(56_000, 64_000),
    ),
    min_size=2,
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(steps, st.sampled_from([0, 3, 25]))
def test_the_parts_of_all_positions_are_what_the_account_gained_or_lost(taken, leverage):
    """UX-30: to the atom, for turned positions, partial closes, liquidations, either wallet."""
    desk, trader = trading(leverage=leverage)
    middle = 60_000
    for what, lots, price in taken:
        if what in ("buy", "sell"):
            desk.order(trader, what, str(Decimal(lots) / 1000))
            continue
        middle = price if what == "index" else middle
        desk.index("XBT", str(middle), seconds=3_600 if what == "hour" else 60)
        quoted(desk, middle)
    held = held_lots(desk, trader)
    if held:
        desk.order(trader, "sell" if held > 0 else "buy", str(Decimal(abs(held)) / 10_000))
    assert held_lots(desk, trader) == 0
    found = list(stories(desk.events_of(trader), trader, MARKETS))
    for each in found:
        assert each.parts.result_atoms == each.held.result_atoms + each.parts.others_atoms
        assert sum(atoms for _, atoms in each.parts.signed) == each.parts.result_atoms
    gained = worth_atoms(desk.view, desk.catalog, trader) - 3_000 * DOLLAR
    assert sum(each.parts.result_atoms for each in found) == gained


def held_lots(desk, trader):
    return int(desk.view.positions[position_slot(trader, 1)].qty_lots)


def planned(order_id, lots, *, long, loss=120, stop=59_000):
    return Plan(
        order_id=order_id,
        seq=order_id // 1_048_576,
        time_us=0,
        market_id=1,
        is_long=long,
        reason="trend",
        note="",
        stop_ticks=stop,
        loss_atoms=loss * DOLLAR,
        target_ticks=0,
        hold_us=1,
        lots=lots,
        entry_ticks=60_000,
    )


class Trade:
    """A planned trade of 0.05 BTC with its stop 1,000 away, and acts upon it."""

    def __init__(self, side):
        self.desk, self.trader = trading()
        self.side, self.way = side, 1 if side == "buy" else -1
        self.market = self.desk.catalog.market(PERP)
        self.stop = 60_000 - self.way * 1_000
        self.plans = [self._open(SMALL, plan=True)]

    def _open(self, size, *, plan):
        ticks = self.market.price_ticks(Decimal(self.stop))
        made = self.desk.order(
            self.trader, self.side, str(size), stop_ticks=ticks, signal=Signal.MARK
        )
        placed = next(e for e in made if e.kind == EventKind.ORDER_PLACED)
        lots = int(placed.qty_lots)
        stop = self.market.price_ticks(Decimal(self.stop))
        return planned(int(placed.order_id), lots, long=self.way > 0, stop=stop)

    def act(self, what):
        self.desk.time_us += 60_000_000
        if what == "add":
            self._open(SMALL, plan=False)
        elif what == "add planned":
            self.plans.append(self._open(SMALL, plan=True))
        elif what == "reduce":
            other = "sell" if self.way > 0 else "buy"
            self.desk.order(self.trader, other, "0.01", reduce_only=1)
        elif what in ("widen", "tighten"):
            self.stop += self.way * (-300 if what == "widen" else 200)
            self._amend()
        elif what == "remove":
            for order_id in self._stops():
                self.desk.run(CommandKind.CANCEL_ORDER, account_id=self.trader, order_id=order_id)

    def _amend(self):
        ticks = self.market.price_ticks(Decimal(self.stop))
        for order_id in self._stops():
            self.desk.run(
                CommandKind.AMEND_ORDER,
                account_id=self.trader,
                order_id=order_id,
                trigger_ticks=ticks,
            )

    def _stops(self):
        mine = open_orders(self.desk.view, self.trader)
        return [int(o.order_id) for o in mine if o.type == OrderType.STOP]

    def end(self, *, wins):
        """The price goes on its way, and the position is closed: by its stop, or by hand."""
        to = 60_000 + self.way * (1_500 if wins else -3_500)
        self.desk.time_us += 60_000_000
        quoted(self.desk, to)
        self.desk.index("XBT", str(to), seconds=60)
        held = held_lots(self.desk, self.trader)
        if held:
            size = str(Decimal(abs(held)) / 10_000)
            self.desk.order(self.trader, "sell" if held > 0 else "buy", size, reduce_only=1)
        assert held_lots(self.desk, self.trader) == 0

    def facts(self, read=True):
        [told] = stories(self.desk.events_of(self.trader), self.trader, MARKETS)
        return told, kept(told, self.plans, acts(told), read=read)


ACTS = ["add", "add planned", "reduce", "widen", "tighten", "remove"]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["buy", "sell"]),
    st.lists(st.sampled_from(ACTS), max_size=4),
    st.booleans(),
)
def test_mirrored_outcomes_give_the_same_score(side, done, read):
    """UX-34: the same acts, once in a market that rises and once in one that falls."""
    ended = []
    for wins in (True, False):
        trade = Trade(side)
        for act in done:
            trade.act(act)
        trade.end(wins=wins)
        ended.append(trade.facts(read))
    (won, facts), (lost, same) = ended
    assert won.parts.result_atoms > 0 > lost.parts.result_atoms
    assert facts == same
    assert score(facts) == score(same)


@pytest.mark.parametrize(
    ("done", "broken"),
    [
        ([], []),
        (["tighten", "reduce", "add planned"], []),
        (["widen"], ["stop"]),
        (["remove"], ["stop", "limit"]),
        (["add"], ["size"]),
        (["widen"] * 5, ["stop", "limit"]),
    ],
)
def test_each_fact_is_broken_by_its_own_act(done, broken):
    """UX-34: moving a stop away, taking it out, more size than planned, more at risk."""
    trade = Trade("buy")
    for act in done:
        trade.act(act)
    trade.end(wins=True)
    _, facts = trade.facts()
    assert [fact.key for fact in facts if not fact.kept] == broken


def test_without_a_plan_there_is_nothing_to_keep():
    """UX-34: a gain without a plan has no score but for having been looked at."""
    trade = Trade("sell")
    trade.plans = []
    trade.end(wins=True)
    _, facts = trade.facts()
    assert [fact.key for fact in facts if fact.kept] == ["debrief"]


def test_acts_are_what_was_done_in_its_order():
    """UX-30: with the stop before and after each."""
    trade = Trade("sell")
    for act in ("widen", "add", "reduce", "tighten"):
        trade.act(act)
    trade.end(wins=False)
    told, _ = trade.facts()
    found = acts(told)
    assert [each.kind for each in found] == [
        ActKind.OPENED,
        ActKind.WIDENED,
        ActKind.ADDED,
        ActKind.REDUCED,
        ActKind.TIGHTENED,
    ]
    widened = found[1]
    assert (widened.before_ticks, widened.stop_ticks) == (61_000, 61_300)
    assert not told.held.is_long


def test_a_stop_taken_out_to_close_by_hand_was_kept():
    """UX-34: all orders cancelled a moment before closing is closing."""
    trade = Trade("buy")
    trade.act("remove")
    trade.desk.order(trade.trader, "sell", str(SMALL), reduce_only=1)
    _, facts = trade.facts()
    assert [fact.key for fact in facts if not fact.kept] == []


def test_a_close_that_is_none_is_not_found():
    trade = Trade("buy")
    trade.end(wins=True)
    [told] = stories(trade.desk.events_of(trade.trader), trade.trader, MARKETS)
    events = trade.desk.events_of(trade.trader)
    assert story(events, trade.trader, MARKETS, told.key).key == told.key
    with pytest.raises(NoDebriefError):
        story(events, trade.trader, MARKETS, "1-0")
