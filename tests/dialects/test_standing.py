"""Settings and standings that clients read: unwind queue, self-trade, withdrawal to spot."""

from __future__ import annotations

from collections.abc import Iterator

import ccxt
import pytest

from longshore.testing.venue import Venue, open_venue

XBT, UNIFIED = "PF_XBTUSD", "BTC/USD:USD"


@pytest.fixture(scope="module")
def venue() -> Iterator[Venue]:
    """One for the file."""
    with open_venue(markets=[XBT], XBT=60_000) as opened:
        yield opened


def client(venue):
    return venue.ccxt("krakenfutures", venue.account())


def percentile(exchange):
    [row] = exchange.privateGetUnwindqueue()["queue"]
    assert row["symbol"] == XBT
    return int(row["percentile"])


def test_who_gains_more_by_more_leverage_is_unwound_first(venue):
    exchanges = [client(venue) for _ in range(5)]
    for size, exchange in enumerate(exchanges, start=1):
        exchange.create_order(UNIFIED, "market", "buy", 0.1 * size)
    venue.move_mark(XBT, "1%")
    assert [percentile(exchange) for exchange in exchanges] == [20, 40, 60, 80, 100]
    for exchange in exchanges:
        exchange.create_order(UNIFIED, "market", "sell", 1, None, {"reduceOnly": True})
        assert exchange.privateGetUnwindqueue()["queue"] == []


def test_a_self_trade_strategy_is_kept_and_followed(venue):
    exchange = client(venue)
    assert exchange.privateGetSelfTradeStrategy()["strategy"] == "REJECT_TAKER"
    venue.empty_book(XBT)
    price = int(venue.mark(XBT))
    resting = exchange.create_order(UNIFIED, "limit", "buy", 0.1, price)
    with pytest.raises(ccxt.ExchangeError, match="selfFill"):
        exchange.create_order(UNIFIED, "limit", "sell", 0.1, price)
    asked = {"strategy": "CANCEL_MAKER_SELF"}
    assert exchange.privatePutSelfTradeStrategy(asked)["strategy"] == "CANCEL_MAKER_SELF"
    exchange.create_order(UNIFIED, "limit", "sell", 0.1, price)
    assert [each["side"] for each in exchange.fetch_open_orders(UNIFIED)] == ["sell"]
    assert exchange.fetch_order(resting["id"], UNIFIED)["status"] == "canceled"
    with pytest.raises(ccxt.BadRequest, match="strategy"):
        exchange.privatePutSelfTradeStrategy({"strategy": "WISH"})
    assert exchange.privateGetSelfTradeStrategy()["strategy"] == "CANCEL_MAKER_SELF"
    exchange.cancel_all_orders(UNIFIED)
    venue.quote(XBT)


def balance(exchange, kind):
    return exchange.fetch_balance({"type": kind})["USD"]["free"]


def test_money_goes_to_spot_from_either_wallet(venue):
    exchange = client(venue)
    moved = exchange.privatePostWithdrawal(
        {"currency": "USD", "amount": 300, "sourceWallet": "flex"}
    )
    assert moved["result"] == "success"
    assert (balance(exchange, "flex"), balance(exchange, "cash")) == (9_700, 300)
    exchange.transfer("USD", 100, "cash", "spot")
    assert balance(exchange, "cash") == 300  # the spot account is this wallet
    for amount, error in ((301, ccxt.InsufficientFunds), (-1, ccxt.ExchangeError)):
        with pytest.raises(error):
            exchange.privatePostWithdrawal({"currency": "USD", "amount": amount})
    assert (balance(exchange, "flex"), balance(exchange, "cash")) == (9_700, 300)
