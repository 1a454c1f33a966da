"""`ccxt.kraken`, only its URLs changed: what it reads and does on spot, checked by value."""

from __future__ import annotations

from itertools import pairwise

import ccxt
import pytest

from tests.dialects.desk import SYMBOL, UNIFIED
from tests.dialects.spot import PAIR, PAIR_ID, known_spot_book, options

FEE_TAKER, FEE_MAKER = 0.004, 0.0025
FEE_TAKER_10K, FEE_TAKER_50K = 0.0035, 0.0024
"""The taker fees that follow a volume of ten and of fifty thousand dollars."""


@pytest.fixture
def book(desk):
    with known_spot_book(desk) as quoted:
        yield quoted


def test_markets_and_currencies(book):
    markets = book.maker.load_markets()
    bitcoin = markets[PAIR]
    assert set(markets) == {PAIR, "ETH/USD"}
    assert (bitcoin["id"], bitcoin["active"], bitcoin["spot"]) == (PAIR_ID, True, True)
    assert bitcoin["precision"] == {"amount": 1e-7, "price": 0.1}
    assert (bitcoin["taker"], bitcoin["maker"]) == (FEE_TAKER, FEE_MAKER)
    assert book.maker.fetch_currencies()["BTC"]["precision"] == 1e-8
    assert book.maker.fetch_status()["status"] == "ok"
    server = book.desk.public("/0/public/Time")["result"]["unixtime"]
    assert book.maker.fetch_time() == server * 1000


def test_tickers_and_order_book(book):
    book.quote("sell", 2.5, book.ask + 40)
    ticker = book.maker.fetch_ticker(PAIR)
    assert (ticker["bid"], ticker["bidVolume"]) == (book.bid, 1)
    assert (ticker["ask"], ticker["askVolume"]) == (book.ask, 1)
    assert ticker["low"] <= ticker["last"] <= ticker["high"]
    assert ticker["low"] <= ticker["vwap"] <= ticker["high"]
    assert book.maker.fetch_tickers()[PAIR]["bid"] == book.bid
    assert set(book.maker.fetch_tickers(["ETH/USD"])) == {"ETH/USD"}
    levels = book.maker.fetch_order_book(PAIR)
    assert [level[:2] for level in levels["bids"]] == [[book.bid, 1]]
    assert [level[:2] for level in levels["asks"]] == [[book.ask, 1], [book.ask + 40, 2.5]]
    assert len(book.maker.fetch_order_book(PAIR, 1)["asks"]) == 1


def test_public_trades_and_candles(book):
    trader = book.trader()
    before = trader.fetch_ticker(PAIR)["info"]
    trader.create_order(PAIR, "market", "buy", 0.25)
    trade = trader.fetch_trades(PAIR, limit=1)[-1]
    assert (trade["price"], trade["amount"], trade["side"]) == (book.ask, 0.25, "buy")
    assert trader.fetch_trades(PAIR, since=trade["timestamp"] - 1000)[-1]["id"] == trade["id"]
    after = trader.fetch_ticker(PAIR)["info"]
    assert [b - a for a, b in zip(before["t"], after["t"], strict=True)] == [1, 1]
    assert float(after["v"][0]) - float(before["v"][0]) == pytest.approx(0.25)
    candles = trader.fetch_ohlcv(PAIR, "1h", limit=24)
    now = trader.fetch_time()
    assert candles[-1][0] <= now < candles[-1][0] + 3_600_000
    assert candles[-1][4] == book.ask
    times = [candle[0] for candle in candles]
    assert {later - time for time, later in pairwise(times)} == {3_600_000}
    since = trader.fetch_ohlcv(PAIR, "1h", since=times[-3])
    assert [candle[0] for candle in since] == times[-3:]


def test_balance_with_what_orders_keep(book):
    """ORDR-017, FEES-001"""
    trader = book.trader()
    trader.create_order(PAIR, "market", "buy", 0.5)
    trader.create_order(PAIR, "limit", "buy", 0.1, book.bid - 100)
    trader.create_order(PAIR, "limit", "sell", 0.2, book.ask + 100)
    balance = trader.fetch_balance()
    paid = 0.5 * book.ask * (1 + FEE_TAKER)
    assert balance["USD"]["total"] == pytest.approx(100_000 - paid)
    assert balance["USD"]["used"] == pytest.approx(0.1 * (book.bid - 100) * (1 + FEE_TAKER_10K))
    assert (balance["BTC"]["total"], balance["BTC"]["used"]) == (1.5, 0.2)


def test_an_order_is_placed_edited_and_cancelled(book):
    """ORDR-003, ORDR-012"""
    trader = book.trader()
    price = book.bid - 100
    placed = trader.create_order(PAIR, "limit", "buy", 0.5, price, {"clientOrderId": "mine 1"})
    (resting,) = trader.fetch_open_orders(PAIR)
    assert (resting["id"], resting["clientOrderId"]) == (placed["id"], "mine 1")
    assert (resting["price"], resting["amount"], resting["status"]) == (price, 0.5, "open")
    trader.edit_order(placed["id"], PAIR, "limit", "buy", 0.6, price - 10)
    found = trader.fetch_order(placed["id"])
    assert (found["status"], found["amount"], found["price"]) == ("open", 0.6, price - 10)
    assert trader.fetch_order_book(PAIR)["bids"][1][:2] == [price - 10, 0.6]
    trader.cancel_order(placed["id"])
    assert trader.fetch_open_orders() == []
    assert trader.fetch_order(placed["id"])["status"] == "canceled"
    with pytest.raises(ccxt.OrderNotFound):
        trader.cancel_order(placed["id"])
    (closed,) = trader.fetch_closed_orders(PAIR)
    assert (closed["id"], closed["filled"]) == (placed["id"], 0)


def by_price(fill):
    return fill["price"]


def test_fills_in_every_form_agree(book):
    """FEES-001: order, trades and ledger tell the same money."""
    trader = book.trader(USD="200000")
    book.quote("sell", 1, book.ask + 10)
    placed = trader.create_order(PAIR, "limit", "buy", 1.5, book.ask + 10)
    order = trader.fetch_order(placed["id"])
    cost = book.ask + 0.5 * (book.ask + 10)
    assert (order["status"], order["filled"]) == ("closed", 1.5)
    assert order["average"] == pytest.approx(cost / 1.5, abs=1e-5)
    fee = book.ask * FEE_TAKER + 0.5 * (book.ask + 10) * FEE_TAKER_50K
    assert (float(order["fee"]["cost"]), order["fee"]["currency"]) == (pytest.approx(fee), "USD")
    fills = sorted(trader.fetch_my_trades(PAIR), key=by_price)  # all of one moment
    assert [(fill["price"], fill["amount"]) for fill in fills] == [
        (book.ask, 1),
        (book.ask + 10, 0.5),
    ]
    assert {fill["order"] for fill in fills} == {placed["id"]}
    assert {fill["takerOrMaker"] for fill in fills} == {"taker"}
    ids = [trade["id"] for trade in order["trades"]]
    assert ids == [fill["id"] for fill in fills]
    again = trader.fetch_order_trades(placed["id"], PAIR, params={"trades": order["trades"]})
    costs = [trade["cost"] for trade in sorted(again, key=by_price)]
    assert costs == [fill["cost"] for fill in fills]
    rows = trader.fetch_ledger()
    dollars = [row for row in rows if row["currency"] == "USD" and row["type"] == "trade"]
    paid = {row["referenceId"]: row["amount"] for row in dollars}
    assert paid == {fill["id"]: fill["cost"] for fill in fills}
    fees = {row["referenceId"]: row["fee"]["cost"] for row in dollars}
    assert fees == {fill["id"]: fill["fee"]["cost"] for fill in fills}
    left = trader.fetch_balance()["USD"]["total"]
    assert min(row["after"] for row in dollars) == left
    assert trader.fetch_ledger_entry(dollars[0]["id"])["amount"] == dollars[0]["amount"]
    coins = [row for row in trader.fetch_ledger("BTC") if row["type"] == "trade"]
    assert sorted(row["amount"] for row in coins) == [0.5, 1]
    (deposit,) = trader.fetch_deposits("USD")
    assert (deposit["amount"], deposit["status"]) == (200_000, "ok")


def test_order_types_and_flags(book):
    """ORDR-005, ORDR-006, ORDR-007"""
    trader = book.trader()
    with pytest.raises(ccxt.ExchangeError, match="EOrder:Post only order"):
        trader.create_order(PAIR, "limit", "buy", 0.1, book.ask, {"postOnly": True})
    resting = trader.create_order(PAIR, "limit", "buy", 0.1, book.bid, {"postOnly": True})
    assert trader.fetch_order(resting["id"])["postOnly"]
    taken = trader.create_order(PAIR, "limit", "buy", 0.1, book.ask, {"timeInForce": "IOC"})
    assert trader.fetch_order(taken["id"])["status"] == "closed"
    part = trader.create_order(PAIR, "limit", "sell", 0.9, book.bid - 1, {"timeInForce": "FOK"})
    assert trader.fetch_order(part["id"])["filled"] == 0.9
    with pytest.raises(ccxt.InsufficientFunds):
        trader.create_order(PAIR, "limit", "sell", 5, book.ask + 50)
    with pytest.raises(ccxt.ExchangeError, match="Invalid arguments:ordertype"):
        trader.create_order(PAIR, "market", "sell", 0.1, params={"stopLossPrice": book.bid - 50})
    bought = trader.create_market_buy_order_with_cost(PAIR, 100)
    assert 90 < trader.fetch_order(bought["id"])["cost"] <= 100


def test_many_at_once(book):
    trader = book.trader()
    price = book.bid - 200
    lines = [
        {"symbol": PAIR, "type": "limit", "side": "buy", "amount": 0.1, "price": price - each}
        for each in range(3)
    ]
    made = trader.create_orders(lines)
    assert [order["price"] for order in made] == [price, price - 1, price - 2]
    assert len(trader.fetch_open_orders()) == 3
    found = trader.fetch_orders_by_ids([order["id"] for order in made])
    assert {order["status"] for order in found} == {"open"}
    (answer,) = trader.cancel_orders([made[0]["id"], made[1]["id"]])
    assert answer["info"]["result"]["count"] == 2
    (answer,) = trader.cancel_all_orders()
    assert answer["info"]["result"]["count"] == 1


def test_userref_names_many_orders(book):
    trader = book.trader()
    for _ in range(2):
        trader.create_order(PAIR, "limit", "buy", 0.1, book.bid - 200, {"userref": 7})
    trader.create_order(PAIR, "limit", "buy", 0.1, book.bid - 200, {"userref": -8})
    assert len(trader.fetch_open_orders(params={"userref": 7})) == 2
    assert trader.cancel_order("", params={"userref": 7})["info"]["result"]["count"] == 2
    (left,) = trader.fetch_open_orders()
    assert left["clientOrderId"] == "-8"


def test_fees_follow_volume(book):
    """FEES-002"""
    trader = book.trader(USD="200000")
    assert trader.fetch_trading_fee(PAIR)["taker"] == FEE_TAKER
    trader.create_order(PAIR, "market", "buy", 0.6)
    fees = trader.fetch_trading_fee(PAIR)
    assert (fees["taker"], fees["maker"]) == (FEE_TAKER_50K, 0.0014)
    volume = fees["info"]["volume"]
    assert float(volume) == pytest.approx(0.6 * book.ask, abs=1e-3)


def test_one_account_two_apis(book):
    """ORDR-017, MRGN-002: coins bought on spot margin a perpetual, and the other way round."""
    trader = book.trader(USD="200000")
    futures = ccxt.krakenfutures(
        {"apiKey": trader.apiKey, "secret": trader.secret, "urls": book.desk.urls()}
    )
    trader.create_order(PAIR, "market", "buy", 1)
    moved = trader.transfer("BTC", 0.75, "spot", "swap")
    assert moved["id"].startswith("F")
    assert trader.fetch_balance()["BTC"]["total"] == 0.25
    flex = futures.fetch_balance()["info"]["accounts"]["flex"]
    assert flex["currencies"]["XBT"]["quantity"] == 0.75
    resting = trader.create_order(PAIR, "limit", "sell", 0.1, book.ask + 500)
    assert futures.fetch_open_orders(UNIFIED) == []
    futures.cancel_all_orders(UNIFIED)
    assert trader.fetch_order(resting["id"])["status"] == "open"
    book.desk.step(1)
    futures.private_post_transfer(
        {"fromAccount": "flex", "toAccount": "cash", "unit": "xbt", "amount": "0.5"}
    )
    assert trader.fetch_balance()["BTC"]["total"] == 0.75
    transfers = [row for row in trader.fetch_ledger("BTC") if row["type"] == "transfer"]
    assert [row["direction"] for row in transfers] == ["out", "in"]
    with pytest.raises(ccxt.InsufficientFunds):
        trader.transfer("BTC", 5, "spot", "swap")
    futures.session.close()
    assert SYMBOL not in trader.load_markets()


def test_the_dead_man_switch(book):
    """ORDR-016"""
    trader = book.trader()
    order = trader.create_order(PAIR, "limit", "buy", 0.1, book.bid - 200)
    armed = trader.cancel_all_orders_after(2_000)["result"]
    assert armed["triggerTime"] > armed["currentTime"]
    book.desk.step(3)
    found = trader.fetch_order(order["id"])
    assert (found["status"], found["info"]["reason"]) == ("canceled", "Cancel all orders after")
    assert trader.cancel_all_orders_after(0)["result"]["triggerTime"] == "0"


def test_keys_may_be_limited(book):
    reader = ccxt.kraken(options(book.desk, book.desk.trader("read")))
    assert reader.fetch_balance()["info"]["result"] == {}
    for refused in (
        lambda: reader.create_order(PAIR, "limit", "buy", 0.1, book.bid),
        lambda: reader.transfer("USD", 1, "spot", "swap"),
    ):
        with pytest.raises(ccxt.PermissionDenied):
            refused()
    reader.apiKey = "nobody"
    with pytest.raises(ccxt.AuthenticationError):
        reader.fetch_balance()
    reader.session.close()
