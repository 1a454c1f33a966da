"""Every event that names a customer, whole: what explanations are made from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import or_

from longshore.engine.rows import Event
from longshore.venue.projections.appended import Appended
from longshore.venue.projections.records import AccountEvent
from longshore.venue.projections.tables import from_event, read_span, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.venue.history import Span
    from longshore.venue.projections.folding import Folding

TABLE = table_of(
    "account_events",
    AccountEvent,
    indexes=[("account_id", "seq"), ("other_account_id", "seq")],
)


def projection() -> Appended[AccountEvent]:
    """One row for each event with a customer on a side."""
    return Appended(TABLE, None, _row)


def _row(event: Event, folding: Folding) -> Iterable[AccountEvent]:
    customers = folding.customers
    if event.account_id in customers or event.other_account_id in customers:
        given = zip(event.FIELDS, event.values(), strict=True)
        fields = {name: int(value) for name, value in given if value}
        yield from_event(AccountEvent, event, fields=fields)


def many(connection: Connection, account_id: int, span: Span) -> list[Event]:
    """The account's events as the engine gave them."""
    named = or_(TABLE.c.account_id == account_id, TABLE.c.other_account_id == account_id)
    records = read_span(connection, TABLE, AccountEvent, span, named)
    return [Event(**record.fields) for record in records]
