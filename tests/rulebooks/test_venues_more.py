"""Rulebooks of further venues, inverse ones among them, and what those print comes out of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from longshore import calc, rulebooks
from longshore.engine.codes import FundingPay, MarkCandidate, PremiumMethod, Step
from longshore.engine.engine import Engine
from longshore.engine.rows import Market

VENUES = {
    "bitmex": "XBTUSD",
    "bybit_inverse": "BTCUSD",
    "coinbase_intx": "BTC-PERP",
    "kraken_eea": "PF_XBTUSD",
    "kraken_inverse": "PI_XBTUSD",
    "kraken_us": "PBUC",
}


@pytest.mark.parametrize(("name", "symbol"), VENUES.items())
def test_the_engine_takes_every_rulebook(name: str, symbol: str) -> None:
    """LIQD-002: and every one of them ends its ladder by unwinding."""
    book = rulebooks.load(name)
    engine = Engine(book.setup(), mode="plain")
    assert engine.view.markets[book.catalog.market(symbol).market_id].tier_count >= 1
    assert engine.view.ladder[engine.view.ladder_count].step == Step.UNWIND
    assert book.unverified_used([symbol])  # none of them is known whole


def row(name: str) -> Market:
    """The engine's row of the venue's first market."""
    return rulebooks.load(name).setup().markets[0]


def test_how_each_charges() -> None:
    """FUND-001, FUND-009, RATE-009, RATE-010: a lag, a share of the last rate, a cap on change."""
    bitmex, intx, us = (row(name) for name in ("bitmex", "coinbase_intx", "kraken_us"))
    assert bitmex.premium_method == PremiumMethod.IMPACT_MARK
    assert (bitmex.funding_pay, bitmex.funding_lag) == (FundingPay.AT_ONCE, 1)
    assert bitmex.mark_candidates == MarkCandidate.FUNDED  # no book in it
    assert (bitmex.rate_cap_e18, bitmex.rate_change_e18) == (375 * 10**13, 375 * 10**13)
    assert (intx.rate_share_ppm, intx.damper_high_e18, intx.interest_e18) == (750_000, 0, 0)
    assert intx.rate_interval_us == 24 * intx.funding_interval_us
    samples = us.funding_interval_us // us.sample_us
    assert (samples, samples * (samples + 1) // 2) == (1_920, 1_844_160)  # S19
    assert us.premium_linear == 1
    assert [m.funding_at_us for m in (bitmex, us, intx)] == [4 * 3_600 * 10**6, 0, 0]  # FUND-012
    by_tiers = ("bybit_linear", "bybit_inverse", "okx_swap")
    assert [row(name).cut_whole for name in by_tiers] == [1, 1, 0]  # LIQD-020


def test_bitmex_funding_of_the_guide() -> None:
    """CONT-005, BM1: 15,000 contracts at 750 are 20 coins, and 0.25 % of them is 0.05.

    The rate is of the days before the cap of today's margins: it is charged here in two halves.
    """
    held = calc.Position(symbol="XBTUSD", side="long", qty=15_000, entry=750)
    paid = calc.funding_payment(
        position=held, rate="0.00125", index=750, hours=16, rulebook="bitmex"
    )
    assert (paid.payment, paid.unit, paid.intervals) == (Decimal("-0.05"), "BTC", 2)


def test_bitmex_linear_cross_of_the_examples() -> None:
    """MRGN-001, LIQD-001, LIQD-006, BM4: 20 at 1,000, wallet 10,000: 400, 200, 510, 500, 9,600."""
    asked = calc.margin(symbol="ETHUSDT", qty=20, price=1_000, rulebook="bitmex")
    assert (asked.initial, asked.maintenance, 10_000 - asked.initial) == (400, 200, 9_600)
    held = calc.Position(symbol="ETHUSDT", side="long", qty=20, entry=1_000)
    found = calc.liquidation_price(
        position=held, wallet=calc.Cross(balance=10_000), rulebook="bitmex"
    )
    assert (found.price, found.bankruptcy) == (510, 500)


def test_bitmex_contracts_pay_as_the_guide_says() -> None:
    """CONT-001, CONT-002, BM1: contracts * (1/entry - 1/exit); contracts * multiplier * move."""
    inverse = calc.Position(symbol="XBTUSD", side="long", qty=50_000, entry=10_000)
    exact = 50_000 * (1 / Decimal(10_000) - 1 / Decimal(12_500))
    assert calc.pnl(position=inverse, price=12_500, rulebook="bitmex").realised == exact == 1
    quanto = calc.Position(symbol="ETHUSD", side="short", qty=1_000, entry=3_000)
    gained = calc.pnl(position=quanto, price="2950.05", rulebook="bitmex")
    assert (gained.realised, gained.unit) == (Decimal("0.04995"), "BTC")


def test_bybit_inverse_bankruptcy_of_the_help_page() -> None:
    """LIQD-006, BY3: entry * leverage / (leverage + 1): 7,890.08 at 50x: 7,735.3725; short / 49."""
    for side, wanted in (("long", "7735.3725"), ("short", "8051.1020")):
        held = calc.Position(
            symbol="BTCUSD", side=side, qty=1_000_000, entry="7890.08", leverage=50
        )
        found = calc.liquidation_price(position=held, rulebook="bybit_inverse")
        assert found.bankruptcy is not None
        assert abs(found.bankruptcy - Decimal(wanted)) < Decimal("0.0001")


def test_bybit_inverse_cross_of_the_help_page() -> None:
    """LIQD-006, BY3: 10,000 at 8,000 with half a coin: 5,718.57, of which the fee to close is 4.29.

    The venue keeps that fee back inside the bankruptcy price; here it is charged beside it.
    """
    held = calc.Position(symbol="BTCUSD", side="long", qty=10_000, entry=8_000)
    wallet = calc.Cross(balance="0.5")
    found = calc.liquidation_price(position=held, wallet=wallet, rulebook="bybit_inverse")
    assert found.bankruptcy is not None
    assert round(found.bankruptcy * Decimal("1.00075"), 2) == Decimal("5718.57")


def test_coinbase_rates_keep_a_quarter_of_the_last() -> None:
    """RATE-009, RATE-012, CB4: TWAP / 24 * 0.75 + previous * 0.25."""
    terms = calc.FundingTerms(smoothing="0.75", cap="0.48", rate_hours=24, pay_hours=1)
    found = calc.rate_by_terms("0.0024", terms, previous="0.0048")
    assert found.paid == Decimal("0.0024") / 24 * Decimal("0.75") + Decimal("0.0048") / 24 / 4
    market = row("coinbase_intx")
    assert market.rate_cap_e18 == 48 * 10**16


def test_retail_leverage_in_the_eea_is_ten() -> None:
    """MRGN-001, S6: 10 % below 30 million, 20 % of what is above it; maintenance is half."""
    book = rulebooks.load("kraken_eea")
    assert book.catalog.market("PF_XBTUSD").leverage_max == 10
    asked = calc.margin(symbol="PF_XBTUSD", qty=400, price=100_000, rulebook="kraken_eea")
    assert (asked.initial, asked.maintenance) == (5_000_000, 2_500_000)
    levels = {each.maintenance * 2 == each.initial for each in book.margin_tiers("PF_ETHUSD")}
    assert levels == {True}


def test_a_run_does_not_count_what_nothing_asks_for() -> None:
    """No step of the ladder is partial, no candidate of the mark is smoothed: neither is used."""
    bitmex = rulebooks.load("bitmex")
    unused = {"liquidation.partial_share", "liquidation.cover_band", "perpetual.mark_ema_num"}
    assert unused <= set(bitmex.unverified())
    used = bitmex.unverified_used(["XBTUSD"])
    assert not unused & set(used)
    assert "perpetual.interest" in used
    dated = rulebooks.load("kraken_inverse").only(["FI_XBTUSD_261225"])
    assert "perpetual.premium_method" in dated.unverified()
    used = dated.unverified_used(["FI_XBTUSD_261225"])
    assert not [path for path in used if path.startswith("perpetual.premium_method")]
    assert "futures.FI_XBTUSD_261225.settle_window_s" in used
