"""What is too heavy for the serving loop, done in a process beside it: plain values in and out."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import ParamSpec, TypeVar

from longshore.explain.sentences import Language, Voice, speaking, spoken
from longshore.practice.beside import Side, Sides, side_by_side
from longshore.practice.compare import Trade
from longshore.practice.compare.rules import Rule
from longshore.practice.compare.table import lines
from longshore.practice.counterfactual import Answer, Ending, Question, what_if
from longshore.practice.study.venues import Evidence, run_again
from longshore.practice.three_ways import three_ways
from longshore.venue.dialects.native.schema.bodies import WhatIfBody
from longshore.venue.dialects.native.schema.lessons import (
    LessonVenue,
    LessonVenues,
    RuleGroup,
    RulePair,
    RuleValue,
    VenueLine,
    Way,
    WayPoint,
    Ways,
)
from longshore.venue.dialects.native.schema.worlds import (
    AccountSide,
    EquityPoint,
    EventSide,
    PositionSide,
    SideBySide,
    WhatIfAnswer,
    WhatIfEnding,
    WorldFile,
)
from longshore.world.parcel import bring_in, export
from longshore.world.scenario import parse
from longshore.world.shelf import Shelf

US_PER_MS = 1_000
US_PER_S = 1_000_000
P = ParamSpec("P")
T = TypeVar("T")


class Aside:
    """One process, started with the first task; tasks come one after the other."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def do(self, task: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a task there; its error is raised here."""
        if self._pool is None:
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(1, context, initializer=_end_with_parent)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._pool, _spoken, spoken(), partial(task, *args, **kwargs)
        )

    def close(self) -> None:
        """End the process, whatever it is doing: nothing it makes counts before it is whole."""
        if self._pool is not None:
            for child in active_children():
                child.kill()
            self._pool.shutdown(cancel_futures=True)


def _spoken(speech: tuple[Language, Voice], task: Callable[[], T]) -> T:
    """Do a task in the language and voice of whoever asked for it."""
    with speaking(*speech):
        return task()


def _end_with_parent() -> None:
    """A pool's process would wait for tasks for ever, were its parent killed."""
    parent = parent_process()
    assert parent is not None, "it runs in a pool"

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def export_world(worlds: Path, name: str, file: Path) -> WorldFile:
    """Write a world to a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    made = export(Shelf(worlds), name, file)
    return WorldFile(name=name, file=file.name, seq=made.seq, world_time=made.time_us // US_PER_MS)


def import_world(worlds: Path, file: Path, name: str, owner: str) -> str:
    """Bring a world in; its name."""
    return bring_in(Shelf(worlds), file, name, owner).name


def delete_world(worlds: Path, name: str) -> list[str]:
    """Delete a world; its branches, which are whole now."""
    shelf = Shelf(worlds)
    children = shelf.children(name)
    shelf.delete(name)
    return children


def branches_compared(left: Path, right: Path, account: str) -> SideBySide:
    """An account in two worlds, since they parted."""
    sides = side_by_side(left, right, account)
    return SideBySide(
        account=account,
        seq=sides.seq,
        time=sides.time_us // US_PER_MS,
        left=_side(sides, sides.left),
        right=_side(sides, sides.right),
    )


def lesson_at_venues(text: str, names: list[str], trade: Trade) -> tuple[LessonVenues, Evidence]:
    """A trade run again in a scenario's world under each rulebook: what is shown and put down."""
    compared, evidence = run_again(trade, parse(text), names)
    found = LessonVenues(
        venues=[LessonVenue(each.rulebook, each.title, each.told) for each in compared.outcomes],
        lines=[VenueLine(each.label, each.cells, each.differs) for each in lines(compared)],
        groups=[
            RuleGroup(
                group=each.group,
                label=each.label,
                rulebook=pair.right,
                verdict=each.verdict,
                told=each.told,
                values=[RulePair(_rule(v.left), _rule(v.right)) for v in each.values],
            )
            for pair in compared.pairs
            for each in pair.groups
        ],
    )
    return found, evidence


def ways(leverage: Decimal) -> Ways:
    """The same money three ways. Raises WaysError."""
    found = three_ways(leverage)
    return Ways(
        money=_text(found.money),
        leverage=_text(found.leverage),
        leverage_max=_text(found.leverage_max),
        told=found.told,
        rows=found.rows,
        ways=[
            Way(
                kind=each.kind,
                title=each.title,
                symbol=each.symbol,
                liquidated=each.liquidated_us // US_PER_MS,
                kept=f"{each.kept:.2f}",
                told=each.told,
                points=[WayPoint(at_us // US_PER_MS, f"{has:.2f}") for at_us, has in each.points],
                cells=each.cells,
            )
            for each in found.ways
        ],
    )


def _rule(rule: Rule | None) -> RuleValue | None:
    return None if rule is None else RuleValue(rule.path, rule.value, rule.unit, rule.cited())


def _side(sides: Sides, side: Side) -> AccountSide:
    return AccountSide(
        name=side.name,
        seq=side.seq,
        world_time=side.time_us // US_PER_MS,
        equity=_text(side.equity),
        positions=[
            PositionSide(p.symbol, _text(p.size), _text(p.entry), _text(p.mark), _text(p.pnl))
            for p in side.positions
        ],
        points=[EquityPoint(at_us // US_PER_MS, _text(worth)) for at_us, worth in side.points],
        events=[
            EventSide(
                e.seq, e.time_us // US_PER_MS, e.kind, e.symbol, _text(e.price), _text(e.size)
            )
            for e in side.events
        ],
        events_left_out=side.events_left_out,
    )


def _text(number: Decimal) -> str:
    return f"{number:f}"


def answer_what_if(folder: Path, account: str, body: WhatIfBody) -> WhatIfAnswer:
    """A what-if of an account of a world."""
    at: int | datetime | None = body.seq
    if at is None and body.time_ms is not None:
        at = _moment(body.time_ms)
    question = Question(
        account=account,
        change=body.change,
        rulebook=body.rulebook,
        at=at,
        market=body.symbol,
        until=None if body.until_ms is None else _moment(body.until_ms),
        flow=body.flow,
    )
    return _answer(what_if(folder, question))


def _answer(answer: Answer) -> WhatIfAnswer:
    return WhatIfAnswer(
        account=answer.account,
        market=answer.market,
        change=answer.change,
        flow=answer.flow,
        agents_changed=answer.agents_changed,
        reproduced=answer.reproduced,
        before=_ending(answer.before),
        after=_ending(answer.after),
        told=answer.told,
    )


def _ending(ending: Ending) -> WhatIfEnding:
    return WhatIfEnding(
        end=ending.end,
        told=ending.told,
        entry=ending.entry,
        liquidated_at=ending.liquidated_at,
        ended_at=ending.ended_at,
        kept=str(ending.kept),
        paid_in=str(ending.paid_in),
        refusals=ending.refusals,
        digest=ending.digest,
    )


def _moment(time_ms: int) -> datetime:
    return datetime.fromtimestamp(time_ms / 1_000, UTC)
