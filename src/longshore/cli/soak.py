"""`longshore world soak`: a world left to itself, and whether its market stays one."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from longshore.cli.output import CliError, Json, WrongUsage, emit, progress_bar, table
from longshore.cli.worlds import EngineMode
from longshore.journal.errors import JournalError
from longshore.rulebooks import RulebookError
from longshore.world.scenario import ScenarioError


def soak(
    name: Annotated[str, Parameter(name="SCENARIO")] = "live",
    /,
    *,
    days: Annotated[float, Parameter(help="Of world time.")] = 7.0,
    folder: Annotated[
        Path | None,
        Parameter(help="Keep the world here; where it was begun before, it goes on."),
    ] = None,
    engine: Annotated[EngineMode, Parameter(help="How the engine's rules are run.")] = "plain",
    json: Json = False,
) -> int:
    """Run a scenario for days without anybody, and say what became of its market.

    Each book is looked at every second of world time. With a folder it may be stopped (Ctrl-C) and
    gone on with later. The exit code is 1 where something that is asked of an unattended world does
    not hold, or not all the days are over.
    """
    from longshore.lab.soak.soaking import soak as run

    if days <= 0:
        raise WrongUsage("--days is above zero")
    try:
        with progress_bar(name) as progress, interrupted() as stops:
            found = run(name, days, engine, progress, folder=folder, stops=stops)
    except (ScenarioError, RulebookError, JournalError) as error:
        raise CliError(str(error)) from error
    lines = list(found.lines())
    asked = [(each.asked, each.found, "holds" if each.holds else "does not") for each in lines]
    markets = [
        (
            each.symbol,
            f"{each.looks:,}",
            f"{each.two_sided:.4%}",
            "" if each.basis_near is None else f"{each.basis_near:.4%}",
            "" if each.basis_worst is None else f"{each.basis_worst:.3%}",
        )
        for each in found.markets
    ]
    again = ", ".join(f"{maker} {times}" for maker, times in found.refinanced.items())
    emit(
        found,
        json,
        f"{found.world}, {found.reached_days:.3f} of {found.days:g} days, seed {found.seed}, "
        f"{found.commands:,} commands",
        table("", ("asked", "found", ""), asked),
        table("", ("market", "seconds", "both sides", "basis < 1 %", "worst basis"), markets),
        f"Makers paid in again: {again or 'none'}",
        f"Journal: {found.journal_bytes_an_hour:,} bytes an hour of world time, kept states apart",
        f"Processor time: {found.cpu_s_a_day:,.0f} s a day of world time",
        f"digest {found.digest}",
    )
    return 0 if all(each.holds for each in lines) else 1


@contextmanager
def interrupted() -> Iterator[Callable[[], bool]]:
    """Whether SIGINT or SIGTERM has come, instead of an end in the middle; a second one ends it."""
    seen: list[int] = []

    def see(number: int, _frame: object) -> None:
        seen.append(number)
        give_back()

    def give_back() -> None:
        for each, handler in before:
            signal.signal(each, handler)

    before = [(each, signal.signal(each, see)) for each in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield lambda: bool(seen)
    finally:
        give_back()
