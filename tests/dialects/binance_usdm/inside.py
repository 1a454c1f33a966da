"""A venue inside the test, so that its state digest can be read between two requests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from starlette.routing import Router

from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.venue.accounts import ApiKey
from longshore.venue.dialects.binance_usdm import auth
from longshore.venue.dialects.binance_usdm.routes import routes
from longshore.venue.dialects.native.operator import deposit_command, open_account
from longshore.venue.station import Station
from tests.dialects.binance_usdm.clients import SCENARIO, SYMBOL
from tests.venue.born import put_world

SECOND_US = 1_000_000
V1 = "/fapi/v1"


class Inside:
    """A venue whose clock stands still, asked through its own routes."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.venue = station.venue
        self.router = Router(routes(station.venue))
        transport = httpx.ASGITransport(self.router)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")

    @property
    def digest(self) -> str:
        """The state digest: refused requests leave it as it is."""
        return self.station.world.engine.digest()

    async def step(self, seconds: int) -> None:
        """Let world time pass, second by second, and all that was due with it."""
        for _ in range(seconds):
            self.station.world.clock.step(SECOND_US)
            await self.command(kind=CommandKind.ADVANCE_TIME)

    async def command(self, **fields: int) -> None:
        """A command of the operator, as nobody could send it through this API."""
        await self.venue.submit([Command(origin=Origin.OPERATOR, **fields)])

    async def trader(self, name: str, *permissions: str, **deposits: str) -> ApiKey:
        """A new account with money in its futures wallet, and a key."""
        account_id = await open_account(self.venue, name)
        commands = [deposit_command(self.venue, account_id, *each) for each in deposits.items()]
        await self.venue.submit(commands)
        allowed = permissions or ("read", "trade", "transfer")
        return self.venue.accounts.create_key(name, allowed)

    async def call(
        self, key: ApiKey, method: str, path: str, in_query: bool = False, **parameters: Any
    ) -> httpx.Response:
        """A signed request; `timestamp` and `signature` may be given, and left out as ""."""
        sent = {"timestamp": auth.wall_ms(), **parameters}
        given = sent.pop("signature", None)
        text = urlencode({name: value for name, value in sent.items() if value != ""})
        signature = auth.signature(key.secret, text.encode()) if given is None else given
        text += f"&signature={signature}" if signature else ""
        asked = in_query or method in ("GET", "DELETE")
        url = f"{path}?{text}" if asked else path
        return await self.http.request(
            method,
            url if url.startswith("/") else f"{V1}/{url}",
            content=b"" if asked else text.encode(),
            headers={"X-MBX-APIKEY": key.key},
        )

    async def get(self, key: ApiKey, path: str, **parameters: Any) -> Any:
        """A private answer."""
        return (await self.call(key, "GET", path, **parameters)).json()

    async def send(self, key: ApiKey, side: str, size: str, price: str = "", **more: str) -> Any:
        """An order's answer."""
        order = {"symbol": SYMBOL, "side": side, "quantity": size, "type": "MARKET"}
        if price:
            order |= {"type": "LIMIT", "price": price, "timeInForce": "GTC"}
        order |= {"newOrderRespType": "RESULT"} | more
        return (await self.call(key, "POST", "order", **order)).json()

    async def mark(self) -> int:
        """The mark of bitcoin, in whole dollars."""
        reply = await self.http.get(f"{V1}/premiumIndex?symbol={SYMBOL}")
        return int(float(reply.json()["markPrice"]))


@asynccontextmanager
async def inside(folder: Path, scenario: str = SCENARIO) -> AsyncIterator[Inside]:
    """A venue with index and mark, its clock paused."""
    put_world(folder, scenario)
    station = Station.open(folder, scenario, lambda _: None)
    station.world.clock.pause()
    await station.start()
    try:
        venue = Inside(station)
        await venue.step(2)
        yield venue
        await venue.http.aclose()
    finally:
        await station.stop()
