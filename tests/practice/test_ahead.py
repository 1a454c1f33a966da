"""What a held position would come to at another price, later, at another funding rate."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longshore.engine.units import PPM
from longshore.explain.figures import figures
from longshore.explain.risk import liquidation
from longshore.practice.ahead import WHOLE, Ahead, Move
from tests.explain.desk import HOUR
from tests.explain.test_risk import mark_of, move_mark, opened


def with_funding():
    """A long for which a rate has been set: its market stood above the index for an hour."""
    desk, trader = opened("buy")
    desk.quote("60090", "60110")
    for _ in range(2):
        desk.index("XBT", "60000", seconds=3_600)
    assert mark_of(desk).funding_lot_parts > 0
    return desk, trader


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["buy", "sell"]), st.integers(-80_000, 80_000))
def test_what_is_told_of_a_price_is_what_the_engine_has_there(side, mark_ppm):
    """UX-14: the parts at another mark are those of the engine once the mark is there."""
    desk, trader = opened(side)
    digest = desk.engine.digest()
    there = Ahead(desk.view, trader, 1).at(Move(mark_ppm=mark_ppm))
    assert desk.engine.digest() == digest
    assert not there.closed
    move_mark(desk, there.mark_subticks)
    held = figures(desk.view, trader, 1)
    assert there.price_atoms == held.realised_atoms + held.pnl_atoms
    assert there.fees_atoms > held.fees_atoms


@pytest.mark.parametrize("side", ["buy", "sell"])
def test_what_is_told_of_a_price_past_liquidation_stops_where_the_engine_acts(side):
    """UX-14, LIQD-001: closed on the way, at the mark that is shown as the liquidation price."""
    desk, trader = opened(side)
    way = -1 if side == "buy" else 1
    shown = liquidation(desk.view, trader, 1).subticks
    ahead = Ahead(desk.view, trader, 1)
    there = ahead.at(Move(mark_ppm=way * 150_000))
    assert there.closed
    assert abs(there.mark_subticks - shown) <= 150_000 * mark_of(desk).mark_subticks // WHOLE + 1
    points = ahead.curve(Move())
    beyond = [ppm for ppm, point in points if point.closed]
    assert beyond
    assert all(way * ppm > 0 for ppm in beyond)
    assert len(beyond) < len(points) / 2


def test_time_costs_funding_and_the_rate_can_be_turned():
    """UX-14, FUND-004: hours at the rate of now, and the same times minus one."""
    desk, trader = with_funding()
    ahead = Ahead(desk.view, trader, 1)
    now = ahead.at(Move())
    held = figures(desk.view, trader, 1)
    assert now.funding_atoms == held.funding_atoms
    later = ahead.at(Move(after_us=24 * HOUR))
    assert abs(later.funding_atoms - now.funding_atoms - held.day_funding_atoms) <= 1
    turned = ahead.at(Move(after_us=24 * HOUR, funding_ppm=-PPM))
    assert abs(turned.funding_atoms + later.funding_atoms - 2 * now.funding_atoms) <= 1
    assert later.price_atoms == now.price_atoms
    assert later.after_us == 24 * HOUR


def test_funding_alone_can_close_a_position():
    """UX-14: the price stands still, and the time at which margin runs out is told."""
    desk, trader = with_funding()
    move = Move(after_us=30 * 24 * HOUR, funding_ppm=10 * PPM)
    there = Ahead(desk.view, trader, 1).at(move)
    assert there.closed
    assert 0 < there.after_us < move.after_us
