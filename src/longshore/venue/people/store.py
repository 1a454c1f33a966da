"""People and their sessions, held in memory and written through, as API keys are."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from longshore.venue.accounts import NameTakenError
from longshore.venue.caller import Role
from longshore.venue.database import migrated
from longshore.venue.people.tables import PEOPLE, SESSIONS

if TYPE_CHECKING:
    from sqlalchemy import Engine

SESSION_S = 14 * 86_400
TOKEN_BYTES = 32
MS_PER_S = 1_000


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may sign in. Their account in the main world has their name."""

    name: str
    role: Role
    password_hash: str
    code_secret: str = ""
    code_is_on: bool = False
    code_step: int = 0
    made_ms: int = 0


@dataclass(eq=False)
class Session:
    """One browser that signed in. Of its token only the digest is kept."""

    name: str
    digest: str
    until_ms: int
    ended: asyncio.Event = field(default_factory=asyncio.Event)


class Store:
    """The database of people. Writes block for one small commit."""

    def __init__(self, engine: Engine) -> None:
        """Read all there is; the tables must exist (`open_store`)."""
        self.engine = engine
        self._people: dict[str, Person] = {}
        self._sessions: dict[str, Session] = {}
        with engine.begin() as connection:
            self._load(connection)

    def _load(self, connection: Connection) -> None:
        connection.execute(delete(SESSIONS).where(SESSIONS.c.until_ms <= now_ms()))
        for row in connection.execute(select(PEOPLE)).mappings():
            person = Person(**row)
            self._people[person.name] = person
        for digest, name, _, until_ms in connection.execute(select(SESSIONS)):
            self._sessions[digest] = Session(name, digest, until_ms)

    def person(self, name: str) -> Person | None:
        """A person by name."""
        return self._people.get(name)

    def everybody(self) -> list[Person]:
        """All people, by name."""
        return [self._people[name] for name in sorted(self._people)]

    def add(self, person: Person) -> None:
        """Keep a new person. Raises NameTakenError."""
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(PEOPLE).values(msgspec.to_builtins(person)))
        except IntegrityError as error:
            raise NameTakenError(person.name) from error
        self._people[person.name] = person

    def keep(self, person: Person) -> None:
        """Write what has changed of a person."""
        values = msgspec.to_builtins(person)
        with self.engine.begin() as connection:
            connection.execute(update(PEOPLE).where(PEOPLE.c.name == person.name).values(values))
        self._people[person.name] = person

    def sign_in(self, name: str) -> str:
        """A new session of a person; its token, which is not kept."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        made_ms = now_ms()
        session = Session(name, digest_of(token), made_ms + SESSION_S * MS_PER_S)
        row = {"digest": session.digest, "name": name}
        with self.engine.begin() as connection:
            times = {"made_ms": made_ms, "until_ms": session.until_ms}
            connection.execute(insert(SESSIONS).values(row | times))
        self._sessions[session.digest] = session
        return token

    def session(self, token: str) -> Session | None:
        """The session of a token; None when it is unknown or over."""
        session = self._sessions.get(digest_of(token)) if token else None
        if session is not None and session.until_ms <= now_ms():
            self.end([session])
            return None
        return session

    def sessions(self, name: str) -> Iterator[Session]:
        """The open sessions of a person."""
        return (each for each in list(self._sessions.values()) if each.name == name)

    def end(self, sessions: list[Session]) -> None:
        """End sessions and whatever sockets they have open."""
        digests = [session.digest for session in sessions]
        with self.engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.digest.in_(digests)))
        for session in sessions:
            self._sessions.pop(session.digest, None)
            session.ended.set()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def digest_of(token: str) -> str:
    """What is kept of a session's token: it is random and long, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def now_ms() -> int:
    """The wall clock."""
    return time.time_ns() // 1_000_000


def open_store(path: Path) -> Store:
    """Open the database at `path`, made or brought up to date by its migrations."""
    return Store(migrated(path, "longshore.venue.people"))
