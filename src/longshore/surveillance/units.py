"""What turns a market's lots and ticks into dollars and sub-ticks, in whole numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple, Self

from longshore.rulebooks import MarketInfo


class Units(NamedTuple):
    """Of one market. Where the quote is no dollar, a dollar means one of the quote."""

    subticks_a_tick: int
    counts_price: int
    """1: a lot is worth its price; 0: a fixed sum, whatever the price (inverse)."""
    over: int
    under: int

    @classmethod
    def of(cls, market: MarketInfo) -> Self:
        """From the catalogue."""
        subticks = int(market.tick_size.scaleb(market.base.price_decimals))
        worth = Decimal(market.lot_size)
        if not market.is_inverse:
            worth *= market.tick_size
        over, under = worth.as_integer_ratio()
        return cls(subticks, int(not market.is_inverse), over, under)

    def dollars(self, lots: int, price_ticks: int) -> int:
        """What so many lots are worth at a price, rounded down."""
        count = lots * price_ticks if self.counts_price else lots
        return count * self.over // self.under
