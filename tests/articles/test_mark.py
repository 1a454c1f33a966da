"""The mark: its maths against fractions and compiled at every maximum, and in a market."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import floor
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longshore.engine._compile import load_program
from longshore.engine._table import Table, row_dtype
from longshore.engine.codes import MarkCandidate, MarkMethod
from longshore.engine.limits import PRICE_MAX_SUBTICKS
from longshore.engine.marks import (
    CANDIDATES,
    ema_step_subticks,
    funded_subticks,
    held_in_band,
    mark_of,
    window_mean_subticks,
)
from longshore.engine.rows import MarkInputs, Source

E18 = 10**18
ALL = sum(MarkCandidate)
prices = st.one_of(st.integers(0, 200), st.integers(0, PRICE_MAX_SUBTICKS))


def table():
    return Table(Source, CANDIDATES)


@given(
    st.integers(1, PRICE_MAX_SUBTICKS), st.tuples(prices, prices, prices, prices),
    st.integers(0, ALL), st.sampled_from(list(MarkMethod)),
)  # fmt: skip
def test_the_first_or_the_median_of_what_is_there(index, quotes, bits, method):
    """MARK-001, MARK-002"""
    last, bid, ask, external = quotes
    inputs = MarkInputs(
        method=method, candidates=bits, index_subticks=index, smoothed_subticks=-index // 2,
        rate_e18=E18 // 10, left_us=1, interval_us=2, last_subticks=last, bid_subticks=bid,
        ask_subticks=ask, external_subticks=external, band_subticks=index,
    )  # fmt: skip
    each = [
        index,
        max(1, index + -index // 2),
        index + floor(Fraction(index, 20)),
        last,
        (bid + ask) // 2 if bid and ask else 0,
        sorted([bid, ask, last])[1] if bid and ask and last else 0,
        external,
    ]
    there = [price for at, price in enumerate(each) if bits >> at & 1 and price]
    chosen = index
    if there:
        middle = median([Fraction(price) for price in there])
        chosen = there[0] if method == MarkMethod.FIRST else floor(middle)
    assert mark_of(inputs, table()) == min(max(chosen, 1), 2 * index, PRICE_MAX_SUBTICKS)


@given(st.integers(0, E18), st.integers(-E18, E18), st.integers(1, 10**6), st.integers(1, 99))
def test_smoothing_moves_a_part_of_the_way(smoothed, sample, den, num):
    """MARK-004"""
    num = min(num, den)
    step = ema_step_subticks(smoothed, sample, num, den)
    assert step == floor(Fraction((sample - smoothed) * num, den))


@given(st.integers(1, 300), st.lists(st.integers(-E18, E18), min_size=1, max_size=40))
def test_a_windows_mean_is_rounded_once(window, samples):
    """MARK-004"""
    samples = samples[-window:]
    whole, rest = sum(s // window for s in samples), sum(s % window for s in samples)
    mean = window_mean_subticks(whole, rest, window, len(samples))
    assert mean == floor(Fraction(sum(samples), len(samples)))


@pytest.mark.parametrize(
    ("left", "expected"), [(0, 1_000), (4, 1_005), (8, 1_010), (9, 1_010), (-1, 1_000), (3, 1_003)]
)
def test_the_funded_price_counts_what_is_left_to_pay(left, expected):
    """MARK-005: 1 % of an interval of eight; 3.75 is rounded down."""
    assert funded_subticks(1_000, E18 // 100, left, 8) == expected


def test_a_rate_below_zero_takes_away_and_one_sub_tick_is_left():
    """MARK-005"""
    assert funded_subticks(1_000, -E18 // 100, 3, 8) == 996
    assert funded_subticks(1_000, -E18, 8, 8) == 1


@pytest.mark.parametrize(
    ("mark", "expected"), [(94, 95), (95, 95), (100, 100), (105, 105), (106, 105), (0, 95)]
)
def test_the_mark_is_held_near_the_index(mark, expected):
    """MARK-006"""
    assert held_in_band(mark, 100, 5) == expected
    assert held_in_band(0, 1, 1) == 1
    assert held_in_band(2 * E18, E18, E18) == PRICE_MAX_SUBTICKS


def test_compiled_it_is_the_same_and_never_overflows():
    """MARK-002, MARK-004: every maximum, with each sign."""
    numba = pytest.importorskip("numba")
    program = load_program("jit")

    @numba.njit
    def mark(inputs, found):
        return 0 + program.mark_of(inputs, found)

    @numba.njit
    def mean(whole, rest, window, count):
        return 0 + program.window_mean_subticks(whole, rest, window, count)

    @numba.njit
    def step(smoothed, sample, num, den):
        return 0 + program.ema_step_subticks(smoothed, sample, num, den)

    record = np.zeros(CANDIDATES, row_dtype(Source))
    for method, rate, index, price in product(
        MarkMethod, (-E18, -1, E18), (1, PRICE_MAX_SUBTICKS), (0, 1, PRICE_MAX_SUBTICKS)
    ):
        for smoothed in (-index, index):
            inputs = MarkInputs(
                method=method, candidates=ALL, index_subticks=index, smoothed_subticks=smoothed,
                rate_e18=rate, left_us=7, interval_us=8, last_subticks=price, bid_subticks=price,
                ask_subticks=PRICE_MAX_SUBTICKS, external_subticks=price, band_subticks=index,
            )  # fmt: skip
            row = np.array([inputs.values()], row_dtype(MarkInputs))[0]
            assert mark(row, record) == mark_of(inputs, table())
    for sample, window, count in product((-E18, -1, 0, 7, E18), (1, 30, 300), (1, 30, 300)):
        if count <= window:
            whole, rest = sample // window * count, sample % window * count
            expected = window_mean_subticks(whole, rest, window, count)
            assert mean(whole, rest, window, count) == expected == sample
        assert step(sample, -sample, 2, 31) == ema_step_subticks(sample, -sample, 2, 31)
