"""The yardstick: an order book of dictionaries and sorted lists that checks nothing.

No accounts, no margin, no ledger, no refusals: the least a Python program must do to match orders
by price and time and to say what happened.
"""

from __future__ import annotations

from bisect import bisect_left, insort

BUY, SELL = 1, 2
RESTED, AMENDED, ENDED, FILLED = 1, 2, 3, 4


class BareBook:
    """Price-time priority. Buy prices are kept negated, so that the best of a side is first."""

    def __init__(self) -> None:
        self.prices: dict[int, list[int]] = {BUY: [], SELL: []}
        self.levels: dict[int, dict[int, dict[int, int]]] = {BUY: {}, SELL: {}}
        self.places: dict[int, tuple[int, int]] = {}
        self.events: list[tuple[int, ...]] = []

    def best_ticks(self, side: int) -> int:
        """The best price of a side, 0 if it is empty."""
        prices = self.prices[side]
        return abs(prices[0]) if prices else 0

    def qty_lots(self, order_id: int) -> int:
        """What is left of a resting order."""
        side, key = self.places[order_id]
        return self.levels[side][key][order_id]

    def place(self, order_id: int, side: int, price_ticks: int, qty_lots: int) -> None:
        """Take what crosses, rest with what is left."""
        left_lots = self._take(order_id, side, price_ticks, qty_lots)
        if left_lots:
            self._rest(order_id, side, price_ticks, left_lots)

    def cancel(self, order_id: int) -> None:
        """End a resting order."""
        side, key = self.places.pop(order_id)
        level = self.levels[side][key]
        self.events.append((ENDED, order_id, level.pop(order_id)))
        if not level:
            self._drop(side, key)

    def amend(self, order_id: int, price_ticks: int, qty_lots: int) -> None:
        """A smaller size keeps its place; a new price goes to the back of its level."""
        side, key = self.places[order_id]
        if abs(key) == price_ticks and qty_lots <= self.levels[side][key][order_id]:
            self.levels[side][key][order_id] = qty_lots
            self.events.append((AMENDED, order_id, qty_lots))
            return
        self.cancel(order_id)
        self.place(order_id, side, price_ticks, qty_lots)

    def _rest(self, order_id: int, side: int, price_ticks: int, qty_lots: int) -> None:
        key = -price_ticks if side == BUY else price_ticks
        level = self.levels[side].get(key)
        if level is None:
            level = self.levels[side][key] = {}
            insort(self.prices[side], key)
        level[order_id] = qty_lots
        self.places[order_id] = (side, key)
        self.events.append((RESTED, order_id, price_ticks, qty_lots))

    def _take(self, order_id: int, side: int, price_ticks: int, qty_lots: int) -> int:
        other = SELL if side == BUY else BUY
        limit = price_ticks if side == BUY else -price_ticks
        prices = self.prices[other]
        while qty_lots and prices and prices[0] <= limit:
            qty_lots = self._take_level(order_id, other, prices[0], qty_lots)
        return qty_lots

    def _take_level(self, taker_id: int, side: int, key: int, qty_lots: int) -> int:
        level = self.levels[side][key]
        while qty_lots and level:
            order_id, open_lots = next(iter(level.items()))
            fill_lots = min(open_lots, qty_lots)
            self.events.append((FILLED, taker_id, order_id, abs(key), fill_lots))
            qty_lots -= fill_lots
            if fill_lots < open_lots:
                level[order_id] = open_lots - fill_lots
                return 0
            del level[order_id], self.places[order_id]
        if not level:
            self._drop(side, key)
        return qty_lots

    def _drop(self, side: int, key: int) -> None:
        del self.levels[side][key]
        prices = self.prices[side]
        del prices[bisect_left(prices, key)]
