"""`/api/history/v3/account-log`: every change of a balance, two rows for a trade.

A trade's position leg has the contract as its asset and signed sizes as balances; its cash leg
keeps, exactly, new balance - old balance = realised profit - fee + realised funding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from longshore.venue.dialects.kraken_futures.errors import argument_invalid
from longshore.venue.dialects.kraken_futures.log_rows import rows_of_log
from longshore.venue.dialects.kraken_futures.pages import ROWS_AT_ONCE, Key
from longshore.venue.dialects.kraken_futures.row_ids import event_key
from longshore.venue.dialects.kraken_futures.values import Json
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call

MILLISECOND_US = 1_000
COUNT_DEFAULT = 500
COUNT_MAX = 100_000
MOVES_PER_ROW = 8
"""No trade of an account moves its money more often."""


class LogPage(msgspec.Struct, rename={"from_": "from"}):
    """What of the log is asked for: times in milliseconds, `from` and `to` row ids."""

    since: int = 0
    before: int | None = None
    from_: int | None = None
    to: int | None = None
    sort: str = "desc"
    info: str | None = None
    count: int = COUNT_DEFAULT


async def account_log(api: Api, call: Call) -> Json:
    """GET account-log."""
    page = call.form(LogPage)
    if page.sort not in ("asc", "desc") or page.count < 1:
        raise argument_invalid("sort" if page.count >= 1 else "count")
    rows = await _wanted(api, call.account_id, page)
    return {"accountUid": api.ids.account(call.account_id), "logs": rows}


def _span(page: LogPage) -> Span:
    span = Span(
        after_us=page.since * MILLISECOND_US,
        before_us=Span().before_us if page.before is None else page.before * MILLISECOND_US,
        limit=min(page.count, COUNT_MAX),
        ascending=page.sort == "asc",
    )
    if page.from_ is not None:
        seq, index = event_key(page.from_)
        span = replace(span, after_key=(seq, index - 1))
    if page.to is not None:
        seq, index = event_key(page.to)
        span = replace(span, before_key=(seq, index + 1))
    return span


async def rows_of(api: Api, account_id: int, span: Span) -> list[Json]:
    """The rows of a span, in the order asked for; the three histories are merged by row id."""
    history = api.venue.history
    fills = await history.fills(account_id, span)
    payments = await history.funding_payments(account_id, span)
    moves = await history.ledger(account_id, replace(span, limit=span.limit * MOVES_PER_ROW))
    rows = rows_of_log(api, fills, payments, moves)
    return sorted(rows, key=lambda row: row["id"], reverse=not span.ascending)


async def _wanted(api: Api, account_id: int, page: LogPage) -> list[Json]:
    """The first `count` rows of a page, however many of another `info` lie between them."""
    span = _span(page)
    rest = replace(span, limit=max(span.limit, ROWS_AT_ONCE))
    found: list[Json] = []
    last_id: int | None = None
    while len(found) < span.limit:
        rows = (await rows_of(api, account_id, rest))[: rest.limit]
        new = [row for row in rows if last_id is None or _is_beyond(span, row["id"], last_id)]
        found += [row for row in new if _is_wanted(page, row)]
        if len(rows) < rest.limit or not new:
            break
        last_id = new[-1]["id"]
        rest = _from(rest, event_key(last_id))
    return found[: span.limit]


def _is_wanted(page: LogPage, row: Json) -> bool:
    """Whether a row is of the kind and within the ids asked for: a span holds whole events."""
    begins = page.from_ is None or page.from_ <= row["id"]
    ends = page.to is None or row["id"] <= page.to
    return begins and ends and page.info in (None, row["info"])


def _is_beyond(span: Span, row_id: int, last_id: int) -> bool:
    return row_id > last_id if span.ascending else row_id < last_id


def _from(span: Span, key: Key) -> Span:
    """A span from an event on, itself included: the other of its two rows may still be to come."""
    seq, index = key
    if span.ascending:
        return replace(span, after_key=(seq, index - 1))
    return replace(span, before_key=(seq, index + 1))
