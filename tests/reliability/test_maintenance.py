"""kill -9 around a planned maintenance: it happens once, at its time, whatever falls between."""

from __future__ import annotations

from pathlib import Path

import pytest

from longshore.engine.codes import Phase
from tests.reliability.folders import reopened_digest, replayed
from tests.reliability.process import Served, served

SCENARIO = """
name = "maintained"
markets = ["PF_XBTUSD"]
start = 2026-09-25T12:00:00Z
[feed]
kind = "sim"
"""
OPTIONS = ("--port", "0", "--clock", "manual")
PLAN = {"down_min": 1, "closing_min": 1, "opening_min": 1, "reason": "A new engine"}
MINUTE_MS = 60_000


def step(venue: Served, ms: int) -> None:
    venue.operate("POST", "/clock", {"action": "step", "step_ms": ms})


def phases(venue: Served) -> list[str]:
    return [each["phase"] for each in venue.operate("GET", "/status")["maintenance"]]


@pytest.mark.timeout(240)
def test_killed_while_announced_and_while_down_it_happens_once(tmp_path: Path) -> None:
    """Planned, killed; down, killed; then over, once, and branched."""
    world = tmp_path / "maintained.toml"
    world.write_text(SCENARIO)
    data = tmp_path / "data"
    with served(data, world, *OPTIONS) as venue:
        step(venue, 3_000)
        now = venue.operate("GET", "/clock")["world_time"]
        made = venue.operate(
            "POST", "/operator/maintenance", PLAN | {"from_ms": now + 2 * MINUTE_MS}
        )
        venue.kill()
    with served(data, world, *OPTIONS) as venue:
        assert phases(venue) == ["announced"]
        step(venue, 2 * MINUTE_MS + 1_000)
        venue.kill()
    with served(data, world, *OPTIONS) as venue:
        [told] = venue.operate("GET", "/status")["maintenance"]
        assert (told["id"], told["phase"], told["reason"]) == (made["id"], "down", PLAN["reason"])
        branch = venue.operate("POST", "/worlds/main/branch", {"name": "aside"})
        assert branch["name"] == "aside"
        step(venue, 3 * MINUTE_MS)
        status = venue.operate("GET", "/status")
        assert (status["state"], status["maintenance"]) == ("up", [])
        [was] = status["incidents"]
        assert was["until"] - was["begins"] == 3 * MINUTE_MS
        codes = [each["code"] for each in venue.operate("GET", "/notices")]
        ours = [code for code in codes[::-1] if code.startswith("DOWNTIME")]
        assert ours == [f"DOWNTIME_{Phase(each).name}" for each in range(1, 6)]
        venue.stop()
    folder = data / "worlds" / "main"
    proof = replayed(folder)
    assert reopened_digest(folder) == (proof["digest"], proof["seq"])
    aside = replayed(data / "worlds" / "aside")
    assert aside["conserved"] is True
    assert aside["digest"] != proof["digest"]
