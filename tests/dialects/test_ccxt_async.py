"""`ccxt.async_support` and `ccxt.pro`: the same venue without waiting, and as it changes."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import ccxt.async_support
import ccxt.pro

from tests.dialects.desk import SYMBOL, UNIFIED

WAIT_S = 10


@asynccontextmanager
async def opened(exchange):
    """An exchange that leaves no order and no socket behind."""
    try:
        await exchange.load_markets()
        yield exchange
        await exchange.cancel_all_orders()
    finally:
        await exchange.close()


class Watcher:
    """Waits for one update of ccxt.pro while something is done that causes it."""

    def __init__(self, exchange) -> None:
        self.exchange = exchange

    async def during(self, method, arguments, action):
        """What `watch_…` gives next, once `action` was carried out."""
        watching = asyncio.ensure_future(getattr(self.exchange, method)(*arguments))
        await asyncio.sleep(0.05)
        await action
        return await asyncio.wait_for(watching, WAIT_S)


def test_async(book):
    """ORDR-003: placed, found, filled and told, by a client that does not wait."""

    async def tell():
        options = book.desk.ccxt_options(book.desk.trader(USD="100000"))
        async with opened(ccxt.async_support.krakenfutures(options)) as trader:
            placed = await trader.create_order(UNIFIED, "limit", "buy", 0.5, book.bid - 100)
            assert [each["id"] for each in await trader.fetch_open_orders()] == [placed["id"]]
            bought, levels = await asyncio.gather(
                trader.create_order(UNIFIED, "market", "buy", 0.2),
                trader.fetch_order_book(UNIFIED),
            )
            assert (bought["status"], bought["average"]) == ("closed", book.ask)
            assert levels["bids"][0] == [book.bid, 1]
            (position,) = await trader.fetch_positions()
            assert (position["side"], position["contracts"]) == ("long", 0.2)
            balance = await trader.fetch_balance()
            assert balance["USD"]["total"] < 100_000

    asyncio.run(tell())


async def watch_the_market(book, trader):
    ticker = await asyncio.wait_for(trader.watch_ticker(UNIFIED), WAIT_S)
    assert (ticker["bid"], ticker["ask"]) == (book.bid, book.ask)
    best = await asyncio.wait_for(trader.watch_bids_asks([UNIFIED]), WAIT_S)
    assert (best[UNIFIED]["bid"], best[UNIFIED]["ask"]) == (book.bid, book.ask)
    levels = await asyncio.wait_for(trader.watch_order_book(UNIFIED), WAIT_S)
    assert (levels["bids"], levels["asks"]) == ([[book.bid, 1]], [[book.ask, 1]])
    await asyncio.wait_for(trader.watch_trades(UNIFIED), WAIT_S)


def test_pro_sees_the_market(book):
    """ORDR-002: book and trades as they change."""

    async def tell():
        options = book.desk.ccxt_options(book.desk.trader(USD="100000"))
        async with opened(ccxt.pro.krakenfutures(options)) as trader:
            await watch_the_market(book, trader)
            watcher = Watcher(trader)
            place = trader.create_order(UNIFIED, "limit", "buy", 0.3, book.bid + 5)
            levels = await watcher.during("watch_order_book", (UNIFIED,), place)
            assert levels["bids"] == [[book.bid + 5, 0.3], [book.bid, 1]]
            buy = trader.create_order(UNIFIED, "market", "buy", 0.4)
            trades = await watcher.during("watch_trades", (UNIFIED,), buy)
            trade = trades[-1]
            assert (trade["price"], trade["amount"], trade["side"]) == (book.ask, 0.4, "buy")
            levels = await asyncio.wait_for(trader.fetch_order_book(UNIFIED), WAIT_S)
            assert levels["asks"] == [[book.ask, 0.6]]

    asyncio.run(tell())


def test_pro_sees_its_own_orders(book):
    """ORDR-012: placed, edited and cancelled."""

    async def tell():
        options = book.desk.ccxt_options(book.desk.trader(USD="100000")) | {"newUpdates": True}
        async with opened(ccxt.pro.krakenfutures(options)) as trader:
            watcher = Watcher(trader)
            price = book.bid - 100
            place = trader.create_order(UNIFIED, "limit", "buy", 0.5, price)
            (order,) = await watcher.during("watch_orders", (UNIFIED,), place)
            assert (order["price"], order["remaining"], order["side"]) == (price, 0.5, "buy")
            edit = trader.edit_order(order["id"], UNIFIED, "limit", "buy", 0.6, price + 1)
            (edited,) = await watcher.during("watch_orders", (UNIFIED,), edit)
            assert (edited["price"], edited["remaining"]) == (price + 1, 0.6)
            cancel = trader.cancel_order(order["id"])
            await watcher.during("watch_orders", (UNIFIED,), cancel)
            assert trader.orders[0]["status"] == "canceled"

    asyncio.run(tell())


def test_pro_sees_its_own_fills(book):
    """FEES-001: the fill with its fee, the position and the balance it left."""

    async def tell():
        options = book.desk.ccxt_options(book.desk.trader(USD="100000"))
        async with opened(ccxt.pro.krakenfutures(options)) as trader:
            await asyncio.wait_for(trader.watch_balance(), WAIT_S)
            assert trader.balance["flex"]["USD"]["total"] == 100_000
            positions = asyncio.ensure_future(trader.watch_positions([UNIFIED]))
            balance = asyncio.ensure_future(trader.watch_balance())
            buy = trader.create_order(UNIFIED, "market", "buy", 0.2)
            (fill, *_) = await Watcher(trader).during("watch_my_trades", (UNIFIED,), buy)
            fee = 0.2 * book.ask * 0.0005
            assert (fill["price"], fill["amount"], fill["takerOrMaker"]) == (book.ask, 0.2, "taker")
            assert round(fill["fee"]["cost"], 8) == round(fee, 8)
            (position,) = await asyncio.wait_for(positions, WAIT_S)
            assert (position["side"], position["contracts"]) == ("long", 0.2)
            assert position["entryPrice"] == book.ask
            assert position["info"]["instrument"] == SYMBOL
            await asyncio.wait_for(balance, WAIT_S)
            left = trader.balance["flex"]["USD"]["total"]
            assert round(left, 8) == round(100_000 - fee, 8)

    asyncio.run(tell())
