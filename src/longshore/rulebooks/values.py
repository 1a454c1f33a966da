"""What rulebook files are made of: a value with its source, a row of a table, the units."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, get_type_hints

import msgspec
from msgspec import Meta

T = TypeVar("T")

USD = Meta(title="USD")
BASE = Meta(title="base units")
WORTH = Meta(title="a unit of size")
WHEN = Meta(title="UTC")
SHARE = Meta(title="fraction")
SECONDS = Meta(title="s")
PER_INTERVAL = Meta(title="fraction per interval")
PER_RATE = Meta(title="fraction per interval of a rate")
PER_ROOT = Meta(title="fraction per root of a base unit")
METHOD = Meta(title="method")
COUNT = Meta(title="")
FEE = Meta(title="USD, maker, taker")
MARGIN = Meta(title="USD or base units, initial, maintenance")


def doc(text: str) -> Meta:
    """What a key says, for whoever writes a file: an editor shows it beside the key."""
    return Meta(description=text)


@cache
def fields_of(kind: type) -> dict[str, Any]:
    """Name and kind of each key of a table: slow to find out, and asked for every value."""
    return get_type_hints(kind, include_extras=True)


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file; a key it does not know is refused."""


class Value(Strict, Generic[T], frozen=True):
    """One rule: what it is, who says so, when, and whether it can be relied on."""

    value: Annotated[T, doc("What the rule is.")]
    source: Annotated[str, doc("A key of [sources]; empty where the value is our own choice.")] = ""
    date: Annotated[
        date | None, doc("When the source stated it, or was surveyed if it bears no day.")
    ] = None
    verified: Annotated[bool, doc("Whether it can be relied on; needs a source and a date.")] = True
    note: Annotated[str, doc("Why it is not verified, or what else to know.")] = ""


ABSENT = "not in the file"


def absent(value: Any) -> Value[Any]:
    """What a key that may be left out stands for; not among the values of the file."""
    return Value(value, verified=False, note=ABSENT)


def said(value: Value[Any] | None, otherwise: Any) -> Any:
    """What a key that may be left out says, or what it stands for then."""
    return otherwise if value is None else value.value


class Source(Strict, frozen=True):
    """Where a value was read."""

    what: str
    url: str = ""


class FeeTerms(msgspec.Struct, frozen=True, array_like=True):
    """From this 30-day volume: maker and taker rate."""

    volume_usd: Decimal
    maker: Decimal
    taker: Decimal


class MarginTerms(msgspec.Struct, frozen=True, array_like=True):
    """From this notional, or this size: initial and maintenance margin rate."""

    bound: Decimal
    initial: Decimal
    maintenance: Decimal
