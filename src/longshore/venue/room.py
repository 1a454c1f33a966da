"""How many worlds run at once, and which one makes way for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.venue.dialects.native.errors import CONFLICT, ApiError

if TYPE_CHECKING:
    from longshore.venue.workers import Worker

RUNNING_EACH = 3
"""Worlds of one person that run at once, where people share the room."""


def check_room(workers: dict[str, Worker], most: int) -> None:
    """Raises ApiError where no further world may run."""
    if sum(worker.running for worker in workers.values()) >= most:
        message = f"{most} further worlds are running; end one first."
        raise ApiError(CONFLICT, "TOO_MANY_WORLDS", message)


def to_end(workers: dict[str, Worker], most: int) -> list[str]:
    """Which of these to end so that one more may run: those nobody looks at, longest unused first.

    An ended world is not lost: it goes on from its journal when it is next asked for.
    """
    running = {name: worker for name, worker in workers.items() if worker.running}
    too_many = len(running) + 1 - most
    unseen = [name for name, worker in running.items() if worker.sockets == 0]
    unseen.sort(key=lambda name: running[name].used_s)
    return unseen[: max(0, too_many)]
