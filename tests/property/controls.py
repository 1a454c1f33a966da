"""A storm over markets with every control of orders: icebergs, bands, limits, delays, auctions."""

from __future__ import annotations

import random

from longshore.engine.codes import CollarFrom, MarketState, OrderType
from longshore.engine.commands import CommandKind
from longshore.engine.lifecycle import Setup
from longshore.engine.rows import Command
from tests.property.markets import PF_ETH, PF_XBT, PI_XBT, SECOND_US, SPOT_XBT, stormy_terms
from tests.property.storm import Storm

RESTS = (OrderType.LIMIT, OrderType.POST_ONLY)


def controlled_terms() -> Setup:
    """Stormy terms; each market has some of the controls."""
    made = stormy_terms()
    for market in made.markets:
        number = market.market_id
        market.display_min_ppm = 50_000 if number % 2 else 200_000
        market.collar_from, market.collar_ppm = CollarFrom(number % 3), 9_000
        market.collar_most_ppm = 12_000 if number % 2 else 0
        market.take_band_ppm = 5_000 if number % 4 else 0
        market.orders_max, market.triggers_max = (0, 7, 0, 9)[number % 4], (0, 0, 3, 2)[number % 4]
        market.position_open_ppm = 700_000 if number % 2 else 0
        market.taker_delay_us = {PF_XBT: 1_000, PI_XBT: 3 * SECOND_US}.get(number, 0)
        market.halt_window_us = (20, 60, 7)[number % 3] * SECOND_US
        market.halt_move_ppm = (0, 3_000, 2_000)[number % 3]
        market.halt_us = (0, 3)[number % 2] * SECOND_US
        market.auction_us = (9, 15, 0)[number % 3] * SECOND_US
    made.markets[PF_ETH - 1].position_max_lots = 4_000
    made.markets[PF_XBT - 1].position_max_lots = 2_000
    return made


class Controlled(Storm):
    """The same storm in few markets, with what the controls are about drawn beside it."""

    def __init__(self, seed: int, terms: Setup) -> None:
        super().__init__(seed, terms)
        self.aside = random.Random(-seed)
        self.margined = [PF_XBT, PF_ETH, PI_XBT][seed % 2 :]
        self.traded = [*self.margined, SPOT_XBT]

    def one(self) -> Command:
        """The next command."""
        if not self.closed and self.aside.random() < 0.03:
            self.closed = self.aside.choice(self.traded)
            fields = {"market_id": self.closed, "value": MarketState.AUCTION}
            return self.make(CommandKind.SET_MARKET_STATE, **fields)
        row = super().one()
        if row.kind == CommandKind.PLACE_ORDER:
            self.show_less(row)
        return row

    def show_less(self, row: Command) -> None:
        """An iceberg, most often a good one."""
        draw = self.aside
        likely = 0.4 if row.type in RESTS and not row.reduce_only else 0.02
        if draw.random() < likely:
            row.display_lots = row.qty_lots // draw.choice([2, 3, 4, 4, 7, 30])
        elif draw.random() < 0.01:
            row.display_lots = draw.choice([-1, 1, 10**13, -(2**62)])
