"""Measure the default world and two recordings: pages, and the table of docs/market.md.

    python -m tools.market_table RECORDINGS [PAGES]

takes some minutes: the world is run for half a day. What was measured is kept beside the docs, so
that a test can hold the table to it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from longshore.lab.market.page import beside, html
from longshore.lab.market.recordings import tapes
from longshore.lab.market.report import Course, Report, of_recording, report
from longshore.lab.market.tape import Tape

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "market.md"
FIGURES = ROOT / "docs" / "market-figures.json"
COURSE = Course(12.0, ("PF_XBTUSD", "XBT/USD"), "jit")
COLUMNS = {
    "live": "the default world, 12 h",
    "binance_coinm_btcusd_perp": "Binance books, 10 min of August 2024",
    "binance_perp_BTCUSDT_1m_2025-05-20_2025-06-02": "Binance bars, May 2025",
}
PLACE = re.compile(r"(?<=<!-- table begins -->\n).*(?=<!-- table ends -->)", re.DOTALL)


class Column(msgspec.Struct, frozen=True):
    """One report's figures, and those of the recordings it is judged by."""

    about: str
    found: dict[str, float]
    recorded: dict[str, list[float]]

    def report(self) -> Report:
        """As it is judged."""
        return Report(Tape("", ""), self.found, self.recorded, (), "", [])


def measure(recordings: Sequence[Tape]) -> dict[str, Report]:
    """The recordings, each beside the others, and the world beside the package's own figures."""
    made = {t.name: of_recording(t, recordings, "") for t in recordings if t.name in COLUMNS}
    return {"live": report("live", None, COURSE), **made}


def column(made: Report) -> Column:
    """What is kept of it: four digits of each number."""
    recorded = {key: [_short(v) for v in values] for key, values in made.recorded.items()}
    return Column(made.tape.about, {k: _short(v) for k, v in made.found.items()}, recorded)


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def kept() -> dict[str, Column]:
    """What was measured last."""
    return msgspec.json.decode(FIGURES.read_bytes(), type=dict[str, Column])


def table(columns: dict[str, Column]) -> str:
    """The table of docs/market.md."""
    return beside({title: columns[name].report() for name, title in COLUMNS.items()})


def main() -> None:
    """Measure, keep, write."""
    reports = measure(tapes(Path(sys.argv[1])))
    columns = {name: column(made) for name, made in reports.items()}
    FIGURES.write_bytes(msgspec.json.format(msgspec.json.encode(columns), indent=1) + b"\n")
    DOCS.write_text(PLACE.sub(lambda _: table(columns), DOCS.read_text("utf-8")), "utf-8")
    for name, made in reports.items() if len(sys.argv) > 2 else ():
        (Path(sys.argv[2]) / f"{name}.html").write_text(html(made), "utf-8")


if __name__ == "__main__":
    main()
