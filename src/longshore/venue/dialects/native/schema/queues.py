"""What waits for the operator, and what may be done with it."""

from __future__ import annotations

from longshore.venue.alerts import AlertState
from longshore.venue.dialects.native.schema.base import Body, Reply
from longshore.venue.dialects.native.schema.onshore import QueueBody
from longshore.venue.dialects.native.schema.support import TicketAnswerBody, TicketStateBody


class Queues(Reply):
    """How many wait for the operator in each queue."""

    identities: int
    tickets: int
    alerts: int


class CaseAct(QueueBody, kw_only=True):
    """A case would be accepted or refused."""

    case: str


class AnswerAct(TicketAnswerBody, kw_only=True):
    """A ticket would be answered."""

    id: int


class TicketAct(TicketStateBody, kw_only=True):
    """A ticket would be closed or opened again."""

    id: int


class AlertAct(Body):
    """An alert would be dismissed, handed on or opened again."""

    id: int
    state: AlertState
