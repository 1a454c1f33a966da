"""The positions that accounts have had, folded from their events as these come to be asked for."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from longshore.explain.closes import Folded
from longshore.venue.history import EVENTS_AT_ONCE, History, Span

if TYPE_CHECKING:
    from longshore.explain.closes import Held

FROM_THE_BEGINNING = (-1, -1)


class Positions:
    """What is known of each account's positions, kept so that only what is new is read."""

    def __init__(self, history: History) -> None:
        """Nothing is known yet."""
        self._history = history
        self._folded: dict[int, Folded] = {}
        self._known = defaultdict[int, tuple[int, int]](lambda: FROM_THE_BEGINNING)
        self._reading = defaultdict[int, asyncio.Lock](asyncio.Lock)

    async def of(self, account_id: int) -> list[Held]:
        """All positions of an account, as they were opened."""
        async with self._reading[account_id]:
            folded = self._folded.setdefault(account_id, Folded(account_id))
            more = True
            while more:
                after = self._known[account_id]
                span = Span(limit=EVENTS_AT_ONCE, ascending=True, after_key=after)
                events = await self._history.account_events(account_id, span)
                folded.take_all(events)
                if events:
                    self._known[account_id] = int(events[-1].seq), int(events[-1].index)
                more = len(events) == EVENTS_AT_ONCE
            return folded.positions
