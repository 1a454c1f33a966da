"""Drift, first version: whole numbers from the chain, met to the last one.

RATE-013 on 5,072 funding records; then the liquidations of 2,265 accounts by the venue's own rules,
which are formulas of this file: this engine's ladder is another.
"""

from __future__ import annotations

import pytest

from longshore.engine.rates import spread_rate, twap_spread_subticks
from tests.proof.recorded import lines

RATIO = 10_000
PARTIAL_BELOW, FULL_BELOW = 625, 500
"""Margin ratios in 1 / 10,000: at most 6.25 % is liquidated in part, at most 5 % in full."""
MARKETS_MOST = 4
"""A partial liquidation closes a quarter of each position, each rounded down on its own."""

FUNDING = "funding_twap_drift_v1/markets_0_3.csv.gz"
LIQUIDATIONS = "liquidations_drift_v1/liquidations_part1.csv.gz"


def test_every_funding_rate_follows_from_its_averages():
    matched = total = cut_up = 0
    for line in lines(FUNDING):
        mark, oracle = int(line["mark_price_twap"]), int(line["oracle_price_twap"])
        published = int(line["funding_rate"])
        rate = spread_rate(twap_spread_subticks(mark, oracle, 0, 0), 10_000, 24)
        matched += rate == published
        cut_up += published != (mark - oracle) * 10_000 // 24
        total += 1
    print(f"funding records: {matched} of {total}; rounded down {cut_up} would differ")
    assert matched == total == 5_072
    assert cut_up > 1_000


def event(line):
    texts = {"time_utc", "user_id", "liquidator_id", "partial"}
    numbers = {name: int(value) for name, value in line.items() if name not in texts}
    return numbers | {"partial": line["partial"] == "True"}


def total_collateral(e):
    """Money and unrealised profit together, never below zero."""
    return max(0, e["collateral"] + e["unrealized_pnl"]) == e["total_collateral"]


def margin_ratio(e):
    """Collateral / value of the positions, rounded down."""
    return e["total_collateral"] * RATIO // e["base_asset_value"] == e["margin_ratio"]


def kind(e):
    """Partial above 5 % up to 6.25 %, full at 5 % and below."""
    assert e["margin_ratio"] <= PARTIAL_BELOW
    return e["partial"] == (e["margin_ratio"] > FULL_BELOW)


def closed(e):
    """A quarter, short of it by less than one unit a position; or all."""
    if not e["partial"]:
        return e["base_asset_value_closed"] == e["base_asset_value"]
    short = e["base_asset_value"] // 4 - e["base_asset_value_closed"]
    return 0 <= short < MARKETS_MOST


def fee(e):
    """2.5 % of the collateral, rounded down; or all of it."""
    partial = e["total_collateral"] * 25 // 1_000
    return e["liquidation_fee"] == (partial if e["partial"] else e["total_collateral"])


def split(e):
    """Half of it to the liquidator, of a full one a twentieth; the rest to the fund."""
    liquidator = e["liquidation_fee"] // (2 if e["partial"] else 20)
    rest = e["liquidation_fee"] - liquidator
    return (e["fee_to_liquidator"], e["fee_to_insurance_fund"]) == (liquidator, rest)


@pytest.mark.parametrize("rule", [total_collateral, margin_ratio, kind, closed, fee, split])
def test_every_liquidation_follows_the_rules(rule):
    events = [event(line) for line in lines(LIQUIDATIONS)]
    matched = sum(rule(e) for e in events)
    print(f"{rule.__name__}: {matched} of {len(events)}")
    assert matched == len(events) == 2_265


def test_most_partial_liquidations_close_a_quarter_to_the_unit():
    """The others have more than one position: 130 lack one unit, 12 two, 2 three."""
    partial = [e for e in map(event, lines(LIQUIDATIONS)) if e["partial"]]
    short = [e["base_asset_value"] // 4 - e["base_asset_value_closed"] for e in partial]
    assert [short.count(units) for units in range(MARKETS_MOST)] == [1_895, 130, 12, 2]
