"""The settlement window: the index before expiry, sampled, and what it makes of the mark.

A sum of samples does not fit one word (1,800 prices of 10**18), so it is kept whole in two: units
of 10**9 sub-ticks, and a rest below one unit. No digit is lost before the one division.
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.rows import Market
from longshore.engine.units import mul_div_floor

SUM_UNIT = 10**9


@rule
def add_window_sample(market: Market, index_subticks: I64) -> None:
    """One more sample of the index.   LIFE-002"""
    rest = market.settle_rest + index_subticks % SUM_UNIT
    market.settle_whole += index_subticks // SUM_UNIT + rest // SUM_UNIT
    market.settle_rest = rest % SUM_UNIT
    market.settle_count += 1


@rule
def settlement_mean_subticks(market: Market) -> I64:
    """The mean of the samples, rounded down; at least one is there.   LIFE-002

    (whole * 10**9 + rest) / count: what the first division leaves is below the count, so that with
    the rest it is within 10**9 * (count + 1) <= 1.1e15.
    """
    left = market.settle_whole % market.settle_count
    part = (left * SUM_UNIT + market.settle_rest) // market.settle_count
    return market.settle_whole // market.settle_count * SUM_UNIT + part


@rule
def mark_in_window(market: Market, mark_subticks: I64) -> I64:
    """The mark on its way to the settlement price; outside a window as it is.   LIFE-003

    mark + (mean - mark) * taken / (taken + still to come), rounded down.
    """
    taken = market.settle_count
    if taken == 0:
        return mark_subticks
    away = settlement_mean_subticks(market) - mark_subticks
    return mark_subticks + mul_div_floor(away, taken, taken + market.settle_left)
