"""From a record struct to a table, and back: the columns are declared once, in `records.py`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    MetaData,
    String,
    Table,
    select,
    tuple_,
)
from sqlalchemy.dialects.sqlite import dialect, insert

from longshore.engine.rows import Event

if TYPE_CHECKING:
    from longshore.venue.history import Span

METADATA = MetaData()
R = TypeVar("R", bound=msgspec.Struct)
SEQ_INDEX = ("seq", "index")

_TYPES: dict[Any, Any] = {int: BigInteger, str: String}


def table_of(
    name: str,
    record: type[msgspec.Struct],
    key: tuple[str, ...] = SEQ_INDEX,
    indexes: Sequence[tuple[str, ...]] = (),
) -> Table:
    """A table with one column for each field of the record."""
    hints = get_type_hints(record)
    columns = [
        Column(field, _TYPES.get(hints[field], JSON), primary_key=field in key, nullable=False)
        for field in record.__struct_fields__
    ]
    made = Table(name, METADATA, *columns, sqlite_with_rowid=False)
    for fields in indexes:
        Index(f"{name}_by_{'_'.join(fields)}", *(made.c[field] for field in fields))
    return made


@cache
def _shared(record: type[msgspec.Struct]) -> tuple[tuple[str, ...], attrgetter[tuple[int, ...]]]:
    """The fields a record shares with events by name, and what reads them from one."""
    names = tuple(field for field in record.__struct_fields__ if field in Event.FIELDS)
    return names, attrgetter(*names)


def from_event(record: type[R], event: Event, **others: object) -> R:
    """A record with the fields it shares with the event by name, then the others."""
    names, values_of = _shared(record)
    values: dict[str, object] = dict(zip(names, map(int, values_of(event)), strict=True))
    values.update(others)
    return record(**values)


def put(connection: Connection, table: Table, records: Sequence[msgspec.Struct]) -> None:
    """Write records; one with the same key takes the old one's place."""
    if records:
        rows = [msgspec.structs.astuple(record) for record in records]
        for at in _json_places(table):
            rows = [(*row[:at], _json(row[at]), *row[at + 1 :]) for row in rows]
        connection.exec_driver_sql(_insertion(table), rows)


@cache
def _insertion(table: Table) -> str:
    """Written out once: the driver alone takes the rows, at a fifth of the cost."""
    return str(insert(table).prefix_with("OR REPLACE").compile(dialect=dialect()))


@cache
def _json_places(table: Table) -> tuple[int, ...]:
    return tuple(at for at, column in enumerate(table.c) if isinstance(column.type, JSON))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def read_span(
    connection: Connection,
    table: Table,
    record: type[R],
    span: Span,
    *where: ColumnElement[bool],
) -> list[R]:
    """The records of a span in (seq, index) order, newest first unless it says otherwise."""
    c = table.c
    order = (c.seq, c["index"])
    query = select(table).where(c.time_us >= span.after_us, c.time_us < span.before_us, *where)
    if span.after_key is not None:
        query = query.where(tuple_(*order) > tuple_(*span.after_key))
    if span.before_key is not None:
        query = query.where(tuple_(*order) < tuple_(*span.before_key))
    query = query.order_by(*(order if span.ascending else (column.desc() for column in order)))
    rows = connection.execute(query.limit(span.limit)).mappings()
    return [record(**row) for row in rows]


def of_market(table: Table, account_id: int, market_id: int) -> list[ColumnElement[bool]]:
    """The conditions for one account, and one market unless it is 0."""
    where: list[ColumnElement[bool]] = [table.c.account_id == account_id]
    return [*where, table.c.market_id == market_id] if market_id else where
