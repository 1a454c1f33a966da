"""Article 18: the venue goes down for maintenance, and comes up again."""

from __future__ import annotations

from itertools import pairwise

import pytest

from longshore.engine.codes import MarketState, OrderType, Origin, Phase, Reason, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.limits import DOWNTIMES_MAX, TIME_MAX_US
from longshore.engine.rows import Event
from longshore.engine.snapshot import Snapshot
from tests.engine.desk import (
    ATOMS,
    CASH,
    FLEX,
    HOUR_US,
    PERP,
    SECOND,
    SPOT,
    START_US,
    USD,
    Desk,
    changed,
    lots,
    of,
    placed,
    refusal,
    setup,
)

MINUTE_US = HOUR_US // 60
MARKETS = (PERP, SPOT, SECOND)
ACTIVE, POST_ONLY, CANCEL_ONLY, HALTED, EXPIRED, AUCTION = MarketState


def opened(**terms: int) -> Desk:
    """Ann and Bob with ten thousand dollars, Cat rich; index 80,000, sampled once a minute."""
    desk = Desk(changed(setup(), sample_us=MINUTE_US, **terms))
    for name, dollars in (("ann", 10_000), ("bob", 10_000), ("cat", 10**6)):
        desk.person(name, dollars)
    desk.index(80_000)
    return desk


def plan(desk: Desk, ahead_min: float = 10, length_min: float = 30, **fields: int) -> list[Event]:
    """Closing five minutes before it is down, opening for ten after."""
    down_us = desk.time_us + round(ahead_min * MINUTE_US)
    usual = {
        "value": down_us,
        "expire_us": down_us + round(length_min * MINUTE_US),
        "other_value": 5 * MINUTE_US,
        "number": 10 * MINUTE_US,
    }
    return desk.do(CommandKind.PLAN_DOWNTIME, origin=Origin.OPERATOR, **usual | fields)


def call_off(desk: Desk, number: int) -> list[Event]:
    return desk.do(CommandKind.CALL_OFF_DOWNTIME, origin=Origin.OPERATOR, value=number)


def pass_min(desk: Desk, minutes: float) -> list[Event]:
    return desk.wait(round(minutes * MINUTE_US))


def down(desk: Desk) -> int:
    """The venue is down now; the number of its downtime."""
    (event,) = of(plan(desk), EventKind.DOWNTIME_SET)
    pass_min(desk, 10)
    assert states(desk) == {HALTED}
    return event.type


def states(desk: Desk) -> set[int]:
    return {desk.engine.view.markets[each].state for each in MARKETS}


def phases(events: list[Event]) -> list[Phase]:
    return [Phase(event.flag) for event in of(events, EventKind.DOWNTIME_SET)]


def set_state(desk: Desk, state: int, market: int = PERP) -> list[Event]:
    return desk.do(CommandKind.SET_MARKET_STATE, market_id=market, value=state)


def test_the_course_of_a_downtime():
    """DOWN-001: announced, closing, down, opening, over; each told with its times."""
    desk = opened()
    start_us = desk.time_us
    (told,) = of(plan(desk), EventKind.DOWNTIME_SET)
    assert (told.type, told.flag) == (desk.seq, Phase.ANNOUNCED)
    assert told.value_atoms == start_us + 10 * MINUTE_US
    assert told.amount_atoms == start_us + 40 * MINUTE_US
    assert told.expire_us == start_us + 5 * MINUTE_US
    assert phases(pass_min(desk, 4.9)) == []
    assert states(desk) == {ACTIVE}
    for minutes, phase, state in (
        (0.1, Phase.CLOSING, CANCEL_ONLY),
        (5, Phase.DOWN, HALTED),
        (30, Phase.OPENING, POST_ONLY),
        (10, Phase.OVER, ACTIVE),
    ):
        events = pass_min(desk, minutes)
        assert phases(events) == [phase]
        assert {event.time_us for event in of(events, EventKind.DOWNTIME_SET)} == {desk.time_us}
        assert states(desk) == {state}
    assert phases(pass_min(desk, 600)) == []


def test_one_jump_over_all_of_it_is_the_same():
    """DOWN-001, TIME-001: at its own microseconds, however far the next command is."""
    desk = opened()
    plan(desk)
    events = pass_min(desk, 600)
    assert phases(events) == [Phase.CLOSING, Phase.DOWN, Phase.OPENING, Phase.OVER]
    times = [event.time_us for event in of(events, EventKind.DOWNTIME_SET)]
    assert [(b - a) // MINUTE_US for a, b in pairwise(times)] == [5, 30, 10]


def test_phases_of_no_length_are_left_out():
    """DOWN-001"""
    desk = opened()
    plan(desk, other_value=0, number=0)
    assert phases(pass_min(desk, 600)) == [Phase.DOWN, Phase.OVER]


def test_it_may_begin_at_once():
    """DOWN-001: from 0 means now, after the closing."""
    desk = opened()
    assert phases(plan(desk, value=0)) == [Phase.ANNOUNCED, Phase.CLOSING]
    assert phases(pass_min(desk, 5)) == [Phase.DOWN]
    other = opened()
    assert phases(plan(other, value=0, other_value=0)) == [Phase.ANNOUNCED, Phase.DOWN]
    assert states(other) == {HALTED}


def test_its_place_among_what_is_due_at_one_moment():
    """DOWN-001: after a dead man's switch of that time, before an order's own end."""
    desk = opened()
    ends_us = desk.time_us + 10 * MINUTE_US
    lasting = placed(desk.buy("ann", 1, 70_000, expire_us=ends_us))
    desk.do(
        CommandKind.CANCEL_ALL_AFTER, account_id=desk.people["bob"], value=ends_us - desk.time_us
    )
    switched = placed(desk.buy("bob", 1, 70_000))
    plan(desk)
    events = pass_min(desk, 10)
    kinds = (EventKind.ORDER_ENDED, EventKind.DOWNTIME_SET)
    course = [(e.order_id, e.time_us == ends_us) for e in events if e.kind in kinds]
    assert course == [(0, False), (switched, True), (0, True), (lasting, True)]


@pytest.mark.parametrize(
    ("fields", "reject"),
    [
        ({"other_value": -1}, Reject.BAD_VALUE),
        ({"number": -1}, Reject.BAD_VALUE),
        ({"value": -1}, Reject.BAD_VALUE),
        ({"expire_us": -1}, Reject.BAD_VALUE),
        ({"value": TIME_MAX_US + 1}, Reject.BAD_VALUE),
        ({"other_value": TIME_MAX_US + 1}, Reject.BAD_VALUE),
        ({"number": TIME_MAX_US + 1}, Reject.BAD_VALUE),
        ({"expire_us": TIME_MAX_US}, Reject.BAD_VALUE),
        ({"expire_us": TIME_MAX_US + 1, "number": 0}, Reject.BAD_VALUE),
        ({"other_value": 10 * MINUTE_US + 1}, Reject.CHANGE_NOT_AHEAD),
        ({"value": 1}, Reject.CHANGE_NOT_AHEAD),
    ],
)
def test_what_cannot_be_planned(fields, reject):
    """DOWN-002"""
    desk = opened()
    assert refusal(plan(desk, **fields)) == reject
    assert phases(pass_min(desk, 100)) == []


def test_it_ends_after_it_begins():
    """DOWN-002"""
    desk = opened()
    at_us = desk.time_us + 10 * MINUTE_US
    assert refusal(plan(desk, expire_us=at_us)) == Reject.BAD_VALUE
    assert refusal(plan(desk, expire_us=at_us + 1)) == Reject.NONE


def test_two_do_not_meet():
    """DOWN-002: nor touch; a microsecond between them is enough."""
    desk = opened()
    plan(desk, 100, 30)  # from 95 to 140 minutes
    assert refusal(plan(desk, 145, 5)) == Reject.DOWNTIMES_OVERLAP
    assert refusal(plan(desk, 75, 10)) == Reject.DOWNTIMES_OVERLAP
    assert refusal(plan(desk, 110, 5)) == Reject.DOWNTIMES_OVERLAP
    assert refusal(plan(desk, 50, 200)) == Reject.DOWNTIMES_OVERLAP
    assert refusal(plan(desk, 146, 5)) == Reject.NONE
    just_before = {"number": 10 * MINUTE_US - 1}
    assert refusal(plan(desk, 75, 10, **just_before)) == Reject.NONE


def test_eight_may_be_planned():
    """DOWN-002"""
    desk = opened()
    for each in range(1, DOWNTIMES_MAX + 1):
        assert refusal(plan(desk, 100 * each)) == Reject.NONE
    assert refusal(plan(desk, 100 * (DOWNTIMES_MAX + 1))) == Reject.TABLE_FULL
    pass_min(desk, 145)
    assert refusal(plan(desk, 100 * (DOWNTIMES_MAX + 1))) == Reject.NONE


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        (ACTIVE, [CANCEL_ONLY, HALTED, POST_ONLY]),
        (POST_ONLY, [CANCEL_ONLY, HALTED, POST_ONLY]),
        (AUCTION, [CANCEL_ONLY, HALTED, AUCTION]),
        (CANCEL_ONLY, [CANCEL_ONLY, HALTED, CANCEL_ONLY]),
        (HALTED, [HALTED, HALTED, HALTED]),
    ],
)
def test_a_market_shows_the_stricter_state(own, shown):
    """DOWN-003: set before or meanwhile, its own state is there afterwards."""
    for meanwhile in (False, True):
        desk = opened()
        plan(desk)
        if not meanwhile:
            set_state(desk, own)
        seen = []
        for minutes in (5, 5, 30):
            pass_min(desk, minutes)
            if meanwhile:
                set_state(desk, own)
            seen.append(desk.engine.view.markets[PERP].state)
        assert seen == shown
        pass_min(desk, 10)
        assert desk.engine.view.markets[PERP].state == own
        assert desk.engine.view.markets[SPOT].state == ACTIVE


def test_a_halt_runs_on_beneath():
    """DOWN-003, HALT-004, HALT-006: an auction ends meanwhile; the book is crossed as it opens."""
    desk = opened(auction_us=20 * MINUTE_US, halt_window_us=MINUTE_US, halt_move_ppm=10**6)
    set_state(desk, AUCTION)
    desk.sell("bob", lots(0.1), 79_990)
    desk.buy("ann", lots(0.1), 80_010)
    plan(desk)
    pass_min(desk, 10)
    assert of(pass_min(desk, 29), EventKind.FILLED) == []
    assert len(of(pass_min(desk, 1), EventKind.FILLED)) == 1
    assert states(desk) == {POST_ONLY}
    pass_min(desk, 10)
    assert states(desk) == {ACTIVE}


def test_a_listing_comes_beneath():
    """DOWN-003, LIFE-010: a market that would have opened meanwhile is open afterwards."""
    made = changed(setup(), sample_us=MINUTE_US)
    desk = Desk(changed(made, SECOND, listed_us=START_US + 20 * MINUTE_US))
    plan(desk)
    pass_min(desk, 25)
    assert desk.engine.view.markets[SECOND].state == HALTED
    pass_min(desk, 30)
    assert desk.engine.view.markets[SECOND].state == ACTIVE


def test_nothing_is_taken_while_it_is_down():
    """DOWN-004: by this name, whatever is asked for and whatever else is wrong with it."""
    desk = opened()
    order_id = placed(desk.buy("ann", 1, 70_000))
    down(desk)
    ann = desk.people["ann"]
    money = {"asset_id": USD, "amount_atoms": ATOMS}
    asked = [
        desk.buy("ann", 1, 70_000),
        desk.buy("ann", 1, 70_000, type=OrderType.POST_ONLY),
        desk.buy("ann", -1),
        desk.cancel("ann", order_id),
        desk.cancel("ann", 99),
        desk.do(CommandKind.AMEND_ORDER, account_id=ann, order_id=order_id, price_ticks=70_001),
        desk.do(CommandKind.CANCEL_ALL, account_id=ann),
        desk.do(CommandKind.CANCEL_ALL_AFTER, account_id=ann, value=MINUTE_US),
        desk.isolate("ann", 5),
        desk.do(CommandKind.TRANSFER, account_id=ann, from_wallet=FLEX, to_wallet=CASH, **money),
        desk.do(CommandKind.WITHDRAW, account_id=ann, from_wallet=FLEX, **money),
    ]
    assert {refusal(events) for events in asked} == {Reject.VENUE_IN_MAINTENANCE}
    assert {events[0].expire_us for events in asked} == {desk.time_us + 30 * MINUTE_US}
    late = desk.time_us - 1
    fields = {"account_id": ann, "order_id": order_id, "before_us": late}
    assert refusal(desk.do(CommandKind.CANCEL_ORDER, **fields)) == Reject.TOO_LATE


def test_the_operator_acts_while_it_is_down():
    """DOWN-004: cancels, pays in."""
    desk = opened()
    order_id = placed(desk.buy("ann", 1, 70_000))
    down(desk)
    ann = {"account_id": desk.people["ann"], "origin": Origin.OPERATOR}
    assert refusal(desk.do(CommandKind.CANCEL_ORDER, order_id=order_id, **ann)) == Reject.NONE
    paid = {"asset_id": USD, "amount_atoms": ATOMS, "to_wallet": FLEX}
    assert refusal(desk.do(CommandKind.DEPOSIT, **paid, **ann)) == Reject.NONE


def test_what_is_taken_while_it_closes_and_opens():
    """DOWN-003, ORDR-014"""
    desk = opened()
    first, second = (placed(desk.buy("ann", 1, 70_000)) for _ in range(2))
    plan(desk)
    pass_min(desk, 5)
    assert refusal(desk.buy("ann", 1, 70_000)) == Reject.MARKET_CANCEL_ONLY
    assert refusal(desk.cancel("ann", first)) == Reject.NONE
    pass_min(desk, 35)
    assert refusal(desk.buy("ann", 1, 70_000)) == Reject.MARKET_POST_ONLY
    assert refusal(desk.buy("ann", 1, 70_000, type=OrderType.POST_ONLY)) == Reject.NONE
    assert refusal(desk.cancel("ann", second)) == Reject.NONE


def test_what_goes_on_while_it_is_down():
    """DOWN-004: marks, funding, orders that end by time; what rests is there afterwards."""
    desk = opened()
    desk.sell("cat", lots(1), 80_800)
    desk.trade("ann", "cat", lots(0.1), 80_500)
    resting = placed(desk.buy("bob", lots(1), 79_000))
    ends_us = desk.time_us + 20 * MINUTE_US
    ending = placed(desk.buy("bob", 1, 70_000, expire_us=ends_us))
    plan(desk, length_min=120)
    pass_min(desk, 10)
    before = desk.engine.view.markets[PERP].mark_subticks
    events = desk.index(80_300)
    assert of(events, EventKind.MARK_CHANGED)
    assert desk.engine.view.markets[PERP].mark_subticks > before
    events = pass_min(desk, 119)
    assert len(of(events, EventKind.FUNDING_SET)) == 4  # two markets, two hours
    assert len(of(events, EventKind.FUNDING_PAID)) >= 2
    gone = [(e.order_id, e.reason) for e in of(events, EventKind.ORDER_ENDED)]
    assert gone == [(ending, Reason.EXPIRED)]
    assert [order.order_id for order in desk.orders("bob")] == [resting]
    assert states(desk) == {HALTED}


def test_nobody_is_liquidated_until_it_is_over():
    """DOWN-005, LIQD-001: while it closes, is down and opens; then at once, by the mark of then."""
    desk = opened()
    desk.trade("ann", "cat", lots(1), 80_000)
    plan(desk)
    pass_min(desk, 5)
    desk.checking = False  # the wallet stays below its margin for as long as it is frozen
    for minutes in (5, 30, 9.9):
        events = [*desk.index(70_200), *pass_min(desk, minutes)]
        assert desk.equity("ann") < desk.maintenance("ann")
        assert of(events, EventKind.LIQUIDATION_STARTED) == []
    events = pass_min(desk, 0.1)
    (started,) = of(events, EventKind.LIQUIDATION_STARTED)
    assert (started.account_id, started.time_us) == (desk.people["ann"], desk.time_us)


def test_who_is_safe_again_when_it_is_over_is_left_alone():
    """DOWN-005"""
    desk = opened()
    desk.trade("ann", "cat", lots(1), 80_000)
    plan(desk)
    pass_min(desk, 10)
    desk.checking = False
    desk.index(70_200)
    pass_min(desk, 20)
    desk.index(80_000)
    events = pass_min(desk, 60)
    assert phases(events)[-1] == Phase.OVER
    assert of(events, EventKind.LIQUIDATION_STARTED) == []


@pytest.mark.parametrize("minutes", [1, 6])
def test_called_off_before_it_is_down(minutes):
    """DOWN-006: announced or closing, it will not be."""
    desk = opened()
    (told,) = of(plan(desk), EventKind.DOWNTIME_SET)
    pass_min(desk, minutes)
    assert phases(call_off(desk, told.type)) == [Phase.CALLED_OFF]
    assert states(desk) == {ACTIVE}
    assert phases(pass_min(desk, 600)) == []


def test_called_off_while_it_is_down_and_while_it_opens():
    """DOWN-006: it opens now, for as long as planned; it is over now."""
    desk = opened()
    number = down(desk)
    pass_min(desk, 7)
    assert phases(call_off(desk, number)) == [Phase.OPENING]
    assert states(desk) == {POST_ONLY}
    assert phases(pass_min(desk, 9.9)) == []
    assert phases(pass_min(desk, 0.1)) == [Phase.OVER]
    number = down(desk)
    pass_min(desk, 31)
    assert phases(call_off(desk, number)) == [Phase.OVER]
    assert states(desk) == {ACTIVE}


@pytest.mark.parametrize(("minutes", "shown"), [(6, CANCEL_ONLY), (11, HALTED), (41, POST_ONLY)])
def test_calling_off_a_later_one_ends_nothing_that_is_under_way(minutes, shown):
    """DOWN-003, DOWN-006: what is not under way holds no market, and lets none go."""
    desk = opened()
    plan(desk)
    (later,) = of(plan(desk, 100), EventKind.DOWNTIME_SET)
    pass_min(desk, minutes)
    assert states(desk) == {shown}
    assert phases(call_off(desk, later.type)) == [Phase.CALLED_OFF]
    assert states(desk) == {shown}
    assert phases(pass_min(desk, 600))[-1] == Phase.OVER
    assert states(desk) == {ACTIVE}


def test_only_one_that_is_planned_is_called_off():
    """DOWN-006"""
    desk = opened()
    (told,) = of(plan(desk), EventKind.DOWNTIME_SET)
    for number in (0, -1, told.type + 1):
        assert refusal(call_off(desk, number)) == Reject.BAD_VALUE
    assert refusal(call_off(desk, told.type)) == Reject.NONE
    assert refusal(call_off(desk, told.type)) == Reject.BAD_VALUE


def test_a_snapshot_keeps_what_is_planned_and_under_way():
    """DOWN-001, DOWN-003: an engine that goes on from a snapshot does the same."""
    desk = opened()
    set_state(desk, HALTED, SECOND)
    down(desk)
    plan(desk, 100)
    copy = Engine.restore(Snapshot.from_bytes(desk.engine.snapshot().to_bytes()))
    assert copy.digest() == desk.engine.digest()
    first, desk.engine = desk.engine, copy
    desk.engine.view.events_count = 0
    events = pass_min(desk, 600)
    desk.engine, desk.time_us, desk.seq = first, desk.time_us - 600 * MINUTE_US, desk.seq - 1
    assert [e.values() for e in pass_min(desk, 600)] == [e.values() for e in events]
    assert phases(events).count(Phase.OVER) == 2
