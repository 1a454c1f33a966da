"""The lines of the autopsy: equity and required margin as the engine had them."""

import pytest

from longshore.engine.events import EventKind
from longshore.engine.margin import equity_atoms, maintenance_atoms
from longshore.engine.state import wallet_slot
from longshore.explain.course import MarkAt, RateFrom, Standing, course
from longshore.explain.episode import Episode
from tests.explain.desk import HOUR, SECOND
from tests.explain.test_liquidation import ticks_of
from tests.explain.test_risk import opened

ISOLATED = 3


def standing(desk, trader):
    """As the engine has it now."""
    wallet = wallet_slot(trader, ISOLATED)
    view = desk.view
    return Standing(desk.time_us, equity_atoms(view, wallet), maintenance_atoms(view, wallet))


def told(desk, trader, marks):
    view = desk.view
    episode = Episode(desk.events_of(trader), desk.catalog)
    sets = [e for e in desk.events if e.kind == EventKind.FUNDING_SET and e.market_id == 1]
    return course(episode, view, marks, [RateFrom(e.time_us, e.amount_atoms) for e in sets])


@pytest.mark.parametrize("side", ["buy", "sell"])
def test_the_course_is_what_the_engine_had_at_every_mark(side):
    """UX-32; MRGN-001, MRGN-002, FUND-005: also with funding accrued, paid, and a second fill."""
    desk, trader = opened(side, 10)
    desk.quote("60500", "60520", "1")
    marks, expected = [], []
    for step, minutes in enumerate([1, 30, 29, 61, 20, 7, 45, 3]):
        desk.index("XBT", 60_000 + 7 * step, seconds=minutes * 60)
        if step == 4:
            desk.order(trader, side, "0.01")
        marks.append(MarkAt(desk.time_us, desk.view.markets[1].mark_subticks))
        expected.append(standing(desk, trader))
    desk.withdraw_quotes()
    desk.index("XBT", ticks_of(desk, trader) + (-900 if side == "buy" else 900), seconds=1)
    assert desk.liquidated(trader)
    assert any(e.kind == EventKind.FUNDING_PAID and e.funding_atoms for e in desk.events)
    made = told(desk, trader, marks)
    assert made[: len(expected)] == expected
    start, end = made[len(expected) :]
    assert start.equity_atoms < start.maintenance_atoms
    assert end.time_us == start.time_us


def test_before_the_opening_and_after_the_trigger_there_is_no_line():
    """UX-32."""
    desk, trader = opened("buy", 10)
    mark = desk.view.markets[1].mark_subticks
    opening_us = desk.time_us
    desk.index("XBT", ticks_of(desk, trader) - 10, seconds=10)
    end_us = desk.time_us
    times = [opening_us - SECOND, opening_us, opening_us + SECOND, end_us, end_us + HOUR]
    made = told(desk, trader, [MarkAt(time_us, mark) for time_us in times])
    assert [each.time_us for each in made] == [*times[1:3], end_us, end_us]


def test_of_a_cross_wallet_only_what_events_state_is_told():
    """UX-32."""
    desk, trader = opened("buy", 0, dollars="400")
    marks = [MarkAt(desk.time_us, desk.view.markets[1].mark_subticks)]
    desk.index("XBT", ticks_of(desk, trader) - 800, seconds=10)
    made = told(desk, trader, marks)
    assert len(made) == 2
    assert all(each.time_us == desk.time_us for each in made)


def test_a_series_of_liquidations_is_one_course():
    """UX-32, LIQD-002: between a cure and the next fall the line goes on."""
    desk, trader = opened("buy", 10)
    marks, expected = [], []
    for _ in range(3):
        at = ticks_of(desk, trader)
        desk.quote(str(at - 30), str(at + 2000), "0.006")
        desk.index("XBT", at - 1, seconds=10)
        desk.withdraw_quotes()
        desk.index("XBT", at - 1, seconds=10)
        marks.append(MarkAt(desk.time_us, desk.view.markets[1].mark_subticks))
        expected.append(standing(desk, trader))
    made = told(desk, trader, marks)
    assert [each for each in made if each in expected] == expected[:-1]
    assert [each.time_us for each in made] == sorted(each.time_us for each in made)
