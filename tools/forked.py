"""Tests collected once and run again and again, each time in a forked child with one rule changed.

A rule's `__code__` is what is changed, so every caller meets the change, wherever it looks the rule
up. Compiling each change would take a minute and tell nothing more, so tests of the compiled engine
are skipped. Chance is seeded, and what Hypothesis finds is not made smaller.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from types import CodeType
from typing import Any

import pytest
from hypothesis import Phase, settings

from longshore.engine import _compile

SLACK_S, SLACK = 3, 3
"""Of the processor a child may take so much, and so many times what its tests took before."""
PASSED, FAILED, ENDLESS = "passed", "failed", "endless"
OPTIONS = ("-q", "-s", "--no-header", "--no-summary", "-p", "no:cacheprovider", "-m",
           "not long and not alone", "-W", "ignore::pytest.PytestAssertRewriteWarning")  # fmt: skip


@dataclass
class Test:
    """What one test did with every rule as it is."""

    item: pytest.Item
    seconds: float = 0.0
    outcome: str = PASSED
    rules: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The test function's name, without parameters: what `citing_tests` gives."""
        return self.item.nodeid.partition("[")[0]


@dataclass(frozen=True, eq=False)
class Trial:
    """A rule's other code, and the tests that should notice, the likeliest first."""

    subject: Any
    rule: str
    code: CodeType
    tests: list[Test]


class Session:
    """Stands in for pytest's own loop over the tests, and hands them to `work`."""

    def __init__(self, work: Callable[[list[Test]], None]) -> None:
        self.work = work
        self.reports: list[Any] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running what was collected."""
        self.work([Test(item) for item in session.items])
        return True

    def pytest_runtest_logreport(self, report: Any) -> None:
        """What a test in this process came to."""
        self.reports.append(report)

    def run(self, test: Test, following: Test | None) -> None:
        """Run one test here and now; its reports are in `reports`."""
        self.reports.clear()
        item, after = test.item, following.item if following else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)

    def measure(self, tests: list[Test]) -> None:
        """Run all in a child as they are: note time, outcome and the rules each one reaches."""

        def child(out: int) -> None:
            reached: set[str] = set()
            for test, following in pairs(tests):
                reached.clear()
                watch(reached)
                started = time.process_time()
                self.run(test, following)
                seen = [time.process_time() - started, self.outcome(), sorted(reached)]
                os.write(out, json.dumps(seen).encode() + b"\n")

        read, write = os.pipe()
        pid = forked(lambda: child(write))
        os.close(write)
        with os.fdopen(read) as lines:
            for test, line in zip(tests, lines, strict=False):
                test.seconds, test.outcome, rules = json.loads(line)
                test.rules = set(rules)
        os.waitpid(pid, 0)
        broken = [test.item.nodeid for test in tests if test.outcome == FAILED]
        assert not broken, f"these fail as they are: {broken}"

    def outcome(self) -> str:
        """Of the test run last."""
        if any(report.failed for report in self.reports):
            return FAILED
        return "skipped" if any(report.skipped for report in self.reports) else PASSED

    def first_failure(self, trial: Trial) -> None:
        """In a child: the changed rule, its tests until one fails."""
        limit_s = int(SLACK_S + SLACK * sum(test.seconds for test in trial.tests))
        resource.setrlimit(resource.RLIMIT_CPU, (limit_s, limit_s))
        function = _compile.RULES[trial.rule]
        named = _compile.RULES.keys() & set(trial.code.co_names)
        for name in named:  # a change may name a rule that the file did not import
            function.__globals__.setdefault(name, _compile.RULES[name])
        function.__code__ = trial.code
        for test, following in pairs(trial.tests):
            self.run(test, following)
            if self.outcome() == FAILED:
                os._exit(1)

    def tried(self, trials: Iterable[Trial], workers: int) -> Iterator[tuple[Trial, str]]:
        """The outcome of each trial, as they end."""
        waiting = iter(trials)
        running: dict[int, Trial] = {}
        while True:
            for trial in islice(waiting, workers - len(running)):
                running[forked(partial(self.first_failure, trial))] = trial
            if not running:
                return
            pid, status = os.wait()
            yield running.pop(pid), outcome_of(status)


def outcome_of(status: int) -> str:
    """What a child's end says: one that was stopped, or broke down outside a test, is endless."""
    outcomes = {0: PASSED, 1: FAILED}
    return outcomes.get(os.waitstatus_to_exitcode(status), ENDLESS)


def pairs(tests: list[Test]) -> Iterator[tuple[Test, Test | None]]:
    """Each test with the one after it, which pytest asks for."""
    return zip(tests, [*tests[1:], None], strict=True)


def forked(work: Callable[[], None]) -> int:
    """Do something in a child process without a word; its id."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 2
        try:
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            work()
            code = 0
        finally:
            os._exit(code)
    return pid


def watch(reached: set[str]) -> None:
    """Every rule notes its first call in `reached` and is itself again after it."""
    for name, function in _compile.RULES.items():
        own = function.__code__
        if own.co_name == "noting":
            continue

        def note(name: str = name, own: CodeType = own) -> Callable[..., Any]:
            reached.add(name)
            rule = _compile.RULES[name]
            rule.__code__ = own
            return rule

        function.__globals__[f"_note_{name}"] = note
        space: dict[str, Any] = {}
        arguments = ", ".join(own.co_varnames[: own.co_argcount])
        exec(f"def noting({arguments}): return _note_{name}()({arguments})", space)  # noqa: S102
        function.__code__ = space["noting"].__code__


def skip_compiled(mode: str) -> Any:
    """No compiled program."""
    pytest.skip(f"changed rules run plain, not {mode}")


def collected(names: list[str], work: Callable[[Session, list[Test]], None]) -> None:
    """Collect the tests of these names once, and do something with them."""
    assert names, "no test cites this"
    _compile.load_program = skip_compiled
    settings.register_profile(
        "mutants", derandomize=True, database=None, deadline=None,
        phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip
    settings.load_profile("mutants")
    session = Session(lambda tests: work(session, tests))
    code = pytest.main([*OPTIONS, *names], plugins=[session])
    assert code in (0, 5), f"the tests could not be collected: {code}"
