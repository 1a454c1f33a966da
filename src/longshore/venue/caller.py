"""Who asks, and what they may do: the operator's token, a person who signed in, or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from starlette.types import Scope

Role = Literal["learner", "trader", "teacher", "operator", "auditor"]
ROLES: tuple[Role, ...] = ("learner", "trader", "teacher", "operator")
"""Each may do what those before it may, and more. An auditor stands beside them: sees whatever an
operator sees, and changes nothing."""
Need = Literal["nobody", "self", "account", "trader", "teacher", "world", "operator"]
"""What an operation asks of its caller. `self`: it concerns nothing but their signing in. `world`:
it changes a world for everybody in it, so that only whoever owns the world may, or the operator."""
DEFAULT_ACCOUNT = "learner"


@dataclass(frozen=True, slots=True)
class Caller:
    """A person by name, or the holder of the operator's token, who has none."""

    name: str = ""
    role: Role = "operator"
    owns_world: bool = False
    """Whether the world that is asked is theirs."""
    acts_as: str = ""
    """Whose account they use in that world, where it is not of their name."""

    @property
    def is_operator(self) -> bool:
        """Whether everything is allowed, in anybody's name."""
        return self.role == "operator"

    @property
    def is_auditor(self) -> bool:
        """Whether everything may be looked at and nothing changed."""
        return self.role == "auditor"

    @property
    def sees_all(self) -> bool:
        """Whether what is others' may be looked at."""
        return self.is_operator or self.is_auditor

    def may(self, need: Need, *, looks: bool = False) -> bool:
        """Whether an operation with this need is theirs to ask for; `looks`: it changes nothing."""
        if need in ("nobody", "self"):
            return True
        if self.is_auditor:
            return looks
        if need == "account":
            return True
        if need == "world":
            return self.owns_world or self.is_operator
        return ROLES.index(self.role) >= ROLES.index(need)

    def account(self, asked: str | None) -> str | None:
        """The account they act for; None when it is not theirs to name.

        A person acts for the account of their own name; in a world that began without it, such as
        a lesson's, they are its learner.
        """
        own = self.acts_as or self.name or DEFAULT_ACCOUNT
        if asked is None or asked in (own, self.name):
            return own
        return asked if self.sees_all else None


@dataclass(frozen=True, slots=True)
class Refused:
    """What nobody is told: a code, and the key of a sentence."""

    code: str
    sentence: str


class Door(Protocol):
    """Knows who asks."""

    refused: Refused

    def caller(self, scope: Scope) -> Caller | None:
        """Whoever a request or socket comes from; None for nobody who is known."""
        ...
