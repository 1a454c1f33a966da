"""`ccxt.krakenfutures`: what it says it has, done on the venue and compared with what must be."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import ccxt
import pytest

from tests.clients.ccxt_client import CcxtCalls, offered
from tests.clients.covering import Client
from tests.dialects.book import Book
from tests.dialects.desk import SYMBOL, UNIFIED, Desk, Trader

FUTURES = Client("ccxt krakenfutures", offered("krakenfutures"))
HOUR_MS = 3_600_000
FEE_TAKER, FEE_MAKER = 0.0005, 0.0002
REACH = 1_000
"""Dollars between index and mark that a minute may bring."""


@FUTURES.passes("fetchMarkets", "fetchLeverageTiers", "fetchMarketLeverageTiers")
async def markets(x: CcxtCalls, book: Book) -> None:
    bitcoin = next(m for m in await x.fetch_markets() if m["symbol"] == UNIFIED)
    assert (bitcoin["id"], bitcoin["swap"], bitcoin["linear"]) == (SYMBOL, True, True)
    assert bitcoin["precision"]["amount"] == 0.0001
    tiers = (await x.fetch_leverage_tiers([UNIFIED]))[UNIFIED]
    assert (tiers[0]["maxLeverage"], tiers[0]["maintenanceMarginRate"]) == (100, 0.005)
    assert (await x.fetch_market_leverage_tiers(UNIFIED))[0]["maxLeverage"] == 100


@FUTURES.passes("fetchTicker", "fetchTickers", "fetchOrderBook", "fetchL2OrderBook")
async def prices(x: CcxtCalls, book: Book) -> None:
    book.quote("sell", 2, book.ask + 40)
    ticker = await x.fetch_ticker(UNIFIED)
    assert (ticker["bid"], ticker["bidVolume"], ticker["ask"]) == (book.bid, 1, book.ask)
    assert (await x.fetch_tickers([UNIFIED]))[UNIFIED]["ask"] == book.ask
    asks = [[book.ask, 1], [book.ask + 40, 2]]
    assert (await x.fetch_order_book(UNIFIED))["asks"] == asks
    assert (await x.fetch_l2_order_book(UNIFIED))["asks"] == asks


@FUTURES.passes("fetchTrades", "fetchOHLCV", "fetchMarkOHLCV", "fetchIndexOHLCV")
async def past(x: CcxtCalls, book: Book) -> None:
    book.trader().create_order(UNIFIED, "market", "buy", 0.25)
    trade = (await x.fetch_trades(UNIFIED, None, 5))[-1]
    assert (trade["price"], trade["amount"], trade["side"]) == (book.ask, 0.25, "buy")
    since = trade["timestamp"] - 2 * HOUR_MS
    candle = (await x.fetch_ohlcv(UNIFIED, "1h", since))[-1]
    assert candle[0] <= trade["timestamp"] < candle[0] + HOUR_MS
    assert (candle[4], candle[5] >= 0.25) == (book.ask, True)
    for method in (x.fetch_mark_ohlcv, x.fetch_index_ohlcv):
        _, _, high, low, _, volume = (await method(UNIFIED, "1m", since))[-1]
        assert (low <= book.index + REACH, high >= book.index - REACH, volume) == (True, True, 0)


@FUTURES.passes("fetchFundingRate", "fetchFundingRates", "fetchFundingRateHistory")
async def funding_rates(x: CcxtCalls, book: Book) -> None:
    raw = book.desk.public(f"/derivatives/api/v3/tickers/{SYMBOL}")["ticker"]
    expected = pytest.approx(raw["fundingRate"] / raw["markPrice"])
    assert (await x.fetch_funding_rate(UNIFIED))["fundingRate"] == expected
    assert (await x.fetch_funding_rates([UNIFIED]))[UNIFIED]["fundingRate"] == expected
    rows = await x.fetch_funding_rate_history(UNIFIED, None, 24)
    apart = {later["timestamp"] - row["timestamp"] for row, later in pairwise(rows)}
    assert apart == {HOUR_MS}
    assert all(abs(row["fundingRate"]) <= 0.005 for row in rows)


@FUTURES.passes("fetchTradingFee", "fetchTradingFees")
async def fees(x: CcxtCalls, book: Book) -> None:
    for fee in (await x.fetch_trading_fee(UNIFIED), (await x.fetch_trading_fees())[UNIFIED]):
        assert (fee["taker"], fee["maker"]) == (FEE_TAKER, FEE_MAKER)


@FUTURES.passes("createOrder", "createLimitOrder", "fetchOpenOrders", "fetchOrder", "editOrder")
async def placed_and_edited(x: CcxtCalls, book: Book) -> None:
    price = book.bid - 100
    one = await x.create_order(UNIFIED, "limit", "buy", 0.5, price, {"clientOrderId": "a b&c"})
    other = await x.create_limit_order(UNIFIED, "buy", 0.1, price - 1)
    assert (one["status"], one["clientOrderId"], other["status"]) == ("open", "a b&c", "open")
    found = await x.fetch_open_orders(UNIFIED)
    assert {order["id"]: order["amount"] for order in found} == {one["id"]: 0.5, other["id"]: 0.1}
    assert (await x.edit_order(one["id"], UNIFIED, "limit", "buy", 0.6, price - 10))["id"]
    order = await x.fetch_order(one["id"], UNIFIED)
    assert (order["status"], order["amount"], order["filled"]) == ("open", 0.6, 0)


@FUTURES.passes("fetchOrders", "cancelOrder", "cancelOrders", "fetchCanceledOrders")
async def cancelled(x: CcxtCalls, book: Book) -> None:
    made = [
        await x.create_order(UNIFIED, "limit", "buy", 0.1, book.bid - apart) for apart in (1, 2, 3)
    ]
    ids = [order["id"] for order in made]
    found = await x.fetch_orders(UNIFIED, None, None, {"orderIds": ids})
    assert {order["id"] for order in found} == set(ids)
    assert (await x.cancel_order(ids[0], UNIFIED))["status"] == "canceled"
    assert [o["status"] for o in await x.cancel_orders(ids[1:], UNIFIED)] == ["canceled"] * 2
    assert {order["id"] for order in await x.fetch_canceled_orders(UNIFIED)} == set(ids)


@FUTURES.passes("createOrders", "cancelAllOrders", "cancelAllOrdersAfter")
async def many(x: CcxtCalls, book: Book) -> None:
    line = {"symbol": UNIFIED, "type": "limit", "side": "buy", "amount": 0.01, "price": book.bid}
    made = await x.create_orders([line, line | {"price": book.bid - 5}])
    assert [order["status"] for order in made] == ["open", "open"]
    assert len(await x.cancel_all_orders(UNIFIED)) == 2
    await x.create_orders([line])
    armed = (await x.cancel_all_orders_after(2_000))["status"]
    assert armed["triggerTime"] > armed["currentTime"]
    book.desk.step(3)
    assert await x.fetch_open_orders(UNIFIED) == []


@FUTURES.passes("createMarketOrder", "fetchMyTrades", "fetchClosedOrders", "fetchPositions")
async def traded(x: CcxtCalls, book: Book) -> None:
    order = await x.create_market_order(UNIFIED, "buy", 0.5)
    assert (order["status"], order["filled"], order["average"]) == ("closed", 0.5, book.ask)
    (fill,) = await x.fetch_my_trades(UNIFIED)
    assert (fill["order"], fill["price"], fill["amount"]) == (order["id"], book.ask, 0.5)
    assert (fill["takerOrMaker"], fill["side"]) == ("taker", "buy")
    (closed,) = await x.fetch_closed_orders(UNIFIED)
    assert (closed["id"], closed["filled"], closed["remaining"]) == (order["id"], 0.5, 0)
    (position,) = await x.fetch_positions([UNIFIED])
    assert (position["side"], position["contracts"]) == ("long", 0.5)
    assert position["entryPrice"] == book.ask


@FUTURES.passes("createPostOnlyOrder", "createReduceOnlyOrder")
async def with_conditions(x: CcxtCalls, book: Book) -> None:
    post = await x.create_post_only_order(UNIFIED, "limit", "buy", 0.1, book.bid)
    assert (post["status"], post["info"]["orderEvents"][0]["order"]["type"]) == ("open", "post")
    with pytest.raises(ccxt.OrderImmediatelyFillable):
        await x.create_post_only_order(UNIFIED, "limit", "buy", 0.1, book.ask)
    await x.create_order(UNIFIED, "market", "buy", 0.2)
    closing = await x.create_reduce_only_order(UNIFIED, "market", "sell", 0.5)
    assert closing["info"]["orderEvents"][0]["amount"] == 0.2
    assert await x.fetch_positions([UNIFIED]) == []


@FUTURES.passes(
    "createStopOrder", "createStopLimitOrder", "createStopMarketOrder", "createTriggerOrder"
)
async def waiting(x: CcxtCalls, book: Book) -> None:
    """Told apart by trigger and limit; the nearest fires when somebody trades through it."""
    await x.create_order(UNIFIED, "market", "buy", 0.4)
    near, far = book.bid, book.bid - 500
    only = {"reduceOnly": True}
    stop = await x.create_stop_order(UNIFIED, "market", "sell", 0.1, None, near, only)
    limited = await x.create_stop_limit_order(UNIFIED, "sell", 0.1, far - 10, far, only)
    market = await x.create_stop_market_order(UNIFIED, "sell", 0.1, far - 1, only)
    target = await x.create_trigger_order(UNIFIED, "market", "sell", 0.1, None, far - 2, only)
    found = {order["id"]: order for order in await x.fetch_open_orders(UNIFIED)}
    wanted = {stop["id"]: near, limited["id"]: far, market["id"]: far - 1, target["id"]: far - 2}
    assert {key: order["triggerPrice"] for key, order in found.items()} == wanted
    assert found[limited["id"]]["info"]["limitPrice"] == far - 10
    book.trader().create_order(UNIFIED, "market", "sell", 0.1)
    left = {order["id"] for order in await x.fetch_open_orders(UNIFIED)}
    assert left == {limited["id"], market["id"], target["id"]}
    fired = next(t for t in await x.fetch_my_trades(UNIFIED) if t["order"] == stop["id"])
    assert (fired["price"], fired["amount"], fired["side"]) == (book.bid, 0.1, "sell")


@FUTURES.passes("setLeverage", "fetchLeverage", "fetchLeverages")
async def leverage(x: CcxtCalls, book: Book) -> None:
    await x.set_leverage(10, UNIFIED)
    assert (await x.fetch_leverage(UNIFIED))["longLeverage"] == 10
    assert (await x.fetch_leverages([UNIFIED]))[UNIFIED]["shortLeverage"] == 10
    await x.create_order(UNIFIED, "market", "buy", 0.1)
    (position,) = await x.fetch_positions([UNIFIED])
    assert (position["leverage"], position["marginMode"]) == (10, "isolated")


@FUTURES.passes("fetchBalance", "transfer")
async def money(x: CcxtCalls, book: Book) -> None:
    await x.create_order(UNIFIED, "market", "buy", 0.5)
    paid = 0.5 * book.ask * FEE_TAKER
    balance = await x.fetch_balance()
    assert balance["USD"]["total"] == pytest.approx(100_000 - paid)
    assert balance["info"]["accounts"]["flex"]["initialMargin"] == pytest.approx(
        0.5 * book.ask * 0.01
    )
    moved = await x.transfer("USD", 1_000, "flex", "cash")
    assert (moved["amount"], moved["currency"]) == (1_000, "USD")
    assert (await x.fetch_balance({"type": "cash"}))["USD"]["total"] == 1_000


@FUTURES.passes("fetchFundingHistory")
async def funding_paid(x: CcxtCalls, book: Book) -> None:
    """FUND-003: size × rate × time, at the hour."""
    due = paid_once(book)
    x.client.apiKey, x.client.secret = due.trader.key, due.trader.secret
    (paid,) = await x.fetch_funding_history(UNIFIED)
    assert (paid["timestamp"], paid["symbol"]) == (due.at_ms, UNIFIED)
    assert paid["amount"] == pytest.approx(due.amount, abs=1e-6)


class Payment(NamedTuple):
    """A funding payment, known before it is made."""

    trader: Trader
    at_ms: int
    amount: float


PAID: dict[Desk, Payment] = {}


def paid_once(book: Book) -> Payment:
    """Somebody long at the last hour of this venue, which comes but once."""
    if book.desk not in PAID:
        to_the_hour(book.desk)  # the first whole or part of an hour has no rate yet
        trader = book.desk.trader(USD="100000")
        exchange = book.exchange(trader)
        at_ms = exchange.create_order(UNIFIED, "market", "buy", 0.1)["timestamp"]
        exchange.session.close()
        rate = book.desk.public(f"/derivatives/api/v3/tickers/{SYMBOL}")["ticker"]["fundingRate"]
        left_ms = to_the_hour(book.desk)
        amount = -0.1 * rate * left_ms / HOUR_MS
        PAID[book.desk] = Payment(trader, at_ms + left_ms, amount)
    return PAID[book.desk]


def to_the_hour(desk: Desk) -> int:
    """Let time pass until the hour is full, and a second more; how long that was, in ms."""
    now_ms = ccxt.Exchange.parse8601(desk.public("/derivatives/api/v3/tickers")["serverTime"])
    left_ms = HOUR_MS - now_ms % HOUR_MS
    desk.post("/clock", {"action": "step", "step_ms": left_ms})
    desk.step(1)
    return left_ms


@FUTURES.passes("fetchLedger", "fetchPositionsHistory")
async def record(x: CcxtCalls, book: Book) -> None:
    """A trade's cash legs, which add up, and the position that ended."""
    await x.create_order(UNIFIED, "market", "buy", 0.5)
    book.desk.step(2)
    await x.create_order(UNIFIED, "market", "sell", 0.5)
    rows = await x.fetch_ledger("USD")
    cash = [row for row in rows if row["info"]["asset"] == "usd" and row["type"] == "trade"]
    costs = [0.5 * price * FEE_TAKER for price in (book.ask, book.bid)]
    assert [row["fee"]["cost"] for row in cash] == pytest.approx(costs)
    for row in cash:
        info = row["info"]
        change = info["realized_pnl"] - info["fee"] + info["realized_funding"]
        assert info["new_balance"] - info["old_balance"] == pytest.approx(change, abs=1e-7)
    (closed,) = await x.fetch_positions_history([UNIFIED])
    assert (closed["side"], closed["info"]["positionChange"]) == ("long", "close")
    assert closed["entryPrice"] == book.ask
