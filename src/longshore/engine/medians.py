"""The pure maths of several prices for one thing: medians and means of a table of sources.

A source without a price counts for nothing. A median compares each price with all: sources are few,
and nothing needs to be sorted or moved.
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, Table
from longshore.engine.rows import Source
from longshore.engine.units import larger, mul_div_floor, remainder_of_product, smaller


@rule
def middle_subticks(bid_subticks: I64, ask_subticks: I64) -> I64:
    """The middle of bid and ask, rounded down; 0: one is missing.   INDX-001"""
    if bid_subticks == 0 or ask_subticks == 0:
        return 0
    return (bid_subticks + ask_subticks) // 2


@rule
def median_of_three(bid_subticks: I64, ask_subticks: I64, last_subticks: I64) -> I64:
    """The median of bid, ask and last; 0: one is missing.   INDX-001"""
    if bid_subticks == 0 or ask_subticks == 0 or last_subticks == 0:
        return 0
    low = smaller(bid_subticks, ask_subticks)
    high = larger(bid_subticks, ask_subticks)
    return larger(low, smaller(high, last_subticks))


@rule
def weight_of(source: Source, by_weight: I64) -> I64:
    """What a source weighs: one where weights do not count, nothing without a price."""
    if source.price_subticks == 0:
        return 0
    return source.weight if by_weight == 1 else 1


@rule
def whole_weight(sources: Table[Source], count: I64, by_weight: I64) -> I64:
    """What all sources weigh together."""
    total = 0
    for at in range(count):
        total += weight_of(sources[at], by_weight)
    return total


@rule
def weight_up_to(sources: Table[Source], count: I64, price_subticks: I64, by_weight: I64) -> I64:
    """What the sources at a price or below weigh."""
    total = 0
    for at in range(count):
        if sources[at].price_subticks <= price_subticks:
            total += weight_of(sources[at], by_weight)
    return total


@rule
def low_median(sources: Table[Source], count: I64, by_weight: I64) -> I64:
    """The lowest price at which at least half of the weight lies at or below.   INDX-007

    2 * weight at or below >= whole weight; 0: there is no price.
    """
    whole = whole_weight(sources, count, by_weight)
    found = 0
    for at in range(count):
        price = sources[at].price_subticks
        if weight_of(sources[at], by_weight) > 0 and (found == 0 or price < found):
            if 2 * weight_up_to(sources, count, price, by_weight) >= whole:
                found = price
    return found


@rule
def high_median(sources: Table[Source], count: I64) -> I64:
    """The lowest price at which more than half of the sources lie at or below.   INDX-004"""
    whole = whole_weight(sources, count, 0)
    found = 0
    for at in range(count):
        price = sources[at].price_subticks
        if price > 0 and (found == 0 or price < found):
            if 2 * weight_up_to(sources, count, price, 0) > whole:
                found = price
    return found


@rule
def median_subticks(sources: Table[Source], count: I64) -> I64:
    """The median of all alike; of an even number the middle of two, rounded down.   INDX-004"""
    return (low_median(sources, count, 0) + high_median(sources, count)) // 2


@rule
def mean_subticks(sources: Table[Source], count: I64, by_weight: I64) -> I64:
    """The mean of the prices, rounded down once.   INDX-006

    sum(price * weight) / whole weight: the quotients and what is left of each are summed apart;
    a price is within 10**18, and so is the sum of the quotients.
    """
    whole = whole_weight(sources, count, by_weight)
    if whole == 0:
        return 0
    mean = 0
    left = 0
    for at in range(count):
        weight = weight_of(sources[at], by_weight)
        mean += mul_div_floor(sources[at].price_subticks, weight, whole)
        left += remainder_of_product(sources[at].price_subticks, weight, whole)
    return mean + left // whole
