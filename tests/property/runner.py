"""Runs storms through the engine, and says exactly where something went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest

from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.lifecycle import Setup
from longshore.engine.rows import Command
from tests.naive.venue import Twin
from tests.property.compare import differences, outcomes
from tests.property.markets import stormy_terms
from tests.property.storm import Storm

SHRINKS = 40
"""How many runs a failure may cost to make its command list shorter."""

Check = Callable[[list[Command]], tuple[int, list[str]] | None]
"""Runs commands; the place and the words of the first failure, or None."""


def mostly_long(*values: object) -> list[object]:
    """The first value in every run, the others in the long one."""
    return [values[0], *(pytest.param(value, marks=pytest.mark.long) for value in values[1:])]


def engine(terms: Setup, mode: str = "plain") -> Engine:
    """An engine of this venue."""
    return Engine(terms, mode=mode)  # type: ignore[arg-type]


def against_twin(
    commands: list[Command],
    cancel_on_initial: int = 1,
    lay_out: Callable[[], Setup] = stormy_terms,
) -> tuple[int, list[str]] | None:
    """Engine and twin side by side, compared after every command."""
    terms = lay_out()
    terms.cancel_on_initial = cancel_on_initial
    ours, twin = engine(terms), Twin(terms)
    for place, row in enumerate(commands):
        events = ours.apply([row])
        summary = twin.apply(row)
        found = [*outcomes(events, summary), *differences(ours.view, twin)]
        if found:
            return place, found
    return None


def holds(commands: list[Command], check: Check, seed: int) -> None:
    """Fails the test with seed, step, command and a shorter list when the check finds something."""
    failure = check(commands)
    if failure is None:
        return
    place, found = failure
    few = shorter(commands[: place + 1], check)
    lines = [
        f"seed {seed}, step {place}, seq {commands[place].seq}: {commands[place]!r}",
        *found[:20],
    ]
    shown = [repr(row) for row in few if row.kind != CommandKind.ADVANCE_TIME]
    pytest.fail("\n".join([*lines, f"{len(shown)} commands are enough:", *shown]))


def shorter(commands: list[Command], check: Check) -> list[Command]:
    """Replaces stretches by time steps (so that order ids stay) while the check still fails."""
    kept, size, runs = list(commands), len(commands) // 2, 0
    while size > 0:
        for start in range(0, len(kept) - 1, size):
            tried = [*kept[:start], *map(idle, kept[start : start + size]), *kept[start + size :]]
            if runs < SHRINKS and unlike(tried, kept):
                runs += 1
                kept = tried if check(tried) is not None else kept
        size //= 2
    return kept


def idle(row: Command) -> Command:
    """Nothing but the time of a command."""
    return Command(kind=CommandKind.ADVANCE_TIME, seq=row.seq, time_us=row.time_us)


def unlike(first: Iterable[Command], second: Iterable[Command]) -> bool:
    """Whether two lists differ."""
    return [r.values() for r in first] != [r.values() for r in second]


def storm(seed: int, commands: int, **more: int) -> list[Command]:
    """Genesis and random commands."""
    made = list(Storm(seed, stormy_terms(), **more).commands(commands))
    assert all(b.seq == a.seq + 1 for a, b in pairwise(made))
    return made
