"""`ccxt.pro.krakenfutures`: what it watches, while somebody makes it happen."""

from __future__ import annotations

import asyncio

from tests.clients.ccxt_client import CcxtCalls
from tests.clients.ccxt_futures import FEE_TAKER, FUTURES
from tests.dialects.book import Book
from tests.dialects.desk import SYMBOL, UNIFIED

EITHER = [UNIFIED, "ETH/USD:USD"]


@FUTURES.passes("watchTicker", "watchTickers", "watchBidsAsks")
async def tickers(x: CcxtCalls, book: Book) -> None:
    for told in (
        await x.next("watch_ticker", UNIFIED),
        (await x.next("watch_tickers", [UNIFIED]))[UNIFIED],
        (await x.next("watch_bids_asks", [UNIFIED]))[UNIFIED],
    ):
        assert (told["bid"], told["ask"]) == (book.bid, book.ask)


@FUTURES.passes("watchOrderBook", "watchOrderBookForSymbols")
async def books(x: CcxtCalls, book: Book) -> None:
    first = await x.next("watch_order_book", UNIFIED)
    assert (first["bids"], first["asks"]) == ([[book.bid, 1]], [[book.ask, 1]])
    place = x.create_order(UNIFIED, "limit", "buy", 0.3, book.bid + 5)
    told = await x.during(place, "watch_order_book", UNIFIED)
    assert told["bids"] == [[book.bid + 5, 0.3], [book.bid, 1]]
    place = x.create_order(UNIFIED, "limit", "sell", 0.2, book.ask + 5)
    told = await x.during(place, "watch_order_book_for_symbols", [UNIFIED])
    assert told["asks"] == [[book.ask, 1], [book.ask + 5, 0.2]]


@FUTURES.passes("watchTrades", "watchTradesForSymbols")
async def tape(x: CcxtCalls, book: Book) -> None:
    await x.next("watch_trades", UNIFIED)
    for method, asked in (("watch_trades", UNIFIED), ("watch_trades_for_symbols", [UNIFIED])):
        buy = x.create_order(UNIFIED, "market", "buy", 0.4)
        trade = (await x.during(buy, method, asked))[-1]
        assert (trade["price"], trade["amount"], trade["side"]) == (book.ask, 0.4, "buy")


@FUTURES.passes("watchOrders")
async def orders(x: CcxtCalls, book: Book) -> None:
    x.client.newUpdates = True
    price = book.bid - 100
    place = x.create_order(UNIFIED, "limit", "buy", 0.5, price)
    (order,) = await x.during(place, "watch_orders", UNIFIED)
    assert (order["price"], order["remaining"], order["side"]) == (price, 0.5, "buy")
    edit = x.edit_order(order["id"], UNIFIED, "limit", "buy", 0.6, price + 1)
    (edited,) = await x.during(edit, "watch_orders", UNIFIED)
    assert (edited["price"], edited["remaining"]) == (price + 1, 0.6)
    await x.during(x.cancel_order(order["id"]), "watch_orders", UNIFIED)
    assert x.client.orders[0]["status"] == "canceled"


@FUTURES.passes("watchMyTrades", "watchPositions", "watchBalance")
async def own(x: CcxtCalls, book: Book) -> None:
    await x.next("watch_balance")
    assert x.client.balance["flex"]["USD"]["total"] == 100_000
    positions = asyncio.ensure_future(x.watch_positions([UNIFIED]))
    balance = asyncio.ensure_future(x.watch_balance())
    buy = x.create_order(UNIFIED, "market", "buy", 0.2)
    (fill, *_) = await x.during(buy, "watch_my_trades", UNIFIED)
    fee = round(0.2 * book.ask * FEE_TAKER, 8)
    assert (fill["price"], fill["amount"], fill["takerOrMaker"]) == (book.ask, 0.2, "taker")
    assert round(fill["fee"]["cost"], 8) == fee
    (position,) = await asyncio.wait_for(positions, 10)
    assert (position["side"], position["contracts"]) == ("long", 0.2)
    assert (position["entryPrice"], position["info"]["instrument"]) == (book.ask, SYMBOL)
    await asyncio.wait_for(balance, 10)
    assert round(x.client.balance["flex"]["USD"]["total"], 8) == round(100_000 - fee, 8)
