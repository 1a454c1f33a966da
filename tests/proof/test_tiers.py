"""Deduction tables of Binance and Bybit are margin by tiers in closed form.

cum_n = cum_(n-1) + floor_n * (rate_n - rate_(n-1)); maintenance = notional * rate_n - cum_n.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from longshore import calc
from tests.calc import printed

BINANCE_BTC = [
    (50_000, "0.004", 0), (600_000, "0.005", 50), (3_000_000, "0.0065", 950),
    (12_000_000, "0.01", 11_450), (70_000_000, "0.02", 131_450), (100_000_000, "0.025", 481_450),
    (230_000_000, "0.05", 2_981_450), (480_000_000, "0.1", 14_481_450),
    (600_000_000, "0.125", 26_481_450), (800_000_000, "0.15", 41_481_450),
    (1_200_000_000, "0.25", 121_481_450), (1_800_000_000, "0.5", 421_481_450),
]  # fmt: skip
BINANCE_ETH = [
    (50_000, "0.004", 0), (600_000, "0.005", 50), (3_000_000, "0.0065", 950),
    (12_000_000, "0.01", 11_450), (50_000_000, "0.02", 131_450), (65_000_000, "0.025", 381_450),
    (150_000_000, "0.05", 2_006_450), (320_000_000, "0.1", 9_506_450),
    (400_000_000, "0.125", 17_506_450), (530_000_000, "0.15", 27_506_450),
    (800_000_000, "0.25", 80_506_450), (1_200_000_000, "0.5", 280_506_450),
]  # fmt: skip
BYBIT_BTC = [
    (2_000_000, "0.005", 0), (2_600_000, "0.0056", 1_200), (3_200_000, "0.0063", 3_020),
    (3_800_000, "0.0067", 4_300), (4_400_000, "0.0071", 5_820), (5_000_000, "0.0077", 8_460),
    (5_600_000, "0.0091", 15_460), (8_500_000, "0.01", 20_500), (10_000_000, "0.013", 46_000),
    (14_000_000, "0.015", 66_000), (20_000_000, "0.016", 80_000), (28_000_000, "0.02", 160_000),
    (38_000_000, "0.025", 300_000), (50_000_000, "0.029", 452_000), (55_000_000, "0.03", 502_000),
]  # fmt: skip
TABLES = {"binance BTC": BINANCE_BTC, "binance ETH": BINANCE_ETH, "bybit BTC": BYBIT_BTC}
"""Rows: notional up to, maintenance rate, deduction, as published."""
each_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


def floors(table):
    return [0, *(top for top, _, _ in table[:-1])]


def deductions(table):
    """Recomputed from the brackets alone."""
    found, rate_before = [Decimal(0)], Decimal(table[0][1])
    for floor, (_, rate, _) in list(zip(floors(table), table, strict=True))[1:]:
        found.append(found[-1] + floor * (Decimal(rate) - rate_before))
        rate_before = Decimal(rate)
    return found


def tiers(table):
    return [
        calc.Tier(Decimal(floor), Decimal(1), Decimal(rate))
        for floor, (_, rate, _) in zip(floors(table), table, strict=True)
    ]


@each_table
def test_deductions_follow_from_the_brackets(table):
    published = [cum for _, _, cum in table]
    matched = sum(ours == cum for ours, cum in zip(deductions(table), published, strict=True))
    assert matched == len(table) in {12, 15}


@each_table
def test_margin_by_tiers_is_rate_times_notional_less_the_deduction(table):
    matched = total = 0
    for floor, (top, rate, cum) in zip(floors(table), table, strict=True):
        for notional in (floor, floor + 1, (floor + top) // 2, top):
            kept = printed.margin(notional, tiers(table)).maintenance
            matched += kept == notional * Decimal(rate) - cum
            total += 1
    assert matched == total == 4 * len(table)
