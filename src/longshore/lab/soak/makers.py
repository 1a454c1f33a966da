"""Whether makers go broke, and who pays them in again."""

from __future__ import annotations

import msgspec

from longshore.engine.codes import Reason
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.journal.gathering import Gathered
from longshore.practice.counterfactual.ending import worth_atoms
from longshore.world.world import World

MAKERS = ("maker", "deep", "shy")
"""The kinds of agents that quote both sides."""
BROKE_PART = 10
"""A maker with less than this part of what was paid in is broke."""


class Purses(msgspec.Struct):
    """What is known of them, by account."""

    opened_us: dict[int, int] = {}
    paid_in: dict[int, int] = {}
    """All deposits, in settlement atoms at the index of their time."""
    refinanced: dict[int, int] = {}
    """How often each was paid in again after its first deposits."""
    poor: set[int] = set()
    """Who was broke at the last look."""
    left_broke: set[int] = set()


class Makers:
    """Counts their deposits, which are in the journal, and looks at what they are worth.

    A maker that is broke at two looks running, with no deposit between, was left broke.
    """

    def __init__(self, world: World, known: Purses | None = None) -> None:
        self._world = world
        named = world.parts.accounts.items()
        self.names = {number: name for name, number in named if name.split()[0] in MAKERS}
        self.known = known or Purses()

    def see(self, events: Gathered[Event]) -> None:
        """What happened next."""
        for event in events.where(kind=EventKind.TRANSFERRED, reason=Reason.DEPOSIT):
            if event.other_account_id in self.names:
                self._deposit(event, int(event.other_account_id))

    def _deposit(self, event: Event, account_id: int) -> None:
        known = self.known
        first_us = known.opened_us.setdefault(account_id, int(event.time_us))
        known.paid_in[account_id] = known.paid_in.get(account_id, 0) + self._worth(event)
        if event.time_us > first_us:
            known.refinanced[account_id] = known.refinanced.get(account_id, 0) + 1
            known.poor.discard(account_id)

    def _worth(self, event: Event) -> int:
        """A deposit in settlement atoms, at the index of now."""
        asset = self._world.engine.view.assets[event.asset_id]
        if event.asset_id == self._world.catalog.settlement.asset_id:
            return int(event.amount_atoms)
        return int(event.amount_atoms) * int(asset.index_subticks) // int(asset.value_divisor)

    def look(self) -> None:
        """Who is broke now; who was at the last look too is left broke."""
        poor = {number for number in self.known.paid_in if self._is_broke(number)}
        self.known.left_broke |= poor & self.known.poor
        self.known.poor = poor

    def _is_broke(self, account_id: int) -> bool:
        worth = worth_atoms(self._world.engine.view, self._world.catalog, account_id)
        return worth * BROKE_PART < self.known.paid_in[account_id]
