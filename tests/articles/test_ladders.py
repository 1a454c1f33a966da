"""Article 07, the ladders of other rulebooks: closing by parts, pauses, tiers."""

from __future__ import annotations

import pytest

from longshore.engine.codes import Reject, Role, Step
from longshore.engine.events import EventKind
from longshore.engine.rows import Tier
from tests.articles.test_liquidation import opened, sides, steps
from tests.engine.desk import ATOMS, PERP, changed, lots, of, refusal, setup

SECOND_US = 1_000_000


def parts(**terms: int):
    """A desk whose ladder closes by parts under these terms; Eve falls below 82,420."""
    return opened(made=changed(setup(), **terms))


def test_only_large_positions_are_closed_by_parts():
    """LIQD-017: 1 BTC is worth no more than 82,400 dollars at that mark."""
    desk = parts(partial_above_atoms=82_400 * ATOMS)
    desk.buy("cat", lots(5), 82_300)
    assert steps(desk.index(82_400)) == [Step.CANCEL_ORDERS, Step.FULL]
    desk = parts(partial_above_atoms=82_400 * ATOMS - 1)
    desk.buy("cat", lots(5), 82_300)
    assert steps(desk.index(82_400))[:2] == [Step.CANCEL_ORDERS, Step.PARTIAL]


@pytest.mark.parametrize(("waited", "then"), [(30, Step.PARTIAL), (29, Step.FULL)])
def test_after_a_part_the_whole_follows_until_the_wallet_has_rested(waited, then):
    """LIQD-017: a fifth cures at 82,400; at 82,300 equity of 300 is below 336 again."""
    desk = parts(partial_ppm=200_000, partial_rest_us=30 * SECOND_US)
    desk.buy("cat", lots(5), 82_300)
    assert steps(desk.index(82_400)) == [Step.CANCEL_ORDERS, Step.PARTIAL]
    desk.wait(waited * SECOND_US)
    assert steps(desk.index(82_300))[:2] == [Step.CANCEL_ORDERS, then]


def test_a_ladder_with_a_pause_closes_one_part_at_a_time():
    """LIQD-018: a tenth loses 39 dollars; equity of 361 is below 378."""
    desk = parts(pause_us=SECOND_US)
    desk.buy("cat", lots(5), 82_010)
    events = desk.index(82_400)
    assert steps(events) == [Step.CANCEL_ORDERS, Step.PARTIAL]
    (ended,) = of(events, EventKind.LIQUIDATION_ENDED)
    assert (ended.flag, ended.expire_us) == (0, desk.time_us + SECOND_US)
    assert refusal(desk.buy("eve", 1, 82_000)) == Reject.INSUFFICIENT_MARGIN
    assert steps(desk.index(82_390)) == []
    assert steps(desk.wait(SECOND_US - 1)) == []
    assert steps(desk.wait(1)) == [Step.CANCEL_ORDERS, Step.PARTIAL]
    assert desk.position("eve").qty_lots == lots(0.81)


def test_a_wallet_that_recovers_in_the_pause_is_left_in_peace():
    """LIQD-018"""
    desk = parts(pause_us=SECOND_US)
    desk.buy("cat", lots(5), 82_010)
    desk.index(82_400)
    desk.deposit("eve", 500)
    assert steps(desk.wait(5 * SECOND_US)) == []
    assert desk.position("eve").qty_lots == lots(0.9)
    assert steps(desk.index(81_860))[:2] == [Step.CANCEL_ORDERS, Step.PARTIAL]


def test_what_does_not_fill_whole_does_not_wait():
    """LIQD-018, LIQD-004"""
    desk = parts(pause_us=SECOND_US)
    desk.buy("cat", lots(0.05), 82_010)
    assert steps(desk.index(82_400))[:3] == [Step.CANCEL_ORDERS, Step.PARTIAL, Step.FULL]


@pytest.mark.parametrize(("to_initial", "left"), [(0, 0.9), (1, 0.4)])
def test_parts_may_be_closed_until_equity_is_at_initial_margin(to_initial, left):
    """LIQD-019: at 0.5 BTC initial margin is 420 and equity 405, at 0.4 it is 336 and 406."""
    desk = parts(partial_to_initial=to_initial)
    desk.buy("cat", lots(5), 82_410)
    desk.index(82_400)
    assert desk.position("eve").qty_lots == lots(left)


def closed_by_parts(events):
    """Lots that were closed before the full step."""
    trades = of(events, EventKind.TRADED)
    return sum(e.qty_lots for e in trades if e.role == Role.PARTIAL_LIQUIDATION)


def cut_by(tiers, **fields):
    """84,000 dollars are in the third tier; the tiers begin at 50,000 and 70,000."""
    made = changed(setup(), cut_tiers=tiers, tier_count=3, **fields)
    rates = [(0, 10_000, 5_000), (50_000, 20_000, 10_000), (70_000, 40_000, 20_000)]
    made.tiers = [
        Tier(from_size=bound * ATOMS, initial_ppm=initial, maintenance_ppm=kept)
        for bound, initial, kept in rates
    ]
    made.ladder = [int(s) for s in (Step.CANCEL_ORDERS, Step.CUT_TIERS, Step.FULL, Step.UNWIND)]
    return opened(made=made)


@pytest.mark.parametrize(("tiers", "left"), [(1, 8_333), (2, 5_952), (3, 0)])
def test_a_position_is_cut_to_a_lower_tier(tiers, left):
    """LIQD-020"""
    desk = cut_by(tiers)
    desk.buy("cat", lots(5), 82_690)
    events = desk.index(82_700)
    taken = Step.CUT_TIERS if left else Step.FULL
    assert steps(events) == [Step.CANCEL_ORDERS, taken]
    assert desk.position("eve").qty_lots == left
    assert [qty for _, _, qty in sides(events, "eve", desk)] == [10_000 - left]
    assert of(events, EventKind.LIQUIDATION_STEP)[1].market_id == PERP


@pytest.mark.parametrize(
    ("whole", "offered", "price", "cut"),
    [
        (1, 1_667, 82_690, 1_667),
        (1, 1_666, 82_690, 0),
        (1, 1_667, 81_800, 0),
        (0, 1_666, 82_690, 1_666),
    ],
)
def test_a_cut_may_be_fill_or_kill(whole, offered, price, cut):
    """LIQD-020: 1,667 lots go, or none where one is lacking inside the band of one in a hundred."""
    desk = cut_by(1, cut_whole=whole)
    desk.buy("cat", offered, price)
    events = desk.index(82_700)
    wanted = [Step.CANCEL_ORDERS, Step.CUT_TIERS] + [Step.FULL] * (cut == 0)
    assert steps(events)[: len(wanted)] == wanted
    assert closed_by_parts(events) == cut


def test_a_cut_that_is_short_by_two_levels_is_none():
    """LIQD-020: levels add up, and what is beyond the limit does not."""
    for offered, cut in ((667, 1_667), (666, 0)):
        desk = cut_by(1, cut_whole=1)
        desk.buy("cat", 1_000, 82_690)
        desk.buy("bob", offered, 82_680)
        desk.buy("bob", lots(5), 70_000)
        events = desk.index(82_700)
        assert closed_by_parts(events) == cut
