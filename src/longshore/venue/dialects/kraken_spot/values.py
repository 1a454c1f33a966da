"""Numbers and times as Kraken Spot writes them.

REST gives numbers as strings with a fixed count of decimals, sockets give JSON numbers. Both are
exact: prices, sizes and money are whole parts of what the catalog says, never rounded floats.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from typing import Any

import msgspec

PRICE_DECIMALS_MIN = 5
"""Tickers, books and orders print so many, also where the tick has fewer."""
SIZE_DECIMALS = 8
BOOK_SIZE_DECIMALS = 3
US_PER_SECOND = 1_000_000
US_PER_MS = 1_000
NS_PER_US = 1_000
SECOND_DECIMALS = 6
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

encode = msgspec.json.Encoder(decimal_format="number").encode


def places(step: Decimal) -> int:
    """The decimals of a tick or a lot; none of one that is ten or more."""
    exponent = step.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def fixed(value: Decimal, decimals: int) -> str:
    """Plain digits with this count of decimals."""
    return f"{value:.{decimals}f}"


def number(value: Decimal) -> Decimal:
    """A decimal without trailing zeros, as a JSON number."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def seconds(time_us: int) -> Decimal:
    """A time as a JSON number of seconds since 1970, to the microsecond."""
    return number(Decimal(time_us).scaleb(-SECOND_DECIMALS))


def whole_seconds(time_us: int) -> int:
    """The second a time lies in."""
    return time_us // US_PER_SECOND


def iso_seconds(time_us: int) -> str:
    """A time as `2026-09-25T12:00:00Z`."""
    return f"{_moment(time_us):%Y-%m-%dT%H:%M:%SZ}"


def iso(time_us: int) -> str:
    """A time as `2026-09-25T12:00:00.123456Z`."""
    return f"{_moment(time_us):%Y-%m-%dT%H:%M:%S.%fZ}"


def rfc1123(time_us: int) -> str:
    """A time as `Fri, 25 Sep 26 12:00:00 +0000`, a year of two digits included."""
    day, month, _, clock, zone = format_datetime(_moment(time_us)).split(", ")[1].split()
    return f"{_moment(time_us):%a}, {day} {month} {_moment(time_us):%y} {clock} {zone}"


def _moment(time_us: int) -> datetime:
    return EPOCH + timedelta(microseconds=time_us)


def parsed_iso_us(value: str) -> int | None:
    """Microseconds of an RFC 3339 time, None when it is none."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - EPOCH) // timedelta(microseconds=1)


Json = dict[str, Any]
"""A JSON object on its way out."""
