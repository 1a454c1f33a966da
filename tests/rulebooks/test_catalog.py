"""Decimals become integers exactly or not at all."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longshore import rulebooks

CATALOG = rulebooks.load("kraken").catalog
MARKETS = st.sampled_from(sorted(CATALOG.markets))


@settings(max_examples=60)
@given(MARKETS, st.integers(-(10**12), 10**12))
def test_ticks_and_lots_survive_the_way_there_and_back(symbol, count):
    market = CATALOG.market(symbol)
    assert market.price_ticks(market.price(count)) == count
    assert market.qty_lots(market.size(count)) == count


@settings(max_examples=60)
@given(MARKETS, st.integers(1, 10**9), st.integers(1, 9), st.integers(1, 20))
def test_what_is_no_multiple_is_refused_however_small_the_rest(symbol, count, digit, places):
    market = CATALOG.market(symbol)
    rest = market.tick_size * Decimal(digit).scaleb(-places)
    with localcontext(prec=60):
        price = market.price(count) + rest
    with pytest.raises(rulebooks.NotAMultipleError, match="no multiple"):
        market.price_ticks(price)


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+30", "-1E+999999"])
def test_what_no_order_can_hold_is_refused(text):
    market = CATALOG.market("PF_XBTUSD")
    with pytest.raises(rulebooks.OutOfRangeError, match="out of range"):
        market.price_ticks(Decimal(text))
    with pytest.raises(rulebooks.ConversionError):
        market.qty_lots(Decimal(text))


def test_kraken_steps():
    bitcoin = CATALOG.market("PF_XBTUSD")
    assert bitcoin.price_ticks(Decimal("84000.0")) == 84_000
    assert bitcoin.qty_lots(Decimal("0.05")) == 500
    with pytest.raises(rulebooks.NotAMultipleError):
        bitcoin.price_ticks(Decimal("84000.5"))
    assert CATALOG.market("PF_DOGEUSD").price_ticks(Decimal("0.07")) == 7_000
    assert CATALOG.settlement.atoms(Decimal("0.01")) == 1_000_000
    assert CATALOG.asset("XBT").subticks(Decimal("84004.1136257451")) == 840_041_136_257_451
    assert bitcoin.leverage_max == 100


@pytest.mark.parametrize("key", ["PF_TUSD", 99])
def test_unknown_symbols_are_named(key):
    with pytest.raises(rulebooks.UnknownSymbolError, match=f"no market {key!r}"):
        CATALOG.market(key)
    with pytest.raises(rulebooks.UnknownSymbolError, match="no asset"):
        CATALOG.asset(key)
