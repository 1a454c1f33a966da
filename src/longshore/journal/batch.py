"""What is written, applied and acknowledged together."""

from __future__ import annotations

import msgspec

from longshore.engine.rows import Command, Event


class Batch(msgspec.Struct, kw_only=True):
    """Commands with consecutive seqs, the events they caused, and the texts beside them.

    `time_us` is the last command's time. `texts` holds, by seq, what the engine only knows a digest
    of: a client id as it was written, the name of an account.
    """

    first_seq: int
    time_us: int
    commands: list[Command]
    events: list[Event]
    texts: dict[int, str] = {}

    @property
    def last_seq(self) -> int:
        """The seq of the last command."""
        return self.first_seq + len(self.commands) - 1
