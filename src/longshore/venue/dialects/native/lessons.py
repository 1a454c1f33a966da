"""A lesson in this world: where the account stands, from its events, and its answers."""

from __future__ import annotations

from pathlib import Path

import msgspec

from longshore.practice import study
from longshore.practice.study.attempt import Answer, Attempt, run
from longshore.practice.study.log import Rules
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.errors import bad_value, not_found
from longshore.venue.dialects.native.schema.lessons import (
    LessonAnswer,
    LessonAnswerBody,
    LessonState,
    StepState,
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
    try:
        asked = lesson.question(body.question)
    except study.LessonError as error:
        raise bad_value(f"{error}.", "question") from error
    try:
        asked.read(body.answer)
    except study.LessonError as error:
        raise bad_value(f"{error}.", "answer") from error
    given = _answers(call, lesson)
    if len(given) >= ANSWERS_MAX:
        raise bad_value(f"There are {ANSWERS_MAX} answers already: start again.", "answer")
    _keep(call, lesson, [*given, Answer(body.question, body.answer, int(call.venue.view.seq))])
    return await _state(call, lesson)


async def _state(call: Call, lesson: study.Lesson) -> LessonState:
    events = await call.venue.history.every_account_event(call.account_id)
    rules = Rules(call.venue.catalog, call.venue.view, call.venue.world.scenario.start_us)
    answers = _answers(call, lesson)
    attempt = run(Attempt(lesson, rules, call.account_id), events, answers)
    result = attempt.result()
    met = {each.step: each for each in result.met}
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
            for at, step in enumerate(lesson.steps)
        ],
        wrong=result.wrong[0].id if result.wrong else "",
        feedback=result.feedback,
        answers=[LessonAnswer(question=a.question, answer=a.said, seq=a.seq) for a in answers],
    )


def lesson_of(call: Call) -> study.Lesson:
    """The lesson that is named in the path; refused where there is none."""
    name = call.path["lesson"]
    if name not in study.names():
        raise not_found("lesson", "lesson")
    return study.load(name)


def _file(call: Call, lesson: study.Lesson) -> Path:
    folder = call.venue.world.journal.path.parent
    return folder / ANSWERS_FILE.format(account=call.account_id, lesson=lesson.name)


def _answers(call: Call, lesson: study.Lesson) -> list[Answer]:
    file = _file(call, lesson)
    return msgspec.json.decode(file.read_bytes(), type=list[Answer]) if file.exists() else []


def _keep(call: Call, lesson: study.Lesson, answers: list[Answer]) -> None:
    file = _file(call, lesson)
    draft = file.with_suffix(".new")
    draft.write_bytes(msgspec.json.encode(answers))
    draft.replace(file)
