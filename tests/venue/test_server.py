"""The server as a process: its first line, a kill, a graceful stop, further worlds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from websockets.sync.client import connect

from tests.venue.desk import SCENARIO, SYMBOL

PROGRAM = """
import sys
from pathlib import Path
from longshore.venue.server import Options, serve
serve(Options(data=Path(sys.argv[1]), scenario=sys.argv[2], port=0, compiled=False))
"""
START_S = 30


@contextmanager
def served(data: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """A venue in a process of its own, and a client that holds its token."""
    scenario = data.parent / "desk.toml"
    scenario.write_text(SCENARIO)
    command = [sys.executable, "-c", PROGRAM, str(data), str(scenario)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    url = httpx.URL(process.stdout.readline().strip())
    token = url.params["token"]
    try:
        headers = {"authorization": f"Bearer {token}"}
        with httpx.Client(
            base_url=url.copy_with(query=None), headers=headers, timeout=30
        ) as client:
            yield process, client
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def buy(client: httpx.Client, client_id: str) -> dict[str, object]:
    """A small resting order."""
    body = {"symbol": SYMBOL, "side": "buy", "type": "limit", "size": "0.001", "price": "50000"}
    reply = client.post("/api/v1/orders", json=body | {"client_id": client_id})
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """ORDR-011"""
    with served(tmp_path / "data") as (process, client):
        first = [buy(client, f"c{number}") for number in range(20)]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with served(tmp_path / "data") as (process, client):
        again = [buy(client, f"c{number}") for number in range(20)]
        assert [reply["order"] for reply in again] == [reply["order"] for reply in first]
        assert all(reply["duplicate"] for reply in again)
        health = client.get("/health").json()
        process.terminate()
        assert process.wait(START_S) == 0
    with served(tmp_path / "data") as (_, client):
        later = client.get("/health").json()
        assert later["seq"] >= health["seq"]
        assert later["world_time"] >= health["world_time"]


def test_a_further_world_runs_beside_the_main_one(tmp_path: Path) -> None:
    with served(tmp_path / "data") as (process, client):
        assert client.post("/api/v1/worlds", json={"scenario": "none"}).status_code == 404
        world = client.post("/api/v1/worlds", json={"scenario": "march-2020"}).json()
        assert (world["path"], world["running"]) == ("/w/march-2020", True)
        health = client.get("/w/march-2020/health").json()
        opens_ms = 1_583_971_200_000
        assert health["world"] == "march-2020"
        assert opens_ms <= health["world_time"] < opens_ms + 60_000
        bars = client.get(f"/w/march-2020/api/v1/markets/{SYMBOL}/candles?limit=300").json()
        assert len(bars) == 300
        url = str(client.base_url).replace("http", "ws")
        stream = f"{url}w/march-2020/api/v1/stream?symbol={SYMBOL}"
        token = {"authorization": client.headers["authorization"]}
        with connect(stream, additional_headers=token) as socket:
            assert json.loads(socket.recv(10))["type"] == "snapshot"
        del client.headers["authorization"]
        assert client.get("/w/march-2020/api/v1/account").status_code == 401
        assert client.get("/w/none/health").status_code == 404
        process.terminate()
        assert process.wait(START_S) == 0


def test_a_world_ends_with_its_parent(tmp_path: Path) -> None:
    with served(tmp_path / "data") as (process, client):
        client.post("/api/v1/worlds", json={"scenario": "march-2020"})
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        os.kill(process.pid, signal.SIGKILL)
        deadline = time.monotonic() + START_S
        while any(Path(f"/proc/{child}/cmdline").exists() for child in children):
            assert time.monotonic() < deadline
            time.sleep(0.1)
