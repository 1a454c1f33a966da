"""Two venues: one that is followed, over a wire that can be cut, and one that follows it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn

from longshore.engine.codes import OrderType, Origin, Side
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command, Event
from longshore.venue.app import build
from longshore.venue.auth import OperatorToken
from longshore.venue.dialects.native.about import live_state
from longshore.venue.station import Station, open_station
from tests.live.relay import Relay

WAIT_S = 60
UPSTREAM = """
name = "upstream"
markets = ["PF_XBTUSD"]
start = 2026-09-25T12:00:00Z
seed = 7
tick_s = 5
[feed]
kind = "sim"
interval_s = 1
[[agent]]
kind = "maker"
settings = { interval_ms = 2_000, levels = 4 }
"""
FOLLOWING = """
name = "following"
markets = ["PF_XBTUSD"]
tick_s = 5
[feed]
kind = "live"
venue = "longshore"
url = "http://127.0.0.1:{port}"
levels = 4
settings = {{ interval_ms = 100, quiet_ms = 2_500, retry_ms = 100, retry_most_ms = 400 }}
[[account]]
name = "alice"
deposit = {{ USD = "100000" }}
[[account]]
name = "bob"
deposit = {{ USD = "100000" }}
"""


async def until(true: Callable[[], bool], what: str, wait_s: int = WAIT_S) -> None:
    """Wait for something to become true."""
    for _ in range(wait_s * 50):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{what} did not come within {wait_s} s")


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[tuple[Station, int]]:
    """The venue that is followed, on a port of its own."""
    station = Station.open(folder, UPSTREAM, lambda _: None)
    await station.start()
    sock = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        build(station, OperatorToken("upstream")),
        ws="websockets-sansio",
        lifespan="off",
        log_level="error",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server.serve(sockets=[sock]))
    try:
        yield station, sock.getsockname()[1]
    finally:
        server.should_exit = True
        await task
        await station.stop()


class Following:
    """The venue that follows, the wire it follows on, and all that happened in it."""

    def __init__(self, station: Station, relay: Relay) -> None:
        self.station = station
        self.relay = relay
        self.events: list[Event] = []
        station.venue.sequencer.on_commit(lambda batch: self.events.extend(batch.events))

    @property
    def live(self):
        return live_state(self.station.venue)

    @property
    def market(self):
        return self.station.venue.view.markets[1]

    @property
    def index(self) -> int:
        return int(self.station.venue.view.assets[2].index_subticks)

    def fills(self) -> int:
        return sum(event.kind == EventKind.TRADED for event in self.events)

    async def trade(self) -> None:
        """Two users who try to trade with whoever is there, and else with each other, for ever."""
        while True:
            for side in Side:
                price = self.index // int(self.market.tick_subticks)
                near = price * 99 // 100 if side == Side.SELL else price * 101 // 100
                rests = Side.BUY if side == Side.SELL else Side.SELL
                await self._order("alice", rests, OrderType.LIMIT, near)
                await self._order("bob", side, OrderType.MARKET, 0)
                await self._order("bob", side, OrderType.LIMIT, near)
                await self._send("alice", CommandKind.CANCEL_ALL)
                await self._send("bob", CommandKind.CANCEL_ALL)
                await asyncio.sleep(0.05)

    async def _order(self, name: str, side: Side, type_: OrderType, price: int) -> None:
        more = {"side": side, "type": type_, "price_ticks": price, "qty_lots": 1, "market_id": 1}
        await self._send(name, CommandKind.PLACE_ORDER, **more)

    async def _send(self, name: str, kind: CommandKind, **more: int) -> None:
        account_id = self.station.world.accounts[name]
        command = Command(kind=kind, origin=Origin.USER, account_id=account_id, **more)
        await self.station.venue.submit([command])


@asynccontextmanager
async def following(folder: Path, relay: Relay, speed_ppm: int) -> AsyncIterator[Following]:
    """A new venue that follows what is at the other end of a wire, sped up."""
    text = FOLLOWING.format(port=relay.port)
    station = await open_station(folder, text, lambda _: None)
    station.world.clock.set_speed(speed_ppm)
    await station.start()
    try:
        yield Following(station, relay)
    finally:
        await station.stop()
