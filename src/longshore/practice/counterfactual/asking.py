"""One question about a world's past, and its answer: how it went, and how it would have gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from longshore.engine._compile import Mode
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.limits import ACCOUNTS_SYSTEM
from longshore.explain.sentences import say
from longshore.journal.store import Journal
from longshore.practice.compare.costs import amount
from longshore.practice.compare.outcome import money
from longshore.practice.counterfactual.changes import Change, ChangeError, read_change
from longshore.practice.counterfactual.ending import Ending, ending, refusals
from longshore.practice.counterfactual.ground import parts_under, translated
from longshore.practice.counterfactual.rerun import Rerun
from longshore.rulebooks import MarketInfo
from longshore.world.build import Parts, build, sources_digest
from longshore.world.moment import Moment, MomentError, moment_at, parent_of, reach
from longshore.world.recorded import Recorded, recorded
from longshore.world.scenario import microseconds
from longshore.world.world import JOURNAL_FILE, World

MILLISECOND_US = 1_000
"""Callers count in milliseconds: the one in which the journal ends has come."""
Flow = Literal["agents", "frozen"]
"""agents: they react to what is changed. frozen: everybody's recorded orders come again."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done otherwise, by whom, from when on.

    `at`: a seq, a time, or None for the world's beginning; another rulebook always counts from
    there. `market` is empty where the world has one with margin. `until`: without it, as far as
    the journal goes.
    """

    account: str
    change: str = ""
    rulebook: str = ""
    at: int | datetime | None = None
    market: str = ""
    until: datetime | None = None
    flow: Flow = "agents"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Both ways. `reproduced`: with nothing changed, whether the digests are equal."""

    account: str
    market: str
    change: str
    flow: Flow
    agents_changed: bool
    at_seq: int
    at_us: int
    until_us: int
    before: Ending
    after: Ending
    reproduced: bool | None
    told: list[str]


class Stage(msgspec.Struct, frozen=True):
    """Where a run begins: an engine with its sources, and the seq that it stands at."""

    parts: Parts
    engine_state: World | None
    same_sources: bool

    def rerun(self, change: Change, mode: Mode) -> Rerun:
        """A run that goes on from here."""
        world = self.engine_state
        if world is None:
            start_us = self.parts.scenario.start_us
            engine = Engine(self.parts.setup, mode)
            return Rerun(engine, self.parts.cast, start_us, change)
        made = Rerun(world.engine, world.parts.cast, world.stepper.reached_us, change)
        made.accounts = dict(world.accounts)
        return made


def what_if(folder: Path, asked: Question, mode: Mode = "plain") -> Answer:
    """Run the past of a world's folder again, as it was and with the change.

    The world may be running. Raises ChangeError, MomentError, RulebookError, JournalError,
    LookupError where there is no such account or market.
    """
    at = None if asked.rulebook or asked.at is None else moment_at(asked.at)
    until_us = _until_us(folder, asked)
    with _stage(folder, at, mode) as stage:
        market = _market(stage.parts, asked)
        first = stage.rerun(Change(0, market), mode)
        at_seq, at_us = first.engine.seq, first.reached_us
        flow = list(recorded(folder, at_seq, until_us))
        account_id = _account(first, flow, asked.account)
        first.change.account_id = account_id
        first.again(flow, until_us, frozen=True)
        before = _ending(first, stage.parts, market, account_id)
    with _stage(folder, at, mode) as stage:
        parts = parts_under(stage.parts, asked.rulebook) if asked.rulebook else stage.parts
        theirs = parts.catalog.market(market.symbol)
        change = read_change(asked.change, account_id, theirs)
        second = Stage(parts, None, stage.same_sources) if asked.rulebook else stage
        rerun = second.rerun(change, mode)
        again: Iterator[Recorded] = recorded(folder, at_seq, until_us)
        if asked.rulebook:
            again = translated(again, stage.parts.catalog, parts.catalog)
        rerun.begin()
        rerun.again(again, until_us, frozen=asked.flow == "frozen")
        after = _ending(rerun, parts, theirs, account_id)
        same_sources = stage.same_sources
    nothing = not (asked.change.strip() or asked.rulebook)
    return Answer(
        account=asked.account,
        market=market.symbol,
        change=_change(asked),
        flow=asked.flow,
        agents_changed=not same_sources,
        at_seq=at_seq,
        at_us=at_us,
        until_us=until_us,
        before=before,
        after=after,
        reproduced=before.digest == after.digest if nothing else None,
        told=_told(asked, before, after, same_sources),
    )


@contextmanager
def _stage(folder: Path, at: Moment | None, mode: Mode) -> Iterator[Stage]:
    if at is None:
        journal = Journal.open(_eldest(folder) / JOURNAL_FILE)
        try:
            if journal.begin().row:
                raise MomentError("the world's beginning has been archived: name a later moment")
            version = journal.versions()[0][1]
        finally:
            journal.close()
        parts = build(version.world, version.rulebook)
        yield Stage(parts, None, version.sources == sources_digest())
        return
    past = reach(folder, at, mode)
    try:
        past.come_to_it()
        past.world.stepper.take_batch()
        yield Stage(past.world.parts, past.world, past.same_sources)
    finally:
        past.world.close()


def _eldest(folder: Path) -> Path:
    """The folder whose journal has the first command of a world and its branches."""
    journal = Journal.open(folder / JOURNAL_FILE)
    parent = parent_of(journal)
    journal.close()
    return folder if parent is None else _eldest(folder.parent / parent.name)


def _until_us(folder: Path, asked: Question) -> int:
    journal = Journal.open(folder / JOURNAL_FILE)
    end_us = journal.time_us
    journal.close()
    if asked.until is None:
        return end_us
    until_us = microseconds(asked.until)
    if until_us - end_us >= MILLISECOND_US:
        raise MomentError("that has not come yet: a what-if ends where the journal does")
    return min(until_us, end_us)


def _market(parts: Parts, asked: Question) -> MarketInfo:
    margined = parts.catalog.margined
    if asked.market:
        found = parts.catalog.market(asked.market)
        if not found.is_margined:
            raise ChangeError(f"{asked.market} has no margin: there is nothing to change")
        return found
    if len(margined) != 1:
        raise ChangeError("name a market: the world has several")
    return margined[0]


def _account(rerun: Rerun, flow: list[Recorded], name: str) -> int:
    """An account's number by name; those made on the way are numbered in the order they come."""
    if name in rerun.accounts:
        return rerun.accounts[name]
    number = max(rerun.accounts.values(), default=ACCOUNTS_SYSTEM)
    for row in flow:
        for command in row.commands:
            if command.kind == CommandKind.CREATE_ACCOUNT:
                number += 1
                if row.texts.get(command.seq) == name:
                    return number
    raise LookupError(f"there is no account {name!r}")


def _ending(rerun: Rerun, parts: Parts, market: MarketInfo, account_id: int) -> Ending:
    found = ending(rerun.view, parts.catalog, market, account_id, rerun.mine)
    return msgspec.structs.replace(
        found,
        paid_in=amount(market.settle, rerun.change.paid_in_atoms),
        refusals=refusals(rerun.refused or rerun.mine, account_id),
        digest=rerun.engine.digest(),
        seq=rerun.engine.seq,
    )


def _change(asked: Question) -> str:
    rules = f"rulebook {asked.rulebook}" if asked.rulebook else ""
    return ", ".join(part for part in (asked.change.strip(), rules) if part)


def _told(asked: Question, before: Ending, after: Ending, same_sources: bool) -> list[str]:
    told = [
        say("what-if-was", end=_end(before), kept=money(before.kept)),
        say(
            "what-if-would",
            change=_change(asked) or say("what-if-nothing"),
            end=_end(after),
            kept=money(after.kept),
        ),
    ]
    if after.paid_in.value.strip("0."):
        told.append(say("what-if-paid-in", amount=money(after.paid_in)))
    told += [say("what-if-refused", why=why) for why in after.refusals]
    told.append(say(f"what-if-{asked.flow}"))
    if not same_sources:
        told.append(say("what-if-other-agents"))
    if not _change(asked):
        same = "same" if before.digest == after.digest else "other"
        told.append(say(f"what-if-{same}-state"))
    return told


def _end(one: Ending) -> str:
    if one.end == "liquidated":
        return say("what-if-liquidated-at", when=one.liquidated_at, mark=one.liquidation_mark)
    return one.told
