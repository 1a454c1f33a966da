"""Prices made of other prices: what the calculators answer and what they refuse."""

from decimal import Decimal

import pytest

from longshore import calc


def three(**changed):
    rows = [("A", 100), ("B", 101), ("C", 120)]
    made = [calc.Constituent(name=name, last=price) for name, price in rows]
    return [calc.Constituent(**{"name": "A", "last": 100, **changed}), *made[1:]]


def test_an_index_says_what_was_done_with_each():
    """INDX-001, INDX-002, INDX-005, INDX-006"""
    quotes = [
        *three(weight="0.5"),
        calc.Constituent(name="D", bid=1, ask=2),
        calc.Constituent(name="E", last=99, age="3.000001"),
    ]
    found = calc.index_price(quotes, outlier=("drop", "0.1"), stale_after=3)
    assert found.price == Decimal("100.6666666666")
    assert [(p.name, p.price, p.fate) for p in found.parts] == [
        ("A", 100, "used"),
        ("B", 101, "used"),
        ("C", None, "dropped"),
        ("D", None, "missing"),
        ("E", None, "stale"),
    ]
    assert [line.article for line in found.why][-3:] == ["INDX-001", "INDX-002", "INDX-006"]


def test_a_lock_has_no_price():
    """INDX-003"""
    found = calc.index_price(three()[:1], sources_min=2)
    assert (found.price, found.locked, found.why[-1].article) == (None, True, "INDX-003")
    assert calc.index_price([]).locked


def test_the_median_that_stands_in_is_said():
    """INDX-005"""
    found = calc.index_price(three()[1:], outlier=("drop", "0.01"))
    assert (found.price, found.why[-1].article) == (Decimal("110.5"), "INDX-005")
    assert {part.fate for part in found.parts} == {"median"}


@pytest.mark.parametrize(
    ("changed", "terms", "words"),
    [
        ({"last": 0}, {}, "last of A must be above zero, not 0"),
        ({"last": -5}, {}, "last of A must be above zero"),
        ({"last": "x"}, {}, "last of A: 'x' is no number"),
        ({"last": "NaN"}, {}, "last of A: NaN is no number to count with"),
        ({"last": "1e9"}, {}, "last of A: .* more than a rule counts with"),
        ({"bid": "1e-11"}, {}, "bid of A: .* more than 10 digits"),
        ({"bid": 101, "ask": 100}, {}, "bid of A: 101 is above its ask of 100"),
        ({"weight": 0}, {}, "weight of A must be above zero"),
        ({"weight": "1e16"}, {}, "weight of A: .* more than a rule counts with"),
        ({"age": -1}, {}, "age of A is from 0 up, not -1"),
        ({"age": "1e-7"}, {}, "age of A: .* more than 6 digits"),
        ({"name": "B"}, {}, "constituents: 'B' is there twice"),
        ({}, {"method": "mode"}, "method is one of weighted_mean, equal_mean, weighted_median"),
        ({}, {"price_of": "open"}, "price_of is one of last, mid, median"),
        ({}, {"outlier": ("hide", "0.1")}, "outlier is one of drop, clamp, median"),
        ({}, {"outlier": ("drop", 1)}, "deviation is a fraction below 1, not 1"),
        ({}, {"outlier": ("drop", 0)}, "deviation must be above zero"),
        ({}, {"outlier": ("clamp", "1e-7")}, "deviation: .* more than 6 digits"),
        ({}, {"stale_after": 0}, "stale_after must be above zero"),
        ({}, {"sources_min": 0}, "sources_min must be above zero"),
        ({}, {"sources_min": 65}, "sources_min: 65 is more than"),
    ],
)
def test_an_index_that_cannot_be_is_refused_by_name(changed, terms, words):
    """INDX-001"""
    with pytest.raises(ValueError, match=words):
        calc.index_price(three(**changed), **terms)


def test_more_constituents_than_a_rule_takes():
    many = [calc.Constituent(name=str(at), last=1) for at in range(65)]
    with pytest.raises(ValueError, match="constituents: 65 are more than the 64"):
        calc.index_price(many)


def test_floats_are_refused_by_name():
    with pytest.raises(TypeError, match=r"last of A: 10.5 is a float"):
        calc.index_price(three(last=10.5))
