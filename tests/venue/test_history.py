"""Projections: rebuilt row for row, caught up after a crash, candles by stated rule."""

from __future__ import annotations

import asyncio
import itertools
import re
from decimal import Decimal
from pathlib import Path
from threading import Event, Timer
from typing import Any

import msgspec
import pytest
from sqlalchemy import create_engine, select, text

from longshore.venue.history import CandleKind, Span
from longshore.venue.projections.candles import MINUTE_US, Bar, read
from longshore.venue.projections.projector import CURSOR
from longshore.venue.projections.tables import METADATA, put
from longshore.venue.station import HISTORY_FILE
from tests.venue.desk import SYMBOL, Desk, desk_on, in_loop

TABLES = sorted(METADATA.tables.values(), key=lambda table: table.name)


def rows(folder: Path) -> dict[str, list[Any]]:
    """Every row of every table."""
    engine = create_engine(f"sqlite:///{folder / HISTORY_FILE}")
    with engine.connect() as connection:
        made = {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in TABLES
        }
    engine.dispose()
    return made


def files(folder: Path) -> list[Path]:
    """The database with what SQLite keeps beside it."""
    return list(folder.glob(f"{HISTORY_FILE}*"))


def drop(folder: Path) -> None:
    """Lose the database."""
    for path in files(folder):
        path.unlink()


async def some_trading(desk: Desk) -> None:
    """Fills, amendments, cancels, refusals, transfers; an hour with funding; a liquidation."""
    await desk.account("anna")
    await desk.order("anna", size="0.5", leverage="50", client_id="risky")
    placed = await desk.order(size="0.05", stop_price="60000", target_price="120000")
    await desk.post(f"/positions/{SYMBOL}/close", {"size": "0.01"})
    limit = await desk.order(type="limit", price="50000")
    path = f"/api/v1/orders/{limit['order']['id']}"
    await desk.client.patch(path, json={"price": "51000"})
    await desk.client.delete(path)
    await desk.client.delete(f"/api/v1/orders/{placed['stop']['id']}")
    await desk.post("/orders", {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "999"})
    await desk.step(90)


@in_loop
async def test_dropped_and_rebuilt_the_database_is_equal_row_for_row(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await some_trading(desk)
    before = rows(folder)
    assert {"orders", "fills", "ledger", "order_events", "candles"} <= {
        name for name, found in before.items() if found
    }
    drop(folder)
    async with desk_on(folder):
        pass
    assert rows(folder) == before


@in_loop
async def test_what_was_on_its_way_to_the_disk_is_written_when_the_venue_ends(folder: Path) -> None:
    """Its thread is busy: what it was given and has not begun would be taken back from it."""
    async with desk_on(folder) as desk:
        busy, projector = Event(), desk.station.projector
        projector._pool.submit(busy.wait)
        await desk.order(client_id="last")
        last = desk.station.world.journal.seq
        while projector._pool._work_queue.empty():
            await asyncio.sleep(0.01)
        Timer(0.3, busy.set).start()
    [(_, seq, _)] = rows(folder)["cursor"]
    assert seq >= last


@in_loop
async def test_killed_before_the_projection_history_catches_up(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.order(client_id="first")
    early = {path: path.read_bytes() for path in files(folder)}
    async with desk_on(folder) as desk:
        await some_trading(desk)
    whole = rows(folder)
    drop(folder)
    for path, content in early.items():
        path.write_bytes(content)
    async with desk_on(folder):
        pass
    assert rows(folder) == whole


@in_loop
async def test_a_history_that_knows_more_than_the_journal_is_dropped(folder: Path) -> None:
    async with desk_on(folder) as desk:
        last = desk.station.world.journal.seq
    engine = create_engine(f"sqlite:///{folder / HISTORY_FILE}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE cursor SET seq = seq + 1000"))
        connection.execute(text("DELETE FROM executions"))
    engine.dispose()
    async with desk_on(folder) as desk:
        assert desk.station.projector.seq == desk.station.world.journal.seq >= last
    assert rows(folder)["executions"]
    assert CURSOR.name == "cursor"


@in_loop
async def test_a_read_holds_what_was_acknowledged(folder: Path) -> None:
    async with desk_on(folder) as desk:
        for number in range(20):
            placed = await desk.order(type="limit", price="50000", client_id=f"c{number}")
            newest = (await desk.get("/orders?limit=1"))["history"][0]
            assert newest == placed["order"]


@in_loop
async def test_all_events_are_read_however_many_and_each_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("longshore.venue.history.EVENTS_AT_ONCE", 3)
    async with desk_on(folder) as desk:
        await some_trading(desk)
        history = desk.station.venue.history
        account_id = desk.station.venue.accounts.account_id("learner")
        span = Span(limit=1_000_000, ascending=True)
        wanted = [event.values() for event in await history.account_events(account_id, span)]
        assert len(wanted) > 30
        read_in_threes = await history.every_account_event(account_id)
        assert [event.values() for event in read_in_threes] == wanted


@in_loop
async def test_fills_and_ledger_agree_to_the_atom(folder: Path) -> None:
    """LEDG-001"""
    async with desk_on(folder) as desk:
        await some_trading(desk)
        account_id = desk.station.accounts.account_id("learner")
        history = desk.station.venue.history
        ledger = await history.ledger(account_id, Span(limit=1_000, ascending=True))
        balances: dict[tuple[int, int], int] = {}
        for row in ledger:
            place = (row.wallet, row.asset_id)
            balances[place] = balances.get(place, 0) + row.amount_atoms
            assert balances[place] == row.balance_atoms
        fills = await history.fills(account_id, Span(limit=1_000))
        assert fills[0].balance_atoms in {row.balance_atoms for row in ledger}


@in_loop
async def test_lists_show_money_to_the_cent_beside_the_exact_amount(folder: Path) -> None:
    """UX-03: money in lists is written as in sentences; nothing of it is lost."""
    async with desk_on(folder) as desk:
        await desk.order(size="0.0137")
        await desk.post(f"/positions/{SYMBOL}/close", {})
        rows = await desk.get("/ledger?limit=1000") + await desk.get("/fills")
        shown = [
            (row[name], row[f"{name}_text"])
            for row in rows
            for name in ("amount", "balance", "fee", "pnl")
            if name in row
        ]
    assert any(len(exact.partition(".")[2]) > 4 for exact, _ in shown)
    for exact, written in shown:
        assert re.fullmatch(r"-?\$[\d,]+\.\d\d|-?\$0\.00\d\d", written)
        rounded = Decimal(written.replace("$", "").replace(",", ""))
        assert abs(rounded - Decimal(exact)) <= Decimal("0.005")


@in_loop
async def test_agents_leave_no_private_history(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.step(30)
    kept = rows(folder)
    assert kept["executions"] or kept["candles"]
    assert kept["orders"] == kept["order_events"] == kept["fills"] == []


def bar(start: int, *prices: int, volume: int = 1, minutes: int = 1) -> Bar:
    """A trade bar of market 1, `start` in minutes."""
    return Bar(1, "trade", start * MINUTE_US, minutes * MINUTE_US, *prices, volume, volume * 10)


@pytest.fixture
def series(tmp_path: Path) -> Any:
    """A connection with an hour bar of the past, and minutes 60, 61 and 64 of the world's own."""
    engine = create_engine(f"sqlite:///{tmp_path / 'candles.sqlite'}")
    METADATA.create_all(engine)
    with engine.begin() as connection:
        past = bar(0, 10, 30, 5, 20, volume=9, minutes=60)
        put(connection, METADATA.tables["candles"], [past])
        own = [bar(60, 20, 22, 19, 21), bar(61, 21, 25, 21, 24), bar(64, 23, 23, 18, 18)]
        put(connection, METADATA.tables["candles"], own)
        yield connection
    engine.dispose()


def shown(connection: Any, interval_s: int, span: Span, now_minute: int) -> list[tuple[int, ...]]:
    """Minute, open, high, low, close, volume of each candle."""
    made = read(connection, (1, "trade"), interval_s, span, now_minute * MINUTE_US + 1)
    return [(c.start_us // MINUTE_US, *msgspec.structs.astuple(c)[1:6]) for c in made]


def test_quiet_minutes_repeat_the_last_close(series: Any) -> None:
    span = Span(after_us=60 * MINUTE_US)
    assert shown(series, 60, span, 65) == [
        (60, 20, 22, 19, 21, 1),
        (61, 21, 25, 21, 24, 1),
        (62, 24, 24, 24, 24, 0),
        (63, 24, 24, 24, 24, 0),
        (64, 23, 23, 18, 18, 1),
        (65, 18, 18, 18, 18, 0),
    ]


def test_longer_bars_are_joined_from_shorter_ones_and_the_past(series: Any) -> None:
    assert shown(series, 3_600, Span(), 64) == [(0, 10, 30, 5, 20, 9), (60, 20, 25, 18, 18, 3)]
    assert shown(series, 14_400, Span(), 64) == [(0, 10, 30, 5, 18, 12)]


def test_a_limit_keeps_the_newest_and_knows_the_close_before(series: Any) -> None:
    quiet = (24, 24, 24, 24, 0)
    assert shown(series, 60, Span(limit=2), 63) == [(62, *quiet), (63, *quiet)]


@in_loop
async def test_a_world_is_born_with_candles_trades_and_funding(folder: Path) -> None:
    async with desk_on(folder) as desk:
        history = desk.station.venue.history
        minutes = await history.candles(1, CandleKind.TRADE, 60, Span(limit=2_000))
        days = await history.candles(1, CandleKind.INDEX, 86_400, Span(limit=90))
        assert len(minutes) >= 200
        assert len(days) == 90
        starts = [candle.start_us for candle in days]
        assert all(b - a == 86_400_000_000 for a, b in itertools.pairwise(starts))
        assert await desk.get(f"/markets/{SYMBOL}/trades")
        assert (await desk.get(f"/markets/{SYMBOL}/funding"))["rates"]
