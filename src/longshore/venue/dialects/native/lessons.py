"""A lesson in this world: where the account stands, from its events, and its answers."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from longshore.practice import study
from longshore.practice.compare import TradeError
from longshore.practice.study.attempt import TOY, VENUES, Answer, Attempt, run
from longshore.practice.study.log import Rules
from longshore.practice.study.toy import Toy
from longshore.practice.study.toy_told import told
from longshore.practice.study.venues import the_trade
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.errors import bad_value, not_found
from longshore.venue.dialects.native.schema.lessons import (
    LessonAnswer,
    LessonAnswerBody,
    LessonState,
    LessonTrade,
    StepState,
    ToyAddress,
    ToyState,
)
from longshore.venue.dialects.native.wire import Call

ANSWERS_FILE = "answers-{account}-{lesson}.json"
ANSWERS_MAX = 1_000
ANSWER_CHARS_MAX = 200


async def get_state(call: Call) -> LessonState:
    """Which steps of a lesson the account has met in this world, and what went wrong."""
    return await _state(call, lesson_of(call))


async def answer(call: Call, body: LessonAnswerBody) -> LessonState:
    """Answer a question of a lesson, as of now."""
    lesson = lesson_of(call)
    if len(body.answer) > ANSWER_CHARS_MAX:
        raise bad_value(f"An answer has at most {ANSWER_CHARS_MAX} characters.", "answer")
    if body.question != TOY or lesson.file.toy is None:
        try:
            asked = lesson.question(body.question)
        except study.LessonError as error:
            raise bad_value(f"{error}.", "question") from error
        try:
            asked.read(body.answer)
        except study.LessonError as error:
            raise bad_value(f"{error}.", "answer") from error
    given = answers_of(_folder(call), call.account_id, lesson)
    if len(given) >= ANSWERS_MAX:
        raise bad_value(f"There are {ANSWERS_MAX} answers already: start again.", "answer")
    said = Answer(body.question, body.answer, int(call.venue.view.seq))
    attempt = await _attempt(call, lesson)
    try:
        attempt.answer(said)
    except study.LessonError as error:
        raise bad_value(f"{error}.", "answer") from error
    keep_answers(_folder(call), call.account_id, lesson, [*given, said])
    return _told(attempt, lesson)


async def get_trade(call: Call) -> LessonTrade:
    """The account's first isolated trade in this world, as it can be run under other rulebooks."""
    lesson = lesson_of(call)
    attempt = await _attempt(call, lesson)
    trade = ""
    with suppress(TradeError):
        venue, deposit = call.venue, lesson.file.learner.deposit
        found = the_trade(attempt.log.trades, venue.catalog, venue.world.scenario, deposit)
        trade = msgspec.json.encode(found).decode()
    return LessonTrade(seq=int(call.venue.view.seq), account_id=call.account_id, trade=trade)


async def _attempt(call: Call, lesson: study.Lesson) -> Attempt:
    events = await call.venue.history.every_account_event(call.account_id)
    rules = Rules(call.venue.catalog, call.venue.view, call.venue.world.scenario.start_us)
    answers = answers_of(_folder(call), call.account_id, lesson)
    return run(Attempt(lesson, rules, call.account_id), events, answers)


async def _state(call: Call, lesson: study.Lesson) -> LessonState:
    return _told(await _attempt(call, lesson), lesson)


def _told(attempt: Attempt, lesson: study.Lesson) -> LessonState:
    result, words = attempt.result(), lesson.told.words
    met = {each.step: each for each in result.met}
    wrong = result.wrong[0].id if result.wrong else ""
    return LessonState(
        lesson=lesson.name,
        passed=result.passed,
        steps=[
            StepState(
                met=at in met,
                seq=met[at].seq if at in met else 0,
                time=render.ms(met[at].time_us) if at in met else 0,
                right=step.right if at in met else "",
            )
            for at, step in enumerate(words.step)
        ],
        wrong=wrong,
        feedback=words.wrong.get(wrong, ""),
        answers=[
            LessonAnswer(question=a.question, answer=a.said, seq=a.seq)
            for a in attempt.answers
            if a.question != VENUES
        ],
        toy=None if lesson.file.toy is None else _toy(attempt.toy()),
    )


def _toy(toy: Toy) -> ToyState:
    sends = "send" in toy.spec.acts
    addresses = (("venue", toy.venue_address), ("you", toy.own_address)) if sends else ()
    return ToyState(
        acts=list(toy.spec.acts),
        networks=[each.name for each in toy.spec.network],
        addresses=[ToyAddress(holder=holder, address=each) for holder, each in addresses],
        in_wallet=f"{toy.in_wallet:f}",
        at_venue=f"{toy.at_venue:f}",
        words=toy.words,
        phone_lost=toy.phone_lost,
        told=told(toy),
    )


def lesson_of(call: Call) -> study.Lesson:
    """The lesson that is named in the path; refused where there is none."""
    name = call.path["lesson"]
    if name not in study.names():
        raise not_found("lesson", "lesson")
    return study.load(name)


def _folder(call: Call) -> Path:
    return call.venue.world.journal.path.parent


def answers_of(folder: Path, account_id: int, lesson: study.Lesson) -> list[Answer]:
    """What an account answered in the world of a folder."""
    file = folder / ANSWERS_FILE.format(account=account_id, lesson=lesson.name)
    return msgspec.json.decode(file.read_bytes(), type=list[Answer]) if file.exists() else []


def keep_answers(
    folder: Path, account_id: int, lesson: study.Lesson, answers: list[Answer]
) -> None:
    """Keep them, whole or not at all."""
    file = folder / ANSWERS_FILE.format(account=account_id, lesson=lesson.name)
    draft = file.with_suffix(".new")
    draft.write_bytes(msgspec.json.encode(answers))
    draft.replace(file)
