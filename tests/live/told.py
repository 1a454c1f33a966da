"""A world with live prices, told them by the test itself."""

from __future__ import annotations

from decimal import Decimal

from longshore.engine.codes import OrderType, Origin, Side
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.world.live.following import mirrors_of
from longshore.world.live.quotes import Quote
from longshore.world.world import World

SYMBOL = "PF_XBTUSD"
START_US = 1_790_337_600_000_000
SECOND_US = 1_000_000
TEXT = """
name = "followed"
markets = ["PF_XBTUSD"]
start = 2026-09-25T12:00:00Z
[feed]
kind = "live"
venue = "longshore"
url = "http://127.0.0.1:1"
levels = 3
settings = { scale_ppm = 500_000, level_usd = 40_000 }
[[account]]
name = "alice"
deposit = { USD = "100000" }
[[account]]
name = "bob"
deposit = { USD = "100000" }
"""


class Told:
    """The world, at a time, and who speaks to it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.mirror = mirrors_of(world.parts)[SYMBOL]
        self.events: list = []

    @property
    def view(self):
        return self.world.engine.view

    @property
    def market(self):
        return self.view.markets[1]

    def at(self, seconds: float) -> Told:
        """Let time pass up to so many seconds after the start, to the microsecond."""
        self.world.stepper.advance(START_US + round(seconds * SECOND_US))
        return self

    def give(self, *commands: Command) -> list:
        """Carry out what comes from outside, at the time reached, and write it down."""
        stepper = self.world.stepper
        for command in commands:
            command.time_us = stepper.reached_us
        events = stepper.carry_out(list(commands))
        self.events += events
        self.world.write()
        return events

    def tell(self, index: int, spread: int = 10, size: str = "0.4") -> list:
        """A quote: two levels a side, one of them larger than is mirrored."""
        bids = [(Decimal(index - spread), Decimal(size)), (Decimal(index - spread - 5), Decimal(9))]
        asks = [(Decimal(index + spread), Decimal(size)), (Decimal(index + spread + 5), Decimal(9))]
        quote = Quote(SYMBOL, 0, Decimal(index), bids, asks)
        return self.give(*self.mirror.commands(self.view, quote))

    def order(self, name: str, side: Side, lots: int, price: int = 0) -> list:
        """An order of a user's, at the market or up to a price in dollars."""
        return self.give(
            Command(
                kind=CommandKind.PLACE_ORDER,
                origin=Origin.USER,
                account_id=self.world.accounts[name],
                market_id=1,
                side=side,
                type=OrderType.LIMIT if price else OrderType.MARKET,
                price_ticks=price,
                qty_lots=lots,
            )
        )


def made(folder, text=TEXT) -> Told:
    """A new world, which has heard nothing yet."""
    world = World.create(folder, text, is_told=True)
    world.write()
    return Told(world)
