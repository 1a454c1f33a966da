"""The operator's part: everybody's tickets, and answers to them."""

from __future__ import annotations

from longshore.explain.sentences import say
from longshore.venue.dialects.native.errors import CONFLICT, ApiError, bad_value, not_found
from longshore.venue.dialects.native.markets import NUMBER_MAX, limited, number_in
from longshore.venue.dialects.native.schema.support import (
    TicketAnswerBody,
    TicketLine,
    TicketPage,
)
from longshore.venue.dialects.native.support.asking import asked_text
from longshore.venue.dialects.native.support.telling import line, page
from longshore.venue.dialects.native.wire import Call, Query
from longshore.venue.support.log import Wrote
from longshore.venue.support.tickets import Ticket, TicketState, tickets

LISTED_MAX = 200


class TicketsQuery(Query):
    """The newest `limit`; with `before`, a ticket's number, those that are older."""

    limit: int = 50
    before: int | None = None
    state: TicketState | None = None


async def list_every_ticket(call: Call, query: TicketsQuery) -> list[TicketLine]:
    """Everybody's tickets, newest first."""
    limited(query.limit, LISTED_MAX)
    if query.before is not None:
        limited(query.before, NUMBER_MAX, "before")
    found = [
        ticket
        for ticket in reversed(tickets(call.venue.support.every()).values())
        if query.before is None or ticket.number < query.before
        if query.state in (None, ticket.state)
    ]
    return [line(call.venue, each) for each in found[: query.limit]]


async def get_any_ticket(call: Call) -> TicketPage:
    """One ticket, whoever it is of."""
    return page(call.venue, _found(call))


async def answer(call: Call, body: TicketAnswerBody) -> TicketPage:
    """Answer a ticket that is not closed, in words of one's own or by a template."""
    if bool(body.text) == bool(body.template):
        raise bad_value("Either a text or a template.", "text")
    text = "" if body.template else asked_text(body.text)
    ticket = _found(call)
    if ticket.state == "closed":
        raise ApiError(CONFLICT, "TICKET_CLOSED", say("support-closed-by-owner"), "id")
    wrote = Wrote(**call.venue.stamp(), by="operator", text=text, template=body.template or "")
    call.venue.support.note(ticket.account_id, ticket.number, wrote)
    return page(call.venue, _found(call))


def _found(call: Call) -> Ticket:
    number = number_in(call)
    ticket = tickets(call.venue.support.ticket(number)).get(number)
    if ticket is None:
        raise not_found("ticket", "id")
    return ticket
