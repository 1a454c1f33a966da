"""Going on until something happens, over the native API."""

from __future__ import annotations

from pathlib import Path

from tests.venue.desk import SYMBOL, desk_on, in_loop


@in_loop
async def test_it_stops_where_it_was_asked_to(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.account("anna")
        before = await desk.get("/clock")
        done = (await desk.post("/clock/run", {"until": "time", "limit_ms": 2_000})).json()
        assert (done["met"], done["clock"]["paused"]) == (True, True)
        assert done["clock"]["world_time"] == before["world_time"] + 2_000
        book = await desk.get(f"/markets/{SYMBOL}/book")
        ask = float(book["asks"][0][0])
        await desk.order("anna", type="limit", price=f"{ask - 1:.0f}", size="0.01")
        met = (await desk.post("/clock/run", {"until": "event", "symbol": SYMBOL})).json()
        assert met["met"]
        assert met["clock"]["world_time"] > done["clock"]["world_time"]
        body = {"until": "fill", "of": "nobody"}
        assert (await desk.post("/clock/run", body)).status_code == 404
        level = f"{ask * 1.5:.0f}"
        far = {"until": "price", "symbol": SYMBOL, "price": level, "limit_ms": 1_000}
        missed = (await desk.post("/clock/run", far)).json()
        assert (missed["met"], missed["clock"]["paused"]) == (False, True)


@in_loop
async def test_what_cannot_be_waited_for_is_refused_by_its_field(folder: Path) -> None:
    async with desk_on(folder) as desk:
        digest = desk.digest()
        for body, status, field in (
            ({"until": "price"}, 400, "price"),
            ({"until": "price", "symbol": SYMBOL}, 400, "price"),
            ({"until": "price", "symbol": SYMBOL, "price": "0.1e-30"}, 400, "price"),
            ({"until": "event", "price": "1"}, 400, "price"),
            ({"until": "event", "symbol": "NONE"}, 404, "symbol"),
            ({"until": "event", "limit_ms": 0}, 400, "limit_ms"),
            ({"until": "event", "limit_ms": 10**15}, 400, "limit_ms"),
            ({"until": "doom"}, 400, "until"),
        ):
            reply = await desk.post("/clock/run", body)
            assert (reply.status_code, reply.json()["field"]) == (status, field), body
        assert desk.digest() == digest
