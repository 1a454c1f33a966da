"""FEES-003: what a liquidation costs is told once, by its fills."""

from decimal import Decimal

import pytest

from longshore.testing.venue import open_venue


@pytest.fixture(scope="module")
def venue():
    with open_venue(rulebook="binance_usdm", markets=["BTCUSDT"], XBT=60_000) as opened:
        yield opened


def test_income_adds_up_to_the_wallet_after_a_liquidation(venue):
    """FEES-003"""
    account = venue.account(USD=10_000)
    exchange = venue.ccxt("binanceusdm", account)
    exchange.set_margin_mode("isolated", "BTC/USDT:USDT")
    exchange.set_leverage(50, "BTC/USDT:USDT")
    exchange.create_order("BTC/USDT:USDT", "market", "buy", 0.5)
    venue.liquidate(account, "BTCUSDT", whole=True)

    income = exchange.fapiprivate_get_income({"limit": 1000})
    told = sum(Decimal(row["income"]) for row in income)
    assert told == Decimal(str(exchange.fetch_balance()["USDT"]["total"]))
    fills = exchange.fapiprivate_get_usertrades({"symbol": "BTCUSDT"})
    paid = sum(Decimal(row["income"]) for row in income if row["incomeType"] == "COMMISSION")
    assert -paid == sum(Decimal(fill["commission"]) for fill in fills)
    closing = [fill for fill in fills if fill["side"] == "SELL"]
    shares = [Decimal(fill["commission"]) / Decimal(fill["quoteQty"]) for fill in closing]
    assert max(shares) > Decimal("0.005"), "the liquidation's own fee is among them"
