"""The lessons there are: those of the package, and any folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from longshore.explain.sentences import LANGUAGES, Language
from longshore.practice.study.lesson import LESSON_FILE, WORDS_FILE, Lesson, LessonError, read

FOLDERS = ("lessons", "drills", "exercises")


class Checked(msgspec.Struct, frozen=True):
    """What the check of a folder found: the lesson, or why there is none."""

    name: str
    folder: str
    lesson: Lesson | None
    problem: str


def names() -> list[str]:
    """The lessons of the package, in the order in which they are taken; drills after them."""
    return [each.name for each in shipped()]


@cache
def shipped() -> tuple[Lesson, ...]:
    """The package's lessons, checked, each kind in order of number. Raises LessonError."""
    found = [read(folder) for folder in _folders(None)]
    return tuple(sorted(found, key=_place))


def load(name: str) -> Lesson:
    """A lesson of the package by name, or of a folder by path. Raises LessonError."""
    for each in shipped():
        if each.name == name:
            return each
    if (Path(name) / LESSON_FILE).is_file():
        return read(Path(name))
    raise LessonError(f"no lesson {name!r}: there are {', '.join(names())}")


def check(path: Path | None = None) -> list[Checked]:
    """All lessons of the package, or of a folder: one lesson, or a folder of them.

    The package's own are there in every language.
    """
    return [_checked(folder, LANGUAGES if path is None else ()) for folder in _folders(path)]


def _checked(folder: Path, languages: tuple[Language, ...]) -> Checked:
    try:
        lesson = read(folder)
    except LessonError as error:
        return Checked(folder.name, str(folder), None, str(error))
    missing = [each for each in languages if each not in lesson.languages]
    names = ", ".join(WORDS_FILE.format(language=each) for each in missing)
    problem = f"{folder}: {names} is missing" if missing else ""
    return Checked(folder.name, str(folder), lesson, problem)


def _folders(path: Path | None) -> Iterator[Path]:
    if path is not None:
        if not path.is_dir():
            raise LessonError(f"{path} is no folder")
        own = (path / LESSON_FILE).exists()
        yield from [path] if own else sorted(p.parent for p in path.glob(f"*/{LESSON_FILE}"))
        return
    for kind in FOLDERS:
        place = Path(str(resources.files("longshore.practice"))) / kind
        yield from sorted(file.parent for file in place.glob(f"*/{LESSON_FILE}"))


def _place(lesson: Lesson) -> tuple[int, int, str]:
    kinds = ["lesson", "drill", "exercise"]
    return kinds.index(lesson.file.kind), lesson.file.number, lesson.name
