"""A book as a tape sees it: sizes by price, and the few readings that are measured."""

from __future__ import annotations

from typing import NamedTuple

DEPTH_PART = 0.001
"""Depth is counted up to this part of the mid away from it: ten basis points."""
ORDER_USD = 10_000.0
BP = 10_000.0


class Look(NamedTuple):
    """What a book was like at a moment. Spread and slippage are in basis points of the mid."""

    mid: float
    spread_bp: float
    depth_usd: float
    slippage_bp: float


class Book:
    """Two sides, each sizes by price; a size of zero takes the price away."""

    def __init__(self) -> None:
        self.bids: dict[float, float] = {}
        self.asks: dict[float, float] = {}

    def set(self, is_bid: bool, price: float, size: float) -> None:
        """All that rests at one price now."""
        side = self.bids if is_bid else self.asks
        if size > 0:
            side[price] = size
        else:
            side.pop(price, None)

    def look(self, usd_per_unit: float = 1.0, *, inverse: bool = False) -> Look | None:
        """The readings; None where a side is empty or the sides have crossed.

        A size of one is worth price × `usd_per_unit`; in an inverse book `usd_per_unit` alone.
        """
        if not self.bids or not self.asks:
            return None
        bids = sorted(self.bids.items(), reverse=True)
        asks = sorted(self.asks.items())
        bid, ask = bids[0][0], asks[0][0]
        if bid >= ask:
            return None
        mid = (bid + ask) / 2
        sides = [
            [(price, size * usd_per_unit * (1.0 if inverse else price)) for price, size in side]
            for side in (bids, asks)
        ]
        depth = sum(_within(side, mid) for side in sides) / 2
        slippage = sum(_slippage(side, mid) for side in sides) / 2
        return Look(mid, (ask - bid) / mid * BP, depth, slippage)


def _within(side: list[tuple[float, float]], mid: float) -> float:
    """Dollars that rest not further than ten basis points from the mid."""
    total = 0.0
    for price, usd in side:
        if abs(price - mid) > mid * DEPTH_PART:
            break
        total += usd
    return total


def _slippage(side: list[tuple[float, float]], mid: float) -> float:
    """How much worse than the mid an order of 10,000 dollars is filled; the rest at the last price.

    The mean is by dollars.
    """
    left, paid, last = ORDER_USD, 0.0, mid
    for price, usd in side:
        taken = min(left, usd)
        paid += taken * abs(price - mid)
        left -= taken
        last = price
        if left <= 0:
            break
    paid += left * abs(last - mid)
    return paid / ORDER_USD / mid * BP
