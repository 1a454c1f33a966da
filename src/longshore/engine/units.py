"""Exact arithmetic on 64-bit integers through a 128-bit intermediate. The name says the rounding.

The intermediate is held as 31-bit halves, so that the same source runs in Python and compiled,
where a 128-bit division would abort the process.
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64

PPM = 1_000_000
E12 = 1_000_000_000_000
E15 = 1_000_000_000_000_000
HALF_BITS = 31
HALF = 1 << HALF_BITS
MASK = HALF - 1
TOP = 1 << 62


@rule
def absolute(value: I64) -> I64:
    """The size of a number without its sign."""
    return value if value >= 0 else -value


@rule
def smaller(a: I64, b: I64) -> I64:
    """The lesser of two."""
    return a if a < b else b


@rule
def larger(a: I64, b: I64) -> I64:
    """The greater of two."""
    return a if a > b else b


@rule
def clamp(value: I64, low: I64, high: I64) -> I64:
    """The value, moved into [low, high]."""
    return larger(low, smaller(value, high))


@rule
def root_ceil(value: I64) -> I64:
    """The square root of a number from 0 up, rounded up. By Newton's steps from above."""
    root = value
    better = (root + 1) // 2
    while better < root:
        root = better
        better = (root + value // root) // 2
    return root if root * root == value else root + 1


@rule
def mul_div_floor(a: I64, b: I64, divisor: I64) -> I64:
    """a * b / divisor, rounded toward minus infinity. divisor > 0; the result fits 63 bits."""
    size_a = absolute(a)
    size_b = absolute(b)
    whole = quotient_of_product(size_a, size_b, divisor)
    if (a < 0) == (b < 0) or a == 0 or b == 0:
        return whole
    exact = low_product(size_a, size_b) == low_product(whole, divisor)
    return -whole if exact else -whole - 1


@rule
def mul_div_ceil(a: I64, b: I64, divisor: I64) -> I64:
    """a * b / divisor, rounded toward plus infinity."""
    return -mul_div_floor(-a, b, divisor)


@rule
def remainder_of_product(a: I64, b: I64, divisor: I64) -> I64:
    """a * b modulo divisor, from 0 up; 0 < divisor < 2**62.

    From the low bits alone: what is left of the product after divisor * quotient is below 2**62.
    """
    size_a = absolute(a)
    size_b = absolute(b)
    whole = quotient_of_product(size_a, size_b, divisor)
    rest = (low_product(size_a, size_b) - low_product(whole, divisor)) & (TOP - 1)
    if (a < 0) == (b < 0) or rest == 0:
        return rest
    return divisor - rest


@rule
def quotient_of_product(a: I64, b: I64, divisor: I64) -> I64:
    """floor(a * b / divisor) for a, b >= 0.

    Cheapest road first: the product fits; or one factor is split at the divisor,
    a*b/d = (a//d)*b + (a%d)*b/d, which is exact; or long division.
    """
    if a == 0 or b == 0:
        return 0
    if b <= TOP // a:
        return a * b // divisor
    if b <= TOP // divisor:
        return a // divisor * b + a % divisor * b // divisor
    if a <= TOP // divisor:
        return b // divisor * a + b % divisor * a // divisor
    return long_quotient(a, b, divisor)


@rule
def long_quotient(a: I64, b: I64, divisor: I64) -> I64:
    """floor(a * b / divisor) for a, b >= 0, one bit of a at a time; divisor < 2**62.

    Doubling keeps quotient and remainder exact, and the remainder below the divisor.
    """
    whole = b // divisor
    rest = b % divisor
    quotient = 0
    remainder = 0
    bit = TOP
    while bit > 0:
        remainder = remainder + remainder
        carry = 1 if remainder >= divisor else 0
        remainder = remainder - carry * divisor
        quotient = quotient + quotient + carry
        if a & bit != 0:
            remainder = remainder + rest
            carry = 1 if remainder >= divisor else 0
            remainder = remainder - carry * divisor
            quotient = quotient + whole + carry
        bit = bit >> 1
    return quotient


@rule
def low_product(a: I64, b: I64) -> I64:
    """a * b modulo 2**62, from 31-bit halves; a, b >= 0.

    Enough to tell an exact quotient from a cut one: the remainder is below 2**62.
    """
    a_low = a & MASK
    b_low = b & MASK
    cross = ((a >> HALF_BITS) * b_low & MASK) + (a_low * (b >> HALF_BITS) & MASK)
    return (((cross & MASK) << HALF_BITS) + a_low * b_low) & (TOP - 1)
