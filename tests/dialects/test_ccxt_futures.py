"""`ccxt.krakenfutures`, only its URLs changed: what it reads and does, checked by value."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import ccxt
import pytest

from tests.dialects.desk import SYMBOL, UNIFIED

FEE_TAKER, FEE_MAKER = 0.0005, 0.0002
ODD_ID = "a b&c+d%41é"
HAS_LEDGER = ccxt.krakenfutures().has.get("fetchLedger")


def test_markets(book):
    markets = book.maker.load_markets()
    bitcoin = markets[UNIFIED]
    assert set(markets) == {UNIFIED, "ETH/USD:USD"}
    assert bitcoin["precision"] == {"amount": 0.0001, "price": 1.0}
    assert (bitcoin["swap"], bitcoin["linear"], bitcoin["active"]) == (True, True, True)
    tiers = book.maker.fetch_leverage_tiers([UNIFIED])[UNIFIED]
    assert (tiers[0]["maxLeverage"], tiers[0]["maintenanceMarginRate"]) == (100, 0.005)


def test_ticker_and_order_book(book):
    book.quote("sell", 2, book.ask + 40)
    ticker = book.maker.fetch_ticker(UNIFIED)
    assert (ticker["bid"], ticker["bidVolume"]) == (book.bid, 1)
    assert (ticker["ask"], ticker["askVolume"]) == (book.ask, 1)
    assert int(ticker["indexPrice"]) == book.index
    assert book.maker.fetch_tickers()[UNIFIED]["bid"] == book.bid
    levels = book.maker.fetch_order_book(UNIFIED)
    assert levels["bids"] == [[book.bid, 1]]
    assert levels["asks"] == [[book.ask, 1], [book.ask + 40, 2]]


def test_public_trades_and_candles(book):
    trader = book.trader()
    trader.create_order(UNIFIED, "market", "buy", 0.25)
    for method in ("historyGetMarketSymbolExecutions", "publicGetHistory"):
        trade = trader.fetch_trades(UNIFIED, limit=1, params={"method": method})[-1]
        assert (trade["price"], trade["amount"], trade["side"]) == (book.ask, 0.25, "buy")
    now = trader.parse8601(trader.public_get_tickers()["serverTime"])
    candles = trader.fetch_ohlcv(UNIFIED, "1h", since=now - 3 * 3_600_000)
    assert candles[-1][0] <= now < candles[-1][0] + 3_600_000
    assert candles[-1][4] == book.ask
    for price in ("mark", "spot"):
        candle = trader.fetch_ohlcv(UNIFIED, "1m", now - 60_000, params={"price": price})[-1]
        assert candle[3] <= book.index + QUOTE_REACH
        assert candle[2] >= book.index - QUOTE_REACH
        assert candle[5] == 0


QUOTE_REACH = 100
"""Dollars between index and mark that a minute may bring."""


def test_funding_rates(book):
    rate = book.maker.fetch_funding_rates([UNIFIED])[UNIFIED]
    raw = book.desk.public(f"/derivatives/api/v3/tickers/{SYMBOL}")["ticker"]
    assert rate["fundingRate"] == pytest.approx(raw["fundingRate"] / raw["markPrice"])
    history = book.maker.fetch_funding_rate_history(UNIFIED)
    times = [row["timestamp"] for row in history]
    assert times == sorted(times)
    assert {later - time for time, later in pairwise(times)} == {3_600_000}
    assert all(abs(row["fundingRate"]) <= 0.005 for row in history)


def test_balance_follows_a_trade(book):
    """MRGN-002, MRGN-003, FEES-001: equity, margin with orders and fee, to the cent."""
    trader = book.trader(USD="100000", XBT="2")
    trader.create_order(UNIFIED, "market", "buy", 0.5)
    trader.create_order(UNIFIED, "limit", "buy", 0.1, book.bid - 100)
    balance = trader.fetch_balance()
    flex = balance["info"]["accounts"]["flex"]
    mark, index = (
        float(trader.fetch_ticker(UNIFIED)[f"{name}Price"]) for name in ("mark", "index")
    )
    fee = 0.5 * book.ask * FEE_TAKER
    assert balance["USD"]["total"] == pytest.approx(100_000 - fee)
    assert balance["BTC"]["total"] == 2
    assert flex["currencies"]["XBT"]["collateral"] == pytest.approx(2 * index * 0.99)
    assert flex["pnl"] == pytest.approx(0.5 * (mark - book.ask), abs=1e-6)
    assert flex["balanceValue"] == pytest.approx(100_000 - fee + 2 * index)
    assert flex["initialMargin"] == pytest.approx(0.5 * book.ask * 0.01)
    assert flex["maintenanceMargin"] == pytest.approx(0.5 * book.ask * 0.005)
    with_orders = (0.5 * book.ask + 0.1 * (book.bid - 100)) * 0.01
    assert flex["initialMarginWithOrders"] == pytest.approx(with_orders)
    equity = flex["collateralValue"] + flex["totalUnrealizedAsMargin"]
    assert flex["marginEquity"] == pytest.approx(equity)
    assert flex["availableMargin"] == pytest.approx(equity - with_orders)


def test_an_order_is_placed_edited_and_cancelled(book):
    """ORDR-003, ORDR-012"""
    trader = book.trader()
    price = book.bid - 100
    placed = trader.create_order(UNIFIED, "limit", "buy", 0.5, price, {"clientOrderId": ODD_ID})
    assert (placed["status"], placed["filled"], placed["amount"]) == ("open", 0, 0.5)
    assert placed["clientOrderId"] == ODD_ID
    (resting,) = trader.fetch_open_orders(UNIFIED)
    assert (resting["id"], resting["clientOrderId"]) == (placed["id"], ODD_ID)
    assert resting["info"]["limitPrice"] == price
    trader.edit_order(placed["id"], UNIFIED, "limit", "buy", 0.6, price - 10)
    found = trader.fetch_order(placed["id"])
    assert (found["status"], found["amount"]) == ("open", 0.6)
    assert trader.fetch_order_book(UNIFIED)["bids"][1] == [price - 10, 0.6]
    assert trader.cancel_order(placed["id"])["status"] == "canceled"
    assert trader.fetch_open_orders() == []
    assert trader.fetch_order(placed["id"])["status"] == "canceled"
    with pytest.raises(ccxt.OrderNotFound):
        trader.cancel_order(placed["id"])
    assert placed["id"] in [order["id"] for order in trader.fetch_canceled_orders()]


def test_a_market_order_and_what_it_leaves(book):
    """ORDR-004, FEES-001: fills, position, closed order, and the log that adds up."""
    trader = book.trader()
    order = trader.create_order(UNIFIED, "market", "buy", 0.5)
    assert (order["status"], order["filled"], order["average"]) == ("closed", 0.5, book.ask)
    limit = order["info"]["orderEvents"][0]["orderPriorExecution"]["limitPrice"]
    assert limit == int(book.ask * 1.01)
    (fill,) = trader.fetch_my_trades(UNIFIED)
    assert (fill["order"], fill["price"], fill["amount"]) == (order["id"], book.ask, 0.5)
    assert (fill["takerOrMaker"], fill["side"]) == ("taker", "buy")
    (position,) = trader.fetch_positions()
    assert (position["side"], position["contracts"]) == ("long", 0.5)
    assert (position["entryPrice"], position["leverage"]) == (book.ask, None)
    (closed,) = trader.fetch_closed_orders(UNIFIED)
    assert (closed["id"], closed["filled"], closed["remaining"]) == (order["id"], 0.5, 0)
    with pytest.raises(ccxt.OrderNotFound):
        trader.cancel_order(order["id"])


def test_a_limit_order_that_takes_and_rests(book):
    """ORDR-003: executions first, then what rests."""
    trader = book.trader(USD="500000")
    order = trader.create_order(UNIFIED, "limit", "buy", 1.5, book.ask)
    kinds = [event["type"] for event in order["info"]["orderEvents"]]
    assert kinds == ["EXECUTION", "PLACE"]
    assert (order["status"], order["filled"], order["remaining"]) == ("open", 1, 0.5)
    (resting,) = trader.fetch_open_orders()
    assert resting["info"]["status"] == "partiallyFilled"
    book.desk.step(1)
    book.quote("sell", 0.5, book.ask)
    assert trader.fetch_order(order["id"])["status"] == "closed"
    fills = trader.fetch_my_trades()
    assert [(fill["takerOrMaker"], fill["amount"]) for fill in fills] == [
        ("taker", 1),
        ("maker", 0.5),
    ]
    (closed, *_) = [each for each in trader.fetch_closed_orders() if each["remaining"] == 0]
    assert (closed["id"], closed["filled"]) == (order["id"], 1.5)


def test_refusals_raise_what_ccxt_knows(book):
    """ORDR-005, ORDR-006, ORDR-008, ORDR-011, ORDR-013, MRGN-004"""
    trader = book.trader(USD="1000")
    with pytest.raises(ccxt.OrderImmediatelyFillable):
        trader.create_order(UNIFIED, "limit", "buy", 0.01, book.ask, {"postOnly": True})
    with pytest.raises(ccxt.OrderNotFillable):
        trader.create_order(UNIFIED, "limit", "buy", 0.01, book.bid, {"timeInForce": "ioc"})
    with pytest.raises(ccxt.ExchangeError, match="wouldNotReducePosition"):
        trader.create_order(UNIFIED, "limit", "buy", 0.01, book.bid, {"reduceOnly": True})
    with pytest.raises(ccxt.InsufficientFunds):
        trader.create_order(UNIFIED, "limit", "buy", 5, book.bid)
    post = {"postOnly": True, "clientOrderId": ODD_ID}
    assert trader.create_order(UNIFIED, "limit", "buy", 0.01, book.bid, post)["status"] == "open"
    with pytest.raises(ccxt.DuplicateOrderId):
        trader.create_order(UNIFIED, "limit", "buy", 0.01, book.bid, post)
    trader.create_order(UNIFIED, "limit", "buy", 0.01, book.bid + 5)
    with pytest.raises(ccxt.ExchangeError, match="selfFill"):
        trader.create_order(UNIFIED, "limit", "sell", 0.01, book.bid)
    right, trader.secret = trader.secret, book.maker.secret
    with pytest.raises(ccxt.AuthenticationError):
        trader.fetch_balance()
    trader.secret = right


def test_a_reduce_only_order_closes_no_more_than_there_is(book):
    """ORDR-008"""
    trader = book.trader()
    trader.create_order(UNIFIED, "market", "buy", 0.2)
    closing = trader.create_order(UNIFIED, "market", "sell", 0.5, None, {"reduceOnly": True})
    (event,) = closing["info"]["orderEvents"]
    assert (event["amount"], event["takerReducedQuantity"]) == (0.2, 0.3)
    assert trader.fetch_positions() == []


def test_a_stop_waits_and_fires(book):
    """ORDR-009: on the last price, when somebody trades through it."""
    trader = book.trader()
    trader.create_order(UNIFIED, "market", "buy", 0.2)
    terms = {"triggerPrice": book.bid, "reduceOnly": True, "triggerSignal": "last"}
    stop = trader.create_order(UNIFIED, "market", "sell", 0.2, None, terms)
    assert (stop["status"], stop["triggerPrice"]) == ("open", book.bid)
    (waiting,) = trader.fetch_open_orders()
    assert (waiting["id"], waiting["type"]) == (stop["id"], "stp")
    assert trader.fetch_order(stop["id"])["status"] == "open"
    book.trader().create_order(UNIFIED, "market", "sell", 0.1)
    assert trader.fetch_open_orders() == []
    assert trader.fetch_positions() == []
    (fill,) = [each for each in trader.fetch_my_trades() if each["order"] == stop["id"]]
    assert (fill["price"], fill["amount"], fill["side"]) == (book.bid, 0.2, "sell")
    fired = next(each for each in trader.fetch_closed_orders() if each["id"] == stop["id"])
    assert (fired["filled"], fired["reduceOnly"]) == (0.2, True)
    events = trader.history_get_triggers()["elements"]
    assert [next(iter(element["event"])) for element in events] == [
        "OrderTriggerActivated",
        "OrderTriggerPlaced",
    ]


def test_a_take_profit_is_cancelled(book):
    """ORDR-009"""
    trader = book.trader()
    trader.create_order(UNIFIED, "market", "buy", 0.2)
    params = {"takeProfitPrice": book.ask + 500, "triggerSignal": "index"}
    order = trader.create_order(UNIFIED, "market", "sell", 0.2, None, params)
    trigger = order["info"]["orderEvents"][0]["orderTrigger"]
    assert (trigger["triggerSide"], trigger["triggerSignal"]) == ("trigger_above", "spot_price")
    trader.cancel_order(order["id"])
    gone = trader.fetch_canceled_orders(params={"trigger": True})
    assert [each["id"] for each in gone] == [order["id"]]


def test_a_batch_and_cancels_by_client_id(book):
    trader = book.trader()
    line = {"symbol": UNIFIED, "type": "limit", "side": "buy", "amount": 0.01, "price": book.bid}
    bad = line | {"params": {"orderType": "trailing_stop"}}
    placed = trader.create_orders([line | {"params": {"clientOrderId": ODD_ID}}, bad, line])
    by_tag = {order["info"]["order_tag"]: order for order in placed}
    assert [by_tag[tag]["status"] for tag in range(3)] == ["open", "rejected", "open"]
    assert by_tag[0]["clientOrderId"] == ODD_ID
    gone = trader.cancel_orders([], UNIFIED, {"clientOrderIds": [ODD_ID, "nobody"]})
    assert sorted(order["status"] for order in gone) == ["canceled", "rejected"]
    assert [order["id"] for order in trader.fetch_open_orders()] == [by_tag[2]["id"]]


def test_cancel_all_and_the_dead_mans_switch(book):
    """ORDR-016"""
    trader = book.trader()
    for distance in (10, 20):
        trader.create_order(UNIFIED, "limit", "buy", 0.01, book.bid - distance)
    assert len(trader.cancel_all_orders(UNIFIED)) == 2
    assert trader.fetch_open_orders() == []
    trader.create_order(UNIFIED, "limit", "buy", 0.01, book.bid - 10)
    armed = trader.cancel_all_orders_after(2_000)["status"]
    waits = trader.parse8601(armed["triggerTime"]) - trader.parse8601(armed["currentTime"])
    assert waits == 2_000
    book.desk.step(1)
    assert len(trader.fetch_open_orders()) == 1
    book.desk.step(2)
    assert trader.fetch_open_orders() == []
    assert trader.cancel_all_orders_after(0)["status"]["triggerTime"] == "0"


def test_leverage_makes_a_position_isolated(book):
    """MRGN-007, MRGN-008: its margin is value ÷ leverage, in a wallet of its own."""
    trader = book.trader()
    trader.set_leverage(10, UNIFIED)
    assert trader.fetch_leverage(UNIFIED)["longLeverage"] == 10
    trader.create_order(UNIFIED, "market", "buy", 0.1)
    (position,) = trader.fetch_positions()
    assert (position["leverage"], position["info"]["maxFixedLeverage"]) == (10, 10)
    flex = trader.fetch_balance()["info"]["accounts"]["flex"]
    assert flex["initialMargin"] == pytest.approx(0.1 * book.ask / 10)
    assert flex["balanceValue"] == pytest.approx(100_000 - 0.1 * book.ask * FEE_TAKER)
    with pytest.raises(ccxt.ExchangeError, match="INSUFFICIENT_MARGIN"):
        trader.set_leverage(5, UNIFIED)
    trader.create_order(UNIFIED, "market", "sell", 0.1)
    trader.private_put_leveragepreferences({"symbol": SYMBOL})
    assert trader.fetch_leverages() == {}


def test_the_ledger_adds_up(book):
    """LEDG-001: new balance − old balance = realised profit − fee + realised funding, each row."""
    trader = book.trader()
    trader.create_order(UNIFIED, "market", "buy", 0.3)
    book.desk.step(1)
    trader.create_order(UNIFIED, "market", "sell", 0.2)
    trader.transfer("USD", 1_000, "flex", "cash")
    rows = trader.history_get_account_log({"sort": "asc"})["logs"]
    cash = [row for row in rows if row["asset"] == "usd" and row["margin_account"] == "flex"]
    balance = Decimal(0)
    for row in cash:
        assert Decimal(str(row["old_balance"])) == balance
        balance = Decimal(str(row["new_balance"]))
        if row["info"] == "futures trade":
            parts = [Decimal(str(row[name])) for name in LOG_PARTS]
            change = balance - Decimal(str(row["old_balance"]))
            assert change == parts[0] - parts[1] + parts[2]
    assert float(balance) == trader.fetch_balance()["USD"]["total"]
    legs = [row for row in rows if row["asset"] == SYMBOL.lower()]
    assert [(leg["old_balance"], leg["new_balance"]) for leg in legs] == [(0, 0.3), (0.3, 0.1)]
    assert [leg["new_average_entry_price"] for leg in legs] == [book.ask, book.ask]
    assert legs[0]["execution"] == cash[1]["execution"] == trader.fetch_my_trades()[0]["id"]
    assert trader.fetch_balance({"type": "cash"})["USD"]["total"] == 1_000


@pytest.mark.skipif(not HAS_LEDGER, reason="ccxt before 4.5.90 reads neither")
def test_what_newer_clients_read(book):
    """FEES-002, LEDG-001: fee tiers, and the ledger as ccxt tells it."""
    trader = book.trader()
    order = trader.create_order(UNIFIED, "market", "buy", 0.3)
    fees = trader.fetch_trading_fees()[UNIFIED]
    assert (fees["maker"], fees["taker"]) == (FEE_MAKER, FEE_TAKER)
    trade = next(entry for entry in trader.fetch_ledger("USD") if entry["type"] == "trade")
    assert trade["referenceId"] == trader.fetch_my_trades()[0]["id"]
    assert trade["fee"]["cost"] == pytest.approx(0.3 * order["average"] * FEE_TAKER)
    assert trade["after"] == trader.fetch_balance()["USD"]["total"]


LOG_PARTS = ("realized_pnl", "fee", "realized_funding")
