"""Whether makers go broke, and who pays them in again."""

from __future__ import annotations

from collections.abc import Iterable

from longshore.engine.codes import Reason
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.practice.counterfactual.ending import worth_atoms
from longshore.world.world import World

MAKERS = ("maker", "deep", "shy")
"""The kinds of agents that quote both sides."""
BROKE_PART = 10
"""A maker with less than this part of what was paid in is broke."""


class Makers:
    """Counts their deposits, which are in the journal, and looks at what they are worth.

    A maker that is broke at two looks running, with no deposit between, was left broke.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        named = world.parts.accounts.items()
        self.names = {number: name for name, number in named if name.split()[0] in MAKERS}
        self._opened_us: dict[int, int] = {}
        self._paid_in: dict[int, int] = {}
        self._poor: set[int] = set()
        self.refinanced: dict[int, int] = {}
        """How often each was paid in again after its first deposits, by account."""
        self.left_broke: set[int] = set()

    def see(self, events: Iterable[Event]) -> None:
        """What happened next."""
        for event in events:
            paid_in = event.kind == EventKind.TRANSFERRED and event.reason == Reason.DEPOSIT
            if paid_in and event.other_account_id in self.names:
                self._deposit(event, int(event.other_account_id))

    def _deposit(self, event: Event, account_id: int) -> None:
        first_us = self._opened_us.setdefault(account_id, int(event.time_us))
        self._paid_in[account_id] = self._paid_in.get(account_id, 0) + self._worth(event)
        if event.time_us > first_us:
            self.refinanced[account_id] = self.refinanced.get(account_id, 0) + 1
            self._poor.discard(account_id)

    def _worth(self, event: Event) -> int:
        """A deposit in settlement atoms, at the index of now."""
        asset = self._world.engine.view.assets[event.asset_id]
        if event.asset_id == self._world.catalog.settlement.asset_id:
            return int(event.amount_atoms)
        return int(event.amount_atoms) * int(asset.index_subticks) // int(asset.value_divisor)

    def look(self) -> None:
        """Who is broke now; who was at the last look too is left broke."""
        poor = {number for number in self._paid_in if self._is_broke(number)}
        self.left_broke |= poor & self._poor
        self._poor = poor

    def _is_broke(self, account_id: int) -> bool:
        worth = worth_atoms(self._world.engine.view, self._world.catalog, account_id)
        return worth * BROKE_PART < self._paid_in[account_id]
