"""A venue without agents, its clock paused: only a request can move its state digest."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from longshore.venue.dialects.kraken_futures import auth
from longshore.venue.dialects.kraken_futures.routes import DERIVATIVES, HISTORY
from longshore.venue.dialects.native.routes import OPERATIONS
from tests.venue.desk import SYMBOL, Desk, desk_on

V3 = "/derivatives/api/v3"
SCENARIO = """
name = "quiet"
markets = ["PF_XBTUSD", "XBT/USD"]
start = 2026-09-01T00:00:30Z
[feed]
kind = "sim"
"""
BID, ASK = "50000", "150000"  # far from any price that the feed could make
PRIVATE = [
    (f"/derivatives/api/{key.split()[1]}", key.split()[0], made.permission)
    for key, made in DERIVATIVES.items()
    if made.permission
]
PRIVATE += [
    (f"/api/history/{key.split()[1]}", key.split()[0], made.permission)
    for key, made in HISTORY.items()
    if made.permission
]
"""Path, method and permission of every signed route of the Kraken API."""


@dataclass
class Quiet:
    """The venue, asked through both of its APIs, and the keys of its accounts."""

    desk: Desk
    keys: dict[str, dict[str, str]]

    def digest(self) -> str:
        """The state digest."""
        return self.desk.digest()

    async def open(self, name: str, **deposits: str) -> None:
        """An account with practice money and a key that may do everything."""
        await self._operate("/operator/accounts", {"name": name, "deposits": deposits})
        self.keys[name] = await self._operate("/operator/keys", {"account": name})

    async def _operate(self, path: str, body: object) -> Any:
        reply = await self.desk.post(path, body)
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def native(self, method: str, path: str, **sent: Any) -> httpx.Response:
        """A request to `/api/v1` with the operator's token."""
        return await self.desk.client.request(method, f"/api/v1{path}", **sent)

    async def kraken(
        self, account: str, method: str, path: str, sent: str = "", **signing: str
    ) -> httpx.Response:
        """A signed request; `nonce`, `key` and `authent` may be given."""
        in_body = method == "POST"
        query, body = ("", sent) if in_body else (sent, "")
        key = self.keys[account]
        nonce = signing.get("nonce", "")
        message = auth.signed_message(query.encode(), body.encode(), nonce.encode(), path.encode())
        headers = {
            "APIKey": signing.get("key", key["key"]),
            "Authent": signing.get("authent", auth.signature(key["secret"], message)),
            "Content-Type": "application/x-www-form-urlencoded",
        } | ({"Nonce": nonce} if nonce else {})
        url = f"{path}?{query}" if query else path
        client = self.desk.client
        return await client.request(method, url, content=body.encode(), headers=headers)

    async def send(self, account: str, **fields: str) -> Any:
        """`sendorder`, its `sendStatus`."""
        order = {"symbol": SYMBOL, "side": "buy", "orderType": "lmt", "size": "0.1"}
        path = f"{V3}/sendorder"
        reply = await self.kraken(account, "POST", path, urlencode(order | fields))
        assert reply.status_code == 200, reply.text
        return reply.json()["sendStatus"]


def native_paths(method: str = "") -> list[tuple[str, str, Any]]:
    """Method, path and operation of every route of `/api/v1`, names filled in."""
    filled = {"symbol": SYMBOL, "id": "1", "lesson": "funding", "message": "restore"}
    filled |= {"product": "perpetual", "case": "1", "name": "learner"}
    return [
        (o.method, re.sub(r"\{(\w+)\}", lambda m: filled[m[1]], o.path), o)
        for o in OPERATIONS
        if method in ("", o.method)
    ]


@asynccontextmanager
async def quiet(folder: Path) -> AsyncIterator[Quiet]:
    """Open such a venue: an index, a mark, and nobody in the book."""
    async with desk_on(folder, SCENARIO) as desk:
        yield Quiet(desk, {})
