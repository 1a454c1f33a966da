"""Check that each article's test fails when the rule that names the article does nothing.

For every code, every rule whose docstring names it is replaced by a no-op, one at a time, and the
tests that cite the code are run; one of them must fail. `python tools/articles_mutate.py CODE …`
tries some codes only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tools.articles import citing_tests, codes, naming_rules  # noqa: E402

WORKERS = 2
TEST_TIMEOUT_S = 30
RUN_TIMEOUT_S = 600
WHOLE_TIMEOUT_S = 1_800  # all tests at once, without a mutant
PYTEST = (
    sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "--tb=line",
    "-m", "not long and not alone",
)  # fmt: skip
PASSED, FAILED, NOTHING_RUN = 0, 1, 5


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


def run(tests: tuple[str, ...], rule: str = "") -> subprocess.CompletedProcess[str]:
    """Run tests, with a rule made a no-op; what does not end counts as failed."""
    plugin = ["-p", "tools.mutant"] if rule else []
    environment = os.environ | {"LONGSHORE_MUTANT": rule}
    command = [*PYTEST, *plugin, f"--timeout={TEST_TIMEOUT_S if rule else RUN_TIMEOUT_S}", *tests]
    limit_s = RUN_TIMEOUT_S if rule else WHOLE_TIMEOUT_S
    try:
        return subprocess.run(
            command, cwd=ROOT, env=environment, timeout=limit_s, capture_output=True,
            check=False, text=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, FAILED, stdout="did not end")


def is_noticed(mutant: Mutant) -> bool:
    """Whether a test fails, or cannot even start, without the rule."""
    started = time.monotonic()
    code = run(mutant.tests, mutant.rule).returncode if mutant.tests else NOTHING_RUN
    noticed = code not in (PASSED, NOTHING_RUN)
    word = "noticed" if noticed else "SURVIVED"
    elapsed_s = time.monotonic() - started
    print(f"{mutant.code} {mutant.rule:<40} {word:<9} {elapsed_s:5.1f} s", flush=True)
    return noticed


def main(wanted: set[str]) -> int:
    """Run them all; 0 only if every code has a rule and every mutant was noticed."""
    todo = list(mutants(wanted))
    tests = sorted({test for mutant in todo for test in mutant.tests})
    as_they_are = run(tuple(tests))
    if not tests or as_they_are.returncode != PASSED:
        print("The tests that cite these articles do not pass as they are:", as_they_are.stdout)
        return 1
    print(f"{len(todo)} mutants, {len(tests)} tests")
    with ThreadPoolExecutor(WORKERS) as pool:
        noticed = list(pool.map(is_noticed, todo))
    survived = [m for m, seen in zip(todo, noticed, strict=True) if not seen]
    orphans = sorted((wanted or set(codes())) - set(naming_rules()))
    print(f"noticed: {sum(noticed)} of {len(todo)}")
    print("survived:", *(f"{m.code}/{m.rule}" for m in survived))
    print("codes no rule names:", *orphans)
    return int(bool(survived or orphans))


if __name__ == "__main__":
    sys.exit(main(set(sys.argv[1:])))
