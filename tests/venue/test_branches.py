"""Rewinding, branches and worlds as files, on a venue with its processes."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import ccxt
import httpx
import pytest
from websockets.sync.client import connect

from longshore.journal.store import Journal
from longshore.world.replaying import replay_folder
from longshore.world.world import JOURNAL_FILE
from tests.venue.desk import SYMBOL
from tests.venue.test_server import served

pytestmark = [pytest.mark.alone, pytest.mark.timeout(900)]
UNIFIED = "BTC/USD:USD"


def ask(client: httpx.Client, method: str, path: str, body: object = None, **query: str) -> Any:
    """A request that must succeed."""
    reply = client.request(method, f"/api/v1{path}", json=body, params=query)
    assert reply.status_code == 200, reply.text
    return reply.json()


PATIENT = httpx.Timeout(240)
"""Processes are started and a compiler runs beside them, perhaps on a busy machine."""


def refusal(client: httpx.Client, method: str, path: str, body: object = None, **query: str):
    """Why a request was refused."""
    reply = client.request(method, f"/api/v1{path}", json=body, params=query)
    assert reply.status_code >= 400, reply.text
    return reply.status_code, reply.json()["code"]


def bot(client: httpx.Client) -> ccxt.krakenfutures:
    """A ccxt client of the main world, with an account's key."""
    ask(client, "POST", "/operator/accounts", {"name": "bot", "deposits": {"USD": "10000"}})
    key = ask(client, "POST", "/operator/keys", {"account": "bot"})
    made = ccxt.krakenfutures({"apiKey": key["key"], "secret": key["secret"], "timeout": 60_000})
    base = str(client.base_url).rstrip("/")
    made.urls["api"] = {
        name: url.replace("https://futures.kraken.com", base)
        for name, url in made.urls["api"].items()
    }
    return made


def without_a_gap(socket: Any, last: int) -> int:
    """Read a book's changes for a while; how many there were, each following the one before."""
    seen = 0
    until = time.monotonic() + 3
    while time.monotonic() < until:
        message = json.loads(socket.recv(120))
        if message.get("feed") == "book":
            assert message["seq"] == last + 1
            last, seen = message["seq"], seen + 1
    return seen


def rows(data: Path) -> list[bytes]:
    """The main world's journal so far, by its chain."""
    journal = Journal.open(data / "worlds" / "main" / JOURNAL_FILE)
    found = [entry.chain for entry in journal.entries()]
    journal.close()
    return found


def test_a_rewind_touches_nobody_on_the_parent(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with served(data) as (_, client):
        client.timeout = PATIENT
        trader = bot(client)
        order = trader.create_order(UNIFIED, "limit", "buy", 0.01, 50_000)
        trader.create_order(UNIFIED, "market", "buy", 0.01)
        then_ms = ask(client, "GET", "/clock")["world_time"]
        filled = len(ask(client, "GET", "/fills", account="bot"))
        time.sleep(1.5)
        trader.create_order(UNIFIED, "market", "buy", 0.02)
        trader.cancel_order(order["id"])
        url = str(client.base_url).replace("http", "ws")
        with connect(f"{url}ws/v1", ping_interval=None) as socket:
            socket.send(json.dumps({"event": "subscribe", "feed": "book", "product_ids": [SYMBOL]}))
            message = json.loads(socket.recv(120))
            while message.get("feed") != "book_snapshot":
                message = json.loads(socket.recv(120))
            last = message["seq"]
            before = rows(data)
            began = time.monotonic()
            world = ask(client, "POST", "/worlds/main/branch", {"time_ms": then_ms, "name": "then"})
            print(f"branched and served after {time.monotonic() - began:.1f} s")
            assert without_a_gap(socket, last) > 0
        assert (world["path"], world["parent"], world["owner"]) == ("/w/then", "main", "learner")
        assert rows(data)[: len(before)] == before
        [held] = trader.fetch_positions([UNIFIED])
        assert held["contracts"] == pytest.approx(0.03)
        inner = httpx.Client(
            base_url=f"{client.base_url}w/then/", headers=client.headers, timeout=PATIENT
        )
        with inner:
            clock = inner.get("api/v1/clock").json()
            assert (clock["paused"], clock["world_time"]) == (True, then_ms)
            account = inner.get("api/v1/account?account=bot").json()
            assert account["positions"][0]["size"] == "0.01"
            fills = inner.get("api/v1/fills?account=bot").json()
            opened = inner.get("api/v1/orders?account=bot").json()["open"]
            assert (len(fills), len(opened)) == (filled, 1)
            assert opened[0]["price"] == "50000"
            body = {"until": "time", "limit_ms": 1_000}
            assert inner.post("api/v1/clock/run", json=body).json()["met"]
        sides = ask(client, "GET", "/worlds/then/compare", other="main", account="bot")
        sizes = [side["positions"][0]["size"] for side in (sides["left"], sides["right"])]
        assert [float(size) for size in sizes] == [0.01, 0.03]
        assert sides["time"] <= then_ms
        kinds = {event["kind"] for event in sides["right"]["events"]}
        assert {"TRADED", "ORDER_ENDED"} <= kinds


def test_worlds_are_named_carried_and_deleted_by_their_owners(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with served(data) as (_, client):
        client.timeout = PATIENT
        ask(client, "POST", "/operator/accounts", {"name": "anna"})
        made = ask(client, "POST", "/worlds/main/branch", {}, account="anna")
        assert (made["name"], made["owner"], made["running"]) == ("main-branch", "anna", True)
        child = ask(client, "POST", "/worlds/main-branch/branch", {"name": "child"}, account="anna")
        assert child["parent"] == "main-branch"
        named = ask(client, "PATCH", "/worlds/main-branch", {"title": "Anna's way"}, account="anna")
        assert named["title"] == "Anna's way"
        for method, path, body, expected in (
            ("DELETE", "/worlds/main-branch", None, (403, "NOT_YOUR_WORLD")),
            ("DELETE", "/worlds/main", None, (409, "MAIN_WORLD")),
            ("DELETE", "/worlds/none", None, (404, "UNKNOWN_WORLD")),
            ("POST", "/worlds/main/branch", {"name": "child"}, (422, "BAD_WORLD")),
            ("POST", "/worlds/main/branch", {"name": "../x"}, (422, "BAD_WORLD")),
            ("POST", "/worlds/main/branch", {"seq": 10**12}, (422, "WORLD_FAILED")),
            ("POST", "/worlds/import", {"file": "../x"}, (400, "BAD_VALUE")),
            ("POST", "/worlds/import", {"file": "none.world"}, (404, "UNKNOWN_FILE")),
            ("POST", "/worlds/main/what-if", {"change": "hope"}, (422, "NO_SUCH_CHANGE")),
        ):
            assert refusal(client, method, path, body) == expected, (path, body)
        running = refusal(client, "DELETE", "/worlds/main-branch", account="anna")
        assert running == (409, "BRANCHES_RUN")
        file = ask(client, "POST", "/worlds/child/export")["file"]
        came = ask(client, "POST", "/worlds/import", {"file": file, "name": "copy"})
        assert (came["name"], came["parent"], came["running"]) == ("copy", "", False)
        ask(client, "POST", "/worlds/child/stop", account="anna")
        gone = ask(client, "DELETE", "/worlds/main-branch", account="anna")
        assert gone["made_whole"] == ["child"]
        listed = {w["name"]: w for w in ask(client, "GET", "/worlds")["worlds"]}
        assert set(listed) == {"main", "child", "copy"}
        assert listed["child"]["parent"] == "main"
        assert client.get("/w/child/health").json()["status"] == "ok"
        ask(client, "POST", "/worlds/child/stop", account="anna")
    digest = replay_folder(data / "worlds" / "copy").digest
    assert len(digest) == 32
