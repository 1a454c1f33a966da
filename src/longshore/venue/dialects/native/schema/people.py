"""People who sign in: what they send and what they are told."""

from __future__ import annotations

from typing import Literal

from longshore.venue.caller import Role
from longshore.venue.dialects.native.schema.base import Body, Permission, Reply


class SignInBody(Body):
    """Name, password and, where the person has them on, the one-time code of now."""

    name: str
    password: str
    code: str = ""


class SignUpBody(Body):
    """A new person. Teachers and operators are made by an operator."""

    name: str
    password: str
    role: Literal["learner", "trader"] = "learner"


class RoleBody(Body):
    """One's own role; the other two are given by an operator."""

    role: Literal["learner", "trader"]


class AnyRoleBody(Body):
    """A person's role, as an operator gives it."""

    role: Role


class PasswordBody(Body):
    """A change of password, which ends all other sessions."""

    password: str
    new_password: str


class ConfirmBody(Body):
    """The password once more, before something that guards it is changed."""

    password: str


class CodeBody(Body):
    """A one-time code."""

    code: str


class PersonInfo(Reply):
    """Who is signed in."""

    name: str
    role: Role
    code_is_on: bool
    sessions: int
    """How many browsers are signed in."""
    told: list[str]
    """What the role is for, and what others see."""


class CodeStart(Reply):
    """A secret for one-time codes, told this once. It counts when a code of it was given."""

    secret: str
    uri: str
    picture: str
    """The same as a picture to photograph: an SVG as a data address."""


class OwnKeyBody(Body):
    """A new API key of one's own account."""

    permissions: tuple[Permission, ...] = ("read", "trade")


class KeyRow(Reply):
    """An API key without its secret. `id` names it in addresses."""

    id: str
    key: str
    permissions: list[str]


class KeyGone(Reply):
    """A key that signs nothing any more."""

    id: str


class SignedOut(Reply):
    """The session is over."""

    signed_out: bool = True


class PersonRow(Reply):
    """A person as an operator sees them."""

    name: str
    role: Role
    code_is_on: bool
    sessions: int
    made_ms: int


class NewPassword(Reply):
    """A password made by the venue for somebody who lost theirs, told this once."""

    name: str
    password: str
