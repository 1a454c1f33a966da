"""Requests as they come: query string and form together, decoded strictly into structs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, TypeVar
from urllib.parse import parse_qsl

import msgspec

from longshore.venue.dialects.binance_usdm.errors import (
    DUPLICATES,
    UNREADABLE,
    ApiError,
    missing,
    not_valid,
)

T = TypeVar("T", bound=msgspec.Struct)

PARAMETERS_MAX = 1_000
LIMIT_MAX = 1_000
Millis = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799_000)]
Number = Annotated[int, msgspec.Meta(ge=0, le=2**62)]
Limit = Annotated[int, msgspec.Meta(ge=1)]


class Form(msgspec.Struct, rename="camel"):
    """A request's parameters; others than these are not read."""


class Symbol(Form):
    """A market must be named."""

    symbol: str


class MaybeSymbol(Form):
    """A market may be named."""

    symbol: str | None = None


class Depth(Form):
    """`depth`."""

    symbol: str
    limit: int = 500


class Trades(Form):
    """`trades`, `aggTrades`, `historicalTrades`."""

    symbol: str
    from_id: Number | None = None
    start_time: Millis | None = None
    end_time: Millis | None = None
    limit: Limit = 500


class Klines(Form):
    """`klines` and those of other prices; `pair` is the symbol of an index."""

    interval: str
    symbol: str | None = None
    pair: str | None = None
    start_time: Millis | None = None
    end_time: Millis | None = None
    limit: Limit = 500


class Times(Form):
    """A part of a history, of one market or all."""

    symbol: str | None = None
    start_time: Millis | None = None
    end_time: Millis | None = None
    limit: Limit = 500


class NewOrder(Form):
    """`order`, placed."""

    symbol: str
    side: str
    type: str
    position_side: str | None = None
    time_in_force: str | None = None
    quantity: Decimal | None = None
    reduce_only: bool = False
    price: Decimal | None = None
    new_client_order_id: str | None = None
    new_order_resp_type: str = "ACK"
    price_match: str | None = None
    self_trade_prevention_mode: str | None = None
    good_till_date: Millis | None = None


class NewAlgo(Form):
    """`algoOrder`, placed."""

    algo_type: str
    symbol: str
    side: str
    type: str
    position_side: str | None = None
    time_in_force: str | None = None
    quantity: Decimal | None = None
    price: Decimal | None = None
    trigger_price: Decimal | None = None
    working_type: str = "CONTRACT_PRICE"
    price_match: str | None = None
    close_position: bool = False
    price_protect: bool = False
    reduce_only: bool = False
    activate_price: Decimal | None = None
    callback_rate: Decimal | None = None
    client_algo_id: str | None = None
    self_trade_prevention_mode: str | None = None
    good_till_date: Millis | None = None


class Amendment(Form):
    """`order`, changed."""

    symbol: str
    side: str
    quantity: Decimal
    price: Decimal | None = None
    order_id: Number | None = None
    orig_client_order_id: str | None = None
    price_match: str | None = None


class OrderName(Form):
    """An order by either id."""

    symbol: str
    order_id: Number | None = None
    orig_client_order_id: str | None = None


class AlgoName(Form):
    """A conditional order by either id."""

    algo_id: Number | None = None
    client_algo_id: str | None = None


class OrderList(Form):
    """`allOrders`."""

    symbol: str | None = None
    order_id: Number | None = None
    start_time: Millis | None = None
    end_time: Millis | None = None
    limit: Limit = 500


class AlgoList(Form):
    """`allAlgoOrders`."""

    symbol: str
    algo_id: Number | None = None
    start_time: Millis | None = None
    end_time: Millis | None = None
    limit: Limit = 500


class FillList(Form):
    """`userTrades`."""

    symbol: str
    order_id: Number | None = None
    start_time: Millis | None = None
    end_time: Millis | None = None
    from_id: Number | None = None
    limit: Limit = 500


class IncomeList(Form):
    """`income`."""

    symbol: str | None = None
    income_type: str | None = None
    start_time: Millis | None = None
    end_time: Millis | None = None
    limit: Limit = 100


class ForceList(Form):
    """`forceOrders`."""

    symbol: str | None = None
    auto_close_type: str | None = None
    start_time: Millis | None = None
    end_time: Millis | None = None
    limit: Limit = 50


class Leverage(Form):
    """`leverage`."""

    symbol: str
    leverage: Number


class MarginType(Form):
    """`marginType`."""

    symbol: str
    margin_type: str


class PositionMode(Form):
    """`positionSide/dual`."""

    dual_side_position: bool


class PositionMargin(Form):
    """`positionMargin`: type 1 adds, 2 takes away."""

    symbol: str
    amount: Decimal
    type: int


class Countdown(Form):
    """`countdownCancelAll`, in milliseconds of world time."""

    symbol: str
    countdown_time: Millis


class Transfer(Form):
    """`asset/transfer`."""

    type: str
    asset: str
    amount: Decimal


def parameters(query: bytes, body: bytes) -> dict[str, str]:
    """The parameters of a request; empty ones are left out, none may come twice."""
    merged: dict[str, str] = {}
    for part in (query, body):
        for name, value in _pairs(part):
            if name in merged:
                raise ApiError(DUPLICATES)
            merged[name] = value
    return merged


def _pairs(part: bytes) -> list[tuple[str, str]]:
    if not part:
        return []
    try:
        return parse_qsl(part.decode("ascii"), errors="strict", max_num_fields=PARAMETERS_MAX)
    except ValueError:
        raise ApiError(UNREADABLE) from None


def shaped(values: object, form: type[T]) -> T:
    """The parameters as a struct."""
    try:
        made = msgspec.convert(values, form, strict=False)
    except msgspec.ValidationError as error:
        raise refusal_of(error, form) from None
    for field in msgspec.structs.fields(form):
        value = getattr(made, field.name)
        if isinstance(value, Decimal) and not value.is_finite():
            raise _of(form, field.encode_name)
    return made


def refusal_of(error: msgspec.ValidationError, form: type[msgspec.Struct]) -> ApiError:
    """A parameter that is missing, or cannot be read, by name."""
    text = str(error)
    if "missing required field" in text:
        return missing(text.split("`")[1])
    return _of(form, text.rsplit("$.", 1)[1].rstrip("`") if "$." in text else "batchOrders")


def _of(form: type[msgspec.Struct], name: str) -> ApiError:
    fields = {each.encode_name: each for each in msgspec.structs.fields(form)}
    return missing(name) if name in fields and fields[name].required else not_valid(name)
