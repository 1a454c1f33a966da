"""A world nobody looks at rests and costs nothing; one that grows too large is ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from longshore.venue import workers
from longshore.venue.app import build
from longshore.venue.auth import TOKEN_FILE, OperatorToken
from longshore.venue.worlds import RUNNING_MAX, Worlds
from tests.venue.desk import BASE, TOKEN, desk_on, in_loop

pytestmark = [pytest.mark.alone, pytest.mark.timeout(600)]
REST_S = 3.0


@asynccontextmanager
async def hosting(
    data: Path, running_max: int = RUNNING_MAX
) -> AsyncIterator[tuple[httpx.AsyncClient, Worlds]]:
    """A venue that hosts further worlds, on the plain engine."""
    (data / TOKEN_FILE).write_text(TOKEN)
    async with desk_on(data / "worlds" / "main") as desk:
        worlds = Worlds(data, OperatorToken(TOKEN), "main", compiled=False, running_max=running_max)
        transport = httpx.ASGITransport(build(desk.station, OperatorToken(TOKEN), (), worlds))
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(
            transport=transport, base_url=BASE, headers=headers, timeout=240
        ) as client:
            try:
                yield client, worlds
            finally:
                await worlds.stop()


async def listed(client: httpx.AsyncClient, name: str) -> Any:
    """A world as the list has it."""
    worlds = (await client.get("/api/v1/worlds")).json()["worlds"]
    return next(world for world in worlds if world["name"] == name)


def cpu_s(worker: workers.Worker) -> float:
    """What a process has used so far."""
    fields = Path(f"/proc/{worker.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


@in_loop
async def test_it_rests_unseen_costs_nothing_and_goes_on_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "WATCH_S", 0.2)
    monkeypatch.setattr(workers, "REST_AFTER_S", 1)
    async with hosting(tmp_path) as (client, worlds):
        made = (await client.post("/api/v1/worlds/main/branch", json={"name": "b"})).json()
        assert (made["running"], made["resting"]) == (True, False)
        resumed = await client.post("/w/b/api/v1/clock", json={"action": "resume"})
        assert resumed.json()["paused"] is False
        while not (await listed(client, "b"))["resting"]:
            await asyncio.sleep(0.2)
        worker = worlds._workers["b"]
        await asyncio.sleep(1)
        before = cpu_s(worker)
        await asyncio.sleep(REST_S)
        assert cpu_s(worker) - before <= 0.05 * REST_S
        clock = (await client.get("/w/b/api/v1/clock")).json()
        assert clock["paused"] is False
        assert (await listed(client, "b"))["memory_bytes"] > 10**7
        await client.post("/w/b/api/v1/clock", json={"action": "pause"})
        await asyncio.sleep(2)
        assert (await client.get("/w/b/api/v1/clock")).json()["paused"] is True
        monkeypatch.setattr(workers, "END_AFTER_S", 1)
        while (await listed(client, "b"))["running"]:
            await asyncio.sleep(0.2)
        assert (await client.get("/w/b/api/v1/clock")).json()["paused"] is True


@in_loop
async def test_one_that_takes_too_much_memory_is_ended_with_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "WATCH_S", 0.2)
    async with hosting(tmp_path) as (client, _):
        made = await client.post("/api/v1/worlds/main/branch", json={"name": "b"})
        assert made.json()["running"]
        monkeypatch.setattr(workers, "MEMORY_MAX_BYTES", 2**20)
        while (await listed(client, "b"))["running"]:
            await asyncio.sleep(0.2)
        monkeypatch.undo()
        assert "1 MB of memory" in (await listed(client, "b"))["note"]


@in_loop
async def test_there_is_room_for_so_many(tmp_path: Path) -> None:
    async with hosting(tmp_path, running_max=0) as (client, worlds):
        reply = await client.post("/api/v1/worlds/main/branch", json={"name": "b"})
        assert (reply.status_code, reply.json()["code"]) == (409, "TOO_MANY_WORLDS")
        assert worlds.shelf.names() == ["main"]
