"""`longshore world report`: how a world's market behaves, beside recordings of real ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter

from longshore.cli.output import CliError, Json, WrongUsage, emit, progress_bar, table
from longshore.cli.worlds import EngineMode
from longshore.journal.errors import JournalError
from longshore.rulebooks import RulebookError
from longshore.world.scenario import ScenarioError


class MarketFigures(msgspec.Struct, frozen=True):
    """What `world report --json` prints."""

    world: str
    facts: dict[str, str]
    figures: dict[str, float]
    recorded: dict[str, list[float]]
    met: int
    out: str


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Running:
    """How a world is run or carried out again."""

    hours: Annotated[float, Parameter(help="How long to run a scenario.")] = 6.0
    markets: Annotated[str, Parameter(help="Only these of its markets, with commas between.")] = ""
    engine: Annotated[EngineMode, Parameter(help="How the engine's rules are run.")] = "plain"


def report(
    name: Annotated[str, Parameter(name="FOLDER|SCENARIO|RECORDING")] = "live",
    /,
    *,
    against: Annotated[
        Path | None, Parameter(help="A folder of recordings; else the package's own figures.")
    ] = None,
    out: Annotated[Path, Parameter(help="The page to write.")] = Path("report.html"),
    table_to: Annotated[
        Path | None, Parameter(name="--table", help="A file for the table as Markdown.")
    ] = None,
    running: Running = Running(),
    json: Json = False,
) -> None:
    """Measure eleven facts of markets on a world, and say which it meets.

    FOLDER is a world's (see `run`); a SCENARIO is run in a folder that is not kept; a RECORDING is
    one of those in `--against`, and stands beside the others. The page shows figures, bounds,
    charts and what each kind of agent has made.
    """
    from longshore.lab.market.facts import FACTS, WORDS, verdict
    from longshore.lab.market.page import html, lines, markdown, summary
    from longshore.lab.market.recordings import DataError
    from longshore.lab.market.report import Course
    from longshore.lab.market.report import report as measure

    if running.hours <= 0:
        raise WrongUsage("--hours is above zero")
    markets = tuple(filter(None, map(str.strip, running.markets.split(","))))
    course = Course(running.hours, markets, running.engine)
    try:
        with progress_bar(name) as progress:
            made = measure(name, against, course, progress)
        out.write_text(html(made), encoding="utf-8")
        if table_to is not None:
            table_to.write_text(markdown(made), encoding="utf-8")
    except (DataError, ScenarioError, RulebookError, JournalError) as error:
        raise CliError(str(error)) from error
    except OSError as error:
        raise CliError(f"the report cannot be written: {error}") from error
    facts = {f.title: WORDS[verdict(f, made.found, made.recorded)] for f in FACTS}
    told = MarketFigures(made.tape.name, facts, made.found, made.recorded, made.met(), str(out))
    heads = ("fact", "measured", "here", "recordings", "bounds", "verdict")
    rows = [tuple(cell.replace("**", "") for cell in line) for line in lines(made)]
    emit(told, json, made.tape.about, table("", heads, rows), summary(made), f"Report: {out}")
