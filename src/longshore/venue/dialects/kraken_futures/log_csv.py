"""`/api/history/v2/accountlogcsv`: the account log as a table.

The columns are those of exports that people have shared; how the venue rounds in them, and how many
rows it gives at once, is unverified: here they are the log's own, to the last digit.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.venue.dialects.kraken_futures.account_log import COUNT_MAX, rows_of
from longshore.venue.dialects.kraken_futures.call import Csv
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call
    from longshore.venue.dialects.kraken_futures.values import Json

COLUMNS = {
    "uid": "booking_uid",
    "dateTime": "date",
    "account": "margin_account",
    "type": "info",
    "symbol": "asset",
    "change": "",
    "new balance": "new_balance",
    "new average entry price": "new_average_entry_price",
    "trade price": "trade_price",
    "mark price": "mark_price",
    "funding rate": "funding_rate",
    "realized pnl": "realized_pnl",
    "fee": "fee",
    "realized funding": "realized_funding",
    "collateral": "collateral",
}
"""The table's columns, and what of a log's row stands in them."""
DATE_CHARS = len("2026-09-01T00:00:00")


async def account_log_csv(api: Api, call: Call) -> Csv:
    """GET accountlogcsv: all there is, newest first."""
    rows = await rows_of(api, call.account_id, Span(limit=COUNT_MAX))
    return Csv([tuple(COLUMNS), *(_cells(row) for row in rows)])


def _cells(row: Json) -> tuple[object, ...]:
    change = _decimal(row["new_balance"]) - _decimal(row["old_balance"])
    told = row | {"": change, "date": row["date"][:DATE_CHARS].replace("T", " ")}
    return tuple(_text(told[name]) for name in COLUMNS.values())


def _decimal(value: object) -> Decimal:
    return Decimal(str(value))


def _text(value: object) -> str:
    """Numbers without an exponent; nothing where there is none."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
