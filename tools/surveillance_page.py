"""Write docs/surveillance.md: thresholds from the code, figures from watched worlds.

    python -m tools.surveillance_page [--measure] [--seeds 1,2,3] [--workers 2]

`--measure` runs the worlds first, a minute or so each, and keeps what they came to beside the
docs, so that a test can hold the table to it. Without it the page is written from what was kept.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from inspect import getsource
from pathlib import Path
from sys import modules
from typing import Any

import msgspec

from longshore.lab.watching.course import CONDUCTS, Course, Outcome, run
from longshore.lab.watching.figures import figures
from longshore.surveillance.hunting import Hunting
from longshore.surveillance.large import LargeTerms
from longshore.surveillance.marking import Marking
from longshore.surveillance.pressure import PressureTerms
from longshore.surveillance.pump import PumpTerms
from longshore.surveillance.push import PushTerms
from longshore.surveillance.rates import RateTerms
from longshore.surveillance.wash import WashTerms

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "surveillance.md"
KEPT = ROOT / "docs" / "surveillance-figures.json"
SEEDS = (1, 2, 3)
"""Reported. Thresholds were chosen on others."""
TUNED = (101, 102)
FIELD = re.compile(r'^    (\w+): int(?: = [\d_]+)?\n    """(.*?)"""', re.MULTILINE | re.DOTALL)
DETECTORS: dict[str, tuple[str, Any]] = {
    "Wash trades": ("wash", WashTerms()),
    "Spoofing and layering": ("pressure", PressureTerms()),
    "Marking the close": ("marking", Marking.TERMS),
    "Liquidation hunting": ("hunting", Hunting.TERMS),
    "Message rate": ("rates", RateTerms()),
    "Index pump": ("pump", PumpTerms()),
}
REPORTS: dict[str, tuple[str, Any]] = {"Large traders": ("large", LargeTerms())}
"""What is reported and is no alert."""
TABLES = re.compile(r"(<!-- (figures|thresholds) begin -->\n).*?(<!-- \2 end -->)", re.DOTALL)


def measure(seeds: Sequence[int], workers: int) -> None:
    """Every conduct with every seed; kept as it comes."""
    courses = [Course(conduct=str(c), seed=seed) for seed in seeds for c in CONDUCTS]
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor(workers) as pool:
        for outcome in pool.map(run, courses):
            outcomes.append(outcome)
            KEPT.write_bytes(msgspec.json.format(msgspec.json.encode(outcomes), indent=1) + b"\n")


def kept() -> list[Outcome]:
    """What was measured last."""
    return msgspec.json.decode(KEPT.read_bytes(), type=list[Outcome])


def figures_table(outcomes: Sequence[Outcome]) -> str:
    """Precision and recall, and what came of worlds where nobody did anything."""
    head = ("pattern", "worlds with it", "recall", "true alerts", "false alerts",
            "of these where nobody did wrong", "precision")  # fmt: skip
    lines = [
        (f.pattern, f.worlds, f.recall, f.right, f.wrong, f.wrong_quiet, f.precision)
        for f in figures(outcomes)
    ]
    return markdown(head, lines)


def thresholds() -> str:
    """Every detector with its thresholds, as its file has them."""
    return "\n".join(
        f"### {title}\n\n`src/longshore/surveillance/{name}.py`\n\n{_terms(terms)}"
        for title, (name, terms) in (DETECTORS | REPORTS).items()
    )


def _terms(terms: Any) -> str:
    kind = PushTerms if isinstance(terms, PushTerms) else type(terms)
    told = dict(FIELD.findall(getsource(modules[kind.__module__])))
    lines = [(f"`{k}`", f"{v:,}", told[k]) for k, v in msgspec.structs.asdict(terms).items()]
    return markdown(("threshold", "is", "means"), lines)


def markdown(head: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    """A table."""
    heads = list(head)
    parts = [heads, ["---"] * len(heads), *([str(cell) for cell in line] for line in lines)]
    return "\n".join("| " + " | ".join(part) + " |" for part in parts) + "\n"


def page(text: str, outcomes: Sequence[Outcome]) -> str:
    """The page with its tables made again."""
    made = {"figures": figures_table(outcomes), "thresholds": thresholds()}
    return TABLES.sub(lambda found: found[1] + made[found[2]] + found[3], text)


def main() -> None:
    """Measure if asked, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--seeds", default=",".join(map(str, SEEDS)))
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    if given.measure:
        measure([int(seed) for seed in given.seeds.split(",")], given.workers)
    DOCS.write_text(page(DOCS.read_text("utf-8"), kept()), "utf-8")


if __name__ == "__main__":
    main()
