"""Which part of a history a request asks for.

From a start on, oldest first; without one the newest.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from longshore.venue.dialects.binance_usdm.errors import (
    INTERVAL_TOO_LONG,
    START_AFTER_END,
    ApiError,
)
from longshore.venue.dialects.binance_usdm.values import US_PER_MS
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.venue.projections.records import Record

R = TypeVar("R", bound="Record")

DAY_MS = 86_400_000
WEEK_MS = 7 * DAY_MS
ROWS_AT_ONCE = 500


def span_of(start_ms: int | None, end_ms: int | None, limit: int, widest_ms: int = 0) -> Span:
    """Both times included, in milliseconds; `widest_ms` is how far apart they may be, 0: any."""
    if start_ms is not None and end_ms is not None:
        if start_ms > end_ms:
            raise ApiError(START_AFTER_END)
        if widest_ms and end_ms - start_ms > widest_ms:
            raise ApiError(INTERVAL_TOO_LONG)
    return Span(
        after_us=(start_ms or 0) * US_PER_MS,
        before_us=Span().before_us if end_ms is None else (end_ms + 1) * US_PER_MS,
        limit=limit,
        ascending=start_ms is not None,
    )


def from_key(span: Span, key: tuple[int, int]) -> Span:
    """From a row on, itself included, oldest first."""
    return replace(span, ascending=True, after_key=(key[0], key[1] - 1))


async def gathered(
    read: Callable[[Span], Awaitable[list[R]]], wanted: Callable[[R], bool], span: Span
) -> list[R]:
    """The rows of a span that are wanted, `limit` of them where there are so many; oldest first.

    The last event of a full page is read again with the next one: its other row may be there.
    """
    found: list[R] = []
    rest = replace(span, limit=max(span.limit, ROWS_AT_ONCE))
    while len(found) < span.limit:
        rows = await read(rest)
        is_last = len(rows) < rest.limit
        whole = rows if is_last else [row for row in rows if _key(row) != _key(rows[-1])]
        found += [row for row in whole if wanted(row)]
        if is_last:
            break
        key = _key(whole[-1])
        rest = replace(rest, after_key=key) if rest.ascending else replace(rest, before_key=key)
    found = found[: span.limit]
    return found if span.ascending else found[::-1]


def _key(row: Record) -> tuple[int, int]:
    return row.seq, row.index
