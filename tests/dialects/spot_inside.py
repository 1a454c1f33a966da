"""A venue inside the test, spoken to through the spot API alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import msgspec
from starlette.routing import Router

from longshore.engine.codes import WalletKind
from longshore.venue.accounts import ApiKey
from longshore.venue.dialects.kraken_spot import auth
from longshore.venue.dialects.kraken_spot.routes import routes
from longshore.venue.dialects.native.operator import deposit_command, open_account
from tests.dialects.desk import SCENARIO
from tests.dialects.inside import Inside, inside

PERMISSIONS = ("read", "trade", "transfer")


class SpotInside:
    """A venue whose clock stands still."""

    def __init__(self, venue: Inside) -> None:
        self.inside = venue
        self.venue = venue.venue
        self.app = Router(routes(venue.venue))
        transport = httpx.ASGITransport(self.app)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")
        self.nonces = count(1)

    @property
    def digest(self) -> str:
        return self.inside.digest

    async def trader(self, name: str, *permissions: str, **deposits: str) -> ApiKey:
        """A new account with money in its cash wallet, and a key."""
        account_id = await open_account(self.venue, name)
        cash = WalletKind.CASH
        money = [deposit_command(self.venue, account_id, *each, cash) for each in deposits.items()]
        await self.venue.submit(money)
        return self.venue.accounts.create_key(name, permissions or PERMISSIONS)

    async def public(self, name: str, /, **parameters: Any) -> Any:
        """A public answer."""
        return (await self.http.get(f"/0/public/{name}", params=parameters)).json()

    async def send(self, key: ApiKey, name: str, body: str, nonce: str, kind: str) -> Any:
        """A signed request of this very body."""
        path = f"/0/private/{name}"
        signed = auth.signature(key.secret, path.encode(), nonce.encode(), body.encode())
        headers = {"API-Key": key.key, "API-Sign": signed, "Content-Type": kind}
        answer = await self.http.post(path, content=body.encode(), headers=headers)
        assert answer.status_code == 200
        return answer.json()

    async def ask(self, key: ApiKey, name: str, /, **parameters: Any) -> Any:
        """A signed form; the whole answer."""
        nonce = str(next(self.nonces))
        body = urlencode({"nonce": nonce, **parameters})
        return await self.send(key, name, body, nonce, "application/x-www-form-urlencoded")

    async def ask_json(self, key: ApiKey, name: str, /, **parameters: Any) -> Any:
        """A signed JSON object; the whole answer."""
        nonce = str(next(self.nonces))
        body = msgspec.json.encode({"nonce": nonce, **parameters}).decode()
        return await self.send(key, name, body, nonce, "application/json")

    async def result(self, key: ApiKey, name: str, /, **parameters: Any) -> Any:
        """The result of a signed form that must be taken."""
        answer = await self.ask(key, name, **parameters)
        assert answer["error"] == [], answer
        return answer["result"]


@asynccontextmanager
async def spot_inside(folder: Path, scenario: str = SCENARIO) -> AsyncIterator[SpotInside]:
    """The venue of the other tests, its clock paused."""
    async with inside(folder, scenario) as venue:
        spot = SpotInside(venue)
        yield spot
        await spot.http.aclose()
