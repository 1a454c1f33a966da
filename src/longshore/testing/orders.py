"""Orders as those who write tests name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from longshore.venue.dialects.kraken_futures.ids import WorldIds

OrderName = int | str | Mapping[str, Any]


def order_number(world: str, order: OrderName) -> int:
    """The engine's number of an order given by number, by a client's id, or as a client's object.

    0 where it names none.
    """
    named = order["id"] if isinstance(order, Mapping) else order
    if isinstance(named, int):
        return named
    return WorldIds(world).order_id(str(named))
