"""Automatic top-up chosen over the native API."""

from __future__ import annotations

from pathlib import Path

from tests.venue.desk import SYMBOL, desk_on, in_loop


@in_loop
async def test_a_top_up_is_chosen_and_told(tmp_path: Path) -> None:
    """MODE-008"""
    async with desk_on(tmp_path) as desk:

        async def choose(enabled: object, symbol: str = SYMBOL):
            body = {"symbol": symbol, "enabled": enabled}
            return await desk.client.put("/api/v1/top-up", json=body)

        async def told() -> bool | None:
            return (await desk.get(f"/markets/{SYMBOL}"))["top_up"]

        refused = (await choose(True)).json()
        assert (refused["code"], refused["field"]) == ("TOP_UP_NOT_ALLOWED", "enabled")
        assert await told() is None
        desk.station.world.engine.view.markets[1].top_up_allowed = 1
        assert await told() is False
        assert (await choose(1)).status_code == 400
        assert (await choose(True, "PF_NONE")).json()["code"] == "UNKNOWN_SYMBOL"
        assert (await choose(True)).json() == {"symbol": SYMBOL, "enabled": True}
        assert await told() is True
        assert (await choose(False)).json()["enabled"] is False
        assert await told() is False
