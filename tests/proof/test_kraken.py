"""Kraken: a year of hourly rates to the last of 18 digits, and the recorded margin tiers.

RATE-006, RATE-011 and RATE-012 on recordings.
"""

from __future__ import annotations

import gzip
import json
from fractions import Fraction

from longshore.engine.premiums import mean_premium_e18
from longshore.engine.rates import mul_div_toward_zero, paid_rate_e18
from tests.proof.recorded import lines, recording, whole

SECONDS = 3_600
DIVISOR = 8
SAMPLE_E18 = 10**10
"""Premiums are sampled with eight decimals."""
INSTRUMENTS = "kraken_ws_recordings/kraken_futures_rest_instruments_2021-07-22.json.gz"


def rates():
    for line in lines("multi_venue_2025_2026/BTC_perp_funding.csv.gz"):
        if line["venue"] == "kraken":
            yield whole(line["funding_rate"], 18)


def nearest_sum(rate, seconds):
    """The sum of eight-decimal samples that comes nearest to a rate."""
    return round(Fraction(rate * DIVISOR * seconds, SAMPLE_E18))


def mean_e18(total, seconds):
    """By the rule: the sum in units and 10**-15."""
    return mean_premium_e18(*divmod(total * 10**7, 10**15), seconds)


def is_mean_of(rate, seconds):
    """Whether a rate is the mean of so many samples / 8, to its last digit.

    Such means lie 10**10 / (8 * seconds) apart, so a number hits one by chance in 3 of a million.
    """
    mean = mean_e18(nearest_sum(rate, seconds), seconds)
    return paid_rate_e18(mean, 1, DIVISOR) == rate


def test_every_hour_is_a_mean_of_samples_rounded_to_the_nearest():
    recorded = list(rates())
    full = [is_mean_of(rate, SECONDS) for rate in recorded]
    rest = [rate for rate, seen in zip(recorded, full, strict=True) if not seen]
    short = [any(is_mean_of(rate, s) for s in range(SECONDS - 1, 0, -1)) for rate in rest]
    print(f"whole hours: {sum(full)}, shorter ones: {sum(short)}, of {len(recorded)}")
    assert (sum(full), sum(short)) == (8_658, 69)
    assert sum(full) + sum(short) == len(recorded) == 8_727


def test_cut_toward_zero_only_half_of_them_would_agree():
    recorded = list(rates())
    means = [mean_e18(nearest_sum(rate, SECONDS), SECONDS) for rate in recorded]
    cut = [mul_div_toward_zero(mean, 1, DIVISOR) for mean in means]
    agreeing = sum(ours == rate for ours, rate in zip(cut, recorded, strict=True))
    print(f"cut toward zero: {agreeing} of {len(recorded)}")
    assert agreeing == 4_802


def instruments():
    with gzip.open(recording(INSTRUMENTS), "rt", encoding="utf-8") as file:
        return json.load(file)["instruments"]


def tables():
    for instrument in instruments():
        for name in ("marginLevels", "retailMarginLevels"):
            if name in instrument:
                yield instrument["symbol"], instrument[name]


def exact(levels, name):
    return [Fraction(str(level[name])) for level in levels]


def test_margin_levels_ascend_and_maintenance_is_half_of_initial():
    matched = total = 0
    for symbol, levels in tables():
        starts = exact(levels, "contracts")
        initial, maintenance = exact(levels, "initialMargin"), exact(levels, "maintenanceMargin")
        assert starts[0] == 0, symbol
        assert sorted(set(starts)) == starts, symbol
        assert sorted(initial) == initial, symbol
        matched += sum(2 * mm == im for im, mm in zip(initial, maintenance, strict=True))
        total += len(levels)
    print(f"levels: {matched} of {total}")
    assert matched == total == 112


def test_every_perpetual_pays_an_eighth_an_hour():
    perpetuals = [i for i in instruments() if i["symbol"].startswith("pi_")]
    stated = {(i["fundingRateCoefficient"], i["maxRelativeFundingRate"]) for i in perpetuals}
    assert len(perpetuals) == 5
    assert stated == {(DIVISOR, 0.001)}
