"""Rows of the API as files: every exact column, times readable, numbers whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec

NUMBERS = frozenset(
    (
        *("price", "size", "value", "fee", "pnl", "funding", "position", "amount", "balance"),
        *("left", "cost", "opening_fee", "proceeds", "closing_fee", "gain"),
    )
)
"""Columns of decimal numbers; a rate has more digits than these and stays a text."""
TIMES = frozenset(("time", "acquired", "disposed"))
"""Columns of world times."""
DIGITS, DECIMALS = 38, 12
MS_PER_S = 1_000


def columns_of(kind: type[msgspec.Struct]) -> list[str]:
    """The exact columns: what is written beside them for people is left out."""
    return [name for name in kind.__struct_fields__ if not name.endswith("text")]


def _moment(time_ms: int) -> datetime:
    return datetime.fromtimestamp(time_ms // MS_PER_S, UTC).replace(
        microsecond=time_ms % MS_PER_S * 1_000
    )


def _cell(name: str, value: Any) -> Any:
    """What is not known is an empty cell."""
    return _moment(value).isoformat() if name in TIMES and value is not None else value


def as_csv(kind: type[msgspec.Struct], rows: Sequence[msgspec.Struct]) -> bytes:
    """A header and a line a row; times as ISO 8601 in UTC."""
    names = columns_of(kind)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(name, getattr(row, name)) for name in names])
    return text.getvalue().encode()


def as_parquet(kind: type[msgspec.Struct], rows: Sequence[msgspec.Struct]) -> bytes:
    """Exact decimals, times with their zone, the rest texts."""
    import pyarrow as pa
    from pyarrow import parquet

    def typed(name: str) -> Any:
        if name in TIMES:
            return pa.timestamp("ms", tz="UTC")
        return pa.decimal128(DIGITS, DECIMALS) if name in NUMBERS else pa.string()

    def value(name: str, row: msgspec.Struct) -> Any:
        found = getattr(row, name)
        if found is None:
            return None
        if name in TIMES:
            return _moment(found)
        return Decimal(found) if name in NUMBERS else found

    names = columns_of(kind)
    schema = pa.schema([(name, typed(name)) for name in names])
    columns = {name: [value(name, row) for row in rows] for name in names}
    sink = io.BytesIO()
    parquet.write_table(pa.table(columns, schema=schema), sink)
    return sink.getvalue()
