"""Customers: accounts made for a person or a bot, with the name they were asked for under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from longshore.engine.events import EventKind
from longshore.venue.projections.folding import BY_REQUEST
from longshore.venue.projections.records import Customer
from longshore.venue.projections.tables import put, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.projections.folding import Folding

TABLE = table_of("customers", Customer)


class Customers:
    """Told apart from agents by the world's file, or by the origin of the command."""

    kinds = frozenset((EventKind.ACCOUNT_CREATED,))

    def __init__(self, named: frozenset[str]) -> None:
        """`named` are those the world's file names."""
        self._named = named
        self._rows: list[Customer] = []

    def load(self, connection: Connection, folding: Folding) -> None:
        """Whose orders and fills are kept."""
        folding.customers.update(connection.execute(select(TABLE.c.account_id)).scalars())

    def take(self, event: Event, folding: Folding) -> None:
        """A new account; its name came as the command's text."""
        name = folding.texts.get(event.seq, "")
        if folding.origins[event.seq] not in BY_REQUEST and name not in self._named:
            return
        folding.customers.add(event.account_id)
        self._rows.append(
            Customer(
                seq=event.seq,
                index=event.index,
                time_us=event.time_us,
                account_id=event.account_id,
                name=name,
            )
        )

    def flush(self, connection: Connection) -> None:
        """Write the new names."""
        put(connection, TABLE, self._rows)
        self._rows = []
