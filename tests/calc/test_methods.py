"""Margin methods as venues publish them, asked of the engine by the calculators."""

from __future__ import annotations

from decimal import Decimal

import pytest

from longshore import calc

D = Decimal
MID_CAP = calc.Contract(
    lot="0.001",
    base="ETH",
    margin_on="mark",
    tiers=(calc.Tier(D(0), D("0.05"), D("0.03")),),
    open_interest=("40000000", "100000000"),
)
"""dYdX genesis, a mid-cap market: 5 %, maintenance 60 % of it, 40 and 100 million (DY1)."""
XBTUSD = calc.Contract(
    kind="inverse",
    lot=1,
    tick="0.5",
    tiers=(calc.Tier(D(0), D("0.01"), D("0.005")),),
    risk_limit=(200, 150),
)
"""BitMEX since 31 August 2021 (BM3): 200 XBT and steps of 150."""
INTX = calc.Contract(
    lot="0.0001",
    base="XBT",
    settle="USD",
    root="0.02",
    tiers=(calc.Tier(D(0), D("0.2"), D("0.133334")),),
)
"""Coinbase International (CB1): IM = max(BIM, RP * sqrt(CoH)), MM two thirds, BIM 20 %."""


@pytest.mark.parametrize(
    ("open_interest", "rate"),
    [(0, "0.05"), (20_000, "0.05"), (35_000, "0.525"), (50_000, "1"), (80_000, "1")],
)
def test_dydx_scales_initial_margin_by_open_interest(open_interest, rate):
    """MRGN-015, DY1: min(base + max((1 - base) * scale, 0), 1); maintenance of the unscaled."""
    at = calc.Standing(open_interest=open_interest)
    found = calc.margin(symbol=MID_CAP, qty=10, price=2_000, at=at)
    assert (found.initial_rate, found.maintenance_rate) == (D(rate), D("0.03"))
    assert (found.initial, found.maintenance) == (20_000 * D(rate), 600)


@pytest.mark.parametrize(
    ("limit", "maintenance", "initial"),
    [
        (None, "0.005", "0.01"),
        (200, "0.005", "0.01"),
        (350, "0.01", "0.015"),
        (500, "0.015", "0.02"),
        (650, "0.02", "0.025"),
    ],
)
def test_bitmex_risk_limits_add_the_base_to_both_rates(limit, maintenance, initial):
    """MRGN-017, BM3: 0.5 / 1 %, 1 / 1.5, 1.5 / 2, 2 / 2.5."""
    at = calc.Standing(risk_limit=limit)
    found = calc.margin(symbol=XBTUSD, qty=1_000_000, price=10_000, at=at)
    assert found.unit == "XBT"
    assert (found.initial, found.maintenance) == (100 * D(initial), 100 * D(maintenance))
    assert (found.initial_rate, found.maintenance_rate) == (D(initial), D(maintenance))


@pytest.mark.parametrize(("qty", "rate"), [(1, "0.2"), (100, "0.2"), (400, "0.4"), (2_500, "1")])
def test_intx_margin_grows_with_the_root_of_the_size(qty, rate):
    """MRGN-016, CB1: 2 % a root of a coin: 100 coins are at the base rate, 400 at twice it."""
    found = calc.margin(symbol=INTX, qty=qty, price=100)
    assert found.initial == qty * 100 * D(rate)
    assert abs(found.maintenance - found.initial * 2 / 3) <= qty * D("0.001")


@pytest.mark.parametrize(
    ("symbol", "qty", "initial", "maintenance", "deduction"),
    [
        ("BTC", 1_000, "2500000", "1250000", 0),  # 100 million: 40x, half of it
        ("BTC", 2_000, "6250000", "3125000", 1_875_000),  # 150 at 40x, 50 at 20x
    ],
)
def test_hyperliquid_keeps_half_of_the_margin_at_the_tiers_leverage(
    symbol, qty, initial, maintenance, deduction
):
    """MRGN-001, HL3: continuous at 150 million: 150 million * (1/40 - 1/80)."""
    found = calc.margin(symbol=symbol, qty=qty, price=100_000, rulebook="hyperliquid")
    assert (found.initial, found.maintenance) == (D(initial), D(maintenance))
    assert found.deduction == deduction
    assert found.maintenance == found.notional * found.maintenance_rate - found.deduction


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"root": "1.5"}, "between 0 and 1"),
        ({"root": "-1"}, "between 0 and 1"),
        ({"open_interest": (5, 5)}, "an upper one above it"),
        ({"open_interest": (-1, 5)}, "an upper one above it"),
        ({"risk_limit": (0, 5)}, "risk_limit must be above zero"),
        ({"risk_limit": (5, 5), "margin_on": "mark"}, 'goes with margin_on "entry"'),
    ],
)
def test_methods_that_make_no_sense_are_refused(changes, message):
    """MRGN-015, MRGN-016, MRGN-017"""
    given = {"lot": 1, "tiers": (calc.Tier(D(0), D("0.1"), D("0.05")),), **changes}
    with pytest.raises(ValueError, match=message):
        calc.margin(symbol=calc.Contract(**given), qty=1, price=10)


@pytest.mark.parametrize(
    ("at", "message"),
    [
        (calc.Standing(risk_limit=0), "above zero"),
        (calc.Standing(risk_limit=10), "has no risk limits"),
        (calc.Standing(open_interest=-1), "not below zero"),
        (calc.Standing(open_interest="much"), "is no number"),
    ],
)
def test_what_stands_beside_the_position_is_checked(at, message):
    """MRGN-015, MRGN-017"""
    with pytest.raises(ValueError, match=message):
        calc.margin(symbol="PF_XBTUSD", qty=1, price=84_000, at=at)
    with pytest.raises(ValueError, match="more than 100 %"):
        calc.margin(symbol=XBTUSD, qty=1, price=84_000, at=calc.Standing(risk_limit=1_000_000))
