"""Events as an Arrow table: every field, and the names of kinds, accounts and markets beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.rulebooks import Catalog

if TYPE_CHECKING:
    import pyarrow as pa

_values = attrgetter(*Event.FIELDS)


def arrow(events: Sequence[Event], catalog: Catalog, accounts: Mapping[str, int]) -> pa.Table:
    """One row an event: `event`, `time`, `account` and `market` for people, then all fields."""
    import pyarrow as pa

    names = {number: name for name, number in accounts.items()}
    markets = {market.market_id: symbol for symbol, market in catalog.markets.items()}
    rows = [_values(event) for event in events]
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in Event.FIELDS]
    fields = dict(zip(Event.FIELDS, (pa.array(c, pa.int64()) for c in columns), strict=True))
    shown = {
        "event": _named([EventKind(event.kind).name for event in events]),
        "time": pa.array([int(e.time_us) for e in events], pa.timestamp("us", tz="UTC")),
        "account": _named([names.get(int(event.account_id)) for event in events]),
        "market": _named([markets.get(int(event.market_id)) for event in events]),
    }
    return pa.table(shown | fields)


def _named(values: Sequence[str | None]) -> pa.Array:
    import pyarrow as pa

    return pa.array(values, pa.string()).dictionary_encode()
