"""Subscriptions: coalesced prices and levels, private events never dropped in silence."""

from __future__ import annotations

import asyncio
from pathlib import Path

from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.venue import streams
from longshore.venue.streams import Hub
from tests.venue.desk import SYMBOL, TOKEN, Socket, crash, desk_on, in_loop, until

MINE, MARKET = 16, 1
HEADERS = {"host": "localhost", "authorization": f"Bearer {TOKEN}"}


def level(price: int, lots: int, market_id: int = MARKET) -> Event:
    """A book level that changed."""
    fields = {"price_ticks": price, "open_lots": lots, "side": 1, "market_id": market_id}
    return Event(kind=EventKind.BOOK_CHANGED, **fields)


def mark(subticks: int) -> Event:
    """A mark price."""
    return Event(kind=EventKind.MARK_CHANGED, market_id=MARKET, mark_subticks=subticks)


def placed(account_id: int) -> Event:
    """An order of an account."""
    return Event(kind=EventKind.ORDER_PLACED, account_id=account_id, market_id=MARKET)


@in_loop
async def test_levels_and_prices_coalesce_to_the_latest() -> None:
    hub = Hub()
    subscription = hub.subscribe([MARKET])
    hub.publish([level(10, 5), mark(1), level(10, 7), level(11, 1)], 1, 1)
    hub.publish([mark(2), level(10, 0), level(10, 9, market_id=2)], 2, 2)
    delivery = await subscription.take()
    assert [(e.price_ticks, e.open_lots) for e in delivery.levels] == [(10, 0), (11, 1)]
    assert [e.mark_subticks for e in delivery.prices] == [2]
    assert (delivery.seq, delivery.time_us) == (2, 2)


@in_loop
async def test_private_events_reach_their_account_alone_and_in_order() -> None:
    hub = Hub()
    mine, public = hub.subscribe([MARKET], [MINE]), hub.subscribe([MARKET])
    moved = Event(kind=EventKind.TRANSFERRED, account_id=99, other_account_id=MINE)
    hub.publish([placed(MINE), placed(99), moved], 1, 1)
    assert (await mine.take()).private[0].account_id == MINE
    assert (await public.take()).private == []


@in_loop
async def test_a_slow_reader_of_private_events_is_told_so() -> None:
    hub = Hub()
    subscription = hub.subscribe([], [MINE])
    for seq in range(streams.PRIVATE_MAX + 1):
        hub.publish([placed(MINE)], seq, seq)
    delivery = await subscription.take()
    assert subscription.fell_behind.is_set()
    assert len(delivery.private) == streams.PRIVATE_MAX


@in_loop
async def test_a_book_with_too_many_changes_is_to_be_read_again() -> None:
    hub = Hub()
    subscription = hub.subscribe([MARKET])
    hub.publish([level(price, 1) for price in range(streams.LEVELS_MAX + 1)], 1, 1)
    delivery = await subscription.take()
    assert delivery.stale_books == {MARKET}
    assert len(delivery.levels) == 1


@in_loop
async def test_nobody_hears_after_leaving() -> None:
    hub = Hub()
    subscription = hub.subscribe([MARKET])
    hub.unsubscribe(subscription)
    assert hub.count == 0


@in_loop
async def test_the_socket_shows_a_snapshot_then_market_account_and_clock(folder: Path) -> None:
    async with desk_on(folder) as desk:
        socket = Socket(desk.app, f"/api/v1/stream?symbol={SYMBOL}", HEADERS)
        await socket.open()
        first = await socket.message()
        assert first["type"] == "snapshot"
        assert len(first["market"]["bids"]) == 15
        placed = await desk.order()
        kinds = {}
        while not {"market", "account", "clock"} <= kinds.keys():
            message = await socket.message()
            kinds.setdefault(message["type"], message)
        assert kinds["market"]["trades"][-1]["price"] == placed["fills"][-1]["price"]
        assert kinds["account"]["fills"] == placed["fills"]
        assert kinds["account"]["account"]["positions"][0]["symbol"] == SYMBOL
        assert kinds["clock"]["clock"]["paused"] is True
        await socket.close()
        assert desk.station.venue.streams.count == 0


@in_loop
async def test_a_socket_that_does_not_keep_up_is_closed_by_name(folder: Path) -> None:
    async with desk_on(folder) as desk:
        socket = Socket(desk.app, "/api/v1/stream", HEADERS)
        await socket.open()
        await socket.message()
        account_id = desk.station.accounts.account_id("learner")
        flood = [placed(account_id) for _ in range(streams.PRIVATE_MAX + 1)]
        desk.station.venue.streams.publish(flood, 1, 1)
        message = await socket.message()
        while message["type"] != "websocket.close":
            message = await socket.message()
        assert (message["code"], message["reason"]) == (4008, "SLOW_CONSUMER")
        await socket.close()


@in_loop
async def test_the_last_move_of_a_mark_is_told_though_nothing_follows(folder: Path) -> None:
    """UX-03: a screen does not stay behind when the clock stops."""
    async with desk_on(folder) as desk:
        await desk.order(size="0.1")
        socket = Socket(desk.app, f"/api/v1/stream?symbol={SYMBOL}", HEADERS)
        await socket.open()
        await socket.message()
        for _ in range(2):
            await crash(desk, 1)
            now = await desk.get("/account")
            async with asyncio.timeout(3):
                while (await until(socket, "account"))["account"] != now:
                    continue
        await socket.close()


@in_loop
async def test_a_stop_that_fires_and_an_engine_that_changes_over_are_told(folder: Path) -> None:
    async with desk_on(folder) as desk:
        mark = float((await desk.get(f"/markets/{SYMBOL}"))["mark"])
        stop = round(mark * 0.98)
        placed = await desk.order(size="0.05", stop_price=str(stop))
        socket = Socket(desk.app, f"/api/v1/stream?symbol={SYMBOL}", HEADERS)
        await socket.open()
        await crash(desk, 5)
        told = await until(socket, "notice")
        assert (told["code"], told["ref"]) == ("ORDER_TRIGGERED", placed["stop"]["id"])
        assert told["text"] == f"Your stop fired: the mark price reached {stop:,}."
        venue = desk.station.venue
        await venue.sequencer.between_batches(lambda: venue.world.hand_over("checked"))
        async with asyncio.timeout(5):
            while (told := await until(socket, "notice"))["code"] != "ENGINE_HANDED_OVER":
                continue
        assert told["text"].startswith("The compiled engine has taken over")
        await socket.close()
