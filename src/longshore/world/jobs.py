"""What users have submitted: commands that wait for their batch, and users for their events."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from longshore.engine.codes import Origin
from longshore.engine.rows import Command, Event
from longshore.journal.codec import check_command

BATCH_COMMANDS = 1_024
"""How many commands of users one batch takes."""
FROM_OUTSIDE = frozenset({Origin.USER, Origin.OPERATOR})


class StoppedError(RuntimeError):
    """The world takes no commands: it was stopped, or an error stopped it."""


class Job:
    """Commands submitted together, and who waits for their events."""

    def __init__(
        self,
        commands: list[Command],
        texts: dict[int, str],
        outside: frozenset[Origin] = FROM_OUTSIDE,
    ) -> None:
        """Raises ValueError for what the journal could not give back, or may not hold."""
        if len(commands) > BATCH_COMMANDS:
            raise ValueError(f"at most {BATCH_COMMANDS} commands can be submitted together")
        for command in commands:
            check_command(command)
            if command.origin not in outside:
                raise ValueError("a submitted command comes from a user or the operator")
        self.commands = commands
        self.texts = texts
        self.events: list[list[Event]] = []
        self.done: asyncio.Future[list[list[Event]]] = asyncio.get_running_loop().create_future()

    def answer(self) -> None:
        """Give the events to who waits, if anybody still does."""
        if not self.done.done():
            self.done.set_result(self.events)

    def refuse(self, error: StoppedError) -> None:
        """Tell who waits that nothing of it is acknowledged."""
        if not self.done.done():
            self.done.set_exception(error)


def take(waiting: list[Job]) -> tuple[list[Job], list[Job]]:
    """The jobs of the next batch, first come first, and those that wait on."""
    count = taken = 0
    for job in waiting:
        count += len(job.commands)
        if count > BATCH_COMMANDS:
            break
        taken += 1
    return waiting[:taken], waiting[taken:]


def gathered(jobs: Sequence[Job], time_us: int) -> tuple[list[Command], dict[int, str]]:
    """All commands of the jobs at one time, and their texts by place among them."""
    commands: list[Command] = []
    texts: dict[int, str] = {}
    for job in jobs:
        texts |= {len(commands) + index: text for index, text in job.texts.items()}
        commands += job.commands
    for command in commands:
        command.time_us = time_us
    return commands, texts


def share_out(jobs: Sequence[Job], events: list[Event]) -> None:
    """Give each job the events of its commands."""
    by_seq: dict[int, list[Event]] = {}
    for event in events:
        by_seq.setdefault(event.seq, []).append(event)
    for job in jobs:
        job.events = [by_seq.get(command.seq, []) for command in job.commands]
