"""Bad input: a refusal by name in Kraken's form, and a state digest that did not move."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

import pytest

from longshore.engine.codes import MarketState
from longshore.engine.commands import CommandKind
from longshore.venue.dialects.kraken_futures import auth
from tests.dialects.desk import SYMBOL
from tests.dialects.inside import V3, inside, wrong

LIMIT = {"symbol": SYMBOL, "side": "buy", "size": "0.1", "orderType": "lmt", "limitPrice": "80000"}
HUGE = f"1{'0' * 30}"
TRAIL = {
    "orderType": "trailing_stop",
    "limitPrice": "",
    "trailingStopMaxDeviation": "500",
    "trailingStopDeviationUnit": "QUOTE_CURRENCY",
}
PERCENT = {"trailingStopDeviationUnit": "PERCENT"}
STATUSES = [
    ({"size": "0.00001"}, "invalidSize"),
    ({"size": "0"}, "invalidSize"),
    ({"size": "-1"}, "invalidSize"),
    ({"size": HUGE}, "invalidSize"),
    ({"size": "1e999999"}, "invalidSize"),
    ({"size": "1e999999999"}, "invalidSize"),
    ({"size": "1e-999999999"}, "invalidSize"),
    ({"limitPrice": "1e999999999"}, "invalidPrice"),
    ({"orderType": "stp", "stopPrice": "80000", "limitPrice": "1e-999999999"}, "invalidPrice"),
    ({"limitPrice": "80000.5"}, "invalidPrice"),
    ({"limitPrice": "0"}, "invalidPrice"),
    ({"limitPrice": "-1"}, "invalidPrice"),
    ({"limitPrice": HUGE}, "invalidPrice"),
    (TRAIL | {"trailingStopMaxDeviation": "0"}, "invalidPrice"),
    (TRAIL | {"trailingStopMaxDeviation": "1.5"}, "invalidPrice"),
    ({"orderType": "post", "limitPrice": "90000"}, "postWouldExecute"),
    ({"orderType": "ioc", "limitPrice": "80000"}, "iocWouldNotExecute"),
    ({"orderType": "fok", "limitPrice": "80000"}, "iocWouldNotExecute"),
    ({"reduceOnly": "true"}, "wouldNotReducePosition"),
    ({"size": "1000"}, "insufficientAvailableFunds"),
    ({"size": "1200"}, "maxPositionViolation"),
    ({"size": "1200.0001"}, "invalidSize"),
    ({"cliOrdId": "x" * 101}, "clientOrderIdTooBig"),
    ({"cliOrdId": "used"}, "clientOrderIdAlreadyExist"),
    ({"processBefore": "2020-01-01T00:00:00.000Z"}, "wouldProcessAfterSpecifiedTime"),
    ({"side": "sell", "orderType": "mkt", "size": "2"}, "selfFill"),
]
ERRORS = [
    ({"symbol": "PF_NOSUCHUSD"}, 200, "contractNotFound"),
    ({"symbol": "XBT/USD"}, 200, "contractNotFound"),
    ({"size": "NaN"}, 400, "Argument invalid: size"),
    ({"size": "Infinity"}, 400, "Argument invalid: size"),
    ({"size": "much"}, 400, "Argument invalid: size"),
    ({"limitPrice": "NaN"}, 400, "Argument invalid: limitPrice"),
    ({"side": "both"}, 400, "Argument invalid: side"),
    ({"orderType": "limit"}, 400, "Argument invalid: orderType"),
    ({"size": ""}, 200, "requiredArgumentMissing"),
    ({"limitPrice": ""}, 200, "requiredArgumentMissing"),
    ({"orderType": "stp", "stopPrice": ""}, 200, "requiredArgumentMissing"),
    ({"orderType": "trailing_stop", "limitPrice": ""}, 200, "requiredArgumentMissing"),
    (TRAIL | {"limitPrice": "80000"}, 400, "Argument invalid: limitPrice"),
    (TRAIL | {"stopPrice": "80000"}, 400, "Argument invalid: stopPrice"),
    (TRAIL | {"trailingStopDeviationUnit": "MILES"}, 400, "trailingStopDeviationUnit"),
    (TRAIL | {"trailingStopDeviationUnit": ""}, 200, "requiredArgumentMissing"),
    (TRAIL | PERCENT | {"trailingStopMaxDeviation": "51"}, 400, "trailingStopMaxDeviation"),
    (TRAIL | PERCENT | {"trailingStopMaxDeviation": "NaN"}, 400, "trailingStopMaxDeviation"),
    (TRAIL | PERCENT | {"trailingStopMaxDeviation": "0.11111"}, 400, "trailingStopMaxDeviation"),
    ({"processBefore": "soon"}, 400, "Argument invalid: processBefore"),
]


async def refuse_orders(venue):
    """Every bad order against a book with one own bid and one other bid."""
    trader = await venue.trader("trader", USD="10000")
    other = await venue.trader("other", USD="1000000")
    await venue.send(other, "sell", "0.1", "89000")
    await venue.send(trader, "buy", "0.1", "83000", cliOrdId="used")
    before = venue.digest
    for change, status in STATUSES:
        sent = {name: value for name, value in (LIMIT | change).items() if value}
        body = urlencode(sent)
        reply = await venue.call(trader, "POST", f"{V3}/sendorder", body=body)
        assert reply.json()["sendStatus"]["status"] == status, (change, reply.text)
        assert (reply.status_code, reply.json()["result"]) == (200, "success")
        assert venue.digest == before, change
    for change, code, words in ERRORS:
        sent = {name: value for name, value in (LIMIT | change).items() if value}
        reply = await venue.call(trader, "POST", f"{V3}/sendorder", body=urlencode(sent))
        assert reply.status_code == code, (change, reply.text)
        assert words in reply.text, (change, reply.text)
        assert reply.json()["result"] == "error"
        assert venue.digest == before, change


def test_a_bad_order_is_refused_by_name(tmp_path):
    """ORDR-001, ORDR-005, ORDR-006, ORDR-007, ORDR-008, ORDR-011, ORDR-013: and nothing else."""

    async def tell():
        async with inside(tmp_path) as venue:
            await refuse_orders(venue)

    asyncio.run(tell())


def test_a_trailing_stop_follows_and_only_its_size_is_edited(tmp_path):
    """ORDR-022"""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            bodies = [TRAIL, TRAIL | PERCENT | {"trailingStopMaxDeviation": "2.5"}]
            for change in bodies:
                sent = LIMIT | {"triggerSignal": "mark", "side": "sell"} | change
                body = urlencode({name: value for name, value in sent.items() if value})
                reply = await venue.call(trader, "POST", f"{V3}/sendorder", body=body)
                status = reply.json()["sendStatus"]
                assert status["status"] == "placed", reply.text
                for field, word in (("stopPrice", "Trigger"), ("limitPrice", "Limit")):
                    edit = urlencode({"orderId": status["order_id"], field: "80000"})
                    reply = await venue.call(trader, "POST", f"{V3}/editorder", body=edit)
                    told = reply.json()["editStatus"]["status"]
                    assert told == f"cannotEdit{word}PriceOfTrailingStop"
                edit = urlencode({"orderId": status["order_id"], "size": "0.2"})
                reply = await venue.call(trader, "POST", f"{V3}/editorder", body=edit)
                assert reply.json()["editStatus"]["status"] == "edited"
            page = (await venue.call(trader, "GET", f"{V3}/openorders")).json()["openOrders"]
            assert {order["orderType"] for order in page} == {"stp"}

    asyncio.run(tell())


def test_a_client_id_used_before_names_its_first_order(tmp_path):
    """ORDR-011: also when that order is gone."""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            first = await venue.send(trader, "buy", "0.1", "80000", cliOrdId="a&b+c")
            assert first["status"] == "placed"
            again = await venue.send(trader, "buy", "0.1", "80000", cliOrdId="a&b+c")
            body = f"order_id={first['order_id']}"
            await venue.call(trader, "POST", f"{V3}/cancelorder", body=body)
            late = await venue.send(trader, "sell", "0.2", "90000", cliOrdId="a&b+c")
            for refused in (again, late):
                assert refused["status"] == "clientOrderIdAlreadyExist"
                assert refused["order_id"] == first["order_id"]

    asyncio.run(tell())


def test_who_did_not_sign_is_refused(tmp_path):
    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            reader = await venue.trader("reader", "read", USD="10000")
            path, body = f"{V3}/sendorder", urlencode(LIMIT)
            message = auth.signed_message(b"", body.encode(), b"", path.encode())
            bad = wrong(auth.signature(trader.secret, message))
            before = venue.digest
            for key, signing in (
                (trader, {"authent": bad}),
                (trader, {"authent": ""}),
                (trader, {"nonce": "abc"}),
                (trader, {"nonce": "9" * 5_000}),
                (reader, {}),
            ):
                reply = await venue.call(key, "POST", path, body=body, **signing)
                assert reply.status_code == 200
                assert reply.json()["error"] == "authenticationError"
            reply = await venue.http.post(f"{path}?{body}")
            assert reply.json()["error"] == "authenticationError"
            reply = await venue.call(reader, "GET", "/api/history/v2/orders", authent=bad)
            assert (reply.status_code, reply.json()["status"]) == (401, "unauthorized")
            assert venue.digest == before

    asyncio.run(tell())


def test_a_request_sent_again_is_refused(tmp_path):
    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            path, body = f"{V3}/sendorder", urlencode(LIMIT)
            first = await venue.call(trader, "POST", path, body=body, nonce="100")
            assert first.json()["sendStatus"]["status"] == "placed"
            before = venue.digest
            again = await venue.call(trader, "POST", path, body=body, nonce="100")
            assert again.json()["error"] == "nonceDuplicate"
            assert venue.digest == before

    asyncio.run(tell())


def test_another_accounts_order_is_not_there(tmp_path):
    async def tell():
        async with inside(tmp_path) as venue:
            owner = await venue.trader("owner", USD="10000")
            thief = await venue.trader("thief", USD="10000")
            order = await venue.send(owner, "buy", "0.1", "80000", cliOrdId="mine")
            order_id, before = order["order_id"], venue.digest
            for path, body, status in (
                ("cancelorder", f"order_id={order_id}", "notFound"),
                ("cancelorder", "cliOrdId=mine", "notFound"),
                ("cancelorder", "order_id=12345678-1234-4234-8234-123456789012", "notFound"),
                ("editorder", f"orderId={order_id}&size=0.2", "orderForEditNotFound"),
            ):
                reply = (await venue.call(thief, "POST", f"{V3}/{path}", body=body)).json()
                told = reply.get("cancelStatus") or reply["editStatus"]
                assert told["status"] == status
            found = await venue.get(thief, "orders/status", orderIds=order_id)
            assert found["orders"] == []
            for name in ("openorders", "fills", "openpositions", "/api/history/v2/orders"):
                assert order_id not in str(await venue.get(thief, name))
            assert venue.digest == before

    asyncio.run(tell())


EDITS = [
    ("size=0", "invalidSize"),
    ("size=0.00001", "invalidSize"),
    ("size=0.05&qtyMode=ABSOLUTE&limitPrice=-5", "invalidPrice"),
    ("limitPrice=80000.5", "invalidPrice"),
    ("stopPrice=80000", "orderForEditNotAStop"),
    ("size=1000", "insufficientAvailableFunds"),
    ("limitPrice=80000", "edited"),
]


def test_a_bad_edit_leaves_the_order_as_it_was(tmp_path):
    """ORDR-012: an edit that asks for what already is has been made."""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            order = await venue.send(trader, "buy", "0.1", "80000")
            before = venue.digest
            for change, status in EDITS:
                body = f"orderId={order['order_id']}&{change}"
                reply = await venue.call(trader, "POST", f"{V3}/editorder", body=body)
                assert reply.json()["editStatus"]["status"] == status, reply.text
                assert venue.digest == before

    asyncio.run(tell())


MARKET_STATES = [
    (MarketState.HALTED, "marketSuspended"),
    (MarketState.CANCEL_ONLY, "marketSuspended"),
    (MarketState.POST_ONLY, "marketIsPostOnly"),
]


@pytest.mark.parametrize(("state", "status"), MARKET_STATES)
def test_a_market_that_does_not_trade_says_so(tmp_path, state, status):
    """ORDR-014: and its instrument shows it."""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            market_id = venue.venue.catalog.market(SYMBOL).market_id
            kind = CommandKind.SET_MARKET_STATE
            await venue.command(kind=kind, market_id=market_id, value=int(state))
            before = venue.digest
            assert (await venue.send(trader, "buy", "0.1", "80000"))["status"] == status
            assert venue.digest == before
            listed = (await venue.http.get(f"{V3}/instruments")).json()["instruments"][0]
            assert listed["tradeable"] == (state == MarketState.POST_ONLY)
            assert listed["postOnly"] == (state == MarketState.POST_ONLY)

    asyncio.run(tell())


BODIES = [
    ("batchorder", "json={", 200, "Json Parse Error"),
    ("batchorder", 'json={"batchOrder":{}}', 400, "Argument invalid: json"),
    ("batchorder", 'json={"batchOrder":' + "[" * 9_000, 400, "Argument invalid: json"),
    ("batchorder", "json=%7B%22batchOrder%22%3A" + "[" * 9_000, 400, "Argument invalid: json"),
    ("batchorder", "", 200, "requiredArgumentMissing"),
    ("sendorder", "size=%FF", 400, "Bad Request"),
    ("cancelorder", "", 200, "requiredArgumentMissing"),
    ("cancelallorders", "symbol=PF_NO", 200, "contractNotFound"),
    ("cancelallordersafter", "timeout=-1", 400, "Argument invalid: timeout"),
    ("cancelallordersafter", "timeout=1e3", 400, "Argument invalid: timeout"),
    ("cancelallordersafter", f"timeout={'9' * 5_000}", 400, "Argument invalid: timeout"),
    ("transfer", "fromAccount=flex&toAccount=cash&unit=usd&amount=1e999999999", 200, "invalidA"),
    ("transfer", "fromAccount=flex&toAccount=cash&unit=usd&amount=99999999", 200, "insufficient"),
    ("transfer", "fromAccount=flex&toAccount=cash&unit=usd&amount=-1", 200, "invalidAmount"),
    ("transfer", "fromAccount=flex&toAccount=flex&unit=usd&amount=1", 200, "invalidA"),
    ("transfer", "fromAccount=flex&toAccount=cash&unit=gold&amount=1", 200, "invalidUnit"),
    ("transfer", "fromAccount=flex&toAccount=moon&unit=usd&amount=1", 200, "invalidAccount"),
    ("nosuchthing", "", 404, "404 NOT_FOUND"),
]


def test_a_body_that_cannot_be_read_is_refused(tmp_path):
    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            before = venue.digest
            for path, body, code, words in BODIES:
                reply = await venue.call(trader, "POST", f"{V3}/{path}", body=body)
                assert reply.status_code == code, (path, body, reply.text)
                assert words in reply.text, (path, body, reply.text)
                assert venue.digest == before

    asyncio.run(tell())


LEVERAGES = [
    ("maxLeverage=0", 400, "Argument invalid: maxLeverage"),
    ("maxLeverage=NaN", 400, "Argument invalid: maxLeverage"),
    ("maxLeverage=101", 200, "invalidArgument: maxLeverage"),
    ("maxLeverage=10", 500, "INSUFFICIENT_MARGIN"),
]


def test_leverage_that_cannot_be_set_is_refused(tmp_path):
    """MRGN-008: not above the first tier, and not while orders are open."""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="10000")
            other = await venue.trader("other", USD="10000")
            await venue.send(other, "buy", "0.1", "80000")
            before = venue.digest
            for change, code, words in LEVERAGES:
                key = other if code == 500 else trader
                query = f"symbol={SYMBOL}&{change}"
                reply = await venue.call(key, "PUT", f"{V3}/leveragepreferences", query)
                assert reply.status_code == code, (change, reply.text)
                assert words in reply.text
                assert venue.digest == before

    asyncio.run(tell())


PUBLIC = [
    ("/derivatives/api/v3/orderbook", 200, "requiredArgumentMissing"),
    ("/derivatives/api/v3/orderbook?symbol=PF_NO", 200, "contractNotFound"),
    ("/derivatives/api/v3/tickers/PF_NO", 200, "contractNotFound"),
    ("/derivatives/api/v3/history?symbol=PF_XBTUSD&lastTime=now", 400, "Argument invalid"),
    ("/derivatives/api/v3/historicalfundingrates?symbol=PF_XBTUSD", 404, "404 NOT_FOUND"),
    ("/api/charts/v1/trade/PF_XBTUSD/7m", 400, "Invalid resolution"),
    ("/api/charts/v1/bid/PF_XBTUSD/1m", 400, "Invalid tick type"),
    ("/api/charts/v1/trade/PF_XBTUSD/1m?from=-1", 400, "Invalid from"),
    ("/api/history/v3/market/PF_XBTUSD/executions?count=0", 400, "Argument invalid: count"),
    ("/api/history/v3/market/PF_XBTUSD/executions?continuation_token=x", 400, "continuation"),
]


def test_a_bad_question_is_refused(tmp_path):
    async def tell():
        async with inside(tmp_path) as venue:
            for path, code, words in PUBLIC:
                reply = await venue.http.get(path)
                assert reply.status_code == code, (path, reply.text)
                assert words in reply.text, (path, reply.text)

    asyncio.run(tell())
