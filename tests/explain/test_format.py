"""One formatter: what people read is written the same way everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longshore.explain import format as fmt
from tests.explain.desk import PERP, RULEBOOK

BITCOIN = RULEBOOK.catalog.market(PERP)
DOGE = RULEBOOK.catalog.market("PF_ETHUSD")
DOLLAR = RULEBOOK.catalog.settlement


@pytest.mark.parametrize(
    ("atoms", "text"),
    [
        (299_225_000_000, "$2,992.25"),
        (-310_000_000, "-$3.10"),
        (0, "$0.00"),
        (360_000, "$0.0036"),
        (-1, "$0.00"),
        (-499_999, "-$0.0050"),
    ],
)
def test_money_has_its_unit(atoms, text):
    assert fmt.money(atoms) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (96, 1000, "9.6%"),
        (1, 1, "100%"),
        (25, 10_000, "0.25%"),
        (5, 10_000, "0.05%"),
        (1_875, 10**8, "0.0019%"),
        (-5, 1000, "-0.5%"),
        (0, 7, "0%"),
        (3, 0, "–"),
    ],
)
def test_percentages_keep_two_figures(part, whole, text):
    assert fmt.percent(part, whole) == text


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=6))
def test_cents_of_parts_add_up_to_the_cents_of_the_whole(parts):
    shown = fmt.Currency(DOLLAR).shown(parts)
    assert all(cents % 10**6 == 0 for cents in shown)
    assert abs(sum(parts) - sum(shown)) <= 10**6 // 2
    assert all(abs(cents - part) < 10**6 for cents, part in zip(shown, parts, strict=True))


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=6))
def test_coins_are_shown_as_they_are(parts):
    """CONT-003: a coin has no cents."""
    assert fmt.Currency(BITCOIN.base).shown(parts) == parts


def test_prices_are_never_finer_than_their_tick():
    assert fmt.price(BITCOIN, 541_311_362_574_516) == "54,131"
    assert fmt.price(DOGE, 30_004_500_000_000) == "3,000.4"
    assert fmt.size(BITCOIN, -500) == "0.05 BTC"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (721, "12 min"),
        (3_599, "1 h"),
        (3600, "1 h"),
        (3_660, "1 h 1 min"),
    ],
)
def test_countdown(seconds, text):
    assert fmt.countdown(seconds * 1_000_000) == text


def test_moments_are_utc():
    assert fmt.moment(1_584_072_847_000_000) == "13 Mar 2020 04:14:07 UTC"
