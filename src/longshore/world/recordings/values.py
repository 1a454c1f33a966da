"""Published texts as exact numbers and times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = 1_000_000
DIGITS_MAX = 36
FRACTION = 26  # the length of a time with six decimals of a second
DATE = 10  # and of a date alone
UNITS = ((11, 6), (14, 3), (17, 0), (20, -3))
"""Whole digits up to which a count since 1970 is in a unit, and that unit's power to a µs."""
EARLIEST_US, LATEST_US = 1_230_768_000 * MICRO, 4_102_444_800 * MICRO  # 2009 to 2100


def plain(text: str) -> str:
    """A decimal without an exponent. ValueError: it is no finite number."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is no number") from None
    if not value.is_finite():
        raise ValueError(f"{text!r} is no number")
    return f"{value:f}"


def decimals(text: str) -> int:
    """How many digits stand behind the point, zeros too: checksums count them."""
    return len(text.partition(".")[2])


def is_plain(text: str) -> bool:
    """Whether it is digits with at most one point and a sign."""
    body = text.removeprefix("-").replace(".", "", 1)
    return body.isdecimal() and body.isascii()


def scaled(texts: Iterable[str | None], scale: int) -> list[int | None]:
    """Plain decimals times 10**scale."""
    made: list[int | None] = []
    for text in texts:
        if text is None:
            made.append(None)
            continue
        whole, _, fraction = text.partition(".")
        made.append(int(whole + fraction.ljust(scale, "0")))
    return made


def shown(value: int, scale: int) -> str:
    """A scaled number as a decimal again, zeros at the end left out."""
    if scale == 0:
        return str(value)
    sign, digits = "-" if value < 0 else "", str(abs(value)).rjust(scale + 1, "0")
    return f"{sign}{digits[:-scale]}.{digits[-scale:]}".rstrip("0").rstrip(".")


def rescaled(value: int, scale: int, wanted: int) -> int:
    """A number at another scale, cut toward minus infinity where that has fewer decimals."""
    if wanted >= scale:
        return int(value * 10 ** (wanted - scale))
    return int(value // 10 ** (scale - wanted))


class Times:
    """Reads the times of one file; counts since 1970 are in the unit of the first one.

    One unit a file: where a later count is in another, it is years away, which is refused.
    """

    def __init__(self) -> None:
        self._power: int | None = None

    def us(self, text: str) -> int:
        """A time in microseconds. ValueError says what it is not."""
        time_us = self._counted(text) if is_plain(text) else _written(text)
        if not EARLIEST_US <= time_us < LATEST_US:
            raise ValueError(f"{text!r} is no time between 2009 and 2100: another unit?")
        return time_us

    def _counted(self, text: str) -> int:
        whole, _, fraction = text.partition(".")
        if self._power is None:
            self._power = next((p for digits, p in UNITS if len(whole) <= digits), -3)
        if self._power < 0:
            return int(whole) // 1_000
        return int(whole + fraction[: self._power].ljust(self._power, "0"))


def _written(text: str) -> int:
    """A date and time as people write it; without a zone it is UTC."""
    ready = text.strip().removesuffix("Z").removesuffix("+00:00")
    if ready[DATE : DATE + 1] == "D":  # an archive's own letter between date and time
        ready = f"{ready[:DATE]}T{ready[DATE + 1 :]}"
    try:
        when = datetime.fromisoformat(ready[:FRACTION])
    except ValueError:
        raise ValueError(f"{text!r} is no time") from None
    if when.tzinfo is not None:
        raise ValueError(f"{text!r} is not in UTC")
    past = when.replace(tzinfo=UTC) - EPOCH
    return (past.days * 86_400 + past.seconds) * MICRO + past.microseconds
