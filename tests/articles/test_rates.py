"""Premium and funding maths against fractions of any size, and compiled at every maximum."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longshore import calc
from longshore.engine._compile import load_program
from longshore.engine._table import row_dtype
from longshore.engine.funding import predicted_rate_e18
from longshore.engine.limits import PREMIUM_MAX_E15
from longshore.engine.premiums import (
    QUOTED_MAX_SUBTICKS,
    WEIGHTS_MAX,
    impact_mid_subticks,
    impact_notional_atoms,
    impact_premium_e15,
    mark_premium_e15,
    mean_premium_e18,
    mid_premium_e15,
    relative_e15,
    weighted_carry,
    weighted_rest_e15,
)
from longshore.engine.rates import (
    DAY_US,
    RATE_MAX_E18,
    cap_of_margin_e18,
    cap_of_margins_e18,
    damped_e18,
    elapsed_lot_parts,
    held_back_e18,
    interest_e18,
    interval_rate_e18,
    inverse_lot_parts,
    linear_lot_parts,
    mul_div_nearest,
    mul_div_toward_zero,
    paid_rate_e18,
    received_atoms,
    smoothed_e18,
    spread_rate,
    twap_spread_subticks,
)
from longshore.engine.rows import Market
from tests.compiled import compiled

E15, E18, PPM = 10**15, 10**18, 10**6
HOUR_US = 3_600 * PPM
BP_E18 = E18 // 10_000

prices = st.one_of(st.integers(1, 10**4), st.integers(1, QUOTED_MAX_SUBTICKS))
fractions_e18 = st.one_of(
    st.integers(-RATE_MAX_E18, RATE_MAX_E18), st.integers(-30 * BP_E18, 30 * BP_E18)
)
dampers = st.one_of(st.integers(0, RATE_MAX_E18), st.integers(0, 9 * BP_E18))
samples = st.integers(-PREMIUM_MAX_E15, PREMIUM_MAX_E15)


def cut(value, low, high):
    return max(low, min(high, value))


def toward_zero(value):
    return floor(value) if value > 0 else ceil(value)


def nearest(value):
    size = floor(abs(value) + Fraction(1, 2))
    return size if value > 0 else -size


@given(st.integers(-2 * 10**18, 2 * 10**18), prices)
def test_a_relative_difference_is_cut_and_rounded_down(difference, base):
    """RATE-001"""
    exact = Fraction(difference, base)
    assert relative_e15(difference, base) == floor(cut(exact, -1, 1) * E15)


@given(prices, prices, prices, prices)
def test_the_impact_premium_counts_what_lies_beyond_the_reference(bid, ask, reference, index):
    """RATE-002"""
    above = max(0, bid - reference) - max(0, reference - ask)
    exact = cut(Fraction(above, index), -1, 1)
    assert impact_premium_e15(bid, ask, reference, index) == floor(exact * E15)


@pytest.mark.parametrize(
    ("method", "expected"),
    [("impact_vs_index", "0.01"), ("impact_vs_mark", "-0.0095"), ("mark_vs_index", "0.02"),
     ("mid_vs_index", "0.0105")],
)  # fmt: skip
def test_each_method_asks_its_own_prices(method, expected):
    """RATE-002, RATE-003: BitMEX adds the basis it marks with."""
    basis = "0.0005" if method == "impact_vs_mark" else 0
    prices = {"index": 100, "bid": 101, "ask": "101.1", "mark": 102}
    if method == "impact_vs_mark":
        prices |= {"ask": "101"}
    assert str(calc.premium_sample(method, **prices, fair_basis=basis).relative) == expected


@given(prices, prices, prices)
def test_the_middle_is_not_rounded_before_it_is_compared(bid, ask, index):
    """RATE-003"""
    middle = Fraction(bid + ask, 2)
    assert mid_premium_e15(bid, ask, index) == floor(cut(middle / index - 1, -1, 1) * E15)
    assert mark_premium_e15(bid, index) == floor(cut(Fraction(bid, index) - 1, -1, 1) * E15)


def test_the_impact_size_has_a_middle_and_a_notional():
    """RATE-004: half a sub-tick is cut once; 200 at a third of a percent is rounded up."""
    assert impact_mid_subticks(1_000_001, 999_998, 10, 2_000) == 4_999
    assert impact_mid_subticks(1_000_001, 1_000_000, 3, 2_000) == 1_500
    assert impact_notional_atoms(200 * 10**8, 3_333) == ceil(Fraction(200 * 10**14, 3_333))
    assert str(calc.impact_mid("8401.5", "8398", "0.1")) == "83997.5"


def add_up(values, weights):
    whole = rest = 0
    for value, weight in zip(values, weights, strict=True):
        whole += weighted_carry(rest, value, weight)
        rest = weighted_rest_e15(rest, value, weight)
        assert 0 <= rest < E15
    return whole, rest


weighted = st.lists(st.tuples(samples, st.integers(0, WEIGHTS_MAX // 20)), max_size=20)


@given(weighted)
def test_a_weighted_sum_loses_nothing_and_is_divided_once(parts):
    """RATE-005, RATE-006"""
    values, weights = [p for p, _ in parts], [w for _, w in parts]
    whole, rest = add_up(values, weights)
    total = sum(p * w for p, w in parts)
    assert whole * E15 + rest == total
    expected = toward_zero(Fraction(total * 1_000, sum(weights))) if sum(weights) else 0
    assert mean_premium_e18(whole, rest, sum(weights)) == expected


def test_a_day_of_samples_at_the_limit_fits_with_growing_weights():
    """RATE-005: 17,280 samples of -100 %, one each five seconds."""
    count = DAY_US // (5 * PPM)
    weights = range(1, count + 1)
    whole, rest = add_up([-PREMIUM_MAX_E15] * count, weights)
    assert mean_premium_e18(whole, rest, sum(weights)) == -RATE_MAX_E18
    assert abs(sum(weights) * PREMIUM_MAX_E15) > 2**63


def test_later_samples_count_more_and_longer_ones_too():
    """RATE-005, RATE-006"""
    assert str(calc.mean_premium(["0", "0", "0.0006"], "linear")) == "0.0003"
    assert str(calc.mean_premium(["0", "0", "0.0006"])) == "0.0002"
    assert str(calc.mean_premium(["0.0004", "-0.0002"], [1, 2])) == "0"
    assert calc.mean_premium([]) == 0
    with pytest.raises(ValueError, match="shorter"):
        calc.mean_premium(["0", "1"], [1])


@given(st.lists(samples, min_size=1, max_size=30), st.sampled_from([2, 8, 24]))
def test_cutting_the_mean_first_changes_no_rate_of_an_even_divisor(values, divisor):
    """FUND-002, RATE-006, RATE-011: so Kraken's 8 and 24 are rounded once all the same."""
    market = terms(rate_interval_us=divisor, funding_interval_us=1)
    market.premium_whole, market.premium_rest_e15 = add_up(values, [1] * len(values))
    market.premium_weights = len(values)
    exact = Fraction(sum(values) * 1000, len(values) * divisor)
    assert predicted_rate_e18(market) == nearest(exact)


def terms(**given):
    free = {
        "rate_share_ppm": PPM, "rate_floor_e18": -RATE_MAX_E18, "rate_cap_e18": RATE_MAX_E18,
        "rate_change_e18": 2 * RATE_MAX_E18,
    }  # fmt: skip
    return Market(**(free | given))


@given(st.integers(-(10**18), 10**18), st.integers(-(10**18), 10**18), st.integers(1, 10**18))
def test_divisions_round_as_their_names_say(a, b, divisor):
    """RATE-011, RATE-013"""
    exact = Fraction(a * b, divisor)
    if abs(exact) < 2**62:
        assert mul_div_nearest(a, b, divisor) == nearest(exact)
        assert mul_div_toward_zero(a, b, divisor) == toward_zero(exact)


@pytest.mark.parametrize(("a", "rounded"), [(3, 2), (-3, -2), (1, 1), (-1, -1), (0, 0)])
def test_halves_go_away_from_zero(a, rounded):
    """RATE-011"""
    assert mul_div_nearest(a, 1, 2) == rounded
    assert paid_rate_e18(a, 4 * HOUR_US, 8 * HOUR_US) == rounded


@pytest.mark.parametrize("hours", [1, 2, 4, 8, 24])
def test_interest_is_a_days_difference_by_time(hours):
    """RATE-007"""
    quote, base = 6 * BP_E18 + 1, 3 * BP_E18
    expected = nearest(Fraction((quote - base) * hours, 24))
    assert interest_e18(quote, base, hours * HOUR_US) == expected
    assert interest_e18(base, quote, hours * HOUR_US) == -expected


@given(fractions_e18, fractions_e18, dampers, dampers, fractions_e18)
def test_the_damper_draws_the_premium_toward_interest(premium, interest, low, high, added):
    """RATE-008: by no more than its width, and never past."""
    raw = damped_e18(premium, interest, low, high, added) - added
    assert min(premium, interest) <= raw <= max(premium, interest)
    if -low <= interest - premium <= high:
        assert raw == interest
    else:
        assert raw == premium + (high if interest > premium else -low)


@given(fractions_e18, dampers)
def test_deribits_form_is_the_damped_one_without_interest(premium, damper):
    """RATE-008"""
    assert damped_e18(premium, 0, damper, damper, 0) == max(damper, premium) + min(-damper, premium)


@given(prices, prices, fractions_e18, dampers, dampers)
def test_vegas_form_in_price_units_is_the_damped_one(mark, index, interest, low, high):
    """RATE-008: within what one rounding of the premium leaves."""
    premium = cut(Fraction(mark, index) - 1, -1, 1)
    f, s, rate = premium * index + index, Fraction(index), Fraction(interest, E18)
    pulled = max(-Fraction(low, E18) * s, (1 + rate) * s - f)
    paid = f - s + min(Fraction(high, E18) * s, pulled)
    ours = damped_e18(mark_premium_e15(mark, index) * 1_000, interest, low, high, 0)
    assert abs(ours - paid / s * E18) <= 1_000


@given(fractions_e18, fractions_e18, st.integers(0, PPM))
def test_smoothing_keeps_a_share_of_the_previous_rate(raw, previous, share):
    """RATE-009"""
    exact = Fraction(share * raw + (PPM - share) * previous, PPM)
    assert abs(smoothed_e18(raw, previous, share) - exact) <= Fraction(1, 2)
    assert smoothed_e18(raw, previous, PPM) == raw
    assert smoothed_e18(raw, previous, 0) == previous


def test_caps_follow_the_margins():
    """RATE-010: BitMEX, Binance, dYdX; and no cap is above 100 %."""
    assert cap_of_margins_e18(750_000, 10_000, 5_000) == 375 * E18 // 100_000
    assert cap_of_margin_e18(750_000, 4_000) == 3 * E18 // 1_000
    assert cap_of_margins_e18(6 * PPM, 20_000, 12_000) == 48 * E18 // 1_000
    assert cap_of_margin_e18(6 * PPM, PPM) == cap_of_margin_e18(PPM * PPM, PPM) == E18


@pytest.mark.parametrize(
    ("rate", "previous", "expected"),
    [(40, 0, 20), (-40, 0, -20), (40, 25, 30), (-40, -25, -35), (15, 10, 15), (90, 60, 30)],
)
def test_change_is_held_back_first_and_the_cap_holds_in_any_case(rate, previous, expected):
    """RATE-010"""
    limits = terms(rate_floor_e18=-35, rate_cap_e18=30, rate_change_e18=20)
    assert held_back_e18(rate, previous, limits) == expected


@given(fractions_e18, fractions_e18, dampers, st.integers(0, PPM), dampers, dampers)
def test_the_whole_formula_keeps_its_order(premium, previous, damper, share, cap, change):
    """RATE-012"""
    interest, added = BP_E18, 3 * BP_E18
    row = terms(
        interest_e18=interest, damper_low_e18=damper, damper_high_e18=damper, rate_added_e18=added,
        rate_share_ppm=share, rate_floor_e18=-cap, rate_cap_e18=cap, rate_change_e18=change,
    )  # fmt: skip
    raw = premium + cut(interest - premium, -damper, damper) + added
    rate = previous + nearest(Fraction((raw - previous) * share, PPM))
    rate = cut(cut(rate, previous - change, previous + change), -cap, cap)
    assert interval_rate_e18(premium, previous, row) == rate


def test_the_calculator_passes_every_term_on():
    """RATE-012: each term on its own moves the result."""
    plain = {"damper": "0.0001", "interest": "0.0004", "cap": "0.9"}
    others = [
        {"interest": 0}, {"damper": "0.0002"}, {"damper": ("0.0002", "0.00015")},
        {"added": "0.00003"}, {"smoothing": "0.5"}, {"cap": ("0.9", "0.0001")},
        {"change_cap": "0.00005"}, {"rate_hours": 24}, {"pay_hours": 1},
    ]  # fmt: skip
    results = {
        calc.rate_by_terms("0.0001", calc.FundingTerms(**(plain | other)), previous="0.00001")
        for other in [{}, *others]
    }
    assert len(results) == 1 + len(others)


@pytest.mark.parametrize(
    ("mark", "oracle", "offset", "cap", "expected"),
    [(50, 49, 0, 0, 1), (49, 50, 0, 0, -1), (5_000, 5_000, 5_000, 0, 1), (90, 66, 0, 33, 2),
     (10, 66, 0, 33, -2), (67, 66, 66, 33, 2), (68, 66, 66, 33, 2)],
)  # fmt: skip
def test_a_spread_has_an_offset_and_a_cap(mark, oracle, offset, cap, expected):
    """RATE-013"""
    assert twap_spread_subticks(mark, oracle, offset, cap) == expected


@pytest.mark.parametrize("sign", [1, -1])
def test_a_spread_rate_is_cut_toward_zero(sign):
    """RATE-013: a million millionths of a dollar, 24 times a day, in nine digits."""
    assert spread_rate(sign * PPM, 1_000, 24) == sign * 41_666_666


@given(fractions_e18, st.integers(1, 10**15), st.integers(-(10**9), 10**9))
def test_payers_round_up_and_receivers_down(rate, price, lots):
    """RATE-014, RATE-015: a lot of 0.0001 at sub-ticks of 10**-10, a tenth of a value at most."""
    rate //= 10
    parts, divisor = PPM, PPM
    lot = linear_lot_parts(rate, price, divisor, parts)
    assert lot == floor(Fraction(rate * price * parts, E18 * divisor))
    long, short = received_atoms(lot, lots, parts), received_atoms(lot, -lots, parts)
    assert long == floor(Fraction(-lot * lots, parts))
    assert -1 <= long + short <= 0


@given(st.integers(-E18 // 10, E18 // 10), st.integers(10**11, 10**16))
def test_an_inverse_lot_pays_on_its_value_in_coins(rate, price):
    """RATE-014: CONT-005's roundings, one dollar a lot."""
    lot = E18 * PPM // price
    assert inverse_lot_parts(rate, price, E18, PPM) == rate * lot // E18


@pytest.mark.parametrize(("elapsed", "expected"), [(0, 0), (25, 2), (59, 5), (60, 6), (90, 9)])
def test_part_of_an_interval_pays_its_part(elapsed, expected):
    """RATE-015"""
    assert elapsed_lot_parts(6, elapsed, 60) == expected
    assert elapsed_lot_parts(-6, elapsed, 60) == -ceil(Fraction(6 * elapsed, 60))


@pytest.mark.parametrize("contract", ["linear", "inverse"])
@pytest.mark.parametrize("size", ["0.001", "-2", "250000"])
def test_the_payment_is_the_products_rounded_against_the_payer(contract, size):
    """RATE-014, RATE-015: for prices and sizes of any fineness, within one atom."""
    for price, hours in product(("0.00001234", "1.5", "84004.11362574516"), (1, "0.5", 3)):
        fraction, time = Fraction(size), Fraction(hours)
        value = fraction * Fraction(price) if contract == "linear" else fraction / Fraction(price)
        exact = -value * Fraction("0.000018750000000001") * time
        got = calc.payment_by_rate(size, "0.000018750000000001", price, hours, contract)
        assert Fraction(-1, 10**8) - abs(exact) / 10**9 <= Fraction(got) - exact
        assert Fraction(got) - exact <= abs(exact) / 10**9


REFUSED = [
    lambda: calc.premium_sample("mark_vs_index", index=0, mark=1),
    lambda: calc.premium_sample("mark_vs_index", index="1e20", mark=1),
    lambda: calc.rate_by_terms("0.0000000000000000001", calc.FundingTerms()),
    lambda: calc.rate_by_terms("1.1", calc.FundingTerms()),
    lambda: calc.rate_by_terms("0", calc.FundingTerms(pay_hours=0)),
    lambda: calc.rate_by_terms("0", calc.FundingTerms(pay_hours=33)),
    lambda: calc.rate_by_terms("0", calc.FundingTerms(rate_hours=0)),
    lambda: calc.mean_premium(["0", "1"], [1, -1]),
    lambda: calc.payment_by_rate(1, "0.01", 0),
    lambda: calc.payment_by_rate("1e13", "0.01", 1),
    lambda: calc.spread_funding("50.0000001", 49),
    lambda: calc.payment_by_rate("NaN", "0.01", 1),
]


@pytest.mark.parametrize("asked", REFUSED)
def test_what_the_rules_cannot_count_is_refused(asked):
    """RATE-012: never rounded in silence."""
    with pytest.raises(ValueError):  # noqa: PT011  the messages differ; that it is refused counts
        asked()


EXTREMES = (0, 1, -1, E15 - 1, E15, -E15, E18 - 1, E18, -E18)


def test_compiled_maths_gives_the_same_and_never_overflows():
    """Compiled, an intermediate beyond 64 bits would stop the engine: every maximum is tried."""
    pytest.importorskip("numba")
    program = load_program("jit")

    @compiled
    def sums(r, p, w):
        return program.weighted_carry(r, p, w), program.weighted_rest_e15(r, p, w)

    @compiled
    def mean(whole, r, w):
        return 0 + program.mean_premium_e18(whole, r, w)

    @compiled
    def sample(b, a, i):
        return program.impact_premium_e15(b, a, i, i), program.mid_premium_e15(b, a, i)

    @compiled
    def rate(p, f, t):
        return program.paid_rate_e18(program.interval_rate_e18(p, f, t), 4, 1)

    for r, p, w in product((0, 1, E15 - 1), (-E15, -1, 0, 1, E15), (0, 1, 5_760, WEIGHTS_MAX)):
        assert sums(r, p, w) == (weighted_carry(r, p, w), weighted_rest_e15(r, p, w))
        whole = p * w // E15
        assert mean(whole, r, w) == mean_premium_e18(whole, r, w)
    for b, a, i in product((1, 10**9, QUOTED_MAX_SUBTICKS), repeat=3):
        assert sample(b, a, i) == (impact_premium_e15(b, a, i, i), mid_premium_e15(b, a, i))
    for premium, before, width, share in product(
        EXTREMES, EXTREMES, (0, E18), (0, 1, 750_000, PPM)
    ):
        row = terms(
            interest_e18=before, damper_low_e18=width, damper_high_e18=E18 - width,
            rate_added_e18=premium, rate_share_ppm=share,
        )  # fmt: skip
        record = np.array([row.values()], row_dtype(Market))[0]
        expected = paid_rate_e18(interval_rate_e18(premium, before, row), 4, 1)
        assert rate(premium, before, record) == expected
