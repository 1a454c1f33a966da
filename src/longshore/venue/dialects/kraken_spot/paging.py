"""Pages of private histories: a time window, fifty rows at a time from an offset."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from longshore.venue.dialects.kraken_spot.decode import decimal, whole
from longshore.venue.dialects.kraken_spot.errors import invalid
from longshore.venue.dialects.kraken_spot.values import US_PER_SECOND
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.venue.projections.records import Record

R = TypeVar("R", bound="Record")
T = TypeVar("T")

PAGE_ROWS = 50
ROWS_AT_ONCE = 10_000
OFFSET_MAX_DIGITS = 9


def time_us(text: str, argument: str) -> int:
    """A time in seconds since 1970, with parts of one."""
    return int(decimal(text, argument) * US_PER_SECOND)


def window(start: str, end: str) -> Span:
    """After `start`, up to and with `end`; without them, everything."""
    after_us = time_us(start, "start") + 1 if start else 0
    before_us = time_us(end, "end") + 1 if end else Span().before_us
    return Span(after_us=after_us, before_us=before_us, limit=ROWS_AT_ONCE)


async def everything(read: Callable[[Span], Awaitable[list[R]]], span: Span) -> list[R]:
    """All rows of a span, newest first, however many."""
    found = rows = await read(span)
    while len(rows) == span.limit:
        rest = replace(span, before_key=(rows[-1].seq, rows[-1].index))
        rows = await read(rest)
        found = found + rows
    return found


def page(found: list[T], ofs: str) -> list[T]:
    """The fifty rows from an offset on."""
    if len(ofs) > OFFSET_MAX_DIGITS:
        raise invalid("ofs")
    first = whole(ofs, "ofs")
    return found[first : first + PAGE_ROWS]
