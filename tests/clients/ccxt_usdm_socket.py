"""`ccxt.pro.binanceusdm`: what it watches, while somebody makes it happen."""

from __future__ import annotations

import asyncio

import ccxt
import pytest

from tests.clients.ccxt_client import CcxtCalls
from tests.clients.ccxt_usdm import USDM
from tests.dialects.binance_usdm.clients import FEE_TAKER, UNIFIED, Book

LISTENING_S = 0.5
"""How long ccxt takes to say what it wants; streams tell what happens after."""


async def after(x: CcxtCalls, action: object, method: str, *arguments: object) -> object:
    """What `watch…` gives next, once `action` was carried out."""
    watching = asyncio.ensure_future(getattr(x, method)(*arguments))
    await asyncio.sleep(LISTENING_S)
    await action
    return await asyncio.wait_for(watching, 20)


@USDM.passes(
    *("watchTicker", "watchTickers", "watchBidsAsks", "watchMarkPrice", "watchMarkPrices"),
    *("unWatchTicker", "unWatchTickers", "unWatchBidsAsks", "unWatchMarkPrice"),
    "unWatchMarkPrices",
)
async def tickers(x: CcxtCalls, book: Book) -> None:
    best = (await x.next("watch_bids_asks", [UNIFIED]))[UNIFIED]
    assert (best["bid"], best["ask"], best["askVolume"]) == (book.bid, book.ask, 1)
    await x.create_order(UNIFIED, "market", "buy", 0.3)
    assert (await x.next("watch_ticker", UNIFIED))["last"] == book.ask
    assert (await x.next("watch_tickers", [UNIFIED]))[UNIFIED]["last"] == book.ask
    mark = await x.next("watch_mark_price", UNIFIED)
    assert abs(mark["indexPrice"] - book.index) < 1
    marks = await x.next("watch_mark_prices", [UNIFIED])
    assert marks[UNIFIED]["markPrice"] == mark["markPrice"]
    assert await x.un_watch_ticker(UNIFIED)
    assert await x.un_watch_tickers([UNIFIED])
    assert await x.un_watch_bids_asks([UNIFIED])
    assert await x.un_watch_mark_price(UNIFIED)
    assert await x.un_watch_mark_prices([UNIFIED])


@USDM.passes(
    *("watchOrderBook", "watchOrderBookForSymbols"),
    *("unWatchOrderBook", "unWatchOrderBookForSymbols"),
)
async def books(x: CcxtCalls, book: Book) -> None:
    first = await x.next("watch_order_book", UNIFIED)
    assert (first["bids"], first["asks"]) == ([[book.bid, 1]], [[book.ask, 1]])
    place = x.create_order(UNIFIED, "limit", "buy", 0.3, book.bid + 5)
    told = await after(x, place, "watch_order_book", UNIFIED)
    assert told["bids"] == [[book.bid + 5, 0.3], [book.bid, 1]]
    place = x.create_order(UNIFIED, "limit", "sell", 0.2, book.ask + 5)
    told = await after(x, place, "watch_order_book_for_symbols", [UNIFIED])
    assert told["asks"] == [[book.ask, 1], [book.ask + 5, 0.2]]
    assert await x.un_watch_order_book(UNIFIED)
    assert await x.un_watch_order_book_for_symbols([UNIFIED])


@USDM.passes(
    *("watchTrades", "watchTradesForSymbols", "watchOHLCV", "watchOHLCVForSymbols"),
    *("unWatchTrades", "unWatchTradesForSymbols", "unWatchOHLCV", "unWatchOHLCVForSymbols"),
)
async def tape(x: CcxtCalls, book: Book) -> None:
    for method, asked in (("watch_trades", UNIFIED), ("watch_trades_for_symbols", [UNIFIED])):
        buy = x.create_order(UNIFIED, "market", "buy", 0.2)
        trade = (await after(x, buy, method, asked))[-1]
        assert (trade["price"], trade["amount"], trade["side"]) == (book.ask, 0.2, "buy")
    sell = x.create_order(UNIFIED, "market", "sell", 0.2)
    candle = (await after(x, sell, "watch_ohlcv", UNIFIED, "1m"))[-1]
    assert candle[5] >= 0.4
    buy = x.create_order(UNIFIED, "market", "buy", 0.1)
    told = await after(x, buy, "watch_ohlcv_for_symbols", [[UNIFIED, "1m"]])
    assert told[UNIFIED]["1m"][-1][5] >= 0.4
    assert await x.un_watch_trades(UNIFIED)
    assert await x.un_watch_trades_for_symbols([UNIFIED])
    assert await x.un_watch_ohlcv(UNIFIED, "1m")
    assert await x.un_watch_ohlcv_for_symbols([[UNIFIED, "1m"]])


@USDM.passes("watchOrders")
async def orders(x: CcxtCalls, book: Book) -> None:
    x.client.newUpdates = True
    price = book.bid - 100
    place = x.create_order(UNIFIED, "limit", "buy", 0.5, price)
    (order,) = await after(x, place, "watch_orders", UNIFIED)
    assert (order["price"], order["remaining"], order["side"]) == (price, 0.5, "buy")
    edit = x.edit_order(order["id"], UNIFIED, "limit", "buy", 0.6, price + 1)
    (edited,) = await after(x, edit, "watch_orders", UNIFIED)
    assert (edited["price"], edited["remaining"]) == (price + 1, 0.6)
    cancel = x.cancel_order(order["id"], UNIFIED)
    (ended,) = await after(x, cancel, "watch_orders", UNIFIED)
    assert (ended["id"], ended["status"]) == (order["id"], "canceled")


@USDM.passes("watchMyTrades", "watchBalance", "watchPositions")
async def own(x: CcxtCalls, book: Book) -> None:
    x.client.newUpdates = True
    assert await x.next("watch_positions", [UNIFIED]) == []
    positions = asyncio.ensure_future(x.watch_positions([UNIFIED]))
    balances = asyncio.ensure_future(x.watch_balance())
    buy = x.create_order(UNIFIED, "market", "buy", 0.2)
    (fill,) = await after(x, buy, "watch_my_trades", UNIFIED)
    fee = 0.2 * book.ask * FEE_TAKER
    assert (fill["price"], fill["amount"], fill["takerOrMaker"]) == (book.ask, 0.2, "taker")
    assert fill["fee"]["cost"] == pytest.approx(fee)
    (position,) = await asyncio.wait_for(positions, 20)
    assert (position["side"], position["contracts"]) == ("long", 0.2)
    balance = await asyncio.wait_for(balances, 20)
    assert balance["USDT"]["total"] == pytest.approx(100_000 - fee)


@USDM.passes(
    *("watchLiquidations", "watchLiquidationsForSymbols"),
    *("watchMyLiquidations", "watchMyLiquidationsForSymbols"),
    reason="followed here while nobody is liquidated; the public stream of one is in the "
    "dialect's tests",
)
async def liquidations(x: CcxtCalls, book: Book) -> None:
    waits = [
        asyncio.ensure_future(method(asked))
        for method, asked in (
            (x.watch_liquidations, UNIFIED),
            (x.watch_liquidations_for_symbols, [UNIFIED]),
            (x.watch_my_liquidations, UNIFIED),
            (x.watch_my_liquidations_for_symbols, [UNIFIED]),
        )
    ]
    await asyncio.sleep(LISTENING_S)
    await x.create_order(UNIFIED, "market", "buy", 0.1)
    assert [wait.done() for wait in waits] == [False] * 4
    for wait in waits:
        wait.cancel()
    await asyncio.gather(*waits, return_exceptions=True)


@USDM.refuses(
    *("watchOrdersForSymbols", "fetchOrdersWs", "fetchOpenOrdersWs"),
    reason="ccxt does not have it for these markets",
)
async def not_in_ccxt(x: CcxtCalls, book: Book) -> None:
    for made in (
        x.watch_orders_for_symbols([UNIFIED]),
        x.fetch_orders_ws(UNIFIED),
        x.fetch_open_orders_ws(UNIFIED),
    ):
        with pytest.raises(ccxt.BaseError, match=r"not supported|only supports spot"):
            await made


OVER_THE_SOCKET = {
    "cancelAllOrdersWs": (UNIFIED,),
    "cancelOrderWs": ("1", UNIFIED),
    "createLimitOrderWs": (UNIFIED, "buy", 0.1, 1_000),
    "createMarketOrderWs": (UNIFIED, "buy", 0.1),
    "createOrderWs": (UNIFIED, "limit", "buy", 0.1, 1_000),
    "editOrderWs": ("1", UNIFIED, "limit", "buy", 0.1, 1_000),
    "fetchBalanceWs": (),
    "fetchMyTradesWs": (UNIFIED,),
    "fetchOHLCVWs": (UNIFIED,),
    "fetchOrderBookWs": (UNIFIED,),
    "fetchOrderWs": ("1", UNIFIED),
    "fetchPositionWs": (UNIFIED,),
    "fetchPositionsWs": (),
    "fetchTickerWs": (UNIFIED,),
    "fetchTradesWs": (UNIFIED,),
}


@USDM.lacks(
    *OVER_THE_SOCKET,
    reason="requests go over HTTP here; the socket for them (`ws-fapi`) is not offered",
)
async def over_the_socket(x: CcxtCalls, book: Book) -> None:
    asked = [getattr(x, method)(*arguments) for method, arguments in OVER_THE_SOCKET.items()]
    told = await asyncio.gather(*asked, return_exceptions=True)
    assert [each for each in told if not isinstance(each, ccxt.BaseError)] == []
    assert await x.fetch_open_orders(UNIFIED) == []
