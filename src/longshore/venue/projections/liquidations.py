"""Customers' walks down the liquidation ladder, from start to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlalchemy import select

from longshore.engine.events import EventKind
from longshore.venue.projections.records import LiquidationRecord
from longshore.venue.projections.tables import from_event, put, read_span, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.history import Span
    from longshore.venue.projections.folding import Folding

TABLE = table_of("liquidations", LiquidationRecord, indexes=[("account_id", "seq")])
WalletKey = tuple[int, int]


class Liquidations:
    """Walks that have not ended are held until they have."""

    kinds = frozenset((EventKind.LIQUIDATION_STARTED, EventKind.LIQUIDATION_ENDED))

    def __init__(self) -> None:
        """Nobody is being liquidated."""
        self._open: dict[WalletKey, LiquidationRecord] = {}
        self._changed: dict[tuple[int, int], LiquidationRecord] = {}

    def load(self, connection: Connection, folding: Folding) -> None:
        """The walks that have not ended."""
        for row in connection.execute(select(TABLE).where(TABLE.c.ended_us == 0)).mappings():
            record = LiquidationRecord(**row)
            self._open[record.account_id, record.wallet] = record

    def take(self, event: Event, folding: Folding) -> None:
        """Open or end a walk."""
        if event.kind == EventKind.LIQUIDATION_STARTED:
            if event.account_id in folding.customers:
                self._keep(_started(event))
        else:
            record = self._open.pop((event.account_id, event.wallet), None)
            if record is not None:
                self._changed[record.seq, record.index] = _ended(record, event)

    def _keep(self, record: LiquidationRecord) -> None:
        self._open[record.account_id, record.wallet] = record
        self._changed[record.seq, record.index] = record

    def flush(self, connection: Connection) -> None:
        """Write what changed."""
        put(connection, TABLE, list(self._changed.values()))
        self._changed = {}


def _started(event: Event) -> LiquidationRecord:
    return from_event(LiquidationRecord, event, ended_us=0, ended_seq=0, ended_index=0, closed=0)


def _ended(record: LiquidationRecord, event: Event) -> LiquidationRecord:
    return replace(
        record,
        ended_us=event.time_us,
        ended_seq=event.seq,
        ended_index=event.index,
        closed=event.flag,
    )


def many(connection: Connection, account_id: int, span: Span) -> list[LiquidationRecord]:
    """The account's liquidations."""
    return read_span(connection, TABLE, LiquidationRecord, span, TABLE.c.account_id == account_id)
