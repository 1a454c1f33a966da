"""What a scenario says of its prices before anybody plays it."""

from __future__ import annotations

import pytest

from longshore.world.provenance import provenance
from longshore.world.scenario import FeedSpec, parse, read, shipped_names


@pytest.mark.parametrize("name", shipped_names())
def test_every_scenario_says_whose_prices_it_plays(name: str) -> None:
    feed = parse(read(name)).feed
    told = provenance(feed)
    assert told.prices.endswith(".")
    assert told.recorded == (feed.kind == "replay")
    assert bool(told.licence) == (feed.kind in ("replay", "twin"))


def test_what_is_missing_and_what_is_made_is_said() -> None:
    bars = provenance(FeedSpec(kind="replay", recording="xbtusd-2020-03"))
    assert "No minute is missing; in 17 nothing was traded." in bars.prices
    assert "made up, from a seed" in bars.prices
    assert "ISC" in bars.licence
    book = provenance(FeedSpec(kind="replay", recording="btcusdt-book-2024-08"))
    assert "Recorded orders stand in the book, others queue behind them. No gap." in book.prices
    twin = provenance(FeedSpec(kind="twin", recording="xbtusd-2020-03"))
    assert "were never traded" in twin.prices
    assert not twin.recorded
