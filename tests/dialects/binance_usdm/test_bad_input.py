"""What is wrong with a request is said by number and name, and nothing is changed."""

from __future__ import annotations

import asyncio

import pytest

from longshore.engine.codes import MarketState
from longshore.engine.commands import CommandKind
from longshore.venue.dialects.binance_usdm.auth import wall_ms
from tests.dialects.binance_usdm.clients import SYMBOL
from tests.dialects.binance_usdm.inside import V1, inside

LIMIT = {
    "symbol": SYMBOL,
    "side": "BUY",
    "type": "LIMIT",
    "timeInForce": "GTC",
    "quantity": "0.1",
    "price": "83000",
}
MARKET = LIMIT | {"type": "MARKET", "timeInForce": "", "price": ""}
MALFORMED = "Mandatory parameter '{}' was not sent, was empty/null, or malformed."

ORDERS = [
    ({"symbol": ""}, -1102, MALFORMED.format("symbol")),
    ({"symbol": "XRPUSDT"}, -1121, "Invalid symbol."),
    ({"symbol": "btcusdt"}, -1121, "Invalid symbol."),
    ({"side": ""}, -1102, MALFORMED.format("side")),
    ({"side": "LONG"}, -1117, "Invalid side."),
    ({"type": ""}, -1102, MALFORMED.format("type")),
    ({"type": "ICEBERG"}, -1116, "Invalid orderType."),
    ({"type": "STOP_MARKET"}, -4120, "Algo Order API"),
    ({"timeInForce": ""}, -1102, MALFORMED.format("timeInForce")),
    ({"timeInForce": "DAY"}, -1115, "Invalid timeInForce."),
    ({"timeInForce": "GTD"}, -5040, "goodTillDate"),
    ({"timeInForce": "GTD", "goodTillDate": "9"}, -5040, "goodTillDate"),
    ({"timeInForce": "GTD", "goodTillDate": "-9"}, -1130, "'goodTillDate'"),
    ({"timeInForce": "IOC"}, -2020, "Unable to fill."),
    ({"timeInForce": "FOK"}, -5021, "FOK order has been rejected"),
    ({"timeInForce": "GTX", "price": "85000"}, -5022, "Post Only order will be rejected"),
    ({"quantity": ""}, -1102, MALFORMED.format("quantity")),
    ({"quantity": "lots"}, -1130, "'quantity'"),
    ({"quantity": "NaN"}, -1130, "'quantity'"),
    ({"quantity": "Infinity"}, -1130, "'quantity'"),
    ({"quantity": "1e999999999"}, -4005, "Quantity greater than max quantity."),
    ({"quantity": "1e-999999999"}, -1111, "Precision is over the maximum"),
    ({"quantity": "0"}, -4003, "Quantity less than zero."),
    ({"quantity": "-0.1"}, -4003, "Quantity less than zero."),
    ({"quantity": "0.0001"}, -1111, "Precision is over the maximum"),
    ({"quantity": "1001"}, -4005, "Quantity greater than max quantity."),
    ({"quantity": "900"}, -2019, "Margin is insufficient."),
    ({"price": ""}, -1102, MALFORMED.format("price")),
    ({"price": "0"}, -4001, "Price less than 0."),
    ({"price": "-1"}, -4001, "Price less than 0."),
    ({"price": "83000.05"}, -1111, "Precision is over the maximum"),
    ({"price": "100000"}, -4016, "multiplier cap"),
    ({"price": "9" * 30}, -4002, "Price greater than max price."),
    ({"side": "SELL", "price": "70000"}, -4024, "multiplier floor"),
    ({"side": "SELL", "price": "83000", "quantity": "0.05"}, -2010, "NEW_ORDER_REJECTED"),
    ({"reduceOnly": "true"}, -2022, "ReduceOnly Order is rejected."),
    ({"reduceOnly": "perhaps"}, -1130, "'reduceOnly'"),
    ({"positionSide": "UP"}, -4060, "Invalid position side."),
    ({"positionSide": "LONG"}, -4061, "position side does not match"),
    ({"newClientOrderId": "a" * 37}, -4015, "Client order id is not valid."),
    ({"newClientOrderId": "a b"}, -4015, "Client order id is not valid."),
    ({"newClientOrderId": "used"}, -4116, "clientOrderId is duplicated."),
    ({"newOrderRespType": "FULL"}, -1136, "Invalid newOrderRespType."),
    ({"priceMatch": "QUEUE"}, -5037, "Invalid price match"),
    ({"selfTradePreventionMode": "EXPIRE_BOTH"}, -5039, "self trade prevention"),
]
MARKETS = [
    ({"price": "83000"}, -1106, "Parameter 'price' sent when not required."),
    ({"timeInForce": "GTC"}, -1106, "Parameter 'timeInForce' sent when not required."),
    ({"side": "SELL", "reduceOnly": "true"}, -2022, "ReduceOnly Order is rejected."),
    ({"side": "SELL", "quantity": "0.1"}, -2010, "NEW_ORDER_REJECTED"),
]
ALGO = {
    "algoType": "CONDITIONAL",
    "symbol": SYMBOL,
    "side": "SELL",
    "type": "STOP_MARKET",
    "quantity": "0.1",
    "triggerPrice": "82000",
}
TRAIL = {"type": "TRAILING_STOP_MARKET", "triggerPrice": "", "callbackRate": "1"}
ALGOS = [
    ({"algoType": ""}, -1102, MALFORMED.format("algoType")),
    ({"algoType": "VP"}, -1130, "'algoType'"),
    ({"symbol": "XRPUSDT"}, -1121, "Invalid symbol."),
    ({"type": "LIMIT"}, -1116, "Invalid orderType."),
    ({"side": "DOWN"}, -1117, "Invalid side."),
    ({"quantity": ""}, -1102, MALFORMED.format("quantity")),
    ({"quantity": "0"}, -4003, "Quantity less than zero."),
    ({"triggerPrice": ""}, -1102, MALFORMED.format("triggerPrice")),
    ({"triggerPrice": "82000.01"}, -1111, "Precision is over the maximum"),
    ({"triggerPrice": "0"}, -4006, "Stop price less than zero."),
    ({"workingType": "INDEX"}, -4031, "Invalid parameter working type: `INDEX`"),
    ({"priceProtect": "true"}, -1130, "'priceProtect'"),
    ({"price": "81000"}, -1106, "Parameter 'price' sent when not required."),
    ({"callbackRate": "1"}, -1106, "Parameter 'callbackRate' sent when not required."),
    ({"type": "STOP"}, -1102, MALFORMED.format("price")),
    ({"type": "STOP", "price": "81000", "timeInForce": "FOK"}, -1115, "Invalid timeInForce."),
    ({"closePosition": "true"}, -4137, "Quantity must be zero"),
    ({"closePosition": "true", "quantity": "", "reduceOnly": "true"}, -4062, "reduceOnly"),
    ({"closePosition": "true", "quantity": "", "type": "STOP", "price": "1"}, -4062, "reduceOnly"),
    (TRAIL | {"callbackRate": ""}, -1102, MALFORMED.format("callbackRate")),
    (TRAIL | {"callbackRate": "0.05"}, -1130, "'callbackRate'"),
    (TRAIL | {"callbackRate": "20.1"}, -1130, "'callbackRate'"),
    (TRAIL | {"callbackRate": "1.25"}, -1130, "'callbackRate'"),
    (TRAIL | {"callbackRate": "1e999999999"}, -1130, "'callbackRate'"),
    (TRAIL | {"triggerPrice": "82000"}, -1106, "Parameter 'triggerPrice' sent when not required."),
    (TRAIL | {"activatePrice": "84000"}, -4135, "Invalid activation price"),
    ({"clientAlgoId": "used"}, -4116, "clientOrderId is duplicated."),
]


async def refuse(venue, key, method, path, table, base):
    """Every wrong request of a table gets its number and words, and leaves the digest alone."""
    before = venue.digest
    for change, code, words in table:
        reply = await venue.call(key, method, path, **(base | change))
        told = reply.json()
        assert (told["code"], reply.status_code) == (code, 400), (change, reply.text)
        assert words in told["msg"], (change, reply.text)
        assert venue.digest == before, change


def test_a_bad_order_is_refused_by_number_and_name(tmp_path):
    """ORDR-001, ORDR-005, ORDR-006, ORDR-007, ORDR-008, ORDR-009, ORDR-011, ORDR-013"""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            other = await venue.trader("other", USD="1000000")
            assert 83_500 < await venue.mark() < 84_500
            await venue.send(other, "SELL", "0.1", "84900")
            used = {"newClientOrderId": "used"}
            assert (await venue.send(trader, "BUY", "0.1", "83000", **used))["status"] == "NEW"
            await refuse(venue, trader, "POST", "order", ORDERS, LIMIT)
            await refuse(venue, trader, "POST", "order", MARKETS, MARKET)
            await refuse(venue, trader, "POST", "algoOrder", ALGOS, ALGO)

    asyncio.run(tell())


EDITS = [
    ({"symbol": "ETHUSDT"}, -2013, "Order does not exist."),
    ({"orderId": ""}, -1102, "Param 'origClientOrderId' or 'orderId' must be sent"),
    ({"orderId": "7"}, -2013, "Order does not exist."),
    ({"orderId": "9" * 25}, -1130, "'orderId'"),
    ({"orderId": "", "origClientOrderId": "nobody"}, -2013, "Order does not exist."),
    ({"side": "SELL"}, -1130, "'side'"),
    ({"side": "UP"}, -1117, "Invalid side."),
    ({"quantity": "0"}, -4003, "Quantity less than zero."),
    ({"quantity": "0.0001"}, -1111, "Precision is over the maximum"),
    ({"quantity": "900"}, -2019, "Margin is insufficient."),
    ({"price": ""}, -1102, MALFORMED.format("price")),
    ({"price": "0"}, -4001, "Price less than 0."),
    ({"price": "83000"}, -5027, "No need to modify the order."),
    ({"priceMatch": "QUEUE"}, -5037, "Invalid price match"),
]


def test_a_bad_edit_leaves_the_order_as_it_was(tmp_path):
    """ORDR-012"""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            order = await venue.send(trader, "BUY", "0.1", "83000")
            base = {"symbol": SYMBOL, "side": "BUY", "quantity": "0.1", "price": "82000"}
            base["orderId"] = str(order["orderId"])
            await refuse(venue, trader, "PUT", "order", EDITS, base)

    asyncio.run(tell())


SETTINGS = [
    ("POST", "leverage", {"symbol": SYMBOL}, -1102),
    ("POST", "leverage", {"symbol": SYMBOL, "leverage": "0"}, -4028),
    ("POST", "leverage", {"symbol": SYMBOL, "leverage": "126"}, -4028),
    ("POST", "leverage", {"symbol": SYMBOL, "leverage": "2.5"}, -1102),
    ("POST", "leverage", {"symbol": "NO", "leverage": "5"}, -1121),
    ("POST", "marginType", {"symbol": SYMBOL, "marginType": "BOTH"}, -1130),
    ("POST", "marginType", {"symbol": SYMBOL, "marginType": "CROSSED"}, -4046),
    ("POST", "marginType", {"symbol": SYMBOL, "marginType": "ISOLATED"}, -4047),
    ("POST", "positionSide/dual", {}, -1102),
    ("POST", "positionSide/dual", {"dualSidePosition": "false"}, -4059),
    ("POST", "positionSide/dual", {"dualSidePosition": "true"}, -4067),
    ("POST", "positionMargin", {"symbol": SYMBOL, "amount": "1", "type": "3"}, -1130),
    ("POST", "positionMargin", {"symbol": SYMBOL, "amount": "1", "type": "1"}, -4049),
    ("GET", "positionMargin/history", {}, -1102),
    ("POST", "countdownCancelAll", {"symbol": SYMBOL, "countdownTime": "-1"}, -1102),
    ("DELETE", "allOpenOrders", {}, -1102),
    ("DELETE", "order", {"symbol": SYMBOL}, -1102),
    ("DELETE", "order", {"symbol": SYMBOL, "orderId": "7"}, -2011),
    ("DELETE", "algoOrder", {}, -1102),
    ("DELETE", "algoOrder", {"algoId": "7"}, -2011),
    ("GET", "order", {"symbol": SYMBOL, "orderId": "7"}, -2013),
    ("GET", "algoOrder", {"algoId": "7"}, -2013),
    ("GET", "income", {"incomeType": "LUCK"}, -1130),
    ("GET", "userTrades", {}, -1102),
    ("GET", "userTrades", {"symbol": SYMBOL, "startTime": "2", "endTime": "1"}, -1023),
    ("GET", "allOrders", {"symbol": SYMBOL, "startTime": "1", "endTime": "9" * 12}, -4165),
    ("GET", "allOrders", {"symbol": SYMBOL, "limit": "0"}, -1130),
    ("GET", "forceOrders", {"autoCloseType": "FATE"}, -1130),
    ("POST", "batchOrders", {}, -1102),
    ("POST", "batchOrders", {"batchOrders": "[]"}, -4082),
    ("POST", "batchOrders", {"batchOrders": "[1,2,3,4,5,6]"}, -4082),
    ("POST", "batchOrders", {"batchOrders": "{"}, -1130),
    ("POST", "batchOrders", {"batchOrders": "[" * 9_000}, -1130),
    ("DELETE", "batchOrders", {"symbol": SYMBOL}, -1102),
    ("DELETE", "batchOrders", {"symbol": SYMBOL, "orderidlist": "1"}, -1130),
    ("POST", "/sapi/v1/asset/transfer", {"type": "UP", "asset": "USDT", "amount": "1"}, -1130),
    (
        "POST",
        "/sapi/v1/asset/transfer",
        {"type": "UMFUTURE_MAIN", "asset": "GOLD", "amount": "1"},
        -1108,
    ),
    (
        "POST",
        "/sapi/v1/asset/transfer",
        {"type": "UMFUTURE_MAIN", "asset": "USDT", "amount": "-1"},
        -1130,
    ),
    (
        "POST",
        "/sapi/v1/asset/transfer",
        {"type": "UMFUTURE_MAIN", "asset": "USDT", "amount": "1e999"},
        -1130,
    ),
    (
        "POST",
        "/sapi/v1/asset/transfer",
        {"type": "UMFUTURE_MAIN", "asset": "USDT", "amount": "99999999"},
        -5013,
    ),
]


def test_what_cannot_be_set_or_asked_is_refused(tmp_path):
    """MRGN-008, MODE-004, LEDG-005"""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            await venue.send(trader, "BUY", "0.1", "83000")
            before = venue.digest
            for method, path, sent, code in SETTINGS:
                reply = await venue.call(trader, method, path, **sent)
                assert reply.json().get("code") == code, (path, sent, reply.text)
                assert reply.status_code == 400
                assert venue.digest == before

    asyncio.run(tell())


DOCUMENTED = ("orderIdList", "origClientOrderIdList")
SMALL = ("orderidlist", "origclientorderidlist")


def test_a_line_of_a_batch_is_refused_for_itself(tmp_path):
    """ORDR-001"""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            before = venue.digest
            lines = (
                f'[{{"symbol":"{SYMBOL}"}}, 7, {{"symbol":"{SYMBOL}","side":"BUY","type":"UP"}}]'
            )
            told = (await venue.call(trader, "POST", "batchOrders", batchOrders=lines)).json()
            assert [line["code"] for line in told] == [-1102, -1130, -1116]
            finer = f'[{{"symbol":"{SYMBOL}","side":"BUY","type":"LIMIT","timeInForce":"GTC",'
            finer += '"price":83000.1,"quantity":0.10000000000000000001}]'
            (told,) = (await venue.call(trader, "POST", "batchOrders", batchOrders=finer)).json()
            assert told["code"] == -1111
            for name in DOCUMENTED:
                sent = {"symbol": SYMBOL, name: "7"}
                bad = (await venue.call(trader, "DELETE", "batchOrders", **sent)).json()
                assert bad["msg"] == f"Data sent for parameter '{name}' is not valid."
            assert venue.digest == before

    asyncio.run(tell())


@pytest.mark.parametrize("names", [DOCUMENTED, SMALL])
def test_a_batch_of_cancels_is_read_as_it_is_documented_and_as_ccxt_writes_it(tmp_path, names):
    """ORDR-001"""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            first = await venue.send(trader, "BUY", "0.1", "83000")
            await venue.send(trader, "BUY", "0.1", "82000", newClientOrderId="second")
            ids, texts = f"[{first['orderId']}]", '["second"]'
            for name, given in zip(names, (ids, texts), strict=True):
                sent = {"symbol": SYMBOL, name: given}
                (told,) = (await venue.call(trader, "DELETE", "batchOrders", **sent)).json()
                assert told["status"] == "CANCELED"

    asyncio.run(tell())


STATES = [MarketState.HALTED, MarketState.CANCEL_ONLY, MarketState.POST_ONLY]


@pytest.mark.parametrize("state", STATES)
def test_a_market_that_does_not_trade_says_so(tmp_path, state):
    """ORDR-014: and its symbol shows it."""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            market_id = venue.venue.catalog.market(SYMBOL).market_id
            kind = CommandKind.SET_MARKET_STATE
            await venue.command(kind=kind, market_id=market_id, value=int(state))
            before = venue.digest
            assert (await venue.send(trader, "BUY", "0.1", "83000"))["code"] == -1122
            assert venue.digest == before
            listed = (await venue.http.get(f"{V1}/exchangeInfo")).json()["symbols"][0]
            assert listed["status"] != "TRADING"

    asyncio.run(tell())


PUBLIC = [
    ("depth", -1102),
    ("depth?symbol=NO", -1121),
    (f"depth?symbol={SYMBOL}&limit=7", -4021),
    (f"depth?symbol={SYMBOL}&symbol={SYMBOL}", -1101),
    (f"trades?symbol={SYMBOL}&limit=0", -1130),
    (f"trades?symbol={SYMBOL}&limit=x", -1130),
    (f"aggTrades?symbol={SYMBOL}&startTime=2&endTime=1", -1023),
    (f"aggTrades?symbol={SYMBOL}&fromId={'9' * 30}", -1130),
    (f"klines?symbol={SYMBOL}", -1102),
    (f"klines?symbol={SYMBOL}&interval=7m", -1120),
    ("klines?interval=1m", -1102),
    (f"indexPriceKlines?symbol={SYMBOL}&interval=1m", -1102),
    (f"klines?symbol={SYMBOL}&interval=1m&startTime=2&endTime=1", -1023),
    ("ticker/24hr?symbol=NO", -1121),
    ("premiumIndex?symbol=NO", -1121),
    ("depth?symbol=%FF", -1100),
]


def test_a_bad_question_is_refused(tmp_path):
    async def tell():
        async with inside(tmp_path) as venue:
            for path, code in PUBLIC:
                reply = await venue.http.get(f"{V1}/{path}")
                assert (reply.status_code, reply.json()["code"]) == (400, code), (path, reply.text)
            for path in ("/fapi/v1/nosuchthing", "/sapi/v9/x", "/futures/data/basis"):
                reply = await venue.http.get(path)
                assert (reply.status_code, reply.json()["code"]) == (404, -5000)
                assert path in reply.json()["msg"]
            far = await venue.http.get(
                f"{V1}/klines?symbol={SYMBOL}&interval=1M&startTime=253402300799000"
            )
            assert (far.status_code, far.json()) == (200, [])

    asyncio.run(tell())


def test_who_did_not_sign_just_now_is_refused(tmp_path):
    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            reader = await venue.trader("reader", "read", USD="10000")
            before, now = venue.digest, wall_ms()
            bad = "0" * 64
            for key, changes, code, status in (
                (trader, {"signature": bad}, -1022, 400),
                (trader, {"signature": "é"}, -1100, 400),
                (trader, {"signature": ""}, -1102, 400),
                (trader, {"timestamp": ""}, -1102, 400),
                (trader, {"timestamp": "soon"}, -1102, 400),
                (trader, {"timestamp": now - 6_000}, -1021, 400),
                (trader, {"timestamp": now + 5_000}, -1021, 400),
                (trader, {"timestamp": now - 900, "recvWindow": "10"}, -1021, 400),
                (trader, {"recvWindow": "60001"}, -1130, 400),
                (reader, {}, -2015, 401),
            ):
                reply = await venue.call(key, "POST", "order", **(LIMIT | changes))
                assert (reply.json()["code"], reply.status_code) == (code, status), (
                    changes,
                    reply.text,
                )
            for headers, code in (({}, -2014), ({"X-MBX-APIKEY": "nobody"}, -2015)):
                reply = await venue.http.get(f"{V1}/openOrders", headers=headers)
                assert (reply.json()["code"], reply.status_code) == (code, 401)
            assert venue.digest == before

    asyncio.run(tell())


def test_a_signature_counts_for_query_and_body_and_either_clock(tmp_path):
    """A client that set its clock by `time` signs in the world's time."""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            world = (await venue.http.get(f"{V1}/time")).json()["serverTime"]
            assert abs(world - wall_ms()) > 60_000
            for sent in ({"timestamp": world}, {"timestamp": world - 4_900}, {}):
                reply = await venue.call(trader, "POST", "order", **(LIMIT | sent))
                assert reply.status_code == 200, reply.text
            late = {"timestamp": world - 5_100}
            assert (await venue.call(trader, "POST", "order", **(LIMIT | late))).status_code == 400
            asked = await venue.call(trader, "POST", "order", in_query=True, **LIMIT)
            assert asked.status_code == 200

    asyncio.run(tell())
