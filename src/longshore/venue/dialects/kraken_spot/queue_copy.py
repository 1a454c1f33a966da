"""One side of a pair's book, order by order, as one socket has it."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from longshore.engine._table import NIL
from longshore.engine.book import better_or_equal, each_level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from longshore.engine.codes import Side
    from longshore.engine.rows import Level
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_spot.api import Api


class Resting(NamedTuple):
    """An order in the book: what of it shows, and since when it is there."""

    order_id: int
    price_ticks: int
    lots: int
    placed_us: int


class Step(NamedTuple):
    """What a client has to do to its copy: `add` and a new price put an order last in its queue."""

    event: str
    order: Resting


Queues = dict[int, list[Resting]]
"""The orders of each price, best price first, in the order in which they trade."""


class SideCopy:
    """A side's best levels; read from the engine's view each time something changed."""

    def __init__(self, api: Api, market: MarketInfo, side: Side, depth: int) -> None:
        """Nothing is known before `read`."""
        self.queues: Queues = {}
        self._api = api
        self._market = market
        self._side = side
        self._depth = depth

    def read(self) -> list[Resting]:
        """Every order within the depth."""
        found = islice(
            each_level(self._api.view, self._api.row(self._market), self._side), self._depth
        )
        self.queues = {int(level.price_ticks): list(self._queue(level)) for level in found}
        return [order for queue in self.queues.values() for order in queue]

    def _queue(self, level: Level) -> Iterator[Resting]:
        at = level.first
        while at != NIL:
            order = self._api.view.orders[at]
            yield Resting(
                order_id=int(order.order_id),
                price_ticks=int(order.price_ticks),
                lots=int(order.qty_lots - order.hidden_lots),
                placed_us=int(order.placed_us),
            )
            at = order.next

    def follow(self) -> list[Step]:
        """What changed since; a level that better ones pushed out is cut by the client itself."""
        before, was = self.queues, _by_id(self.queues)
        now = {order.order_id: order for order in self.read()}
        steps = [Step("delete", order) for order in was.values() if self._is_gone(order, now)]
        for price_ticks, queue in self.queues.items():
            steps += _steps(before.get(price_ticks, []), queue, was, now)
        return steps

    def _is_gone(self, order: Resting, now: dict[int, Resting]) -> bool:
        if order.order_id in now:
            return False
        if len(self.queues) < self._depth:
            return True
        last = next(reversed(self.queues))
        return bool(better_or_equal(self._side, order.price_ticks, last))


def _by_id(queues: Queues) -> dict[int, Resting]:
    return {order.order_id: order for queue in queues.values() for order in queue}


def _steps(
    before: list[Resting], queue: list[Resting], was: dict[int, Resting], now: dict[int, Resting]
) -> Iterator[Step]:
    """One queue: those that kept their place, then all behind them as they stand now."""
    here = [each.order_id for each in before if _stays(each, now)]
    left = iter(here)  # who lost a place has it behind all that kept theirs
    kept = len(list(takewhile(lambda order: order.order_id in left, queue)))
    for order in queue[:kept]:
        if order.lots != was[order.order_id].lots:
            yield Step("modify", order)
    standing = {order.order_id for order in queue[:kept]}
    for order_id in here:
        if order_id not in standing:
            yield Step("delete", was[order_id])
    for order in queue[kept:]:
        known = was.get(order.order_id)
        moved = known is not None and known.price_ticks != order.price_ticks
        yield Step("modify" if moved else "add", order)


def _stays(order: Resting, now: dict[int, Resting]) -> bool:
    """Whether an order is still at its price."""
    found = now.get(order.order_id)
    return found is not None and found.price_ticks == order.price_ticks
