"""Funding calculators: the rate of an interval, and what a position pays."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Literal, NamedTuple

from longshore.calc.numbers import (
    HOUR_US,
    HOURS_MAX,
    MONEY_DIGITS,
    PPM_DIGITS,
    PRICE_DIGITS,
    RATE_DIGITS,
    WORKING_DIGITS,
    Number,
    decimal,
    digits_of,
    power_of_ten,
    scaled,
    unscaled,
)
from longshore.engine import rates as rules
from longshore.engine.limits import QTY_MAX_LOTS
from longshore.engine.premiums import QUOTED_MAX_SUBTICKS
from longshore.engine.rows import Market
from longshore.engine.units import PPM, TOP

PARTS_DIGITS_MAX = 12
PAYMENTS_A_DAY = 24

Band = Number | tuple[Number, Number]
"""One number for both sides, or the two of them: how far down, how far up."""


class FundingTerms(NamedTuple):
    """How a venue makes a rate of a premium. All rates are for `rate_hours`."""

    interest: Number = 0
    damper: Band = 0
    added: Number = 0
    smoothing: Number = 1
    cap: Band = 1
    change_cap: Number = 2
    rate_hours: Number = 8
    pay_hours: Number = 8


class RateByTerms(NamedTuple):
    """A rate as it comes about: damped, then smoothed and capped, then the part that is paid."""

    raw: Decimal
    rate: Decimal
    paid: Decimal


def rate_by_terms(premium: Number, terms: FundingTerms, previous: Number = 0) -> RateByTerms:
    """The rate of a premium by a venue's terms (RATE-008 to RATE-012).

        raw = P + clamp(I - P, -damper, +damper) + added
        rate = cap(smoothing * raw + (1 - smoothing) * previous)
        paid = rate * pay_hours / rate_hours

    `previous` is the previous `rate`, not what was paid of it.

    >>> hourly = FundingTerms(interest="0.0001", damper="0.0005", cap="0.32", pay_hours=1)
    >>> rate_by_terms("0.01", hourly)
    RateByTerms(raw=Decimal('0.0095'), rate=Decimal('0.0095'), paid=Decimal('0.0011875'))
    """
    row = _row(terms)
    p, before = _rate(premium), _rate(previous)
    raw = rules.damped_e18(
        p, row.interest_e18, row.damper_low_e18, row.damper_high_e18, row.rate_added_e18
    )
    rate = rules.interval_rate_e18(p, before, row)
    pay, interval = _us(terms.pay_hours), _us(terms.rate_hours)
    if interval <= 0 or not 0 < pay <= rules.PAY_RATIO_MAX * interval:
        raise ValueError("a rate is paid for a time above zero, at most four of its intervals")
    paid = rules.paid_rate_e18(rate, pay, interval)
    return RateByTerms(*(unscaled(each, RATE_DIGITS) for each in (raw, rate, paid)))


def _row(terms: FundingTerms) -> Market:
    damper_low, damper_high = _band(terms.damper)
    cap_low, cap_high = _band(terms.cap)
    return Market(
        interest_e18=_rate(terms.interest),
        damper_low_e18=damper_low,
        damper_high_e18=damper_high,
        rate_added_e18=_rate(terms.added),
        rate_share_ppm=scaled(terms.smoothing, PPM_DIGITS, PPM),
        rate_floor_e18=-cap_low,
        rate_cap_e18=cap_high,
        rate_change_e18=scaled(terms.change_cap, RATE_DIGITS, 2 * rules.RATE_MAX_E18),
    )


def _rate(number: Number) -> int:
    return scaled(number, RATE_DIGITS, rules.RATE_MAX_E18)


def _band(band: Band) -> tuple[int, int]:
    low, high = band if isinstance(band, tuple) else (band, band)
    return _rate(low), _rate(high)


def _us(hours: Number) -> int:
    """Hours as microseconds, to the nearest: a third of an hour is no decimal number."""
    with localcontext() as context:
        context.prec = WORKING_DIGITS
        exact = decimal(hours) * HOUR_US
        return scaled(exact.to_integral_value(ROUND_HALF_EVEN), 0, HOURS_MAX * HOUR_US)


def interest(quote_per_day: Number, base_per_day: Number = 0, hours: Number = 8) -> Decimal:
    """What quote earns above base over an interval (RATE-007).

    >>> interest(quote_per_day="0.0003")
    Decimal('0.0001')
    >>> interest(quote_per_day="0.0006", base_per_day="0.0003")
    Decimal('0.0001')
    """
    quote, base = _rate(quote_per_day), _rate(base_per_day)
    return unscaled(rules.interest_e18(quote, base, _us(hours)), RATE_DIGITS)


def margin_cap(factor: Number, initial: Number, maintenance: Number = 0) -> Decimal:
    """A cap from a tier's margins: factor * (initial - maintenance), at most 1 (RATE-010).

    For a cap of maintenance alone, give that one.

    >>> margin_cap("0.75", initial="0.01", maintenance="0.005")
    Decimal('0.00375')
    """
    k = scaled(factor, PPM_DIGITS, PPM * PPM)
    im, mm = scaled(initial, PPM_DIGITS, PPM), scaled(maintenance, PPM_DIGITS, PPM)
    return unscaled(rules.cap_of_margins_e18(k, im, mm), RATE_DIGITS)


def spread_funding(
    mark_twap: Number,
    oracle_twap: Number,
    offset_parts: int = 0,
    cap_parts: int = 0,
    price_digits: int = 6,
    digits: int = 9,
) -> Decimal:
    """An hour's 24th of a spread of averages, in quote money, cut to `digits` (RATE-013).

    >>> spread_funding(50, 49)
    Decimal('0.041666666')
    """
    mark, oracle = (scaled(p, price_digits, QUOTED_MAX_SUBTICKS) for p in (mark_twap, oracle_twap))
    spread = rules.twap_spread_subticks(mark, oracle, offset_parts, cap_parts)
    scale = power_of_ten(digits - price_digits)
    return unscaled(rules.spread_rate(spread, scale, PAYMENTS_A_DAY), digits)


def payment_by_rate(
    size: Number,
    relative_rate: Number,
    index: Number,
    hours: Number = 1,
    contract: Literal["linear", "inverse"] = "linear",
    rate_hours: Number = 1,
) -> Decimal:
    """What a position gets over some hours: below zero when it pays (RATE-014, RATE-015).

    `index` is the price the venue pays on: index, oracle or mark. Rounded to the atom, 10^-8 of
    the settlement asset: payers up, receivers down. An inverse size is in quote money, its
    payment in coins. `relative_rate` is for `rate_hours`.

    >>> payment_by_rate(size="2", relative_rate="0.00001875", index="84000", hours="1")
    Decimal('-3.15')
    >>> payment_by_rate("15000", "0.0025", "750", contract="inverse")
    Decimal('-0.05')
    """
    price_digits = max(PRICE_DIGITS, digits_of(decimal(index)))
    price = scaled(index, price_digits, QUOTED_MAX_SUBTICKS)
    if price <= 0:
        raise ValueError(f"nothing can be paid on a price of {index}")
    lot_digits = max(0, digits_of(decimal(size)), price_digits - PRICE_DIGITS)
    lots = scaled(size, lot_digits, QTY_MAX_LOTS)
    lot = Decimal(1).scaleb(MONEY_DIGITS - lot_digits)
    rate = _rate(relative_rate)
    if contract == "linear":
        parts_digits = _parts_digits(lot * decimal(index))
        divisor = power_of_ten(price_digits + lot_digits - MONEY_DIGITS)
        paid = _linear(rate, price, divisor, 10**parts_digits)
    else:
        parts_digits = _parts_digits(lot / decimal(index))
        factor = power_of_ten(MONEY_DIGITS + price_digits - lot_digits)
        paid = rules.inverse_lot_parts(rate, price, factor, 10**parts_digits)
    paid = rules.elapsed_lot_parts(paid, _us(hours), _us(rate_hours))
    return unscaled(rules.received_atoms(paid, lots, 10**parts_digits), MONEY_DIGITS)


def _parts_digits(lot_value_atoms: Decimal) -> int:
    """Into how many parts an atom is cut: the most with which a lot's value still fits."""
    room = Decimal(rules.LOT_PARTS_MAX).adjusted() - 1 - lot_value_atoms.adjusted()
    return max(0, min(PARTS_DIGITS_MAX, room))


def _linear(rate: int, price: int, divisor: int, parts: int) -> int:
    if rules.RATE_MAX_E18 // parts * divisor >= TOP:
        raise ValueError("a lot of this size at this price is more than a rule counts with")
    return rules.linear_lot_parts(rate, price, divisor, parts)
