"""From what a caller sent to the engine's command, through the catalog; nothing is rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Leg, OrderType, Origin, Side, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.rulebooks import ConversionError, MarketInfo, UnknownSymbolError
from longshore.venue.client_ids import CLIENT_ID_MAX_CHARS
from longshore.venue.dialects.native.conditions import (
    check_conditions,
    set_conditions,
    time_us,
)
from longshore.venue.dialects.native.errors import bad_value, not_found
from longshore.venue.dialects.native.schema.bodies import AmendBody, OrderBody
from longshore.venue.dialects.native.wire import decimal

if TYPE_CHECKING:
    from decimal import Decimal

    from longshore.rulebooks import AssetInfo, Catalog
    from longshore.venue.dialects.native.wire import Call

ORDER_ID_DIGITS = 18  # fits 63 bits
PPM = 1_000_000
INT64_MAX = 2**63 - 1

TYPES = {
    "limit": OrderType.LIMIT,
    "market": OrderType.MARKET,
    "post": OrderType.POST_ONLY,
    "ioc": OrderType.IOC,
    "fok": OrderType.FOK,
    "stop": OrderType.STOP,
    "take_profit": OrderType.TAKE_PROFIT,
}
SIDES = {"buy": Side.BUY, "sell": Side.SELL}
SIGNALS = {"mark": Signal.MARK, "index": Signal.INDEX, "last": Signal.LAST}
_WITH_PRICE = frozenset(("limit", "post", "ioc", "fok"))
LEGS = {None: Leg.ONE_WAY, "long": Leg.LONG, "short": Leg.SHORT}
_WAITING = frozenset(("stop", "take_profit"))


def market_of(catalog: Catalog, symbol: str) -> MarketInfo:
    """A market by symbol."""
    try:
        return catalog.market(symbol)
    except UnknownSymbolError:
        raise not_found("symbol", "symbol") from None


def asset_of(catalog: Catalog, symbol: str) -> AssetInfo:
    """An asset by symbol."""
    try:
        return catalog.asset(symbol)
    except UnknownSymbolError:
        raise not_found("asset", "asset") from None


def place_command(call: Call, market: MarketInfo, body: OrderBody) -> Command:
    """The engine's order. Whether it is allowed is for the engine to say."""
    _check_shape(body)
    command = Command(
        kind=CommandKind.PLACE_ORDER,
        origin=Origin.USER,
        account_id=call.account_id,
        market_id=market.market_id,
        side=SIDES[body.side],
        type=TYPES[body.type],
        qty_lots=0 if body.size is None else lots(market, body.size),
        reduce_only=int(body.reduce_only),
        leg=LEGS[body.leg],
    )
    set_conditions(command, body)
    if body.price is not None:
        command.price_ticks = ticks(market, body.price, "price")
    if body.trigger_price is not None:
        command.trigger_ticks = ticks(market, body.trigger_price, "trigger_price")
    if body.type in _WAITING:
        command.signal = SIGNALS[body.trigger_signal]
    if body.trail is not None:
        command.trail_ticks = _positive(market, body.trail, "trail")
    if body.display_size is not None:
        command.display_lots = lots(market, body.display_size, "display_size")
    _bring_along(market, command, body)
    return named(call, command, body.client_id)


def _bring_along(market: MarketInfo, command: Command, body: OrderBody) -> None:
    """The stop and the target that an opening order brings along, on the mark."""
    if body.stop_price is None and body.target_price is None:
        return
    if body.reduce_only:
        raise bad_value("A reduce-only order opens nothing to protect.", "stop_price")
    if body.type in _WAITING:
        raise bad_value("An order that waits brings no stop and no target along.", "stop_price")
    command.signal = Signal.MARK
    if body.stop_price is not None:
        command.stop_ticks = _positive(market, body.stop_price, "stop_price")
    if body.target_price is not None:
        command.target_ticks = _positive(market, body.target_price, "target_price")


def _positive(market: MarketInfo, price: str, field: str) -> int:
    """A trigger price or a distance in ticks, which must be above zero."""
    found = ticks(market, price, field)
    if found <= 0:
        raise bad_value("This must be above zero.", field)
    return found


def _check_shape(body: OrderBody) -> None:
    """Fields that an order of this type must have, or cannot have."""
    if body.type in _WITH_PRICE and body.price is None:
        raise bad_value("An order of this type needs a price.", "price")
    if body.type == "market" and body.price is not None:
        raise bad_value("A market order has no price.", "price")
    trails = body.trail is not None or body.trail_percent is not None
    if (body.type in _WAITING and not trails) != (body.trigger_price is not None):
        raise bad_value("A trigger price belongs to stop and take-profit.", "trigger_price")
    check_conditions(body)


def amend_command(call: Call, market: MarketInfo, order_id: int, body: AmendBody) -> Command:
    """An amendment; what is absent stays as it is."""
    command = Command(
        kind=CommandKind.AMEND_ORDER,
        origin=Origin.USER,
        account_id=call.account_id,
        order_id=order_id,
    )
    if body.size is not None:
        command.qty_lots = lots(market, body.size)
    if body.price is not None:
        command.price_ticks = ticks(market, body.price, "price")
    if body.trigger_price is not None:
        command.trigger_ticks = ticks(market, body.trigger_price, "trigger_price")
    if body.before_ms is not None:
        command.before_us = time_us(body.before_ms, "before_ms")
    return command


def named(call: Call, command: Command, client_id: str) -> Command:
    """The command under a client id; unnamed when it is empty."""
    if len(client_id) > CLIENT_ID_MAX_CHARS:
        raise bad_value(f"A client id has at most {CLIENT_ID_MAX_CHARS} characters.", "client_id")
    if client_id:
        command.client_hi, command.client_lo = call.venue.client_ids.digest(client_id)
    return command


def ticks(market: MarketInfo, price: str, field: str) -> int:
    """A price in ticks; one between two ticks is refused."""
    try:
        return market.price_ticks(decimal(price, field))
    except ConversionError as error:
        raise bad_value(_sentence(error), field) from error


def lots(market: MarketInfo, size: str, field: str = "size") -> int:
    """A size in lots; one between two lots is refused."""
    try:
        return market.qty_lots(decimal(size, field))
    except ConversionError as error:
        raise bad_value(_sentence(error), field) from error


def atoms(asset: AssetInfo, amount: Decimal, field: str = "amount") -> int:
    """An amount in atoms; one between two atoms is refused."""
    try:
        return asset.atoms(amount)
    except ConversionError as error:
        raise bad_value(_sentence(error), field) from error


def leverage_ppm(leverage: str) -> int:
    """A leverage as the engine takes it."""
    scaled = decimal(leverage, "leverage") * PPM
    if not 0 < scaled <= INT64_MAX or scaled != int(scaled):
        raise bad_value("A leverage is a number above zero.", "leverage")
    return int(scaled)


def order_id_of(text: str) -> int:
    """An order id as this API writes it."""
    if not text.isascii() or not text.isdigit() or len(text) > ORDER_ID_DIGITS:
        raise not_found("order", "id")
    return int(text)


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
