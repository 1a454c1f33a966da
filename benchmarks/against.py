"""The canonical flow of this tree against that of another revision, turn by turn on one machine.

The other revision is laid out in a temporary folder and compiles its own rules. Each tree keeps one
process, with the flow's accounts and book opened anew for every turn, and they take turns. The
least of each counts, in seconds of the processor: what else the machine does only adds to them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.report import LESS, Aim, Report, each_us

ROOT = Path(__file__).parents[1]
TURNS = 15
SLOWER = 1.15
BARE = {"PYTHONDONTWRITEBYTECODE": "1"}
"""Older revisions take what Python would keep beside the rulebooks for one of them."""
WORKER = """
import gc, sys, time
from benchmarks import flow
from benchmarks.engine import apply_all, opened
made = flow.make(flow.Shape(commands={commands}))
opened(made, "jit").apply(made.commands[:{commands} // 10])
print("ready", flush=True)
for _ in sys.stdin:
    engine = opened(made, "jit")
    gc.collect()
    gc.disable()
    started = time.process_time()
    apply_all(engine, made.commands, 4_096)
    print(time.process_time() - started, flush=True)
    gc.enable()
"""


class UnknownRevision(Exception):
    """Git does not know what was named."""


def git(*words: str) -> str:
    """What git answers."""
    done = subprocess.run(("git", *words), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UnknownRevision(done.stderr.strip() or f"git {' '.join(words)} failed")
    return done.stdout.strip()


@contextmanager
def laid_out(revision: str) -> Iterator[Path]:
    """A revision's tree in a temporary folder."""
    commit = git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        git("worktree", "add", "--quiet", "--detach", str(tree), commit)
        try:
            yield tree
        finally:
            git("worktree", "remove", "--force", str(tree))


@contextmanager
def worker(tree: Path, commands: int) -> Iterator[subprocess.Popen[str]]:
    """A process that runs a tree's flow once for each line it gets, compiled and opened."""
    path = os.pathsep.join([str(tree / "src"), str(tree)])
    with subprocess.Popen(
        [sys.executable, "-c", WORKER.format(commands=commands)], cwd=tree, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path} | BARE,
    ) as process:  # fmt: skip
        try:
            assert answer(process) == "ready", f"the flow of {tree} cannot be run"
            yield process
        finally:
            process.kill()


def answer(process: subprocess.Popen[str]) -> str:
    """The next line of a worker."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def turn_s(process: subprocess.Popen[str]) -> float:
    """Seconds for one run of a worker's flow."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    return float(answer(process))


def measure(revision: str, commands: int) -> Report:
    """This tree's least against the other's."""
    with (
        laid_out(revision) as tree, worker(tree, commands) as theirs,
        worker(ROOT, commands) as ours,
    ):  # fmt: skip
        turns = [(turn_s(theirs), turn_s(ours)) for _ in range(TURNS)]
    before_s, now_s = (min(each) for each in zip(*turns, strict=True))
    report = Report(
        f"Against {revision}", f"{commands:,} commands, the least of {TURNS} turns each"
    )
    report.add(f"compiled, batches of 4,096, at {revision}", each_us(before_s, commands), value=1.0)
    report.add("this tree", each_us(now_s, commands), value=now_s / before_s,
               aim=Aim(LESS, SLOWER), bound_by="what was added to the common path")  # fmt: skip
    return report
