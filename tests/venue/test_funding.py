"""Funding is told alike by the market, the position card and history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.venue.desk import SCENARIO, SYMBOL, desk_on, in_loop

HOUR_MS = 3_600_000
LATE_IN_THE_HOUR = SCENARIO.replace("T00:00:30Z", "T00:58:00Z")


@in_loop
async def test_after_the_first_hour_text_countdown_and_card_agree_with_the_rate(
    tmp_path: Path,
) -> None:
    """UX-18, FUND-003, FUND-006: a young world has no rate until FUNDING_SET makes one."""
    async with desk_on(tmp_path, LATE_IN_THE_HOUR) as desk:
        await desk.order(size="0.1", leverage="5")
        young = (await desk.get(f"/markets/{SYMBOL}/funding"))["now"]
        assert "nobody pays funding: the rate is zero" in young["text"]
        await desk.step(130)
        assert [row["amount"] for row in await desk.get("/funding-payments")] in ([], ["0"])
        told = await desk.get(f"/markets/{SYMBOL}/funding?limit=1")
        now, [newest] = told["now"], told["rates"]
        [held] = (await desk.get("/account"))["positions"]
        card = held["funding_next"]
        assert newest["rate"] == now["rate"] != "0"
        assert newest["time"] + HOUR_MS == now["next_ms"] == card["next_ms"]
        pays = not now["rate"].startswith("-")
        payer, receiver = ("longs", "shorts") if pays else ("shorts", "longs")
        assert now["text"].startswith(f"In 1 h {payer} pay {receiver} $")
        verb = "pay" if pays else "receive"
        assert card["text"].startswith(f"In 1 h you {verb} about $")
        assert f"because {payer} are paying {receiver}" in card["text"]


@pytest.mark.parametrize("start", ["T00:00:00Z", "T00:00:30Z", "T00:58:00Z"])
@in_loop
async def test_in_a_young_world_all_say_that_no_funding_is_due(tmp_path: Path, start: str) -> None:
    """UX-18, FUND-002: market, past, card and preview; however young it is."""
    async with desk_on(tmp_path, SCENARIO.replace("T00:00:30Z", start)) as desk:
        await desk.step(1)
        sent = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "1", "leverage": "50"}
        preview = (await desk.post("/preview", sent)).json()
        await desk.order(size="1", leverage="50")
        told = await desk.get(f"/markets/{SYMBOL}/funding?limit=2")
        now, [newest, before] = told["now"], told["rates"]
        assert newest["time"] + HOUR_MS == now["next_ms"]
        assert newest["rate"] == now["rate"] == "0" != before["rate"]
        [a_day] = [row["amount"] for row in preview["costs"] if row["label"] == "Funding per day"]
        assert a_day == "$0.00"
        [held] = (await desk.get("/account"))["positions"]
        assert "No funding is due in" in held["funding_next"]["text"]
        assert held["funding_next"]["next_ms"] == now["next_ms"]
