"""`longshore compare`: one trade under several rulebooks, and why its outcomes differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from longshore.cli.output import CliError, Json, WrongUsage, emit, progress_bar, table
from longshore.cli.worlds import EngineMode
from longshore.practice.compare import Comparison, Options, Pair, TradeError, read_trade
from longshore.practice.compare import compare as run_compare
from longshore.practice.compare.report import summary, write_report
from longshore.practice.compare.rules import Rule
from longshore.practice.compare.table import Line, lines
from longshore.practice.compare.why import Trials
from longshore.rulebooks import RulebookError
from longshore.world.scenario import ScenarioError

NONE = "–"
SIDE_BY_SIDE = 4
"""Rulebooks in one table: a fifth would leave too little room for words on 80 columns."""


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Effort:
    """How much is run and how; no outcome depends on it."""

    engine: Annotated[EngineMode, Parameter(help="How the engine's rules are run.")] = "jit"
    processes: Annotated[int, Parameter(help="How many runs at a time; 0: one a core.")] = 0
    trials: Annotated[
        Trials,
        Parameter(help="Try rules for `all` differences, or for other `ends` only."),
    ] = "all"

    def options(self) -> Options:
        """As the comparison takes them."""
        return Options(mode=self.engine, processes=self.processes, trials=self.trials)


def compare(
    trade: Annotated[str, Parameter(name="TRADE")] = "long-10x",
    /,
    *,
    rulebooks: Annotated[
        str, Parameter(help="Ids or names with commas between; `kraken@2025-06` is that version.")
    ],
    world: Annotated[str, Parameter(help="A scenario instead of the trade's own.")] = "",
    out: Annotated[Path | None, Parameter(help="A folder for an HTML report.")] = None,
    effort: Effort = Effort(),
    json: Json = False,
) -> None:
    """Run one trade under several rulebooks in one world, and name the rules that made the outcome.

    TRADE is the name of a shipped one (long-10x) or a file; its keys are told in the shipped file.
    The first rulebook is compared with each of the others: every group of values that differs is
    put into it alone, and the world is run again. The compiled engine has to be compiled once,
    which takes a minute or two; `--engine plain` does without.
    """
    names = [name.strip() for name in rulebooks.split(",") if name.strip()]
    if effort.processes < 0:
        raise WrongUsage("--processes is 0 or above")
    if not names:
        raise WrongUsage("name rulebooks, such as --rulebooks kraken,cautious")
    try:
        with progress_bar("compare") as progress:
            compared = run_compare(read_trade(trade), names, world, effort.options(), progress)
        report = None if out is None else write_report(compared, out)
    except (TradeError, RulebookError, ScenarioError) as error:
        raise CliError(str(error)) from error
    except OSError as error:
        raise CliError(f"the report cannot be written: {error}") from error
    written = [] if report is None else [f"Report: {report}"]
    emit(compared, json, *_told(compared), *written)


def _told(compared: Comparison) -> list[object]:
    """The comparison for people."""
    return [
        f"{compared.banner} {compared.disclaimer}",
        summary(compared),
        f"Prices: {compared.world.prices}",
        *outcome_tables(compared),
        *(part for pair in compared.pairs for part in _why(pair)),
    ]


def outcome_tables(compared: Comparison) -> Iterator[object]:
    """Outcomes side by side, a few in a table: what differs first, the rest dimmed."""
    from rich.table import Table

    told = lines(compared)
    for start in range(0, len(compared.outcomes), SIDE_BY_SIDE):
        few = slice(start, start + SIDE_BY_SIDE)
        made = Table()
        made.add_column("")
        for outcome in compared.outcomes[few]:
            made.add_column(outcome.rulebook, overflow="fold")
        for line in told:
            made.add_row(*_row(line, few), style="" if line.differs else "dim")
        yield made


def _row(line: Line, few: slice) -> list[str]:
    from rich.markup import escape

    return [escape(text) for text in (line.label, *line.cells[few])]


def _why(pair: Pair) -> list[object]:
    """A pair's sentence, then each group with its verdict and its values."""
    parts: list[object] = [f"\n{pair.told}"]
    for group in pair.groups:
        parts.append(f"\n{group.label}: {group.told}")
        rows = [
            (_path(each.left, each.right), _cell(each.left), _cell(each.right))
            for each in group.values
        ]
        parts.append(table("", ("value", pair.left, pair.right), rows))
    return parts


def _path(left: Rule | None, right: Rule | None) -> str:
    return " / ".join(dict.fromkeys(rule.path for rule in (left, right) if rule is not None))


def _cell(rule: Rule | None) -> str:
    """A value with its unit and source; brackets would be markup to the table."""
    if rule is None:
        return NONE
    unit = f" ({rule.unit})" if rule.unit else ""
    return f"{rule.value}{unit}\n{rule.cited()}"
