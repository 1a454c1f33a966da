"""Run the benchmarks: `python -m benchmarks [NAME …] [--minutes N] [--against REV] [--json]`."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Mapping, Sequence

from rich.console import Console

from benchmarks import (
    against,
    engine,
    fixture,
    flow,
    gates,
    journalled,
    peers,
    scale,
    screen,
    start,
    surveillance,
    wallets,
    world,
)
from benchmarks.report import Report
from benchmarks.venue import fan_out, over_http, over_socket

COMMANDS = 100_000
VENUE = ("orders", "socket", "fan-out")
"""What `venue` stands for."""


def benchmarks(commands: int, minutes: float = screen.MINUTES) -> dict[str, Callable[[], Report]]:
    """Every benchmark by name, in the order they are run."""
    shape = flow.Shape(commands=commands)
    return {
        "start": start.measure,
        "fixture": fixture.measure,
        "engine": lambda: engine.measure(shape),
        "gates": lambda: gates.measure(shape),
        "journal": lambda: journalled.measure(shape),
        "wallets": wallets.measure,
        "scale": scale.measure,
        "world": lambda: world.measure(commands),
        "orders": over_http.measure,
        "socket": over_socket.measure,
        "fan-out": fan_out.measure,
        "surveillance": lambda: surveillance.measure(commands),
        "peers": lambda: peers.measure(shape),
        "screen": lambda: screen.measure(minutes),
    }


def run(
    known: Mapping[str, Callable[[], Report]], names: Sequence[str], as_json: bool = False
) -> None:
    """Run the named ones, or all, and print their tables, or one JSON document."""
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
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"{', '.join(benchmarks(0))}; venue: {', '.join(VENUE)}",
    )
    parser.add_argument("--commands", type=int, default=COMMANDS)
    parser.add_argument("--against", default="", metavar="REV", help="the flow, and nothing else")
    parser.add_argument("--minutes", type=float, default=screen.MINUTES, help="of `screen`")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.against and given.names:
        parser.error("--against is a benchmark by itself")
    known = benchmarks(given.commands, given.minutes)
    if given.against:
        known = {"against": lambda: against.measure(given.against, given.commands)}
    names = [each for name in given.names for each in (VENUE if name == "venue" else (name,))]
    try:
        run(known, names, given.json)
    except against.UnknownRevision as unknown:
        parser.error(f"{given.against}: {unknown}")


if __name__ == "__main__":
    main()
