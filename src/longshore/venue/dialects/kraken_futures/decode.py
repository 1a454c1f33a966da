"""Requests as they come: query string, form and batch, decoded strictly into structs.

ccxt puts parameters in the query string even of a POST, python-kraken-sdk in the form; both are
read, the body last. `batchorder` is read literally: everything after `json=` is tried as JSON
before it is form-decoded, because ccxt sends it raw, and `&`, `+` and `%` may stand in a client
order id.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote_plus

import msgspec

from longshore.venue.dialects.kraken_futures.errors import (
    ApiError,
    argument_invalid,
    bad_request,
    refused,
)

T = TypeVar("T", bound=msgspec.Struct)

PARAMETERS_MAX = 1_000
BATCH_MAX = 500


class SendOrder(msgspec.Struct, tag_field="order", tag="send", rename="camel"):
    """`sendorder`, and a batch's `send`."""

    order_type: str
    symbol: str
    side: str
    size: Decimal
    limit_price: Decimal | None = None
    stop_price: Decimal | None = None
    trigger_signal: str | None = None
    trailing_stop_max_deviation: Decimal | None = None
    trailing_stop_deviation_unit: str | None = None
    cli_ord_id: str | None = None
    reduce_only: bool = False
    process_before: str | None = None
    order_tag: int | str | None = msgspec.field(default=None, name="order_tag")


class EditOrder(msgspec.Struct, tag_field="order", tag="edit", rename="camel"):
    """`editorder`, and a batch's `edit`."""

    order_id: str | None = None
    batch_order_id: str | None = msgspec.field(default=None, name="order_id")
    cli_ord_id: str | None = None
    size: Decimal | None = None
    limit_price: Decimal | None = None
    stop_price: Decimal | None = None
    qty_mode: str = "RELATIVE"
    process_before: str | None = None
    order_tag: int | str | None = msgspec.field(default=None, name="order_tag")


class CancelOrder(msgspec.Struct, tag_field="order", tag="cancel", rename="camel"):
    """`cancelorder`, and a batch's `cancel`."""

    order_id: str | None = msgspec.field(default=None, name="order_id")
    cli_ord_id: str | None = None
    process_before: str | None = None
    order_tag: int | str | None = msgspec.field(default=None, name="order_tag")


Instruction = SendOrder | EditOrder | CancelOrder


class Batch(msgspec.Struct, rename="camel"):
    """`batchorder`: instructions, each decoded alone so that one bad one refuses only itself."""

    batch_order: list[msgspec.Raw]


def parameters(query: bytes, body: bytes) -> dict[str, list[str]]:
    """The parameters of a request, the body's after the query's; empty ones are left out."""
    merged: dict[str, list[str]] = {}
    for part in (query, body):
        for name, value in _form(part):
            merged.setdefault(name, []).append(value)
    return merged


def _form(part: bytes) -> list[tuple[str, str]]:
    if not part:
        return []
    try:
        text = part.decode("ascii")
        return parse_qsl(text, errors="strict", max_num_fields=PARAMETERS_MAX)
    except ValueError:
        raise bad_request() from None


def decoded(values: dict[str, list[str]], form: type[T]) -> T:
    """The parameters as a struct; of a name given twice the last counts.

    `order` tells the lines of a batch apart; here the path has said which it is.
    """
    single: dict[str, Any] = {name: given[-1] for name, given in values.items() if name != "order"}
    try:
        return msgspec.convert(single, form, strict=False)
    except msgspec.ValidationError as error:
        raise refusal_of(error) from None


def refusal_of(error: msgspec.ValidationError) -> ApiError:
    """A missing argument has a name at Kraken; any other fault names the argument."""
    text = str(error)
    if "missing required field" in text:
        return refused("requiredArgumentMissing")
    return argument_invalid(text.rsplit("$.", 1)[1].rstrip("`") if "$." in text else "order")


def batch_instructions(query: bytes, body: bytes) -> list[msgspec.Raw]:
    """The instructions of a `batchorder`, undecoded."""
    for part in (body, query):
        _, found, text = part.partition(b"json=")
        if found:
            return _batch(text).batch_order
    raise refused("requiredArgumentMissing")


def _batch(text: bytes) -> Batch:
    """The literal text first, then form-decoded."""
    try:
        return msgspec.json.decode(text, type=Batch)
    except (msgspec.ValidationError, RecursionError):
        raise argument_invalid("json") from None
    except msgspec.DecodeError:
        return _form_decoded_batch(text)


def _form_decoded_batch(text: bytes) -> Batch:
    try:
        plain = unquote_plus(text.split(b"&", 1)[0].decode("ascii"), errors="strict")
        return msgspec.json.decode(plain, type=Batch)
    except (msgspec.ValidationError, RecursionError):
        raise argument_invalid("json") from None
    except (msgspec.DecodeError, ValueError):
        raise refused("Json Parse Error") from None


def instruction(raw: msgspec.Raw) -> Instruction:
    """One instruction of a batch. Sizes and prices may be strings or numbers, tags too."""
    try:
        line: Instruction = msgspec.json.decode(raw, type=Instruction, strict=False)
    except RecursionError:
        raise argument_invalid("json") from None
    return line
