"""`ccxt.pro.kraken`: what it watches, and the orders it places over the socket."""

from __future__ import annotations

import asyncio

import pytest

from tests.clients.ccxt_client import CcxtCalls
from tests.clients.ccxt_spot import FEE_TAKER, SPOT
from tests.dialects.spot import PAIR, SpotBook


@SPOT.passes("watchTicker", "watchTickers")
async def tickers(x: CcxtCalls, book: SpotBook) -> None:
    told = await x.next("watch_ticker", PAIR)
    assert (told["bid"], told["ask"]) == (book.bid, book.ask)
    buy = x.create_order(PAIR, "market", "buy", 0.1)
    told = (await x.during(buy, "watch_tickers", [PAIR]))[PAIR]
    assert (told["last"], told["askVolume"]) == (book.ask, 0.9)


@SPOT.passes("watchBidsAsks")
async def best_prices(x: CcxtCalls, book: SpotBook) -> None:
    told = (await x.next("watch_bids_asks", [PAIR]))[PAIR]
    assert (told["bid"], told["ask"]) == (book.bid, book.ask)
    place = x.create_order(PAIR, "limit", "buy", 0.3, book.bid + 5)
    told = (await x.during(place, "watch_bids_asks", [PAIR]))[PAIR]
    assert (told["bid"], told["bidVolume"]) == (book.bid + 5, 0.3)


@SPOT.passes("watchOrderBook", "watchOrderBookForSymbols")
async def books(x: CcxtCalls, book: SpotBook) -> None:
    first = await x.next("watch_order_book", PAIR)
    assert (first["bids"], first["asks"]) == ([[book.bid, 1]], [[book.ask, 1]])
    place = x.create_order(PAIR, "limit", "buy", 0.3, book.bid + 5)
    told = await x.during(place, "watch_order_book", PAIR)
    assert told["bids"] == [[book.bid + 5, 0.3], [book.bid, 1]]
    place = x.create_order(PAIR, "limit", "sell", 0.2, book.ask + 5)
    told = await x.during(place, "watch_order_book_for_symbols", [PAIR])
    assert told["asks"] == [[book.ask, 1], [book.ask + 5, 0.2]]


@SPOT.passes("watchTrades", "watchTradesForSymbols", "watchOHLCV")
async def tape(x: CcxtCalls, book: SpotBook) -> None:
    await x.next("watch_ticker", PAIR)  # the socket is open: trades come as they happen
    for method, asked in (("watch_trades", PAIR), ("watch_trades_for_symbols", [PAIR])):
        trade = (await x.during(x.create_order(PAIR, "market", "buy", 0.4), method, asked))[-1]
        assert (trade["price"], trade["amount"], trade["side"]) == (book.ask, 0.4, "buy")
    candle = (await x.next("watch_ohlcv", PAIR, "1m"))[-1]
    assert (candle[4], candle[5] >= 0.8) == (book.ask, True)


@SPOT.passes("watchOrders", "createOrderWs", "createLimitOrderWs", "editOrderWs", "cancelOrderWs")
async def orders(x: CcxtCalls, book: SpotBook) -> None:
    x.client.newUpdates = True
    price = book.bid - 100
    place = x.create_order_ws(PAIR, "limit", "buy", 0.5, price)
    (order,) = (await x.during(place, "watch_orders", PAIR))[-1:]
    assert (order["price"], order["amount"], order["side"]) == (price, 0.5, "buy")
    edit = x.edit_order_ws(order["id"], PAIR, "limit", "buy", 0.6, price + 1)
    await x.during(edit, "watch_orders", PAIR)
    edited = await x.fetch_order(order["id"], PAIR)
    assert (edited["price"], edited["amount"]) == (price + 1, 0.6)
    other = await x.create_limit_order_ws(PAIR, "buy", 0.1, price)
    await x.cancel_order_ws(order["id"])
    assert [each["id"] for each in await x.fetch_open_orders(PAIR)] == [other["id"]]


@SPOT.passes("cancelOrdersWs", "cancelAllOrdersWs")
async def cancelled(x: CcxtCalls, book: SpotBook) -> None:
    made = [await x.create_limit_order(PAIR, "buy", 0.1, book.bid - n) for n in (1, 2, 3)]
    await x.cancel_orders_ws([order["id"] for order in made[:2]])
    assert [order["id"] for order in await x.fetch_open_orders(PAIR)] == [made[2]["id"]]
    await x.cancel_all_orders_ws()
    assert await x.fetch_open_orders(PAIR) == []


@SPOT.passes("watchMyTrades", "watchBalance", "createMarketOrderWs")
async def own(x: CcxtCalls, book: SpotBook) -> None:
    first = await x.next("watch_balance")
    assert (first["USD"]["total"], first["BTC"]["total"]) == (100_000, 1)
    balance = asyncio.ensure_future(x.watch_balance())
    buy = x.create_market_order_ws(PAIR, "buy", 0.2)
    (fill, *_) = await x.during(buy, "watch_my_trades", PAIR)
    fee = 0.2 * book.ask * FEE_TAKER
    assert (fill["price"], fill["amount"], fill["side"]) == (book.ask, 0.2, "buy")
    assert fill["fee"]["cost"] == pytest.approx(fee)
    await asyncio.wait_for(balance, 10)
    await asyncio.sleep(0.2)
    assert x.client.balance["spot"]["BTC"]["total"] == 1.2
    assert x.client.balance["spot"]["USD"]["total"] == pytest.approx(100_000 - 0.2 * book.ask - fee)
