"""The large benchmarks do on a few accounts what they say they do on many."""

from __future__ import annotations

import pytest

from benchmarks import scale
from longshore.engine.engine import Engine
from longshore.engine.state import position_slot


@pytest.fixture
def crowd(monkeypatch):
    monkeypatch.setattr(scale, "Engine", lambda setup, mode: Engine(setup, "plain"))
    monkeypatch.setattr(scale, "MARKETS", 2)
    monkeypatch.setattr(scale, "TICKS", 3)
    return scale.crowd_of(6, tight=2)


def test_everybody_has_a_position_in_every_market(crowd):
    assert crowd.positions() == 12


def lots(crowd):
    """The size of each position of the first market."""
    users = range(scale.OTHER_SIDE + 1, scale.OTHER_SIDE + 7)
    return [crowd.engine.view.positions[position_slot(user, 1)].qty_lots for user in users]


def test_a_small_tick_hits_nobody_and_the_large_one_the_tight_ones_on_the_falling_side(crowd):
    before = lots(crowd)
    scale.tick_s(crowd)
    assert lots(crowd) == before
    _, hit = scale.liquidating_s(crowd)
    assert hit == 2  # in two markets
    smaller = [now != then for now, then in zip(lots(crowd), before, strict=True)]
    assert smaller == [then > 0 and at < 2 for at, then in enumerate(before)]


def test_a_settlement_passes_every_market_s_interval(crowd):
    before = [row.funding_next_us for row in list(crowd.engine.view.markets.values())[1:]]
    scale.funding_s(crowd)
    after = [row.funding_next_us for row in list(crowd.engine.view.markets.values())[1:]]
    assert all(b < a for b, a in zip(before, after, strict=True))
