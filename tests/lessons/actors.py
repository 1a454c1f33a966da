"""Scripts that do a lesson, rightly or wrongly, each with an account of its own in one world.

A script is a generator: it acts, and yields the second of the world at which it goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from longshore import World
from longshore.engine.book import levels
from longshore.engine.codes import Gate, Origin, Reject, Side, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.engine.units import PPM
from longshore.practice.study import Lesson, Result
from longshore.practice.study.lesson import LEARNER, account_table
from longshore.practice.study.session import Study
from longshore.practice.trial import refusal_of
from longshore.practice.worlds import WorldError
from longshore.world.fitting import with_line

Script = Callable[["Actor"], Iterator[int]]
SYMBOL = "PF_XBTUSD"


class Actor:
    """One account that tries a lesson, through the public Python API."""

    def __init__(self, lesson: Lesson, world: World, name: str) -> None:
        self.world, self.name = world, name
        self.study = Study(lesson, world, name)

    @property
    def now(self) -> int:
        """Whole seconds since the world's start."""
        return int((self.world.time - self.world.start).total_seconds())

    def mark(self, symbol: str = SYMBOL) -> Decimal:
        return self.world.price(symbol)

    def level(self, percent: float, symbol: str = SYMBOL) -> Decimal:
        """A whole price so many percent from mark."""
        return Decimal(int(self.mark(symbol) * (100 + Decimal(str(percent))) / 100))

    def best(self, side: str, symbol: str = SYMBOL) -> Decimal:
        """The best price of a side of the book."""
        market = self.world.rulebook.catalog.market(symbol)
        way = Side.BUY if side == "buy" else Side.SELL
        return market.price(levels(self.world.view, market.market_id, way, 1)[0][0])

    def size(self, usd: float, symbol: str = SYMBOL) -> Decimal:
        """So many dollars' worth of coins, in whole lots."""
        lot = self.world.rulebook.catalog.market(symbol).lot_size
        price = self.world.price(symbol, "index")
        return (Decimal(str(usd)) / price // lot) * lot

    def leverage(self, times: float | None, symbol: str = SYMBOL) -> None:
        self.world.set_leverage(self.name, symbol, times)

    def gate(self, why: Reject) -> None:
        """As a venue that must know its customers shuts or opens the gate of perpetuals."""
        self._told(CommandKind.SET_GATE, type=Gate.PERPETUAL, value=why)

    def cap(self, times: int) -> None:
        """As such a venue caps the leverage of an account."""
        self._told(CommandKind.SET_ACCOUNT_STATE, leverage_ppm=times * PPM)

    def _told(self, kind: CommandKind, **fields: int) -> None:
        command = Command(kind=kind, origin=Origin.OPERATOR, **fields)
        command.account_id = self.world.number(self.name)
        assert refusal_of(self.world._send([command])) == Reject.NONE

    def refused_leverage(self, times: float) -> None:
        with pytest.raises(WorldError):
            self.leverage(times)

    def trade(self, side: str, size, type="market", symbol: str = SYMBOL, **terms):
        return self.world.place(self.name, symbol, side, size, type, **terms)

    def buy(self, size, type="market", symbol: str = SYMBOL, **terms):
        placed = self.trade("buy", size, type, symbol, **terms)
        assert placed.ok, placed
        return placed

    def sell(self, size, type="market", symbol: str = SYMBOL, **terms):
        placed = self.trade("sell", size, type, symbol, **terms)
        assert placed.ok, placed
        return placed

    def add_margin(self, usd: float, symbol: str = SYMBOL) -> None:
        """Put so many dollars to an isolated position."""
        catalog = self.world.rulebook.catalog
        command = Command(
            kind=CommandKind.TRANSFER,
            origin=Origin.USER,
            account_id=self.world.number(self.name),
            asset_id=catalog.settlement.asset_id,
            from_wallet=WalletKind.FLEX,
            to_wallet=WalletKind.ISOLATED + catalog.market(symbol).market_id,
            amount_atoms=catalog.settlement.atoms(Decimal(str(usd))),
        )
        assert refusal_of(self.world._send([command])) == Reject.NONE

    def cancel(self, order_id: int) -> None:
        self.world.cancel(self.name, order_id)

    def held(self, symbol: str = SYMBOL):
        return self.world.position(self.name, symbol)

    def close(self, symbol: str = SYMBOL, part: float = 1):
        held = self.held(symbol)
        lot = self.world.rulebook.catalog.market(symbol).lot_size
        size = abs(held.size) * Decimal(str(part)) // lot * lot
        side = "sell" if held.size > 0 else "buy"
        return self.trade(side, size, symbol=symbol, reduce_only=True)

    def say(self, **answers) -> None:
        for question, said in answers.items():
            self.study.answer(question, said)

    @property
    def last(self):
        """The last trade, as the lesson sees it."""
        return self.study.attempt.log.trades[-1]


def perform(lesson: Lesson, scripts: dict[str, Script], seed: int) -> dict[str, Result]:
    """All scripts at once in one world; what became of each."""
    text = lesson.world_text
    text += "".join(account_table(lesson.file.learner, name) for name in scripts if name != LEARNER)
    with World.create(with_line(text, "seed", str(seed))) as world:
        actors = {name: Actor(lesson, world, name) for name in scripts}
        going = {name: (20, script(actors[name])) for name, script in scripts.items()}
        while going:
            name = min(going, key=lambda each: going[each][0])
            at, script = going.pop(name)
            if world.start + timedelta(seconds=at) > world.time:
                world.advance(to=world.start + timedelta(seconds=at))
            wake = next(script, None)
            if wake is not None:
                assert wake > at, f"{name} goes back from {at} to {wake}"
                going[name] = (wake, script)
        return {name: actor.study.result for name, actor in actors.items()}
