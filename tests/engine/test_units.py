"""Exact arithmetic against Python's own integers of any size, plain and compiled."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from longshore.engine._compile import load_program
from longshore.engine.units import (
    MASK,
    TOP,
    clamp,
    long_quotient,
    low_product,
    mul_div_ceil,
    mul_div_floor,
    quotient_of_product,
)
from tests.compiled import compiled

MOST = TOP - 1
EDGES = (0, 1, 2, 3, 10**6, MASK, MASK + 1, 10**18, MOST - 1, MOST)
naturals = st.one_of(st.sampled_from(EDGES), st.integers(0, MOST), st.integers(0, 10**6))
whole = st.one_of(naturals, naturals.map(lambda n: -n))
divisors = naturals.filter(bool)

ROADS = {
    "product fits": (10**9, 10**9, 7),
    "product fits to the last bit": (TOP, 1, 3),
    "first factor split": (MOST, 10**6 + 3, 10**9),
    "second factor split": (10**6 + 3, MOST, 10**9),
    "long division": (MOST, MOST, MOST),
    "long division, one less": (MOST - 1, MOST, MOST),
    "long division, odd": (3 * 10**18 + 1, 4 * 10**18 + 3, 2 * 10**18 + 7),
}


def road(a: int, b: int, divisor: int) -> int:
    """Which of the four roads these numbers take."""
    roads = (b <= TOP // a, b <= TOP // divisor, a <= TOP // divisor)
    return roads.index(True) if any(roads) else 3


def fitting(a: int, b: int, divisor: int) -> bool:
    return abs(a * b) // divisor < 2**63 - 1


def test_the_examples_take_all_four_roads():
    assert {road(*numbers) for numbers in ROADS.values()} == {0, 1, 2, 3}


@pytest.mark.parametrize("numbers", ROADS.values(), ids=ROADS)
def test_every_road_leads_to_the_floor(numbers):
    a, b, divisor = numbers
    assert quotient_of_product(a, b, divisor) == a * b // divisor


@given(naturals, naturals, divisors)
def test_the_quotient_of_a_product_is_exact(a, b, divisor):
    assume(fitting(a, b, divisor))
    assert quotient_of_product(a, b, divisor) == a * b // divisor


@given(naturals, naturals, divisors)
@example(MOST, MOST, MOST)
@example(TOP, TOP, TOP)
def test_long_division_is_right_where_the_short_roads_would_do_too(a, b, divisor):
    assume(fitting(a, b, divisor))
    assert long_quotient(a, b, divisor) == a * b // divisor


@given(st.integers(0, 2**63 - 1), st.integers(0, TOP))
@example(2**63 - 1, TOP)
def test_the_low_product_is_the_product_modulo_two_to_the_62(a, b):
    assert low_product(a, b) == a * b % TOP


@given(whole, whole, divisors)
@example(-MOST, MOST, MOST)
@example(-MOST, MOST - 1, MOST)
@example(-1, 1, MOST)
def test_floor_and_ceil_round_to_their_side(a, b, divisor):
    assume(fitting(a, b, divisor))
    assert mul_div_floor(a, b, divisor) == a * b // divisor
    assert mul_div_ceil(a, b, divisor) == -(-a * b // divisor)


@given(st.integers(-MASK, MASK), st.integers(1, MASK), st.integers(1, MASK))
def test_an_exact_quotient_is_moved_by_neither_rounding(quotient, first, second):
    assert mul_div_floor(quotient * first, second, first * second) == quotient
    assert mul_div_ceil(quotient * first, second, first * second) == quotient


@pytest.mark.parametrize(
    ("value", "expected"), [(-9, -3), (-3, -3), (0, 0), (5, 5), (6, 5), (2**62, 5)]
)
def test_clamp_moves_into_the_interval(value, expected):
    assert clamp(value, -3, 5) == expected


def test_compiled_arithmetic_gives_the_same_and_never_overflows_inside():
    """Compiled, an intermediate beyond 64 bits would stop the engine."""
    pytest.importorskip("numba")
    program = load_program("jit")

    @compiled
    def both(a, b, divisor):
        return program.mul_div_floor(a, b, divisor), program.mul_div_ceil(a, b, divisor)

    signed = [*EDGES, *(-e for e in EDGES)]
    cases = [*ROADS.values(), *((a, b, d) for a in signed for b in signed for d in EDGES[1:])]
    for a, b, divisor in cases:
        if fitting(a, b, divisor):
            assert both(a, b, divisor) == (a * b // divisor, -(-a * b // divisor))
