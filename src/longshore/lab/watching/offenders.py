"""Those who do it on purpose: one class a pattern, from timid to blatant as its seed has it.

Every one is a trader of one's own (docs/python.md): it sees what anybody sees and sends orders as
anybody does. Nothing in them knows a detector or its thresholds.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from longshore.engine.events import EventKind
from longshore.lab.watching.hands import Hands, Rest, other

if TYPE_CHECKING:
    from longshore.practice.worlds import World
    from longshore.practice.worlds.orders import SideName

NEVER = datetime.max.replace(tzinfo=UTC)


class Washer:
    """Sells to a friend what the friend sold to it before, at prices nobody else is at."""

    def __init__(self, account: str, friend: str, chance: random.Random) -> None:
        self._hands = Hands(account, chance), Hands(friend, chance)
        self._rest = Rest(chance, 5, chance.uniform(15, 90))
        self._dollars = chance.uniform(1_000, 30_000)
        self._there = True

    def on_time(self, world: World) -> None:
        """One there or back, where there is room between bid and ask."""
        giver, taker = self._hands if self._there else self._hands[::-1]
        touch, tick = giver.touch(world), giver.tick(world)
        if touch is None or touch[1] - touch[0] < 2 * tick or not self._rest.over(world.time):
            return
        price = touch[0] + tick
        rests = giver.send(world, "sell", self._dollars, "post", price)
        if rests.ok:
            taken = taker.send(world, "buy", self._dollars, "limit", price)
            giver.take_back(world, [rests.order_id])
            taker.take_back(world, [taken.order_id])
            self._there = not self._there


class Spoofer:
    """Shows much on one side, trades a little on the other, and takes back what it showed."""

    layers = (1, 1)

    def __init__(self, account: str, chance: random.Random) -> None:
        self._hands, self._chance = Hands(account, chance), chance
        self._rest = Rest(chance, 40, chance.uniform(60, 240))
        self._shown_dollars = chance.uniform(60_000, 800_000)
        self._dollars = chance.uniform(2_000, 20_000)
        self._layers = chance.randint(*self.layers)
        self._trade_at = self._gone_at = NEVER
        self._side: SideName = "buy"
        self._shown: list[int] = []

    def on_time(self, world: World) -> None:
        """Show; some seconds later trade; some seconds later take it back."""
        now = world.time
        if self._shown and now >= self._trade_at:
            self._hands.send(world, other(self._side), self._dollars)
            self._trade_at = NEVER
        elif self._shown and now >= self._gone_at:
            self._hands.take_back(world, self._shown)
            self._shown = []
        elif not self._shown and self._rest.over(world.time):
            self._show(world, now)

    def _show(self, world: World, now: datetime) -> None:
        self._side = "sell" if self._side == "buy" else "buy"
        away_ppm = self._chance.uniform(100, 800)
        for layer in range(self._layers):
            price = self._hands.near(world, self._side, away_ppm * (1 + layer / 3))
            shown = self._hands.send(
                world, self._side, self._shown_dollars / self._layers, "post", price
            )
            self._shown += [shown.order_id] if shown.ok else []
        self._trade_at = now + timedelta(seconds=self._chance.uniform(1, 8))
        self._gone_at = self._trade_at + timedelta(seconds=self._chance.uniform(1, 40))


class Layerer(Spoofer):
    """The same at several prices."""

    layers = (3, 6)


class Marker:
    """Buys (or sells) in the last minutes before the hour, and out again just after."""

    def __init__(self, account: str, chance: random.Random, hour: datetime) -> None:
        self._hands, self._hour = Hands(account, chance), hour
        self._before = timedelta(seconds=chance.uniform(30, 150))
        self._dollars = chance.uniform(10_000, 150_000)
        self._side: SideName = "buy" if chance.random() < 0.5 else "sell"  # noqa: PLR2004
        self._back = Rest(chance, 2, 8)

    def on_time(self, world: World) -> None:
        """A piece a turn."""
        if self._hour - self._before <= world.time < self._hour:
            self._hands.send(world, self._side, self._dollars)
        elif world.time > self._hour and self._back.over(world.time):
            _piece_back(self._hands, world, self._dollars)


class Manipulator:
    """Pushes the market against those who are long, until one of them is liquidated; then back."""

    def __init__(self, account: str, chance: random.Random, begins: datetime) -> None:
        self._hands, self._begins = Hands(account, chance), begins
        self._dollars = chance.uniform(60_000, 300_000)
        self._most_dollars = chance.uniform(8e6, 3e7)
        self._spent_dollars = 0.0
        self._seen, self._seq = False, 0

    def on_time(self, world: World) -> None:
        """A piece a turn, one way or the other."""
        if world.time < self._begins:
            return
        if not self._seen and self._seq:
            new = world.happened(self._seq)
            self._seen = any(event.kind == EventKind.LIQUIDATION_STARTED for event in new)
        self._seq = world.seq
        if self._seen or self._spent_dollars >= self._most_dollars:
            _piece_back(self._hands, world, self._dollars)
        else:
            self._hands.send(world, "sell", self._dollars)
            self._spent_dollars += self._dollars


class Pumper:
    """Knows when constituents of the index will be pushed up; in before, out at the top.

    The pushing is in the world's file: it happens at venues that this one does not see.
    """

    def __init__(self, account: str, chance: random.Random, top: datetime) -> None:
        self._hands, self._top = Hands(account, chance), top
        self._dollars = chance.uniform(10_000, 150_000)
        self._from = top - timedelta(seconds=chance.uniform(60, 240))
        self._in = Rest(chance, 5, 20)

    def on_time(self, world: World) -> None:
        """A piece a turn."""
        before = self._top - timedelta(seconds=20)
        if self._from <= world.time < before and self._in.over(world.time):
            self._hands.send(world, "buy", self._dollars)
        elif world.time >= self._top:
            _piece_back(self._hands, world, 2 * self._dollars)


class Stuffer:
    """Places and cancels far from the market, as fast as it goes."""

    def __init__(self, account: str, chance: random.Random) -> None:
        self._hands, self._chance = Hands(account, chance), chance
        self._a_turn = chance.randint(50, 300)
        self._rest = Rest(chance, 60, 240)
        self._until = NEVER

    def on_time(self, world: World) -> None:
        """Half a minute of it, then a rest."""
        now = world.time
        if self._rest.over(world.time):
            self._until = now + timedelta(seconds=self._chance.uniform(12, 30))
        if self._until == NEVER or now >= self._until:
            return
        for _ in range(self._a_turn):
            price = self._hands.near(world, "buy", self._chance.uniform(4_000, 9_000))
            placed = self._hands.send(world, "buy", 100, "post", price)
            if placed.ok:
                world.cancel(self._hands.account, placed.order_id)


def _piece_back(hands: Hands, world: World, dollars: float) -> None:
    """A piece of what is held, out at the market."""
    held = world.position(hands.account, hands.symbol)
    if held is None or not held.size:
        return
    size = min(abs(held.size), hands.size(world, dollars))
    side: SideName = "sell" if held.size > 0 else "buy"
    world.place(hands.account, hands.symbol, side, size, reduce_only=True)
