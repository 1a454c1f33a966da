"""A world is born with a past that joins up with its first price."""

from __future__ import annotations

from itertools import pairwise

import pytest

from longshore.engine.codes import MarketKind
from longshore.engine.rows import Market
from longshore.world.feeds.candles import Candle
from longshore.world.feeds.process import DAY_US, HOUR_US
from longshore.world.feeds.recording import load
from longshore.world.feeds.sim import default_assets
from longshore.world.past import MarketPast, replay_past, sim_past

START_US = 1_790_012_345_678_901
USD = 10**10
PERP = Market(
    atom_parts=10**6,
    market_id=1,
    kind=MarketKind.LINEAR_PERPETUAL,
    funding_interval_us=3_600_000_000,
    base_asset_id=2,
    tick_subticks=USD,
    value_divisor=10**6,
    rate_interval_us=8 * HOUR_US,
    rate_floor_e18=-4 * 10**16,
    rate_cap_e18=4 * 10**16,
    rate_share_ppm=10**6,
    rate_change_e18=2 * 10**18,
)
SPOT = Market(
    market_id=5,
    kind=MarketKind.SPOT,
    base_asset_id=2,
    tick_subticks=USD // 10,
    value_divisor=10**9,
    lot_base_atoms=10,
)
ASSETS = default_assets({"XBT": 2, "ETH": 3})


@pytest.fixture(scope="module")
def past() -> dict[int, MarketPast]:
    return sim_past(ASSETS, [PERP, SPOT], seed=1, start_us=START_US)


def kinds(one: MarketPast) -> list[dict[int, list[Candle]]]:
    return [one.trade, one.mark, one.index]


def test_ninety_days_thirty_by_hour_one_by_the_minute(past: dict[int, MarketPast]) -> None:
    for candles in kinds(past[1]):
        assert len(candles[86_400]) == 91  # and the unfinished day
        assert len(candles[3_600]) >= 30 * 24
        assert len(candles[60]) >= 24 * 60
        for interval_s, some in candles.items():
            starts = [c.start_us for c in some]
            assert starts[0] % (interval_s * 1_000_000) == 0
            assert {b - a for a, b in pairwise(starts)} == {interval_s * 1_000_000}
            assert starts[-1] < START_US <= starts[-1] + 2 * interval_s * 1_000_000


def test_it_ends_at_the_first_price(past: dict[int, MarketPast]) -> None:
    for candles in kinds(past[1]) + kinds(past[5]):
        for some in candles.values():
            assert abs(some[-1].close_subticks - ASSETS[0].price_subticks) <= USD


def test_candles_join_and_hold_their_ends(past: dict[int, MarketPast]) -> None:
    for candles in kinds(past[1]):
        for some in candles.values():
            for before, after in pairwise(some):
                assert abs(after.open_subticks - before.close_subticks) <= USD
            for c in some:
                assert c.low_subticks <= min(c.open_subticks, c.close_subticks)
                assert c.high_subticks >= max(c.open_subticks, c.close_subticks)


def test_hours_are_made_of_their_minutes(past: dict[int, MarketPast]) -> None:
    trade = past[1].trade
    hour = trade[3_600][-3]
    inside = [c for c in trade[60] if hour.start_us <= c.start_us < hour.start_us + 3_600_000_000]
    assert len(inside) == 60
    assert hour.high_subticks == max(c.high_subticks for c in inside)
    assert hour.volume_lots == sum(c.volume_lots for c in inside) > 0


def test_trades_and_funding(past: dict[int, MarketPast]) -> None:
    """Trades lie inside their minutes' candles; funding has both signs' room and obeys its cap."""
    trades = past[1].trades
    assert len(trades) >= 50
    assert trades == sorted(trades, key=lambda t: t.time_us)
    assert trades[-1].time_us < START_US
    bars = {c.start_us: c for c in past[1].trade[60]}
    for trade in trades:
        bar = bars[trade.time_us - trade.time_us % 60_000_000]
        assert bar.low_subticks <= trade.price_ticks * USD <= bar.high_subticks
    assert len(past[1].funding) == len(past[1].trade[3_600])
    assert len({f.rate_e18 for f in past[1].funding}) > 100
    assert all(abs(f.rate_e18) <= PERP.rate_cap_e18 // 8 for f in past[1].funding)
    first = past[1].funding[0]
    assert first.lot_parts == first.index_subticks * first.rate_e18 // 10**6 // 10**12
    assert past[5].funding == []


@pytest.mark.parametrize("since_hour_us", [0, 1, 2_745_678_901])
def test_the_rate_in_force_at_the_start_is_the_markets_own(since_hour_us: int) -> None:
    """FUND-002, FUND-003: a market without a sample has a rate of zero; its past ends with it."""
    hour_us = START_US - START_US % HOUR_US
    start_us = hour_us + since_hour_us
    one = sim_past(ASSETS, [PERP], seed=1, start_us=start_us)[1]
    newest = one.funding[-1]
    assert (newest.start_us, newest.rate_e18, newest.lot_parts) == (hour_us, 0, 0)
    assert one.funding[-2].start_us == hour_us - HOUR_US
    assert one.funding[-2].rate_e18 != 0
    measured = [
        (index, mark)
        for index, mark in zip(one.index[60], one.mark[60], strict=True)
        if hour_us - HOUR_US <= index.start_us < hour_us
    ]
    assert len(measured) == 60
    assert all(index.open_subticks == mark.open_subticks for index, mark in measured)


def test_same_seed_same_past() -> None:
    once = sim_past(ASSETS, [PERP], seed=4, start_us=START_US)
    assert once == sim_past(ASSETS, [PERP], seed=4, start_us=START_US)
    assert once != sim_past(ASSETS, [PERP], seed=5, start_us=START_US)


def test_a_replay_shows_the_recorded_bars_before_its_start() -> None:
    recorded = load("xbtusd-2020-03")
    start_us = recorded.start_us + 11 * DAY_US
    one = replay_past(recorded, [PERP], start_us)[1]
    assert [len(one.trade[s]) for s in (60, 3_600, 86_400)] == [1_440, 264, 11]
    last = recorded.bars[11 * 1_440 - 1]
    candle = one.trade[60][-1]
    assert candle.start_us == start_us - 60_000_000
    assert (candle.open_subticks, candle.close_subticks) == (
        last.open_subticks,
        last.close_subticks,
    )
    assert candle.volume_lots == last.base_atoms // 10_000  # a lot is 0.0001 BTC
    assert one.trades == [] == one.funding
