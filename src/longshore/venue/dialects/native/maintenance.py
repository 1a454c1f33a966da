"""Maintenance that an operator plans, calls off, or ends; and what an operator tells everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Origin, Phase, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command
from longshore.explain import downtimes
from longshore.explain.operator import did
from longshore.explain.sentences import say
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.conditions import time_us
from longshore.venue.dialects.native.errors import (
    REFUSED,
    ApiError,
    bad_value,
    not_found,
    raise_refusal,
    refusal_in,
)
from longshore.venue.dialects.native.markets import number_in
from longshore.venue.dialects.native.schema.console import Done
from longshore.venue.dialects.native.schema.status import (
    Maintenance,
    MaintenanceBody,
    NoticeBody,
)
from longshore.venue.dialects.native.wire import Call

if TYPE_CHECKING:
    from collections.abc import Sequence

    from longshore.engine.rows import Event
    from longshore.explain.downtimes import Downtime
    from longshore.venue.context import Venue

LINE_MAX = 280
US_PER_MIN = 60_000_000


async def plan_maintenance(call: Call, body: MaintenanceBody) -> Maintenance:
    """Announce to everybody when the venue will be down, and why."""
    command = maintenance_command(call.venue, body)
    [events] = await call.venue.submit([command], {0: body.reason})
    refused = refusal_in(events)
    if refused is not None and refused.reject == Reject.CHANGE_NOT_AHEAD:
        raise ApiError(REFUSED, Reject.CHANGE_NOT_AHEAD.name, say("downtime-not-ahead"), "from_ms")
    raise_refusal(events)
    return shown(call.venue, course(command, events), body.reason)


async def end_maintenance(call: Call) -> Done:
    """Call off what is planned; what is under way comes to its end."""
    number = number_in(call)
    if all(each.number != number for each in downtimes.planned(call.venue.view)):
        raise not_found("maintenance", "id")
    kind = CommandKind.CALL_OFF_DOWNTIME
    [events] = await call.venue.submit([Command(kind=kind, origin=Origin.OPERATOR, value=number)])
    raise_refusal(events)
    return Done(text=did("maintenance-off", {"id": number}))


async def tell_everybody(call: Call, body: NoticeBody) -> Done:
    """Put a line on the notice board and on the status page."""
    check_line(body.text, "text")
    return Done(text=did("notice", {"text": body.text}))


def maintenance_command(venue: Venue, body: MaintenanceBody) -> Command:
    """Raises ApiError: no reason, or a time that is none."""
    check_line(body.reason, "reason")
    closing_us = body.closing_min * US_PER_MIN
    soon_us = venue.now_us + closing_us
    down_us = soon_us if body.from_ms is None else time_us(body.from_ms, "from_ms")
    return Command(
        kind=CommandKind.PLAN_DOWNTIME,
        origin=Origin.OPERATOR,
        value=0 if body.from_ms is None else down_us,
        expire_us=down_us + body.down_min * US_PER_MIN,
        other_value=closing_us,
        number=body.opening_min * US_PER_MIN,
    )


def course(command: Command, events: Sequence[Event]) -> Downtime:
    """The one that a command has planned, as far as it has come by then."""
    told = [event for event in events if event.kind == EventKind.DOWNTIME_SET]
    down_us, opening_us = int(told[0].value_atoms), int(told[0].amount_atoms)
    return downtimes.Downtime(
        int(told[0].type),
        Phase(int(told[-1].flag)),
        down_us - int(command.other_value),
        down_us,
        opening_us,
        opening_us + int(command.number),
    )


def shown(venue: Venue, each: Downtime, reason: str) -> Maintenance:
    """One of them for the wire."""
    return Maintenance(
        id=each.number,
        phase=render.phase(each),
        closing=render.ms(each.closing_us),
        down=render.ms(each.down_us),
        opening=render.ms(each.opening_us),
        active=render.ms(each.active_us),
        reason=reason,
        text=downtimes.told(each, venue.now_us),
        steps=downtimes.means(each),
    )


def check_line(text: str, field: str) -> None:
    """Raises ApiError for what is no line that people can read."""
    if not text.strip() or len(text) > LINE_MAX or not text.isprintable():
        raise bad_value(f"This is one line of 1 to {LINE_MAX} characters.", field)
