"""The same money three ways: coins, a dated future and a perpetual, through the same prices.

The world is that of the exercise of this name, with a fall and the way back. Three accounts of
their own have the same dollars in it; each buys the most that the venue takes for them, the two
contracts at one leverage, and is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Literal, get_args

import msgspec

from longshore.engine.codes import Reject
from longshore.engine.events import EventKind
from longshore.explain import format as fmt
from longshore.explain.figures import Figures, figures
from longshore.explain.sentences import say, say_part
from longshore.practice import study
from longshore.practice.study.lesson import LearnerSpec, account_table
from longshore.practice.trial import Trial
from longshore.practice.worlds import World
from longshore.practice.worlds.orders import Draft, place_command
from longshore.rulebooks import MarketInfo

LESSON = "same-money-three-ways"
MONEY_USD = Decimal(500)
BEFORE_THE_FALL = timedelta(seconds=60)
LOOK = timedelta(seconds=10)
US_PER_S = 1_000_000
LEVERAGE_MIN = Decimal(1)
Kind = Literal["spot", "future", "perpetual"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ROWS = ("hold", "expiry", "leverage", "closed", "use", "risks")


class WaysError(ValueError):
    """A leverage at which the money buys nothing; the message says why."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one of the three. `points`: world time and all that the account had then.

    `cells` are the table's rows in their order; `liquidated_us` 0: it was not.
    """

    kind: Kind
    title: str
    symbol: str
    liquidated_us: int
    kept: Decimal
    told: str
    points: list[tuple[int, Decimal]]
    cells: list[str]


class Ways(msgspec.Struct, frozen=True, kw_only=True):
    """All three; `rows` are the names of the table's rows. Money in dollars."""

    money: Decimal
    leverage: Decimal
    leverage_max: Decimal
    told: str
    rows: list[str]
    ways: list[Way]


def three_ways(leverage: Decimal) -> Ways:
    """Carry the three through the fall and the way back. Raises WaysError."""
    with World.create(_scenario()) as world:
        markets = [_market(world, kind) for kind in KINDS]
        leverage_max = min(m.leverage_max for m in markets if m.leverage_max is not None)
        if not LEVERAGE_MIN <= leverage <= leverage_max:
            raise WaysError(f"from {LEVERAGE_MIN} to {fmt.stripped(leverage_max)}")
        world.advance(BEFORE_THE_FALL)
        both = zip(KINDS, markets, strict=True)
        courses = [_Course(world, kind, market, leverage) for kind, market in both]
        while world.end is not None and world.time < world.end:
            world.advance(LOOK)
            for course in courses:
                course.look()
        return Ways(
            money=MONEY_USD,
            leverage=leverage,
            leverage_max=leverage_max,
            told=say("ways-told", money=_usd(MONEY_USD), lev=fmt.stripped(leverage)),
            rows=[say(f"ways-{row}") for row in ROWS],
            ways=[course.way() for course in courses],
        )


def _scenario() -> str:
    """The exercise's world with an account for each way."""
    money = {"USD": MONEY_USD}
    held = [LearnerSpec(deposit={}, spot=money), *[LearnerSpec(deposit=money)] * 2]
    both = zip(KINDS, held, strict=True)
    return study.load(LESSON).world_text + "".join(account_table(h, kind) for kind, h in both)


def _market(world: World, kind: Kind) -> MarketInfo:
    terms = world.rulebook.terms
    symbols = {
        "spot": terms.pairs.keys(),
        "future": terms.futures.keys(),
        "perpetual": terms.perpetuals.keys(),
    }
    [symbol] = symbols[kind] & set(world.markets)
    return world.rulebook.catalog.market(symbol)


class _Course:
    """One account on its way. Raises WaysError where its money buys nothing."""

    def __init__(self, world: World, kind: Kind, market: MarketInfo, leverage: Decimal) -> None:
        self._world, self._kind, self._market = world, kind, market
        self._leverage = leverage if market.is_margined else LEVERAGE_MIN
        if market.is_margined:
            world.set_leverage(kind, market.symbol, leverage, "isolated")
        self._lots = most(self._beyond(), self._is_taken)
        if self._lots == 0:
            raise WaysError(f"{_usd(MONEY_USD)} buy nothing there")
        bought = world.place(kind, market.symbol, "buy", market.size(self._lots))
        self._entry = bought.average_price or Decimal(0)
        self._limit = self._liquidation() if market.is_margined else ""
        self._points: list[tuple[int, Decimal]] = []
        self._is_over = False
        self.look()

    def look(self) -> None:
        """Put down what the account has, up to the moment its position is gone."""
        if not self._is_over:
            at_us = int(self._world.time.timestamp() * US_PER_S)
            self._points.append((at_us, self._world.worth(self._kind)))
            self._is_over = self._market.is_margined and not self._left()

    def way(self) -> Way:
        """What became of it."""
        at_us, kept = self._liquidated_us(), self._points[-1][1]
        title = say(f"ways-{self._kind}")
        left = self._left()
        cut = "ways-cut-for-you" if left else "ways-closed-for-you"
        key = cut if at_us else "ways-still-there"
        return Way(
            kind=self._kind,
            title=title,
            symbol=self._market.symbol,
            liquidated_us=at_us,
            kept=kept,
            told=say(key, way=title, time=fmt.moment(at_us), kept=_usd(kept), left=left),
            points=self._points,
            cells=[say_part(f"ways-{row}", self._kind, **self._numbers()) for row in ROWS],
        )

    def _numbers(self) -> dict[str, str]:
        """What the table's sentences name."""
        return {
            "size": fmt.size(self._market, self._lots),
            "coin": self._market.base.code,
            "money": _usd(MONEY_USD),
            "value": _usd(self._market.size(self._lots) * self._entry),
            "lev": fmt.stripped(self._leverage),
            "ends": self._ends(),
            "limit": self._limit,
        }

    def _ends(self) -> str:
        future = self._world.rulebook.terms.futures.get(self._market.symbol)
        return "" if future is None else fmt.moment(int(future.expiry.value.timestamp()) * US_PER_S)

    def _left(self) -> str:
        """What is left of a position; "" without one."""
        lots = self._figures().qty_lots
        return fmt.size(self._market, lots) if lots else ""

    def _figures(self) -> Figures:
        number = self._world.number(self._kind)
        return figures(self._world.view, number, self._market.market_id)

    def _liquidation(self) -> str:
        """Its liquidation price as it stands now."""
        found = self._figures().liquidation
        assert found.state == "price", "at a leverage of one or more a long always has one"
        return fmt.price(self._market, found.subticks)

    def _liquidated_us(self) -> int:
        """When it was closed for the account; 0: it was not."""
        number = self._world.number(self._kind)
        for event in self._world.happened():
            if event.kind == EventKind.LIQUIDATION_STARTED and event.account_id == number:
                return int(event.time_us)
        return 0

    def _beyond(self) -> int:
        """More lots than the money buys."""
        coin = self._market.base
        price = coin.price(int(self._world.view.assets[coin.asset_id].index_subticks))
        return int(MONEY_USD * self._leverage / price / self._market.lot_size) + 1

    def _is_taken(self, lots: int) -> bool:
        """Whether the venue would take an order of this size, and fill it whole."""
        draft = Draft(side="buy", size=self._market.size(lots))
        command = place_command(self._market, self._world.number(self._kind), draft)
        trial = Trial(self._world.view, command, None)
        return trial.refusal == Reject.NONE and trial.taken_lots == lots


def most(beyond: int, is_taken: Callable[[int], bool]) -> int:
    """The largest size below `beyond` that is taken, by halves; 0: none is."""
    taken = 0
    while beyond - taken > 1:
        middle = (taken + beyond) // 2
        taken, beyond = (middle, beyond) if is_taken(middle) else (taken, middle)
    return taken


def _usd(amount: Decimal) -> str:
    return fmt.money(int(amount * fmt.ATOMS_PER_USD))
