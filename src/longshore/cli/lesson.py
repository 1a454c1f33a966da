"""Commands on lessons: list, check, show."""

from __future__ import annotations

from pathlib import Path

import msgspec

from longshore.cli.output import CliError, Json, emit, table
from longshore.practice import study


class LessonInfo(msgspec.Struct, frozen=True):
    """One line of `lesson list`."""

    name: str
    kind: str
    number: int
    title: str
    about: str
    minutes: int


class LessonCheck(msgspec.Struct, frozen=True):
    """One line of `lesson check`. `problem` names file, line and reason; empty: it can be used."""

    name: str
    folder: str
    problem: str
    steps: int
    wrong: int
    languages: list[str]


class Condition(msgspec.Struct, frozen=True):
    """A condition of a lesson and what is said when it is so."""

    name: str
    when: str
    says: str


class LessonShown(msgspec.Struct, frozen=True):
    """What `lesson show` prints."""

    name: str
    title: str
    about: str
    steps: list[Condition]
    wrong: list[Condition]


def list_lessons(*, json: Json = False) -> None:
    """The lessons and drills in the package, in the order in which they are taken."""
    found = [
        LessonInfo(each.name, f.kind, f.number, f.title, f.about, f.minutes)
        for each in map(_load, study.names())
        for f in [each.file]
    ]
    rows = [(i.name, i.kind, i.number, i.title, i.minutes) for i in found]
    headings = ("name", "kind", "no.", "title", "minutes")
    emit(found, json, table("", headings, rows, whole="name"))


def check(path: Path | None = None, /, *, json: Json = False) -> None:
    """Whether lessons can be used: those of the package, or the folder of one or of many.

    What is wrong comes with file, line and reason. Exit code 1 if one cannot be used.
    """
    try:
        found = [_line(each) for each in study.check(path)]
    except study.LessonError as error:
        raise CliError(str(error)) from error
    if not found:
        raise CliError(f"there is no lesson in {path}")
    told = [each.problem or _fine(each) for each in found]
    emit(found, json, *told)
    if any(each.problem for each in found):
        raise SystemExit(1)


def _fine(found: LessonCheck) -> str:
    counts = f"{found.steps} steps, {found.wrong} wrong outcomes"
    return f"{found.name}: {counts}; {', '.join(found.languages)}"


def _line(found: study.Checked) -> LessonCheck:
    lesson = found.lesson
    counts = (0, 0) if lesson is None else (len(lesson.steps), len(lesson.wrong))
    languages: list[str] = [] if lesson is None else [*lesson.languages]
    return LessonCheck(found.name, found.folder, found.problem, *counts, languages)


def show(name: str, /, *, json: Json = False) -> None:
    """A lesson's steps, what passes them, and what is said of wrong outcomes.

    NAME is one of `lesson list`, or the path of a folder.
    """
    lesson = _load(name)
    file = lesson.file
    shown = LessonShown(
        name=lesson.name,
        title=file.title,
        about=file.about,
        steps=[Condition(s.page.heading, _one_line(s.when), s.right) for s in lesson.steps],
        wrong=[Condition(w.id, _one_line(w.when), w.feedback) for w in lesson.wrong],
    )
    parts: list[object] = [f"{file.title}: {file.about}"]
    for title, found in (("Steps", shown.steps), ("Wrong outcomes", shown.wrong)):
        rows = [msgspec.structs.astuple(each) for each in found]
        parts.append(table(title, ("name", "when", "says"), rows))
    emit(shown, json, *parts)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _load(name: str) -> study.Lesson:
    try:
        return study.load(name)
    except study.LessonError as error:
        raise CliError(str(error)) from error
