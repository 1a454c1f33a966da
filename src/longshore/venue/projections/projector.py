"""Carries committed batches into the history database, on a helper thread, in one transaction."""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    Table,
    create_engine,
    event,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.schema import CreateTable

from longshore.engine.events import EventKind
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
    past,
    tickers,
)
from longshore.venue.projections.folding import Folding, MarketUnits, Projection, units_of
from longshore.venue.projections.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Callable

    from longshore.engine.rows import Event
    from longshore.engine.state import State
    from longshore.journal.batch import Batch
    from longshore.world.world import World

    Take = Callable[[Event, Folding], None]

T = TypeVar("T")

GATHER_S = 0.025

CURSOR = Table(
    "cursor",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("time_us", BigInteger, nullable=False),
)


class HistoryStoppedError(RuntimeError):
    """An error has stopped the projections; a restart rebuilds what is missing."""


class Projector:
    """One writer and many readers of one world's history.

    `publish` takes a batch and returns; `run` writes what has gathered, again and again; `read`
    waits until all that was published before it is written.
    """

    def __init__(self, engine: Engine, world: World) -> None:
        """Read the cursor and what the projections remember; `open_projector` makes the tables."""
        view = world.engine.view
        self._engine = engine
        self.tickers = tickers.Tickers()
        self.error: Exception | None = None
        self._folding = Folding(market_units(view))
        self._projections = self._all(world)
        self._takers = _by_kind(self._projections)
        self._waiting: list[Batch] = []
        self._published_seq = 0
        self._wake = asyncio.Event()
        self._wanted = asyncio.Event()
        self._moved = asyncio.Condition()
        self._pool = ThreadPoolExecutor(1, "projections")
        with engine.connect() as connection:
            self.seq, self.time_us = read_cursor(connection)
            self._folding.time_us = self.time_us
            for projection in self._projections:
                projection.load(connection, self._folding)

    def _all(self, world: World) -> tuple[Projection, ...]:
        """In this order: customers and orders first, because the others ask for them."""
        named = frozenset(account.name for account in world.scenario.account)
        return (
            customers.Customers(named),
            orders.Orders(),
            order_events.projection(),
            fills.projection(),
            executions.projection(),
            ledger.projection(),
            funding_payments.projection(),
            funding_rates.projection(),
            liquidations.Liquidations(),
            account_events.projection(),
            downtimes.projection(),
            market_states.projection(),
            candles.Candles(_markets_of_asset(world.engine.view)),
            self.tickers,
        )

    def write(self, batches: list[Batch]) -> None:
        """Fold batches in order and write them with the cursor, in one transaction."""
        new = [batch for batch in batches if batch.last_seq > self.seq]
        if not new:
            return
        with self._engine.begin() as connection:
            for batch in new:
                self._fold(batch)
            for projection in self._projections:
                projection.flush(connection)
            last = new[-1]
            write_cursor(connection, last.last_seq, last.time_us)
        self.seq, self.time_us = last.last_seq, last.time_us

    def _fold(self, batch: Batch) -> None:
        self._folding.origins = {command.seq: command.origin for command in batch.commands}
        self._folding.texts = batch.texts
        for happened in batch.events:
            for take in self._takers[happened.kind]:
                take(happened, self._folding)

    def publish(self, batch: Batch) -> None:
        """Hand over a committed batch; it is written soon."""
        self._waiting.append(batch)
        self._published_seq = batch.last_seq
        self._wake.set()

    async def run(self) -> None:
        """Write what is published until cancelled; an error stops history, not the venue."""
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                await self._gather()
                await self._write_waiting()
        except Exception as error:
            self.error = error
            await self._tell()
            raise

    async def _write_waiting(self) -> None:
        batches = list(self._waiting)  # they wait on: a venue that ends here has them to write
        await asyncio.get_running_loop().run_in_executor(self._pool, self.write, batches)
        del self._waiting[: len(batches)]
        await self._tell()

    async def _tell(self) -> None:
        async with self._moved:
            self._moved.notify_all()

    async def _gather(self) -> None:
        """Let more come together, one transaction for all of it, unless a reader waits."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GATHER_S):
                await self._wanted.wait()
        self._wanted.clear()

    async def reached(self, seq: int) -> None:
        """Wait until everything up to `seq` is written."""
        if self.seq < seq:
            self._wanted.set()
            async with self._moved:
                await self._moved.wait_for(lambda: self.seq >= seq or self.error is not None)
        if self.error is not None:
            raise HistoryStoppedError(str(self.error)) from self.error

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query off the loop, on a database that holds all that is published by now."""
        await self.reached(self._published_seq)
        return await asyncio.to_thread(self._query, query)

    def _query(self, query: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection:
            return query(connection)

    def close(self) -> None:
        """Write what is left and let go of the database."""
        self._pool.shutdown(wait=True)
        if self.error is None:
            self.write(self._waiting)
        self._engine.dispose()


def _by_kind(projections: tuple[Projection, ...]) -> dict[int, list[Take]]:
    """Who takes the events of each kind, in order."""
    return {
        int(kind): [p.take for p in projections if p.kinds is None or kind in p.kinds]
        for kind in EventKind
    }


def open_projector(path: Path, world: World) -> Projector:
    """Open a world's history; `rebuild.catch_up` brings it to the journal's end.

    A database of other tables, or one that knows more than the journal, is dropped and begun anew
    with the world's past.
    """
    engine = connect(path)
    if not _is_usable(engine, world.journal.seq):
        engine.dispose()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        engine = connect(path)
        _create(engine, world)
    return Projector(engine, world)


def connect(path: Path) -> Engine:
    """A history file as this program opens it."""
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: object, _: object) -> None:
    """WAL, so that readers do not wait; not synchronous, because history can be rebuilt."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def layout() -> int:
    """A number that changes with any column of any table."""
    layout = "".join(str(CreateTable(table)) for table in METADATA.sorted_tables)
    return int.from_bytes(hashlib.blake2b(layout.encode(), digest_size=3).digest())


def _create(engine: Engine, world: World) -> None:
    METADATA.create_all(engine)
    with engine.begin() as connection:
        past.put_past(connection, world, market_units(world.engine.view))
        connection.execute(text(f"PRAGMA user_version = {layout()}"))


def _is_usable(engine: Engine, last_seq: int) -> bool:
    with engine.connect() as connection:
        if connection.execute(text("PRAGMA user_version")).scalar() != layout():
            return False
        return read_cursor(connection)[0] <= last_seq


def read_cursor(connection: Connection) -> tuple[int, int]:
    """Up to which seq and time history is written."""
    row = connection.execute(select(CURSOR.c.seq, CURSOR.c.time_us)).first()
    return (0, 0) if row is None else (row.seq, row.time_us)


def write_cursor(connection: Connection, seq: int, time_us: int) -> None:
    """Say up to where history is written."""
    row = {"id": 1, "seq": seq, "time_us": time_us}
    connection.execute(insert(CURSOR).prefix_with("OR REPLACE"), [row])


def market_units(view: State) -> dict[int, MarketUnits]:
    """What turns ticks and lots into prices and money, by market."""
    markets = ((number, view.markets[number]) for number in range(1, view.markets_count + 1))
    return {number: units_of(market) for number, market in markets}


def _markets_of_asset(view: State) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for market_id in range(1, view.markets_count + 1):
        found.setdefault(int(view.markets[market_id].base_asset_id), []).append(market_id)
    return found
