"""Nobody sees or moves what is not theirs; listen keys; what unwinds a position is told."""

from __future__ import annotations

import asyncio

from longshore.venue.dialects.binance_usdm import listen_keys
from tests.dialects.binance_usdm.clients import SYMBOL
from tests.dialects.binance_usdm.inside import V1, inside


def test_another_accounts_order_is_not_there(tmp_path):
    async def tell():
        async with inside(tmp_path) as venue:
            owner = await venue.trader("owner", USD="10000")
            thief = await venue.trader("thief", USD="10000")
            mine = {"newClientOrderId": "mine"}
            order = await venue.send(owner, "BUY", "0.1", "83000", **mine)
            stop = (
                await venue.call(
                    owner,
                    "POST",
                    "algoOrder",
                    algoType="CONDITIONAL",
                    symbol=SYMBOL,
                    side="SELL",
                    type="STOP_MARKET",
                    quantity="0.1",
                    triggerPrice="80000",
                )
            ).json()
            before = venue.digest
            by_id = {"symbol": SYMBOL, "orderId": order["orderId"]}
            by_name = {"symbol": SYMBOL, "origClientOrderId": "mine"}
            algo = {"algoId": stop["algoId"]}
            change = {"side": "BUY", "quantity": "0.2", "price": "82000"}
            for method, path, sent, code in (
                ("DELETE", "order", by_id, -2011),
                ("DELETE", "order", by_name, -2011),
                ("PUT", "order", by_id | change, -2013),
                ("GET", "order", by_id, -2013),
                ("GET", "openOrder", by_name, -2013),
                ("DELETE", "algoOrder", algo, -2011),
                ("GET", "algoOrder", algo, -2013),
            ):
                told = (await venue.call(thief, method, path, **sent)).json()
                assert told["code"] == code, (path, sent)
            ids = f"[{order['orderId']}]"
            (line,) = (
                await venue.call(thief, "DELETE", "batchOrders", symbol=SYMBOL, orderidlist=ids)
            ).json()
            assert line["code"] == -2011
            for path in ("allOpenOrders", "algoOpenOrders"):
                await venue.call(thief, "DELETE", path, symbol=SYMBOL)
            for path in ("openOrders", "openAlgoOrders", "allOrders", "allAlgoOrders"):
                assert await venue.get(thief, path, symbol=SYMBOL) == []
                assert len(await venue.get(owner, path, symbol=SYMBOL)) == 1
            assert venue.digest == before

    asyncio.run(tell())


def test_what_two_accounts_did_is_told_to_each(tmp_path):
    """FEES-001: taker and maker see their own side, fee and position."""

    async def tell():
        async with inside(tmp_path) as venue:
            maker = await venue.trader("maker", USD="100000")
            taker = await venue.trader("taker", USD="50000")
            resting = await venue.send(maker, "SELL", "0.3", "84500")
            taken = await venue.send(taker, "BUY", "0.2")
            assert (taken["status"], taken["cumQuote"]) == ("FILLED", "16900.00000000")
            (mine,) = await venue.get(maker, "userTrades", symbol=SYMBOL)
            (theirs,) = await venue.get(taker, "userTrades", symbol=SYMBOL)
            assert (mine["maker"], mine["buyer"], mine["commission"]) == (True, False, "3.38000000")
            assert (theirs["maker"], theirs["buyer"]) == (False, True)
            assert theirs["commission"] == "8.45000000"
            assert (mine["orderId"], theirs["orderId"]) == (resting["orderId"], taken["orderId"])
            for key, amount, wallet in (
                (maker, "-0.200", "99996.62000000"),
                (taker, "0.200", "49991.55000000"),
            ):
                (position,) = await venue.get(key, "/fapi/v3/positionRisk")
                assert position["positionAmt"] == amount
                dollars = (await venue.get(key, "/fapi/v3/balance"))[0]
                assert (dollars["asset"], dollars["balance"]) == ("USDT", wallet)

    asyncio.run(tell())


def test_a_listen_key_is_one_an_account_and_lasts_an_hour(tmp_path, monkeypatch):
    async def tell():
        async with inside(tmp_path) as venue:
            anna = await venue.trader("anna", USD="1")
            bert = await venue.trader("bert", USD="1")

            async def asked(key, method):
                headers = {"X-MBX-APIKEY": key.key}
                return (await venue.http.request(method, f"{V1}/listenKey", headers=headers)).json()

            assert (await asked(anna, "PUT"))["code"] == -1125
            first = (await asked(anna, "POST"))["listenKey"]
            assert len(first) == 64
            assert (await asked(anna, "POST"))["listenKey"] == first
            assert (await asked(bert, "POST"))["listenKey"] != first
            assert (await asked(anna, "PUT"))["listenKey"] == first
            later = listen_keys.time.monotonic() + listen_keys.VALID_S + 1
            with monkeypatch.context() as patch:
                patch.setattr(listen_keys.time, "monotonic", lambda: later)
                assert (await asked(anna, "PUT"))["code"] == -1125
            assert await asked(anna, "DELETE") == {}
            assert (await asked(anna, "POST"))["listenKey"] != first
            nobody = await venue.http.post(f"{V1}/listenKey")
            assert nobody.json()["code"] == -2014

    asyncio.run(tell())
