"""`longshore surveillance report`: a world's folder watched again from its journal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter

from longshore.cli.output import CliError, Json, WrongUsage, emit, progress_bar, table
from longshore.cli.worlds import EngineMode, utc
from longshore.journal.errors import JournalError
from longshore.rulebooks import RulebookError
from longshore.surveillance.listing import Listed, as_csv, listed
from longshore.world.scenario import ScenarioError
from longshore.world.watched import watch_folder


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What `surveillance report --json` prints."""

    folder: str
    seq: int
    events: int
    alerts: list[Listed]


def report(
    folder: Annotated[Path, Parameter(help="A world's folder.")],
    /,
    *,
    csv: Annotated[Path | None, Parameter(help="A file for the alerts, a line each.")] = None,
    engine: Annotated[EngineMode, Parameter(help="How the engine's rules are run.")] = "plain",
    json: Json = False,
) -> None:
    """Replay a world and tell of what looks like abuse of its market, with the events that show it.

    An alert is for people to look at: it says what something looks like, not what it is.
    """
    try:
        with progress_bar("surveillance") as progress:
            watched = watch_folder(folder, engine, progress)
    except (JournalError, ScenarioError, RulebookError) as error:
        raise CliError(str(error)) from error
    alerts = [listed(each, watched.catalog, watched.names) for each in watched.alerts]
    try:
        if csv is not None:
            csv.write_text(as_csv(alerts), encoding="utf-8")
    except OSError as error:
        raise WrongUsage(f"{csv}: {error.strerror}") from None
    made = Report(folder=str(folder), seq=watched.seq, events=watched.events, alerts=alerts)
    emit(made, json, *_told(made))


def _told(made: Report) -> list[object]:
    head = f"{made.events:,} events of {made.seq:,} commands watched, {len(made.alerts)} alerts"
    if not made.alerts:
        return [head]
    rows = [
        (utc(each.from_us), f"{each.from_seq:,}–{each.to_seq:,}", each.pattern, each.text)
        for each in made.alerts
    ]
    return [head, table("", ("from (UTC)", "commands", "looks like", "what was seen"), rows)]
