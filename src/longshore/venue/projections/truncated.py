"""A branch's history: its parent's, copied and cut back to where the branch's journal begins."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Connection, delete, select, update

from longshore.engine.codes import Side
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.engine.state import State
from longshore.venue.projections import (
    account_events,
    candles,
    customers,
    downtimes,
    executions,
    fills,
    funding_payments,
    funding_rates,
    ledger,
    liquidations,
    market_states,
    order_events,
    orders,
)
from longshore.venue.projections.candles import MINUTE_US, Bar
from longshore.venue.projections.records import OrderRecord
from longshore.venue.projections.tables import put

if TYPE_CHECKING:
    from longshore.venue.projections.folding import MarketUnits

APPENDED = (
    *(downtimes.TABLE, market_states.TABLE),
    *(account_events.TABLE, customers.TABLE, executions.TABLE, fills.TABLE),
    *(funding_payments.TABLE, funding_rates.TABLE, ledger.TABLE, order_events.TABLE),
)
PLACED = ("price_ticks", "trigger_ticks", "signal", "type", "qty_lots", "open_lots")


def copy_file(parent: Path, child: Path) -> None:
    """One moment of a history that may be written to meanwhile."""
    with closing(sqlite3.connect(parent)) as source, closing(sqlite3.connect(child)) as target:
        source.backup(target)


def cut_back(
    connection: Connection, view: State, units: dict[int, MarketUnits], place: tuple[int, int]
) -> None:
    """Take everything after a (seq, time) out of a history; `view` is the state there.

    Of the minute that is under way the trades are known to the last one; of its marks and indexes
    only how it opened and where they stand.
    """
    seq, time_us = place
    _reopen_orders(connection, units, seq)
    for table in APPENDED:
        connection.execute(delete(table).where(table.c.seq > seq))
    walks = liquidations.TABLE
    connection.execute(delete(walks).where(walks.c.seq > seq))
    still = update(walks).where(walks.c.ended_seq > seq)
    connection.execute(still.values(ended_us=0, ended_seq=0, ended_index=0, closed=0))
    _cut_candles(connection, view, units, time_us)


def _reopen_orders(connection: Connection, units: dict[int, MarketUnits], seq: int) -> None:
    """Orders that were placed by then and changed later are again what they were."""
    table, happened = orders.TABLE, order_events.TABLE
    connection.execute(delete(table).where(table.c.seq > seq))
    later = select(happened.c.order_id).where(happened.c.seq > seq)
    changed = connection.execute(select(table).where(table.c.order_id.in_(later))).mappings()
    records = {row["order_id"]: OrderRecord(**row) for row in changed}
    query = select(happened).where(happened.c.order_id.in_(records), happened.c.seq <= seq)
    steps = defaultdict(list)
    for row in connection.execute(query.order_by(happened.c.seq, happened.c["index"])).mappings():
        steps[row["order_id"]].append(_event(dict(row)))
    put(connection, table, [_folded(records[at], steps[at], units) for at in steps])


def _event(row: dict[str, int]) -> Event:
    return Event(**{key: value for key, value in row.items() if key in Event.FIELDS})


def _folded(
    record: OrderRecord, steps: Iterable[Event], units: dict[int, MarketUnits]
) -> OrderRecord:
    """The order as its events until then left it."""
    for event in steps:
        if event.kind == EventKind.ORDER_PLACED:
            rests = 1 if event.type != record.type else record.rests
            record = msgspec.structs.replace(
                record,
                rests=rests,
                filled_lots=0,
                filled_value_atoms=0,
                triggered_us=0,
                updated_us=event.time_us,
                ended=0,
                reason=0,
                reject=0,
                **{field: int(getattr(event, field)) for field in PLACED},
            )
        elif event.kind in orders.CHANGES:
            unit = units[record.market_id]
            record = orders.changed(
                record, event, unit.value_atoms(event.price_ticks, event.qty_lots)
            )
    return record


def _cut_candles(
    connection: Connection, view: State, units: dict[int, MarketUnits], time_us: int
) -> None:
    table = candles.TABLE
    minute_us = time_us - time_us % MINUTE_US
    connection.execute(delete(table).where(table.c.start_us > minute_us))
    query = select(table).where(table.c.start_us == minute_us, table.c.interval_us == MINUTE_US)
    bars = [Bar(**row) for row in connection.execute(query).mappings()]
    connection.execute(
        delete(table).where(table.c.start_us == minute_us, table.c.interval_us == MINUTE_US)
    )
    made = [_standing(bar, view) for bar in bars if bar.kind != "trade"]
    put(connection, table, [*made, *_traded(connection, units, minute_us)])


def _standing(bar: Bar, view: State) -> Bar:
    """From how the minute opened to the price of now."""
    market = view.markets[bar.market_id]
    index = view.assets[market.base_asset_id].index_subticks
    now = int(market.mark_subticks if bar.kind == "mark" else index)
    first = bar.open_subticks
    return Bar(
        *(bar.market_id, bar.kind, bar.start_us, bar.interval_us),
        *(first, max(first, now), min(first, now), now, 0, 0),
    )


def _traded(connection: Connection, units: dict[int, MarketUnits], minute_us: int) -> list[Bar]:
    """The minute's trades, joined again."""
    table = executions.TABLE
    query = select(table).where(table.c.time_us >= minute_us)
    made: dict[int, Bar] = {}
    for row in connection.execute(query.order_by(table.c.seq, table.c["index"])).mappings():
        market_id = row["market_id"]
        price = row["price_ticks"] * units[market_id].tick_subticks
        bar = made.setdefault(
            market_id,
            Bar(market_id, "trade", minute_us, MINUTE_US, price, price, price, price, 0, 0),
        )
        bar.add(price, row["qty_lots"], row["value_atoms"], 1)
        if row["side"] == Side.BUY:
            bar.bought(row["qty_lots"], row["value_atoms"])
    return list(made.values())
