"""What people change about themselves: password, role, one-time codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.explain.sentences import say
from longshore.venue.dialects.native.errors import (
    CONFLICT,
    FORBIDDEN,
    NOT_FOUND,
    ApiError,
    bad_value,
)
from longshore.venue.dialects.native.schema.people import (
    CodeBody,
    CodeStart,
    ConfirmBody,
    PasswordBody,
    PersonInfo,
    RoleBody,
)
from longshore.venue.dialects.native.wire import Call, Operation
from longshore.venue.people import codes
from longshore.venue.people.attempts import address_of
from longshore.venue.people.signing import check_password, person_info

if TYPE_CHECKING:
    from longshore.venue.people.attempts import Attempts
    from longshore.venue.people.door import PeoplesDoor
    from longshore.venue.people.passwords import Passwords
    from longshore.venue.people.store import Person, Store


class Own:
    """The routes of `/me`."""

    def __init__(
        self, store: Store, door: PeoplesDoor, passwords: Passwords, attempts: Attempts
    ) -> None:
        """For the people of a store; passwords asked again count as attempts."""
        self._store = store
        self._door = door
        self._passwords = passwords
        self._attempts = attempts

    def operations(self) -> tuple[Operation, ...]:
        """The routes."""
        return (
            Operation("GET", "/me", self.get_me),
            Operation("PATCH", "/me", self.set_role),
            Operation("PUT", "/me/password", self.set_password, "self"),
            Operation("POST", "/me/code", self.start_code, "self"),
            Operation("PUT", "/me/code", self.confirm_code, "self"),
            Operation("DELETE", "/me/code", self.drop_code, "self"),
        )

    async def get_me(self, call: Call) -> PersonInfo:
        """Who is signed in."""
        return person_info(self._store, self._me(call))

    async def set_role(self, call: Call, body: RoleBody) -> PersonInfo:
        """Learner or trader, as one likes; a teacher or operator stays one."""
        me = self._me(call)
        if me.role not in ("learner", "trader"):
            raise ApiError(CONFLICT, "ROLE_IS_GIVEN", say("people-role-given"), "role")
        return self._kept(msgspec.structs.replace(me, role=body.role))

    async def set_password(self, call: Call, body: PasswordBody) -> PersonInfo:
        """Another password; all other sessions end."""
        me = self._me(call)
        check_password(body.new_password, me.name, "new_password")
        await self._confirm(call, me, body.password)
        hashed = await self._passwords.hashed(body.new_password)
        self._store.keep(msgspec.structs.replace(self._me(call), password_hash=hashed))
        here = self._door.session(call.scope)
        self._store.end([each for each in self._store.sessions(me.name) if each is not here])
        return person_info(self._store, self._me(call))

    async def start_code(self, call: Call, body: ConfirmBody) -> CodeStart:
        """A secret for one-time codes; they are asked for once a code of it was given."""
        await self._confirm(call, self._me(call), body.password)
        me = self._me(call)
        if me.code_is_on:
            raise ApiError(CONFLICT, "CODE_IS_ON", say("people-code-on"))
        secret = codes.new_secret()
        self._store.keep(msgspec.structs.replace(me, code_secret=secret, code_step=0))
        uri = codes.address(secret, me.name)
        return CodeStart(secret=secret, uri=uri, picture=codes.picture(uri))

    async def confirm_code(self, call: Call, body: CodeBody) -> PersonInfo:
        """The first code shows that the secret has arrived: from now on one is asked for."""
        me = self._me(call)
        if me.code_is_on or not me.code_secret:
            raise ApiError(CONFLICT, "NO_CODE_STARTED", say("people-code-not-started"))
        step = codes.step_of(me.code_secret, body.code.replace(" ", ""), me.code_step)
        if step is None:
            raise bad_value(say("people-code-wrong"), "code")
        return self._kept(msgspec.structs.replace(me, code_is_on=True, code_step=step))

    async def drop_code(self, call: Call, body: ConfirmBody) -> PersonInfo:
        """No codes any more."""
        await self._confirm(call, self._me(call), body.password)
        dropped = {"code_secret": "", "code_is_on": False, "code_step": 0}
        return self._kept(msgspec.structs.replace(self._me(call), **dropped))

    def _me(self, call: Call) -> Person:
        person = self._store.person(call.caller.name)
        if person is None:
            raise ApiError(NOT_FOUND, "NOT_A_PERSON", say("people-not-a-person"))
        return person

    async def _confirm(self, call: Call, me: Person, password: str) -> None:
        """Raises ApiError unless it is the password of now."""
        address = address_of(call)
        self._attempts.check(me.name, address, "password")
        right = await self._passwords.matches(me.password_hash, password)
        self._attempts.check(me.name, address, "password")  # others may have failed meanwhile
        if not right:
            self._attempts.count(me.name, address)
            raise ApiError(FORBIDDEN, "WRONG_PASSWORD", say("people-wrong-own"), "password")

    def _kept(self, person: Person) -> PersonInfo:
        self._store.keep(person)
        return person_info(self._store, person)
