"""Hyperliquid: the published rate from the published premium, the premium from its prices.

RATE-002, RATE-008, RATE-011 and RATE-012 on recordings.
"""

from __future__ import annotations

import pytest

from longshore.engine.premiums import impact_premium_e15
from longshore.engine.rates import interval_rate_e18, mul_div_nearest, paid_rate_e18
from longshore.engine.rows import Market
from tests.proof.recorded import lines, whole

BP = 10**14
HOUR, EIGHT_HOURS = 1, 8
HALF_A_DIGIT_E18 = 10**8 // 2
"""Rates and premiums are published with ten decimals."""


def terms(damper_e18):
    return Market(
        interest_e18=1 * BP, damper_low_e18=damper_e18, damper_high_e18=damper_e18,
        rate_share_ppm=10**6, rate_floor_e18=-3_200 * BP, rate_cap_e18=3_200 * BP,
        rate_change_e18=2 * 10**18,
    )  # fmt: skip


def hours():
    for coin in ("BTC", "ETH"):
        for line in lines(f"funding_premium_hyperliquid/{coin}_2024-01_2025-06.csv.gz"):
            yield whole(line["premium"], 18), whole(line["funding_rate"], 18)


def matches(row, premium, published):
    rate = paid_rate_e18(interval_rate_e18(premium, 0, row), HOUR, EIGHT_HOURS)
    return abs(rate - published) <= HALF_A_DIGIT_E18


def test_every_hourly_rate_follows_from_its_premium():
    recorded = list(hours())
    matched = sum(matches(terms(5 * BP), *hour) for hour in recorded)
    print(f"hourly rates: {matched} of {len(recorded)}")
    assert matched == len(recorded) == 18_336


@pytest.mark.parametrize("damper_bp", [4, 6])
def test_another_damper_would_be_seen(damper_bp):
    recorded = list(hours())
    assert sum(matches(terms(damper_bp * BP), *hour) for hour in recorded) < len(recorded) * 2 // 3


def test_every_premium_follows_from_its_impact_prices():
    """To the last published digit."""
    matched = total = 0
    for line in lines("premium_impact_hyperliquid/snapshot_main_dex.csv.gz"):
        if line["impact_bid_px"]:
            names = ("impact_bid_px", "impact_ask_px", "oracle_px")
            bid, ask, oracle = (whole(line[name], 10) for name in names)
            premium = impact_premium_e15(bid, ask, oracle, oracle)
            matched += mul_div_nearest(premium, 1, 10**5) == whole(line["premium"], 10)
            total += 1
    print(f"premiums: {matched} of {total}")
    assert matched == total == 179
