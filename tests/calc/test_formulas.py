"""The calculators give the venue's own worked examples."""

import doctest
from decimal import Decimal

import pytest

from longshore import calc
from longshore.calc import (
    fundings,
    liquidations,
    numbers,
    premiums,
    ranks,
    rates,
    requirements,
    results,
    tiers,
)
from tests.calc import printed

WITH_EXAMPLES = [
    calc,
    printed,
    fundings,
    liquidations,
    numbers,
    premiums,
    ranks,
    rates,
    requirements,
    results,
    tiers,
]


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_examples_in_the_docstrings_hold(module):
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0


@pytest.mark.parametrize(
    ("balance", "liquidation", "zero"), [("10000", 74_420, 74_000), ("2000", 82_420, 82_000)]
)
def test_cross_long_in_dollars(balance, liquidation, zero):
    """LIQD-001, LIQD-006: one bitcoin at 84,000, maintenance 0.5 %."""
    kept = printed.margin(84_000, calc.levels("PF_XBTUSD")).maintenance
    assert printed.liquidation_price(1, 84_000, balance, kept) == liquidation
    assert printed.zero_equity_price(1, 84_000, balance) == zero


def test_cross_long_with_bitcoin_as_collateral():
    """MRGN-002: the same price moves position and collateral."""
    price = printed.liquidation_price(1, 84_000, 5_000, 420, collateral="0.2", haircut="0.01")
    assert price is not None
    assert round(price, 1) == Decimal("66293.8")
    zero = printed.zero_equity_price(1, 84_000, 5_000, "0.2", "0.01")
    assert round(zero, 1) == Decimal("65943.2")


def test_short_is_liquidated_above():
    """LIQD-001: a 3x short of one bitcoin at 84,000 with 28,000 of margin."""
    assert printed.liquidation_price(-1, 84_000, 28_000, 420) == 111_580


@pytest.mark.parametrize(
    ("size", "balance", "coins"), [(1, "90000", 0), ("0.1", "100", "-0.1"), (-1, "0", "2")]
)
def test_some_positions_have_no_liquidation_price(size, balance, coins):
    """LIQD-001: money enough at zero, a flat line, or coins that outweigh a short."""
    assert printed.liquidation_price(size, 84_000, balance, 0, coins) is None


def test_accounts_of_the_venues_documentation():
    """MRGN-002, MRGN-003."""
    held = [
        printed.Collateral(Decimal(5000), Decimal(1), Decimal(0)),
        printed.Collateral(Decimal("0.2"), Decimal(84_000), Decimal("0.01")),
    ]
    account = printed.flex_account(
        held,
        printed.Open(Decimal(1), Decimal(84_000), Decimal(83_000)),
        calc.levels("PF_XBTUSD"),
        funding="-1.2",
        order_value=41_000,
    )
    assert account == printed.FlexAccount(
        balance_value=Decimal(21_800),
        collateral_value=Decimal(21_632),
        pnl=Decimal(-1_000),
        total_unrealized=Decimal("-1001.2"),
        portfolio_value=Decimal("20798.8"),
        margin_equity=Decimal("20630.8"),
        initial_margin=Decimal(840),
        initial_margin_with_orders=Decimal(1_250),
        maintenance_margin=Decimal(420),
        available_margin=Decimal("19380.8"),
    )


@pytest.mark.parametrize(
    ("premium", "rate"), [("-0.1", "-0.005"), ("-0.00015", "-0.00001875"), ("0", "0")]
)
def test_funding_rate_is_cut_on_both_sides(premium, rate):
    """FUND-002, FUND-005."""
    hourly = calc.FundingTerms(cap="0.04", pay_hours=1)
    found = calc.rate_by_terms(premium, hourly).paid
    assert found == Decimal(rate)
    assert calc.payment_by_rate(-2, found, 84_000, 1) == 2 * 84_000 * Decimal(rate)


def test_part_of_an_hour_pays_its_part():
    """FUND-004: closing after 25 minutes."""
    hours = Decimal(25) / 60
    paid = calc.payment_by_rate(2, "0.00001875", 84_000, hours)
    assert round(paid, 20) == Decimal("-1.3125")


def test_break_even_of_a_short_lies_below_entry():
    """FEES-001: both fees and the funding paid move it away from profit."""
    without = printed.break_even("-0.05", 59_845, "0.0005", "0.0005")
    with_funding = printed.break_even("-0.05", 59_845, "0.0005", "0.0005", funding_paid=1)
    assert with_funding < without < 59_845
    received = printed.position_value("0.05", 59_845) - printed.position_value("0.05", without)
    fees = printed.fee(printed.position_value("0.05", 59_845 + without), "0.0005")
    assert round(received - fees, 12) == 0


def test_floats_are_refused():
    with pytest.raises(TypeError, match="float"):
        printed.fee(0.1, "0.0005")
