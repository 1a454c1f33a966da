"""A projection whose rows are only ever added, each made from one event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from longshore.venue.projections.tables import R, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection, Table

    from longshore.engine.rows import Event
    from longshore.venue.projections.folding import Folding


class Appended(Generic[R]):
    """Rows are what `make` gives for an event of one of the kinds."""

    def __init__(
        self,
        table: Table,
        kinds: Iterable[int] | None,
        make: Callable[[Event, Folding], Iterable[R]],
    ) -> None:
        """`kinds` None: events of all kinds. Keeps nothing from one batch to the next."""
        self._table = table
        self.kinds = None if kinds is None else frozenset(kinds)
        self._make = make
        self._rows: list[R] = []

    def load(self, connection: Connection, folding: Folding) -> None:
        """There is nothing to remember."""

    def take(self, event: Event, folding: Folding) -> None:
        """Make the event's rows."""
        self._rows.extend(self._make(event, folding))

    def flush(self, connection: Connection) -> None:
        """Write the new rows."""
        put(connection, self._table, self._rows)
        self._rows = []
