"""A market that is taken off: market, account and history tell of it, and are rebuilt the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.venue.station import HISTORY_FILE
from tests.venue.desk import SYMBOL, Desk, desk_on, in_loop


async def take_off(desk: Desk) -> None:
    """The market is settled at its mark."""
    venue = desk.station.venue
    market_id = venue.catalog.market(SYMBOL).market_id
    price = int(venue.view.markets[market_id].mark_subticks)
    command = Command(
        kind=CommandKind.SETTLE_MARKET,
        origin=Origin.OPERATOR,
        market_id=market_id,
        price_subticks=price,
    )
    await venue.submit([command])


async def told(desk: Desk) -> list[Any]:
    """What the account's history says."""
    return [await desk.get(path) for path in ("/ledger", "/orders", "/fills")]


def forget(folder: Path) -> None:
    """History is dropped, and made anew from the journal."""
    (folder / HISTORY_FILE).unlink()


@in_loop
async def test_a_market_taken_off_is_told_everywhere(tmp_path: Path) -> None:
    """LIFE-004, LIFE-005, LIFE-009."""
    async with desk_on(tmp_path) as desk:
        market = await desk.get(f"/markets/{SYMBOL}")
        assert (market["kind"], market["expiry_ms"], market["state"]) == (
            "perpetual",
            None,
            "active",
        )
        await desk.order(size="0.1", leverage="5")
        await desk.order(type="limit", price="50000", leverage="5")
        await take_off(desk)
        market = await desk.get(f"/markets/{SYMBOL}")
        assert (market["state"], market["funding"]) == ("expired", None)
        assert (await desk.get("/account"))["positions"] == []
        ledger, orders, _ = before = await told(desk)
        assert "settlement" in {row["reason"] for row in ledger}
        assert "MARKET_ENDED" in {row["reason"] for row in orders["history"]}
        assert "The market ended." in {row["reason_text"] for row in orders["history"]}
        body = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01"}
        refused = await desk.post("/orders", body)
        assert refused.json()["code"] == "MARKET_EXPIRED"
        preview = await desk.post("/preview", body)
        assert preview.status_code < 500
        await desk.step(5)
        assert (await desk.get(f"/markets/{SYMBOL}/funding"))["now"] is None
    forget(tmp_path)
    async with desk_on(tmp_path) as desk:
        assert await told(desk) == before
