"""Classes: whose they are, who is in them, what they are to do and which worlds they share."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import and_, delete, insert, or_, select, update

from longshore.venue.people.store import now_ms
from longshore.venue.people.tables import ASSIGNED, CLASSES, MEMBERS, SHARED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sqlalchemy import Engine, Table

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of join codes: none that is read for another."""
CODE_LETTERS = 8
ID_BYTES = 6
CLASSES_MAX, MEMBERS_MAX = 20, 200


class Class(msgspec.Struct, frozen=True, kw_only=True):
    """A class. Whoever knows its code can join it."""

    id: str
    title: str
    teacher: str
    code: str
    made_ms: int


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a class."""

    class_id: str
    name: str
    joined_ms: int


class Classes:
    """The tables of classes, asked when needed; they are small."""

    def __init__(self, engine: Engine) -> None:
        """In the database of people."""
        self._engine = engine

    def add(self, title: str, teacher: str) -> Class:
        """A new class with a new code."""
        made = Class(
            id=secrets.token_hex(ID_BYTES),
            title=title,
            teacher=teacher,
            code=new_code(),
            made_ms=now_ms(),
        )
        self._put(CLASSES, msgspec.to_builtins(made))
        return made

    def get(self, class_id: str) -> Class | None:
        """A class by its id."""
        found = self._classes(CLASSES.c.id == class_id)
        return found[0] if found else None

    def of_teacher(self, name: str) -> list[Class]:
        """The classes somebody teaches."""
        return self._classes(CLASSES.c.teacher == name)

    def of_member(self, name: str) -> list[Class]:
        """The classes somebody is in."""
        inside = select(MEMBERS.c.class_id).where(MEMBERS.c.name == name)
        return self._classes(CLASSES.c.id.in_(inside))

    def with_code(self, code: str) -> Class | None:
        """The class of a join code, however it is spaced."""
        plain = "".join(letter for letter in code.upper() if letter.isalnum())
        found = self._classes(CLASSES.c.code == plain)
        return found[0] if found else None

    def recode(self, one: Class) -> Class:
        """A class with another code."""
        changed = msgspec.structs.replace(one, code=new_code())
        with self._engine.begin() as connection:
            this = CLASSES.c.id == one.id
            connection.execute(update(CLASSES).where(this).values(code=changed.code))
        return changed

    def remove(self, class_id: str) -> None:
        """A class, its members and what it was to do; accounts and worlds stay."""
        with self._engine.begin() as connection:
            for table in (MEMBERS, ASSIGNED, SHARED):
                connection.execute(delete(table).where(table.c.class_id == class_id))
            connection.execute(delete(CLASSES).where(CLASSES.c.id == class_id))

    def members(self, class_id: str) -> list[Member]:
        """Who is in a class, by name."""
        asked = select(MEMBERS).where(MEMBERS.c.class_id == class_id).order_by(MEMBERS.c.name)
        with self._engine.connect() as connection:
            rows = connection.execute(asked).mappings()
            return [Member(**row) for row in rows]

    def join(self, class_id: str, name: str) -> None:
        """Put somebody into a class; nothing changes for who is in it."""
        if all(member.name != name for member in self.members(class_id)):
            self._put(MEMBERS, {"class_id": class_id, "name": name, "joined_ms": now_ms()})

    def leave(self, class_id: str, name: str) -> None:
        """Take somebody out of a class."""
        self._drop(MEMBERS, and_(MEMBERS.c.class_id == class_id, MEMBERS.c.name == name))

    def assigned(self, class_id: str) -> list[str]:
        """The lessons and drills a class is to do, in the order they were given."""
        by_time = select(ASSIGNED.c.lesson).where(ASSIGNED.c.class_id == class_id)
        return self._column(by_time.order_by(ASSIGNED.c.assigned_ms, ASSIGNED.c.lesson))

    def assign(self, class_id: str, lesson: str) -> None:
        """Give a class a lesson; nothing changes where it has it."""
        if lesson not in self.assigned(class_id):
            row = {"class_id": class_id, "lesson": lesson, "assigned_ms": now_ms()}
            self._put(ASSIGNED, row)

    def withdraw(self, class_id: str, lesson: str) -> None:
        """Take a lesson back; who has passed it keeps that."""
        self._drop(ASSIGNED, and_(ASSIGNED.c.class_id == class_id, ASSIGNED.c.lesson == lesson))

    def worlds(self, class_id: str) -> list[str]:
        """The worlds a class shares."""
        asked = select(SHARED.c.world).where(SHARED.c.class_id == class_id)
        return self._column(asked.order_by(SHARED.c.world))

    def share(self, class_id: str, world: str) -> None:
        """Let a class into a world."""
        if world not in self.worlds(class_id):
            self._put(SHARED, {"class_id": class_id, "world": world})

    def unshare(self, world: str, class_id: str | None = None) -> None:
        """Close a world to a class, or to all."""
        one = SHARED.c.class_id == class_id if class_id else SHARED.c.class_id.is_not(None)
        self._drop(SHARED, and_(SHARED.c.world == world, one))

    def is_shared(self, world: str, name: str | None = None) -> bool:
        """Whether a world is shared with a class of somebody; with any class without a name."""
        asked = select(SHARED.c.world).where(SHARED.c.world == world)
        if name is not None:
            inside = select(MEMBERS.c.class_id).where(MEMBERS.c.name == name)
            taught = select(CLASSES.c.id).where(CLASSES.c.teacher == name)
            asked = asked.where(or_(SHARED.c.class_id.in_(inside), SHARED.c.class_id.in_(taught)))
        return bool(self._column(asked.limit(1)))

    def _classes(self, which: Any) -> list[Class]:
        asked = select(CLASSES).where(which).order_by(CLASSES.c.made_ms)
        with self._engine.connect() as connection:
            rows = connection.execute(asked).mappings()
            return [Class(**row) for row in rows]

    def _column(self, asked: Any) -> list[str]:
        with self._engine.connect() as connection:
            return list(connection.execute(asked).scalars())

    def _put(self, table: Table, row: Mapping[str, Any]) -> None:
        with self._engine.begin() as connection:
            connection.execute(insert(table).values(row))

    def _drop(self, table: Table, which: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(table).where(which))


def new_code() -> str:
    """A random join code."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
