"""Where people sign in, nobody sees or moves what is another's.

The routes come from the application itself, so that one that is added is walked too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from longshore.venue.caller import ROLES, Caller, Need, Role
from longshore.venue.dialects.native.routes import PREFIX, NoSuchPath
from longshore.venue.dialects.native.stream import Stream
from longshore.venue.dialects.native.wire import Endpoint, Operation
from longshore.venue.proxy import Proxy
from longshore.venue.trouble.between import Between
from tests.venue.desk import SYMBOL, TOKEN, Socket, in_loop
from tests.venue.people import Town, Visitor, town_on

OPEN_TO_ALL = {
    ("POST", "/people"),
    ("POST", "/session"),
    ("POST", "/onshore/identity/decisions"),  # signed by the provider
    ("GET", "/status"),  # how the venue is, and nothing of anyone
}
CHANGES_THE_WORLD = {
    ("POST", "/clock"),
    ("POST", "/clock/run"),
    ("POST", "/operator/terms"),
    ("GET", "/operator/trouble"),
    ("POST", "/operator/trouble"),
    ("POST", "/operator/trouble/cut"),
}
PAGES = {"/health", "/metrics", "/api/docs", "/api/openapi.json", "/{path:path}"}
"""What is the same for everybody and has nobody's anything in it."""
OURS = (Endpoint, Stream, NoSuchPath)
ENDS_SESSION = ("DELETE", "/session")
MARK = "annas-"
STANDS = (
    *("/account", "/orders", "/fills", "/keys", "/guardrails"),
    *("/me", "/worlds", "/lessons", "/classes", "/onshore", "/support/tickets"),
)
"""What tells all that somebody has."""


def routes_of(app: Any) -> list[BaseRoute]:
    """All routes behind the checks that stand before them."""
    while not hasattr(app, "routes"):
        app = app._app
    return list(app.routes)


def operations_of(app: Any) -> Iterator[Operation]:
    """The native API as it is served."""
    for route in routes_of(app):
        if isinstance(route, Route) and isinstance(route.endpoint, Endpoint):
            yield route.endpoint.operation


class Annas:
    """What Anna has, and the names by which another might ask for it."""

    def __init__(self, town: Town, anna: Visitor) -> None:
        self.town = town
        self.anna = anna
        self.names = {"symbol": SYMBOL, "lesson": "first-trade", "name": "anna"}
        self.names |= {"case": "annas", "product": "perpetual"}

    async def settle(self) -> None:
        """A position, resting orders, a key and a world of her own."""
        anna = self.anna
        await anna.order(leverage="5", client_id=f"{MARK}entry")
        resting = await anna.order(type="limit", price="50000", client_id=f"{MARK}limit")
        key = await anna.got("POST", "/keys", {})
        asked = {"category": "other", "text": f"{MARK}question"}
        ticket = await anna.got("POST", "/support/tickets", asked)
        world = await anna.got("POST", "/worlds/main/branch", {"name": f"{MARK}world"})
        learning = await anna.got("GET", "/lessons")
        taught = self.town.people.classes.add(f"{MARK}class", "anna")
        self.town.people.classes.assign(taught.id, learning["lessons"][0]["name"])
        self.names |= {
            "class": taught.id,
            "id": resting["order"]["id"],
            "message": "restore",
            "world": world["name"],
            "lesson": learning["lessons"][0]["name"],
        }
        self.secrets = (MARK, resting["order"]["id"], key["key"])
        self.ticket_id = str(ticket["ticket"]["id"])
        self.key_id = (await anna.got("GET", "/keys"))[0]["id"]

    def path(self, operation: Operation) -> str:
        """An operation's path with Anna's names in it; orders, keys and tickets are called `id`."""
        path = operation.path
        if path.startswith("/keys"):
            path = path.replace("{id}", self.key_id)
        if "/tickets/" in path:
            path = path.replace("{id}", self.ticket_id)
        for name, value in self.names.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        assert "{" not in path, f"a name is missing for {operation.path}"
        return path

    async def stand(self, world: str = "") -> str:
        """All she has, without what time alone changes."""
        told = {}
        for path in STANDS:
            at = f"/w/{world}{PREFIX}{path}" if world and path in ("/account", "/orders") else path
            told[path] = await self.anna.got("GET", at)
        told["/account"] |= {"seq": 0, "world_time": 0}
        for each in told["/worlds"]["worlds"]:
            each |= {"memory_bytes": 0, "seq": 0, "world_time": 0, "size_bytes": 0}
        return json.dumps(told, sort_keys=True)


@pytest.fixture
def bodies() -> dict[str, Any]:
    """Bodies with which a route does something, where an empty one would be refused at once."""
    order = {"symbol": SYMBOL, "side": "sell", "type": "market", "size": "0.01"}
    return {
        "/orders": order,
        "/orders/{id}": {"size": "0.02"},
        "/preview": order,
        "/explain": order,
        "/clock": {"action": "resume"},
        "/clock/run": {"until": "fill", "limit_ms": 1_000, "of": "anna"},
        "/positions/{symbol}/margin": {"amount": "1"},
        "/positions/{symbol}/near": {"choice": "close"},
        "/guided": {"on": True},
        "/session-limits": {"max_trades": 1},
        "/transfers": {"asset": "USD", "amount": "1", "source": "flex", "target": "cash"},
        "/leverage": {"symbol": SYMBOL, "leverage": "3"},
        "/worlds": {"scenario": "quiet"},
        "/worlds/{world}": {"title": "taken"},
        "/worlds/{world}/branch": {},
        "/worlds/{world}/what-if": {"change": "no stop"},
        "/worlds/import": {"file": f"{MARK}world.longshore"},
        "/lessons/{lesson}/pass": {"world": f"{MARK}world"},
        "/operator/accounts": {"name": "mallory"},
        "/operator/deposits": {"account": "bert", "asset": "USD", "amount": "1"},
        "/operator/keys": {"account": "anna"},
        "/operator/welcome": {"name": "mallory"},
        "/operator/people/{name}": {"role": "operator"},
        "/classes": {"title": "taken"},
        "/support/tickets": {"category": "other", "text": "mine"},
        "/support/tickets/{id}/messages": {"text": "taken"},
        "/support/tickets/{id}/state": {"state": "closed"},
        "/operator/tickets/{id}/answers": {"template": "received"},
        "/operator/tickets/{id}/state": {"state": "closed"},
    }


def test_every_route_is_one_of_those_that_are_walked_here(folder: Path) -> None:
    @in_loop
    async def look() -> None:
        async with town_on(folder) as town:
            for route in routes_of(town.app):
                assert isinstance(route, Route | WebSocketRoute | Mount)
                known = OURS if route.path.startswith(PREFIX) else (Between, Proxy)
                assert isinstance(route.app, known) or route.path in PAGES, route.path
            needs = {(o.method, o.path): o.needs for o in operations_of(town.app)}
            assert {at for at, need in needs.items() if need == "nobody"} == OPEN_TO_ALL
            assert {at for at, need in needs.items() if need == "world"} == CHANGES_THE_WORLD
            for (method, path), need in needs.items():
                assert not path.startswith("/operator/") or need in ("operator", "world"), method

    look()


@in_loop
async def test_nobody_gets_nothing(folder: Path, bodies: dict[str, Any]) -> None:
    async with town_on(folder) as town:
        annas = Annas(town, await town.person("anna", "trader"))
        await annas.settle()
        before = await annas.stand()
        stranger = town.visitor()
        for operation in operations_of(town.app):
            if (operation.method, operation.path) in OPEN_TO_ALL:
                continue
            path, body = annas.path(operation), bodies.get(operation.path, {})
            for address in (path, f"{path}?account=anna", f"/w/{MARK}world{PREFIX}{path}"):
                reply = await stranger.ask(operation.method, address, body)
                expected = (404, "UNKNOWN_WORLD") if address.startswith("/w/") else None
                expected = expected or (401, "NOT_SIGNED_IN")
                assert (reply.status_code, reply.json()["code"]) == expected, address
        for address in (f"{PREFIX}/stream", f"{PREFIX}/stream?account=anna"):
            assert (await stranger.socket(address).open())["code"] == 4401
            inside = stranger.socket(f"/w/{MARK}world{address}")
            assert (await inside.open())["code"] == 4404
        market = await stranger.http.get(f"/w/{MARK}world/derivatives/api/v3/tickers")
        assert market.status_code == 404
        assert await annas.stand() == before


@pytest.mark.parametrize("role", ["trader", "teacher"])
@in_loop
async def test_another_person_gets_nothing_of_annas(
    folder: Path, bodies: dict[str, Any], role: Role
) -> None:
    async with town_on(folder) as town:
        annas = Annas(town, await town.person("anna", "trader"))
        await annas.settle()
        bert = await town.person("bert", role)
        before = await annas.stand()
        for operation in operations_of(town.app):
            if (operation.method, operation.path) == ENDS_SESSION:
                continue
            path, body = annas.path(operation), bodies.get(operation.path, {})
            if operation.path == "/worlds":
                body = {}
            for address in (path, f"{path}?account=anna", f"/w/{MARK}world{PREFIX}{path}"):
                reply = await bert.ask(operation.method, address, body)
                about = (operation.method, address, reply.status_code, reply.text)
                assert reply.status_code < 500, about
                if address != path and operation.needs != "nobody":
                    assert reply.status_code in (403, 404), about
                if not Caller("bert", role).may(operation.needs):
                    assert reply.status_code in (403, 404), about
                said = reply.text.replace(f"{MARK}world", "") if "world" in path else reply.text
                assert not any(secret in said for secret in annas.secrets), about
        for address, code in (
            (f"{PREFIX}/stream?account=anna", 4404),
            (f"/w/{MARK}world{PREFIX}/stream", 4404),
            (f"/w/{MARK}world/ws/v1", 4404),
        ):
            assert (await bert.socket(address).open())["code"] == code
        assert (await bert.http.get(f"/w/{MARK}world/")).status_code == 404
        assert await annas.stand() == before


@in_loop
async def test_a_stream_tells_a_person_only_what_is_theirs(folder: Path) -> None:
    async with town_on(folder) as town:
        anna, bert = await town.person("anna"), await town.person("bert")
        socket = bert.socket(f"{PREFIX}/stream")
        assert (await socket.open())["type"] == "websocket.accept"
        assert (await socket.message())["account"]["account"]["name"] == "bert"
        await anna.order(client_id=f"{MARK}entry")
        await bert.order(client_id="berts-entry")
        message = await socket.message()
        while message["type"] != "account" or not message["fills"]:
            assert MARK not in json.dumps(message)
            message = await socket.message()
        assert [fill["client_id"] for fill in message["fills"]] == ["berts-entry"]
        await socket.close()


@in_loop
async def test_in_a_world_of_ones_own_one_is_ones_own_master_and_nobody_else(folder: Path) -> None:
    """Its clock and its rules are the owner's; other accounts in it are not."""
    async with town_on(folder) as town:
        annas = Annas(town, await town.person("anna", "trader"))
        await annas.settle()
        anna, world = annas.anna, f"/w/{MARK}world{PREFIX}"
        inside = await anna.got("GET", f"{world}/account")
        assert (inside["name"], len(inside["orders"])) == ("anna", 1)
        assert (await anna.got("GET", f"{world}/about"))["owns_world"] is True
        assert (await anna.got("GET", "/about"))["owns_world"] is False
        stepped = await anna.got("POST", f"{world}/clock", {"action": "step", "step_ms": 1_000})
        assert stepped["paused"] is True
        for path in ("/account?account=learner", "/orders?account=learner", "/operator/accounts"):
            refused = await anna.ask("GET", f"{world}{path}")
            assert refused.status_code in (403, 404), path
        spoof = {"x-longshore-person": "learner operator owner learner"}
        for address in ("/account", f"{world}/account"):
            assert (await anna.ask("GET", address, headers=spoof)).json()["name"] == "anna"
        nobody = await town.visitor().ask("GET", "/account", headers=spoof)
        assert nobody.status_code == 401


@in_loop
async def test_the_proxy_keeps_nobodys_cookies(folder: Path) -> None:
    """A world's own answer to the operator must not let the next caller in."""
    async with town_on(folder) as town:
        annas = Annas(town, await town.person("anna", "trader"))
        await annas.settle()
        operator = {"Authorization": f"Bearer {TOKEN}"}
        page = f"/w/{MARK}world/?token={TOKEN}"
        let_in = await town.visitor().http.get(page, headers=operator)
        assert let_in.status_code == 303
        taught = town.people.classes.add("A class", "anna")
        town.people.classes.share(taught.id, f"{MARK}world")
        reply = await town.visitor().ask("GET", f"/w/{MARK}world{PREFIX}/account")
        assert (reply.status_code, reply.json()["code"]) == (401, "NO_TOKEN")
        headers = {"host": "127.0.0.1:8000"}
        socket = Socket(town.app, f"/w/{MARK}world{PREFIX}/stream", headers)
        assert (await socket.open())["type"] == "websocket.close"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_those_before_it_may(role: Role) -> None:
    caller, rank = Caller("anna", role), ROLES.index(role)
    needs: tuple[Need, ...] = ("trader", "teacher", "operator")
    assert [caller.may(need) for need in needs] == [rank >= at for at in (1, 2, 3)]
    assert caller.may("world") is (role == "operator")
