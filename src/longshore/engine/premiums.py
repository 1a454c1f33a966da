"""The pure maths of the premium: what a sample is, how an interval's samples become one number.

No state is read or written. A sample is a fraction of the index at 10**-15, cut to 100 %. A sum of
weighted samples does not fit one word (5,760 samples weighted 1 to 5,760 come to 1.7e22), so it is
kept whole in two: `whole` units and `rest_e15`, sum = whole + rest_e15 / 10**15, 0 <= rest < 1. No
digit is lost before the one division at the end, so an interval's mean is rounded once.
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.units import (
    E15,
    PPM,
    clamp,
    larger,
    mul_div_ceil,
    mul_div_floor,
    remainder_of_product,
)

PREMIUM_UNIT_E18 = 10**18
MEAN_DIGITS = 1_000  # a mean has three digits more than a sample: it is a rate
WEIGHTS_MAX = 10**18  # the weights of an interval together. By time they are microseconds: 31,700
# years; by place 1..n they are n * (n + 1) / 2: n up to 1.4e9. |whole| <= weights, as |sample| <= 1
QUOTED_MAX_SUBTICKS = 10**18  # a price; bid + ask - 2 * index is within 4e18 and fits 63 bits


@rule
def relative_e15(difference_subticks: I64, base_subticks: I64) -> I64:
    """A difference of prices as a fraction, rounded down, cut to 100 %.   RATE-001

    premium_e15 = difference_subticks * 10**15 / base_subticks; base > 0. Cut before it is divided,
    so that the result is at most 10**15 whatever the difference.
    """
    cut = clamp(difference_subticks, -base_subticks, base_subticks)
    return mul_div_floor(cut, E15, base_subticks)


@rule
def impact_premium_e15(bid_subticks: I64, ask_subticks: I64, reference: I64, base: I64) -> I64:
    """How far the impact bid lies above a reference price, or the ask below it.   RATE-002

    (max(0, bid - reference) - max(0, reference - ask)) / base; the reference is index or mark, in
    sub-ticks as the base is. Between the two impact prices there is no premium.
    """
    over = larger(0, bid_subticks - reference)
    under = larger(0, reference - ask_subticks)
    return relative_e15(over - under, base)


@rule
def mid_premium_e15(bid_subticks: I64, ask_subticks: I64, index_subticks: I64) -> I64:
    """The middle of bid and ask against the index, as a fraction of the index.   RATE-003

    ((bid + ask) / 2 - index) / index, without rounding the middle first:
    (bid + ask - 2 * index) / (2 * index).
    """
    twice = 2 * index_subticks
    return relative_e15(bid_subticks + ask_subticks - twice, twice)


@rule
def mark_premium_e15(mark_subticks: I64, index_subticks: I64) -> I64:
    """The mark against the index, as a fraction of the index.   RATE-003

    (mark - index) / index
    """
    return relative_e15(mark_subticks - index_subticks, index_subticks)


@rule
def impact_mid_subticks(
    to_buy_tick_lots: I64, to_sell_tick_lots: I64, tick_subticks: I64, impact_lots: I64
) -> I64:
    """The middle of what buying and selling the impact size costs, rounded down once.   RATE-004

    (to_buy + to_sell) * tick_subticks / (2 * impact_lots). An order's value is within 4e18, so
    the sum of two fits.
    """
    return mul_div_floor(to_buy_tick_lots + to_sell_tick_lots, tick_subticks, 2 * impact_lots)


@rule
def impact_notional_atoms(quote_atoms: I64, initial_ppm: I64) -> I64:
    """How deep into the book impact prices look: quote money / initial margin.   RATE-004

    quote_atoms * 10**6 / initial_ppm, rounded up; 40,000 dollars fit whatever the margin.
    """
    return mul_div_ceil(quote_atoms, PPM, initial_ppm)


@rule
def weighted_carry(rest_e15: I64, premium_e15: I64, weight: I64) -> I64:
    """What a sample adds to a sum's whole part.   RATE-005

    floor((rest_e15 + premium_e15 * weight) / 10**15), through 128 bits: weight < 2**62.
    """
    rest = remainder_of_product(premium_e15, weight, E15)
    return mul_div_floor(premium_e15, weight, E15) + (rest_e15 + rest) // E15


@rule
def weighted_rest_e15(rest_e15: I64, premium_e15: I64, weight: I64) -> I64:
    """What is left of a sum below its whole part after a sample is added.   RATE-005

    (rest_e15 + premium_e15 * weight) modulo 10**15, from 0 up.
    """
    return (rest_e15 + remainder_of_product(premium_e15, weight, E15)) % E15


@rule
def mean_premium_e18(whole: I64, rest_e15: I64, weights: I64) -> I64:
    """The weighted mean of the samples, at 10**-18, toward zero; none: zero.   RATE-006

    (whole * 10**15 + rest_e15) * 1000 / weights. A sum below zero is turned round first: toward
    zero, both ways alike. Cutting here leaves the rounding to the step that sets the rate.
    """
    if weights == 0:
        return 0
    if whole >= 0:
        return mean_floor_e18(whole, rest_e15, weights)
    if rest_e15 == 0:
        return -mean_floor_e18(-whole, 0, weights)
    return -mean_floor_e18(-whole - 1, E15 - rest_e15, weights)


@rule
def mean_floor_e18(whole: I64, rest_e15: I64, weights: I64) -> I64:
    """The mean of a sum that is not below zero, rounded down.   RATE-006

    floor(whole * 10**18 / weights) <= 10**18, and what that division leaves (below the weights,
    10**18) with the rest (below 10**18) is within 2e18.
    """
    left = remainder_of_product(whole, PREMIUM_UNIT_E18, weights) + rest_e15 * MEAN_DIGITS
    return mul_div_floor(whole, PREMIUM_UNIT_E18, weights) + left // weights
