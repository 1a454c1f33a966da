"""What waits for the operator: how many, and what would come of dealing with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.venue.dialects.native.console.alerts import found_alert
from longshore.venue.dialects.native.errors import CONFLICT, ApiError
from longshore.venue.dialects.native.onshore.queue import count_waiting, owner_of_waiting
from longshore.venue.dialects.native.schema.queues import Queues
from longshore.venue.dialects.native.support.answering import (
    check_move,
    check_open,
    found_ticket,
    words_of,
)
from longshore.venue.dialects.native.support.telling import answer_text
from longshore.venue.dialects.native.wire import Call
from longshore.venue.support.tickets import tickets

if TYPE_CHECKING:
    from longshore.venue.dialects.native.schema.console import EffectBody
    from longshore.venue.dialects.native.schema.queues import AnswerAct, CaseAct

ACTS = ("identity", "ticket", "ticket_state", "alert")


async def count_queues(call: Call) -> Queues:
    """How many identities, tickets and alerts wait for the operator."""
    venue = call.venue
    return Queues(
        identities=count_waiting(venue),
        tickets=sum(each.is_waiting for each in tickets(venue.support.every()).values()),
        alerts=venue.alerts.count_open(),
    )


def effects(call: Call, body: EffectBody) -> tuple[list[str], str]:
    """What would come of an act, and why it cannot be done; nothing is done. Raises ApiError."""
    try:
        return _effects(call, body), ""
    except ApiError as error:
        if error.status != CONFLICT:
            raise
        return [], error.reply.message


def _effects(call: Call, body: EffectBody) -> list[str]:
    if body.identity is not None:
        return _of_case(call, body.identity)
    if body.ticket is not None:
        return _of_answer(call, body.ticket)
    if body.ticket_state is not None:
        check_move(found_ticket(call, body.ticket_state.id), body.ticket_state)
        return [say(f"operator-means-ticket-{body.ticket_state.state}")]
    assert body.alert is not None
    found_alert(call, body.alert.id)
    return [say(f"operator-means-alert-{body.alert.state}")]


def _of_case(call: Call, body: CaseAct) -> list[str]:
    onshore = call.venue.onshore
    owner = owner_of_waiting(call.venue, body.case)
    if not body.accept:
        return [say("operator-means-refused")]
    shown = onshore.standing(owner).shown
    assert shown is not None, "a case that waits was shown"
    until = fmt.moment(onshore.decision(owner, body.case, "").until_us)
    tier = say(f"onshore-tier-{shown.tier}")
    return [say("operator-means-accepted", until=until), tier, say("operator-means-further-gates")]


def _of_answer(call: Call, body: AnswerAct) -> list[str]:
    """What the owner will read."""
    words = words_of(body)
    check_open(found_ticket(call, body.id))
    return [words if body.template is None else answer_text(body.template)]
