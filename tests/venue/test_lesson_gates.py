"""The exercise of lesson 11 in a venue: its gates are real, and its rules have a limit beside."""

from __future__ import annotations

from pathlib import Path

from longshore.practice.study import load
from tests.venue.desk import desk_on, in_loop
from tests.venue.onshore import agree, answer, lives, put, refused, show

LEVERAGE = {"symbol": "PF_XBTUSD", "leverage": "10"}


@in_loop
async def test_the_gates_of_lesson_11_are_gone_through_and_the_limit_is_met(tmp_path: Path) -> None:
    """Refused as a stranger, by each gate in turn, then by the rule set."""
    async with desk_on(tmp_path, load("platform-rules").world_text) as desk:
        assert await refused(desk) == "COUNTRY_NOT_KNOWN"
        await lives(desk, "DE")
        assert await refused(desk) == "NOT_IDENTIFIED"
        await show(desk, "lena")
        assert await refused(desk) == "NOT_DISCLOSED"
        assert (await agree(desk)).status_code == 200
        assert await refused(desk) == "NOT_ASSESSED"
        assert (await answer(desk, rightly=True)).status_code == 200
        capped = await put(desk, "/leverage", LEVERAGE)
        assert (capped.status_code, capped.json()["code"]) == (422, "LEVERAGE_TOO_HIGH")
        assert (await put(desk, "/leverage", LEVERAGE | {"leverage": "2"})).status_code == 200
        assert await refused(desk) == ""
