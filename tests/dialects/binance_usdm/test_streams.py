"""`ccxt.pro.binanceusdm` and `ccxt.async_support`, and what the sockets say themselves."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager

import ccxt.async_support
import ccxt.pro
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.dialects.binance_usdm.clients import FEE_MAKER, FEE_TAKER, SYMBOL, UNIFIED, options

WAIT_S = 20


async def soon(awaitable):
    return await asyncio.wait_for(awaitable, WAIT_S)


@asynccontextmanager
async def opened(book, kind=ccxt.pro.binanceusdm, **deposits):
    """An exchange of an account of its own, which leaves no order and no socket behind."""
    trader = book.desk.trader(**(deposits or {"USD": "100000"}))
    exchange = kind(options(book.desk, trader) | {"newUpdates": True})
    try:
        await exchange.load_markets()
        yield exchange
        await exchange.cancel_all_orders(UNIFIED)
        await exchange.cancel_all_orders(UNIFIED, {"trigger": True})
    finally:
        await exchange.close()


async def during(exchange, method, arguments, action):
    """What `watch_…` gives next, once `action` was carried out."""
    watching = asyncio.ensure_future(getattr(exchange, method)(*arguments))
    await asyncio.sleep(0.5)
    await action
    return await soon(watching)


def test_async(book):
    """ORDR-003: placed, found, filled and told, by a client that does not wait."""

    async def tell():
        async with opened(book, ccxt.async_support.binanceusdm) as trader:
            placed = await trader.create_order(UNIFIED, "limit", "buy", 0.5, book.bid - 100)
            assert [each["id"] for each in await trader.fetch_open_orders(UNIFIED)] == [
                placed["id"]
            ]
            bought, levels = await asyncio.gather(
                trader.create_order(UNIFIED, "market", "buy", 0.2),
                trader.fetch_order_book(UNIFIED),
            )
            assert (bought["status"], bought["average"]) == ("closed", book.ask)
            assert levels["bids"][0] == [book.bid, 1]
            (position,) = await trader.fetch_positions()
            assert (position["side"], position["contracts"]) == ("long", 0.2)

    asyncio.run(tell())


def test_pro_sees_prices(book):
    """ORDR-002: the best prices, the day, the mark."""

    async def tell():
        async with opened(book) as trader:
            best = await soon(trader.watch_bids_asks([UNIFIED]))
            assert (best[UNIFIED]["bid"], best[UNIFIED]["ask"]) == (book.bid, book.ask)
            assert (best[UNIFIED]["bidVolume"], best[UNIFIED]["askVolume"]) == (1, 1)
            await trader.create_order(UNIFIED, "market", "buy", 0.3)
            day = await soon(trader.watch_ticker(UNIFIED))
            assert day["last"] == book.ask
            assert day["baseVolume"] >= 0.3
            days = await soon(trader.watch_tickers([UNIFIED]))
            assert days[UNIFIED]["close"] == book.ask
            mark = await soon(trader.watch_mark_price(UNIFIED))
            assert mark["markPrice"] == (await trader.fetch_mark_price(UNIFIED))["markPrice"]
            assert abs(mark["indexPrice"] - book.index) < 1

    asyncio.run(tell())


def test_pro_sees_the_book(book):
    """ORDR-002: the book as it changes, the same as the one asked for."""

    async def tell():
        async with opened(book) as trader:
            levels = await soon(trader.watch_order_book(UNIFIED))
            assert (levels["bids"], levels["asks"]) == ([[book.bid, 1]], [[book.ask, 1]])
            place = trader.create_order(UNIFIED, "limit", "buy", 0.3, book.bid + 5)
            levels = await during(trader, "watch_order_book", (UNIFIED,), place)
            assert levels["bids"] == [[book.bid + 5, 0.3], [book.bid, 1]]
            take = trader.create_order(UNIFIED, "market", "buy", 0.4)
            levels = await during(trader, "watch_order_book", (UNIFIED,), take)
            assert levels["asks"] == [[book.ask, 0.6]]
            asked = await trader.fetch_order_book(UNIFIED)
            assert (asked["bids"], asked["asks"]) == (levels["bids"], levels["asks"])
            assert asked["nonce"] == levels["nonce"]

    asyncio.run(tell())


def test_pro_sees_trades_and_candles(book):
    """ORDR-002: each trade, and the minute it is in."""

    async def tell():
        async with opened(book) as trader:
            buy = trader.create_order(UNIFIED, "market", "buy", 0.4)
            (trade,) = await during(trader, "watch_trades", (UNIFIED,), buy)
            assert (trade["price"], trade["amount"], trade["side"]) == (book.ask, 0.4, "buy")
            asked = (await trader.fetch_trades(UNIFIED))[-1]
            assert (asked["id"], asked["timestamp"]) == (trade["id"], trade["timestamp"])
            sell = trader.create_order(UNIFIED, "market", "sell", 0.2)
            (candle,) = await soon(trader.watch_ohlcv(UNIFIED, "1m"))
            assert candle[4] == book.ask
            (candle,) = await during(trader, "watch_ohlcv", (UNIFIED, "1m"), sell)
            assert candle == (await trader.fetch_ohlcv(UNIFIED, "1m"))[-1]
            assert candle[4] == book.bid

    asyncio.run(tell())


def test_pro_sees_its_own_orders(book):
    """ORDR-012: placed, edited and cancelled."""

    async def tell():
        async with opened(book) as trader:
            price = book.bid - 100
            place = trader.create_order(UNIFIED, "limit", "buy", 0.5, price)
            (order,) = await during(trader, "watch_orders", (UNIFIED,), place)
            assert (order["price"], order["remaining"], order["side"]) == (price, 0.5, "buy")
            assert (order["status"], order["timeInForce"]) == ("open", "GTC")
            edit = trader.edit_order(order["id"], UNIFIED, "limit", "buy", 0.6, price + 1)
            (edited,) = await during(trader, "watch_orders", (UNIFIED,), edit)
            assert (edited["price"], edited["remaining"]) == (price + 1, 0.6)
            assert edited["info"]["x"] == "AMENDMENT"
            cancel = trader.cancel_order(order["id"], UNIFIED)
            (cancelled,) = await during(trader, "watch_orders", (UNIFIED,), cancel)
            assert (cancelled["id"], cancelled["status"]) == (order["id"], "canceled")

    asyncio.run(tell())


def test_pro_sees_its_own_fills(book):
    """FEES-001: the fill with its fee, the position and the balance it left."""

    async def tell():
        async with opened(book) as trader:
            assert await soon(trader.watch_positions([UNIFIED])) == []
            positions = asyncio.ensure_future(trader.watch_positions([UNIFIED]))
            balances = asyncio.ensure_future(trader.watch_balance())
            buy = trader.create_order(UNIFIED, "market", "buy", 0.2)
            (fill,) = await during(trader, "watch_my_trades", (UNIFIED,), buy)
            fee = round(0.2 * book.ask * FEE_TAKER, 8)
            assert (fill["price"], fill["amount"], fill["takerOrMaker"]) == (book.ask, 0.2, "taker")
            assert fill["fee"] == {"cost": fee, "currency": "USDT"}
            (kept,) = await trader.fetch_my_trades(UNIFIED)
            assert (kept["id"], kept["order"]) == (fill["id"], fill["order"])
            (position,) = await soon(positions)
            assert (position["side"], position["contracts"]) == ("long", 0.2)
            assert position["entryPrice"] == book.ask
            balance = await soon(balances)
            assert round(balance["USDT"]["total"], 8) == round(100_000 - fee, 8)

    asyncio.run(tell())


@asynccontextmanager
async def socket(book, path):
    async with connect(book.desk.origin.replace("http", "ws", 1) + path) as opened_socket:
        yield opened_socket


async def heard(opened_socket):
    return json.loads(await soon(opened_socket.recv()))


async def said(opened_socket, **message):
    await opened_socket.send(json.dumps(message))
    return await heard(opened_socket)


@asynccontextmanager
async def user_stream(book, exchange):
    """The raw user-data stream of an exchange's account."""
    key = exchange.fapiPrivatePostListenKey()["listenKey"]
    async with socket(book, f"/private/ws?listenKey={key}") as own:
        await asyncio.sleep(0.5)
        yield own


def test_the_depth_stream_is_whole(book):
    """Each update continues the one before, and joins the book that was asked for."""

    async def tell():
        async with socket(book, f"/public/ws/{SYMBOL.lower()}@depth@100ms") as depth:
            updates = []
            for offset in range(3):
                book.quote("buy", 0.1, book.bid - 10 - offset)
                updates.append(await heard(depth))
            snapshot = book.desk.public("/fapi/v1/depth", symbol=SYMBOL, limit=5)
            first, *later = updates
            assert [each["pu"] for each in later] == [each["u"] for each in updates[:-1]]
            assert all(each["U"] <= each["u"] for each in updates)
            assert updates[-1]["u"] == snapshot["lastUpdateId"]
            assert [each["b"] for each in updates] == [
                [[f"{book.bid - 10 - offset}.0", "0.100"]] for offset in range(3)
            ]
            assert (first["e"], first["s"], first["a"]) == ("depthUpdate", SYMBOL, [])

    asyncio.run(tell())


def test_a_combined_stream_names_its_messages(book):
    async def tell():
        path = f"/stream?streams={SYMBOL.lower()}@aggTrade/{SYMBOL.lower()}@bookTicker"
        async with socket(book, path) as both:
            await asyncio.sleep(0.3)
            book.trader().create_order(UNIFIED, "market", "buy", 1)
            told = {}
            while len(told) < 2:
                message = await heard(both)
                told[message["stream"].partition("@")[2]] = message["data"]
            assert (told["aggTrade"]["q"], told["aggTrade"]["p"]) == ("1.000", f"{book.ask}.0")
            assert told["aggTrade"]["m"] is False
            assert told["bookTicker"]["b"] == f"{book.bid}.0"

    asyncio.run(tell())


def test_subscriptions_are_answered(book):
    """By the number of the request; what is wrong changes nothing."""

    async def tell():
        async with socket(book, "/market/ws") as plain:
            asked = [f"{SYMBOL.lower()}@trade", "!forceOrder@arr"]
            assert await said(plain, method="SUBSCRIBE", params=asked, id=1) == {
                "result": None,
                "id": 1,
            }
            wrong = await said(plain, method="SUBSCRIBE", params=["dogeusdt@trade"], id=2)
            assert wrong["error"] == {
                "code": 2,
                "msg": "Invalid request: invalid stream",
            }
            await plain.send("{")
            assert (await heard(plain))["error"]["code"] == 3
            listed = await said(plain, method="LIST_SUBSCRIPTIONS", id=3)
            assert listed == {"result": asked, "id": 3}
            await said(plain, method="UNSUBSCRIBE", params=asked[:1], id=4)
            listed = await said(plain, method="LIST_SUBSCRIPTIONS", id=5)
            assert listed == {"result": asked[1:], "id": 5}

    asyncio.run(tell())


def test_a_stop_is_told_when_it_is_set_and_fires(book):
    """As a conditional order first, as what it became then."""

    async def tell():
        trader = book.trader()
        trader.create_order(UNIFIED, "market", "buy", 0.2)
        async with user_stream(book, trader) as own:
            params = {"stopLossPrice": book.bid - 1000, "workingType": "CONTRACT_PRICE"}
            placed = trader.create_order(UNIFIED, "market", "sell", 0.2, None, params)
            told = await heard(own)
            assert (told["e"], told["o"]["X"], told["o"]["tp"]) == (
                "ALGO_UPDATE",
                "NEW",
                f"{book.bid - 1000}.0",
            )
            assert str(told["o"]["aid"]) == placed["id"]
            trader.cancel_order(placed["id"], UNIFIED, {"trigger": True})
            told = await heard(own)
            assert (told["e"], told["o"]["X"]) == ("ALGO_UPDATE", "CANCELED")
            book.quote("sell", 0.1, book.bid + 10)
            params["stopLossPrice"] = book.bid + 5
            trader.create_order(UNIFIED, "market", "sell", 0.2, None, params)
            told = [await heard(own)]
            book.trader().create_order(UNIFIED, "market", "sell", 0.1)
            while told[-1]["e"] != "ACCOUNT_UPDATE":
                told.append(await heard(own))
            states = [
                (each["e"], each["o"].get("x"), each["o"]["X"]) for each in told if "o" in each
            ]
            assert states == [
                ("ALGO_UPDATE", None, "NEW"),
                ("ALGO_UPDATE", None, "TRIGGERED"),
                ("ORDER_TRADE_UPDATE", "NEW", "NEW"),
                ("ORDER_TRADE_UPDATE", "TRADE", "FILLED"),
                ("ALGO_UPDATE", None, "FINISHED"),
            ]
            (position,) = told[-1]["a"]["P"]
            assert position["pa"] == "0.000"

    asyncio.run(tell())


def test_only_ones_own_events_are_told(book):
    """What another account does is not heard; maker's fee and role are the maker's."""

    async def tell():
        quiet, maker = book.trader(), book.trader()
        async with user_stream(book, quiet) as other, user_stream(book, maker) as own:
            maker.create_order(UNIFIED, "limit", "buy", 0.3, book.bid + 1)
            assert (await heard(own))["o"]["x"] == "NEW"
            book.trader().create_order(UNIFIED, "market", "sell", 0.1)
            match = (await heard(own))["o"]
            assert (match["x"], match["X"], match["m"]) == ("TRADE", "PARTIALLY_FILLED", True)
            assert (match["l"], match["z"]) == ("0.100", "0.100")
            assert float(match["n"]) == round(0.1 * (book.bid + 1) * FEE_MAKER, 8)
            account = await heard(own)
            assert (account["e"], account["a"]["m"]) == ("ACCOUNT_UPDATE", "ORDER")
            quiet.create_order(UNIFIED, "limit", "buy", 0.2, book.bid - 50)
            assert (await heard(other))["o"]["q"] == "0.200"

    asyncio.run(tell())


def test_settings_are_told(book):
    async def tell():
        trader = book.trader()
        async with user_stream(book, trader) as own:
            trader.set_leverage(7, UNIFIED)
            told = await heard(own)
            assert (told["e"], told["ac"]) == ("ACCOUNT_CONFIG_UPDATE", {"s": SYMBOL, "l": 7})

    asyncio.run(tell())


def test_a_closed_listen_key_ends_the_stream(book):
    async def tell():
        trader = book.trader()
        async with user_stream(book, trader) as own:
            trader.fapiPrivateDeleteListenKey()
            told = await heard(own)
            assert told["e"] == "listenKeyExpired"
            try:
                await heard(own)
            except ConnectionClosed:
                return
            raise AssertionError("still open")

    asyncio.run(tell())
