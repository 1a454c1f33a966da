"""Check that tests notice when an operator or a constant of a rule is turned.

Each change (`tools/operators.py`) is tried alone, with the tests that reach the rule: first those
that cite its articles, then the quickest others. `tools/equivalent.txt` lists the changes that
change nothing, each with its reason; they are tried too, and counted apart.

    python tools/operators_mutate.py [--files margin,funding] [--per-file 20] [--seed 1]

While tests are being written, a run of seconds: only some rules, only what survived in the log of
an earlier run, only the tests of some files.

    python tools/operators_mutate.py --rules weigh,accrued_atoms --again LOG --tests test_edges
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from longshore.engine._compile import RULES  # noqa: E402
from tools.articles import citing_tests  # noqa: E402
from tools.forked import (  # noqa: E402
    ENDLESS,
    FAILED,
    PASSED,
    Session,
    Test,
    Trial,
    collected,
)
from tools.operators import ENGINE, Change, changes_of  # noqa: E402

GROUPS = {
    "margin": ("margin", "methods", "risk_limits", "scales", "bounds", "risk", "nets"),
    "funding": ("funding", "rates", "premiums"),
    "liquidation": ("liquidation", "bankruptcy", "cuts", "insurance", "peaks", "sharing", "topups"),
    "ledger": ("ledger", "collateral"),
    "adl": ("adl", "ranks"),
}
WANTED = 0.9
"""The share of changes that the tests of each group must notice."""
EQUIVALENT = ROOT / "tools/equivalent.txt"
SLOW = "browser,dialects,reliability,venue"
"""Folders whose tests go through a server: they are slow, and cite what others cite too."""


def equivalents() -> dict[str, str]:
    """The changes that change nothing, with the reason."""
    lines = EQUIVALENT.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return dict(pairs)


def survivors(log: str) -> set[str]:
    """The names of the changes that survived in an earlier run."""
    lines = Path(log).read_text(encoding="utf-8").splitlines()
    return {line.split(" ", 3)[3] for line in lines if line.startswith("SURVIVED line ")}


def wanted(options: argparse.Namespace, file: str) -> list[Change]:
    """The changes of a file: of some rules, of an earlier run's survivors, or all."""
    rules = options.rules.split(",") if options.rules else []
    names = survivors(options.again) if options.again else set()
    return [
        change
        for change in changes_of(file)
        if (not rules or change.rule in rules) and (not options.again or change.name in names)
    ]


def chosen(options: argparse.Namespace) -> list[Change]:
    """The changes to try: all of some files, or a seeded sample of each."""
    files = (
        options.files.split(",") if options.files else sorted(p.stem for p in ENGINE.glob("*.py"))
    )
    random = Random(options.seed)
    found = []
    for file in files:
        changes = wanted(options, file)
        few = min(options.per_file or len(changes), len(changes))
        found += sorted(random.sample(changes, few), key=lambda c: c.line)
    return found


def among(tests: set[str], options: argparse.Namespace) -> list[str]:
    """The tests to choose from: not those of slow folders, or those of some files alone."""
    quick = sorted(t for t in tests if t.split("/")[1] not in options.without.split(","))
    files = options.tests.split(",")
    return [t for t in quick if not options.tests or Path(t.partition("::")[0]).stem in files]


def likeliest(change: Change, tests: list[Test], cited: set[str], seconds: float) -> list[Test]:
    """The tests that reach a rule: those that cite its articles, then others, the quick first."""
    reaching = [t for t in tests if change.rule in t.rules and t.outcome == PASSED]
    picked, spent = [], 0.0
    for test in sorted(reaching, key=lambda t: (t.name not in cited, t.seconds)):
        if spent + test.seconds <= seconds:
            spent += test.seconds
            picked.append(test)
    return picked


def run(
    options: argparse.Namespace, changes: list[Change], session: Session, tests: list[Test]
) -> dict[Change, str]:
    """Try all changes; the outcome of each."""
    started = time.monotonic()
    session.measure(tests)
    print(f"{len(tests)} tests as they are: {time.monotonic() - started:.0f} s", flush=True)
    cited = citing_tests()
    trials = []
    for change in changes:
        own = {name for code in change.articles for name in cited.get(code, [])}
        picked = likeliest(change, tests, own, options.seconds)
        trials.append(Trial(change, change.rule, change.code, picked))
    unchanged = {t.subject.file: replace(t, code=RULES[t.rule].__code__) for t in trials}
    controls = session.tried(unchanged.values(), options.workers)
    noticed = [trial.rule for trial, outcome in controls if outcome != PASSED]
    assert not noticed, f"tests fail though nothing was changed in {noticed}"
    known, outcomes = equivalents(), {}
    for trial, outcome in session.tried(trials, options.workers):
        outcomes[trial.subject] = outcome
        told = (outcome == PASSED) != (trial.subject.name in known)
        if told:
            word = "SURVIVED" if outcome == PASSED else "NOT EQUIVALENT"
            print(f"{word} line {trial.subject.line} {trial.subject.name}", flush=True)
    return outcomes


def table(outcomes: dict[Change, str], known: dict[str, str]) -> dict[str, float]:
    """Print file by file what was noticed; the share of each file and group."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for change, outcome in outcomes.items():
        word = "equivalent" if change.name in known and outcome == PASSED else outcome
        for name in [
            change.file,
            *(f"= {g}" for g, files in GROUPS.items() if change.file in files),
        ]:
            counts[name][word] += 1
    shares = {}
    print(f"{'':<16}{'changes':>8}{'caught':>8}{'of these endless':>18}{'survived':>10}"
          f"{'equivalent':>12}{'share':>8}")  # fmt: skip
    for name, of in sorted(counts.items(), key=lambda row: (row[0].startswith("="), row[0])):
        caught = of[FAILED] + of[ENDLESS]
        shares[name] = caught / max(1, caught + of[PASSED])
        print(f"{name:<16}{of.total():>8}{caught:>8}{of[ENDLESS]:>18}{of[PASSED]:>10}"
              f"{of['equivalent']:>12}{shares[name]:>8.1%}")  # fmt: skip
    return shares


def main() -> int:
    """0 only if each group's share is high enough and no listed change is noticed."""
    reader = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    reader.add_argument("--files", default="", help="engine files by name, with commas; else all")
    reader.add_argument("--per-file", type=int, default=0, help="a sample of so many a file")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--seconds", type=float, default=20, help="of tests for one change")
    reader.add_argument("--without", default=SLOW, help="folders of tests, with commas")
    reader.add_argument("--rules", default="", help="only these rules, with commas")
    reader.add_argument("--again", default="", help="only what survived in this log of a run")
    reader.add_argument("--tests", default="", help="only tests of these files, with commas")
    options = reader.parse_args()
    changes, outcomes = chosen(options), {}  # read at once: files may change while tests run
    tests = among(set().union(*citing_tests().values()), options)
    collected(tests, lambda *of: outcomes.update(run(options, changes, *of)))
    known = equivalents()
    shares = table(outcomes, known)
    wrong = [c.name for c, outcome in outcomes.items() if c.name in known and outcome != PASSED]
    return int(bool(wrong) or any(shares.get(f"= {g}", 1) < WANTED for g in GROUPS))


if __name__ == "__main__":
    sys.exit(main())
