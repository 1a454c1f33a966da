"""Numbers and times as Kraken writes them.

JSON numbers are exact decimals (`Decimal`, encoded as numbers), strings are plain digits; times are
the world's, ISO to the millisecond or epoch milliseconds.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

ATOM_DECIMALS = 8
MICROATOM_DECIMALS = 14
E18_DECIMALS = 18
PPM_DECIMALS = 6
US_PER_MS = 1_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

encode = msgspec.json.Encoder(decimal_format="number").encode


def scaled(units: int, decimals: int) -> Decimal:
    """Whole units as a decimal without trailing zeros."""
    return number(Decimal(units).scaleb(-decimals))


def number(value: Decimal) -> Decimal:
    """A decimal without trailing zeros and without an exponent above zero."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def text(value: Decimal) -> str:
    """Plain digits; zero is "0", which ccxt compares as text."""
    return f"{number(value):f}"


def money(atoms: int) -> Decimal:
    """Atoms of the settlement asset as dollars."""
    return scaled(atoms, ATOM_DECIMALS)


def fraction(ppm: int) -> Decimal:
    """Parts per million as a fraction."""
    return scaled(ppm, PPM_DECIMALS)


def percent(ppm: int) -> Decimal:
    """Parts per million as percent."""
    return scaled(ppm, PPM_DECIMALS - 2)


def ratio(part: int, whole: int) -> Decimal:
    """part / whole, 0 when there is no whole."""
    return Decimal(part) / Decimal(whole) if whole else Decimal(0)


def iso(time_us: int) -> str:
    """A time as `2026-09-25T12:00:00.123Z`."""
    return _iso(time_us // US_PER_MS)


@lru_cache(maxsize=256)  # an answer tells the time of its batch several times over
def _iso(time_ms: int) -> str:
    moment = EPOCH + timedelta(milliseconds=time_ms)
    return moment.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def iso_seconds(time_us: int) -> str:
    """A time as `2026-09-25T12:00:00Z`, which listings alone have."""
    return f"{EPOCH + timedelta(microseconds=time_us):%Y-%m-%dT%H:%M:%SZ}"


def iso_micros(time_us: int) -> str:
    """A time as `2026-09-25T12:00:00.123456Z`, which tickers alone have."""
    return f"{EPOCH + timedelta(microseconds=time_us):%Y-%m-%dT%H:%M:%S.%fZ}"


def millis(time_us: int) -> int:
    """A time as epoch milliseconds."""
    return time_us // US_PER_MS


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
