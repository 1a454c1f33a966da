"""Rulebooks of other venues: each lays out an engine, and their printed examples come out of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from longshore import calc, rulebooks
from longshore.calc.desk import Desk
from longshore.engine.codes import (
    AdlPrice,
    AdlRank,
    FundingPay,
    FundingPrice,
    PremiumMethod,
    Reason,
    Step,
    System,
)
from longshore.engine.cuts import lots_to_cut
from longshore.engine.engine import Engine
from longshore.engine.ledger import system_wallet, transfer
from longshore.engine.peaks import fund_has_fallen, note_fund
from longshore.engine.rates import paid_rate_e18

VENUES = {
    "binance_usdm": "BTCUSDT",
    "bybit_linear": "BTCUSDT",
    "okx_swap": "BTC-USDT-SWAP",
    "deribit": "BTC_USDC-PERPETUAL",
    "hyperliquid": "BTC",
    "dydx_v4": "BTC-USD",
}
BASIS_POINT = 10**14


@pytest.mark.parametrize(("name", "symbol"), VENUES.items())
def test_the_engine_takes_every_rulebook(name, symbol):
    """LIQD-002: and every one of them ends its ladder by unwinding."""
    book = rulebooks.load(name)
    engine = Engine(book.setup(), mode="plain")
    market = book.catalog.market(symbol)
    assert engine.view.markets[market.market_id].tier_count >= 1
    assert engine.view.ladder[engine.view.ladder_count].step == Step.UNWIND
    assert book.unverified()  # none of them is known whole


def row(name):
    """The engine's row of the venue's first market."""
    book = rulebooks.load(name)
    return Engine(book.setup(), mode="plain").view.markets[1]


@pytest.mark.parametrize(
    ("name", "cap_bp"),
    [
        ("binance_usdm", 30),  # 0.75 of 0.4 %
        ("bybit_linear", Decimal("37.5")),
        ("hyperliquid", 400),  # an hour
        ("dydx_v4", 60),  # an hour of 6 * (2 % - 1.2 %)
        ("deribit", Decimal("0.625")),  # 36 seconds of 5 %
    ],
)
def test_the_highest_rate_that_an_interval_pays(name, cap_bp):
    """RATE-010, RATE-011"""
    market = row(name)
    paid = paid_rate_e18(market.rate_cap_e18, market.funding_interval_us, market.rate_interval_us)
    assert paid == cap_bp * BASIS_POINT


def test_how_each_charges():
    """FUND-001, FUND-004, FUND-009"""
    for name in ("binance_usdm", "bybit_linear", "okx_swap", "hyperliquid", "dydx_v4"):
        market = row(name)
        assert market.premium_method == PremiumMethod.IMPACT_INDEX
        assert (market.funding_pay, market.funding_lag) == (FundingPay.AT_ONCE, 0)
    assert row("deribit").premium_method == PremiumMethod.MARK
    assert row("deribit").funding_pay == FundingPay.ACCRUED
    assert row("hyperliquid").funding_price == FundingPrice.INDEX
    assert row("binance_usdm").funding_price == FundingPrice.MARK


def price(name, side, qty, entry, leverage, symbol=None):
    """Where an isolated position is liquidated."""
    position = calc.Position(
        symbol=symbol or VENUES[name], side=side, qty=qty, entry=entry, leverage=leverage
    )
    return calc.liquidation_price(position=position, rulebook=name)


def test_bybit_long_of_the_help_page():
    """LIQD-001, LIQD-006, BY3: 1 BTC at 20,000, 50x: margin 400 and 100; 19,700."""
    found = price("bybit_linear", "long", 1, 20_000, 50)
    assert (found.margin, found.maintenance) == (400, 100)
    assert (found.price, found.bankruptcy) == (19_700, 19_600)
    assert price("bybit_linear", "short", 1, 20_000, 50).price == 20_300


def to_a_cent(number):
    return round(number, 2)


@pytest.mark.parametrize(("side", "way"), [("long", 1), ("short", -1)])
def test_the_published_formulas(side, way):
    """LIQD-001, MRGN-014: as each venue prints it; half a coin at 60,000, 10x."""
    qty, entry, margin = Decimal("0.5"), Decimal(60_000), Decimal(3_000)
    binance = (margin - way * qty * entry) / (qty * Decimal("0.004") - way * qty)  # BN4
    assert to_a_cent(price("binance_usdm", side, qty, entry, 10).price) == to_a_cent(binance)
    kept, fee = Decimal("0.004"), Decimal("0.0005")
    okx = (entry - way * margin / qty) / (1 - way * (kept + fee))  # OK5
    assert to_a_cent(price("okx_swap", side, qty, entry, 10).price) == to_a_cent(okx)
    share = Decimal("0.0125")
    left = margin - qty * entry * share
    liquid = entry - way * left / qty / (1 - share * way)  # HL4
    assert to_a_cent(price("hyperliquid", side, qty, entry, 10).price) == to_a_cent(liquid)
    dydx = (margin - way * qty * entry) / (qty * Decimal("0.012") - way * qty)  # DY2
    assert to_a_cent(price("dydx_v4", side, qty, entry, 10).price) == to_a_cent(dydx)


@pytest.mark.parametrize(
    ("coins", "initial", "maintenance"), [(25, 53_125, 28_125), (350, 1_312_500, 962_500)]
)
def test_deribit_margin_grows_with_the_size(coins, initial, maintenance):
    """MRGN-013, DB3: 25 BTC at 100,000: 2.125 % and 1.125 %; 350: 3.75 %."""
    found = calc.margin(symbol=VENUES["deribit"], qty=coins, price=100_000, rulebook="deribit")
    assert (found.initial, found.maintenance) == (initial, maintenance)


def test_binance_brackets_have_the_published_deductions():
    """MRGN-001, BN3: rate * notional - cum, in every bracket."""
    cum = [0, 50, 950, 11_450, 131_450, 481_450, 2_981_450, 14_481_450, 26_481_450, 41_481_450]
    tops = [50_000, 600_000, 3 * 10**6, 12 * 10**6, 70 * 10**6, 10**8, 23 * 10**7, 48 * 10**7]
    for deduction, notional in zip(cum, [*tops, 6 * 10**8, 8 * 10**8], strict=True):
        found = calc.margin(
            symbol="BTCUSDT", qty=Decimal(notional) / 100_000, price=99_999,
            rulebook="binance_usdm",
        )  # fmt: skip
        assert found.deduction == pytest.approx(deduction, abs=Decimal("0.0001"))


def test_okx_margin_jumps_at_a_tier_by_size():
    """MRGN-001, CONT-004: the rate of the tier reached on all of it, and the fee inside."""
    below, above = (
        calc.margin(symbol="BTC-USDT-SWAP", qty=qty, price=50_000, rulebook="okx_swap")
        for qty in ("4.9999", "5")
    )
    assert below.maintenance == Decimal("4.9999") * 50_000 * Decimal("0.0045")
    assert above.maintenance == 5 * 50_000 * Decimal("0.0055")


@pytest.mark.parametrize(("lost", "fallen"), [(350_000, 1), (300_000, 1), (299_999, 0), (10**6, 1)])
@pytest.mark.parametrize("name", ["bybit_linear", "okx_swap"])
def test_unwinding_begins_when_a_fund_of_a_million_has_lost_30_percent(name, lost, fallen):
    """LIQD-025, BY4, OK5: 350,000 are 35 %; exactly 30 % is enough; and so is nothing left."""
    desk = Desk(name, [VENUES[name]])
    fund, market = system_wallet(System.INSURANCE), desk.market(VENUES[name])
    desk.give(System.INSURANCE, fund, "USD", 10**6)
    note_fund(desk.state, market.settle_asset_id)
    venue = system_wallet(System.VENUE)
    transfer(desk.state, market.settle_asset_id, fund, venue, lost * 10**8, Reason.COVER)
    assert fund_has_fallen(desk.state, market) == fallen


@pytest.mark.parametrize(
    ("name", "qty", "left"),
    [
        ("okx_swap", 10, None),  # of the second tier: none two below
        ("okx_swap", 40, "4.9999"),  # of the third: to below the bound of the second
        ("okx_swap", 200, "29.9999"),  # of the fourth: to below the bound of the third
        ("bybit_linear", 50, None),
        ("bybit_linear", 125, "99.999"),  # 2.5M at 20,000: to below 2M
        ("bybit_linear", 145, "129.999"),  # 2.9M: to below 2.6M
    ],
)
def test_cuts_end_below_the_bound_of_the_lower_tier(name, qty, left):
    """LIQD-020, OK5, BY3: two tiers at a time from the third on; one tier at a time."""
    desk, symbol = Desk(name, [VENUES[name]]), VENUES[name]
    held = desk.open(
        desk.account(), calc.Position(symbol=symbol, side="long", qty=qty, entry=20_000)
    )
    lots = lots_to_cut(desk.state, desk.market(symbol), held)
    listed = desk.listed(symbol)
    kept = (held.qty_lots - lots) * listed.lot / listed.lots_per_lot
    assert (lots == 0) if left is None else kept == Decimal(left)


def test_what_stands_behind_each_ladder():
    """LIQD-017, LIQD-018, LIQD-021, LIQD-022, LIQD-023, LIQD-024: HL4, DB5, DY1, BN6, OK5."""
    hyper, deribit, dydx = row("hyperliquid"), row("deribit"), row("dydx_v4")
    assert (hyper.partial_ppm, hyper.partial_above_atoms) == (200_000, 100_000 * 10**8)
    assert (hyper.partial_rest_us, hyper.backstop_ppm) == (30 * 10**6, 666_666)
    assert (hyper.adl_rank, hyper.adl_price) == (AdlRank.PRICE_LEVERAGE, AdlPrice.PREVIOUS_MARK)
    assert deribit.pause_us == 10**6
    assert Step.SOCIALISE in rulebooks.load("deribit").setup().ladder
    assert (dydx.adl_rank, dydx.partial_ppm) == (AdlRank.RANDOM, 100_000)
    assert dydx.partial_above_atoms == 1_000 * 10**8
    assert row("binance_usdm").adl_rank == AdlRank.PROFIT_MARGIN_RATIO
    assert row("okx_swap").adl_price == AdlPrice.MARK
    assert row("bitmex").adl_rank == AdlRank.PROFIT_BY_LEVERAGE
    intx = row("coinbase_intx")
    assert (intx.partial_to_initial, intx.backstop_ppm) == (1, 500_000)


def test_the_queue_of_binance_is_by_profit_and_margin_ratio():
    """LIQD-023, BN6: PnL 4,000 of a wallet of 8,400, maintenance margin over 12,400."""
    position = calc.Position(symbol="BTCUSDT", side="short", qty=1, entry=84_000, leverage=10)
    holder = calc.Holder(name="a", position=position)
    (ranked,) = calc.adl_rank(holders=[holder], mark=80_000, rulebook="binance_usdm")
    kept = Decimal(80_000) * Decimal("0.005") - 50
    exact = Decimal(4_000) / 8_400 * kept / 12_400
    assert abs(ranked.score - exact) < Decimal("0.000002")
