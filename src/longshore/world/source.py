"""What makes commands by itself: feeds, agents, the clock's tick, a scenario's planned orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from longshore.engine.rows import Command, Event
from longshore.engine.state import State

SourceState = Mapping[str, int | list[int]]


class Source(Protocol):
    """A state machine over integers, stepped by world time and by what happens.

    What it does is a function of its construction, of the events observed so far, whatever pieces
    they come in, and of the times it acted at. It reads no clock and draws from `world.random`. One
    that may act at another time for what the built-in traders have caused has `listens = True`.
    """

    name: str
    """Unique in its world; names its stream of chance and its state in snapshots."""

    def next_due_us(self) -> int:
        """When it wants to act next, later than it last acted."""
        ...

    def observe(self, events: Sequence[Event]) -> None:
        """What has just happened, in order; every event once."""
        ...

    def act(self, time_us: int, view: State) -> list[Command]:
        """Its commands at a time it was due; seq and time are filled in by the world."""
        ...

    def state(self) -> dict[str, int | list[int]]:
        """Everything it needs to go on."""
        ...

    def restore(self, state: SourceState) -> None:
        """Go on from such a state."""
        ...
