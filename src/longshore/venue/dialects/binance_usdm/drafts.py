"""Drafts: an instruction as a command row, and how its outcome is told.

Orders, conditional ones, amendments, cancels and every line of a batch become drafts.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING, TypeVar

import msgspec

from longshore.engine.codes import Leg, Origin, Reject, SelfTrade, Side, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.legs import is_hedged
from longshore.engine.rows import Command, Event
from longshore.rulebooks import ConversionError, OutOfRangeError
from longshore.venue.dialects.binance_usdm.errors import (
    BAD_POSITION_SIDE,
    BAD_SIDE,
    CLIENT_ID,
    GOOD_TILL,
    LOT,
    POSITION_SIDE,
    PRECISION,
    PRICE_MATCH,
    PRICE_MAX,
    QTY_MAX,
    REDUCE_ONLY_CONFLICT,
    SELF_TRADE_MODE,
    TICK,
    ApiError,
    Words,
)
from longshore.venue.dialects.binance_usdm.ids import is_client_id, new_client_id
from longshore.venue.dialects.binance_usdm.values import US_PER_MS, Json, places

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.decode import NewAlgo, NewOrder

C = TypeVar("C", bound=IntEnum)
Telling = Callable[[list[Event]], Json]

SIDES = {"BUY": Side.BUY, "SELL": Side.SELL}
LEGS = {"BOTH": Leg.ONE_WAY, "LONG": Leg.LONG, "SHORT": Leg.SHORT}
SIGNALS = {"CONTRACT_PRICE": Signal.LAST, "MARK_PRICE": Signal.MARK}
GOOD_TILL_LEAST_US = 600_000_000
NO_PRICE_MATCH = "NONE"
SELF_TRADE_MODES: dict[int, str] = {
    SelfTrade.REJECT_TAKER: "EXPIRE_TAKER",
    SelfTrade.CANCEL_MAKER: "EXPIRE_MAKER",
    SelfTrade.CANCEL_MAKER_CHILD: "EXPIRE_MAKER",
    SelfTrade.CANCEL_MAKER_ANY: "EXPIRE_MAKER",
    SelfTrade.DECREMENT: "NONE",
}
"""What is done is the account's to choose, not the order's."""


class Draft(msgspec.Struct):
    """A command, the client id text beside it, and how its events are told.

    `told` raises ApiError where the engine refused it.
    """

    command: Command
    client_id: str
    told: Telling


def refusal(events: list[Event]) -> Event | None:
    """The refusal of a command, if it was refused."""
    return next((event for event in events if event.kind == EventKind.REFUSED), None)


async def refused(api: Api, command: Command) -> Reject:
    """Submit a command alone; why it was refused, `Reject.NONE` where it was not."""
    (events,) = await api.submit([command])
    event = refusal(events)
    return Reject.NONE if event is None else Reject(event.reject)


def cancel_command(account_id: int, order_id: int) -> Command:
    """A cancel of an order, of whichever kind it is."""
    return Command(
        kind=CommandKind.CANCEL_ORDER,
        origin=Origin.USER,
        account_id=account_id,
        order_id=order_id,
    )


def coded(codes: dict[str, C], name: str, words: Words) -> C:
    """A word as the engine's code; another word is refused."""
    code = codes.get(name)
    if code is None:
        raise ApiError(words)
    return code


def base_command(api: Api, account_id: int, asked: NewOrder | NewAlgo) -> Command:
    """What all new orders have: whose, where, which side and which leg."""
    market = api.market(asked.symbol)
    _check_unsupported(api, account_id, asked)
    leg = chosen_leg(api, account_id, market, asked.position_side)
    if asked.reduce_only and leg != Leg.ONE_WAY:
        raise ApiError(REDUCE_ONLY_CONFLICT)
    return Command(
        kind=CommandKind.PLACE_ORDER,
        origin=Origin.USER,
        account_id=account_id,
        market_id=market.market_id,
        side=coded(SIDES, asked.side, BAD_SIDE),
        leg=leg,
        reduce_only=int(asked.reduce_only),
    )


def _check_unsupported(api: Api, account_id: int, asked: NewOrder | NewAlgo) -> None:
    """Pegged prices are not here, and the self-trade mode is the account's."""
    if asked.price_match not in (None, NO_PRICE_MATCH):
        raise ApiError(PRICE_MATCH)
    mode = asked.self_trade_prevention_mode
    if mode is not None and mode != self_trade_mode(api, account_id):
        raise ApiError(SELF_TRADE_MODE)


def self_trade_mode(api: Api, account_id: int) -> str:
    """What happens when an account's orders meet."""
    return SELF_TRADE_MODES[api.view.accounts[account_id].self_trade]


def chosen_leg(api: Api, account_id: int, market: MarketInfo, name: str | None) -> Leg:
    """The leg an order is for: it must be named in hedge mode, and may only be `BOTH` else."""
    leg = coded(LEGS, name or "BOTH", BAD_POSITION_SIDE)
    if is_hedged(api.view, account_id, market.market_id) != (leg != Leg.ONE_WAY):
        raise ApiError(POSITION_SIDE)
    return leg


def lots(market: MarketInfo, size: Decimal) -> int:
    """A size in lots."""
    return _steps(market.qty_lots, size, market.lot_size, (LOT, QTY_MAX))


def ticks(market: MarketInfo, price: Decimal) -> int:
    """A price in ticks."""
    return _steps(market.price_ticks, price, market.tick_size, (TICK, PRICE_MAX))


def _steps(
    convert: Callable[[Decimal], int], value: Decimal, step: Decimal, words: tuple[Words, Words]
) -> int:
    """A decimal in whole steps: too large, no multiple, finer than a step are three faults."""
    try:
        return convert(value)
    except OutOfRangeError:
        raise ApiError(words[1]) from None
    except ConversionError:
        exponent = value.as_tuple().exponent
        finer = isinstance(exponent, int) and -exponent > places(step)
        raise ApiError(PRECISION if finer else words[0]) from None


def named(client_id: str | None) -> str:
    """The client id of a new order, made up where there is none."""
    if client_id is None:
        return new_client_id()
    if not is_client_id(client_id):
        raise ApiError(CLIENT_ID)
    return client_id


def good_till_us(api: Api, good_till_ms: int | None) -> int:
    """When an order ends by itself, in the world's time."""
    until_us = (good_till_ms or 0) * US_PER_MS
    if until_us <= api.venue.now_us + GOOD_TILL_LEAST_US:
        raise ApiError(GOOD_TILL)
    return until_us


def placing(api: Api, command: Command, client_id: str, told: Telling) -> Draft:
    """A draft of a new order under its client id."""
    command.client_hi, command.client_lo = api.venue.client_ids.digest(client_id)
    return Draft(command, client_id, told)


async def outcome(api: Api, draft: Draft) -> Json:
    """Submit a draft alone; what came of it."""
    texts = {0: draft.client_id} if draft.client_id else {}
    (events,) = await api.submit([draft.command], texts)
    return draft.told(events)
