"""The pure maths of funding: one formula for every venue's rate, and what a position pays.

No state is read or written. Rates are fractions at 10**-18, the finest that venues publish. A step
that divides rounds to the nearest, halves away from zero: so do the published digits.
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.rows import Market
from longshore.engine.units import (
    PPM,
    absolute,
    clamp,
    mul_div_floor,
    quotient_of_product,
    remainder_of_product,
    smaller,
)

DAY_US = 86_400_000_000
RATE_MAX_E18 = 10**18  # premium, interest, addend, caps, a rate: each at most 100 %. With dampers
# of 0 or more P + clamp(I - P) lies between P and I, so raw is within 2e18 after the addend;
# smoothing stays between raw and the previous rate; raw - previous is within 3e18. All fit 63 bits.
PAY_RATIO_MAX = 4  # paid / rate interval: 4e18 fits; venues pay for the same or a shorter one
LOT_PARTS_MAX = 10**18  # rate (<= 100 %) of a lot's value in parts: atom_parts is chosen for that
MARGIN_CAP_UNIT = PPM * PPM  # 100 % as a product of two ppm


@rule
def mul_div_toward_zero(a: I64, b: I64, divisor: I64) -> I64:
    """a * b / divisor, cut toward zero as integer division on a chain does.   RATE-013"""
    size = quotient_of_product(absolute(a), absolute(b), divisor)
    return size if (a < 0) == (b < 0) else -size


@rule
def mul_div_nearest(a: I64, b: I64, divisor: I64) -> I64:
    """a * b / divisor to the nearest whole number, halves away from zero.   RATE-011"""
    size = quotient_of_product(absolute(a), absolute(b), divisor)
    left = remainder_of_product(absolute(a), absolute(b), divisor)
    if left >= divisor - left:
        size += 1
    return size if (a < 0) == (b < 0) else -size


@rule
def interest_e18(quote_day_e18: I64, base_day_e18: I64, interval_us: I64) -> I64:
    """What holding the quote earns above holding the base, over an interval.   RATE-007

    (quote_day - base_day) * interval_us / day_us, to the nearest.
    """
    return mul_div_nearest(quote_day_e18 - base_day_e18, interval_us, DAY_US)


@rule
def damped_e18(
    premium_e18: I64, interest: I64, damper_low: I64, damper_high: I64, added: I64
) -> I64:
    """The premium, drawn toward interest by no more than the damper, plus an addend.   RATE-008

    P + clamp(I - P, -d_lo, +d_hi) + A, all at 10**-18, exact.
    """
    return premium_e18 + clamp(interest - premium_e18, -damper_low, damper_high) + added


@rule
def smoothed_e18(raw_e18: I64, previous_e18: I64, share_ppm: I64) -> I64:
    """A share of the new rate, the rest of the previous one.   RATE-009

    s * raw + (1 - s) * previous = previous + s * (raw - previous), to the nearest.
    """
    return previous_e18 + mul_div_nearest(raw_e18 - previous_e18, share_ppm, PPM)


@rule
def cap_of_margins_e18(factor_ppm: I64, initial_ppm: I64, maintenance_ppm: I64) -> I64:
    """A cap from the tier's margins: k * (initial - maintenance).   RATE-010"""
    return cap_of_margin_e18(factor_ppm, initial_ppm - maintenance_ppm)


@rule
def cap_of_margin_e18(factor_ppm: I64, margin_ppm: I64) -> I64:
    """A cap from one margin: k * margin, at most 100 %.   RATE-010

    factor_ppm * margin_ppm * 10**6, exact: of two ppm (k up to a million, margin up to 1) the
    product is within 10**18, and it is cut to 10**12 before it is scaled.
    """
    return smaller(factor_ppm * margin_ppm, MARGIN_CAP_UNIT) * PPM


@rule
def held_back_e18(rate_e18: I64, previous_e18: I64, market: Market) -> I64:
    """A rate moved to within the cap on change, then within floor and cap.   RATE-010

    Change first: floor and cap hold in any case.
    """
    low = previous_e18 - market.rate_change_e18
    near = clamp(rate_e18, low, previous_e18 + market.rate_change_e18)
    return clamp(near, market.rate_floor_e18, market.rate_cap_e18)


@rule
def interval_rate_e18(premium_e18: I64, previous_e18: I64, market: Market) -> I64:
    """The rate of a rate interval: damped, smoothed, held back.   RATE-012

    F = cap(s * (P + clamp(I - P, -d_lo, +d_hi) + A) + (1 - s) * F_previous)
    """
    raw = damped_e18(
        premium_e18,
        market.interest_e18,
        market.damper_low_e18,
        market.damper_high_e18,
        market.rate_added_e18,
    )
    rate = smoothed_e18(raw, previous_e18, market.rate_share_ppm)
    return held_back_e18(rate, previous_e18, market)


@rule
def paid_rate_e18(rate_e18: I64, pay_us: I64, rate_us: I64) -> I64:
    """The part of a rate that one payment interval is charged.   RATE-011

    rate * pay_interval / rate_interval, to the nearest.
    """
    return mul_div_nearest(rate_e18, pay_us, rate_us)


@rule
def twap_spread_subticks(
    mark_twap: I64, oracle_twap: I64, offset_parts: I64, cap_parts: I64
) -> I64:
    """Mark above oracle, both time-weighted, with an offset and a cap.   RATE-013

    clamp(mark - oracle + oracle / offset_parts, +-oracle / cap_parts), each part rounded down;
    0 parts: none.
    """
    spread = mark_twap - oracle_twap
    if offset_parts != 0:
        spread += oracle_twap // offset_parts
    if cap_parts != 0:
        spread = clamp(spread, -(oracle_twap // cap_parts), oracle_twap // cap_parts)
    return spread


@rule
def spread_rate(spread_subticks: I64, scale: I64, payments: I64) -> I64:
    """The part of a spread that one of so many payments takes, toward zero.   RATE-013

    spread * scale / payments, in quote money a base unit at 1 / (sub-ticks * scale).
    """
    return mul_div_toward_zero(spread_subticks, scale, payments)


@rule
def linear_lot_parts(rate_e18: I64, price_subticks: I64, divisor: I64, atom_parts: I64) -> I64:
    """What one long linear lot pays at a rate on a price, rounded down.   RATE-014

    rate_e18 * price_subticks / (10**18 / atom_parts * value_divisor), in parts of an atom; the
    price is mark, index or oracle, as the venue says. The divisor's product is below 2**62.
    """
    return mul_div_floor(rate_e18, price_subticks, RATE_MAX_E18 // atom_parts * divisor)


@rule
def inverse_lot_parts(rate_e18: I64, price_subticks: I64, factor: I64, atom_parts: I64) -> I64:
    """What one long inverse lot pays at a rate on a price, rounded down twice.   RATE-014

    The lot's value in parts, inverse_factor * atom_parts / price_subticks, * rate_e18 / 10**18.
    """
    lot = mul_div_floor(factor, atom_parts, price_subticks)
    return mul_div_floor(rate_e18, lot, RATE_MAX_E18)


@rule
def elapsed_lot_parts(lot_parts: I64, elapsed_us: I64, interval_us: I64) -> I64:
    """The part of an interval's payment that falls on part of its time, rounded down.   RATE-015"""
    return mul_div_floor(lot_parts, elapsed_us, interval_us)


@rule
def received_atoms(lot_parts: I64, qty_lots: I64, atom_parts: I64) -> I64:
    """What a position gets; below zero: pays. Payers round up, receivers down.   RATE-015

    -lot_parts * qty_lots / atom_parts, rounded down; qty_lots is above zero for a long position.
    """
    return mul_div_floor(-lot_parts, qty_lots, atom_parts)
