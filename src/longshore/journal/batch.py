"""What is written, applied and acknowledged together."""

from __future__ import annotations

from longshore.engine.rows import Command, Event
from longshore.journal.gathering import Gathered


class Batch:
    """Commands with consecutive seqs, the events they caused, and the texts beside them.

    `time_us` is the last command's time. `texts` holds, by seq, what the engine only knows a digest
    of: a client id as it was written, the name of an account. Rows are made of numbers only when
    somebody reads them.
    """

    def __init__(
        self,
        *,
        first_seq: int,
        time_us: int,
        commands: list[Command] | Gathered[Command],
        events: list[Event] | Gathered[Event],
        texts: dict[int, str] | None = None,
    ) -> None:
        self.first_seq = first_seq
        self.time_us = time_us
        self.sent = Gathered(Command)
        """The commands, as rows or numbers."""
        self.sent.join(commands)
        self.caused = Gathered(Event)
        """The events, as rows or numbers."""
        self.caused.join(events)
        self.texts = texts or {}

    @property
    def count(self) -> int:
        """How many commands."""
        return self.sent.count

    @property
    def last_seq(self) -> int:
        """The seq of the last command."""
        return self.first_seq + self.count - 1

    @property
    def commands(self) -> list[Command]:
        """The commands as rows."""
        return self.sent.rows()

    @property
    def events(self) -> list[Event]:
        """The events as rows."""
        return self.caused.rows()
