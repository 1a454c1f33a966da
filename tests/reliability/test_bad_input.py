"""Bad input through both APIs: a refusal by name in the API's own form, and nothing has changed.

What single orders are refused for is told in `tests/venue` and `tests/dialects`; here every route
is given what no route can use, and the venue what no venue can carry out.
"""

from __future__ import annotations

import asyncio
import base64
import json
from urllib.parse import urlencode

import httpx
import msgspec
import pytest

from longshore.engine.codes import MarketState, Origin
from longshore.engine.commands import CommandKind
from longshore.engine.limits import ORDERS_MAX, ORDERS_PER_ACCOUNT_MAX
from longshore.engine.rows import Command
from longshore.venue.app import build
from longshore.venue.auth import OperatorToken
from longshore.venue.worlds import Worlds
from tests.reliability.bodies import BODIES, ORDER, QUERIES
from tests.reliability.quiet import BID, PRIVATE, V3, native_paths, quiet
from tests.venue.desk import BASE, SYMBOL, TOKEN, in_loop

NO_NUMBERS = [
    "NaN",
    "-NaN",
    "sNaN",
    "Infinity",
    "1" + "0" * 30,
    "1e999999",
    "1e999999999",
    "1e-999999999",
    "9" * 5_000,
    "-1e30",
    "",
    "x",
    "0x1",
]
NUMBERS = ("size", "price", "trigger_price", "leverage", "stop_price", "target_price", "amount")


def refusal(reply):
    """Status and code of a refusal in the form of `/api/v1`: code, field, sentence."""
    told = reply.json()
    assert set(told) == {"code", "field", "message"}
    assert told["message"]
    return reply.status_code, told["code"]


WITH_BODY = [(m, path, o) for m, path, o in native_paths() if o.argument("body") is not None]


def test_every_route_with_a_body_is_tried():
    assert {path for _, path, _ in WITH_BODY} == BODIES.keys()


@in_loop
async def test_a_body_nobody_can_read_is_refused_on_every_route(tmp_path):
    async with quiet(tmp_path) as venue:
        before = venue.digest()
        for method, path, _ in WITH_BODY:
            for content, expected in (
                (b"{", (400, "MALFORMED_JSON")),
                (b"{]", (400, "MALFORMED_JSON")),
                (b'"\xff"', (400, "BAD_VALUE")),
                (b"[]", (400, "BAD_VALUE")),
                (b"null", (400, "BAD_VALUE")),
                (json.dumps(BODIES[path] | {"nonsense": 1}).encode(), (400, "BAD_VALUE")),
                (b'{"x": "' + b"y" * 70_000 + b'"}', (413, "BODY_TOO_LARGE")),
            ):
                reply = await venue.native(method, path, content=content)
                assert refusal(reply) == expected, (path, content[:40], reply.text)
        assert venue.digest() == before


@in_loop
async def test_a_value_of_another_type_is_refused_by_its_name(tmp_path):
    async with quiet(tmp_path) as venue:
        before = venue.digest()
        for method, path, operation in WITH_BODY:
            for name in msgspec.structs.fields(operation.argument("body")):
                wrong = BODIES[path] | {name.name: [1.5]}
                reply = await venue.native(method, path, json=wrong)
                assert refusal(reply) == (400, "BAD_VALUE"), (path, name.name, reply.text)
                assert reply.json()["field"].split("[")[0] == name.name
        assert venue.digest() == before


@in_loop
async def test_what_is_no_number_is_refused_by_its_name(tmp_path):
    async with quiet(tmp_path) as venue:
        before = venue.digest()
        for method, path, operation in WITH_BODY:
            names = {field.name for field in msgspec.structs.fields(operation.argument("body"))}
            for name in names.intersection(NUMBERS):
                for number in NO_NUMBERS:
                    body = with_number(BODIES[path], name, number)
                    reply = await venue.native(method, path, json=body)
                    if path == "/preview" and reply.status_code == 200:
                        assert reply.json()["ok"] is False
                        continue
                    status, _ = refusal(reply)
                    assert status in (400, 404, 422), (path, name, number, reply.text)
                    if status == 400:
                        assert reply.json()["field"] == name, (path, name, number, reply.text)
        assert venue.digest() == before


def with_number(body, name, number):
    """The body with this number in this field; a trigger belongs to a stop."""
    changed = body | {name: number}
    if name == "trigger_price":
        changed = {k: v for k, v in changed.items() if k != "price"}
        return changed | ({"type": "stop"} if "type" in changed else {})
    return changed


@in_loop
async def test_amounts_of_money_are_checked_like_sizes(tmp_path):
    async with quiet(tmp_path) as venue:
        before = venue.digest()
        for amount in [*NO_NUMBERS, "0", "-1", "0.000000001"]:
            for path, body in (
                ("/operator/deposits", BODIES["/operator/deposits"] | {"amount": amount}),
                ("/operator/accounts", {"name": f"n{len(amount)}", "deposits": {"USD": amount}}),
            ):
                reply = await venue.native("POST", path, json=body)
                assert refusal(reply)[0] in (400, 422), (path, amount, reply.text)
        assert venue.digest() == before


@in_loop
async def test_names_of_nothing_are_not_found(tmp_path):
    async with quiet(tmp_path) as venue:
        before = venue.digest()
        for method, path, _ in native_paths():
            if path != "/status":  # of nobody, whoever asks
                reply = await venue.native(
                    method, path, params=QUERIES.get(path, {}) | {"account": "nobody"}, json={}
                )
                expected = (400, 404) if path in BODIES else (404,)
                assert refusal(reply)[0] in expected, (path, reply.text)
            reply = await venue.native(
                method, path, params={"nonsense": "1"}, json=BODIES.get(path)
            )
            assert refusal(reply) == (400, "BAD_VALUE"), (path, reply.text)
            if SYMBOL in path:
                elsewhere, body = path.replace(SYMBOL, "PF_NONE"), BODIES.get(path)
                query = QUERIES.get(path, {})
                reply = await venue.native(method, elsewhere, json=body, params=query)
                assert refusal(reply) == (404, "UNKNOWN_SYMBOL"), (path, reply.text)
        for path in ("/leverage", "/orders", "/preview", "/cancel-all"):
            method = "PUT" if path == "/leverage" else "POST"
            reply = await venue.native(method, path, json=BODIES[path] | {"symbol": "PF_NONE"})
            assert refusal(reply) == (404, "UNKNOWN_SYMBOL"), path
        reply = await venue.native("POST", "/operator/deposits", json=DEPOSIT | {"asset": "GOLD"})
        assert refusal(reply) == (404, "UNKNOWN_ASSET")
        reply = await venue.native("POST", "/operator/keys", json={"account": "nobody"})
        assert refusal(reply) == (404, "UNKNOWN_ACCOUNT")
        assert venue.digest() == before


DEPOSIT = BODIES["/operator/deposits"]


@in_loop
async def test_a_bad_question_is_refused(tmp_path):
    async with quiet(tmp_path) as venue:
        numbers = ["-1", "1" + "0" * 30, "9223372036854775807", "NaN", "1.5", "x", ""]
        for method, path, operation in native_paths("GET"):
            query = operation.argument("query")
            fields = [] if query is None else msgspec.structs.fields(query)
            for name in (field.name for field in fields if field.type in (int, int | None)):
                for number in numbers:
                    reply = await venue.native(method, path, params={name: number})
                    if reply.status_code != 200:
                        assert refusal(reply) == (400, "BAD_VALUE"), (path, name, reply.text)
        for query in ("", "?when=never", "?position=PF_NONE", "?liquidation=1-1", "?liquidation=x"):
            reply = await venue.native("GET", f"/explain{query}")
            assert refusal(reply)[0] in (400, 404), query


@in_loop
async def test_the_clock_does_not_go_back(tmp_path):
    """TIME never goes back: not by a request, and not by a command from inside."""
    async with quiet(tmp_path) as venue:
        before, stands = venue.digest(), (await venue.native("GET", "/clock")).json()["world_time"]
        for body in (
            {"action": "step", "step_ms": 0},
            {"action": "step", "step_ms": -1},
            {"action": "step"},
            {"action": "step", "step_ms": 10**18},
            {"action": "step", "step_ms": 10**30},
            {"action": "speed", "speed": "-1"},
            {"action": "speed", "speed": "1e30"},
            {"action": "speed"},
            {"action": "back"},
        ):
            reply = await venue.native("POST", "/clock", json=body)
            assert refusal(reply) == (400, "BAD_VALUE"), (body, reply.text)
        told = (await venue.native("GET", "/clock")).json()
        assert (told["world_time"], told["paused"], told["speed"]) == (stands, True, "1")
        assert venue.digest() == before


@in_loop
async def test_every_signed_route_refuses_what_is_not_signed_by_its_key(tmp_path):
    async with quiet(tmp_path) as venue:
        await venue.open("anna", USD="10000")
        before = venue.digest()
        wrong = base64.b64encode(b"x" * 64).decode()
        for path, method, _ in PRIVATE:
            for signing in (
                {"authent": wrong},
                {"authent": ""},
                {"authent": "===="},
                {"key": "nobody"},
                {"key": ""},
                {"nonce": "-1"},
            ):
                reply = await venue.kraken("anna", method, path, **signing)
                assert_unauthorized(path, reply, "authenticationError")
        assert venue.digest() == before


def assert_unauthorized(path, reply, error):
    """The form of each part: 401 and `unauthorized` for the history, an `error` for the rest."""
    if path.startswith("/api/history"):
        assert (reply.status_code, reply.json()["status"]) == (401, "unauthorized"), path
    else:
        assert (reply.status_code, reply.json()["result"]) == (200, "error"), path
        assert reply.json()["error"] == error, (path, reply.text)


@in_loop
async def test_every_signed_route_takes_a_nonce_once(tmp_path):
    async with quiet(tmp_path) as venue:
        await venue.open("anna", USD="10000")
        for number, (path, method, _) in enumerate(PRIVATE, 1_000):
            await venue.kraken("anna", method, path, nonce=str(number))
            before = venue.digest()
            reply = await venue.kraken("anna", method, path, nonce=str(number))
            assert_unauthorized(path, reply, "nonceDuplicate")
            assert venue.digest() == before


@in_loop
async def test_every_signed_route_needs_its_permission(tmp_path):
    async with quiet(tmp_path) as venue:
        await venue.open("anna", USD="10000")
        before = venue.digest()
        for permission in ("read", "trade", "transfer"):
            asked = {"account": "anna", "permissions": [permission]}
            made = await venue.native("POST", "/operator/keys", json=asked)
            venue.keys["limited"] = made.json()
            for path, method, needed in PRIVATE:
                reply = await venue.kraken("limited", method, path)
                if needed != permission:
                    assert_unauthorized(path, reply, "authenticationError")
                else:
                    assert "authenticationError" not in reply.text
                    assert reply.status_code != 401
        assert venue.digest() == before


@in_loop
async def test_no_garbage_brings_the_kraken_routes_to_an_error_of_their_own(tmp_path):
    async with quiet(tmp_path) as venue:
        await venue.open("anna", USD="10000")
        before = venue.digest()
        values = ["", "NaN", "1" + "0" * 30, "-1", "\N{SNOWMAN}", "null", "[]", "{", "a" * 300]
        names = ("symbol", "size", "orderId", "order_id", "cliOrdId", "json", "timeout", "since")
        names += (
            "count",
            "continuation_token",
            "lastFillTime",
            "maxLeverage",
            "orderIds",
            "before",
        )
        for path, method, _ in PRIVATE:
            for name in names:
                for value in values:
                    if path.endswith("cancelallordersafter") and name == "timeout":
                        continue
                    reply = await venue.kraken("anna", method, path, urlencode({name: value}))
                    assert reply.status_code in (200, 400, 404), (path, name, value, reply.text)
                    if path.endswith("accountlogcsv"):
                        assert reply.text.startswith("uid,dateTime,account,type,symbol,change,")
                    else:
                        assert isinstance(reply.json(), dict)
        assert venue.digest() == before


KRAKEN_ORDER = {"symbol": SYMBOL, "side": "buy", "size": "0.01"}
KRAKEN_LIMIT = KRAKEN_ORDER | {"orderType": "lmt", "limitPrice": BID}
KRAKEN_STOP = KRAKEN_ORDER | {"orderType": "stp", "stopPrice": "160000", "limitPrice": "160000"}
KRAKEN_MOVE = {"fromAccount": "flex", "toAccount": "cash", "unit": "usd", "amount": "1"}
KRAKEN_NUMBERS = [
    ("POST", "sendorder", KRAKEN_LIMIT, ("size", "limitPrice")),
    ("POST", "sendorder", KRAKEN_STOP, ("size", "limitPrice", "stopPrice")),
    ("POST", "editorder", {"size": "0.02", "limitPrice": BID}, ("size", "limitPrice")),
    ("POST", "transfer", KRAKEN_MOVE, ("amount",)),
    ("POST", "cancelallordersafter", {"timeout": "1"}, ("timeout",)),
    ("PUT", "leveragepreferences", {"symbol": SYMBOL, "maxLeverage": "2"}, ("maxLeverage",)),
]
"""Requests that would be carried out but for the one number that is none."""


@in_loop
async def test_what_is_no_number_is_refused_where_all_else_is_right(tmp_path):
    async with quiet(tmp_path) as venue:
        await venue.open("anna", USD="10000")
        resting = await venue.send("anna", limitPrice=BID)
        before = venue.digest()
        for method, name, good, fields in KRAKEN_NUMBERS:
            whole = good | ({"orderId": resting["order_id"]} if name == "editorder" else {})
            for field in fields:
                for number in filter(None, NO_NUMBERS):
                    sent = urlencode(whole | {field: number})
                    reply = await venue.kraken("anna", method, f"{V3}/{name}", sent)
                    place = (name, field, number[:20], reply.text)
                    assert reply.status_code in (200, 400), place
                    told = reply.json()
                    status = told.get("sendStatus") or told.get("editStatus") or {"status": ""}
                    assert told["result"] == "error" or status["status"].startswith("invalid"), (
                        place
                    )
                    assert venue.digest() == before, place


STATES = [
    (MarketState.HALTED, "MARKET_HALTED"),
    (MarketState.CANCEL_ONLY, "MARKET_CANCEL_ONLY"),
    (MarketState.POST_ONLY, "MARKET_POST_ONLY"),
]


@pytest.mark.parametrize(("state", "code"), STATES)
def test_a_market_that_does_not_trade_says_so_in_the_native_api(tmp_path, state, code):
    """ORDR-014"""

    @in_loop
    async def check():
        async with quiet(tmp_path) as venue:
            halt = Command(
                kind=CommandKind.SET_MARKET_STATE,
                origin=Origin.OPERATOR,
                market_id=venue.desk.station.world.catalog.market(SYMBOL).market_id,
                value=int(state),
            )
            await venue.desk.station.venue.submit([halt])
            before = venue.digest()
            reply = await venue.native("POST", "/orders", json=ORDER)
            assert refusal(reply) == (422, code)
            preview = (await venue.native("POST", "/preview", json=ORDER)).json()
            assert (preview["ok"], preview["reject"]) == (False, code)
            assert venue.digest() == before

    check()


@in_loop
async def test_a_full_table_is_refused_before_anything_changes(tmp_path):
    async with quiet(tmp_path) as venue:
        await venue.open("anna", USD="10000")
        view = venue.desk.station.world.engine.view
        learner = view.accounts[venue.desk.station.accounts.account_id("learner")]
        anna = view.accounts[venue.desk.station.accounts.account_id("anna")]
        for row, field, full, code in (
            (view, "orders_count", ORDERS_MAX - 1, "TABLE_FULL"),
            (None, "orders_count", ORDERS_PER_ACCOUNT_MAX, "TOO_MANY_ORDERS"),
        ):
            rows = [learner, anna] if row is None else [row]
            kept = [getattr(each, field) for each in rows]
            for each in rows:
                setattr(each, field, full)
            before = venue.digest()
            reply = await venue.native("POST", "/orders", json=ORDER)
            told = await venue.send("anna", limitPrice=BID)
            assert refusal(reply) == (422, code)
            assert (told["status"], told["orderEvents"]) == ("tooManyOrders", [])
            assert venue.digest() == before
            for each, value in zip(rows, kept, strict=True):
                setattr(each, field, value)
        assert (await venue.send("anna", limitPrice=BID))["status"] == "placed"


@in_loop
async def test_a_world_nobody_made_is_not_there(tmp_path):
    async with quiet(tmp_path) as venue:
        desk = venue.desk
        worlds = Worlds(tmp_path, OperatorToken(TOKEN), "main")
        transport = httpx.ASGITransport(build(desk.station, OperatorToken(TOKEN), (), worlds))
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
            for path in ("/api/v1/account", f"{V3}/tickers", "/health", "/../main/health"):
                reply = await client.get(f"/w/none{path}")
                assert refusal(reply) == (404, "UNKNOWN_WORLD"), reply.text
            reply = await client.post("/api/v1/worlds", json={"scenario": "../../etc/passwd"})
            assert refusal(reply) == (404, "UNKNOWN_SCENARIO")
        await worlds.stop()


@in_loop
async def test_a_path_that_is_not_there_is_refused_in_the_form_of_its_api(tmp_path):
    async with quiet(tmp_path) as venue:
        for method, path in (("GET", "/none"), ("POST", "/none"), ("DELETE", "/orders")):
            reply = await venue.native(method, path)
            assert refusal(reply) == (404, "UNKNOWN_PATH"), path
        reply = await venue.desk.client.get(f"{V3}/none")
        assert (reply.status_code, reply.json()["result"]) == (404, "error")


@in_loop
async def test_two_who_ask_for_one_name_at_once_do_not_both_get_it(tmp_path):
    async with quiet(tmp_path) as venue:
        body = {"name": "anna", "deposits": {"USD": "10"}}
        asked = [venue.native("POST", "/operator/accounts", json=body) for _ in range(5)]
        replies = await asyncio.gather(*asked)
        assert sorted(reply.status_code for reply in replies) == [200, 409, 409, 409, 409]
        assert {refusal(r)[1] for r in replies if r.status_code != 200} == {"NAME_TAKEN"}
    async with quiet(tmp_path) as venue:
        [account] = [
            r
            for r in (await venue.native("GET", "/operator/accounts")).json()
            if r["name"] == "anna"
        ]
        assert account["account_id"] == venue.desk.station.world.accounts["anna"]
