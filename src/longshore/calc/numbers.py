"""Numbers in and out: decimals for people, whole numbers for the rules, never floats."""

from __future__ import annotations

from decimal import Decimal, localcontext

Number = Decimal | int | str

WORKING_DIGITS = 60
MONEY_DIGITS = 8
PRICE_DIGITS = 10
"""Atoms and sub-ticks: the decimals of money and of a price."""
PPM_DIGITS = 6
RATE_DIGITS = 18
HOUR_US = 3_600_000_000
HOURS_MAX = 100_000
"""The longest time that is asked about, eleven years."""


def decimal(number: Number) -> Decimal:
    """A number as a decimal; a float is refused, for it is not what was meant."""
    if isinstance(number, float):
        raise TypeError(f"{number!r} is a float; give text or a Decimal")
    return Decimal(number)


def plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    bare = number.normalize()
    exponent = bare.as_tuple().exponent
    return bare.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else bare


def digits_of(number: Decimal) -> int:
    """How many digits a number has behind its point."""
    exponent = number.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{number} is no number to count with")  # noqa: TRY004  it is a decimal
    return max(0, -exponent)


def scaled(number: Number, digits: int, most: int) -> int:
    """A number as whole steps of 10**-digits, for a rule; finer or larger ones are refused.

    >>> scaled("0.0001", digits=18, most=10**18)
    100000000000000
    """
    with localcontext() as context:
        context.prec = WORKING_DIGITS
        steps = decimal(number).scaleb(digits)
        if not steps.is_finite() or steps != steps.to_integral_value():
            raise ValueError(f"{number} has more than {digits} digits behind the point")
        if abs(steps) > most:
            raise ValueError(f"{number} is more than a rule counts with")
        return int(steps)


def power_of_ten(exponent: int) -> int:
    """How many steps of a finer scale make one of a coarser; a scale too fine is refused."""
    if exponent < 0:
        raise ValueError("a number has more digits behind the point than a rule counts with")
    return int(10**exponent)


def unscaled(steps: int, digits: int) -> Decimal:
    """A rule's whole number as a decimal.

    >>> unscaled(118_750, digits=8)
    Decimal('0.0011875')
    """
    with localcontext() as context:
        context.prec = WORKING_DIGITS
        return plain(Decimal(steps).scaleb(-digits))
