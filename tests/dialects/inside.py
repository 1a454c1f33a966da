"""A venue inside the test, so that its state digest can be read between two requests."""

from __future__ import annotations

import base64
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
from longshore.venue.dialects.kraken_futures import auth
from longshore.venue.dialects.kraken_futures.routes import routes
from longshore.venue.dialects.native.operator import deposit_command, open_account
from longshore.venue.station import Station
from tests.dialects.desk import SCENARIO, SYMBOL
from tests.venue.born import put_world

SECOND_US = 1_000_000
V3 = "/derivatives/api/v3"


class Inside:
    """A venue whose clock stands still, asked through its own routes."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.venue = station.venue
        transport = httpx.ASGITransport(Router(routes(station.venue)))
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
        """A new account with money in its multi-collateral wallet, and a key."""
        account_id = await open_account(self.venue, name)
        commands = [deposit_command(self.venue, account_id, *each) for each in deposits.items()]
        await self.venue.submit(commands)
        allowed = permissions or ("read", "trade", "transfer")
        return self.venue.accounts.create_key(name, allowed)

    async def call(
        self, key: ApiKey, method: str, path: str, query: str = "", body: str = "", **signing: str
    ) -> httpx.Response:
        """A signed request; `nonce` and `authent` may be given."""
        nonce = signing.get("nonce", "")
        message = auth.signed_message(query.encode(), body.encode(), nonce.encode(), path.encode())
        headers = {
            "APIKey": key.key,
            "Authent": signing.get("authent", auth.signature(key.secret, message)),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        if nonce:
            headers["Nonce"] = nonce
        url = f"{path}?{query}" if query else path
        return await self.http.request(method, url, content=body.encode(), headers=headers)

    async def get(self, key: ApiKey, name: str, **parameters: Any) -> Any:
        """A private answer."""
        path = name if name.startswith("/") else f"{V3}/{name}"
        return (await self.call(key, "GET", path, urlencode(parameters))).json()

    async def send(self, key: ApiKey, side: str, size: str, price: str = "", **more: str) -> Any:
        """An order's status object, or the whole answer when it is an error."""
        order = {"symbol": SYMBOL, "side": side, "size": size, "orderType": "mkt"}
        if price:
            order |= {"orderType": "lmt", "limitPrice": price}
        body = urlencode(order | more)
        answer = (await self.call(key, "POST", f"{V3}/sendorder", body=body)).json()
        return answer.get("sendStatus", answer)


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


def wrong(signature: str) -> str:
    """A signature of the right form for another message."""
    raw = bytearray(base64.b64decode(signature))
    raw[0] ^= 1
    return base64.b64encode(bytes(raw)).decode()
