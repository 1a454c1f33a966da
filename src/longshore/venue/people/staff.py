"""What an operator does for people: roles, and a way back in for those who lost theirs."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec
import structlog

from longshore.explain.sentences import say
from longshore.venue.dialects.native.errors import CONFLICT, ApiError, not_found
from longshore.venue.dialects.native.schema.people import AnyRoleBody, NewPassword, PersonRow
from longshore.venue.dialects.native.wire import Call, Operation
from longshore.venue.views import open_orders, positions

if TYPE_CHECKING:
    from longshore.venue.people.passwords import Passwords
    from longshore.venue.people.store import Person, Store

LOG = structlog.get_logger()
PASSWORD_BYTES = 12


class Staff:
    """The routes of `/operator/people`."""

    def __init__(self, store: Store, passwords: Passwords) -> None:
        """For the people of a store."""
        self._store = store
        self._passwords = passwords

    def operations(self) -> tuple[Operation, ...]:
        """The routes."""
        one = "/operator/people/{name}"
        return (
            Operation("GET", "/operator/people", self.list_people, "operator"),
            Operation("PATCH", one, self.give_role, "operator", "role"),
            Operation("POST", f"{one}/password", self.give_password, "operator", "password"),
        )

    async def list_people(self, call: Call) -> list[PersonRow]:
        """Everybody who may sign in."""
        return [self._row(person) for person in self._store.everybody()]

    async def give_role(self, call: Call, body: AnyRoleBody) -> PersonRow:
        """Make somebody a learner, trader, teacher, operator or auditor."""
        person = msgspec.structs.replace(self._named(call), role=body.role)
        if person.role == "auditor":
            _check_at_rest(call, person)
        self._store.keep(person)
        LOG.info("role_given", name=person.name, role=body.role, by=call.caller.name)
        return self._row(person)

    async def give_password(self, call: Call) -> NewPassword:
        """A new password for somebody; their sessions end, one-time codes are switched off."""
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        hashed = await self._passwords.hashed(password)
        new = {"password_hash": hashed, "code_secret": "", "code_is_on": False, "code_step": 0}
        person = msgspec.structs.replace(self._named(call), **new)
        self._store.keep(person)
        self._store.end(list(self._store.sessions(person.name)))
        LOG.info("password_given", name=person.name, by=call.caller.name)
        return NewPassword(name=person.name, password=password)

    def _named(self, call: Call) -> Person:
        person = self._store.person(call.path["name"])
        if person is None:
            raise not_found("person", "name")
        return person

    def _row(self, person: Person) -> PersonRow:
        return PersonRow(
            name=person.name,
            role=person.role,
            code_is_on=person.code_is_on,
            sessions=sum(1 for _ in self._store.sessions(person.name)),
            made_ms=person.made_ms,
        )


def _check_at_rest(call: Call, person: Person) -> None:
    """Raises ApiError for whom something is at stake in the main world: auditors do not trade."""
    venue = call.venue
    account_id = venue.accounts.account_id(person.name)
    if account_id is None:
        return
    held = any(True for _ in positions(venue.view, account_id))
    ordered = any(True for _ in open_orders(venue.view, account_id))
    if held or ordered or venue.accounts.keys_of(person.name):
        raise ApiError(CONFLICT, "AUDITOR_TRADES", say("people-auditor-trades"), "role")
