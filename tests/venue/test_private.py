"""One account never sees or touches what is another's, on any private route."""

from __future__ import annotations

import json
from pathlib import Path

from longshore.venue.dialects.native.routes import OPERATIONS
from tests.venue.desk import SYMBOL, TOKEN, Desk, Socket, desk_on, in_loop

PRIVATE_READS = [
    "/account",
    "/orders",
    "/fills",
    "/ledger",
    "/funding-payments",
    "/liquidations",
]


async def two_accounts(desk: Desk) -> tuple[str, str]:
    """Anna with a position and two resting orders; their ids. Bert has only money."""
    await desk.account("anna")
    await desk.account("bert")
    await desk.order("anna", leverage="5", client_id="annas-entry")
    resting = await desk.order("anna", type="limit", price="50000", client_id="annas-limit")
    other = await desk.order("anna", type="limit", price="40000")
    return resting["order"]["id"], other["order"]["id"]


@in_loop
async def test_every_route_needs_the_token(folder: Path) -> None:
    async with desk_on(folder) as desk:
        del desk.client.headers["authorization"]
        signed = [each for each in OPERATIONS if each.needs == "nobody"]
        assert [each.path for each in signed] == ["/status", "/onshore/identity/decisions"]
        for operation in set(OPERATIONS) - set(signed):
            path = operation.path.replace("{symbol}", SYMBOL).replace("{id}", "1")
            reply = await desk.client.request(operation.method, f"/api/v1{path}")
            assert (reply.status_code, reply.json()["code"]) == (401, "NO_TOKEN"), path


@in_loop
async def test_no_read_shows_another_accounts_rows(folder: Path) -> None:
    async with desk_on(folder) as desk:
        ids = await two_accounts(desk)
        for path in PRIVATE_READS:
            annas, berts = await desk.get(path, "anna"), await desk.get(path, "bert")
            assert not any(text in json.dumps(berts) for text in (*ids, "annas-"))
            if path in ("/orders", "/fills", "/account"):
                assert "annas-" in json.dumps(annas)
        refused = await desk.client.get(f"/api/v1/explain?position={SYMBOL}&account=bert")
        assert refused.status_code == 404


@in_loop
async def test_no_write_reaches_another_accounts_orders(folder: Path) -> None:
    async with desk_on(folder) as desk:
        resting, _ = await two_accounts(desk)
        before = desk.digest()
        path = f"/api/v1/orders/{resting}?account=bert"
        for reply in (
            await desk.client.delete(path),
            await desk.client.patch(path, json={"size": "0.02"}),
        ):
            assert reply.status_code == 404, reply.text
        closing = await desk.post(f"/positions/{SYMBOL}/close", {}, "bert")
        assert closing.json()["code"] == "WOULD_NOT_REDUCE"
        assert (await desk.post("/cancel-all", {}, "bert")).json() == {"ended": 0}
        assert desk.digest() == before
        assert len((await desk.get("/orders", "anna"))["open"]) == 2


@in_loop
async def test_a_client_id_belongs_to_its_account(folder: Path) -> None:
    """ORDR-011"""
    async with desk_on(folder) as desk:
        await two_accounts(desk)
        berts = await desk.order("bert", client_id="annas-entry")
        assert berts["duplicate"] is False


@in_loop
async def test_the_stream_tells_only_its_account(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.account("anna")
        await desk.account("bert")
        headers = {"host": "127.0.0.1:8000", "authorization": f"Bearer {TOKEN}"}
        socket = Socket(desk.app, "/api/v1/stream?account=bert", headers)
        assert (await socket.open())["type"] == "websocket.accept"
        assert (await socket.message())["type"] == "snapshot"
        await desk.order("anna", client_id="annas-entry")
        await desk.order("bert", client_id="berts-entry")
        message = await socket.message()
        while message["type"] != "account":
            assert "annas-" not in json.dumps(message)
            message = await socket.message()
        assert [fill["client_id"] for fill in message["fills"]] == ["berts-entry"]
        assert message["account"]["name"] == "bert"
        await socket.close()
