"""Lessons and drills: text, a world, and conditions over what happened, checked by the engine.

A lesson is a folder; adding one needs no code. See `docs/how-to/write-a-lesson.md`.
"""

from longshore.practice.study.attempt import Attempt, Result
from longshore.practice.study.lesson import Lesson, LessonError, Step
from longshore.practice.study.library import Checked, check, load, names

__all__ = [
    "Attempt",
    "Checked",
    "Lesson",
    "LessonError",
    "Result",
    "Step",
    "check",
    "load",
    "names",
]
