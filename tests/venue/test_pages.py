"""The API document and its page, health, metrics, the clock and what is said about the venue."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from longshore.explain.venue import banner, disclaimers
from longshore.venue.dialects.native.openapi import document
from longshore.venue.dialects.native.routes import OPERATIONS
from tests.venue.desk import SYMBOL, desk_on, in_loop


def references(shape: object) -> set[str]:
    """Every schema named anywhere below."""
    return set(re.findall(r"#/components/schemas/(\w+)", str(shape)))


def test_every_operation_is_described_and_every_struct_is_there() -> None:
    made = document()
    described = {
        (method.upper(), path) for path, methods in made["paths"].items() for method in methods
    }
    assert described == {(op.method, f"/api/v1{op.path}") for op in OPERATIONS}
    assert references(made) <= made["components"]["schemas"].keys()
    for methods in made["paths"].values():
        assert all(operation["summary"] for operation in methods.values())


@in_loop
async def test_the_api_page_stands_alone_and_carries_the_disclaimers(folder: Path) -> None:
    async with desk_on(folder) as desk:
        page = (await desk.client.get("/api/docs")).text
        for text in (banner(), *disclaimers()):
            assert text in page
        assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
        served = await desk.client.get("/api/openapi.json")
        assert served.content == msgspec.json.encode(document())


@in_loop
async def test_about_names_the_rules_and_what_is_unverified(folder: Path) -> None:
    async with desk_on(folder) as desk:
        about = await desk.get("/about")
        assert about["faithful"] is (not about["unverified"])
        assert (about["default_symbol"], about["engine"]) == (SYMBOL, "plain")
        assert about["disclaimers"] == disclaimers()
        assert ".." not in about["realism"]


@in_loop
async def test_health_and_metrics_follow_the_journal(folder: Path) -> None:
    async with desk_on(folder) as desk:
        before = (await desk.client.get("/health")).json()
        await desk.order()
        after = (await desk.client.get("/health")).json()
        assert after["status"] == "ok"
        assert after["seq"] == before["seq"] + 1
        assert after["chain"] != before["chain"]
        metrics = (await desk.client.get("/metrics")).text
        assert f"longshore_seq {after['seq']:.1f}" in metrics


@in_loop
async def test_the_clock_pauses_steps_and_never_goes_back(folder: Path) -> None:
    """TIME-001"""
    async with desk_on(folder) as desk:
        start = await desk.get("/clock")
        assert start["paused"] is True
        stepped = (await desk.post("/clock", {"action": "step", "step_ms": 1_500})).json()
        assert stepped["world_time"] - start["world_time"] == 1_500
        assert desk.station.world.stepper.reached_us // 1_000 == stepped["world_time"]
        for _ in range(5):
            for action in ("resume", "pause"):
                await desk.post("/clock", {"action": action})
            stepped = (await desk.post("/clock", {"action": "step", "step_ms": 9_000})).json()
            assert desk.station.world.stepper.reached_us // 1_000 == stepped["world_time"]
        for body, field in (
            ({"action": "step", "step_ms": -1}, "step"),
            ({"action": "speed", "speed": "-1"}, "speed"),
            ({"action": "speed"}, "speed"),
            ({"action": "rewind"}, "action"),
        ):
            reply = await desk.post("/clock", body)
            assert (reply.status_code, reply.json()["field"]) == (400, field)
        assert (await desk.get("/clock"))["world_time"] == stepped["world_time"]
        speed = (await desk.post("/clock", {"action": "speed", "speed": "2.5"})).json()
        assert (speed["speed"], speed["mode"]) == ("2.5", "manual")
        resumed = (await desk.post("/clock", {"action": "resume"})).json()
        assert (resumed["paused"], resumed["mode"]) == (False, "real")


@in_loop
async def test_reads_refuse_what_they_do_not_know(folder: Path) -> None:
    async with desk_on(folder) as desk:
        for path, status, field in (
            ("/markets/PF_NONE/book", 404, "symbol"),
            (f"/markets/{SYMBOL}/candles?interval_s=7", 400, "interval_s"),
            (f"/markets/{SYMBOL}/candles?limit=0", 400, "limit"),
            (f"/markets/{SYMBOL}/candles?kind=oil", 400, "kind"),
            (f"/markets/{SYMBOL}/book?depth=9999", 400, "depth"),
            ("/orders?limt=5", 400, "limt"),
            ("/account?account=nobody", 404, "account"),
            ("/explain?liquidation=1-1", 404, "liquidation"),
            ("/explain", 400, "when"),
        ):
            reply = await desk.client.get(f"/api/v1{path}")
            assert (reply.status_code, reply.json()["field"]) == (status, field), reply.text


@in_loop
async def test_a_stopped_world_and_a_stopped_history_say_so(folder: Path) -> None:
    async with desk_on(folder) as desk:
        desk.station.projector.write = None
        await desk.order()
        reply = await desk.client.get("/api/v1/fills")
        assert (reply.status_code, reply.json()["code"]) == (503, "HISTORY_STOPPED")
        health = await desk.client.get("/health")
        assert (health.status_code, health.json()["status"]) == (503, "history_stopped")
        await desk.station.venue.sequencer.stop()
        order = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01"}
        stopped = await desk.post("/orders", order)
        assert (stopped.status_code, stopped.json()["code"]) == (503, "WORLD_STOPPED")
