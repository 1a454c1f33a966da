"""A teacher's classes: joined by code, given lessons and worlds, looked at by progress.

What is told of a learner is levels with their evidence. There is no ranking, and no money.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from longshore.explain.sentences import say
from longshore.practice import study
from longshore.venue.dialects.native.errors import (
    CONFLICT,
    FORBIDDEN,
    NOT_FOUND,
    ApiError,
    bad_value,
    not_found,
)
from longshore.venue.dialects.native.lessons import lesson_of
from longshore.venue.dialects.native.schema.classes import (
    ClassBody,
    ClassGone,
    ClassInfo,
    ClassLesson,
    ClassList,
    ClassPage,
    ClassRow,
    ClassWorld,
    JoinBody,
    LearnerRow,
)
from longshore.venue.dialects.native.wire import Call, Download, Operation, Query
from longshore.venue.people.attempts import address_of
from longshore.venue.people.classes import CLASSES_MAX, MEMBERS_MAX, Class
from longshore.venue.records import as_csv, as_json
from longshore.world.shelf import MAIN

if TYPE_CHECKING:
    from longshore.venue.lessons import Lessons
    from longshore.venue.people.people import People
    from longshore.venue.visitors import Visitors
    from longshore.world.shelf import Shelf

TITLE_MAX = 80


class ExportQuery(Query):
    """Which form a file has."""

    format: Literal["csv", "json"] = "csv"


class Classroom:
    """The routes of classes."""

    def __init__(self, people: People, lessons: Lessons, shelf: Shelf, visitors: Visitors) -> None:
        """For the people of a data folder, its lessons and its worlds."""
        self._classes = people.classes
        self._attempts = people.attempts
        self._lessons = lessons
        self._shelf = shelf
        self._visitors = visitors

    def operations(self) -> tuple[Operation, ...]:
        """The routes."""
        one = "/classes/{class}"
        return (
            Operation("GET", "/classes", self.list_classes),
            Operation("POST", "/classes", self.make_class, "teacher"),
            Operation("POST", "/classes/join", self.join_class),
            Operation("GET", one, self.get_class, "teacher"),
            Operation("DELETE", one, self.delete_class, "teacher"),
            Operation("POST", f"{one}/code", self.change_code, "teacher"),
            Operation("GET", f"{one}/export", self.export_class, "teacher"),
            Operation("DELETE", f"{one}/learners/{{name}}", self.remove_learner),
            Operation("PUT", f"{one}/lessons/{{lesson}}", self.assign_lesson, "teacher"),
            Operation("DELETE", f"{one}/lessons/{{lesson}}", self.withdraw_lesson, "teacher"),
            Operation("PUT", f"{one}/worlds/{{world}}", self.share_world, "teacher"),
            Operation("DELETE", f"{one}/worlds/{{world}}", self.unshare_world, "teacher"),
        )

    async def list_classes(self, call: Call) -> ClassList:
        """The classes one teaches, and those one is in."""
        name = call.caller.name
        return ClassList(
            told=[say("class-join"), say("people-private")],
            teaching=[
                ClassRow(
                    id=each.id,
                    title=each.title,
                    code=each.code,
                    learners=len(self._classes.members(each.id)),
                )
                for each in self._classes.of_teacher(name)
            ],
            joined=[self._info(each, call) for each in self._classes.of_member(name)],
        )

    async def make_class(self, call: Call, body: ClassBody) -> ClassPage:
        """A new class, whose code its teacher gives to learners."""
        title = body.title.strip()
        if not 0 < len(title) <= TITLE_MAX:
            raise bad_value(say("class-title", most=str(TITLE_MAX)), "title")
        if not call.caller.name:
            raise ApiError(FORBIDDEN, "NOT_A_PERSON", say("people-not-a-person"))
        if len(self._classes.of_teacher(call.caller.name)) >= CLASSES_MAX:
            raise ApiError(CONFLICT, "TOO_MANY_CLASSES", say("class-many", most=str(CLASSES_MAX)))
        return self._page(self._classes.add(title, call.caller.name), call)

    async def join_class(self, call: Call, body: JoinBody) -> ClassInfo:
        """Join a class by its code; its teacher then sees one's progress."""
        who, address = f"joins {call.caller.name}", address_of(call)
        self._attempts.check(who, address, "code")
        found = self._classes.with_code(body.code)
        if found is None:
            self._attempts.count(who, address)
            raise ApiError(NOT_FOUND, "UNKNOWN_CODE", say("class-code-unknown"), "code")
        if not call.caller.name or found.teacher == call.caller.name:
            raise ApiError(CONFLICT, "OWN_CLASS", say("class-own"), "code")
        if len(self._classes.members(found.id)) >= MEMBERS_MAX:
            message = say("class-full", most=str(MEMBERS_MAX))
            raise ApiError(CONFLICT, "CLASS_FULL", message, "code")
        self._classes.join(found.id, call.caller.name)
        return self._info(found, call)

    async def get_class(self, call: Call) -> ClassPage:
        """A class with its learners, their levels and the evidence."""
        return self._page(self._taught(call), call)

    async def delete_class(self, call: Call) -> ClassGone:
        """End a class; its learners keep their accounts, worlds and levels."""
        taught = self._taught(call)
        self._classes.remove(taught.id)
        return ClassGone(id=taught.id)

    async def change_code(self, call: Call) -> ClassPage:
        """Another join code; the old one lets nobody in any more."""
        return self._page(self._classes.recode(self._taught(call)), call)

    async def export_class(self, call: Call, query: ExportQuery) -> Download:
        """Levels and evidence of every learner, as a file."""
        taught = self._taught(call)
        page = self._page(taught, call)
        name = f"class-{taught.id}.{query.format}"
        if query.format == "json":
            return Download(as_json(page), "application/json", name)
        return Download(as_csv(page), "text/csv; charset=utf-8", name)

    async def remove_learner(self, call: Call) -> ClassGone:
        """Leave a class, or, as its teacher, take a learner out of it."""
        name = call.path["name"]
        found = self._classes.get(call.path["class"])
        members = [] if found is None else self._classes.members(found.id)
        is_theirs = found is not None and (name == call.caller.name or self._teaches(found, call))
        if found is None or not is_theirs:
            raise not_found("class", "class")
        if all(member.name != name for member in members):
            raise not_found("learner", "name")
        self._classes.leave(found.id, name)
        return ClassGone(id=found.id)

    async def assign_lesson(self, call: Call) -> ClassPage:
        """Give a class a lesson or a drill."""
        taught, lesson = self._taught(call), lesson_of(call)
        self._classes.assign(taught.id, lesson.name)
        return self._page(taught, call)

    async def withdraw_lesson(self, call: Call) -> ClassPage:
        """Take a lesson back; who has passed it keeps that."""
        taught = self._taught(call)
        self._classes.withdraw(taught.id, call.path["lesson"])
        return self._page(taught, call)

    async def share_world(self, call: Call) -> ClassPage:
        """Let a class into a world of one's own; each learner has an account of their own there."""
        taught, world = self._taught(call), call.path["world"]
        if world == MAIN or not self._visitors.sees(call.caller, world):
            raise not_found("world", "world")
        if self._shelf.owned(world) is None or not self._visitors.owns(world, call):
            raise not_found("world", "world")
        self._classes.share(taught.id, world)
        return self._page(taught, call)

    async def unshare_world(self, call: Call) -> ClassPage:
        """Close a world to a class."""
        taught = self._taught(call)
        self._classes.unshare(call.path["world"], taught.id)
        return self._page(taught, call)

    def _taught(self, call: Call) -> Class:
        found = self._classes.get(call.path["class"])
        if found is None or not self._teaches(found, call):
            raise not_found("class", "class")
        return found

    def _teaches(self, found: Class, call: Call) -> bool:
        return found.teacher == call.caller.name or call.caller.sees_all

    def _page(self, taught: Class, call: Call) -> ClassPage:
        members = self._classes.members(taught.id)
        return ClassPage(
            id=taught.id,
            title=taught.title,
            code=taught.code,
            told=[say("class-code"), say("class-seen")],
            lessons=self._lessons_of(taught, None),
            worlds=self._worlds_of(taught),
            learners=[
                LearnerRow(
                    name=member.name,
                    joined_ms=member.joined_ms,
                    lessons=self._lessons_of(taught, call.venue.accounts.account_id(member.name)),
                )
                for member in members
            ],
        )

    def _info(self, joined: Class, call: Call) -> ClassInfo:
        return ClassInfo(
            id=joined.id,
            title=joined.title,
            teacher=joined.teacher,
            lessons=self._lessons_of(joined, call.account_id),
            worlds=self._worlds_of(joined),
        )

    def _lessons_of(self, one: Class, account_id: int | None) -> list[ClassLesson]:
        """What a class is to do, with the levels of an account; without one all are new."""
        known = {each.name: each for each in self._lessons.infos_of(account_id)}
        names = [name for name in self._classes.assigned(one.id) if name in study.names()]
        return [
            ClassLesson(
                name=name,
                title=known[name].title,
                kind=known[name].kind,
                level=known[name].level,
                level_name=known[name].level_name,
                evidence=known[name].evidence,
            )
            for name in names
        ]

    def _worlds_of(self, one: Class) -> list[ClassWorld]:
        cards = ((world, self._shelf.owned(world)) for world in self._classes.worlds(one.id))
        return [
            ClassWorld(name=world, title=card.title or world)
            for world, card in cards
            if card is not None
        ]
