"""Each calculator answers under every rulebook, and says clearly what it cannot answer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from longshore import calc, rulebooks

NAMES = sorted({rulebooks.load(name).terms.name for name in rulebooks.available()})


def held(name: str, **more: str) -> calc.Position:
    """Some ten thousand dollars of the rulebook's first market."""
    market = next(iter(rulebooks.load(name).catalog.margined))
    whole = 10_000 if market.is_inverse else Decimal("0.1") / market.contract_value
    lots = max(1, int(whole / market.lot_size))
    qty = lots * market.lot_size
    return calc.Position(symbol=market.symbol, side="long", qty=qty, entry=100_000, **more)


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_an_answer_under_every_rulebook(name: str) -> None:
    """MRGN-001, LIQD-001, CONT-002, FEES-001, FUND-002: of one long position."""
    position = held(name)
    symbol, qty = position.symbol, position.qty
    asked = calc.margin(symbol=symbol, qty=qty, price=100_000, rulebook=name)
    assert 0 < asked.maintenance <= asked.initial <= asked.notional
    alone = calc.liquidation_price(position=held(name, leverage="2"), rulebook=name)
    assert alone.price is not None
    assert alone.bankruptcy is not None
    assert 40_000 < alone.bankruptcy < alone.price < 90_000
    wallet = calc.Cross(balance=asked.initial * 2)
    cross = calc.liquidation_price(position=position, wallet=wallet, rulebook=name)
    assert cross.price is not None
    assert cross.price < 100_000
    assert cross.unit == asked.unit
    assert calc.pnl(position=position, price=101_000, rulebook=name).realised > 0
    fee = calc.fee(symbol=symbol, qty=qty, price=100_000, rulebook=name)
    even = calc.breakeven(position=position, rulebook=name)
    assert even.price is not None
    assert (even.price > 100_000) == (fee.fee > 0)
    rate = calc.funding_rate(symbol=symbol, premium="0.0004", rulebook=name)
    assert 0 < rate.paid <= rate.rate
    paid = calc.funding_payment(
        position=position, rate=rate.paid, index=100_000, hours=rate.interval_hours, rulebook=name
    )
    assert paid.payment < 0
    prices = {"bid": "100040", "ask": "100060", "mark": "100050"}
    assert calc.premium(symbol=symbol, index=100_000, rulebook=name, **prices).relative > 0


@pytest.mark.parametrize("name", ["bitmex", "kraken_inverse", "coinbase_intx"])
def test_what_cannot_be_answered_is_said(name: str) -> None:
    """LIQD-001: leverage 0; a size that is no whole lot; nothing that margins it."""
    with pytest.raises(ValueError, match="leverage must be above zero, not 0"):
        calc.liquidation_price(position=held(name, leverage="0"), rulebook=name)
    with pytest.raises(ValueError, match="no multiple of the lot"):
        calc.fee(symbol=held(name).symbol, qty="0.00000007", price=100_000, rulebook=name)
    with pytest.raises(ValueError, match=r"give a leverage .* or a wallet"):
        calc.liquidation_price(position=held(name), rulebook=name)


def test_an_inverse_short_that_coins_cover_has_no_liquidation_price() -> None:
    """LIQD-001, CONT-002: more coins than 84,000 contracts were sold for: no rise takes them."""
    short = calc.Position(symbol="PI_XBTUSD", side="short", qty=84_000, entry=84_000)
    wallet = calc.Cross(balance="1.1")
    found = calc.liquidation_price(position=short, wallet=wallet, rulebook="kraken_inverse")
    assert (found.price, found.bankruptcy) == (None, None)
    assert "Price alone cannot close this position" in found.sentence


def test_a_dated_future_has_no_rate() -> None:
    """LIFE-001"""
    with pytest.raises(ValueError, match="FI_XBTUSD_261225 is a dated future: it has no funding"):
        calc.funding_rate(symbol="FI_XBTUSD_261225", premium="0.001", rulebook="kraken_inverse")


@pytest.mark.parametrize(
    ("name", "symbol", "premium", "previous", "rate", "paid"),
    [
        ("kraken", "PF_XBTUSD", "0.00015", 0, "0.00015", "0.00001875"),
        ("binance_usdm", "BTCUSDT", "0.0008", 0, "0.0003", "0.0003"),
        ("hyperliquid", "BTC", "0.01", 0, "0.0095", "0.0011875"),
        ("bitmex", "XBTUSD", "0.009", 0, "0.00375", "0.00375"),
        ("bitmex", "XBTUSD", "0.009", "-0.002", "0.00175", "0.00175"),
        ("coinbase_intx", "BTC-PERP", "0.0024", "0.0048", "0.003", "0.000125"),
    ],
)
def test_a_rate_by_each_venues_terms(
    name: str, symbol: str, premium: str, previous: str, rate: str, paid: str
) -> None:
    """FUND-002, RATE-008 to RATE-012: damped, smoothed, capped, held back, and the part paid."""
    found = calc.funding_rate(symbol=symbol, premium=premium, previous=previous, rulebook=name)
    assert (found.rate, found.paid) == (Decimal(rate), Decimal(paid))


def test_a_premium_says_which_prices_it_is_of() -> None:
    """FUND-001"""
    with pytest.raises(ValueError, match="mark: this market's premium is of mark"):
        calc.premium(symbol="BTC-PERP", index=100_000, bid=1, ask=2, rulebook="coinbase_intx")
    found = calc.premium(
        symbol="XBTUSD", index=100, bid="101", ask="102", mark="100.5", rulebook="bitmex"
    )
    assert found.relative == Decimal("0.01")  # 0.5 beyond the mark, and the mark's own 0.5
