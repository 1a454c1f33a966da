"""The replay of March 2020: recorded prices, a seeded path inside the minute."""

from __future__ import annotations

import pytest

from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.limits import TIME_MAX_US
from longshore.engine.state import State
from longshore.world.feeds.recording import MINUTE_US, Bar, load
from longshore.world.feeds.replay import ReplayFeed, bar_path

NAME = "xbtusd-2020-03"
USD = 10**10
XBT = 2
MARCH_13_US = 1_584_057_600_000_000


def feed(start_us: int, seed: int = 1, interval_us: int = 5_000_000) -> ReplayFeed:
    return ReplayFeed(load(NAME), XBT, seed=seed, start_us=start_us, interval_us=interval_us)


def published(source: ReplayFeed, count: int) -> list[tuple[int, int]]:
    made = []
    for _ in range(count):
        (command,) = source.act(source.next_due_us(), State())
        assert (command.kind, command.origin) == (CommandKind.PUBLISH_INDEX, Origin.FEED)
        assert (command.asset_id, command.sources) == (XBT, 1)
        made.append((command.time_us, command.price_subticks))
    return made


def test_the_recording_is_whole() -> None:
    """22 days of minutes; the crash's low; what the shipped README says of it."""
    recorded = load(NAME)
    assert len(recorded.bars) == 22 * 1_440
    lowest = min(range(len(recorded.bars)), key=lambda i: recorded.bars[i].low_subticks)
    assert recorded.bars[lowest].low_subticks == 3_596 * USD
    assert recorded.start_us + lowest * MINUTE_US == MARCH_13_US + 135 * MINUTE_US
    assert recorded.opens_clamped == 866
    assert "866" in recorded.note
    assert sum(bar.trades == 0 for bar in recorded.bars) == 17


def test_every_bar_is_consistent() -> None:
    for bar in load(NAME).bars:
        assert bar.low_subticks <= bar.open_subticks <= bar.high_subticks
        assert bar.low_subticks <= bar.close_subticks <= bar.high_subticks


@pytest.mark.parametrize("points", [4, 5, 12, 60])
def test_a_path_touches_open_high_low_and_close_and_nothing_outside(points: int) -> None:
    bars = load(NAME).bars[17_200:17_500]
    for at, bar in enumerate(bars):
        path = bar_path(bar, points, key=99, step=at * 1_024)
        assert len(path) == points
        assert (path[0], path[-1]) == (bar.open_subticks, bar.close_subticks)
        assert (max(path), min(path)) == (bar.high_subticks, bar.low_subticks)


def test_high_and_low_come_in_either_order() -> None:
    bar = Bar(100, 200, 50, 150, 0, 1)
    high_first = 0
    for seed in range(400):
        path = bar_path(bar, 12, key=seed, step=0)
        high_first += path.index(200) < path.index(50)
    assert 60 < high_first < 140  # a rising minute goes down first three times out of four


def test_a_minute_without_trades_repeats_the_price() -> None:
    halted = load(NAME).start_us + 17_421 * MINUTE_US
    prices = {price for _, price in published(feed(halted), 12)}
    assert prices == {load(NAME).bars[17_420].close_subticks}


def test_a_price_every_interval_from_the_start() -> None:
    times = [time_us for time_us, _ in published(feed(MARCH_13_US), 24)]
    assert times == [MARCH_13_US + i * 5_000_000 for i in range(24)]


def test_the_path_is_the_seeds_whenever_it_begins() -> None:
    """A replay begun in the middle of a minute goes the way of one begun before."""
    whole = published(feed(MARCH_13_US), 24)
    later = published(feed(MARCH_13_US + 17_000_000), 20)
    assert later == whole[4:]
    assert published(feed(MARCH_13_US, seed=2), 24) != whole


def test_a_restored_feed_goes_on() -> None:
    first = feed(MARCH_13_US)
    published(first, 7)
    second = feed(MARCH_13_US)
    second.restore(first.state())
    assert published(second, 20) == published(first, 20)


def test_it_ends_with_the_recording() -> None:
    last = feed(load(NAME).end_us - 5_000_000)
    published(last, 1)
    assert last.next_due_us() == TIME_MAX_US


@pytest.mark.parametrize("interval_us", [7_000_000, 20_000_000, 50_000])
def test_an_interval_that_cannot_share_out_a_minute_is_refused(interval_us: int) -> None:
    with pytest.raises(ValueError, match="interval"):
        feed(MARCH_13_US, interval_us=interval_us)


def test_a_start_outside_the_recording_is_refused() -> None:
    with pytest.raises(ValueError, match="does not hold"):
        feed(load(NAME).end_us)


def test_an_unknown_recording_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ValueError, match=NAME):
        load("xbtusd-2013")
