"""The synthetic market: plausible, seeded, whole numbers."""

from __future__ import annotations

from itertools import pairwise
from math import isqrt

from longshore.engine.state import State
from longshore.world.feeds.process import (
    DAY_US,
    E12,
    HOUR_US,
    HOURS_PPM,
    YEAR_US,
    Process,
    exp_ppm,
    hour_ppm,
)
from longshore.world.feeds.sim import DEFAULTS, SimFeed, default_assets

START_US = 1_790_000_000_000_000
IDS = {"USD": 1, "XBT": 2, "ETH": 3, "SOL": 4, "DOGE": 5}
ASSETS = default_assets(IDS)


def feed(seed: int = 1, interval_us: int = 500_000) -> SimFeed:
    return SimFeed(ASSETS, seed=seed, start_us=START_US, interval_us=interval_us)


def published(source: SimFeed, count: int) -> list[list[int]]:
    return [
        [c.price_subticks for c in source.act(source.next_due_us(), State())] for _ in range(count)
    ]


def returns(steps: int, span_us: int, seed: int) -> list[list[int]]:
    """Returns at 10**-12, one list an asset."""
    process = Process(ASSETS, seed)
    paths = [list(process.prices_subticks)]
    for i in range(1, steps + 1):
        process.advance(i * span_us, span_us)
        paths.append(list(process.prices_subticks))
    return [
        [(b - a) * E12 // a for a, b in pairwise(prices)] for prices in zip(*paths, strict=True)
    ]


def test_first_publication_is_the_first_price_and_names_every_asset() -> None:
    commands = feed().act(START_US, State())
    assert [c.asset_id for c in commands] == [2, 3, 4, 5]
    assert [c.price_subticks for c in commands] == [first for first, _, _ in DEFAULTS.values()]
    assert all(c.sources > 1 for c in commands)


def test_same_seed_same_prices_other_seed_others() -> None:
    assert published(feed(), 50) == published(feed(), 50)
    assert published(feed(), 50) != published(feed(seed=2), 50)


def test_a_restored_feed_goes_on() -> None:
    first = feed()
    published(first, 30)
    second = feed()
    second.restore(first.state())
    assert published(second, 30) == published(first, 30)


def test_volatility_of_a_year_is_what_it_says() -> None:
    """Bitcoin near 50 % a year over many days, the others above it in their order."""
    made = returns(6_000, HOUR_US, seed=3)
    yearly_ppm = [
        isqrt(sum(r * r for r in one) // len(one) * (YEAR_US // HOUR_US)) // 1_000_000
        for one in made
    ]
    assert 380_000 < yearly_ppm[0] < 700_000
    assert yearly_ppm[0] < yearly_ppm[1] < yearly_ppm[2]


def test_assets_move_together() -> None:
    made = returns(6_000, HOUR_US, seed=3)
    for other in made[1:]:
        together = sum(a * b for a, b in zip(made[0], other, strict=True))
        sizes = isqrt(sum(a * a for a in made[0])) * isqrt(sum(b * b for b in other))
        assert 40 < together * 100 // sizes < 95


def test_volatility_changes_and_clusters() -> None:
    """Large hours follow large hours: sizes of returns go together over a quarter of a day."""
    sizes = [abs(r) for r in returns(6_000, HOUR_US, seed=4)[0]]
    mean = sum(sizes) // len(sizes)
    apart = [s - mean for s in sizes]
    lagged = sum(a * b for a, b in zip(apart, apart[6:], strict=False))
    assert lagged * 100 // sum(a * a for a in apart) >= 3


def test_there_are_jumps() -> None:
    """Now and then one short step is many times the usual one."""
    sizes = sorted(abs(r) for r in returns(40_000, 5_000_000, seed=5)[0])
    assert sizes[-1] > 15 * sizes[len(sizes) * 2 // 3]


def test_hours_of_the_day_meet_and_average_to_one() -> None:
    assert hour_ppm(0) == HOURS_PPM[0] == hour_ppm(DAY_US)
    assert abs(hour_ppm(14 * HOUR_US - 1) - hour_ppm(14 * HOUR_US)) < 10
    square = sum(h * h for h in HOURS_PPM) // 24
    assert 950_000**2 < square < 1_080_000**2


def test_exponential() -> None:
    assert exp_ppm(0) == 1_000_000
    assert abs(exp_ppm(1_000_000_000) - 2_718_281) < 30_000
    assert abs(exp_ppm(-1_000_000_000) - 367_879) < 4_000
    assert exp_ppm(9_000_000_000) == exp_ppm(2_000_000_000)
