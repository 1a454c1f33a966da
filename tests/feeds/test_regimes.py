"""Regimes, weekends, drift and the pull of the books: off by themselves."""

from __future__ import annotations

from itertools import pairwise
from math import isqrt

import pytest

from longshore.engine._table import NIL
from longshore.engine.state import State
from longshore.world.feeds.presets import names, preset, sim_settings
from longshore.world.feeds.process import DAY_US, E12, Asset, Process, ProcessTerms, checked
from longshore.world.feeds.pull import Pull, PullTerms
from longshore.world.feeds.sim import SimFeed
from tests.agents.view import PERP, SPOT, START_US, XBT, top, view

MINUTE_US = 60_000_000
MONDAY_US = 4 * DAY_US
SATURDAY_US = 2 * DAY_US
PRICE = 84_000 * 10**10
FLAT = {"spread_ppm": 0, "jumps_a_day": 0}


def moved(start_us: int, steps: int = 4_000, **settings: int) -> tuple[int, int]:
    """The whole change in ppm, and the deviation of a minute's returns at 10**-12."""
    terms = ProcessTerms(**FLAT | settings)
    process = Process([Asset(XBT, PRICE, 470_000, 1_000_000)], 9, terms)
    square = 0
    for step in range(steps):
        before = process.prices_subticks[0]
        process.advance(start_us + step * MINUTE_US % DAY_US, MINUTE_US)
        square += ((process.prices_subticks[0] - before) * E12 // before) ** 2
    return (process.prices_subticks[0] - PRICE) * 1_000_000 // PRICE, isqrt(square // steps)


def test_weekends_are_quieter_where_the_settings_say_so() -> None:
    _, monday = moved(MONDAY_US, weekend_ppm=500_000)
    _, saturday = moved(SATURDAY_US, weekend_ppm=500_000)
    assert abs(saturday * 2 - monday) * 100 < monday
    assert moved(SATURDAY_US) == moved(MONDAY_US)


def test_drift_is_what_is_gained_a_day_beside_chance() -> None:
    still, _ = moved(MONDAY_US, steps=1_440)
    up, _ = moved(MONDAY_US, steps=1_440, drift_day_ppm=50_000)
    assert 49_000 < up - still < 54_000


def test_storms_come_and_go_and_shake() -> None:
    terms = ProcessTerms(**FLAT, storms_week=14, storm_s=7_200)
    process = Process([Asset(XBT, PRICE, 470_000, 1_000_000)], 9, terms)
    seen = []
    for step in range(7 * 1_440):
        process.advance(step * MINUTE_US, MINUTE_US)
        seen.append(process.storm)
    begun = sum(a < b for a, b in pairwise(seen))
    assert 5 <= begun <= 25
    assert 300 < sum(seen) < 3_600
    _, quiet = moved(MONDAY_US)
    _, stormy = moved(MONDAY_US, storms_week=700, storm_s=100_000_000)
    assert 2.2 < stormy / quiet < 2.6


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"fast_s": 0}, "above zero"),
        ({"vol_ppm": -1}, "vol_ppm"),
        ({"spread_ppm": 1_000_001}, "spread_ppm"),
        ({"drift_day_ppm": -200_000_000}, "drift_day_ppm"),
        ({"pull_ppm": 600_000}, "pull_ppm"),
        ({"blend_ppm": 1_000_000}, "blend_ppm"),
        ({"pull_ppm": 1, "pull_usual_s": 0}, "above zero"),
        ({"wind": 1}, "wind"),
    ],
)
def test_settings_that_cannot_be_are_named(settings: dict[str, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        sim_settings("", settings)


def test_presets_are_settings_and_give_way_to_a_scenarios_own() -> None:
    assert names() == [f"{coin}-{mood}" for coin in ("btc", "eth") for mood in
                       ("calm", "crash", "trending")]  # fmt: skip
    for name in names():
        assert checked(sim_settings(name, {}).process).vol_ppm == preset(name)["vol_ppm"]
    assert sim_settings("btc-calm", {"vol_ppm": 7}).process.vol_ppm == 7
    assert preset("btc-calm")["vol_ppm"] < preset("btc-trending")["vol_ppm"]
    assert preset("btc-crash")["drift_day_ppm"] < 0
    with pytest.raises(ValueError, match="no preset 'sunny'"):
        sim_settings("sunny", {})


def books(spot_ppm: int) -> State:
    """The spot market so far off the index."""
    state = view(PRICE)
    middle = 840_000 + 840_000 * spot_ppm // 1_000_000
    top(state, PERP, 84_199, 84_201)
    top(state, SPOT, middle - 10, middle + 10)
    return state


def pulled(spot_ppm: int, steps: int, **settings: int) -> int:
    """What the process's price has gained in ppm after seconds of one distance."""
    process = Process([Asset(XBT, PRICE, 0, 1_000_000)], 9, ProcessTerms(**FLAT))
    pull = Pull(PullTerms(pull_ppm=10_000, **settings))
    pull.published(process, books(0), 1_000_000)
    for _ in range(steps):
        pull.published(process, books(spot_ppm), 1_000_000)
    return (process.prices_subticks[0] - PRICE) * 1_000_000 // PRICE


def test_a_spot_market_off_the_price_moves_it_for_good() -> None:
    """By a hundredth a second, whatever the perpetual says."""
    assert pulled(0, 20) == 0
    assert 9 <= pulled(1_000, 1) <= 10
    assert pulled(-1_000, 1) in {-10, -11}
    assert 9 < pulled(1_000, 30) < 300
    assert pulled(100_000, 1) == pulled(20_000, 1) == 200


def test_a_distance_that_lasts_becomes_usual_and_pulls_no_more() -> None:
    early, late = pulled(1_000, 100, pull_usual_s=20), pulled(1_000, 300, pull_usual_s=20)
    assert 100 < early < 250
    assert 0 <= early - late < 100


def test_a_share_of_the_distance_is_in_the_index_at_once_and_gone_with_it() -> None:
    process = Process([Asset(XBT, PRICE, 0, 1_000_000)], 9, ProcessTerms(**FLAT))
    pull = Pull(PullTerms(blend_ppm=800_000))
    (index,) = pull.published(process, books(1_000), 1_000_000)
    assert (index - PRICE) * 1_000_000 // PRICE == 800
    assert pull.published(process, books(0), 1_000_000) == [PRICE] == process.prices_subticks
    state = books(1_000)
    state.markets[SPOT].best_bid = NIL
    assert pull.published(process, state, 1_000_000) == [PRICE]
    state.markets[SPOT].kind = state.markets[PERP].kind  # without a spot market the others count
    (index,) = pull.published(process, state, 1_000_000)
    assert (index - PRICE) * 1_000_000 // PRICE == 1_904


def test_a_feed_that_is_pulled_goes_on_from_its_state() -> None:
    def feed() -> SimFeed:
        asset = Asset(XBT, PRICE, 470_000, 950_000)
        terms = ProcessTerms(storms_week=50)
        pull = Pull(PullTerms(pull_ppm=10_000, blend_ppm=500_000))
        return SimFeed([asset], seed=1, start_us=START_US, terms=terms, pull=pull)

    def published(source: SimFeed) -> list[int]:
        return [
            command.price_subticks
            for _ in range(200)
            for command in source.act(source.next_due_us(), books(700))
        ]

    first, second = feed(), feed()
    published(first)
    second.restore(first.state())
    assert published(second) == published(first)
    older = first.state()
    del older["storm"], older["habits_ppm"]
    second.restore(older)
    assert second.process.storm == 0
