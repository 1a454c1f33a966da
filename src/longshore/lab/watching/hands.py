"""What a trader of these worlds does with its hands: look at the book, place, take back."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.book import each_level
from longshore.engine.codes import Side
from longshore.practice.worlds.errors import WorldError

if TYPE_CHECKING:
    from longshore.practice.worlds import World
    from longshore.practice.worlds.orders import Placed, SideName, TypeName

PERPETUAL = "PF_XBTUSD"


class Hands:
    """One account's, in one market. What it wants by chance comes from its own seeded generator."""

    def __init__(self, account: str, chance: random.Random, symbol: str = PERPETUAL) -> None:
        self.account, self.symbol, self.chance = account, symbol, chance

    def touch(self, world: World) -> tuple[Decimal, Decimal] | None:
        """The best bid and the best ask; None where one is missing."""
        info = world.rulebook.catalog.market(self.symbol)
        market = world.view.markets[info.market_id]
        bid = next(each_level(world.view, market, Side.BUY), None)
        ask = next(each_level(world.view, market, Side.SELL), None)
        if bid is None or ask is None:
            return None
        return info.price(int(bid.price_ticks)), info.price(int(ask.price_ticks))

    def tick(self, world: World) -> Decimal:
        """The market's smallest step."""
        return world.rulebook.catalog.market(self.symbol).tick_size

    def size(self, world: World, dollars: float) -> Decimal:
        """So much money as a size, at least one lot."""
        info = world.rulebook.catalog.market(self.symbol)
        price = world.price(self.symbol) or Decimal(1)
        return max(1, int(Decimal(dollars) / price / info.lot_size)) * info.lot_size

    def send(
        self, world: World, side: SideName, dollars: float, type: TypeName = "market",  # noqa: A002
        price: Decimal | None = None,
    ) -> Placed:  # fmt: skip
        """An order worth so much."""
        size = self.size(world, dollars)
        return world.place(self.account, self.symbol, side, size, type, price=price)

    def take_back(self, world: World, order_ids: list[int]) -> None:
        """Cancel what still rests of these; what is filled cannot be."""
        for order_id in order_ids:
            with suppress(WorldError):  # it is filled
                world.cancel(self.account, order_id)

    def near(self, world: World, side: SideName, away_ppm: float) -> Decimal | None:
        """A price so far behind the best one of a side, on the tick."""
        touch = self.touch(world)
        if touch is None:
            return None
        tick = self.tick(world)
        best, sign = (touch[0], -1) if side == "buy" else (touch[1], 1)
        return best + sign * int(best * Decimal(away_ppm) / 10**6 / tick) * tick


def other(side: SideName) -> SideName:
    """The side across."""
    return "sell" if side == "buy" else "buy"


class Rest:
    """Says when the next thing is due."""

    def __init__(self, chance: random.Random, least_s: float, most_s: float) -> None:
        self._chance, self._least_s, self._most_s = chance, least_s, most_s
        self._next: datetime | None = None

    def over(self, now: datetime) -> bool:
        """Whether it is; if so the next rest begins."""
        if self._next is not None and now < self._next:
            return False
        first, self._next = self._next is None, now + self._drawn()
        return not first

    def _drawn(self) -> timedelta:
        return timedelta(seconds=self._chance.uniform(self._least_s, self._most_s))
