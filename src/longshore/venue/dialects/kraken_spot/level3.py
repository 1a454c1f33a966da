"""The channel `level3` of sockets v2: every order that rests, and a checksum of the best."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from longshore.engine.codes import Side
from longshore.venue.dialects.kraken_spot.channels import level_text, message
from longshore.venue.dialects.kraken_spot.checksum import LEVELS, crc_of
from longshore.venue.dialects.kraken_spot.names import pair_symbol
from longshore.venue.dialects.kraken_spot.queue_copy import Resting, SideCopy, Step
from longshore.venue.dialects.kraken_spot.values import Json, iso, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.checksum import TextLevel
    from longshore.venue.streams import Delivery

DEPTHS = ("10", "100", "1000")


class OrdersChannel:
    """`level3` of one pair: orders by their ids, which name nobody."""

    def __init__(self, api: Api, market: MarketInfo, depth: int) -> None:
        """Nothing is sent before `snapshot`; `depth` counts price levels."""
        self._api = api
        self._market = market
        self._bids = SideCopy(api, market, Side.BUY, depth)
        self._asks = SideCopy(api, market, Side.SELL, depth)

    async def snapshot(self) -> list[Json]:
        """Every order of the best levels, those of one price in the order in which they trade."""
        bids, asks = (
            [self._order(each) for each in side.read()] for side in (self._bids, self._asks)
        )
        return [self._message("snapshot", bids, asks)]

    async def messages(self, delivery: Delivery) -> list[Json]:
        """What changed of them."""
        touched = {each.market_id for each in delivery.levels} | delivery.stale_books
        if self._market.market_id not in touched:
            return []
        bids, asks = (
            [self._step(each) for each in side.follow()] for side in (self._bids, self._asks)
        )
        return [self._message("update", bids, asks)] if bids or asks else []

    def _message(self, kind: str, bids: list[Json], asks: list[Json]) -> Json:
        told = {
            "symbol": pair_symbol(self._market),
            "checksum": self.checksum,
            "bids": bids,
            "asks": asks,
            "timestamp": iso(self._api.venue.now_us),
        }
        return message("level3", kind, [told])

    def _step(self, step: Step) -> Json:
        told = {"event": step.event, **self._order(step.order)}
        return told | {"order_qty": Decimal(0)} if step.event == "delete" else told

    def _order(self, order: Resting) -> Json:
        return {
            "order_id": self._api.ids.order(order.order_id),
            "limit_price": number(self._market.price(order.price_ticks)),
            "order_qty": number(self._market.size(order.lots)),
            "timestamp": iso(order.placed_us),
        }

    @property
    def checksum(self) -> int:
        """Of each order of the ten best levels, asks first, as `book` counts a level."""
        return crc_of([*self._texts(self._asks), *self._texts(self._bids)])

    def _texts(self, side: SideCopy) -> Iterator[TextLevel]:
        for queue in islice(side.queues.values(), LEVELS):
            for order in queue:
                yield level_text(self._market, order.price_ticks, order.lots)
