"""Classes: what a teacher and their learners are told, and send."""

from __future__ import annotations

from longshore.venue.dialects.native.schema.base import Body, Reply


class ClassBody(Body):
    """A new class."""

    title: str


class JoinBody(Body):
    """A join code, as a teacher gave it."""

    code: str


class ClassLesson(Reply):
    """A lesson or drill that a class is to do, and how well one learner knows it."""

    name: str
    title: str
    kind: str
    level: int
    level_name: str
    evidence: list[str]


class ClassWorld(Reply):
    """A world that a class shares."""

    name: str
    title: str


class ClassInfo(Reply):
    """A class as its learner sees it: with their own progress, and nobody else's."""

    id: str
    title: str
    teacher: str
    lessons: list[ClassLesson]
    worlds: list[ClassWorld]


class ClassRow(Reply):
    """A class in its teacher's list."""

    id: str
    title: str
    code: str
    learners: int


class ClassList(Reply):
    """The classes somebody teaches, and those they are in."""

    told: list[str]
    teaching: list[ClassRow]
    joined: list[ClassInfo]


class LearnerRow(Reply):
    """One learner of a class: levels and their evidence, never money."""

    name: str
    joined_ms: int
    lessons: list[ClassLesson]


class ClassPage(Reply):
    """A class as its teacher sees it."""

    id: str
    title: str
    code: str
    told: list[str]
    lessons: list[ClassLesson]
    """What is assigned, without anybody's level."""
    worlds: list[ClassWorld]
    learners: list[LearnerRow]


class ClassGone(Reply):
    """A class that is no more, or that somebody is not in any more."""

    id: str
