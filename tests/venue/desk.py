"""A small venue for tests: one world with a paused clock, spoken to without a socket."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import httpx

from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.venue.app import build
from longshore.venue.auth import OperatorToken
from longshore.venue.station import Station
from tests.venue.born import put_world

TOKEN = "a-token-of-this-test"
BASE = "http://127.0.0.1:8000"
SYMBOL = "PF_XBTUSD"
SCENARIO = """
name = "desk"
title = "A quiet desk"
rulebook = "kraken"
markets = ["PF_XBTUSD", "XBT/USD"]
start = 2026-09-01T00:00:30Z
[feed]
kind = "sim"
[[agent]]
kind = "maker"
[[account]]
name = "learner"
deposit = { USD = "10000" }
"""
UNHURRIED = (
    SCENARIO.replace("[feed]", "tick_s = 60\n[feed]")
    .replace('"sim"', '"sim"\ninterval_s = 60')
    .replace('"maker"', '"maker"\nsettings = { interval_ms = 60_000 }')
)
"""The same with prices and quotes that move once a minute, so that hours of it cost little."""


@dataclass
class Desk:
    """A station on the air and clients that speak to it."""

    station: Station
    app: Any
    client: httpx.AsyncClient

    async def get(self, path: str, account: str = "learner") -> Any:
        """A GET that must succeed."""
        separator = "&" if "?" in path else "?"
        reply = await self.client.get(f"/api/v1{path}{separator}account={account}")
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def post(self, path: str, body: object, account: str = "learner") -> httpx.Response:
        """A POST, whatever comes of it."""
        return await self.client.post(f"/api/v1{path}", json=body, params={"account": account})

    async def order(self, account: str = "learner", **fields: object) -> dict[str, Any]:
        """An order that must be accepted."""
        body = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01"} | fields
        reply = await self.post("/orders", body, account)
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    async def account(self, name: str) -> None:
        """A further account with practice money."""
        body = {"name": name, "deposits": {"USD": "10000"}}
        assert (await self.post("/operator/accounts", body)).status_code == 200

    async def step(self, seconds: float) -> None:
        """Let world time pass and everything due in it happen."""
        await self.post("/clock", {"action": "step", "step_ms": int(seconds * 1_000)})

    def digest(self) -> str:
        """The state digest."""
        return self.station.world.engine.digest()


@asynccontextmanager
async def desk_on(folder: Path, scenario: str = SCENARIO) -> AsyncIterator[Desk]:
    """Open (or open again) a venue in a folder, its clock paused, its book quoted."""
    put_world(folder, scenario)
    station = Station.open(folder, scenario, lambda _: None)
    station.world.clock.pause()
    await station.start()
    app = build(station, OperatorToken(TOKEN))
    headers = {"Authorization": f"Bearer {TOKEN}"}
    transport = httpx.ASGITransport(app)
    try:
        async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
            desk = Desk(station, app, client)
            if not station.world.engine.view.markets[1].best_ask:
                await desk.step(10)
            yield desk
    finally:
        await station.stop()


PATIENT_S = 20
LIMIT_S, BEFORE_S = 300, 20
"""The runner's own limit, and how long before it a test ends by itself."""


def in_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an async test in a loop of its own.

    It ends by itself before the runner's alarm would: that may go off inside any task of the
    venue, which then ends in silence while the test waits for it.
    """

    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        async def timed() -> None:
            async with asyncio.timeout(_limit_s(run) - BEFORE_S):
                await test(*args, **kwargs)

        asyncio.run(timed())

    return run


def _limit_s(test: Callable[..., None]) -> float:
    """The limit that a test or its file is marked with."""
    marks = getattr(test, "pytestmark", []), getattr(sys.modules[test.__module__], "pytestmark", [])
    each = [mark for of in marks for mark in (of if isinstance(of, list) else [of])]
    return next((float(mark.args[0]) for mark in each if mark.name == "timeout"), LIMIT_S)


class Socket:
    """A WebSocket client that speaks to an application directly."""

    def __init__(self, app: Any, path: str, headers: dict[str, str]) -> None:
        """Prepare; `open` connects."""
        route, _, query = path.partition("?")
        raw = [(k.lower().encode(), v.encode()) for k, v in headers.items()]
        self.scope = {
            "type": "websocket",
            "path": route,
            "raw_path": route.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": raw,
            "subprotocols": [],
            "scheme": "ws",
        }
        self._app = app
        self._in: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._out: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def open(self) -> dict[str, Any]:
        """Connect; the server's first answer, an acceptance or a close."""
        self._task = asyncio.create_task(self._app(self.scope, self._in.get, self._out.put))
        await self._in.put({"type": "websocket.connect"})
        return await asyncio.wait_for(self._out.get(), PATIENT_S)

    async def message(self) -> Any:
        """The next message."""
        got = await asyncio.wait_for(self._out.get(), PATIENT_S)
        return json.loads(got["text"]) if got["type"] == "websocket.send" else got

    async def close(self) -> None:
        """Go away."""
        await self._in.put({"type": "websocket.disconnect"})
        await asyncio.wait_for(self._task, PATIENT_S)


async def crash(desk: Desk, percent: int) -> None:
    """Bitcoin's index falls at once."""
    venue = desk.station.venue
    asset_id = venue.catalog.asset("XBT").asset_id
    index = int(venue.view.assets[asset_id].index_subticks)
    fallen = Command(
        kind=CommandKind.PUBLISH_INDEX,
        origin=Origin.OPERATOR,
        asset_id=asset_id,
        price_subticks=index * (100 - percent) // 100,
        sources=1,
    )
    await venue.submit([fallen])


async def until(socket: Socket, kind: str) -> Any:
    """The next message of a type."""
    message = await socket.message()
    while message["type"] != kind:
        message = await socket.message()
    return message
