"""A book as a venue publishes it: sizes by price, no orders. Everything in whole numbers."""

from __future__ import annotations

from bisect import bisect_left, insort

BID, ASK = 0, 1


class Depth:
    """Both sides, prices in order. `most` levels a side where the venue sends no more; 0: all."""

    def __init__(self, most: int = 0) -> None:
        self.sizes: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self._prices: tuple[list[int], list[int]] = ([], [])
        self._most = most

    def clear(self) -> None:
        """Nothing is known."""
        for side in (BID, ASK):
            self.sizes[side].clear()
            self._prices[side].clear()

    def set(self, side: int, price: int, qty: int) -> None:
        """A level's new size; zero takes it away."""
        sizes, prices = self.sizes[side], self._prices[side]
        if qty == 0:
            if sizes.pop(price, None) is not None:
                del prices[bisect_left(prices, price)]
            return
        if price not in sizes:
            insort(prices, price)
        sizes[price] = qty

    def trim(self) -> None:
        """Drop what lies deeper than the venue sends: nobody says when that changes."""
        if not self._most:
            return
        for side in (BID, ASK):
            prices = self._prices[side]
            while len(prices) > self._most:
                del self.sizes[side][prices.pop(0 if side == BID else -1)]

    def best(self, side: int) -> int:
        """The best price; 0: that side is empty."""
        prices = self._prices[side]
        if not prices:
            return 0
        return prices[-1] if side == BID else prices[0]

    def levels(self, side: int, count: int) -> list[tuple[int, int]]:
        """Prices and sizes from the best outward."""
        prices = self._prices[side]
        near = prices[: -count - 1 : -1] if side == BID else prices[:count]
        return [(price, self.sizes[side][price]) for price in near]
