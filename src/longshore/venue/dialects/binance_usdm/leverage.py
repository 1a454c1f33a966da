"""`leverage`, `marginType`, `leverageBracket`: two choices of an account in a market, and tiers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import MarginMode, Origin, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.venue import views
from longshore.venue.dialects.binance_usdm.decode import Leverage, MarginType, MaybeSymbol
from longshore.venue.dialects.binance_usdm.drafts import coded, refused
from longshore.venue.dialects.binance_usdm.errors import (
    LEVERAGE_MARGIN,
    ORDERS_HOLD_MARGIN,
    POSITION_HOLDS_MARGIN,
    SAME_MARGIN,
    ApiError,
    rejected,
)
from longshore.venue.dialects.binance_usdm.values import PPM, PPM_DECIMALS, Answer, Json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from longshore.engine.rows import Position, Tier
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call

MARGIN_TYPES = {"CROSSED": MarginMode.CROSS, "ISOLATED": MarginMode.ISOLATED}
BAD_MARGIN_TYPE = (-1130, "Data sent for parameter 'marginType' is not valid.")
HEDGE_IS_CROSS = (-4168, "Unable to adjust to isolated-margin mode under the hedge mode.")
NO_CAP = 9_223_372_036_854_775_807
DONE = {"code": 200, "msg": "success"}


def leverage_of(market: MarketInfo, position: Position) -> int:
    """The leverage chosen; where none was, what the first tier allows."""
    return int(position.leverage_ppm) // PPM or int(market.leverage_max or 1)


def mode_of(position: Position) -> MarginMode:
    """The margin mode of an account in a market."""
    return MarginMode.ISOLATED if position.isolated else MarginMode.CROSS


async def set_leverage(api: Api, call: Call) -> Json:
    """POST leverage; the margin mode stays."""
    asked = call.form(Leverage)
    market = api.market(asked.symbol)
    position = views.position(api.view, call.account_id, market.market_id)
    if not 1 <= asked.leverage <= int(market.leverage_max or 1):
        raise _bad_leverage(asked.leverage)
    command = _command(call, market, asked.leverage * PPM, mode_of(position))
    reject = await refused(api, command)
    if reject in (Reject.LEVERAGE_TOO_HIGH, Reject.LEVERAGE_CAPPED):
        raise _bad_leverage(asked.leverage)
    if reject in (Reject.INSUFFICIENT_MARGIN, Reject.INSUFFICIENT_FUNDS, Reject.HAS_OPEN_RISK):
        raise ApiError(LEVERAGE_MARGIN)
    if reject != Reject.NONE:
        raise rejected(reject)
    position = views.position(api.view, call.account_id, market.market_id)
    return {
        "symbol": market.symbol,
        "leverage": leverage_of(market, position),
        "maxNotionalValue": max_notional_text(api, market, position),
    }


def _bad_leverage(leverage: int) -> ApiError:
    return ApiError((-4028, f"Leverage {leverage} is not valid"))


async def set_margin_type(api: Api, call: Call) -> Json:
    """POST marginType; the leverage stays."""
    asked = call.form(MarginType)
    market = api.market(asked.symbol)
    mode = coded(MARGIN_TYPES, asked.margin_type, BAD_MARGIN_TYPE)
    position = views.position(api.view, call.account_id, market.market_id)
    if mode == mode_of(position):
        raise ApiError(SAME_MARGIN)
    leverage = leverage_of(market, position)
    reject = await refused(api, _command(call, market, leverage * PPM, mode))
    if reject == Reject.HAS_OPEN_RISK:
        held = position.qty_lots != 0
        raise ApiError(POSITION_HOLDS_MARGIN if held else ORDERS_HOLD_MARGIN)
    if reject == Reject.HEDGE_IS_CROSS:
        raise ApiError(HEDGE_IS_CROSS)
    if reject != Reject.NONE:
        raise rejected(reject)
    return dict(DONE)


def _command(call: Call, market: MarketInfo, leverage_ppm: int, mode: MarginMode) -> Command:
    return Command(
        kind=CommandKind.SET_LEVERAGE,
        origin=Origin.USER,
        account_id=call.account_id,
        market_id=market.market_id,
        leverage_ppm=leverage_ppm,
        value=mode,
    )


async def brackets(api: Api, call: Call) -> Answer:
    """GET leverageBracket: the margin tiers, each with the deduction that makes them join."""
    symbol = call.form(MaybeSymbol).symbol
    told = [
        {"symbol": market.symbol, "brackets": list(_brackets(api, market))}
        for market in api.markets(symbol)
    ]
    return told[0] if symbol else told


def tiers(api: Api, market: MarketInfo) -> list[Tier]:
    """The margin tiers of a market, the lowest first."""
    row = api.row(market)
    return [api.view.tiers[row.tier_first + number] for number in range(row.tier_count)]


def _brackets(api: Api, market: MarketInfo) -> Iterator[Json]:
    """`cum` grows at each floor by the floor times what the rate grows by."""
    found = tiers(api, market)
    cum, before = Decimal(0), Decimal(0)
    for number, tier in enumerate(found, 1):
        floor = market.settle.amount(int(tier.from_size))
        rate = Decimal(int(tier.maintenance_ppm)).scaleb(-PPM_DECIMALS)
        cum += floor * (rate - before)
        before = rate
        yield {
            "bracket": number,
            "initialLeverage": PPM // int(tier.initial_ppm),
            "notionalCap": _cap(market, found, number),
            "notionalFloor": int(floor),
            "maintMarginRatio": float(rate),
            "cum": float(cum if number > 1 else 0),
        }


def _cap(market: MarketInfo, found: list[Tier], number: int) -> int:
    """Where a tier ends; the last does not."""
    if number == len(found):
        return NO_CAP
    return int(market.settle.amount(int(found[number].from_size)))


def max_notional_text(api: Api, market: MarketInfo, position: Position) -> str:
    """The largest notional that the leverage chosen is enough for."""
    leverage = leverage_of(market, position)
    found = tiers(api, market)
    last = max(
        (
            number
            for number, tier in enumerate(found, 1)
            if PPM // int(tier.initial_ppm) >= leverage
        ),
        default=1,
    )
    return str(_cap(market, found, last))
