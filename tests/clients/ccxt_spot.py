"""`ccxt.kraken`: what it says it has, done on the venue and compared with what must be."""

from __future__ import annotations

import ccxt
import pytest

from tests.clients.ccxt_client import CcxtCalls, offered
from tests.clients.covering import Client
from tests.dialects.spot import PAIR, PAIR_ID, SpotBook

SPOT = Client("ccxt kraken", offered("kraken"))
FEE_TAKER, FEE_MAKER = 0.004, 0.0025
HOUR_MS = 3_600_000


@SPOT.passes("fetchMarkets", "fetchCurrencies", "fetchStatus", "fetchTime", "fetchTradingFee")
async def markets(x: CcxtCalls, book: SpotBook) -> None:
    bitcoin = next(m for m in await x.fetch_markets() if m["symbol"] == PAIR)
    assert (bitcoin["id"], bitcoin["active"], bitcoin["spot"]) == (PAIR_ID, True, True)
    assert bitcoin["precision"] == {"amount": 1e-7, "price": 0.1}
    assert (await x.fetch_currencies())["BTC"]["precision"] == 1e-8
    assert (await x.fetch_status())["status"] == "ok"
    server = book.desk.public("/0/public/Time")["result"]["unixtime"]
    assert await x.fetch_time() == server * 1000
    fee = await x.fetch_trading_fee(PAIR)
    assert (fee["taker"], fee["maker"]) == (FEE_TAKER, FEE_MAKER)


@SPOT.passes("fetchTicker", "fetchTickers", "fetchOrderBook", "fetchL2OrderBook")
async def prices(x: CcxtCalls, book: SpotBook) -> None:
    book.quote("sell", 2.5, book.ask + 40)
    ticker = await x.fetch_ticker(PAIR)
    assert (ticker["bid"], ticker["bidVolume"], ticker["ask"]) == (book.bid, 1, book.ask)
    assert (await x.fetch_tickers([PAIR]))[PAIR]["ask"] == book.ask
    asks = [[book.ask, 1], [book.ask + 40, 2.5]]
    for method in (x.fetch_order_book, x.fetch_l2_order_book):
        assert [level[:2] for level in (await method(PAIR))["asks"]] == asks


@SPOT.passes("fetchTrades", "fetchOHLCV")
async def past(x: CcxtCalls, book: SpotBook) -> None:
    book.trader().create_order(PAIR, "market", "buy", 0.25)
    trade = (await x.fetch_trades(PAIR, None, 5))[-1]
    assert (trade["price"], trade["amount"], trade["side"]) == (book.ask, 0.25, "buy")
    candle = (await x.fetch_ohlcv(PAIR, "1h"))[-1]
    assert candle[0] <= trade["timestamp"] < candle[0] + HOUR_MS
    assert (candle[4], candle[5] >= 0.25) == (book.ask, True)


@SPOT.passes("createOrder", "createLimitOrder", "editOrder", "fetchOpenOrders", "fetchOrder")
async def placed_and_edited(x: CcxtCalls, book: SpotBook) -> None:
    price = book.bid - 100
    named = {"clientOrderId": "mine 1"}
    one = await x.create_order(PAIR, "limit", "buy", 0.5, price, named)
    other = await x.create_limit_order(PAIR, "buy", 0.1, price - 1)
    found = {order["id"]: order for order in await x.fetch_open_orders(PAIR)}
    assert {key: order["amount"] for key, order in found.items()} == {
        one["id"]: 0.5,
        other["id"]: 0.1,
    }
    assert found[one["id"]]["clientOrderId"] == "mine 1"
    await x.edit_order(one["id"], PAIR, "limit", "buy", 0.6, price - 10)
    order = await x.fetch_order(one["id"], PAIR)
    assert (order["status"], order["amount"], order["price"]) == ("open", 0.6, price - 10)


@SPOT.passes("createOrders", "cancelOrder", "cancelOrders", "cancelAllOrders", "fetchClosedOrders")
async def cancelled(x: CcxtCalls, book: SpotBook) -> None:
    line = {"symbol": PAIR, "type": "limit", "side": "buy", "amount": 0.01, "price": book.bid}
    made = await x.create_orders([line | {"price": book.bid - apart} for apart in range(5)])
    ids = [order["id"] for order in made]
    await x.cancel_order(ids[0], PAIR)
    await x.cancel_orders(ids[1:3], PAIR)
    assert {order["id"] for order in await x.fetch_open_orders(PAIR)} == set(ids[3:])
    await x.cancel_all_orders(PAIR)
    closed = await x.fetch_closed_orders(PAIR)
    assert {order["id"]: order["status"] for order in closed} == dict.fromkeys(ids, "canceled")
    with pytest.raises(ccxt.OrderNotFound):
        await x.cancel_order(ids[0], PAIR)


@SPOT.passes("cancelAllOrdersAfter")
async def dead_mans_switch(x: CcxtCalls, book: SpotBook) -> None:
    """ORDR-016"""
    await x.create_order(PAIR, "limit", "buy", 0.1, book.bid - 200)
    armed = (await x.cancel_all_orders_after(2_000))["result"]
    assert armed["triggerTime"] > armed["currentTime"]
    book.desk.step(3)
    assert await x.fetch_open_orders(PAIR) == []


@SPOT.passes("createMarketOrder", "fetchMyTrades", "fetchOrderTrades", "fetchBalance")
async def traded(x: CcxtCalls, book: SpotBook) -> None:
    made = await x.create_market_order(PAIR, "buy", 0.5)
    order = await x.fetch_order(made["id"], PAIR)
    assert (order["status"], order["filled"], order["average"]) == ("closed", 0.5, book.ask)
    fee = 0.5 * book.ask * FEE_TAKER
    (fill,) = await x.fetch_my_trades(PAIR)
    (same,) = await x.fetch_order_trades(made["id"], PAIR, None, None, {"trades": [fill["id"]]})
    for trade in (fill, same):
        assert (trade["order"], trade["price"], trade["amount"]) == (made["id"], book.ask, 0.5)
        assert trade["fee"] == {"cost": pytest.approx(fee), "currency": "USD"}
    balance = await x.fetch_balance()
    assert balance["USD"]["total"] == pytest.approx(100_000 - 0.5 * book.ask - fee)
    assert balance["BTC"]["total"] == 1.5


@SPOT.passes("createMarketOrderWithCost", "createMarketBuyOrderWithCost")
async def bought_for_a_cost(x: CcxtCalls, book: SpotBook) -> None:
    """As much as the money buys, and no more."""
    book.quote("sell", 0.2, book.ask - 5)
    cost = round(0.2 * (book.ask - 5) + 0.5 * book.ask, 1)
    for method, arguments in (
        (x.create_market_buy_order_with_cost, (PAIR, cost)),
        (x.create_market_order_with_cost, (PAIR, "buy", 1_000)),
    ):
        made = await method(*arguments)
        order = await x.fetch_order(made["id"], PAIR)
        assert order["status"] == "closed"
        assert order["cost"] == pytest.approx(arguments[-1], abs=0.02)
    assert {0.2, 0.5} <= {trade["amount"] for trade in await x.fetch_my_trades(PAIR)}


@SPOT.passes("fetchLedger", "fetchLedgerEntry")
async def ledger(x: CcxtCalls, book: SpotBook) -> None:
    await x.create_order(PAIR, "market", "buy", 0.5)
    rows = [row for row in await x.fetch_ledger("USD") if row["type"] == "trade"]
    (row,) = rows
    assert (row["amount"], row["direction"]) == (pytest.approx(0.5 * book.ask), "out")
    assert row["fee"]["cost"] == pytest.approx(0.5 * book.ask * FEE_TAKER)
    assert (await x.fetch_ledger_entry(row["id"], "USD"))["amount"] == row["amount"]


@SPOT.passes("fetchPositions")
async def positions(x: CcxtCalls, book: SpotBook) -> None:
    """Nothing is lent here, so nobody holds one."""
    await x.create_order(PAIR, "market", "buy", 0.5)
    assert await x.fetch_positions() == []


@SPOT.passes("transfer")
async def transferred(x: CcxtCalls, book: SpotBook) -> None:
    moved = await x.transfer("USD", 1_000, "spot", "swap")
    assert (moved["amount"], moved["fromAccount"]) == (1_000, "Spot Wallet")
    assert (await x.fetch_balance())["USD"]["total"] == 99_000
    with pytest.raises(ccxt.InsufficientFunds):
        await x.transfer("USD", 1_000_000, "spot", "swap")


@SPOT.passes("fetchDeposits", "fetchDepositAddress", "createDepositAddress")
async def deposited(x: CcxtCalls, book: SpotBook) -> None:
    (deposit,) = await x.fetch_deposits("BTC")
    assert (deposit["amount"], deposit["status"], deposit["currency"]) == (1, "ok", "BTC")
    made = await x.create_deposit_address("BTC")
    known = await x.fetch_deposit_address("BTC")
    assert known["address"] == made["address"]
    assert "practice" in known["address"]


@SPOT.passes("withdraw", "fetchWithdrawals")
async def withdrawn(x: CcxtCalls, book: SpotBook) -> None:
    with pytest.raises(ccxt.InvalidAddress):
        await x.withdraw("BTC", 0.25, "", {"key": "somewhere else"})
    made = await x.withdraw("BTC", 0.25, "", {"key": "practice"})
    (row,) = await x.fetch_withdrawals("BTC")
    assert (row["id"], row["amount"], row["status"]) == (made["id"], 0.25, "ok")
    assert (await x.fetch_balance())["BTC"]["total"] == 0.75


@SPOT.passes(
    *("createStopOrder", "createStopLimitOrder", "createStopMarketOrder"),
    reason="ccxt calls the trigger `stopPrice`, which the venue does not know: the order is "
    "a plain one, as on the real venue",
)
async def stops(x: CcxtCalls, book: SpotBook) -> None:
    price = book.ask + 100
    for made in (
        await x.create_stop_order(PAIR, "limit", "sell", 0.1, price, price),
        await x.create_stop_limit_order(PAIR, "sell", 0.1, price, price),
    ):
        order = await x.fetch_order(made["id"], PAIR)
        assert (order["type"], order["status"], order["price"]) == ("limit", "open", price)
    made = await x.create_stop_market_order(PAIR, "sell", 0.1, book.bid - 500)
    order = await x.fetch_order(made["id"], PAIR)
    assert (order["type"], order["status"], order["average"]) == ("market", "closed", book.bid)


@SPOT.lacks(
    *("createTrailingAmountOrder", "createTrailingPercentOrder"),
    reason="an order that waits for a price needs a market with margin here; `stopLossPrice` and "
    "`takeProfitPrice` of `createOrder` are refused for the same reason",
)
async def waiting(x: CcxtCalls, book: SpotBook) -> None:
    for method, more in (
        (x.create_trailing_amount_order, (PAIR, "market", "sell", 0.1, None, 100)),
        (x.create_trailing_percent_order, (PAIR, "market", "sell", 0.1, None, 1)),
        (x.create_order, (PAIR, "market", "sell", 0.1, None, {"stopLossPrice": book.bid})),
        (x.create_order, (PAIR, "market", "sell", 0.1, None, {"takeProfitPrice": book.ask})),
    ):
        with pytest.raises(ccxt.ExchangeError, match="EGeneral:Invalid arguments:ordertype"):
            await method(*more)
    assert await x.fetch_open_orders(PAIR) == []
