"""Tickets: what a customer asks, what is attached, what is answered."""

from __future__ import annotations

from typing import Literal

from longshore.venue.dialects.native.schema.base import Body, Reply
from longshore.venue.support.log import Category, EventKind, Side, Template
from longshore.venue.support.tickets import TicketState


class AttachmentBody(Body):
    """A small file: PNG, JPEG, PDF or text, its content in base64."""

    name: str
    type: str
    content: bytes


class TicketBody(Body):
    """A new ticket; `liquidation` names the one that is disputed, and no other ticket has it."""

    category: Category
    text: str
    symbol: str = ""
    liquidation: str = ""
    attachment: AttachmentBody | None = None


class MessageBody(Body):
    """What the owner of a ticket adds to it."""

    text: str
    attachment: AttachmentBody | None = None


class TicketStateBody(Body):
    """One side closes a ticket, or opens a closed one again."""

    state: Literal["closed", "reopened"]


class TicketAnswerBody(Body):
    """An answer in the operator's own words, or by a template; one of the two."""

    text: str = ""
    template: Template | None = None


class TicketAttachment(Reply):
    """A file of a message, its content in base64."""

    name: str
    type: str
    size_bytes: int
    content: bytes


class TicketMessage(Reply):
    """What one side wrote, at a time of the world."""

    by: Side
    time: int
    text: str
    template: str
    attachment: TicketAttachment | None


class TicketEvent(Reply):
    """An event of the account by its place in history, `seq-index`."""

    kind: EventKind
    id: str


class TicketMove(Reply):
    """One side closed it or opened it again, at a time of the world."""

    state: Literal["closed", "reopened"]
    by: Side
    time: int


class TicketLine(Reply):
    """A ticket in a list."""

    id: int
    account: str
    category: Category
    category_text: str
    state: TicketState
    state_text: str
    symbol: str
    liquidation: str
    opened: int
    changed: int
    messages: int
    first: str
    """How the first message begins."""


class TicketCategory(Reply):
    """What a ticket may be about."""

    id: Category
    text: str


class TicketsPage(Reply):
    """The account's tickets, newest first, and what a further one may be about and carry."""

    note: str
    categories: list[TicketCategory]
    attachment_types: list[str]
    attachment_bytes_max: int
    text_max: int
    tickets: list[TicketLine]


class TicketPage(Reply):
    """One ticket, whole."""

    ticket: TicketLine
    messages: list[TicketMessage]
    moves: list[TicketMove]
    events: list[TicketEvent]
    autopsy: list[str]


class TicketTemplate(Reply):
    """An answer that every customer reads in their language."""

    id: Template
    text: str


class TicketTemplates(Reply):
    """All of them, and how long an answer in the operator's own words may be."""

    templates: list[TicketTemplate]
    text_max: int


class TicketExport(Reply):
    """All tickets of an account, whole, oldest first."""

    account: str
    world: str
    time: int
    tickets: list[TicketPage]
