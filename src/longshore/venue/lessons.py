"""The lessons of a venue: listed with levels, started in worlds of their own, passed by evidence.

What an account has passed is a file beside the worlds. Nothing is marked as done by asking: the
world in which it was done says whether it was.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from longshore.explain.sentences import say
from longshore.practice import study
from longshore.practice.compare import Trade
from longshore.practice.study.asked import asked
from longshore.practice.study.attempt import VENUES, Account, Answer, State
from longshore.practice.study.levels import LEVELS, Entry, Standing, standing
from longshore.practice.study.log import Log, Rules
from longshore.practice.three_ways import WaysError
from longshore.venue import aside
from longshore.venue.dialects.native.errors import CONFLICT, ApiError, bad_value
from longshore.venue.dialects.native.lessons import answers_of, keep_answers, lesson_of
from longshore.venue.dialects.native.schema.lessons import (
    ChecklistItem,
    CommonQuestion,
    Learning,
    LessonInfo,
    LessonPages,
    LessonPassBody,
    LessonQuestion,
    LessonStartBody,
    LessonState,
    LessonStep,
    LessonTrade,
    LessonVenues,
    LessonVenuesBody,
    TextBlock,
    Ways,
)
from longshore.venue.dialects.native.schema.worlds import WorldInfo
from longshore.venue.dialects.native.wire import Call, Operation, Query, decimal
from longshore.world.fitting import with_line

if TYPE_CHECKING:
    from longshore.venue.worlds import Worlds

MS_PER_S = 1_000
Book = dict[str, list[Entry]]
"""Passes and lapses by lesson, in order of time."""


class WaysQuery(Query):
    """At how many times leverage the two contracts are bought."""

    leverage: str = "10"


class Lessons:
    """All lessons, for the accounts of one data folder."""

    def __init__(self, folder: Path, worlds: Worlds) -> None:
        """The folder need not exist yet."""
        self._folder = folder
        self._worlds = worlds

    def operations(self) -> tuple[Operation, ...]:
        """The routes that list, show, start and pass lessons."""
        return (
            Operation("GET", "/lessons", self.list_lessons),
            Operation("GET", "/lessons/{lesson}", self.get_lesson),
            Operation("POST", "/lessons/{lesson}/start", self.start),
            Operation("POST", "/lessons/{lesson}/pass", self.pass_lesson),
            Operation("POST", "/lessons/{lesson}/venues", self.run_at_venues),
            Operation("GET", "/ways", self.get_ways),
        )

    async def list_lessons(self, call: Call) -> Learning:
        """Lessons with levels and evidence, questions people ask, and the checklist."""
        free_play = await self._free_play(call)
        book = self._with_lapses(call, free_play)
        found = self._infos(book)
        practised = {each.name for each in found if each.level > 0}
        scope = Account(State(log=free_play), study.load(study.names()[0]))
        return Learning(
            levels=list(LEVELS),
            lessons=found,
            questions=[
                CommonQuestion(ask=q.ask, answer=q.answer, scenario=q.scenario, lesson=q.lesson)
                for q in asked().question
            ],
            checklist=[
                ChecklistItem(
                    title=item.title,
                    about=item.about,
                    done=practised.issuperset(item.lessons) and item.holds(scope),
                    lessons=item.lessons,
                )
                for item in asked().item
            ],
        )

    async def get_lesson(self, call: Call) -> LessonPages:
        """A lesson's text, step by step, and what it asks."""
        lesson = lesson_of(call)
        book = self._with_lapses(call, await self._free_play(call))
        info = next(each for each in self._infos(book) if each.name == lesson.name)
        return LessonPages(
            lesson=info,
            steps=_steps(lesson),
            questions=_questions(lesson),
            venues=lesson.file.venues,
        )

    async def start(self, call: Call, body: LessonStartBody) -> WorldInfo:
        """A new world of a lesson, with an account for the learner; its clock stands still."""
        lesson = lesson_of(call)
        info = next(each for each in self._infos(self._book(call)) if each.name == lesson.name)
        if not info.unlocked and not body.anyway:
            message = "Pass the lesson before it first, or say that you want it anyway."
            raise ApiError(CONFLICT, "LESSON_LOCKED", message, "lesson")
        text = lesson.world_text
        if body.seed is not None:
            text = with_line(text, "seed", str(body.seed))
        title = lesson.told.words.title
        return await self._worlds.start_lesson(lesson.name, text, title, call.account)

    async def pass_lesson(self, call: Call, body: LessonPassBody) -> LessonInfo:
        """Put a lesson down as passed, if the world says that it was; refused if not."""
        lesson = lesson_of(call)
        path = f"/lessons/{lesson.name}/state"
        state = msgspec.convert(await self._worlds.ask(body.world, path, call), LessonState)
        if not state.passed:
            message = "That world does not show it: not every step is met."
            raise ApiError(CONFLICT, "LESSON_NOT_PASSED", message, "world")
        book = self._with_lapses(call, await self._free_play(call))
        seqs = [step.seq for step in state.steps]
        entries = book.setdefault(lesson.name, [])
        if all((each.world, each.seqs) != (body.world, seqs) for each in entries):
            entries.append(_entry("passed", body.world, seqs, call))
            self._keep(call, book)
        return next(each for each in self._infos(book) if each.name == lesson.name)

    def infos_of(self, account_id: int | None) -> list[LessonInfo]:
        """All lessons with the levels an account has as last put down; without one, all new."""
        return self._infos({} if account_id is None else self._book_of(account_id))

    async def run_at_venues(self, call: Call, body: LessonVenuesBody) -> LessonVenues:
        """A world's first isolated trade under each of the lesson's rulebooks; put down there."""
        lesson = lesson_of(call)
        if not lesson.file.venues:
            raise ApiError(CONFLICT, "NO_VENUES", "This lesson compares no rulebooks.", "lesson")
        path = f"/lessons/{lesson.name}/trade"
        told = await self._worlds.ask(body.world, path, call)
        found = msgspec.convert(told, LessonTrade)
        if not found.trade:
            message = "There is no isolated position yet that could be run again."
            raise ApiError(CONFLICT, "NO_TRADE", message, "world")
        folder = self._worlds.shelf.folder / body.world
        trade = msgspec.json.decode(found.trade, type=Trade)
        text = self._worlds.scenario_text(body.world, call)
        reply, evidence = await self._worlds.aside.do(
            aside.lesson_at_venues, text, lesson.file.venues, trade
        )
        answers = answers_of(folder, found.account_id, lesson)
        answers.append(Answer(VENUES, msgspec.json.encode(evidence).decode(), found.seq))
        keep_answers(folder, found.account_id, lesson, answers)
        return reply

    async def get_ways(self, call: Call, query: WaysQuery) -> Ways:
        """The same money in coins, a dated future and a perpetual, through one fall and back."""
        leverage = decimal(query.leverage, "leverage")
        try:
            return await self._worlds.aside.do(aside.ways, leverage)
        except WaysError as error:
            raise bad_value(f"Leverage: {error}.", "leverage") from error

    def _infos(self, book: Book) -> list[LessonInfo]:
        """Each lesson with its level; the first, drills, and what follows a pass are unlocked."""
        found, before = [], True
        for name in study.names():
            lesson, stands = study.load(name), standing(book.get(name, []))
            is_lesson = lesson.file.kind == "lesson"
            found.append(_info(lesson, stands, not is_lesson or before))
            before = stands.level > 0 if is_lesson else before
        return found

    async def _free_play(self, call: Call) -> Log:
        """What the account did in the main world."""
        events = await call.venue.history.every_account_event(call.account_id)
        rules = Rules(call.venue.catalog, call.venue.view, call.venue.world.scenario.start_us)
        log = Log(account_id=call.account_id)
        for event in events:
            log.fold(event, rules)
        return log

    def _with_lapses(self, call: Call, free_play: Log) -> Book:
        """The book, lapses of free play since the last entries put into it."""
        book = self._book(call)
        for name, entries in book.items():
            lesson = study.load(name)
            if lesson.lapses is None or not standing(entries).level:
                continue
            since = Account(State(log=_since(free_play, entries[-1].free_seq)), lesson)
            if lesson.lapses(since):
                entries.append(_entry("lapsed", "", [], call))
                self._keep(call, book)
        return book

    def _book(self, call: Call) -> Book:
        return self._book_of(call.account_id)

    def _book_of(self, account_id: int) -> Book:
        file = self._file(account_id)
        return msgspec.json.decode(file.read_bytes(), type=Book) if file.exists() else {}

    def _keep(self, call: Call, book: Book) -> None:
        file = self._file(call.account_id)
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".new")
        draft.write_bytes(msgspec.json.encode(book))
        draft.replace(file)

    def _file(self, account_id: int) -> Path:
        return self._folder / f"{account_id}.json"


def _entry(kind: Literal["passed", "lapsed"], world: str, seqs: list[int], call: Call) -> Entry:
    now_ms = int(time.time() * MS_PER_S)
    seq = int(call.venue.view.seq)
    return Entry(kind=kind, at_ms=now_ms, world=world, seqs=seqs, free_seq=seq)


def _since(log: Log, seq: int) -> Log:
    """What began after a command."""
    return Log(
        account_id=log.account_id,
        trades=[each for each in log.trades if each.opened_seq > seq],
        orders=[each for each in log.orders if each.placed_seq > seq],
        refusals=[each for each in log.refusals if each.seq > seq],
    )


def _info(lesson: study.Lesson, stands: Standing, unlocked: bool) -> LessonInfo:
    file, words = lesson.file, lesson.told.words
    return LessonInfo(
        name=lesson.name,
        kind=file.kind,
        number=file.number,
        title=words.title,
        about=words.about,
        minutes=file.minutes,
        unlocked=unlocked,
        level=stands.level,
        level_name=stands.name,
        evidence=[_told(each, lesson) for each in stands.evidence],
        next_wall=stands.next_ms,
    )


def _told(entry: Entry, lesson: study.Lesson) -> str:
    when = f"{datetime.fromtimestamp(entry.at_ms / MS_PER_S, UTC):%Y-%m-%d %H:%M}"
    if entry.kind == "lapsed":
        return say("lesson-lapsed", when=when, why=lesson.told.words.lapsed)
    seqs = ", ".join(map(str, entry.seqs))
    return say("lesson-passed", when=when, world=entry.world, seqs=seqs)


def _steps(lesson: study.Lesson) -> list[LessonStep]:
    """Its steps in the language that is spoken; the condition as it stands in its file."""
    told = lesson.told
    return [
        LessonStep(
            heading=page.heading,
            text=[_block(each) for each in page.paragraphs],
            action=words.action,
            asks=step.asks,
            does=step.does,
            when=" ".join(step.when.split()),
        )
        for step, words, page in zip(lesson.steps, told.words.step, told.pages, strict=True)
    ]


def _block(block: str | list[str]) -> TextBlock:
    if isinstance(block, list):
        return TextBlock(text="", items=block)
    return TextBlock(text=block, items=[])


def _questions(lesson: study.Lesson) -> list[LessonQuestion]:
    words = lesson.told.words
    return [
        LessonQuestion(
            id=q.id,
            ask=words.ask[q.id],
            unit="" if q.choices else q.unit,
            choices=q.choices,
            labels=words.choices.get(q.id, []),
        )
        for q in lesson.file.question
    ]
