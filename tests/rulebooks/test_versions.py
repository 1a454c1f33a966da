"""The other files: Kraken before partial liquidations, and ESMA's limits for retail clients."""

from datetime import date
from decimal import Decimal

import pytest

from longshore import calc, rulebooks
from longshore.engine.codes import Step
from tests.calc import printed

WHOLE = ["cancel_orders", "full", "assign", "covered", "unwind"]


@pytest.fixture(scope="module")
def older():
    return rulebooks.load("kraken-2025-06")


@pytest.fixture(scope="module")
def cautious():
    return rulebooks.load("cautious")


def test_the_newest_of_a_name_is_loaded_by_it(older):
    assert rulebooks.load("kraken").id == "kraken-2026-09"
    assert older.title == "Kraken Futures, outside the US, June 2025"


@pytest.mark.parametrize(
    ("path", "expected", "source"),
    [
        ("perpetuals.PF_XBTUSD.funding_divisor", 24, "S8"),
        ("perpetuals.PF_XBTUSD.funding_cap", Decimal("0.0025"), "S8"),
        ("liquidation.ladder", tuple(WHOLE), "S12"),
        ("liquidation.partial_share", Decimal(1), "S12"),
        ("liquidation.fee", Decimal(0), "S12"),
    ],
)
def test_kraken_before_partial_liquidations(older, path, expected, source):
    """LIQD-002, LIQD-005: the whole position in one step."""
    value = older.value(path)
    assert (value.value, value.source) == (expected, source)
    assert value.verified or value.note
    assert Step.PARTIAL not in older.setup().ladder


def test_kraken_before_has_class_a_and_the_table_of_eight_fees(older):
    tiers = [(each.bound, each.initial) for each in older.margin_tiers("PF_XBTUSD")]
    bounds = [0, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000, 60_000_000]
    rates = ["0.02", "0.04", "0.05", "0.1", "0.2", "0.3", "0.5"]
    assert tiers == [(bound, Decimal(rate)) for bound, rate in zip(bounds, rates, strict=True)]
    assert all(each.maintenance * 2 == each.initial for each in older.margin_tiers("PF_XBTUSD"))
    fees = older.terms.fees.linear.tiers
    assert [fees[i].value.taker for i in (0, 7)] == [Decimal("0.0005"), Decimal("0.0001")]
    assert len(fees) == 8


def test_what_was_read_for_later_months_only_is_not_verified(older):
    verified = {each.path for each in older.entries() if each.value.verified}
    of_the_schedule = {"margin_basis", "tier_unit", "maintenance_fee"}  # the same since 2023
    slopes = {f"perpetuals.{each.symbol}.margin_slope" for each in older.catalog.dollar_perpetuals}
    assert verified == slopes | {f"perpetual.{name}" for name in of_the_schedule} | {
        "liquidation.partial_share",
        "liquidation.fee",
    }


def test_cautious_has_esmas_two_numbers_for_every_perpetual(cautious):
    """2:1, and close-out at half of the initial margin."""
    for market in cautious.catalog.dollar_perpetuals:
        (tier,) = cautious.margin_tiers(market.symbol)
        assert (tier.bound, tier.initial, tier.maintenance) == (
            0,
            Decimal("0.5"),
            Decimal("0.25"),
        )
        assert market.leverage_max == 2
        value = cautious.value(f"perpetuals.{market.symbol}.tiers.0")
        assert (value.source, value.date, value.verified) == ("E1", date(2018, 6, 1), True)


def test_cautious_says_that_all_else_is_not_esmas_and_that_no_venue_is(cautious):
    assert "no venue" in cautious.region
    for entry in cautious.entries():
        is_esma = entry.value.source == "E1"
        assert entry.value.verified == is_esma, entry.path
        assert is_esma or "E1" not in entry.value.source
    used = cautious.unverified_used(["PF_XBTUSD"])
    assert "fees.linear.tiers.0" in used
    assert "perpetuals.PF_XBTUSD.tiers.0" not in used


def test_cautious_margin_of_a_position(cautious):
    """A position worth 10,000 needs 5,000 and is closed when equity falls below 2,500."""
    found = printed.margin(Decimal(10_000), calc.levels("PF_XBTUSD", cautious.id))
    assert (found.initial, found.maintenance) == (5_000, 2_500)
