"""Run the benchmarks: `python -m benchmarks [NAME …] [--against REV] [--commands N] [--json]`."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Sequence

from rich.console import Console

from benchmarks import (
    against,
    engine,
    flow,
    journalled,
    orders_http,
    peers,
    scale,
    start,
    wallets,
    world,
)
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
        "scale": scale.measure,
        "world": lambda: world.measure(commands),
        "orders": orders_http.measure,
        "peers": lambda: peers.measure(shape),
    }


def run(
    names: Sequence[str], commands: int = COMMANDS, as_json: bool = False, revision: str = ""
) -> None:
    """Run the named ones, or all, and print their tables, or one JSON document."""
    known = benchmarks(commands)
    if revision:
        known = {"against": lambda: against.measure(revision, commands)}
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
    parser.add_argument("--against", default="", metavar="REV", help="the flow, and nothing else")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.against and given.names:
        parser.error("--against is a benchmark by itself")
    try:
        run(given.names, given.commands, given.json, given.against)
    except against.UnknownRevision as unknown:
        parser.error(f"{given.against}: {unknown}")


if __name__ == "__main__":
    main()
