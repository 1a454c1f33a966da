"""Orders as those who write tests name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from longshore.venue.dialects.kraken_futures.ids import WorldIds as FuturesIds
from longshore.venue.dialects.kraken_spot.ids import WorldIds as SpotIds

OrderName = int | str | Mapping[str, Any]


def order_number(world: str, order: OrderName) -> int:
    """The engine's number of an order given by number, by a client's id, or as a client's object.

    0 where it names none.
    """
    named = order["id"] if isinstance(order, Mapping) else order
    if isinstance(named, int) or named.isdigit():
        return int(named)
    return FuturesIds(world).order_id(named) or SpotIds(world).order_id(named)
