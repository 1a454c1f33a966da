"""The native API's orders: replies, idempotency, brackets, refusals that change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.venue.desk import SYMBOL, desk_on, in_loop

GOOD = {"symbol": SYMBOL, "side": "buy", "type": "limit", "size": "0.01", "price": "50000"}

STOP = {"type": "stop", "price": None, "trigger_price": "50000"}
TRAIL = {"type": "stop", "price": None, "trail": "500"}

BAD = [
    (b"{", 400, "MALFORMED_JSON", ""),
    (b"[1]", 400, "BAD_VALUE", ""),
    ({"symbol": "PF_NONE"}, 404, "UNKNOWN_SYMBOL", "symbol"),
    ({"side": "up"}, 400, "BAD_VALUE", "side"),
    ({"sise": "1"}, 400, "BAD_VALUE", "sise"),
    ({"size": 0.01}, 400, "BAD_VALUE", "size"),
    ({"size": "0.00001"}, 400, "BAD_VALUE", "size"),
    ({"size": "NaN"}, 400, "BAD_VALUE", "size"),
    ({"size": "Infinity"}, 400, "BAD_VALUE", "size"),
    ({"size": "1e30"}, 400, "BAD_VALUE", "size"),
    ({"size": "many"}, 400, "BAD_VALUE", "size"),
    ({"size": "0"}, 422, "QTY_NOT_POSITIVE", "size"),
    ({"size": "-1"}, 422, "QTY_NOT_POSITIVE", "size"),
    ({"size": "500"}, 422, "INSUFFICIENT_MARGIN", ""),
    ({"price": "50000.5"}, 400, "BAD_VALUE", "price"),
    ({"price": "-1"}, 422, "PRICE_NOT_POSITIVE", "price"),
    ({"price": None}, 400, "BAD_VALUE", "price"),
    ({"type": "market"}, 400, "BAD_VALUE", "price"),
    ({"type": "stop"}, 400, "BAD_VALUE", "trigger_price"),
    ({"reduce_only": True}, 422, "WOULD_NOT_REDUCE", "reduce_only"),
    ({"leverage": "0"}, 400, "BAD_VALUE", "leverage"),
    ({"leverage": "5000"}, 422, "LEVERAGE_TOO_HIGH", "leverage"),
    ({"client_id": "x" * 101}, 400, "BAD_VALUE", "client_id"),
    ({"reduce_only": True, "stop_price": "40000"}, 400, "BAD_VALUE", "stop_price"),
    ({"size": None}, 400, "BAD_VALUE", "size"),
    ({"trail": "500"}, 400, "BAD_VALUE", "trail"),
    ({"trail_percent": "2"}, 400, "BAD_VALUE", "trail_percent"),
    (STOP | {"trail": "500"}, 400, "BAD_VALUE", "trigger_price"),
    (TRAIL | {"price": "50000"}, 400, "BAD_VALUE", "price"),
    (TRAIL | {"trail": "0"}, 400, "BAD_VALUE", "trail"),
    (TRAIL | {"trail_percent": "2"}, 400, "BAD_VALUE", "trail_percent"),
    (TRAIL | {"trail": None, "trail_percent": "0"}, 400, "BAD_VALUE", "trail_percent"),
    (TRAIL | {"trail": None, "trail_percent": "far"}, 400, "BAD_VALUE", "trail_percent"),
    ({"rests": True}, 400, "BAD_VALUE", "rests"),
    ({"rests": "yes"}, 400, "BAD_VALUE", "rests"),
    ({"slides": True}, 400, "BAD_VALUE", "slides"),
    ({"close_position": True}, 400, "BAD_VALUE", "size"),
    (STOP | {"close_position": True, "size": None}, 400, "BAD_VALUE", "close_position"),
    ({"expires_ms": 0}, 400, "BAD_VALUE", "expires_ms"),
    ({"expires_ms": 10**17}, 400, "BAD_VALUE", "expires_ms"),
    ({"expires_ms": 1}, 422, "EXPIRY_NOT_ALLOWED", "expires_ms"),
    ({"before_ms": 1}, 422, "TOO_LATE", "before_ms"),
    (b'{"more":' + b"[" * 9_000, 400, "BAD_VALUE", "more"),
]


@in_loop
async def test_bad_orders_are_refused_by_name_and_change_nothing(folder: Path) -> None:
    async with desk_on(folder) as desk:
        before = desk.digest()
        for change, status, code, field in BAD:
            sent = {"content": change} if isinstance(change, bytes) else {"json": GOOD | change}
            reply = await desk.client.post("/api/v1/orders", **sent)
            got = (reply.status_code, reply.json()["code"], reply.json()["field"])
            assert got == (status, code, field), (change, reply.text)
            assert reply.json()["message"]
        assert desk.digest() == before


@pytest.mark.parametrize("order_id", ["0", "999", "abc", "-1", "9" * 30])
def test_an_order_that_is_not_there(folder: Path, order_id: str) -> None:
    @in_loop
    async def check() -> None:
        async with desk_on(folder) as desk:
            reply = await desk.client.delete(f"/api/v1/orders/{order_id}")
            assert (reply.status_code, reply.json()["code"]) == (404, "UNKNOWN_ORDER")

    check()


@in_loop
async def test_a_repeated_client_id_answers_as_the_first_time_also_after_a_restart(
    folder: Path,
) -> None:
    """ORDR-011"""
    async with desk_on(folder) as desk:
        first = await desk.order(client_id="mine", stop_price="60000", leverage="5")
        again = await desk.order(client_id="mine", size="0.02")
        before = desk.digest()
    async with desk_on(folder) as desk:
        later = await desk.order(client_id="mine")
        assert desk.digest() == before
    assert first["duplicate"] is False
    for repeated in (again, later):
        assert repeated["duplicate"] is True
        assert repeated["order"] == first["order"]
        assert repeated["fills"] == first["fills"]
        assert repeated["stop"]["id"] == first["stop"]["id"]


@in_loop
async def test_the_reply_and_history_tell_the_same_order(folder: Path) -> None:
    async with desk_on(folder) as desk:
        market = await desk.order(client_id="a")
        limit = await desk.order(type="limit", price="50000", client_id="b")
        page = await desk.get("/orders")
        by_id = {order["client_id"]: order for order in page["history"]}
        assert by_id == {"a": market["order"], "b": limit["order"]}
        assert page["open"] == [limit["order"]]
        assert await desk.get("/fills") == market["fills"][::-1]
        assert market["order"]["average_price"] is not None


@in_loop
async def test_a_bracket_is_linked_and_ends_with_the_position(folder: Path) -> None:
    """ORDR-008, ORDR-010"""
    async with desk_on(folder) as desk:
        placed = await desk.order(stop_price="60000", target_price="120000", leverage="5")
        stop, target = placed["stop"], placed["target"]
        assert (stop["type"], stop["side"], stop["reduce_only"]) == ("stop", "sell", True)
        assert (target["type"], target["linked_id"]) == ("take_profit", stop["id"])
        [card] = (await desk.get("/account"))["positions"]
        assert (card["stop"]["id"], card["target"]["id"]) == (stop["id"], target["id"])
        closed = await desk.post(f"/positions/{SYMBOL}/close", {})
        assert closed.json()["order"]["reduce_only"] is True
        account = await desk.get("/account")
        assert (account["positions"], account["orders"]) == ([], [])


@in_loop
async def test_an_order_and_what_it_brings_along_are_taken_whole_or_not(folder: Path) -> None:
    """ORDR-019: one command, one row of the journal."""
    async with desk_on(folder) as desk:
        seq = desk.station.world.journal.seq
        for price in ("0", "-5", "nothing"):
            refused = await desk.post("/orders", GOOD | {"stop_price": price})
            assert (refused.status_code, refused.json()["field"]) == (400, "stop_price")
        assert desk.station.world.journal.seq == seq
        placed = await desk.order(type="limit", price="50000", stop_price="45000")
        assert (placed["stop"]["status"], placed["stop"]["size"]) == ("attached", "0")
        assert placed["stop"]["id"] == str(int(placed["order"]["id"]) + 1)
        assert desk.station.world.journal.seq == seq + 1


@in_loop
async def test_cancelling_an_entry_takes_its_bracket_along(folder: Path) -> None:
    async with desk_on(folder) as desk:
        placed = await desk.order(type="limit", price="50000", stop_price="45000")
        assert len((await desk.get("/orders"))["open"]) == 2
        reply = await desk.client.delete(f"/api/v1/orders/{placed['order']['id']}")
        assert reply.json()["reason"] == "BY_USER"
        assert (await desk.get("/orders"))["open"] == []


@in_loop
async def test_what_an_order_asks_beyond_its_type_is_told_back(folder: Path) -> None:
    """ORDR-020, ORDR-021, ORDR-022, ORDR-024, ORDR-025"""
    async with desk_on(folder) as desk:
        far = 4_000_000_000_000
        rests = {"side": "sell", "price": "200000", "trigger_price": "190000", "rests": True}
        first = await desk.order(type="take_profit", expires_ms=far, **rests)
        order = first["order"]
        assert (order["price"], order["rests"], order["expires_ms"]) == ("200000", True, far)
        trail = await desk.order(type="stop", side="sell", trail_percent="2.5")
        assert (trail["order"]["trail_percent"], trail["order"]["trail"]) == ("2.5", None)
        assert float(trail["order"]["trigger_price"]) > 0
        quote = await desk.order(type="stop", side="sell", trail="500", trigger_signal="index")
        assert (quote["order"]["trail"], quote["order"]["trigger_signal"]) == ("500", "index")
        close = {"size": None, "reduce_only": True, "close_position": True}
        closing = await desk.order(type="stop", side="sell", trigger_price="1000", **close)
        assert (closing["order"]["status"], closing["order"]["close_position"]) == ("waiting", True)
        slid = await desk.order(type="post", price="200000", slides=True)
        assert slid["order"]["status"] == "open"
        assert float(slid["order"]["price"]) < 200_000
        page = await desk.get("/orders")
        mine = {order["id"]: order for order in page["history"]}
        assert [mine[order["id"]] for order in page["open"]] == page["open"]


@in_loop
async def test_amending_changes_size_and_price(folder: Path) -> None:
    """ORDR-012"""
    async with desk_on(folder) as desk:
        placed = await desk.order(type="limit", price="50000")
        path = f"/api/v1/orders/{placed['order']['id']}"
        amended = (await desk.client.patch(path, json={"size": "0.02", "price": "51000"})).json()
        assert (amended["size"], amended["price"]) == ("0.02", "51000")
        empty = await desk.client.patch(path, json={})
        assert empty.json()["code"] == "NOTHING_TO_CHANGE"


@in_loop
async def test_leverage_margin_and_closing_a_part(folder: Path) -> None:
    """MRGN-007, MRGN-008"""
    async with desk_on(folder) as desk:
        await desk.order(size="0.02", leverage="4")
        refused = await desk.client.put(
            "/api/v1/leverage", json={"symbol": SYMBOL, "leverage": None}
        )
        assert refused.json()["code"] == "HAS_OPEN_RISK"
        more = await desk.post(f"/positions/{SYMBOL}/margin", {"amount": "25"})
        less = await desk.post(f"/positions/{SYMBOL}/margin", {"amount": "-20"})
        assert float(more.json()["balance"]) - float(less.json()["balance"]) == 20
        part = await desk.post(f"/positions/{SYMBOL}/close", {"size": "0.005"})
        assert part.json()["order"]["filled"] == "0.005"
        [card] = (await desk.get("/account"))["positions"]
        assert (card["size"], card["leverage"], card["mode"]) == ("0.015", "4", "isolated")


@in_loop
async def test_a_leverage_of_cross_margin(folder: Path) -> None:
    """MODE-001, MODE-002: told with the market and on the card; changed with a position."""
    async with desk_on(folder) as desk:

        async def lever(leverage: str | None, mode: str | None) -> dict[str, str]:
            body = {"symbol": SYMBOL, "leverage": leverage, "margin_mode": mode}
            return (await desk.client.put("/api/v1/leverage", json=body)).json()

        await lever("4", "cross")
        market = await desk.get(f"/markets/{SYMBOL}")
        assert (market["leverage_preference"], market["leverage_cross"]) == (None, "4")
        await desk.order(size="0.02")
        [card] = (await desk.get("/account"))["positions"]
        assert (card["leverage"], card["mode"]) == (None, "cross")
        assert float(card["margin"]) == pytest.approx(float(card["value"]) / 4, rel=1e-3)
        assert (await lever("4", "isolated"))["code"] == "HAS_OPEN_RISK"
        assert (await lever("5", None))["code"] == "HAS_OPEN_RISK"
        assert (await lever(None, "isolated"))["code"] == "BAD_VALUE"
        assert (await lever("8", "cross"))["leverage"] == "8"
        assert (await lever(None, "cross"))["leverage"] is None


@in_loop
async def test_preview_agrees_with_what_then_happens(folder: Path) -> None:
    async with desk_on(folder) as desk:
        body = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01", "leverage": "5"}
        before = desk.digest()
        preview = (await desk.post("/preview", body)).json()
        query = "&".join(f"{key}={value}" for key, value in body.items())
        explained = await desk.get(f"/explain?when=before&{query}")
        assert explained["sentences"] == preview["sentences"]
        assert desk.digest() == before
        await desk.post("/orders", body)
        [card] = (await desk.get("/account"))["positions"]
        after = {row["key"]: row["after"] for row in preview["rows"]}
        assert after["margin"] == f"${card['margin']}"
        assert preview["liquidation"] == card["liquidation"]
        explained = await desk.get(f"/explain?position={SYMBOL}")
        assert explained["sentences"] == card["sentences"]


@in_loop
async def test_a_fresh_start_is_given_only_when_nothing_is_left(folder: Path) -> None:
    async with desk_on(folder) as desk:
        refused = await desk.post("/fresh-start", {})
        assert (refused.status_code, refused.json()["code"]) == (422, "NOT_NEEDED")
        await desk.post("/operator/accounts", {"name": "broke", "deposits": {"USD": "1"}})
        renewed = (await desk.post("/fresh-start", {}, "broke")).json()
        assert (renewed["free"], renewed["fresh_starts"]) == ("10001.00", 1)
        assert renewed["can_start_fresh"] is False
