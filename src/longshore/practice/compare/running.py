"""Runs of one trade under many rules, in a pool of processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Self

import msgspec

from longshore.engine._compile import Mode
from longshore.engine.engine import Engine
from longshore.explain.sentences import say
from longshore.practice.compare.costs import amount
from longshore.practice.compare.course import Course
from longshore.practice.compare.ground import Ground, make_parts
from longshore.practice.compare.outcome import Outcome, RefusedOrder
from longshore.practice.compare.rules import Fitted
from longshore.practice.compare.telling import cited, outcome, untaken
from longshore.practice.compare.trade import Trade
from longshore.rulebooks import ConversionError
from longshore.world.agents import warm_up
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
    refusal = RefusedOrder(say("compare-order-entry"), type(error).__name__, f"{error}.", lines)
    fitted, coin = job.fitted, amount(course.market.quote, 0).unit
    return untaken((fitted.id, fitted.title), fitted.symbol, coin, refusal)


Key = tuple[object, ...]


class Runner:
    """Makes runs in as many processes as there are cores, or in this one; use it with `with`.

    Processes are started afresh, not forked: the caller may have threads. They live on, so that
    what one has loaded serves its next run too.
    """

    def __init__(self, processes: int = 0, progress: Progress | None = None) -> None:
        """`processes` 0: as many as there are cores. `progress` is told the part done, 0 to 1."""
        self._count = processes or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None
        self._progress = progress
        self._warm = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def run(self, jobs: Sequence[Job], share: tuple[float, float]) -> list[Outcome | str]:
        """All of them, in order; the same run is made once. `share`: their part of the progress."""
        keys = [_key(job) for job in jobs]
        single = dict(zip(keys, jobs, strict=True))
        made: dict[Key, Outcome | str] = {}
        low, high = share
        for done, (key, result) in enumerate(self._results(single), start=1):
            made[key] = result
            self._tell(min(high, low + (high - low) * done / len(single)))
        self._tell(high)
        return [made[key] for key in keys]

    def _tell(self, part: float) -> None:
        if self._progress is not None:
            self._progress(part)

    def _results(self, jobs: dict[Key, Job]) -> Iterator[tuple[Key, Outcome | str]]:
        if self._pool is None and min(self._count, len(jobs)) > 1:
            self._pool = ProcessPoolExecutor(self._count, mp_context=get_context("spawn"))
        if self._pool is None:
            yield from ((key, run(job)) for key, job in jobs.items())
            return
        self._compile(self._pool, jobs)
        running = {self._pool.submit(run, job): key for key, job in jobs.items()}
        for future in as_completed(running):
            yield running[future], future.result()

    def _compile(self, pool: ProcessPoolExecutor, jobs: dict[Key, Job]) -> None:
        """On a cold cache one process compiles; the others load meanwhile, and wait."""
        job = next(iter(jobs.values()), None)
        if job is not None and job.mode != "plain" and not self._warm:
            compiled = pool.submit(_warm_up, job.mode)
            for _ in range(1, min(self._count, len(jobs))):
                pool.submit(_load, job.mode)
            compiled.result()
            self._warm = True


def _warm_up(mode: Mode) -> None:
    warm_up(Engine(None, mode))


def _load(mode: Mode) -> None:
    Engine(None, mode)


def _key(job: Job) -> Key:
    """What decides a run's course and its report: values, not where they were read."""
    rules = job.fitted.rules()
    values = tuple(sorted((path, rule.value) for path, rule in rules.items()))
    return job.fitted.id, job.entry_only, values
