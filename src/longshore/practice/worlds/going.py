"""How time goes on in a world driven from Python: to a moment, or until something happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from longshore.journal.batch import Batch
from longshore.practice.worlds.errors import WorldError
from longshore.practice.worlds.own import Joined, Traders, Watch
from longshore.world import world as worlds
from longshore.world.scenario import microseconds
from longshore.world.until import Never, Until

if TYPE_CHECKING:
    from longshore.practice.worlds.world import World

MICROSECOND = timedelta(microseconds=1)


class Going:
    """The way of one world through its time, with one's own traders called on it."""

    def __init__(self, owner: World, world: worlds.World, heed: Callable[[Batch], None]) -> None:
        """`owner` is what traders are called with; `heed` is given what was carried out."""
        self._owner = owner
        self._world = world
        self._heed = heed
        self._own = Traders()

    def join(self, account_id: int, trader: object, every: timedelta) -> None:
        """Let a trader act for an account from now on. Raises WorldError."""
        if every < MICROSECOND:
            raise WorldError("every: above zero")
        if not (hasattr(trader, "on_time") or hasattr(trader, "on_event")):
            raise WorldError("a trader has on_time(world), on_event(world, event), or both")
        now_us = self._world.stepper.reached_us
        self._own.joined.append(Joined(account_id, trader, now_us, every // MICROSECOND))

    def to(self, to_us: int) -> None:
        """Go on to a time, or to the world's end."""
        if self._own.joined:
            self._go(Never(), to_us)
        else:
            self._world.run(min(to_us, self._world.end_us), self._heed)

    def until(self, until: Until, limit: timedelta) -> bool:
        """Go on until something; whether it came within so much time. Raises WorldError."""
        return self._go(until, self.target_us(limit, None, {}))

    def target_us(self, by: timedelta | None, to: datetime | None, units: dict[str, float]) -> int:
        """The time that is meant: by so much from now, or itself. Raises WorldError."""
        reached_us = self._world.stepper.reached_us
        if (to is None) == (by is None and not units):
            raise WorldError("say by how much, or to when")
        span = (by or timedelta()) + timedelta(**units)
        to_us = reached_us + span // MICROSECOND if to is None else microseconds(to)
        if to_us < reached_us:
            raise WorldError("time goes forward only: branch at an earlier moment")
        return to_us

    def _go(self, until: Until, to_us: int) -> bool:
        if self._own.acting:
            raise WorldError("time does not go on while a trader of your own is called")
        end_us, stepper = min(to_us, self._world.end_us), self._world.stepper
        came = False
        while not came and stepper.reached_us < end_us:
            watch = Watch(self._own.joined, until)
            self._world.run_until(watch, min(end_us, self._own.next_us), self._heed)
            came = watch.came
            self._own.act(self._owner, watch.seen, stepper.reached_us)
        return came
