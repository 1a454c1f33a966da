"""The pure maths of the mark: candidates, one of them or their median, held near the index.

No state is read; what is found is written to a table of sources. Prices and the index are within
10**18, a basis within the index and a rate within 100 %, so a candidate is within 2 * 10**18.
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, Table
from longshore.engine.codes import MarkCandidate, MarkMethod
from longshore.engine.limits import CANDIDATES_MAX, PRICE_MAX_SUBTICKS
from longshore.engine.medians import median_of_three, median_subticks, middle_subticks
from longshore.engine.rows import MarkInputs, Source
from longshore.engine.units import clamp, larger, mul_div_floor, remainder_of_product

RATE_UNIT_E18 = 10**18


@rule
def mark_of(inputs: MarkInputs, found: Table[Source]) -> I64:
    """The mark: the first or the median of the candidates there are, or the index.   MARK-002"""
    count = gather_candidates(inputs, found)
    mark = inputs.index_subticks
    if count > 0 and inputs.method == MarkMethod.MEDIAN:
        mark = median_subticks(found, count)
    elif count > 0:
        mark = found[0].price_subticks
    return held_in_band(mark, inputs.index_subticks, inputs.band_subticks)


@rule
def gather_candidates(inputs: MarkInputs, found: Table[Source]) -> I64:
    """Write down the candidates that are there, in order; how many.   MARK-001"""
    count = 0
    candidate = 1
    for _ in range(CANDIDATES_MAX):
        if inputs.candidates & candidate != 0:
            price = candidate_subticks(inputs, candidate)
            if price > 0:
                found[count].price_subticks = price
                count += 1
        candidate = candidate + candidate
    return count


@rule
def candidate_subticks(inputs: MarkInputs, candidate: I64) -> I64:
    """One candidate's price; 0: it is not there.   MARK-001"""
    index = inputs.index_subticks
    if candidate == MarkCandidate.EXTERNAL:
        return inputs.external_subticks
    if candidate == MarkCandidate.QUOTES:
        return median_of_three(inputs.bid_subticks, inputs.ask_subticks, inputs.last_subticks)
    if candidate == MarkCandidate.MID:
        return middle_subticks(inputs.bid_subticks, inputs.ask_subticks)
    if candidate == MarkCandidate.LAST:
        return inputs.last_subticks
    if candidate == MarkCandidate.SMOOTHED:
        return larger(1, index + inputs.smoothed_subticks)
    if candidate == MarkCandidate.FUNDED:
        return funded_subticks(index, inputs.rate_e18, inputs.left_us, inputs.interval_us)
    return index


@rule
def funded_subticks(index: I64, rate_e18: I64, left_us: I64, interval_us: I64) -> I64:
    """The index and the part of the rate that is still to be paid.   MARK-005

    index + index * (rate_e18 * left_us / interval_us) / 10**18, both rounded down.
    """
    left_e18 = mul_div_floor(rate_e18, clamp(left_us, 0, interval_us), interval_us)
    return larger(1, index + mul_div_floor(index, left_e18, RATE_UNIT_E18))


@rule
def held_in_band(mark: I64, index: I64, band: I64) -> I64:
    """A mark held to within the band around the index, at least one sub-tick.   MARK-006"""
    return clamp(clamp(mark, index - band, index + band), 1, PRICE_MAX_SUBTICKS)


@rule
def ema_step_subticks(smoothed: I64, sample: I64, num: I64, den: I64) -> I64:
    """How far a sample moves the smoothed basis, rounded down.   MARK-004

    num * (sample - smoothed) / den
    """
    return mul_div_floor(sample - smoothed, num, den)


@rule
def window_mean_subticks(whole: I64, rest: I64, window: I64, count: I64) -> I64:
    """The mean of the samples of a window, rounded down once.   MARK-004

    Of a sample of up to 10**18 the sums keep sample // window and sample % window, so that those of
    a window fit: sum = whole * window + rest, mean = sum / count, with count <= window.
    """
    left = remainder_of_product(whole, window, count)
    return mul_div_floor(whole, window, count) + (left + rest) // count
