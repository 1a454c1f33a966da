"""How tickets stand, added up from what was written in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from longshore.venue.support.log import Line, Opened, Put, Wrote

TicketState = Literal["open", "answered", "closed", "reopened"]
WAITING: tuple[TicketState, ...] = ("open", "reopened")


@dataclass(slots=True)
class Ticket:
    """One of them: what it is about, its messages with their attachments, and how it stands."""

    number: int
    account_id: int
    opened: Opened
    state: TicketState = "open"
    changed_us: int = 0
    moves: list[Put] = field(default_factory=list)
    messages: list[tuple[Wrote, bytes | None]] = field(default_factory=list)

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for the operator."""
        return self.state in WAITING

    def take(self, entry: Wrote | Put, content: bytes | None) -> None:
        """Its next entry. What a customer adds to an answered ticket waits for an answer again."""
        self.changed_us = entry.time_us
        if isinstance(entry, Put):
            self.state = entry.state
            self.moves.append(entry)
            return
        self.messages.append((entry, content))
        if entry.by == "operator":
            self.state = "answered"
        elif self.state == "answered":
            self.state = "open"


def tickets(lines: Iterable[Line]) -> dict[int, Ticket]:
    """By their numbers, in the order in which they were opened."""
    found: dict[int, Ticket] = {}
    for account_id, number, entry, content in lines:
        if isinstance(entry, Opened):
            found[number] = Ticket(number, account_id, entry, changed_us=entry.time_us)
        else:
            found[number].take(entry, content)
    return found
