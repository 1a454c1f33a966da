"""Orders that rest, by account and market; what of the stream tells of them."""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np

from longshore.engine.codes import OrderType, Reason
from longshore.engine.events import EventKind
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.surveillance.alert import ref
from longshore.surveillance.detector import S_US
from longshore.surveillance.seen import AT, SLICE_US, Seen

RESTING = frozenset((OrderType.LIMIT, OrderType.POST_ONLY))
ENDS = (Reason.FILLED, Reason.IOC_REMAINDER)
"""Ends that fills have told of before, or of orders that never rested."""
Place = tuple[int, int]
"""An account in a market."""


class Sifting:
    """Leaves out of a matrix what says nothing about orders that rest and are new.

    Most changes are a maker's, of orders it has had for long. The size of such an order is taken as
    it was when new, less what was filled.
    """

    def __init__(self, new_s: int) -> None:
        """Orders are new for so many seconds, and up to ten more."""
        self._firsts: deque[int] = deque(maxlen=1 + new_s * S_US // SLICE_US)
        self._slice = 0

    def lines(self, words: Any) -> Any:
        """Which lines of ten seconds are to be taken, of those that are about orders."""
        kinds, order_ids = words[:, AT["kind"]], words[:, AT["order_id"]]
        self._begin(int(words[0, AT["time_us"]]) // SLICE_US, int(words[0, AT["seq"]]))
        rests = np.isin(words[:, AT["type"]], list(RESTING)) & (words[:, AT["open_lots"]] > 0)
        is_new = order_ids >= self._firsts[0] * ORDER_IDS_PER_COMMAND
        ends = ~np.isin(words[:, AT["reason"]], ENDS)
        return (
            (kinds == EventKind.ORDER_PLACED) & rests
            | (kinds == EventKind.ORDER_AMENDED) & is_new
            | (kinds == EventKind.ORDER_ENDED) & ends
        )

    def _begin(self, number: int, seq: int) -> None:
        """The first of the ten seconds that this is, unless it is known; silent ones have none."""
        for _ in range(min(number - self._slice, self._firsts.maxlen or 0)):
            self._firsts.append(seq)
        self._slice = number


class Shown:
    """An order that rests."""

    __slots__ = ("lots", "place", "price_ticks", "ref", "side", "time_us")

    def __init__(self, event: Seen) -> None:
        self.place: Place = (event.account_id, event.market_id)
        self.side, self.price_ticks, self.lots = event.side, event.price_ticks, event.open_lots
        self.time_us, self.ref = event.time_us, ref(event, "order")


class Book:
    """One account's orders in one market."""

    __slots__ = ("lots", "orders")

    def __init__(self) -> None:
        """None."""
        self.orders: dict[int, Shown] = {}
        self.lots = [0, 0, 0]
        """By side."""


class Resting:
    """Every order that rests."""

    def __init__(self) -> None:
        """None yet."""
        self.orders: dict[int, Shown] = {}
        self.books: dict[Place, Book] = {}

    def placed(self, event: Seen) -> None:
        """One more."""
        order = self.orders[event.order_id] = Shown(event)
        book = self.books.get(order.place)
        if book is None:
            book = self.books[order.place] = Book()
        book.orders[event.order_id] = order
        book.lots[order.side] += order.lots

    def sized(self, order_id: int, order: Shown, lots: int) -> None:
        """An order shows so much from now on; nothing: it is gone.

        More may be filled of it than was known to rest, where it was amended unseen (`Sifting`).
        """
        lots = max(0, lots)
        book = self.books[order.place]
        book.lots[order.side] += lots - order.lots
        order.lots = lots
        if lots == 0:
            del self.orders[order_id], book.orders[order_id]
            if not book.orders:
                del self.books[order.place]
