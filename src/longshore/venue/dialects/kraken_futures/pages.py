"""Pages of `/api/history`: since, before, sort, count and the continuation token.

A token is the (seq, index) of the last row given, so that a page goes on exactly where the last one
ended, whatever has happened since.
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from longshore.venue.dialects.kraken_futures.errors import argument_invalid
from longshore.venue.dialects.kraken_futures.values import Json
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.call import Call
    from longshore.venue.projections.records import Record

R = TypeVar("R", bound="Record")
T = TypeVar("T")
Key = tuple[int, int]
"""The (seq, index) of a row."""

MILLISECOND_US = 1_000
COUNT_MAX = 1_000
ROWS_AT_ONCE = 200


class Page(msgspec.Struct):
    """What of a history is asked for."""

    since: int | None = None
    before: int | None = None
    sort: str = "desc"
    count: int = COUNT_MAX
    tradeable: str | None = None
    continuation_token: str | None = None


def span_of(call: Call, count_max: int = COUNT_MAX) -> Span:
    """The span of a page; a greater count is cut in silence, as Kraken does."""
    page = call.form(Page)
    if page.sort not in ("asc", "desc"):
        raise argument_invalid("sort")
    if page.count < 1:
        raise argument_invalid("count")
    span = Span(
        after_us=(page.since or 0) * MILLISECOND_US,
        before_us=Span().before_us if page.before is None else page.before * MILLISECOND_US,
        limit=min(page.count, count_max),
        ascending=page.sort == "asc",
    )
    return _going_on(span, page.continuation_token) if page.continuation_token else span


def _going_on(span: Span, token: str) -> Span:
    try:
        seq, index = base64.urlsafe_b64decode(token).decode("ascii").split(":")
        key = (int(seq), int(index))
    except ValueError:
        raise argument_invalid("continuation_token") from None
    return beyond(span, key)


def beyond(span: Span, key: Key) -> Span:
    """What of a span follows a row already seen."""
    return replace(span, after_key=key) if span.ascending else replace(span, before_key=key)


async def gathered(
    read: Callable[[Span], Awaitable[list[R]]],
    wanted: Callable[[list[R]], Awaitable[list[tuple[Key, T]]]],
    span: Span,
) -> list[tuple[Key, T]]:
    """The first rows of a span that are wanted, `limit` of them where there are so many.

    A history holds more than one page of this API tells; without going on, what is left out would
    make a page short, or empty.
    """
    found: list[tuple[Key, T]] = []
    rest = replace(span, limit=max(span.limit, ROWS_AT_ONCE))
    while len(found) < span.limit:
        rows = await read(rest)
        found += await wanted(rows)
        if len(rows) < rest.limit:
            break
        rest = beyond(rest, (rows[-1].seq, rows[-1].index))
    return found[: span.limit]


def page_of(found: Sequence[tuple[Key, Json]], span: Span) -> Json:
    """A page of elements by their rows' keys; full ones carry the token of the next."""
    told: Json = {"elements": [element for _, element in found], "len": len(found)}
    if found and len(found) >= span.limit:
        seq, index = found[-1][0]
        text = f"{seq}:{index}"
        told["continuationToken"] = base64.urlsafe_b64encode(text.encode()).decode()
    return told
