"""Run other people's bots against the venue and say whether both sides' books agree.

`python -m tools.bots [--minutes N] [--only freqtrade|nautilus] [--keep DIR]`: freqtrade trades for
20 minutes and nautilus_trader holds order books for 30, side by side; or N minutes each. The
exit code is 1 where something does not hold.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.bots import holding, trading
from tools.bots.agreement import Books, Line
from tools.bots.environments import FREQTRADE, NAUTILUS, install

TRADING_MIN = 20.0
HOLDING_MIN = 30.0
SHOWN = 5


def main() -> int:
    """Set up, run, compare, print."""
    asked = _arguments()
    folder = Path(asked.keep or tempfile.mkdtemp(prefix="longshore-bots-")).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    runs = {
        "freqtrade": (FREQTRADE, trading.trade, asked.minutes or TRADING_MIN),
        "nautilus": (NAUTILUS, holding.hold, asked.minutes or HOLDING_MIN),
    }
    chosen = [asked.only] if asked.only else list(runs)
    for name in chosen:
        install(runs[name][0])
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, everything in {folder}", flush=True)
    with ThreadPoolExecutor() as pool:
        started = {
            name: pool.submit(runs[name][1], folder / name, runs[name][2]) for name in chosen
        }
        found = {name: future.result() for name, future in started.items()}
    (folder / "found.json").write_text(json.dumps(found))
    held = [_shown(name, told, runs[name][2]) for name, told in found.items()]
    return 0 if all(held) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, help="how long each runs")
    parser.add_argument("--only", choices=["freqtrade", "nautilus"])
    parser.add_argument("--keep", help="a new folder for logs and databases")
    return parser.parse_args()


def _shown(name: str, found: dict[str, Any], minutes: float) -> bool:
    """Print what one run found; whether all of it holds."""
    if name == "freqtrade":
        books = Books(found)
        print(f"\nfreqtrade {FREQTRADE.version}, {minutes:g} minutes")
        for what, count in books.deeds().items():
            print(f"  {what}: {count}")
        return _table(books.lines())
    print(f"\nnautilus_trader {NAUTILUS.version}, {found['seconds'] / 60:.1f} minutes")
    for book, told in found["books"].items():
        counts = f"{told['messages']:,} messages, {told['changes']:,} changes"
        print(f"  {book}: {counts}, {told['equal']} of {told['compared']} samples equal")
    return _table(holding.lines(found))


def _table(lines: Iterable[Line]) -> bool:
    held = True
    for line in lines:
        held = held and not line.different
        print(f"  {'agrees' if not line.different else 'DIFFERS'}  {line.compared:>5}  {line.what}")
        for difference in line.different[:SHOWN]:
            print(f"                 {difference}")
    return held


if __name__ == "__main__":
    sys.exit(main())
