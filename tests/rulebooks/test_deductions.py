"""Deductions of margin tiers, as venues print them beside their tables."""

from __future__ import annotations

import pytest

from longshore import calc, rulebooks
from longshore.rulebooks.report import deductions

TABLES = [
    (
        "binance_usdm",  # BN3, 2024-10-24
        "perpetuals.BTCUSDT",
        [50, 950, 11_450, 131_450, 481_450, 2_981_450, 14_481_450, 26_481_450, 41_481_450],
    ),
    (
        "bybit_linear",  # BY2
        "perpetuals.BTCUSDT",
        [1_200, 3_020, 4_300, 5_820, 8_460, 15_460, 20_500, 46_000, 66_000, 80_000, 160_000],
    ),
    ("hyperliquid", "perpetuals.BTC", [1_875_000]),  # HL3: half of 150 million * (5 - 2.5) %
]


@pytest.mark.parametrize(("name", "market", "printed"), TABLES)
def test_the_printed_deductions_come_out(name, market, printed):
    """MRGN-001"""
    found = deductions(rulebooks.load(name).terms)
    assert [found[f"{market}.tiers.{n}"] for n in range(1, len(printed) + 1)] == printed


def test_a_deduction_is_what_the_calculator_says():
    """MRGN-001: of 200 million dollars on Hyperliquid."""
    found = deductions(rulebooks.load("hyperliquid").terms)["perpetuals.BTC.tiers.1"]
    asked = calc.margin(symbol="BTC", qty=2_000, price=100_000, rulebook="hyperliquid")
    assert asked.deduction == found


def test_where_a_rate_is_for_the_whole_there_is_none():
    """MRGN-001"""
    assert deductions(rulebooks.load("okx_swap").terms) == {}
