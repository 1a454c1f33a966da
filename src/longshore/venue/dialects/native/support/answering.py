"""The operator's part: everybody's tickets, answers to them, and their end."""

from __future__ import annotations

from typing import get_args

from longshore.explain.sentences import say
from longshore.venue.dialects.native.errors import CONFLICT, ApiError, bad_value, not_found
from longshore.venue.dialects.native.markets import number_in
from longshore.venue.dialects.native.paging import Numbered
from longshore.venue.dialects.native.schema.support import (
    TicketAnswerBody,
    TicketLine,
    TicketPage,
    TicketStateBody,
    TicketTemplate,
    TicketTemplates,
)
from longshore.venue.dialects.native.support.asking import TEXT_MAX, asked_text
from longshore.venue.dialects.native.support.telling import answer_text, line, page
from longshore.venue.dialects.native.wire import Call
from longshore.venue.support.log import Put, Template, Wrote
from longshore.venue.support.tickets import Ticket, TicketState, tickets

LISTED_MAX = 200


class TicketsQuery(Numbered):
    """The newest `limit`, or those beside a ticket's number; `waiting`: for the operator."""

    state: TicketState | None = None


async def list_every_ticket(call: Call, query: TicketsQuery) -> list[TicketLine]:
    """Everybody's tickets, newest first; with `after` the oldest first."""
    query.check(LISTED_MAX)
    found = [
        ticket
        for ticket in tickets(call.venue.support.every()).values()
        if query.has(ticket.number)
        if query.state in (None, ticket.state)
        if query.waiting in (None, ticket.is_waiting)
    ]
    if query.after is None:
        found.reverse()
    return [line(call.venue, each) for each in found[: query.limit]]


async def get_any_ticket(call: Call) -> TicketPage:
    """One ticket, whoever it is of."""
    return page(call.venue, found_ticket(call, number_in(call)))


async def list_templates(call: Call) -> TicketTemplates:
    """What a ticket may be answered with."""
    names: tuple[Template, ...] = get_args(Template)
    return TicketTemplates(
        templates=[TicketTemplate(id=each, text=answer_text(each)) for each in names],
        text_max=TEXT_MAX,
    )


async def answer(call: Call, body: TicketAnswerBody) -> TicketPage:
    """Answer a ticket that is not closed, in words of one's own or by a template."""
    text = words_of(body)
    ticket = found_ticket(call, number_in(call))
    check_open(ticket)
    wrote = Wrote(**call.venue.stamp(), by="operator", text=text, template=body.template or "")
    call.venue.support.note(ticket.account_id, ticket.number, wrote)
    return page(call.venue, found_ticket(call, ticket.number))


async def set_any_state(call: Call, body: TicketStateBody) -> TicketPage:
    """Close a ticket, or open a closed one again, whoever closed it. Said twice it is done once."""
    ticket = found_ticket(call, number_in(call))
    check_move(ticket, body)
    if body.state != ticket.state:
        put = Put(**call.venue.stamp(), state=body.state, by="operator")
        call.venue.support.note(ticket.account_id, ticket.number, put)
    return page(call.venue, found_ticket(call, ticket.number))


def words_of(body: TicketAnswerBody) -> str:
    """What an answer says in words of its own; empty by a template. Raises ApiError."""
    if bool(body.text) == bool(body.template):
        raise bad_value("Either a text or a template.", "text")
    return "" if body.template else asked_text(body.text)


def check_open(ticket: Ticket) -> None:
    """Raises ApiError for a ticket that takes no answer."""
    if ticket.state == "closed":
        raise ApiError(CONFLICT, "TICKET_CLOSED", say("support-closed"), "id")


def check_move(ticket: Ticket, body: TicketStateBody) -> None:
    """Raises ApiError for a ticket that cannot be opened again because it is not closed."""
    if body.state == "reopened" and ticket.state != "closed":
        raise ApiError(CONFLICT, "TICKET_NOT_CLOSED", say("support-not-closed"), "state")


def found_ticket(call: Call, number: int) -> Ticket:
    """One ticket, whoever it is of. Raises ApiError."""
    ticket = tickets(call.venue.support.ticket(number)).get(number)
    if ticket is None:
        raise not_found("ticket", "id")
    return ticket
