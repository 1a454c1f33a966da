"""The same money in coins, a dated future and a perpetual: what became of each is the engine's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from longshore.explain.sentences import speaking
from longshore.practice.three_ways import KINDS, MONEY_USD, WaysError, most, three_ways


@pytest.fixture(scope="module")
def at_ten():
    """The three at ten times leverage."""
    return three_ways(Decimal(10))


def test_all_three_begin_with_the_same_money_less_what_it_cost(at_ten):
    """UX-22"""
    assert [way.kind for way in at_ten.ways] == list(KINDS)
    for way in at_ten.ways:
        first = way.points[0][1]
        assert MONEY_USD * Decimal("0.98") < first < MONEY_USD, way.kind
        assert len(way.cells) == len(at_ten.rows) == 6


def test_the_perpetual_ends_in_the_fall_and_the_coins_come_back(at_ten):
    """UX-22, LIQD-001"""
    spot, _, perpetual = at_ten.ways
    assert spot.liquidated_us == 0
    assert perpetual.liquidated_us > spot.points[0][0]
    assert perpetual.points[-1][0] < spot.points[-1][0]
    assert perpetual.kept < MONEY_USD / 100
    lowest = min(has for _, has in spot.points)
    assert lowest < MONEY_USD * Decimal("0.85") < MONEY_USD < spot.kept


def test_at_one_times_leverage_nothing_is_closed():
    """UX-22: then a contract goes as the coins do."""
    found = three_ways(Decimal(1))
    assert [way.liquidated_us for way in found.ways] == [0, 0, 0]
    spot, future, perpetual = (way.kept for way in found.ways)
    assert abs(spot - perpetual) < MONEY_USD / 50
    assert abs(future - perpetual) < MONEY_USD / 50


def test_it_comes_out_the_same_each_time_and_in_german(at_ten):
    with speaking("de", "learner"):
        again = three_ways(Decimal(10))
    assert [way.points for way in again.ways] == [way.points for way in at_ten.ways]
    assert again.told != at_ten.told
    assert all(a != b for a, b in zip(again.rows, at_ten.rows, strict=True))


@pytest.mark.parametrize("leverage", ["0", "0.5", "-3", "50.1", "1000"])
def test_a_leverage_that_is_not_offered_is_refused(leverage):
    with pytest.raises(WaysError, match="from 1 to 50"):
        three_ways(Decimal(leverage))


def test_the_most_that_is_taken_is_found_by_halves():
    for limit in range(20):
        assert most(20, lambda lots, limit=limit: lots <= limit) == limit
