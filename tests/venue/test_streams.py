"""Subscriptions: coalesced prices and levels, private events never dropped in silence."""

from __future__ import annotations

from pathlib import Path

from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.venue import streams
from longshore.venue.streams import Hub
from tests.venue.desk import SYMBOL, TOKEN, Socket, desk_on, in_loop

MINE, MARKET = 16, 1


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
    assert delivery.overflowed
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
        headers = {"host": "localhost", "authorization": f"Bearer {TOKEN}"}
        socket = Socket(desk.app, f"/api/v1/stream?symbol={SYMBOL}", headers)
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
        headers = {"host": "localhost", "authorization": f"Bearer {TOKEN}"}
        socket = Socket(desk.app, "/api/v1/stream", headers)
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
