"""The index of an asset out of several venues' quotes.

No state is read. A table of sources goes in with what each quotes; the index comes out, and each
source is marked with the price that counted and with what was done with it.
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, Row, Table
from longshore.engine.codes import Fate, IndexMethod, Outlier, PriceOf
from longshore.engine.medians import (
    low_median,
    mean_subticks,
    median_of_three,
    median_subticks,
    middle_subticks,
    whole_weight,
)
from longshore.engine.rows import Source
from longshore.engine.units import PPM, absolute, clamp, larger, mul_div_floor


class IndexTerms(Row):
    """How a venue makes an index of its constituents."""

    method: I64  # IndexMethod
    price_of: I64  # PriceOf
    outlier: I64  # Outlier
    deviation_ppm: I64  # of the median: further away is an outlier
    stale_after_us: I64  # 0: never
    sources_min: I64  # with fewer there is no index


@rule
def index_of_sources(sources: Table[Source], count: I64, terms: IndexTerms) -> I64:
    """The index, 0 where the venue locks; says what was done with each source.   INDX-003"""
    for at in range(count):
        read_source(sources[at], terms)
    live = whole_weight(sources, count, 0)
    if live < larger(1, terms.sources_min):
        return 0
    if terms.outlier == Outlier.KEEP:
        return average_subticks(sources, count, terms.method)
    median = median_subticks(sources, count)
    reach = mul_div_floor(median, terms.deviation_ppm, PPM)
    beyond = count_beyond(sources, count, median, reach)
    if median_stands_in(terms.outlier, live, beyond):
        leave_to_median(sources, count)
        return median
    for at in range(count):
        hold_source(sources[at], median, reach, terms.outlier)
    return average_subticks(sources, count, terms.method)


@rule
def read_source(source: Source, terms: IndexTerms) -> None:
    """A constituent's price, or why it has none.   INDX-001, INDX-002"""
    source.fate = Fate.USED
    source.price_subticks = source_price(source, terms.price_of)
    if source.price_subticks == 0:
        source.fate = Fate.MISSING
    if terms.stale_after_us > 0 and source.age_us > terms.stale_after_us:
        source.fate = Fate.STALE
        source.price_subticks = 0


@rule
def source_price(source: Source, price_of: I64) -> I64:
    """Last, middle, or median of bid, ask and last; 0: missing.   INDX-001"""
    if price_of == PriceOf.LAST:
        return source.last_subticks
    if price_of == PriceOf.MID:
        return middle_subticks(source.bid_subticks, source.ask_subticks)
    return median_of_three(source.bid_subticks, source.ask_subticks, source.last_subticks)


@rule
def is_beyond(source: Source, median: I64, reach: I64) -> bool:
    """Whether a source is further from the median than it may be.   INDX-004

    |price - median| > floor(median * deviation): of whole numbers the same as without the floor.
    """
    return source.price_subticks > 0 and absolute(source.price_subticks - median) > reach


@rule
def count_beyond(sources: Table[Source], count: I64, median: I64, reach: I64) -> I64:
    """How many sources are outliers."""
    found = 0
    for at in range(count):
        if is_beyond(sources[at], median, reach):
            found += 1
    return found


@rule
def median_stands_in(outlier: I64, live: I64, beyond: I64) -> bool:
    """Whether too many sources disagree for any of them to be left out.   INDX-005"""
    if outlier == Outlier.MEDIAN:
        return beyond > 1
    return outlier == Outlier.DROP and beyond == live


@rule
def leave_to_median(sources: Table[Source], count: I64) -> None:
    """All that have a price counted in the median alone.   INDX-005"""
    for at in range(count):
        if sources[at].price_subticks > 0:
            sources[at].fate = Fate.MEDIAN


@rule
def hold_source(source: Source, median: I64, reach: I64, outlier: I64) -> None:
    """Leave an outlier out, or move it to the edge of the band.   INDX-005"""
    if not is_beyond(source, median, reach):
        return
    if outlier == Outlier.CLAMP:
        source.price_subticks = clamp(source.price_subticks, median - reach, median + reach)
        source.fate = Fate.CLAMPED
    else:
        source.price_subticks = 0
        source.fate = Fate.DROPPED


@rule
def average_subticks(sources: Table[Source], count: I64, method: I64) -> I64:
    """The mean or median that the venue takes.   INDX-006, INDX-007"""
    if method == IndexMethod.WEIGHTED_MEDIAN:
        return low_median(sources, count, 1)
    return mean_subticks(sources, count, 1 if method == IndexMethod.WEIGHTED_MEAN else 0)
