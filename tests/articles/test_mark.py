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
from longshore.engine.codes import MarkBasis, MarkCandidate, MarkMethod
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.limits import CANDIDATES_MAX, PRICE_MAX_SUBTICKS
from longshore.engine.marks import (
    ema_step_subticks,
    funded_subticks,
    held_in_band,
    mark_of,
    window_mean_subticks,
)
from longshore.engine.rows import Asset, MarkInputs, Source
from tests.compiled import compiled
from tests.engine.desk import DOLLAR_SUBTICKS, HOUR_US, PERP, Desk, changed, lots, of, setup

E18 = 10**18
SECOND_US = 1_000_000
ELSEWHERE = 3
ALL = sum(MarkCandidate)
prices = st.one_of(st.integers(0, 200), st.integers(0, PRICE_MAX_SUBTICKS))


def table():
    return Table(Source, CANDIDATES_MAX)


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
        external,
        sorted([bid, ask, last])[1] if bid and ask and last else 0,
        (bid + ask) // 2 if bid and ask else 0,
        last,
        max(1, index + -index // 2),
        index + floor(Fraction(index, 20)),
        index,
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
    pytest.importorskip("numba")
    program = load_program("jit")

    @compiled
    def mark(inputs, found):
        return 0 + program.mark_of(inputs, found)

    @compiled
    def mean(whole, rest, window, count):
        return 0 + program.window_mean_subticks(whole, rest, window, count)

    @compiled
    def step(smoothed, sample, num, den):
        return 0 + program.ema_step_subticks(smoothed, sample, num, den)

    record = np.zeros(CANDIDATES_MAX, row_dtype(Source))
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


def opened(**terms: int) -> Desk:
    """A desk whose perpetual is marked by these terms, with an index of 84,000."""
    made = changed(setup(), **terms)
    made.assets.append(Asset(asset_id=ELSEWHERE, value_divisor=10**10, haircut_ppm=10**6))
    desk = Desk(made)
    for name in ("maker", "ann", "bob"):
        desk.person(name, 10**7)
    desk.index(84_000)
    return desk


def quote(desk: Desk, bid: int, ask: int) -> None:
    """The maker's two orders alone; 0: none on that side."""
    desk.do(CommandKind.CANCEL_ALL, account_id=desk.people["maker"])
    if bid:
        desk.buy("maker", lots(1), bid)
    if ask:
        desk.sell("maker", lots(1), ask)


def mark_of_desk(desk: Desk) -> Fraction:
    """In dollars."""
    return Fraction(desk.engine.view.markets[PERP].mark_subticks, DOLLAR_SUBTICKS)


def basis(desk: Desk) -> Fraction:
    """The smoothed basis in dollars."""
    return Fraction(desk.engine.view.markets[PERP].ema_subticks, DOLLAR_SUBTICKS)


def test_a_market_that_says_nothing_is_marked_by_its_smoothed_premium():
    """MARK-001: PRIC-003 is the case of one candidate."""
    desk = opened()
    row = desk.engine.view.markets[PERP]
    assert (row.mark_method, row.mark_candidates) == (MarkMethod.FIRST, MarkCandidate.SMOOTHED)
    quote(desk, 84_030, 84_032)
    desk.wait(SECOND_US)
    assert (mark_of_desk(desk), basis(desk)) == (84_002, 2)


def test_the_impact_basis_stands_without_both_sides_and_the_middle_has_no_sample():
    """MARK-003, MARK-004: the middle of the best is not that of the impact size."""
    impact, middle = opened(mark_window=2), opened(mark_window=2, mark_basis=MarkBasis.MID)
    for desk, first in ((impact, 20), (middle, 10)):
        desk.buy("maker", lots(0.05), 84_000)
        desk.buy("maker", lots(1), 83_960)  # the impact size is 0.1: it sells at 83,980
        desk.sell("maker", lots(1), 84_020)
        desk.wait(SECOND_US)
        assert basis(desk) == (0 if desk is impact else first)
        quote(desk, 84_058, 84_062)
        desk.wait(SECOND_US)
        assert basis(desk) == (30 if desk is impact else 35)
        quote(desk, 84_058, 0)
        desk.wait(SECOND_US)
        assert basis(desk) == (60 if desk is impact else 35)


def test_a_basis_sample_is_cut_to_the_band():
    """MARK-003"""
    desk = opened(mark_window=2, mark_basis=MarkBasis.MID)
    quote(desk, 90_000, 90_002)
    desk.wait(SECOND_US)
    assert basis(desk) == 840
    quote(desk, 80_000, 80_002)
    desk.wait(SECOND_US)
    assert basis(desk) == 0


def test_a_window_forgets_its_oldest_sample():
    """MARK-004: until it is full, the mean of those there are."""
    desk = opened(mark_window=3, mark_basis=MarkBasis.MID)
    means = []
    for middle in (84_030, 84_000, 83_970, 83_970, 83_969):
        quote(desk, middle - 1, middle + 1)
        desk.wait(SECOND_US)
        means.append(basis(desk))
    assert means[:4] == [30, 15, 0, -20]
    third = Fraction(10**10 * 91, 3)  # rounded down: away from zero below it
    assert means[4] * 10**10 == -(third.__ceil__())
    assert mark_of_desk(desk) == 84_000 + means[4]


def test_the_funded_price_follows_rate_and_time():
    """MARK-005, MARK-007: a rate of 0.01875 % for an hour, counted at each sample."""
    desk = opened(mark_candidates=MarkCandidate.FUNDED)
    quote(desk, 84_125, 84_127)
    desk.wait(HOUR_US)
    assert mark_of_desk(desk) == 84_000  # the rate begins with the hour, behind its sample
    desk.wait(HOUR_US // 4)
    assert mark_of_desk(desk) == 84_000 + Fraction(84_000 * 3 * 1_875, 4 * 10**7)
    desk.wait(HOUR_US // 4)
    assert mark_of_desk(desk) == 84_000 + Fraction(84_000 * 2 * 1_875, 4 * 10**7)


@pytest.mark.parametrize(
    ("candidates", "method", "marks"),
    [
        (MarkCandidate.LAST, MarkMethod.FIRST, [84_000, 84_000, 84_004, 84_004]),
        (MarkCandidate.MID, MarkMethod.FIRST, [84_000, 84_008, 84_008, 84_000]),
        (MarkCandidate.QUOTES, MarkMethod.FIRST, [84_000, 84_000, 84_004, 84_000]),
        (MarkCandidate.MID + MarkCandidate.LAST, MarkMethod.FIRST,
         [84_000, 84_008, 84_008, 84_004]),
        (MarkCandidate.INDEX + MarkCandidate.MID + MarkCandidate.LAST, MarkMethod.MEDIAN,
         [84_000, 84_004, 84_004, 84_002]),
    ],
)  # fmt: skip
def test_a_mark_of_book_and_trades_is_counted_at_samples(candidates, method, marks):
    """MARK-001, MARK-002, MARK-007: nothing, a book of 84,004 to 84,012, a trade, one side only."""
    desk = opened(mark_candidates=candidates, mark_method=method)
    found = [mark_of_desk(desk)]
    quote(desk, 84_004, 84_012)
    assert mark_of_desk(desk) == found[-1]  # not before the sample
    desk.wait(SECOND_US)
    found.append(mark_of_desk(desk))
    desk.sell("ann", 1, 84_004)
    assert mark_of_desk(desk) == found[-1]
    desk.wait(SECOND_US)
    found.append(mark_of_desk(desk))
    quote(desk, 84_004, 0)
    desk.wait(SECOND_US)
    found.append(mark_of_desk(desk))
    assert found == marks


def test_a_mark_of_trades_moves_with_a_price_of_the_index_too():
    """MARK-006, MARK-007: last was 84,004; the band is 1 %."""
    desk = opened(mark_candidates=MarkCandidate.LAST)
    desk.trade("ann", "bob", 1, 84_004)
    moved = of(desk.index(84_001), EventKind.MARK_CHANGED)
    assert [e.mark_subticks for e in moved if e.market_id == PERP] == [84_004 * DOLLAR_SUBTICKS]
    desk.index(90_000)
    assert mark_of_desk(desk) == 89_100
    desk.index(70_000)
    assert mark_of_desk(desk) == 70_700


def test_an_external_price_is_another_assets_index_while_it_is_fresh():
    """MARK-008"""
    desk = opened(mark_candidates=MarkCandidate.EXTERNAL, external_asset_id=ELSEWHERE)
    desk.engine.view.assets[ELSEWHERE].stale_after_us = 10 * SECOND_US
    assert mark_of_desk(desk) == 84_000  # it has no price yet
    desk.do(
        CommandKind.PUBLISH_INDEX, asset_id=ELSEWHERE, price_subticks=84_100 * DOLLAR_SUBTICKS,
        sources=1,
    )  # fmt: skip
    assert mark_of_desk(desk) == 84_000
    desk.wait(SECOND_US)
    assert mark_of_desk(desk) == 84_100
    desk.wait(9 * SECOND_US)
    assert mark_of_desk(desk) == 84_100
    desk.wait(SECOND_US)
    assert mark_of_desk(desk) == 84_000
    unnamed = opened(mark_candidates=MarkCandidate.EXTERNAL)
    assert mark_of_desk(unnamed) == 84_000


def test_a_mark_of_last_liquidates_at_the_sample():
    """MARK-007: the trade itself wakes nobody; the sample does."""
    desk = opened(mark_candidates=MarkCandidate.LAST)
    desk.person("eve", 1_000)
    desk.trade("eve", "bob", lots(1), 84_000)
    desk.trade("ann", "bob", 1, 83_300)
    assert of(desk.events, EventKind.LIQUIDATION_STARTED) == []
    desk.wait(SECOND_US)
    (started,) = of(desk.events, EventKind.LIQUIDATION_STARTED)
    assert (started.account_id, started.mark_subticks) == (
        desk.people["eve"], 83_300 * DOLLAR_SUBTICKS,
    )  # fmt: skip


@pytest.mark.parametrize(("field", "most"), [("premium_cap_ppm", 70_000), ("mark_window", 300)])
def test_a_band_or_window_too_wide_is_not_taken(field, most):
    """MARK-009"""
    Engine(changed(setup(), **{field: most}))
    with pytest.raises(AssertionError, match=r"may not go so far|too many samples"):
        Engine(changed(setup(), **{field: most + 1}))
