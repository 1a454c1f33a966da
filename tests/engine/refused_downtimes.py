"""What is refused since the venue goes down for maintenance, and plans of it that cannot be."""

from __future__ import annotations

from longshore.engine.codes import Origin, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.limits import DOWNTIMES_MAX
from tests.engine.desk import HOUR_US, Desk
from tests.engine.refused import Fields, order, refused_with


def plan(desk: Desk, hours: int = 1, **fields: int) -> Fields:
    """An hour of it, in so many hours."""
    down_us = desk.time_us + hours * HOUR_US
    usual = {"value": down_us, "expire_us": down_us + HOUR_US, "origin": Origin.OPERATOR}
    return {"kind": CommandKind.PLAN_DOWNTIME, **usual, **fields}


@refused_with(Reject.VENUE_IN_MAINTENANCE)
def an_order_while_it_is_down(desk):
    desk.do(**plan(desk, value=0))
    return order(desk)


@refused_with(Reject.DOWNTIMES_OVERLAP)
def a_second_one_at_that_time(desk):
    desk.do(**plan(desk))
    return plan(desk)


@refused_with(Reject.TABLE_FULL)
def a_ninth(desk):
    for each in range(1, DOWNTIMES_MAX + 1):
        desk.do(**plan(desk, 3 * each))
    return plan(desk, 100)


@refused_with(Reject.CHANGE_NOT_AHEAD)
def one_that_has_begun(desk):
    return plan(desk, value=1)


@refused_with(Reject.BAD_VALUE)
def one_that_ends_before_it_begins(desk):
    return plan(desk, expire_us=desk.time_us)


@refused_with(Reject.BAD_VALUE)
def none_to_call_off(desk):
    return {"kind": CommandKind.CALL_OFF_DOWNTIME, "value": 7, "origin": Origin.OPERATOR}
