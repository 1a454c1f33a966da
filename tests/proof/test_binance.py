"""Binance: the published eight-hour rate from a stand-in for its premium index.

RATE-003, RATE-005, RATE-006, RATE-008 and RATE-010. The venue's own premium index is not recorded,
so the closes of perpetual and spot stand in for it and the published rate is met nearly, not
exactly: near enough to tell growing weights from equal ones.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import quantiles
from typing import NamedTuple

import pytest

from longshore.engine.premiums import (
    mark_premium_e15,
    mean_premium_e18,
    weighted_carry,
    weighted_rest_e15,
)
from longshore.engine.rates import cap_of_margin_e18, interval_rate_e18
from longshore.engine.rows import Market
from tests.proof.recorded import lines, whole

BP = 10**14
THOUSANDTH_BP = BP // 1_000
FUNDING = "binance_funding_mark/BTCUSDT_funding_2019-09_2025-11.csv.gz"
INTEREST = 1 * BP
CAP = cap_of_margin_e18(750_000, 4_000)
"""0.75 of the lowest tier's maintenance margin, 0.4 %."""


class Window(NamedTuple):
    """Bars of a perpetual and of spot, and how far off they tell the rate: thousandths of a bp."""

    perpetual: str
    spot: str
    minutes: int
    before: str
    intervals: int
    mean: int
    most: int  # 95 % of the intervals are nearer
    equal_mean: int
    guess_mean: int


WINDOWS = [
    Window(
        "binance_perp_BTCUSDT_5m_2025-01-01_2025-11-15",
        "binance_spot_BTCUSDT_5m_2025-01-01_2025-11-15",
        5, "2025-11-16", 956, 103, 300, 130, 528,
    ),
    Window(
        "binance_perp_BTCUSDT_1m_2025-05-20_2025-06-02",
        "binance_spot_BTCUSDT_1m_2025-05-20_2025-06-02",
        1, "2025-06-03", 41, 96, 218, 128, 418,
    ),
    Window(
        "binance_perp_BTCUSDT_5m_2022-06-01_2022-11-24",
        "binance_spot_BTCUSDT_5m_2022-08-01_2022-11-30",
        5, "2022-11-25", 347, 205, 618, 229, 760,
    ),
]  # fmt: skip

TERMS = Market(
    interest_e18=INTEREST, damper_low_e18=5 * BP, damper_high_e18=5 * BP, rate_share_ppm=10**6,
    rate_floor_e18=-CAP, rate_cap_e18=CAP, rate_change_e18=2 * 10**18,
)  # fmt: skip


def published():
    return [
        (line["funding_time_utc"][:19], whole(line["funding_rate"], 18)) for line in lines(FUNDING)
    ]


def closes(name):
    return {
        line["time_utc"][:19]: whole(line["close"], 10)
        for line in lines(f"ohlcv_crash/{name}.csv.gz")
    }


def samples(window):
    """The stand-in for the premium by time: close above spot."""
    spot = closes(window.spot)
    return {
        time: mark_premium_e15(close, spot[time])
        for time, close in closes(window.perpetual).items()
        if time in spot
    }


def values_before(time, minutes, by_time):
    """The samples of the eight hours before a time, oldest first; none if one is missing."""
    end, values = datetime.fromisoformat(time), []
    for back in range(minutes, 8 * 60 + 1, minutes):
        value = by_time.get((end - timedelta(minutes=back)).isoformat())
        if value is None:
            return []
        values.append(value)
    return values[::-1]


def rate(values, weights):
    total = rest = 0
    for value, weight in zip(values, weights, strict=True):
        total += weighted_carry(rest, value, weight)
        rest = weighted_rest_e15(rest, value, weight)
    return interval_rate_e18(mean_premium_e18(total, rest, sum(weights)), 0, TERMS)


def mean(errors):
    return round(sum(errors) / len(errors) / THOUSANDTH_BP)


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: window.perpetual[-21:])
def test_the_rate_is_met_with_growing_weights_and_less_well_with_equal_ones(window):
    by_time = samples(window)
    growing, equal, guessed = [], [], []
    for time, truth in published():
        values = values_before(time, window.minutes, by_time)
        if values and time < window.before:
            growing.append(abs(rate(values, range(1, len(values) + 1)) - truth))
            equal.append(abs(rate(values, [1] * len(values)) - truth))
            guessed.append(abs(INTEREST - truth))
    print(f"{len(growing)} intervals: {mean(growing)}, {mean(equal)}, {mean(guessed)} / 1,000 bp")
    assert len(growing) == window.intervals
    assert mean(growing) == window.mean < window.equal_mean == mean(equal)
    assert mean(guessed) == window.guess_mean
    assert mean([quantiles(growing, n=20, method="inclusive")[-1]]) == window.most


def test_no_rate_is_beyond_the_cap_and_some_are_at_it():
    """0.75 of 0.4 %: reached from above in February 2020, from below on 13 March."""
    rates = [rate for _, rate in published()]
    assert len(rates) == 6_776
    assert (min(rates), max(rates)) == (-CAP, CAP)
