"""What a scenario does by itself: the clock's tick, and the orders its accounts have planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from longshore.engine.codes import OrderType, Origin, Side, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.limits import TIME_MAX_US
from longshore.engine.rows import Command, Event
from longshore.engine.state import State
from longshore.rulebooks import Catalog, MarketInfo
from longshore.world.agents.moves import is_priced, whole_lots
from longshore.world.scenario import OrderSpec, microseconds
from longshore.world.source import SourceState

US_PER_S = 1_000_000
PPM = 1_000_000

ORDER_TYPES = {
    "market": OrderType.MARKET,
    "limit": OrderType.LIMIT,
    "post": OrderType.POST_ONLY,
    "stop": OrderType.STOP,
    "take_profit": OrderType.TAKE_PROFIT,
}


class Ticker:
    """Time reaches every whole second, so that what is due then happens in a quiet market too.

    With a longer tick, every so many seconds.
    """

    def __init__(self, start_us: int, tick_s: int = 1) -> None:
        self.name = "clock"
        self._tick_us = tick_s * US_PER_S
        self._next_us = start_us - start_us % self._tick_us + self._tick_us

    def next_due_us(self) -> int:
        """The next tick."""
        return self._next_us

    def observe(self, events: Sequence[Event]) -> None:
        """Time takes no notice."""

    def act(self, time_us: int, view: State) -> list[Command]:
        """A time step, unless another command has already brought the engine here."""
        self._next_us = time_us - time_us % self._tick_us + self._tick_us
        if view.time_us >= time_us:
            return []
        return [Command(kind=CommandKind.ADVANCE_TIME, origin=Origin.CLOCK)]

    def state(self) -> dict[str, int | list[int]]:
        """When it ticks next."""
        return {"next_us": self._next_us}

    def restore(self, state: SourceState) -> None:
        """Go on at that tick."""
        self._next_us = cast("int", state["next_us"])


class Plan:
    """The planned orders of a scenario's accounts, in the order of their times."""

    def __init__(
        self, orders: Sequence[OrderSpec], accounts: Mapping[str, int], catalog: Catalog
    ) -> None:
        self.name = "plan"
        self._orders = sorted(orders, key=lambda order: microseconds(order.at))
        self._accounts = accounts
        self._catalog = catalog
        self._done = 0

    def next_due_us(self) -> int:
        """The time of the next planned order; without one, the end of time."""
        if self._done == len(self._orders):
            return TIME_MAX_US
        return microseconds(self._orders[self._done].at)

    def observe(self, events: Sequence[Event]) -> None:
        """A plan does not change with what happens."""

    def act(self, time_us: int, view: State) -> list[Command]:
        """All orders of this moment, each after the margin mode it asks for."""
        commands: list[Command] = []
        while self.next_due_us() <= time_us:
            commands += self._commands(self._orders[self._done], view)
            self._done += 1
        return commands

    def _commands(self, order: OrderSpec, view: State) -> list[Command]:
        market = self._catalog.market(order.market)
        account_id = self._accounts[order.account]
        place = Command(
            kind=CommandKind.PLACE_ORDER,
            origin=Origin.AGENT,
            account_id=account_id,
            market_id=market.market_id,
            side=Side.BUY if order.side == "buy" else Side.SELL,
            type=ORDER_TYPES[order.type],
            price_ticks=_ticks(market, order.price),
            trigger_ticks=_ticks(market, order.trigger),
            signal=Signal[order.signal.upper()] if order.trigger is not None else 0,
            qty_lots=_qty_lots(market, order, view),
            reduce_only=int(order.reduce_only),
        )
        if not market.is_margined:
            return [place]
        leverage_ppm = int((order.leverage or Decimal(0)) * PPM)
        mode = Command(
            kind=CommandKind.SET_LEVERAGE,
            origin=Origin.AGENT,
            account_id=account_id,
            market_id=market.market_id,
            leverage_ppm=leverage_ppm,
        )
        return [mode, place]

    def state(self) -> dict[str, int | list[int]]:
        """How many orders have been placed."""
        return {"done": self._done}

    def restore(self, state: SourceState) -> None:
        """Go on after that many."""
        self._done = cast("int", state["done"])


def _ticks(market: MarketInfo, price: Decimal | None) -> int:
    return 0 if price is None else market.price_ticks(price)


def _qty_lots(market: MarketInfo, order: OrderSpec, view: State) -> int:
    """The size in lots; a value in dollars is divided by the price of now, rounded down.

    The price is the mark, in spot the index. Without a price the size is zero, and is refused.
    """
    if order.size is not None:
        return market.qty_lots(order.size)
    assert order.value is not None
    row = view.markets[market.market_id]
    price_subticks = (
        row.mark_subticks if market.is_margined else view.assets[row.base_asset_id].index_subticks
    )
    if price_subticks == 0 or not is_priced(view, row):
        return 0
    return whole_lots(view, row, market.quote.atoms(order.value), int(price_subticks))
