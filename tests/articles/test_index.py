"""The index rule against fractions and sorted lists, and compiled at every maximum."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longshore.engine._compile import load_program
from longshore.engine._table import Table, row_dtype
from longshore.engine.codes import Fate, IndexMethod, Outlier, PriceOf
from longshore.engine.indexes import IndexTerms, index_of_sources, source_price
from longshore.engine.limits import PRICE_MAX_SUBTICKS, SOURCE_WEIGHT_MAX, SOURCES_MAX
from longshore.engine.medians import low_median, mean_subticks, median_subticks
from longshore.engine.rows import Source
from tests.compiled import compiled

PPM = 10**6
prices = st.one_of(st.integers(1, 300), st.integers(1, PRICE_MAX_SUBTICKS))
weights = st.one_of(st.integers(1, 9), st.integers(1, SOURCE_WEIGHT_MAX))
quoted = st.lists(st.tuples(prices, weights), min_size=1, max_size=9)


def table(rows):
    made = Table(Source, SOURCES_MAX)
    made.update(enumerate(rows))
    return made


def lasts(*values):
    return table([Source(last_subticks=value, weight=1) for value in values])


def made(sources, **terms):
    """The index and the fates."""
    index = index_of_sources(sources, len(sources), IndexTerms(**terms))
    return index, [Fate(sources[at].fate) for at in range(len(sources))]


@pytest.mark.parametrize(
    ("price_of", "quote", "expected"),
    [
        (PriceOf.LAST, (98, 101, 100), 100),
        (PriceOf.MID, (98, 101, 100), 99),
        (PriceOf.MEDIAN, (98, 101, 100), 100),
        (PriceOf.MEDIAN, (98, 101, 97), 98),
        (PriceOf.MEDIAN, (98, 101, 103), 101),
        (PriceOf.MEDIAN, (101, 98, 103), 101),
        (PriceOf.LAST, (98, 101, 0), 0),
        (PriceOf.MID, (0, 101, 100), 0),
        (PriceOf.MID, (98, 0, 100), 0),
        (PriceOf.MEDIAN, (0, 101, 100), 0),
        (PriceOf.MEDIAN, (98, 0, 100), 0),
        (PriceOf.MEDIAN, (98, 101, 0), 0),
    ],
)
def test_a_constituents_price(price_of, quote, expected):
    """INDX-001"""
    bid, ask, last = quote
    source = Source(bid_subticks=bid, ask_subticks=ask, last_subticks=last, weight=1)
    assert source_price(source, price_of) == expected
    fate = Fate.USED if expected else Fate.MISSING
    assert made(table([source]), price_of=price_of) == (expected, [fate])


@pytest.mark.parametrize(("limit", "left_out"), [(0, []), (10, [2]), (9, [1, 2]), (11, [])])
def test_a_stale_constituent_is_left_out(limit, left_out):
    """INDX-002: at the limit it still counts."""
    sources = lasts(100, 200, 600)
    sources[1].age_us, sources[2].age_us = 10, 11
    index, fates = made(sources, stale_after_us=limit)
    kept = [price for at, price in enumerate((100, 200, 600)) if at not in left_out]
    assert index == sum(kept) // len(kept)
    assert [at for at, fate in enumerate(fates) if fate == Fate.STALE] == left_out


@pytest.mark.parametrize(
    ("values", "least", "expected"),
    [((100,), 1, 100), ((100,), 0, 100), ((100,), 2, 0), ((100, 102, 0), 2, 101),
     ((100, 0, 0), 2, 0), ((0, 0), 0, 0), ((), 1, 0)],
)  # fmt: skip
def test_too_few_feeds_lock(values, least, expected):
    """INDX-003: what is missing does not count."""
    assert made(lasts(*values), sources_min=least)[0] == expected


@given(quoted)
def test_the_median_is_of_all_alike(pairs):
    """INDX-004"""
    sources = table([Source(price_subticks=p, weight=w) for p, w in pairs])
    expected = floor(median([Fraction(p) for p, _ in pairs]))
    assert median_subticks(sources, len(pairs)) == expected


@pytest.mark.parametrize(
    ("outlier", "values", "expected", "fates"),
    [
        (Outlier.KEEP, (100, 100, 106), 102, "USED USED USED"),
        (Outlier.DROP, (100, 100, 106), 100, "USED USED DROPPED"),
        (Outlier.DROP, (100, 100, 105), 101, "USED USED USED"),  # exactly 5 % is within
        (Outlier.DROP, (106, 100, 94, 100), 100, "DROPPED USED DROPPED USED"),
        (Outlier.DROP, (80, 120), 100, "MEDIAN MEDIAN"),
        (Outlier.CLAMP, (100, 102, 160), 103, "USED USED CLAMPED"),
        (Outlier.CLAMP, (10, 100, 102), 99, "CLAMPED USED USED"),
        (Outlier.MEDIAN, (100, 100, 106), 100, "USED USED DROPPED"),
        (Outlier.MEDIAN, (107, 101, 94, 100, 102), 101, "MEDIAN MEDIAN MEDIAN MEDIAN MEDIAN"),
        (Outlier.MEDIAN, (107, 101, 0, 94, 100, 102), 101,
         "MEDIAN MEDIAN MISSING MEDIAN MEDIAN MEDIAN"),
    ],
)  # fmt: skip
def test_what_is_done_with_outliers(outlier, values, expected, fates):
    """INDX-004, INDX-005"""
    index, found = made(lasts(*values), outlier=outlier, deviation_ppm=50_000)
    assert (index, " ".join(fate.name for fate in found)) == (expected, fates)


@given(st.lists(prices, min_size=1, max_size=9), st.integers(1, PPM - 1))
def test_no_price_beyond_the_band_counts(values, deviation):
    """INDX-004, INDX-005"""
    middle = floor(median([Fraction(p) for p in values]))
    reach = Fraction(middle * deviation, PPM)
    sources = lasts(*values)
    index, fates = made(sources, outlier=Outlier.DROP, deviation_ppm=deviation)
    within = [p for p in values if abs(p - middle) <= reach]
    assert index == (floor(Fraction(sum(within), len(within))) if within else middle)
    assert fates.count(Fate.USED) == len(within)
    index, _ = made(sources, outlier=Outlier.CLAMP, deviation_ppm=deviation)
    assert abs(index - middle) <= reach
    assert all(abs(sources[at].price_subticks - middle) <= reach for at in range(len(values)))


@given(quoted)
def test_means_are_rounded_down_once(pairs):
    """INDX-006"""
    sources = table([Source(price_subticks=p, weight=w) for p, w in pairs])
    total = Fraction(sum(p * w for p, w in pairs), sum(w for _, w in pairs))
    assert mean_subticks(sources, len(pairs), 1) == floor(total)
    assert mean_subticks(sources, len(pairs), 0) == sum(p for p, _ in pairs) // len(pairs)


@given(quoted)
def test_a_weighted_median_has_half_of_the_weight_below_it(pairs):
    """INDX-007"""
    sources = table([Source(price_subticks=p, weight=w) for p, w in pairs])
    whole = sum(w for _, w in pairs)
    heaps = [(price, sum(w for p, w in pairs if p <= price)) for price, _ in pairs]
    expected = min(price for price, held in heaps if 2 * held >= whole)
    assert low_median(sources, len(pairs), 1) == expected


@pytest.mark.parametrize(
    ("method", "expected"),
    [(IndexMethod.WEIGHTED_MEAN, 103), (IndexMethod.EQUAL_MEAN, 105),
     (IndexMethod.WEIGHTED_MEDIAN, 100)],
)  # fmt: skip
def test_each_method_is_asked(method, expected):
    """INDX-006, INDX-007"""
    rows = [(100, 3), (104, 1), (111, 1)]
    sources = table([Source(last_subticks=p, weight=w) for p, w in rows])
    assert made(sources, method=method)[0] == expected


def test_compiled_it_is_the_same_and_never_overflows():
    """INDX-006: sixty-four sources at the highest price with the largest weight."""
    pytest.importorskip("numba")
    program = load_program("jit")

    @compiled
    def index(sources, count, terms):
        return 0 + program.index_of_sources(sources, count, terms)

    full = [
        Source(last_subticks=PRICE_MAX_SUBTICKS - at % 3, weight=SOURCE_WEIGHT_MAX - at % 5)
        for at in range(SOURCES_MAX)
    ]
    for rows in (full, full[:2], full[:1]):
        for method in IndexMethod:
            for outlier in Outlier:
                terms = IndexTerms(method=method, outlier=outlier, deviation_ppm=1)
                plain = table([Source.of(row.values()) for row in rows])
                expected = index_of_sources(plain, len(rows), terms)
                record = np.array([row.values() for row in rows], row_dtype(Source))
                record_terms = np.array([terms.values()], row_dtype(IndexTerms))[0]
                assert index(record, len(rows), record_terms) == expected
                assert [r["fate"] for r in record] == [plain[at].fate for at in range(len(rows))]
