"""Check that each article's test fails when the rule that names the article does nothing.

For every code, every rule whose docstring names it is replaced by a no-op, one at a time, and the
tests that cite the code are run; one of them must fail. `python tools/articles_mutate.py CODE …`
tries some codes only.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from longshore.engine._compile import RULES  # noqa: E402
from tools.articles import citing_tests, codes, naming_rules  # noqa: E402
from tools.forked import PASSED, Session, Test, Trial, collected  # noqa: E402

WORKERS = 2
RESULTS = {"bool": "False", "None": "None"}


@dataclass(frozen=True)
class Mutant:
    """A rule made a no-op, and the tests that should notice."""

    code: str
    rule: str
    tests: tuple[str, ...]


def mutants(wanted: set[str]) -> Iterator[Mutant]:
    """One for every pair of a code and a rule that names it."""
    cited, named = citing_tests(), naming_rules()
    for code in codes():
        if not wanted or code in wanted:
            for rule in named.get(code, []):
                yield Mutant(code, rule, tuple(cited.get(code, [])))


def no_op(name: str) -> CodeType:
    """The code of a rule of the same signature that changes nothing: zero, False or None."""
    rule = RULES[name]
    result = RESULTS.get(str(rule.__annotations__.get("return")), "0")
    arguments = ", ".join(rule.__code__.co_varnames[: rule.__code__.co_argcount])
    space: dict[str, Any] = {}
    exec(f"def {name}({arguments}): return {result}", space)  # noqa: S102
    made: CodeType = space[name].__code__
    return made


def survivors(todo: list[Mutant], session: Session, tests: list[Test]) -> list[Mutant]:
    """Those that no test notices."""
    session.measure(tests)
    trials = []
    for mutant in todo:
        reaching = [t for t in tests if t.name in mutant.tests and mutant.rule in t.rules]
        quick = sorted((t for t in reaching if t.outcome == PASSED), key=lambda t: t.seconds)
        trials.append(Trial(mutant, mutant.rule, no_op(mutant.rule), quick))
    found = []
    for trial, outcome in session.tried(trials, WORKERS):
        word = "SURVIVED" if outcome == PASSED else "noticed"
        print(f"{trial.subject.code} {trial.rule:<40} {word}", flush=True)
        if outcome == PASSED:
            found.append(trial.subject)
    return found


def main(wanted: set[str]) -> int:
    """Run them all; 0 only if every code has a rule and every mutant was noticed."""
    todo = list(mutants(wanted))
    names = sorted({test for mutant in todo for test in mutant.tests})
    survived: list[Mutant] = []
    print(f"{len(todo)} mutants, {len(names)} tests", flush=True)
    collected(names, lambda session, tests: survived.extend(survivors(todo, session, tests)))
    orphans = sorted((wanted or set(codes())) - set(naming_rules()))
    print(f"noticed: {len(todo) - len(survived)} of {len(todo)}")
    print("survived:", *(f"{m.code}/{m.rule}" for m in survived))
    print("codes no rule names:", *orphans)
    return int(bool(survived or orphans))


if __name__ == "__main__":
    sys.exit(main(set(sys.argv[1:])))
