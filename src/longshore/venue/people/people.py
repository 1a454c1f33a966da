"""All that `--accounts` adds to a venue, put together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from longshore.venue.people.attempts import Attempts
from longshore.venue.people.classes import Classes
from longshore.venue.people.door import Guarded, PeoplesDoor
from longshore.venue.people.own import Own
from longshore.venue.people.passwords import Passwords
from longshore.venue.people.signing import Signing
from longshore.venue.people.staff import Staff
from longshore.venue.people.store import open_store

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from longshore.venue.auth import OperatorToken
    from longshore.venue.dialects.native.wire import Operation

PEOPLE_FILE = "people.sqlite"


class People:
    """The people of a data folder."""

    def __init__(
        self, data: Path, token: OperatorToken, *, is_secure: bool, four_eyes: bool = False
    ) -> None:
        """`is_secure`: it is reached by https only; `four_eyes`: operators act in twos."""
        self.four_eyes = four_eyes
        self.store = open_store(data / PEOPLE_FILE)
        self.door = PeoplesDoor(self.store, token, is_secure=is_secure)
        self.classes = Classes(self.store.engine)
        passwords = Passwords()
        self.attempts = Attempts()
        signing = Signing(self.store, self.door, passwords, self.attempts)
        own = Own(self.store, self.door, passwords, self.attempts)
        staff = Staff(self.store, passwords)
        self._operations = (*signing.operations(), *own.operations(), *staff.operations())

    def operations(self) -> tuple[Operation, ...]:
        """The routes of people, their classes, and their operator."""
        return self._operations

    def guarded(self, app: ASGIApp) -> ASGIApp:
        """An application behind the door."""
        return Guarded(app, self.door)

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()
