"""Drafts: an order as a command row, whichever way it came, and what became of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from longshore.engine.book import each_level
from longshore.engine.codes import OrderType, Origin, Side
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command, Event
from longshore.rulebooks import ConversionError, MarketInfo
from longshore.venue.dialects.kraken_spot.decode import decimal
from longshore.venue.dialects.kraken_spot.errors import (
    INVALID_PRICE,
    TICK_SIZE,
    ApiError,
    invalid,
    rejected,
)
from longshore.venue.dialects.kraken_spot.order_objects import described
from longshore.venue.dialects.kraken_spot.values import parsed_iso_us

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_spot.api import Api

GTC, GTD, IOC, FOK = "GTC", "GTD", "IOC", "FOK"
SIDES = {"buy": Side.BUY, "sell": Side.SELL}
RESTING = {GTC: OrderType.LIMIT, GTD: OrderType.LIMIT, IOC: OrderType.IOC, FOK: OrderType.FOK}
"""A limit order by its time in force."""
STP_DEFAULT = "cancel-newest"
"""The one form of self-trade prevention there is: the order that would meet its own is refused."""
SECONDS_MAX = 253_402_300_799
"""The end of the year 9999."""


class Names(NamedTuple):
    """What an API calls the parts of an order, for its refusals."""

    side: str
    type: str
    volume: str
    price: str
    post_only: str
    time_in_force: str


class Wanted(msgspec.Struct):
    """An order as asked, in one form for every way to ask."""

    market: MarketInfo
    side: str
    type: str
    volume: str
    price: str
    post_only: bool
    time_in_force: str
    expire_us: int
    client_text: str
    cost_by: str = ""  # the argument that says so, where the volume is money to be spent


class Draft(msgspec.Struct):
    """A command, the caller's text beside it, and the order in words."""

    command: Command
    client_text: str
    described: str


def draft(api: Api, account_id: int, wanted: Wanted, names: Names) -> Draft:
    """An order as a draft; refused where it cannot be read."""
    market = wanted.market
    if wanted.side not in SIDES:
        raise invalid(names.side)
    kind = _type(wanted, names)
    command = Command(
        kind=CommandKind.PLACE_ORDER,
        origin=Origin.USER,
        account_id=account_id,
        market_id=market.market_id,
        side=SIDES[wanted.side],
        type=kind,
        qty_lots=_lots(api, wanted, names),
        expire_us=wanted.expire_us,
    )
    if kind != OrderType.MARKET:
        command.price_ticks = ticks(market, wanted.price, names.price)
    if wanted.client_text:
        command.client_hi, command.client_lo = api.venue.client_ids.digest(wanted.client_text)
    words = described(market, command.side, kind, command.qty_lots, command.price_ticks)
    return Draft(command, wanted.client_text, words)


def _type(wanted: Wanted, names: Names) -> OrderType:
    """Market or limit; what waits for a price is not there on spot."""
    if wanted.time_in_force not in RESTING:
        raise invalid(names.time_in_force)
    rests = wanted.time_in_force in (GTC, GTD)
    if wanted.type == "market":
        if wanted.post_only:
            raise invalid(names.post_only)
        if wanted.expire_us:
            raise invalid(names.time_in_force)
        return OrderType.MARKET
    if wanted.type != "limit":
        raise invalid(names.type)
    if wanted.post_only and not rests:
        raise invalid(names.post_only)
    return OrderType.POST_ONLY if wanted.post_only else RESTING[wanted.time_in_force]


def _lots(api: Api, wanted: Wanted, names: Names) -> int:
    """The size in lots; of money to spend, what the book as it stands sells for it."""
    if not wanted.cost_by:
        return lots(wanted.market, wanted.volume, names.volume)
    if (wanted.side, wanted.type) != ("buy", "market"):
        raise invalid(wanted.cost_by)
    found = bought_lots(api, wanted.market, decimal(wanted.volume, names.volume))
    if found < 1:
        raise invalid(names.volume)
    return found


def bought_lots(api: Api, market: MarketInfo, money: Decimal) -> int:
    """How many lots an amount of the quote currency buys, without fees, from the best ask on."""
    found, left = 0, money
    for level in each_level(api.view, api.row(market), Side.SELL):
        lot_value = market.price(int(level.price_ticks)) * market.size(1)
        taken = min(int(level.qty_lots), int(left / lot_value))
        found, left = found + taken, left - taken * lot_value
        if taken < level.qty_lots:
            break
    return found


def lots(market: MarketInfo, text: str, argument: str) -> int:
    """A size above zero in lots; one that is no multiple is refused."""
    try:
        found = market.qty_lots(decimal(text, argument))
    except ConversionError:
        raise invalid(argument) from None
    if found < 1:
        raise invalid(argument)
    return found


def ticks(market: MarketInfo, text: str, argument: str) -> int:
    """A price above zero in ticks; one off the tick has a refusal of its own."""
    price = decimal(text, argument)
    if price > market.price(TICKS_MAX):
        raise ApiError(INVALID_PRICE)
    try:
        found = market.price_ticks(price)
    except ConversionError:
        raise ApiError(TICK_SIZE) from None
    if found < 1:
        raise invalid(argument)
    return found


TICKS_MAX = 10**12


def deadline_us(text: str) -> int:
    """`deadline` in the world's time; 0 without one. A time before 1970 is long past."""
    if not text:
        return 0
    found = parsed_iso_us(text)
    if found is None:
        raise invalid("deadline")
    return max(1, found)


async def placed(api: Api, made: list[Draft]) -> list[int | ApiError]:
    """Submit drafts as one batch; of each, the order's id or why it was refused."""
    first = made[0].command
    api.limits.check_placed(int(first.account_id), int(first.market_id), len(made))
    texts = {at: each.client_text for at, each in enumerate(made) if each.client_text}
    outcomes = await api.submit([each.command for each in made], texts)
    return [_outcome(events) for events in outcomes]


def _outcome(events: list[Event]) -> int | ApiError:
    for event in events:
        if event.kind == EventKind.REFUSED:
            return rejected(event.reject)
        if event.kind == EventKind.ORDER_PLACED:
            return int(event.order_id)
    raise AssertionError("an order is placed or refused")


def refusal(events: list[Event]) -> ApiError | None:
    """Why a command was refused, None when it was carried out."""
    for event in events:
        if event.kind == EventKind.REFUSED:
            return rejected(event.reject)
    return None
