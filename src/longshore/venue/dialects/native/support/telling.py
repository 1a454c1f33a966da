"""Tickets as they are told."""

from __future__ import annotations

from longshore.explain.sentences import say
from longshore.venue.context import Venue
from longshore.venue.dialects.native.render import ms
from longshore.venue.dialects.native.schema.support import (
    TicketAttachment,
    TicketEvent,
    TicketLine,
    TicketMessage,
    TicketMove,
    TicketPage,
)
from longshore.venue.support.log import Template, Wrote
from longshore.venue.support.tickets import Ticket

FIRST_CHARS = 80


def line(venue: Venue, ticket: Ticket) -> TicketLine:
    """A ticket in a list."""
    opened = ticket.opened
    return TicketLine(
        id=ticket.number,
        account=venue.accounts.name(ticket.account_id) or "",
        category=opened.category,
        category_text=say(f"support-category-{opened.category.replace('_', '-')}"),
        state=ticket.state,
        state_text=_state(ticket),
        symbol=opened.symbol,
        liquidation=opened.liquidation,
        opened=ms(opened.time_us),
        changed=ms(ticket.changed_us),
        messages=len(ticket.messages),
        first=ticket.messages[0][0].text[:FIRST_CHARS],
    )


def page(venue: Venue, ticket: Ticket) -> TicketPage:
    """One ticket, whole."""
    return TicketPage(
        ticket=line(venue, ticket),
        messages=[_message(wrote, content) for wrote, content in ticket.messages],
        moves=[
            TicketMove(state=each.state, by=each.by, time=ms(each.time_us)) for each in ticket.moves
        ],
        events=[TicketEvent(kind=each.kind, id=each.id) for each in ticket.opened.events],
        autopsy=ticket.opened.autopsy,
    )


def answer_text(template: Template) -> str:
    """What a template says."""
    return say(f"support-answer-{template.replace('_', '-')}")


def _state(ticket: Ticket) -> str:
    if ticket.state == "closed" and ticket.moves[-1].by == "operator":
        return say("support-state-closed-by-venue")
    return say(f"support-state-{ticket.state}")


def _message(wrote: Wrote, content: bytes | None) -> TicketMessage:
    attached = wrote.attached
    return TicketMessage(
        by=wrote.by,
        time=ms(wrote.time_us),
        text=answer_text(wrote.template) if wrote.template else wrote.text,
        template=wrote.template,
        attachment=None
        if attached is None
        else TicketAttachment(
            name=attached.name,
            type=attached.type,
            size_bytes=attached.size_bytes,
            content=content or b"",
        ),
    )
