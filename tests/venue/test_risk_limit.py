"""A risk limit chosen over the native API."""

from __future__ import annotations

from pathlib import Path

from tests.venue.desk import SYMBOL, desk_on, in_loop


@in_loop
async def test_a_risk_limit_is_chosen_and_refused_by_name(tmp_path: Path) -> None:
    """MRGN-017"""
    async with desk_on(tmp_path) as desk:

        async def choose(limit: str, symbol: str = SYMBOL):
            body = {"symbol": symbol, "limit": limit}
            return await desk.client.put("/api/v1/risk-limit", json=body)

        assert (await choose("1000")).json()["code"] == "NOT_MARGINABLE"
        market = desk.station.world.engine.view.markets[1]
        market.risk_base_atoms, market.risk_step_atoms = 10**12, 5 * 10**11
        before = desk.digest()
        for limit, code in (("0", "BAD_VALUE"), ("much", "BAD_VALUE"), ("1e30", "BAD_VALUE")):
            assert (await choose(limit)).json()["code"] == code
        assert (await choose("10", "PF_NONE")).json()["code"] == "UNKNOWN_SYMBOL"
        assert desk.digest() == before
        assert (await choose("12000")).json() == {"symbol": SYMBOL, "limit": "15000"}
        order = {"symbol": SYMBOL, "side": "buy", "type": "limit", "price": "50000"}
        beyond = await desk.post("/orders", order | {"size": "0.3001"})
        assert beyond.json()["code"] == "RISK_LIMIT"
        assert "risk limit" in beyond.json()["message"]
        assert (await desk.post("/orders", order | {"size": "0.3"})).status_code == 200
