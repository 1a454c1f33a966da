"""Numbers and times as Binance writes them: decimals as text, times as epoch milliseconds."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import msgspec

US_PER_MS = 1_000
PPM_DECIMALS = 6
E18_DECIMALS = 18
RATE_DECIMALS = 8
MARK_DECIMALS = 8
PPM = 10**PPM_DECIMALS

encode = msgspec.json.encode


def places(step: Decimal) -> int:
    """The decimals of a tick or a lot; none of one that is ten or more."""
    exponent = step.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def fixed(value: Decimal, decimals: int) -> str:
    """Plain digits with this count of decimals, the last one rounded."""
    return f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN):f}"


def plain(value: Decimal) -> str:
    """Plain digits without zeros that say nothing."""
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def fraction(ppm: int) -> str:
    """Parts per million as a fraction."""
    return plain(Decimal(int(ppm)).scaleb(-PPM_DECIMALS))


def rate(rate_e18: int) -> str:
    """A funding rate to eight decimals."""
    return fixed(Decimal(int(rate_e18)).scaleb(-E18_DECIMALS), RATE_DECIMALS)


def millis(time_us: int) -> int:
    """A time as epoch milliseconds."""
    return int(time_us) // US_PER_MS


Json = dict[str, Any]
"""A JSON object on its way out."""
Answer = Json | list[Any]
