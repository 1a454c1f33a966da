"""Signing in, up and out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import structlog

from longshore.explain.sentences import say
from longshore.venue.accounts import NameTakenError
from longshore.venue.dialects.native.errors import (
    CONFLICT,
    UNAUTHORIZED,
    ApiError,
    bad_value,
)
from longshore.venue.dialects.native.schema.people import (
    PersonInfo,
    SignedOut,
    SignInBody,
    SignUpBody,
)
from longshore.venue.dialects.native.wire import Call, Operation
from longshore.venue.people import codes
from longshore.venue.people.attempts import address_of
from longshore.venue.people.passwords import Passwords, flaw
from longshore.venue.people.store import Person, Store, now_ms
from longshore.venue.welcome import welcome

if TYPE_CHECKING:
    from longshore.venue.people.attempts import Attempts
    from longshore.venue.people.door import PeoplesDoor

LOG = structlog.get_logger()
NAME = re.compile(r"[a-z][a-z0-9_.-]{2,31}")


class Signing:
    """The routes that anybody may ask for, and the one that ends a session."""

    def __init__(
        self, store: Store, door: PeoplesDoor, passwords: Passwords, attempts: Attempts
    ) -> None:
        """For the people of a store."""
        self._store = store
        self._door = door
        self._passwords = passwords
        self._attempts = attempts

    def operations(self) -> tuple[Operation, ...]:
        """The routes."""
        return (
            Operation("POST", "/people", self.sign_up, "nobody"),
            Operation("POST", "/session", self.sign_in, "nobody"),
            Operation("DELETE", "/session", self.sign_out, "self"),
        )

    async def sign_up(self, call: Call, body: SignUpBody) -> PersonInfo:
        """A new person, who is signed in at once and has practice money."""
        name = body.name.strip().lower()
        if NAME.fullmatch(name) is None:
            raise bad_value(say("people-name-form"), "name")
        check_password(body.password, name)
        self._attempts.check("", address_of(call), "name")
        self._attempts.count("", address_of(call))
        self._check_free(call, name)
        hashed = await self._passwords.hashed(body.password)
        person = Person(name=name, role=body.role, password_hash=hashed, made_ms=now_ms())
        self._check_free(call, name)  # another may have taken it meanwhile
        try:
            self._store.add(person)
        except NameTakenError:
            raise _taken() from None
        LOG.info("signed_up", name=name, role=body.role)
        return await self._let_in(call, person)

    def _check_free(self, call: Call, name: str) -> None:
        """A name of an account that somebody made, or of an agent, is nobody's to take."""
        if self._store.person(name) or name in call.venue.world.accounts:
            raise _taken()

    async def sign_in(self, call: Call, body: SignInBody) -> PersonInfo:
        """A session for somebody who knows name, password and code."""
        name, address = body.name.strip().lower(), address_of(call)
        self._attempts.check(name, address, "password")
        person = self._store.person(name)
        known = None if person is None else person.password_hash
        right = await self._passwords.matches(known, body.password)
        self._attempts.check(name, address, "password")  # others may have failed meanwhile
        if not right or person is None:
            self._attempts.count(name, address)
            LOG.info("sign_in_failed", address=address)
            raise _wrong()
        person = self._with_code(self._store.person(name) or person, body.code, address)
        if self._passwords.is_old(person.password_hash):
            hashed = await self._passwords.hashed(body.password)
            person = msgspec.structs.replace(person, password_hash=hashed)
            self._store.keep(person)
        return await self._let_in(call, person)

    def _with_code(self, person: Person, code: str, address: str) -> Person:
        """The person, the code they gave being used up. Raises ApiError."""
        if not person.code_is_on:
            return person
        if not code:
            raise ApiError(UNAUTHORIZED, "CODE_NEEDED", say("people-code-needed"), "code")
        step = codes.step_of(person.code_secret, code.replace(" ", ""), person.code_step)
        if step is None:
            self._attempts.count(person.name, address)
            raise ApiError(UNAUTHORIZED, "WRONG_CODE", say("people-code-wrong"), "code")
        used = msgspec.structs.replace(person, code_step=step)
        self._store.keep(used)
        return used

    async def _let_in(self, call: Call, person: Person) -> PersonInfo:
        await welcome(call.venue, person.name)
        stands = self._store.person(person.name)
        if stands is None or stands.password_hash != person.password_hash:
            raise _wrong()  # it was changed while this one was looked at
        before = self._door.session(call.scope)
        if before is not None:
            self._store.end([before])
        call.headers.extend(self._door.let_in(self._store.sign_in(person.name)))
        return person_info(self._store, person)

    async def sign_out(self, call: Call) -> SignedOut:
        """End this session and whatever it has open."""
        session = self._door.session(call.scope)
        call.headers.extend(self._door.let_out())
        if session is not None:
            self._store.end([session])
        return SignedOut()


def person_info(store: Store, person: Person) -> PersonInfo:
    """Who somebody is, as they are told."""
    return PersonInfo(
        name=person.name,
        role=person.role,
        code_is_on=person.code_is_on,
        sessions=sum(1 for _ in store.sessions(person.name)),
        told=[say(f"people-role-{person.role}"), say("people-private")],
    )


def check_password(password: str, name: str, field: str = "password") -> None:
    """Raises ApiError for a new password that is too easy to guess."""
    wrong = flaw(password, name)
    if wrong:
        raise bad_value(say(wrong), field)


def _wrong() -> ApiError:
    return ApiError(UNAUTHORIZED, "WRONG_PASSWORD", say("people-wrong"), "password")


def _taken() -> ApiError:
    return ApiError(CONFLICT, "NAME_TAKEN", say("people-name-taken"), "name")
