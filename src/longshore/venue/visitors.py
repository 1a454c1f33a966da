"""Who may see which world, and as whom, where people sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.venue.caller import DEFAULT_ACCOUNT, Caller
from longshore.venue.dialects.native.errors import not_found
from longshore.world.shelf import MAIN, Card, Shelf

if TYPE_CHECKING:
    from longshore.venue.dialects.native.wire import Call
    from longshore.venue.people.classes import Classes

OWNED_MAX = 100
"""Worlds of one person; the operator's are not counted."""


class Visitors:
    """A world is seen by its owner, the classes it is shared with, operators and auditors.

    On a laptop, where nobody signs in, whoever holds the operator's token sees them all.
    """

    def __init__(self, shelf: Shelf, classes: Classes | None) -> None:
        """`classes` None: nobody signs in."""
        self._shelf = shelf
        self._classes = classes

    @property
    def sign_in(self) -> bool:
        """Whether people sign in here."""
        return self._classes is not None

    def admitted(self, name: str, caller: Caller | None) -> Caller | None:
        """A caller as a world knows them; None for nobody, who is served as any stranger.

        Raises ApiError for whom there is no such world.
        """
        if self._classes is None or (caller is not None and not caller.name):
            return caller
        if not self.sees(caller, name):
            raise not_found("world", "world")
        card = None if caller is None else self._shelf.owned(name)
        if caller is None or card is None:
            return caller
        if card.owner == caller.name:
            return Caller(caller.name, caller.role, True, card.account or DEFAULT_ACCOUNT)
        return Caller(caller.name, caller.role, acts_as=self._guests_account(caller, name))

    def _guests_account(self, caller: Caller, name: str) -> str:
        """A class's world has an account for each; whoever sees all looks in as its learner."""
        assert self._classes is not None
        shared = self._classes.is_shared(name, caller.name)
        return caller.name if shared and not caller.is_auditor else DEFAULT_ACCOUNT

    def is_guest(self, caller: Caller, name: str) -> bool:
        """Whether somebody needs an account of their own name in a world."""
        card = self._shelf.owned(name)
        return bool(caller.name) and card is not None and caller.acts_as == caller.name

    def sees(self, caller: Caller | None, name: str) -> bool:
        """Whether there is such a world, for this caller."""
        if self._classes is None or name == MAIN or (caller is not None and caller.sees_all):
            return True
        if caller is None:
            return self._classes.is_shared(name)
        card = self._shelf.owned(name)
        if card is not None and card.owner == caller.name:
            return True
        return self._classes.is_shared(name, caller.name)

    def forget(self, name: str) -> None:
        """A world is no more: another of its name is shared with nobody."""
        if self._classes is not None:
            self._classes.unshare(name)

    def owns(self, name: str, call: Call) -> bool:
        """Whether a world is the caller's to change; nobody's is anybody's on a laptop."""
        owner = self._shelf.card(name).owner
        if self._classes is not None:
            return call.caller.is_operator or owner == call.caller.name
        return owner in ("", call.account)

    def owned(self, person: str) -> list[str]:
        """The worlds of a person."""
        cards = ((name, self._shelf.owned(name)) for name in self._shelf.names())
        return [name for name, card in cards if card is not None and card.owner == person]

    def branched(self, parent: str, call: Call) -> Card:
        """The card of a branch: whoever owned the parent is in it who they were there."""
        card = self._shelf.card(parent)
        is_own = call.caller.name and card.owner == call.caller.name
        account = card.account if is_own else call.account
        return msgspec.structs.replace(card, owner=call.account, account=account, note="")

    def account(self, name: str, call: Call) -> str:
        """Whose account a caller means in a world."""
        admitted = self.admitted(name, call.caller)
        return (admitted and admitted.acts_as) or call.account
