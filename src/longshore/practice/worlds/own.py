"""Traders of one's own: a class in Python, called as time passes and when its account is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from longshore.engine.limits import TIME_MAX_US
from longshore.engine.rows import Event
from longshore.engine.state import State
from longshore.world.until import Until

if TYPE_CHECKING:
    from longshore.practice.worlds.world import World

OnTime = Callable[["World"], None]
OnEvent = Callable[["World", Event], None]


class Joined:
    """One account's trader, and when its time comes."""

    def __init__(self, account_id: int, trader: Any, now_us: int, every_us: int) -> None:
        self.account_id = account_id
        self.on_time: OnTime | None = getattr(trader, "on_time", None)
        self.on_event: OnEvent | None = getattr(trader, "on_event", None)
        self._every_us = every_us
        self.next_us = now_us + every_us if self.on_time else TIME_MAX_US

    def act(self, world: World, now_us: int) -> None:
        """Its turn, if it is due."""
        if self.on_time is not None and self.next_us <= now_us:
            self.next_us = now_us + self._every_us
            self.on_time(world)

    def heed(self, world: World, events: Sequence[Event]) -> None:
        """What names its account, in order."""
        for event in events:
            if self.on_event is not None and self.account_id in _named(event):
                self.on_event(world, event)


class Traders:
    """All traders of one world, in the order in which they joined."""

    def __init__(self) -> None:
        """None yet."""
        self.joined: list[Joined] = []
        self.acting = False

    @property
    def next_us(self) -> int:
        """When the first of them is due."""
        return min([each.next_us for each in self.joined], default=TIME_MAX_US)

    def act(self, world: World, seen: Sequence[Event], now_us: int) -> None:
        """Everyone's turn: what was seen, then what is due."""
        self.acting = True
        try:
            for each in self.joined:
                each.heed(world, seen)
                each.act(world, now_us)
        finally:
            self.acting = False


class Watch:
    """Until something that is waited for, or something that one of the traders has to see."""

    def __init__(self, joined: Sequence[Joined], until: Until) -> None:
        self._watched = {each.account_id for each in joined if each.on_event is not None}
        self._until = until
        self.came = False
        self.seen: list[Event] = []

    def met(self, events: Sequence[Event], view: State) -> bool:
        """Whether either has happened."""
        self.seen = [event for event in events if self._watched & _named(event)]
        self.came = self._until.met(events, view)
        return self.came or bool(self.seen)


def _named(event: Event) -> set[int]:
    return {event.account_id, event.other_account_id}
