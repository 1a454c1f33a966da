"""Those who only look like it: what they do is allowed, and detectors should leave them alone."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from longshore.lab.watching.hands import Hands, Rest

if TYPE_CHECKING:
    from longshore.practice.worlds import World


class Quoter:
    """A small maker by API: quotes both sides of one price and replaces its quotes often."""

    def __init__(self, account: str, chance: random.Random) -> None:
        self._hands = Hands(account, chance)
        self._dollars = chance.uniform(5_000, 60_000)
        self._away_ppm = chance.uniform(20, 200)
        self._quotes: list[int] = []

    def on_time(self, world: World) -> None:
        """New quotes for old."""
        self._hands.take_back(world, self._quotes)
        self._quotes = []
        for side in ("buy", "sell"):
            price = self._hands.near(world, side, self._away_ppm)
            made = self._hands.send(world, side, self._dollars, "post", price)
            self._quotes += [made.order_id] if made.ok else []


class Ladderer:
    """Buys on a ladder below the market, takes profit above it, and moves the ladder at times."""

    def __init__(self, account: str, chance: random.Random) -> None:
        self._hands, self._chance = Hands(account, chance), chance
        self._rest = Rest(chance, 60, 300)
        self._dollars = chance.uniform(5_000, 40_000)
        self._ladder: list[int] = []

    def on_time(self, world: World) -> None:
        """Sometimes a little is sold; sometimes the ladder is moved."""
        if not self._rest.over(world.time):
            return
        if world.position(self._hands.account, self._hands.symbol) is not None:
            self._hands.send(world, "sell", self._dollars / 3)
        self._hands.take_back(world, self._ladder)
        prices = [self._hands.near(world, "buy", 150 * (1 + step)) for step in range(5)]
        made = [self._hands.send(world, "buy", self._dollars, "limit", price) for price in prices]
        self._ladder = [each.order_id for each in made if each.ok]


class Builder:
    """Builds a large position in the last minutes before the hour, and keeps it."""

    def __init__(self, account: str, chance: random.Random, hour: datetime) -> None:
        self._hands, self._hour = Hands(account, chance), hour
        self._before = timedelta(seconds=chance.uniform(60, 240))
        self._dollars = chance.uniform(10_000, 100_000)

    def on_time(self, world: World) -> None:
        """A piece a turn."""
        if self._hour - self._before <= world.time < self._hour:
            self._hands.send(world, "buy", self._dollars)
