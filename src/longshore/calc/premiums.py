"""PremiumSample calculators: one sample, and the mean of an interval's samples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from longshore.calc.numbers import (
    MONEY_DIGITS,
    PPM_DIGITS,
    PRICE_DIGITS,
    Number,
    decimal,
    digits_of,
    plain,
    power_of_ten,
    scaled,
    unscaled,
)
from longshore.engine import premiums as rules
from longshore.engine.limits import PREMIUM_MAX_E15, VALUE_MAX_ATOMS
from longshore.engine.units import PPM

SAMPLE_DIGITS = 15
MEAN_DIGITS = 18

Method = Literal["impact_vs_index", "impact_vs_mark", "mid_vs_index", "mark_vs_index"]
Weights = Literal["equal", "linear"] | Sequence[int]


class PremiumSample(NamedTuple):
    """One sample: as a fraction of the index, and the same in quote money."""

    relative: Decimal
    quote: Decimal


def premium_sample(
    method: Method,
    *,
    index: Number,
    bid: Number = 0,
    ask: Number = 0,
    mark: Number = 0,
    fair_basis: Number = 0,
) -> PremiumSample:
    """One premium sample, at 10^-15 rounded down, cut to 100 % (RATE-001 to RATE-003).

    `bid` and `ask` are impact prices for the impact methods, best prices for the middle.
    `fair_basis` is what a venue that marks by its own funding adds back.

    >>> premium_sample("impact_vs_index", index="77605", bid="77558", ask="77559").relative
    Decimal('-0.000592745312803')
    >>> premium_sample("mark_vs_index", index="100", mark="100.025")
    PremiumSample(relative=Decimal('0.00025'), quote=Decimal('0.025'))
    """
    prices = [decimal(price) for price in (index, bid, ask, mark)]
    digits = max(map(digits_of, prices))
    steps = [scaled(price, digits, rules.QUOTED_MAX_SUBTICKS) for price in prices]
    if steps[0] <= 0:
        raise ValueError(f"an index of {index} has no premium")
    sample = _sample(method, steps) + scaled(fair_basis, SAMPLE_DIGITS, PREMIUM_MAX_E15)
    relative = unscaled(sample, SAMPLE_DIGITS)
    return PremiumSample(relative, plain(relative * prices[0]))


def _sample(method: Method, steps: list[int]) -> int:
    index, bid, ask, mark = steps
    if method == "mark_vs_index":
        return rules.mark_premium_e15(mark, index)
    if method == "mid_vs_index":
        return rules.mid_premium_e15(bid, ask, index)
    reference = mark if method == "impact_vs_mark" else index
    return rules.impact_premium_e15(bid, ask, reference, index)


def mean_premium(samples: Iterable[Number], weights: Weights = "equal") -> Decimal:
    """The mean of an interval's samples, at 10^-18 toward zero (RATE-005, RATE-006).

    `equal`: each counts alike. `linear`: the first counts once, the n-th n times. Otherwise a
    weight a sample: how long it stood, for a time-weighted mean. Where missing samples count as
    zero, give zeros.

    >>> mean_premium(["0.0001", "0.0002", "0.0003"], "linear")
    Decimal('0.000233333333333333')
    >>> mean_premium(["0.0004", "-0.0001"], weights=[30, 30])
    Decimal('0.00015')
    """
    steps = [scaled(sample, SAMPLE_DIGITS, PREMIUM_MAX_E15) for sample in samples]
    return unscaled(_mean_e18(steps, _numbers(weights, len(steps))), MEAN_DIGITS)


def _numbers(weights: Weights, count: int) -> Sequence[int]:
    if weights == "equal":
        return [1] * count
    if weights == "linear":
        return range(1, count + 1)
    return [scaled(str(weight), 0, rules.WEIGHTS_MAX) for weight in weights]


def _mean_e18(samples: list[int], weights: Sequence[int]) -> int:
    if min(weights, default=0) < 0 or sum(weights) > rules.WEIGHTS_MAX:
        raise ValueError("weights are from 0 up and fit a word together")
    whole = rest = 0
    for sample, weight in zip(samples, weights, strict=True):
        whole += rules.weighted_carry(rest, sample, weight)
        rest = rules.weighted_rest_e15(rest, sample, weight)
    return rules.mean_premium_e18(whole, rest, sum(weights))


def impact_mid(cost_to_buy: Number, proceeds: Number, size: Number) -> Decimal:
    """The middle of what buying and selling a size costs, in sub-ticks rounded down (RATE-004).

    >>> impact_mid(cost_to_buy="8401.5", proceeds="8398", size="0.1")
    Decimal('83997.5')
    """
    lot_digits = digits_of(decimal(size))
    digits = max(digits_of(decimal(cost_to_buy)), digits_of(decimal(proceeds)), lot_digits)
    buy, sell = (scaled(cost, digits, VALUE_MAX_ATOMS) for cost in (cost_to_buy, proceeds))
    lots = scaled(size, lot_digits, VALUE_MAX_ATOMS // 2)
    tick = power_of_ten(PRICE_DIGITS - (digits - lot_digits))
    return unscaled(rules.impact_mid_subticks(buy, sell, tick, lots), PRICE_DIGITS)


def impact_notional(quote: Number, initial: Number) -> Decimal:
    """How deep impact prices look: quote money / initial margin, rounded up (RATE-004).

    >>> impact_notional(quote=200, initial="0.05")
    Decimal('4000')
    """
    atoms = scaled(quote, MONEY_DIGITS, VALUE_MAX_ATOMS // PPM)
    ppm = scaled(initial, PPM_DIGITS, PPM)
    return unscaled(rules.impact_notional_atoms(atoms, ppm), MONEY_DIGITS)
