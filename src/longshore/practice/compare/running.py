"""Runs of one trade under many rules, in a pool of processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

import msgspec

from longshore.engine._compile import Mode
from longshore.practice.compare.costs import amount
from longshore.practice.compare.course import Course
from longshore.practice.compare.ground import Ground, make_parts
from longshore.practice.compare.outcome import Outcome, RefusedOrder
from longshore.practice.compare.rules import Fitted
from longshore.practice.compare.telling import cited, outcome, untaken
from longshore.practice.compare.trade import Trade
from longshore.rulebooks import ConversionError
from longshore.world.scenario import ScenarioError

Progress = Callable[[float], None]


class Job(msgspec.Struct, frozen=True):
    """One run; all of it can be sent to another process."""

    trade: Trade
    ground: Ground
    fitted: Fitted
    mode: Mode = "plain"
    entry_only: bool = False


def run(job: Job) -> Outcome | str:
    """The outcome, or why these rules make no world at all."""
    try:
        parts = make_parts(job.ground, job.fitted.terms)
    except ScenarioError as error:
        return str(error)
    course = Course(parts, job.trade, job.mode)
    try:
        entered = course.enter()
    except ConversionError as error:
        return _off_step(job, course, error)
    if entered and not job.entry_only:
        course.follow(min(job.ground.until_us, parts.feed.end_us))
    return outcome(course, job.fitted)


def _off_step(job: Job, course: Course, error: ConversionError) -> Outcome:
    """A size or a price of the trade is no multiple of the market's steps."""
    rules = job.fitted.rules()
    paths = [f"perpetuals.{job.ground.market}.{key}" for key in ("lot", "tick")]
    lines = cited([rules[path] for path in paths if path in rules])
    refusal = RefusedOrder("entry", type(error).__name__, f"{error}.", lines)
    fitted, coin = job.fitted, amount(course.market.quote, 0).unit
    return untaken((fitted.id, fitted.title), fitted.symbol, coin, refusal)


def run_all(
    jobs: Sequence[Job], processes: int = 0, progress: Progress | None = None
) -> list[Outcome | str]:
    """All of them, in order; the same run is made once. `processes` 0: as many as there are cores.

    `progress` is told the part done, from 0 to 1.
    """
    keys = [_key(job) for job in jobs]
    single = dict(zip(keys, jobs, strict=True))
    count = min(processes or os.cpu_count() or 1, len(single))
    made = _in_pool(single, count, progress) if count > 1 else _here(single, progress)
    return [made[key] for key in keys]


Key = tuple[object, ...]


def _key(job: Job) -> Key:
    """What decides a run's course and its report: values, not where they were read."""
    rules = job.fitted.rules()
    values = tuple(sorted((path, rule.value) for path, rule in rules.items()))
    return job.fitted.id, job.entry_only, values


def _here(jobs: dict[Key, Job], progress: Progress | None) -> dict[Key, Outcome | str]:
    made = {}
    for done, (key, job) in enumerate(jobs.items(), start=1):
        made[key] = run(job)
        if progress is not None:
            progress(done / len(jobs))
    return made


def _in_pool(
    jobs: dict[Key, Job], processes: int, progress: Progress | None
) -> dict[Key, Outcome | str]:
    """Processes are started afresh, not forked: the caller may have threads."""
    made = {}
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(run, job): key for key, job in jobs.items()}
        for done, future in enumerate(as_completed(running), start=1):
            made[running[future]] = future.result()
            if progress is not None:
                progress(done / len(jobs))
    return made
