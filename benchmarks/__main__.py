"""Run the benchmarks: `python -m benchmarks [NAME …] [--commands N] [--json]`."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Sequence

from rich.console import Console

from benchmarks import engine, flow, journalled, orders_http, start, wallets
from benchmarks.report import Report

COMMANDS = 100_000


def benchmarks(commands: int) -> dict[str, Callable[[], Report]]:
    """Every benchmark by name, in the order they are run."""
    shape = flow.Shape(commands=commands)
    return {
        "start": start.measure,
        "engine": lambda: engine.measure(shape),
        "journal": lambda: journalled.measure(shape),
        "wallets": wallets.measure,
        "orders": orders_http.measure,
    }


def run(names: Sequence[str], commands: int = COMMANDS, as_json: bool = False) -> None:
    """Run the named ones, or all, and print their tables, or one JSON document."""
    known = benchmarks(commands)
    console = Console(stderr=as_json)
    reports = []
    console.print(f"Python {platform.python_version()}, {platform.machine()}; ratios of one run")
    for name in names or known:
        reports.append(known[name]())
        if not as_json:
            reports[-1].show(console)
    if as_json:
        json.dump([report.as_json() for report in reports], sys.stdout, indent=2)


def main() -> None:
    """The command line."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="longshore bench", description=flow.__doc__, formatter_class=form
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(benchmarks(0)))
    parser.add_argument("--commands", type=int, default=COMMANDS)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    run(given.names, given.commands, given.json)


if __name__ == "__main__":
    main()
