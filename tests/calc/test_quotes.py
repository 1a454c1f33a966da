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


FULL = {
    "basis": 2, "rate": "0.01", "hours_left": 4, "last": 105, "bid": 103, "ask": 104,
    "external": 99,
}  # fmt: skip


@pytest.mark.parametrize(
    ("candidates", "method", "expected"),
    [
        (["index"], "single", 100),
        (["smoothed"], "single", 102),
        (["funded"], "single", "100.5"),
        (["last"], "single", 105),
        (["mid"], "single", "103.5"),
        (["quotes"], "single", 104),
        (["external"], "single", 99),
        (["index", "last", "mid"], "first", "103.5"),
        (["index", "last", "mid", "external"], "first", 99),
        (["external", "last", "mid"], "median", "103.5"),
        (["external", "last"], "median", 102),
        (["index", "smoothed", "funded", "last", "mid", "quotes", "external"], "median", 102),
    ],
)
def test_a_mark_is_chosen_among_its_candidates(candidates, method, expected):
    """MARK-001, MARK-002, MARK-005"""
    quotes = calc.MarkQuotes(**FULL)
    found = calc.mark_price(candidates, index=100, quotes=quotes, method=method)
    assert (found.price, found.held) == (Decimal(expected), False)
    assert found.why[-1].article == "MARK-002"


def test_a_candidate_without_its_prices_is_left_out():
    """MARK-001, MARK-002"""
    quotes = calc.MarkQuotes(bid=98, ask=99)
    found = calc.mark_price(["last", "mid", "quotes"], index=100, quotes=quotes, method="first")
    assert found.price == Decimal("98.5")
    assert [each.price for each in found.candidates] == [None, Decimal("98.5"), None]
    alone = calc.mark_price(["external"], index=100)
    assert (alone.price, alone.why[-1].formula) == (100, "no candidate is there: the index")


@pytest.mark.parametrize(
    ("last", "price", "held"), [(110, 101, True), (90, 99, True), (101, 101, False)]
)
def test_a_mark_is_held_to_its_band(last, price, held):
    """MARK-006"""
    found = calc.mark_price(["last"], index=100, quotes=calc.MarkQuotes(last=last), band="0.01")
    assert (found.price, found.held) == (price, held)


def test_a_basis_is_smoothed_one_way_or_the_other():
    """MARK-004"""
    assert calc.smoothed_basis([31, 31], share=(2, 31)) == Decimal("3.8709677419")
    assert calc.smoothed_basis([0], share=(1, 3), start=-1) == Decimal("-0.6666666667")
    assert calc.smoothed_basis([100, 1, 1, 0], window=3) == Decimal("0.6666666666")
    assert calc.smoothed_basis([-1], window=30) == -1
    assert calc.smoothed_basis([], window=3) == calc.smoothed_basis([], share=(1, 2)) == 0


@pytest.mark.parametrize(
    ("candidates", "terms", "quotes", "words"),
    [
        ([], {}, {}, "candidates: give at least one, each once"),
        (["last", "last"], {"method": "first"}, {}, "candidates: give at least one, each once"),
        (["open"], {}, {}, "candidate is one of external, quotes, mid"),
        (["last", "mid"], {}, {}, "method single takes one candidate, not 2"),
        (["last"], {"method": "mean"}, {}, "method is one of single, first, median"),
        (["last"], {"index": 0}, {}, "index must be above zero"),
        (["last"], {"band": 2}, {}, "band is a fraction from 0 to 1"),
        (["last"], {"band": "1e-7"}, {}, "band: .* more than 6 digits"),
        (["last"], {}, {"last": 0}, "last must be above zero"),
        (["mid"], {}, {"bid": 2, "ask": 1}, "bid: 2 is above the ask of 1"),
        (["smoothed"], {}, {}, "basis: the candidate smoothed needs it"),
        (["smoothed"], {}, {"basis": -101}, "basis: -101 is more than the index of 100"),
        (["funded"], {}, {}, "rate: the candidate funded needs it"),
        (["funded"], {}, {"rate": "1.1"}, "rate: .* more than a rule counts with"),
        (["funded"], {}, {"rate": 0, "hours_left": 9}, "hours_left is from 0 up to interval_hours"),
        (["funded"], {}, {"rate": 0, "hours_left": -1}, "hours_left is from 0 up"),
        (["funded"], {}, {"rate": 0, "interval_hours": 0}, "interval_hours must be above zero"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_by_name(candidates, terms, quotes, words):
    """MARK-001"""
    with pytest.raises(ValueError, match=words):
        calc.mark_price(candidates, **{"index": 100, "quotes": calc.MarkQuotes(**quotes), **terms})


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({}, "give a share or a window"),
        ({"share": (1, 2), "window": 3}, "give a share or a window"),
        ({"share": (0, 2)}, "share is num / den above 0 and at most 1, not 0/2"),
        ({"share": (3, 2)}, "share is num / den"),
        ({"window": 0}, "window is a number of samples from 1 up, not 0"),
        ({"window": 3, "samples": ["x"]}, "sample: 'x' is no number"),
    ],
)
def test_a_basis_that_cannot_be_smoothed_is_refused_by_name(terms, words):
    """MARK-004"""
    with pytest.raises(ValueError, match=words):
        calc.smoothed_basis(**{"samples": [1], **terms})
