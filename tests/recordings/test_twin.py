"""Shipped crashes, and synthetic twins of recordings."""

from __future__ import annotations

import pytest

from longshore.world import scenario
from longshore.world.build import build, rulebook_text
from longshore.world.feeds.recording import load, names
from longshore.world.feeds.twin import BLOCK, twin_of
from longshore.world.scenario import ScenarioError

USD = 10**10
LOWS = {  # as the README of the data says
    "xbtusd-2017-12": 10_900,
    "xbtusd-2020-03": 3_596,
    "xbtusd-2021-04": 50_876,
    "xbtusd-2021-05": 28_157,
}


def test_four_crashes_are_in_the_package():
    assert names() == sorted(LOWS)


@pytest.mark.parametrize("name", LOWS)
def test_a_shipped_recording_is_what_its_readme_says(name):
    recorded = load(name)
    bars = [bar for bar in recorded.bars if bar is not None]
    assert len(bars) == len(recorded.bars)
    assert min(bar.low_subticks for bar in bars) == LOWS[name] * USD
    assert "codler/bitmex-data" in recorded.attribution


@pytest.mark.parametrize("name", LOWS)
def test_a_twin_ends_every_hour_where_the_recording_did(name):
    recorded, twin = load(name), twin_of(load(name), seed=3)
    at = range(BLOCK - 1, len(recorded.bars), BLOCK)
    assert [twin.bars[i].close_subticks for i in at] == [
        recorded.bars[i].close_subticks for i in at
    ]
    same = sum(a == b for a, b in zip(recorded.bars, twin.bars, strict=True))
    assert same < len(recorded.bars) // 100
    assert "never traded" in twin.note


def test_a_twins_bars_are_whole():
    for bar in twin_of(load("xbtusd-2020-03"), seed=1).bars:
        assert 0 < bar.low_subticks <= min(bar.open_subticks, bar.close_subticks)
        assert bar.high_subticks >= max(bar.open_subticks, bar.close_subticks)


def test_a_twin_is_its_seeds():
    recorded = load("xbtusd-2021-05")
    assert twin_of(recorded, 1).bars == twin_of(recorded, 1).bars != twin_of(recorded, 2).bars


def test_a_twins_minutes_are_as_rough():
    """The mean size of a minute's move is within a fifth of the recorded one."""

    def roughness(bars):
        return sum(abs(b.close_subticks - b.open_subticks) / b.open_subticks for b in bars)

    for name in names():
        recorded = load(name)
        twin = twin_of(recorded, seed=1)
        assert 0.8 < roughness(twin.bars) / roughness(recorded.bars) < 1.25


@pytest.mark.parametrize("name", [n for n in scenario.shipped_names() if "20" in n])
def test_every_shipped_crash_is_a_world_with_a_twin(name):
    parts = build(scenario.read(name), rulebook_text("kraken"))
    twin = name if name.endswith("-twin") else f"{name}-twin"
    assert twin in scenario.shipped_names()
    assert parts.scenario.end_us <= parts.feed.end_us
    assert ("never traded" in parts.feed.note) == (name == twin)


def test_what_has_no_bars_has_no_twin(tmp_path):
    from tests.recordings.made import imported

    text = "time,price,volume\n2024-01-01T00:00:00Z,50000,1\n2024-01-01T00:01:00Z,50000,1\n"
    recording, _ = imported(tmp_path, "kraken_XBTUSD_trades.csv", text)
    world = scenario.read("march-2020-twin").replace(
        '"xbtusd-2020-03"', f'"{tmp_path / "out" / recording.name}"'
    )
    with pytest.raises(ScenarioError, match="only these have a twin"):
        build(world, rulebook_text("kraken"))
