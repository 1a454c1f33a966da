"""`ccxt.binanceusdm`, only its URLs changed: what it reads and does, checked by value."""

from __future__ import annotations

from itertools import pairwise

import ccxt
import pytest

from tests.dialects.binance_usdm.clients import FEE_TAKER, SYMBOL, UNIFIED

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
CLIENT_ID = "my-bot_1:a/b.c"


def test_markets(book):
    markets = book.maker.load_markets()
    assert set(markets) == {UNIFIED, "ETH/USDT:USDT"}
    bitcoin = markets[UNIFIED]
    assert (bitcoin["precision"]["amount"], bitcoin["precision"]["price"]) == (0.001, 0.1)
    assert bitcoin["limits"]["amount"] == {"min": 0.001, "max": 1_000}
    assert (bitcoin["swap"], bitcoin["linear"], bitcoin["active"]) == (True, True, True)
    assert book.maker.currencies["BTC"]["name"] == "Bitcoin"
    filters = {each["filterType"]: each for each in bitcoin["info"]["filters"]}
    assert filters["PERCENT_PRICE"]["multiplierUp"] == "1.05"
    assert (filters["MAX_NUM_ORDERS"]["limit"], filters["MAX_NUM_ALGO_ORDERS"]["limit"]) == (
        200,
        10,
    )
    assert (bitcoin["info"]["liquidationFee"], bitcoin["info"]["marketTakeBound"]) == (
        "0.0125",
        "0.05",
    )


def test_margin_tiers_join(book):
    """MRGN-003: the deduction makes two brackets ask the same where they meet."""
    tiers = book.maker.fetch_leverage_tiers([UNIFIED])[UNIFIED]
    assert (tiers[0]["maxLeverage"], tiers[0]["maintenanceMarginRate"]) == (125, 0.004)
    assert [tier["info"]["cum"] for tier in tiers[:5]] == [0, 50, 950, 11_450, 131_450]
    for lower, upper in pairwise(tiers):
        at = upper["minNotional"]
        assert lower["maxNotional"] == at
        asked = [at * t["maintenanceMarginRate"] - t["info"]["cum"] for t in (lower, upper)]
        assert asked[0] == pytest.approx(asked[1])


def test_ticker_and_order_book(book):
    book.quote("sell", 2, book.ask + 40)
    best = book.maker.fetch_bids_asks([UNIFIED])[UNIFIED]
    assert (best["bid"], best["bidVolume"], best["ask"], best["askVolume"]) == (
        *(book.bid, 1),
        *(book.ask, 1),
    )
    levels = book.maker.fetch_order_book(UNIFIED, 5)
    assert levels["bids"] == [[book.bid, 1]]
    assert levels["asks"] == [[book.ask, 1], [book.ask + 40, 2]]
    before = book.maker.fetch_ticker(UNIFIED)
    book.trader().create_order(UNIFIED, "market", "buy", 0.25)
    after = book.maker.fetch_tickers([UNIFIED])[UNIFIED]
    assert (after["last"], after["info"]["lastQty"]) == (book.ask, "0.250")
    assert after["baseVolume"] == pytest.approx(before["baseVolume"] + 0.25)
    assert after["quoteVolume"] == pytest.approx(before["quoteVolume"] + 0.25 * book.ask)
    assert after["info"]["count"] == before["info"]["count"] + 1
    assert after["info"]["lastId"] > before["info"]["lastId"]
    assert after["info"]["firstId"] == before["info"]["firstId"]
    assert book.maker.fetch_last_prices([UNIFIED])[UNIFIED]["price"] == book.ask
    mark = book.maker.fetch_mark_price(UNIFIED)
    assert (int(mark["indexPrice"]), int(mark["markPrice"])) == (book.index, book.index)


def test_public_trades(book):
    """What one order took at one price is one trade of `aggTrades` and two of `trades`."""
    book.quote("sell", 1, book.ask)
    trader = book.trader(USD="500000")
    trader.create_order(UNIFIED, "market", "buy", 1.5)
    together = trader.fetch_trades(UNIFIED)[-1]
    assert (together["price"], together["amount"], together["side"]) == (book.ask, 1.5, "buy")
    each = trader.fetch_trades(UNIFIED, params={"fetchTradesMethod": "fapiPublicGetTrades"})[-2:]
    assert [trade["amount"] for trade in each] == [1, 0.5]
    assert {together["info"]["f"], together["info"]["l"]} == {int(trade["id"]) for trade in each}
    later = trader.fetch_trades(UNIFIED, params={"fromId": together["info"]["l"]})
    assert [trade["id"] for trade in later] == [str(together["info"]["l"])]


def test_candles(book):
    trader = book.trader()
    now = trader.fetch_time()
    trader.create_order(UNIFIED, "market", "buy", 0.25)
    trader.create_order(UNIFIED, "market", "sell", 0.1)
    minute = trader.fapipublic_get_klines({"symbol": SYMBOL, "interval": "1m", "limit": 1})[-1]
    assert minute[0] <= now < minute[6] == minute[0] + 59_999
    assert float(minute[4]) == book.bid
    assert float(minute[9]) >= 0.25
    assert float(minute[5]) == pytest.approx(float(minute[9]) + _sold(trader, minute))
    hours = trader.fetch_ohlcv(UNIFIED, "1h", since=now - 5 * HOUR_MS, limit=3)
    assert [later[0] - hour[0] for hour, later in pairwise(hours)] == [HOUR_MS, HOUR_MS]
    assert now - 5 * HOUR_MS <= hours[0][0] < now - 4 * HOUR_MS
    for kind in ("mark", "index"):
        candle = trader.fetch_ohlcv(UNIFIED, "1m", limit=1, params={"price": kind})[-1]
        assert candle[3] <= book.index + 1
        assert candle[2] >= book.index
        assert candle[5] == 0


def _sold(trader, minute):
    """What takers sold in a minute, by its public trades."""
    span = {"startTime": minute[0], "endTime": minute[6]}
    told = trader.fapipublic_get_aggtrades({"symbol": SYMBOL, **span})
    return sum(float(trade["q"]) for trade in told if trade["m"])


def test_weeks_and_months_are_made_of_days(book):
    trader = book.maker
    days = trader.fetch_ohlcv(UNIFIED, "1d", limit=60)
    week = trader.fetch_ohlcv(UNIFIED, "1w", limit=2)[0]
    assert trader.iso8601(week[0]).startswith("2026-11-16")  # a Monday
    within = [day for day in days if week[0] <= day[0] < week[0] + 7 * DAY_MS]
    assert len(within) == 7
    assert week[1:5] == [
        within[0][1],
        max(day[2] for day in within),
        min(day[3] for day in within),
        within[-1][4],
    ]
    assert week[5] == pytest.approx(sum(day[5] for day in within))
    months = trader.fetch_ohlcv(UNIFIED, "1M", limit=2)
    assert [trader.iso8601(month[0])[:10] for month in months] == ["2026-10-01", "2026-11-01"]


def test_the_first_candles_come_first(book):
    """A start before there was anything gives what there was first, as the real venue does."""
    first = book.maker.fetch_ohlcv(UNIFIED, "1h", since=1, limit=2)
    assert len(first) == 2
    assert first[1][0] - first[0][0] == HOUR_MS
    assert book.maker.fetch_ohlcv(UNIFIED, "1h", since=1, limit=3)[:2] == first


def test_funding_rates(book):
    rate = book.maker.fetch_funding_rate(UNIFIED)
    assert abs(rate["fundingRate"]) <= 0.003
    assert rate["fundingTimestamp"] % (8 * HOUR_MS) == 0
    history = book.maker.fetch_funding_rate_history(UNIFIED, limit=5)
    times = [row["timestamp"] for row in history]
    assert {later - time for time, later in pairwise(times)} == {8 * HOUR_MS}
    since = book.maker.fetch_funding_rate_history(UNIFIED, since=times[1], limit=2)
    assert [row["timestamp"] for row in since] == times[1:3]
    assert book.maker.fetch_funding_interval(UNIFIED)["interval"] == "8h"


def test_balance_follows_a_trade(book):
    """MRGN-002, MRGN-003, FEES-001: wallet, margin with orders and fee, to the cent."""
    trader = book.trader()
    trader.create_order(UNIFIED, "market", "buy", 0.5)
    trader.create_order(UNIFIED, "limit", "buy", 0.1, book.bid - 100)
    balance = trader.fetch_balance()
    asset = balance["info"]["assets"][0]
    mark = float(trader.fetch_mark_price(UNIFIED)["markPrice"])
    fee = 0.5 * book.ask * FEE_TAKER
    profit = 0.5 * (mark - book.ask)
    assert asset["asset"] == "USDT"
    assert float(asset["walletBalance"]) == pytest.approx(100_000 - fee)
    assert float(asset["unrealizedProfit"]) == pytest.approx(profit, abs=1e-6)
    assert balance["USDT"]["total"] == pytest.approx(100_000 - fee + profit)
    alone = 0.5 * mark * 0.008
    assert float(asset["positionInitialMargin"]) == pytest.approx(alone)
    assert float(asset["maintMargin"]) == pytest.approx(0.5 * mark * 0.004)
    assert balance["USDT"]["used"] == pytest.approx(float(asset["initialMargin"]))
    used = float(asset["initialMargin"])
    assert used > alone
    assert balance["USDT"]["free"] == pytest.approx(balance["USDT"]["total"] - used)


def test_an_order_is_placed_edited_and_cancelled(book):
    """ORDR-003, ORDR-012"""
    trader = book.trader()
    price = book.bid - 100
    placed = trader.create_order(UNIFIED, "limit", "buy", 0.5, price, {"clientOrderId": CLIENT_ID})
    assert (placed["status"], placed["filled"], placed["amount"]) == ("open", 0, 0.5)
    (resting,) = trader.fetch_open_orders(UNIFIED)
    assert (resting["id"], resting["clientOrderId"], resting["price"]) == (
        placed["id"],
        CLIENT_ID,
        price,
    )
    edited = trader.edit_order(placed["id"], UNIFIED, "limit", "buy", 0.6, price - 10)
    assert (edited["id"], edited["price"], edited["amount"]) == (placed["id"], price - 10, 0.6)
    assert trader.fetch_open_order(placed["id"], UNIFIED)["amount"] == 0.6
    assert trader.fetch_order_book(UNIFIED)["bids"][1] == [price - 10, 0.6]
    by_name = {"origClientOrderId": CLIENT_ID}
    assert trader.fetch_order(None, UNIFIED, by_name)["id"] == placed["id"]
    assert trader.cancel_order(None, UNIFIED, by_name)["status"] == "canceled"
    assert trader.fetch_open_orders(UNIFIED) == []
    assert trader.fetch_order(placed["id"], UNIFIED)["status"] == "canceled"
    assert [each["id"] for each in trader.fetch_canceled_orders(UNIFIED)] == [placed["id"]]
    for method in (trader.cancel_order, trader.fetch_open_order):
        with pytest.raises(ccxt.OrderNotFound):
            method(placed["id"], UNIFIED)


def test_an_amended_size_counts_what_was_filled(book):
    """ORDR-012: and one that is filled already ends the order."""
    trader = book.trader(USD="500000")
    order = trader.create_order(UNIFIED, "limit", "buy", 1.5, book.ask)
    assert (order["status"], order["filled"], order["remaining"]) == ("open", 1, 0.5)
    edited = trader.edit_order(order["id"], UNIFIED, "limit", "buy", 1.2, book.bid - 5)
    assert (edited["amount"], edited["filled"], edited["average"]) == (1.2, 1, book.ask)
    assert trader.fetch_order_book(UNIFIED)["bids"][1] == [book.bid - 5, 0.2]
    gone = trader.edit_order(order["id"], UNIFIED, "limit", "buy", 1, book.bid - 5)
    assert (gone["status"], gone["filled"]) == ("canceled", 1)
    assert trader.fetch_order_book(UNIFIED)["bids"] == [[book.bid, 1]]


def test_a_market_order_and_what_it_leaves(book):
    """ORDR-004, FEES-001: its fill, the position, and the income that adds up to the wallet."""
    trader = book.trader()
    order = trader.create_order(UNIFIED, "market", "buy", 0.5)
    assert (order["status"], order["filled"], order["average"]) == ("closed", 0.5, book.ask)
    (fill,) = trader.fetch_my_trades(UNIFIED)
    assert (fill["order"], fill["price"], fill["amount"]) == (order["id"], book.ask, 0.5)
    assert (fill["takerOrMaker"], fill["side"], fill["fee"]["currency"]) == ("taker", "buy", "USDT")
    assert fill["fee"]["cost"] == pytest.approx(0.5 * book.ask * FEE_TAKER)
    (position,) = trader.fetch_positions([UNIFIED])
    assert (position["side"], position["contracts"]) == ("long", 0.5)
    assert (position["entryPrice"], position["marginMode"]) == (book.ask, "cross")
    trader.create_order(UNIFIED, "market", "sell", 0.2, None, {"reduceOnly": True})
    income = trader.fapiprivate_get_income({})
    assert [row["incomeType"] for row in income] == [
        "TRANSFER",
        "COMMISSION",
        "REALIZED_PNL",
        "COMMISSION",
    ]
    lost = next(row for row in income if row["incomeType"] == "REALIZED_PNL")
    assert float(lost["income"]) == pytest.approx(0.2 * (book.bid - book.ask))
    wallet = float(trader.fetch_balance()["info"]["totalWalletBalance"])
    assert sum(float(row["income"]) for row in income) == pytest.approx(wallet, abs=1e-8)
    fees = trader.fetch_ledger("USDT", params={"incomeType": "COMMISSION"})
    assert [row["type"] for row in fees] == ["commission", "commission"]
    closed = trader.fetch_closed_orders(UNIFIED)
    assert [(each["side"], each["filled"]) for each in closed] == [("buy", 0.5), ("sell", 0.2)]


def test_refusals_raise_what_ccxt_knows(book):
    """ORDR-005, ORDR-006, ORDR-008, ORDR-011, ORDR-013, MRGN-004

    Some numbers ccxt turns into classes of their own only at Binance's own address.
    """
    trader = book.trader(USD="1000")
    limit = (UNIFIED, "limit", "buy", 0.01)
    with pytest.raises(ccxt.InvalidOrder, match="-5022"):
        trader.create_order(*limit, book.ask, {"postOnly": True})
    with pytest.raises(ccxt.InvalidOrder, match="-5021"):
        trader.create_order(*limit, book.bid, {"timeInForce": "FOK"})
    with pytest.raises(ccxt.ExchangeError, match="-2020"):
        trader.create_order(*limit, book.bid, {"timeInForce": "IOC"})
    with pytest.raises(ccxt.ExchangeError, match="-2022"):
        trader.create_order(*limit, book.bid, {"reduceOnly": True})
    with pytest.raises(ccxt.ExchangeError, match="-2019"):
        trader.create_order(UNIFIED, "limit", "buy", 50, book.bid)
    post = {"postOnly": True, "clientOrderId": CLIENT_ID}
    assert trader.create_order(*limit, book.bid, post)["timeInForce"] == "PO"
    with pytest.raises(ccxt.ExchangeError, match="-4116"):
        trader.create_order(*limit, book.bid, post)
    right, trader.secret = trader.secret, book.maker.secret
    with pytest.raises(ccxt.AuthenticationError, match="-1022"):
        trader.fetch_balance()
    trader.secret = right


def test_a_reduce_only_order_closes_no_more_than_there_is(book):
    """ORDR-008"""
    trader = book.trader()
    trader.create_order(UNIFIED, "market", "buy", 0.2)
    closing = trader.create_order(UNIFIED, "market", "sell", 0.5, None, {"reduceOnly": True})
    assert (closing["filled"], closing["reduceOnly"]) == (0.2, True)
    assert trader.fetch_positions() == []


def test_a_stop_waits_and_fires(book):
    """ORDR-009: on the last price, when somebody trades through it."""
    trader = book.trader()
    trader.create_order(UNIFIED, "market", "buy", 0.2)
    terms = {"stopLossPrice": book.bid, "reduceOnly": True}
    stop = trader.create_order(UNIFIED, "market", "sell", 0.2, None, terms)
    assert (stop["status"], stop["triggerPrice"], stop["type"]) == ("open", book.bid, "market")
    assert trader.fetch_open_orders(UNIFIED) == []
    (waiting,) = trader.fetch_open_orders(UNIFIED, params={"trigger": True})
    assert (waiting["id"], waiting["info"]["orderType"]) == (stop["id"], "STOP_MARKET")
    with pytest.raises(ccxt.OrderNotFound):
        trader.fetch_order(stop["id"], UNIFIED)
    book.trader().create_order(UNIFIED, "market", "sell", 0.1)
    assert trader.fetch_open_orders(UNIFIED, params={"trigger": True}) == []
    assert trader.fetch_positions() == []
    fired = trader.fetch_order(stop["id"], UNIFIED, {"trigger": True})
    assert (fired["status"], fired["info"]["algoStatus"]) == ("closed", "FINISHED")
    assert (fired["info"]["actualOrderId"], float(fired["info"]["actualPrice"])) == (
        stop["id"],
        book.bid,
    )
    became = trader.fetch_order(stop["id"], UNIFIED)
    assert (became["type"], became["filled"], became["info"]["origType"]) == (
        *("market", 0.2),
        "STOP_MARKET",
    )


def test_conditional_orders_of_all_kinds(book):
    """ORDR-009, ORDR-020, ORDR-022, ORDR-025"""
    trader = book.trader()
    trader.create_order(UNIFIED, "market", "buy", 0.2)
    sell = (UNIFIED, "market", "sell", 0.2, None)
    limit = (UNIFIED, "limit", "sell", 0.2, book.ask + 490)
    target = {"takeProfitPrice": book.ask + 500, "workingType": "MARK_PRICE"}
    made = [
        trader.create_order(*limit, target),
        trader.create_order(*sell, {"trailingPercent": 1.5}),
        trader.create_order(*sell, {"stopLossPrice": book.bid - 900, "closePosition": True}),
    ]
    told = [order["info"] for order in made]
    assert [each["orderType"] for each in told] == [
        "TAKE_PROFIT",
        "TRAILING_STOP_MARKET",
        "STOP_MARKET",
    ]
    assert (told[0]["workingType"], told[0]["timeInForce"]) == ("MARK_PRICE", "GTC")
    assert told[1]["callbackRate"] == "1.5"
    assert float(told[1]["triggerPrice"]) < book.bid * 0.99
    assert (told[2]["closePosition"], told[2]["quantity"]) == (True, "0.000")
    found = trader.fetch_orders(UNIFIED, params={"trigger": True})
    assert [order["id"] for order in found] == [order["id"] for order in made]
    trader.cancel_order(made[0]["id"], UNIFIED, {"trigger": True})
    trader.cancel_all_orders(UNIFIED)  # conditional orders stay
    assert len(trader.fetch_open_orders(UNIFIED, params={"trigger": True})) == 2
    trader.cancel_all_orders(UNIFIED, {"trigger": True})
    gone = trader.fetch_orders(UNIFIED, params={"trigger": True})
    assert {order["status"] for order in gone} == {"canceled"}
    with pytest.raises(ccxt.OrderNotFound):
        trader.cancel_order(made[1]["id"], UNIFIED, {"trigger": True})


def test_a_limit_that_waited_rests_and_keeps_its_trigger(book):
    """ORDR-020"""
    trader = book.trader()
    terms = {"triggerPrice": book.ask}
    order = trader.create_order(UNIFIED, "limit", "buy", 0.3, book.bid - 50, terms)
    assert order["info"]["orderType"] == "STOP"
    book.trader().create_order(UNIFIED, "market", "buy", 0.1)
    (resting,) = trader.fetch_open_orders(UNIFIED)
    assert (resting["id"], resting["price"]) == (order["id"], book.bid - 50)
    waited = trader.fetch_order(order["id"], UNIFIED, {"trigger": True})
    assert waited["info"]["algoStatus"] == "TRIGGERED"
    assert (waited["triggerPrice"], waited["info"]["orderType"]) == (book.ask, "STOP")


def test_batches_answer_line_by_line(book):
    trader = book.trader()
    line = {"symbol": UNIFIED, "type": "limit", "side": "buy", "amount": 0.01}
    line["price"] = book.bid - 1
    placed = trader.create_orders([line, line | {"price": book.bid * 2}, line])
    by_status = {"open": [], "rejected": []}
    for order in placed:
        by_status[order["status"]].append(order)
    first, last = sorted(by_status["open"], key=lambda order: int(order["id"]))
    assert [order["info"]["code"] for order in by_status["rejected"]] == [-4016]
    edit = {"id": first["id"], **line, "amount": 0.02}
    (edited,) = trader.edit_orders([edit])
    assert (edited["id"], edited["amount"]) == (first["id"], 0.02)
    gone = trader.cancel_orders([first["id"], "123", last["id"]], UNIFIED)
    assert [order["status"] for order in gone] == ["canceled", "canceled"]  # not the unknown one
    assert trader.fetch_open_orders(UNIFIED) == []


def test_cancel_all_and_the_dead_mans_switch(book):
    """ORDR-016"""
    trader = book.trader()
    for distance in (10, 20):
        trader.create_order(UNIFIED, "limit", "buy", 0.01, book.bid - distance)
    trader.cancel_all_orders(UNIFIED)
    assert trader.fetch_open_orders(UNIFIED) == []
    trader.create_order(UNIFIED, "limit", "buy", 0.01, book.bid - 10)
    armed = trader.fapiprivate_post_countdowncancelall({"symbol": SYMBOL, "countdownTime": 2_000})
    assert armed == {"symbol": SYMBOL, "countdownTime": "2000"}
    book.desk.step(1)
    assert len(trader.fetch_open_orders(UNIFIED)) == 1
    book.desk.step(2)
    assert trader.fetch_open_orders(UNIFIED) == []
    (gone,) = trader.fetch_canceled_orders(UNIFIED)[-1:]
    assert gone["info"]["status"] == "CANCELED"


def test_leverage_and_margin_mode(book):
    """MRGN-007, MODE-001: two choices, and isolated margin that can be added to."""
    trader = book.trader()
    assert trader.set_leverage(10, UNIFIED)["maxNotionalValue"] == "230000000"
    leverage = trader.fetch_leverage(UNIFIED)
    assert (leverage["longLeverage"], leverage["marginMode"]) == (10, "cross")
    trader.set_margin_mode("isolated", UNIFIED)
    assert trader.fetch_margin_mode(UNIFIED)["marginMode"] == "isolated"
    with pytest.raises(ccxt.MarginModeAlreadySet):
        trader.set_margin_mode("isolated", UNIFIED)
    trader.create_order(UNIFIED, "market", "buy", 0.1)
    (position,) = trader.fetch_positions()
    assert position["marginMode"] == "isolated"
    own = float(position["info"]["isolatedWallet"])
    assert own == pytest.approx(0.1 * book.ask / 10)
    assert position["liquidationPrice"] < book.bid * 0.95
    assert trader.add_margin(UNIFIED, 100)["amount"] == 100
    assert trader.reduce_margin(UNIFIED, 40)["amount"] == 40
    (position,) = trader.fetch_positions()
    assert float(position["info"]["isolatedWallet"]) == pytest.approx(own + 60)
    moves = trader.fetch_margin_adjustment_history(UNIFIED)
    assert [(move["type"], move["amount"]) for move in moves] == [("add", 100), ("reduce", 40)]
    with pytest.raises(ccxt.ExchangeError, match="-4048"):
        trader.set_margin_mode("cross", UNIFIED)
    (v2,) = trader.fetch_positions_risk(None, {"useV2": True})
    assert (v2["leverage"], v2["marginMode"]) == (10, "isolated")


def test_hedge_mode_holds_two_legs(book):
    """MODE-004, MODE-005"""
    trader = book.trader()
    assert trader.fetch_position_mode()["hedged"] is False
    trader.set_position_mode(True)
    assert trader.fetch_position_mode()["hedged"] is True
    hedged = {"hedged": True}
    trader.create_order(UNIFIED, "market", "buy", 0.2, None, hedged)
    trader.create_order(UNIFIED, "market", "sell", 0.1, None, hedged)
    held = {each["side"]: each["contracts"] for each in trader.fetch_positions()}
    assert held == {"long": 0.2, "short": 0.1}
    fills = trader.fetch_my_trades(UNIFIED)
    assert [fill["info"]["positionSide"] for fill in fills] == ["LONG", "SHORT"]
    with pytest.raises(ccxt.ExchangeError, match="-4061"):
        trader.create_order(UNIFIED, "market", "buy", 0.1)
    with pytest.raises(ccxt.ExchangeError, match="-4068"):
        trader.set_position_mode(False)
    trader.create_order(UNIFIED, "market", "sell", 0.2, None, hedged | {"reduceOnly": True})
    trader.create_order(UNIFIED, "market", "buy", 0.1, None, hedged | {"reduceOnly": True})
    assert trader.fetch_positions() == []
    trader.set_position_mode(False)


def test_money_moves_between_the_wallets(book):
    """LEDG-004"""
    trader = book.trader()
    trader.load_markets()
    moved = trader.transfer("USDT", 1_000, "swap", "spot")
    assert trader.fetch_balance()["USDT"]["total"] == 99_000
    (row,) = trader.fetch_transfers("USDT", params={"fromAccount": "swap", "toAccount": "spot"})
    assert (row["amount"], row["id"]) == (1_000, moved["id"])
    dollars = trader.fetch_currencies()["USDT"]["info"]
    assert dollars["free"] == "1000.00000000"
    with pytest.raises(ccxt.ExchangeError, match="-5013"):
        trader.transfer("USDT", 2_000, "spot", "swap")
    income = trader.fapiprivate_get_income({"incomeType": "TRANSFER"})
    assert [row["income"] for row in income] == ["100000.00000000", "-1000.00000000"]


def test_what_else_clients_read(book):
    """FEES-002"""
    trader = book.trader()
    fee = trader.fetch_trading_fee(UNIFIED)
    assert (fee["maker"], fee["taker"]) == (0.0002, FEE_TAKER)
    before = trader.fetch_open_interest(UNIFIED)["openInterestAmount"]
    trader.create_order(UNIFIED, "market", "buy", 0.3)
    after = trader.fetch_open_interest(UNIFIED)["openInterestAmount"]
    assert after - before in (pytest.approx(0.3), pytest.approx(0))
    assert trader.fetch_status()["status"] == "ok"
    ranks = trader.fetch_positions_adl_rank([UNIFIED])
    assert [rank["rank"] in range(5) for rank in ranks] == [True]
