"""Drafts: an instruction as a command row, and how to tell its outcome in Kraken's words.

`sendorder`, `editorder`, `cancelorder` and every line of a batch become drafts.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING, TypeVar

import msgspec

from longshore.engine.rows import Command, Event
from longshore.rulebooks import ConversionError
from longshore.venue.dialects.kraken_futures import facts as order_facts
from longshore.venue.dialects.kraken_futures.errors import argument_invalid, refused
from longshore.venue.dialects.kraken_futures.values import Json, parsed_iso_us

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.api import Api

C = TypeVar("C", bound=IntEnum)


class Refusal(Exception):
    """An instruction refused before it became a command, with its status."""

    def __init__(self, status: str) -> None:
        """Refused with this status."""
        super().__init__(status)
        self.status = status


class Draft(msgspec.Struct):
    """A command, the client id text beside it, and how its events are told."""

    command: Command
    client_id: str
    told: Callable[[list[Event]], Json]


def deadline_us(text: str | None) -> int:
    """`processBefore` in the world's time; 0 without one. A time before 1970 is long past."""
    if text is None:
        return 0
    found = parsed_iso_us(text)
    if found is None:
        raise argument_invalid("processBefore")
    return max(1, found)


def coded(codes: dict[str, C], name: str, argument: str) -> C:
    """A word as the engine's code; another word is an invalid argument."""
    code = codes.get(name)
    if code is None:
        raise argument_invalid(argument)
    return code


def given(value: Decimal | None) -> Decimal:
    """A value that must be there."""
    if value is None:
        raise refused("requiredArgumentMissing")
    return value


def lots(market: MarketInfo, size: Decimal) -> int:
    """A size in lots; one that is no multiple is `invalidSize`."""
    if not size.is_finite():
        raise argument_invalid("size")
    try:
        return market.qty_lots(size)
    except ConversionError:
        raise Refusal("invalidSize") from None


def ticks(market: MarketInfo, price: Decimal, argument: str) -> int:
    """A price in ticks; one that is no multiple is `invalidPrice`."""
    if not price.is_finite():
        raise argument_invalid(argument)
    try:
        return market.price_ticks(price)
    except ConversionError:
        raise Refusal("invalidPrice") from None


def named_order_id(api: Api, account_id: int, order_id: str | None, client_id: str | None) -> int:
    """The order an instruction means, by either id; 0 when there is none."""
    if order_id:
        return api.ids.order_id(order_id)
    if client_id:
        return order_facts.named_order_id(api, account_id, client_id)
    raise refused("requiredArgumentMissing")


def named(client_id: str) -> Json:
    """The client id, where there is one."""
    return {"cliOrdId": client_id} if client_id else {}
