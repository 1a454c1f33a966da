"""A small venue where people sign in, and people who do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from longshore.venue.app import build
from longshore.venue.auth import OperatorToken
from longshore.venue.people.door import SEAL, SEAL_HEADER
from longshore.venue.people.people import People
from longshore.venue.worlds import Worlds
from tests.venue.desk import BASE, SYMBOL, TOKEN, Desk, Socket, desk_on

PASSWORD = "a long enough word"


class Visitor:
    """A browser: cookies, and the seal repeated as the screen's own pages do."""

    def __init__(self, app: Any, address: str = "10.0.0.1") -> None:
        transport = httpx.ASGITransport(app, client=(address, 1))
        self.app = app
        self.http = httpx.AsyncClient(transport=transport, base_url=BASE)

    async def ask(self, method: str, path: str, body: object = None, **more: Any) -> httpx.Response:
        """One request below `/api/v1`, or, from a world on, below that world."""
        address = path if path.startswith("/w/") else f"/api/v1{path}"
        seal = self.http.cookies.get(SEAL, "")
        headers = {SEAL_HEADER.decode(): seal} | more.pop("headers", {})
        return await self.http.request(method, address, json=body, headers=headers, **more)

    async def got(self, method: str, path: str, body: object = None) -> Any:
        """What a request that must succeed answers."""
        reply = await self.ask(method, path, body)
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def sign_up(self, name: str, role: str = "learner") -> Any:
        return await self.got("POST", "/people", {"name": name, "password": PASSWORD, "role": role})

    async def sign_in(self, name: str, password: str = PASSWORD, code: str = "") -> httpx.Response:
        body = {"name": name, "password": password, "code": code}
        return await self.ask("POST", "/session", body)

    async def order(self, **fields: object) -> Any:
        body = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01"} | fields
        return await self.got("POST", "/orders", body)

    def socket(self, path: str) -> Socket:
        """A socket that this browser opens."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        return Socket(self.app, path, {"host": "127.0.0.1:8000", "cookie": cookies})


@dataclass
class Town:
    """A venue with people."""

    desk: Desk
    people: People
    app: Any

    def visitor(self, address: str = "10.0.0.1") -> Visitor:
        """Somebody who has not signed in."""
        return Visitor(self.app, address)

    async def person(self, name: str, role: str = "learner") -> Visitor:
        """Somebody who has; the operator gives the roles that are given."""
        visitor = self.visitor()
        await visitor.sign_up(name, role if role == "trader" else "learner")
        if role in ("teacher", "operator", "auditor"):
            operator = {"Authorization": f"Bearer {TOKEN}"}
            path = f"/operator/people/{name}?why=a+test"
            reply = await self.visitor().ask("PATCH", path, {"role": role}, headers=operator)
            assert reply.status_code == 200, reply.text
        return visitor


def moved_to_main(folder: Path) -> Path:
    """A world's folder where a venue has its main one."""
    main = folder.parent / "worlds" / "main"
    if not main.exists():
        main.parent.mkdir()
        folder.rename(main)
    return main


@asynccontextmanager
async def town_on(
    folder: Path, *, worlds: bool = False, secure: bool = False, four_eyes: bool = False
) -> AsyncIterator[Town]:
    """A venue with people on a world's folder; further worlds are processes beside it."""
    data = folder.parent
    async with desk_on(moved_to_main(folder)) as desk:
        token = OperatorToken(TOKEN)
        (data / "operator.token").write_text(TOKEN)
        people = People(data, token, is_secure=secure, four_eyes=four_eyes)
        desk.station.venue.proposals.four_eyes = four_eyes
        more = Worlds(data, token, "The main one", compiled=False, people=people)
        try:
            app = build(desk.station, token, (), more, people)
            yield Town(desk, people, app)
        finally:
            await more.stop()
            people.close()
