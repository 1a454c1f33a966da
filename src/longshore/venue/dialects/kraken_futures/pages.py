"""Pages of `/api/history`: since, before, sort, count and the continuation token.

A token is the (seq, index) of the last row given, so that a page goes on exactly where the last one
ended, whatever has happened since.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from longshore.venue.dialects.kraken_futures.errors import argument_invalid
from longshore.venue.dialects.kraken_futures.values import Json
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.call import Call

MILLISECOND_US = 1_000
COUNT_MAX = 1_000


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
    return replace(span, after_key=key) if span.ascending else replace(span, before_key=key)


def page_of(elements: list[Json], span: Span, last_key: tuple[int, int] | None) -> Json:
    """A page of elements; full ones carry the token of the next."""
    told: Json = {"elements": elements, "len": len(elements)}
    if last_key is not None and len(elements) >= span.limit:
        text = f"{last_key[0]}:{last_key[1]}"
        told["continuationToken"] = base64.urlsafe_b64encode(text.encode()).decode()
    return told
