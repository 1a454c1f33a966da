"""Commands on worlds in folders: run, replay, archive, scenario list."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cyclopts import Parameter

from longshore.cli.output import CliError, Json, emit, progress_bar, table
from longshore.journal.errors import JournalError
from longshore.journal.store import Journal
from longshore.rulebooks import RulebookError
from longshore.world import scenario
from longshore.world.headless import Summary, run_scenario
from longshore.world.replaying import ReplayReport, replay_folder
from longshore.world.world import JOURNAL_FILE

EngineMode = Literal["plain", "jit", "checked"]


class RunResult(msgspec.Struct, frozen=True):
    """What `run --json` prints."""

    digest: str
    seq: int
    events: int
    faithful: bool
    unverified: list[str]


def run(
    name: Annotated[str, Parameter(name="SCENARIO")],
    /,
    *,
    out: Annotated[Path, Parameter(help="A new folder for journal, events and summary.")],
    engine: Annotated[EngineMode, Parameter(help="How the engine's rules are run.")] = "plain",
    json: Json = False,
) -> None:
    """Run a scenario to its end, as fast as it goes.

    SCENARIO is the name of a shipped one (see `scenario list`) or a file. The folder gets the
    journal, the events (events.parquet) and a summary (summary.json).
    """
    try:
        text = scenario.read(name)
        with progress_bar(name) as progress:
            summary = run_scenario(text, out, engine, progress)
    except (scenario.ScenarioError, RulebookError, JournalError) as error:
        raise CliError(str(error)) from error
    result = RunResult(
        summary.digest, summary.seq, summary.events, summary.faithful, summary.unverified
    )
    emit(result, json, *_told(summary, out))


def _told(summary: Summary, out: Path) -> list[object]:
    """A run's summary for people."""
    headings = ("account", "time (UTC)", "market", "mark", "outcome")
    rows = [
        (
            each.account,
            utc(each.time_us),
            each.market,
            each.mark,
            "nothing left open" if each.nothing_left else "cured",
        )
        for each in summary.liquidations
    ]
    noticed = [(utc(each.time_us), each.text) for each in summary.notices]
    unverified = len(summary.unverified)
    faithful = "faithful" if summary.faithful else f"{unverified} unverified rulebook values used"
    return [
        f"{summary.title or summary.scenario} · {summary.rulebook} · {faithful}",
        f"Prices: {summary.prices}",
        table("Liquidations", headings, rows) if rows else "No liquidations.",
        *([table("What befell markets", ("time (UTC)", ""), noticed)] if noticed else []),
        f"{summary.seq:,} commands, {summary.events:,} events, written to {out}",
        f"digest {summary.digest}",
    ]


def replay(
    folder: Path,
    /,
    *,
    engine: Annotated[EngineMode, Parameter(help="How the engine's rules are run.")] = "plain",
    void: Annotated[
        int | None, Parameter(help="Void the halted batch that holds this seq.")
    ] = None,
    any_engine: Annotated[
        bool, Parameter(negative=(), help="Replay under this engine, whatever engine wrote it.")
    ] = False,
    resimulate: Annotated[
        bool, Parameter(negative=(), help="Run feeds and agents again and compare what they do.")
    ] = False,
    json: Json = False,
) -> None:
    """Carry out a journal from its beginning and check every row and every invariant.

    A row that was damaged or edited is named, with the last good seq.
    """
    try:
        if void is not None:
            _void(folder, void)
        with progress_bar("replay") as progress:
            report = replay_folder(
                folder, engine, any_engine=any_engine, resimulate=resimulate, progress=progress
            )
    except (JournalError, scenario.ScenarioError, RulebookError) as error:
        raise CliError(str(error)) from error
    emit(report, json, *_checked(report))
    if not report.conserved:
        raise CliError("money or contracts are not conserved: " + "; ".join(report.broken))


def _checked(report: ReplayReport) -> list[str]:
    """A replay's outcome for people."""
    lines = [f"{report.seq:,} commands, every row as written", f"digest {report.digest}"]
    if report.engine != report.journal_engine:
        lines += [
            f"written by engine {report.journal_engine}",
            f"replayed by engine {report.engine}",
            "same events"
            if report.first_difference_seq is None
            else f"other events from the row of seq {report.first_difference_seq} on",
        ]
    if report.conserved:
        lines.append("money, clearing accounts and positions add up")
    return lines


def _void(folder: Path, seq: int) -> None:
    journal = Journal.open(folder / JOURNAL_FILE)
    try:
        journal.void(seq)
    finally:
        journal.close()


class Archived(msgspec.Struct, frozen=True):
    """What `archive --json` prints."""

    rows: int
    file: str


def archive(folder: Path, file: Path, /, *, json: Json = False) -> None:
    """Move a world's journal rows before its last snapshot to a file of their own.

    The world must not be running. Both files can be replayed.
    """
    from longshore.journal.archive import archive as move

    try:
        journal = Journal.open(folder / JOURNAL_FILE)
        try:
            moved = move(journal, file)
        finally:
            journal.close()
    except JournalError as error:
        raise CliError(str(error)) from error
    emit(Archived(moved, str(file)), json, f"{moved:,} rows moved to {file}")


class ScenarioInfo(msgspec.Struct, frozen=True):
    """One line of `scenario list`."""

    name: str
    title: str
    goal: str
    rulebook: str
    markets: list[str]
    start: str
    end: str


def list_scenarios(*, json: Json = False) -> None:
    """The scenarios that come with the package."""
    found = [
        ScenarioInfo(
            name=each.name,
            title=each.title,
            goal=each.goal,
            rulebook=each.rulebook,
            markets=each.markets,
            start="when made" if each.start is None else utc(each.start_us),
            end="" if each.end_us is None else utc(each.end_us),
        )
        for each in map(scenario.parse, map(scenario.read, scenario.shipped_names()))
    ]
    titles = {i.name: f"{i.title}. {i.goal}" if i.goal else i.title for i in found}
    rows = [(i.name, titles[i.name], i.start) for i in found]
    emit(found, json, table("", ("name", "title", "start"), rows, whole="name"))


def utc(time_us: int) -> str:
    """A world time as people read it."""
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(time_us / 1_000_000, UTC):%Y-%m-%d %H:%M:%S}"
