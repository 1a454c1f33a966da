"""The customer's part: tickets of their own, and nobody else's."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import get_args

import msgspec

from longshore.explain.sentences import say
from longshore.venue.dialects.native.autopsy import autopsy, recorded
from longshore.venue.dialects.native.draft import market_of
from longshore.venue.dialects.native.errors import (
    CONFLICT,
    REFUSED,
    ApiError,
    bad_value,
    not_found,
)
from longshore.venue.dialects.native.markets import number_in
from longshore.venue.dialects.native.render import ms
from longshore.venue.dialects.native.schema.support import (
    AttachmentBody,
    MessageBody,
    TicketBody,
    TicketCategory,
    TicketExport,
    TicketPage,
    TicketsPage,
    TicketStateBody,
)
from longshore.venue.dialects.native.support.telling import line, page
from longshore.venue.dialects.native.wire import Call, Download
from longshore.venue.history import Span
from longshore.venue.support.attachments import BYTES_MAX, KINDS, is_name, is_text, kind_of
from longshore.venue.support.log import Attached, Category, Opened, Put, Reference, Wrote
from longshore.venue.support.tickets import Ticket, tickets
from longshore.world.sequencer import StoppedError

TEXT_MAX = 2_000
TICKETS_MAX = 200
"""Of one account, closed ones too."""
MESSAGES_MAX = 100
"""Of one ticket, as its owner writes and moves it."""
ATTACHED_BYTES_MAX = 2_000_000
"""Of one account, in all its tickets."""
EVENTS_EACH = 10
_OF = "attachment."
ANYTHING = 0
"""In place of a market's number: whatever the account did."""


async def list_tickets(call: Call) -> TicketsPage:
    """The account's tickets, newest first."""
    categories: tuple[Category, ...] = get_args(Category)
    return TicketsPage(
        note=say("support-note"),
        categories=[
            TicketCategory(id=each, text=say(f"support-category-{each.replace('_', '-')}"))
            for each in categories
        ],
        attachment_types=list(KINDS),
        attachment_bytes_max=BYTES_MAX,
        text_max=TEXT_MAX,
        tickets=[line(call.venue, each) for each in reversed(_own(call).values())],
    )


async def get_ticket(call: Call) -> TicketPage:
    """One of them with its messages, attachments and what it is about."""
    return page(call.venue, _found(call, contents=True))


async def open_ticket(call: Call, body: TicketBody) -> TicketPage:
    """Ask, complain, or dispute a liquidation: then why it happened stands in the ticket."""
    text = asked_text(body.text)
    about = await _about(call, body)
    if len(_own(call)) >= TICKETS_MAX:
        raise ApiError(REFUSED, "TOO_MANY_TICKETS", say("support-too-many"), "")
    attached, content = _attached(call, body.attachment)
    when = call.venue.stamp()
    opened = Opened(
        **when,
        category=body.category,
        symbol=about.symbol,
        liquidation=body.liquidation,
        autopsy=about.autopsy,
        events=about.events,
    )
    message = Wrote(**when, by="customer", text=text, attached=attached)
    number = call.venue.support.open(call.account_id, opened, message, content)
    return page(call.venue, tickets(call.venue.support.ticket(number))[number])


async def write(call: Call, body: MessageBody) -> TicketPage:
    """Add to a ticket that is not closed."""
    text, ticket = asked_text(body.text), _found(call)
    if ticket.state == "closed":
        raise ApiError(CONFLICT, "TICKET_CLOSED", say("support-closed"), "id")
    _check_length(ticket)
    attached, content = _attached(call, body.attachment)
    message = Wrote(**call.venue.stamp(), by="customer", text=text, attached=attached)
    call.venue.support.note(call.account_id, ticket.number, message, content)
    return page(call.venue, _found(call, contents=True))


async def set_state(call: Call, body: TicketStateBody) -> TicketPage:
    """Close a ticket, or open a closed one again. Said twice it is done once."""
    ticket = _found(call)
    is_closed = ticket.state == "closed"
    if body.state == "reopened" and not is_closed:
        raise ApiError(CONFLICT, "TICKET_NOT_CLOSED", say("support-not-closed"), "state")
    if body.state != ticket.state:
        if is_closed:
            _check_length(ticket)  # one that is full can still be closed
        put = Put(**call.venue.stamp(), state=body.state)
        call.venue.support.note(call.account_id, ticket.number, put)
    return page(call.venue, _found(call, contents=True))


async def export_tickets(call: Call) -> Download:
    """All the account's tickets with their attachments, as JSON."""
    told = TicketExport(
        account=call.account,
        world=call.venue.world.name,
        time=ms(call.venue.now_us),
        tickets=[page(call.venue, each) for each in _own(call, contents=True).values()],
    )
    content = msgspec.json.format(msgspec.json.encode(told), indent=2)
    return Download(content, "application/json", f"longshore-{call.account}-support.json")


def asked_text(text: str) -> str:
    """What somebody wrote, without the space around it. Raises ApiError."""
    text = text.strip()
    if not 0 < len(text) <= TEXT_MAX or not is_text(text):
        raise bad_value(f"A text has from 1 to {TEXT_MAX} characters, and no control ones.", "text")
    return text


def _own(call: Call, contents: bool = False) -> dict[int, Ticket]:
    return tickets(call.venue.support.of(call.account_id, contents))


def _found(call: Call, contents: bool = False) -> Ticket:
    ticket = _own(call, contents).get(number_in(call))
    if ticket is None:
        raise not_found("ticket", "id")
    return ticket


def _check_length(ticket: Ticket) -> None:
    if len(ticket.messages) + len(ticket.moves) >= MESSAGES_MAX:
        raise ApiError(REFUSED, "TICKET_FULL", say("support-full"), "id")


def _attached(call: Call, file: AttachmentBody | None) -> tuple[Attached | None, bytes | None]:
    """An attachment that may come in, with its content. Raises ApiError."""
    if file is None:
        return None, None
    content = file.content
    if not is_name(file.name):
        raise bad_value("A file's name is one short line without / \\ and quotes.", _OF + "name")
    if file.type not in KINDS:
        raise ApiError(REFUSED, "ATTACHMENT_TYPE", say("support-attachment-type"), _OF + "type")
    if len(content) > BYTES_MAX:
        told = say("support-attachment-size", most=f"{BYTES_MAX:,}")
        raise ApiError(413, "ATTACHMENT_TOO_LARGE", told, _OF + "content")
    if kind_of(content) != file.type:
        told = say("support-attachment-other", type=file.type)
        raise ApiError(REFUSED, "ATTACHMENT_NOT_ITS_TYPE", told, _OF + "content")
    if call.venue.support.attached_bytes(call.account_id) + len(content) > ATTACHED_BYTES_MAX:
        raise ApiError(REFUSED, "ATTACHMENTS_FULL", say("support-attachments-full"), "attachment")
    return Attached(name=file.name, type=file.type, size_bytes=len(content)), content


@dataclass(frozen=True, slots=True)
class About:
    """What a new ticket is about, as the venue knows it."""

    symbol: str
    autopsy: list[str]
    events: list[Reference]


async def _about(call: Call, body: TicketBody) -> About:
    disputes = body.category == "disputed_liquidation"
    if disputes != bool(body.liquidation):
        raise bad_value(say("support-liquidation-named"), "liquidation")
    catalog = call.venue.catalog
    market_id = market_of(catalog, body.symbol).market_id if body.symbol else ANYTHING
    why: list[str] = []
    # What was told to the account a moment ago is in the ticket: history may be a moment behind.
    with suppress(StoppedError):
        await call.venue.sequencer.between_batches(lambda: None)
    if disputes:
        why = (await autopsy(call, body.liquidation)).sentences
        market_id = market_id or (await recorded(call, body.liquidation)).market_id
    symbol = catalog.market(market_id).symbol if market_id else ""
    return About(symbol, why, await _events(call, market_id))


async def _events(call: Call, market_id: int) -> list[Reference]:
    """The account's last fills, orders and liquidations in a market, each newest first."""
    history, account_id, span = call.venue.history, call.account_id, Span(limit=EVENTS_EACH)
    fills = await history.fills(account_id, span, market_id)
    orders = await history.orders(account_id, span, market_id)
    ended = await history.liquidations(account_id)
    falls = [each for each in ended if market_id in (ANYTHING, each.market_id)][:EVENTS_EACH]
    return [
        *(Reference(kind="fill", id=f"{each.seq}-{each.index}") for each in fills),
        *(Reference(kind="order", id=f"{each.seq}-{each.index}") for each in orders),
        *(Reference(kind="liquidation", id=f"{each.seq}-{each.index}") for each in falls),
    ]
