"""What an account did in a period, whole: closes, and everything as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from longshore.explain.closes import Folded
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.errors import REFUSED, ApiError, bad_value
from longshore.venue.dialects.native.files import as_csv, as_parquet
from longshore.venue.dialects.native.lots import lot_rows, lots_of
from longshore.venue.dialects.native.markets import LimitQuery
from longshore.venue.dialects.native.schema.account import (
    CloseRow,
    Fill,
    FundingPaymentRow,
    LedgerRow,
    TaxLot,
)
from longshore.venue.dialects.native.wire import Call, Download, Query
from longshore.venue.history import END, Span

if TYPE_CHECKING:
    from collections.abc import Sized

    from longshore.engine.rows import Event

ROWS_MAX = 200_000
US_PER_MS = 1_000
PARQUET = "application/vnd.apache.parquet"
RowType = type[Fill] | type[CloseRow] | type[FundingPaymentRow] | type[LedgerRow] | type[TaxLot]
WHAT: dict[str, RowType] = {
    "fills": Fill,
    "closes": CloseRow,
    "funding": FundingPaymentRow,
    "ledger": LedgerRow,
    "lots": TaxLot,
}


class PeriodQuery(Query):
    """World times in milliseconds: from `since_ms` on, before `until_ms`."""

    since_ms: int = 0
    until_ms: int | None = None

    def span(self) -> Span:
        """The part of history asked for, oldest first."""
        until_us = END if self.until_ms is None else self.until_ms * US_PER_MS
        if self.since_ms < 0:
            raise bad_value("A time is not before 1970.", "since_ms")
        if until_us <= self.since_ms * US_PER_MS:
            raise bad_value("A period ends after it begins.", "until_ms")
        since_us = self.since_ms * US_PER_MS
        return Span(after_us=since_us, before_us=until_us, limit=ROWS_MAX, ascending=True)


class ExportQuery(PeriodQuery, kw_only=True):
    """Which history, as what kind of file."""

    what: Literal["fills", "closes", "funding", "ledger", "lots"]
    format: Literal["csv", "parquet"] = "csv"


async def list_closes(call: Call, query: LimitQuery) -> list[CloseRow]:
    """Positions made smaller or ended, newest first: by whom or what, and what that realised."""
    span = query.span()
    folded = await folded_to(call, span.before_us)
    newest = folded.closes[::-1][: span.limit]
    return [render.close_row(call.venue.catalog, close) for close in newest]


async def export(call: Call, query: ExportQuery) -> Download:
    """The account's fills, closes, funding, ledger or tax lots of a period as a file, oldest first.

    A lot is in the period in which it went, whenever it was opened.
    """
    rows = await _rows(call, query)
    whole(rows)
    kind = WHAT[query.what]
    name = f"longshore-{call.account}-{query.what}.{query.format}"
    if query.format == "csv":
        return Download(as_csv(kind, rows), "text/csv; charset=utf-8", name)
    return Download(as_parquet(kind, rows), PARQUET, name)


async def _rows(
    call: Call, query: ExportQuery
) -> list[Fill] | list[CloseRow] | list[FundingPaymentRow] | list[LedgerRow] | list[TaxLot]:
    catalog, history, span = call.venue.catalog, call.venue.history, query.span()
    if query.what == "fills":
        return [render.fill(catalog, row) for row in await history.fills(call.account_id, span)]
    if query.what == "funding":
        paid = await history.funding_payments(call.account_id, span)
        return [render.funding_payment(catalog, row) for row in paid]
    if query.what == "ledger":
        moves = await history.ledger(call.account_id, span)
        return [render.ledger_row(catalog, row) for row in moves]
    if query.what == "lots":
        lots = lots_of(catalog, call.account_id, await _events(call, span.before_us))
        return lot_rows(catalog, [each for each in lots if each.close.time_us >= span.after_us])
    closes = (await folded_to(call, span.before_us)).closes
    return [render.close_row(catalog, c) for c in closes if c.time_us >= span.after_us]


async def folded_to(call: Call, before_us: int, since_us: int = 0) -> Folded:
    """The account's positions up to a time; sums count from `since_us` on."""
    return Folded(call.account_id, since_us).take_all(await _events(call, before_us))


async def _events(call: Call, before_us: int) -> list[Event]:
    """All that names the account up to a time, oldest first."""
    span = Span(before_us=before_us, limit=ROWS_MAX, ascending=True)
    events = await call.venue.history.account_events(call.account_id, span)
    whole(events)
    return events


def whole(rows: Sized) -> None:
    """Refuse what would not be all of it."""
    if len(rows) >= ROWS_MAX:
        message = f"There are {ROWS_MAX:,} rows and more: ask for a shorter period."
        raise ApiError(REFUSED, "TOO_MANY_ROWS", message, "since_ms")
