"""Requests as they come, decoded strictly: query string, form, or a JSON object.

A parameter given twice counts as it was given last; one with no value is not there. Unknown ones
are ignored, as Kraken does.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import msgspec

from longshore.venue.dialects.kraken_spot.errors import BAD_REQUEST, ApiError, invalid

T = TypeVar("T", bound=msgspec.Struct)
Values = dict[str, Any]

PARAMETERS_MAX = 1_000
MAGNITUDE_MAX = 40
"""A number of more characters is no price, size or time."""


def query(raw: bytes) -> Values:
    """The parameters of a query string or form."""
    try:
        text = raw.decode("ascii")
        return dict(parse_qsl(text, errors="strict", max_num_fields=PARAMETERS_MAX))
    except ValueError:
        raise ApiError(BAD_REQUEST) from None


def body(raw: bytes, content_type: str) -> Values:
    """The parameters of a private request: a JSON object where the header says so, or a form."""
    return json_object(raw) if content_type.startswith("application/json") else query(raw)


def json_object(raw: bytes | str) -> Values:
    """A JSON object, its numbers as the texts they came as; what is null is not there."""
    try:
        made = _JSON.decode(raw)
        return {name: _texts(value) for name, value in made.items() if value is not None}
    except (msgspec.DecodeError, RecursionError):
        raise ApiError(BAD_REQUEST) from None


_JSON = msgspec.json.Decoder(Values, float_hook=str)


def _texts(value: Any) -> Any:
    """A whole number as its text too, however deep it lies; a bool stays one."""
    if isinstance(value, dict):
        return {name: _texts(each) for name, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_texts(each) for each in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def shaped(values: object, form: type[T]) -> T:
    """Parameters as a struct; what is missing or cannot be read is named."""
    try:
        return msgspec.convert(values, form, strict=False)
    except (msgspec.ValidationError, RecursionError) as error:
        raise invalid(_named(str(error))) from None


def _named(text: str) -> str:
    """The argument a decoder complains about, empty where it is the request as a whole."""
    if "missing required field" in text:
        return text.split("`")[1]
    if "$." not in text:
        return ""
    return text.rsplit("$.", 1)[1].rstrip("`").split("[", 1)[0].split(".", 1)[0]


def whole(value: str, argument: str) -> int:
    """A count or a time in whole units, from zero up."""
    if not (value.isascii() and value.isdigit()) or len(value) > MAGNITUDE_MAX:
        raise invalid(argument)
    return int(value)


def decimal(text: str, argument: str) -> Decimal:
    """A number in plain digits or with an exponent, without sign: `+5` asks for another thing."""
    if len(text) > MAGNITUDE_MAX or not _NUMBER.fullmatch(text):
        raise invalid(argument)
    return Decimal(text)


_NUMBER = re.compile(r"\d+(\.\d*)?([eE][+-]?\d{1,2})?", re.ASCII)


def parts(text: str, most: int, argument: str) -> list[str]:
    """The members of a comma-separated list."""
    found = [part.strip() for part in text.split(",") if part.strip()]
    if len(found) > most:
        raise invalid(argument)
    return found
