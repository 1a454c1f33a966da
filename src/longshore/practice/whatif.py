"""A state on which anything may be tried: the engine's own rules on a copy made row by row.

Each row is copied when a rule first touches it, so trying one order costs what the order costs,
however large the venue is, and the state it was tried on is never written to.
"""

from __future__ import annotations

from typing import Any, cast

from longshore.engine._table import Row, Table
from longshore.engine.apply import MORE, run_inbox
from longshore.engine.codes import Origin
from longshore.engine.limits import EVENTS_MAX
from longshore.engine.rows import Command, Event
from longshore.engine.state import State


class _CopiedRows(Table[Row]):
    """A table whose rows come from another one, when first touched."""

    def __init__(self, row: type[Row], capacity: int, source: Any) -> None:
        super().__init__(row, capacity)
        self.source = source

    def __missing__(self, key: int) -> Row:
        """A copy of the source's row; a row the source never touched is all zeros."""
        assert 0 <= key < self.capacity, f"{self.row.__name__} {key} of {self.capacity}"
        found = self.source.get(key) if isinstance(self.source, dict) else self.source[key]
        if found is None:
            made = self.row()
        else:
            made = self.row.of(tuple(int(getattr(found, field)) for field in self.row.FIELDS))
        self[key] = made
        return made


class WhatIf:
    """What would happen if: commands carried out on a copy of a state at rest."""

    def __init__(self, view: State) -> None:
        """Branch off a state between two commands."""
        self.view = _branch(view)

    def run(self, command: Command) -> list[Event]:
        """Carry out one command now; its events. Time stands still unless the command moves it."""
        state = self.view
        command.seq = state.seq + 1
        command.origin = command.origin or Origin.USER
        command.time_us = max(int(command.time_us), state.time_us)
        state.inbox.clear()
        state.inbox[0] = command
        state.command_at = 0
        states = cast("Table[Any]", [state])
        events: list[Event] = []
        more = True
        while more:
            more = run_inbox(states, 1) == MORE
            events += [state.events.pop(at) for at in range(state.events_count)]
            state.events_count = 0
        return events


def _branch(view: State) -> State:
    state = State()
    for name in State.SCALARS:
        setattr(state, name, int(getattr(view, name)))
    for name, field in State.TABLES.items():
        setattr(state, name, _CopiedRows(field.row, field.capacity, getattr(view, name)))
    state.events = Table(Event, EVENTS_MAX)
    state.events_limit = EVENTS_MAX
    return state
