"""The notice board on the air, withdrawals, and the operator who stops them."""

from __future__ import annotations

from pathlib import Path

from tests.venue.desk import SCENARIO, SYMBOL, TOKEN, Socket, crash, desk_on, in_loop, until

FROZEN = SCENARIO + '\n[[act]]\nat_s = 60\ndo = "stop_withdrawals"\n'
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Host": "127.0.0.1:8000"}


@in_loop
async def test_a_fall_is_on_the_board_on_the_stream_and_in_the_account_of_a_liquidation(
    folder: Path,
) -> None:
    """What a learner reads: the notice when it happens, then the cause, also after a restart."""
    async with desk_on(folder) as desk:
        await desk.order(size="0.1", leverage="20")
        socket = Socket(desk.app, f"/api/v1/stream?symbol={SYMBOL}&account=learner", HEADERS)
        assert (await socket.open())["type"] == "websocket.accept"
        await until(socket, "snapshot")
        await crash(desk, 12)
        told = []
        while "INDEX_GAP_FELL" not in [each["code"] for each in told]:
            told.append(await until(socket, "notice"))
        await socket.close()
        [fall] = [each for each in told if each["code"] == "INDEX_GAP_FELL"]
        assert "The index of BTC fell 12%" in fall["text"]
        listed = await desk.get(f"/notices?symbol={SYMBOL}")
        assert fall["text"] in [each["text"] for each in listed]
        assert await desk.get("/notices?symbol=XBT/USD&limit=1")
        liquidation = (await desk.get("/liquidations"))[0]["id"]
        first = await desk.get(f"/explain?liquidation={liquidation}")
        assert any(fall["text"] in sentence for sentence in first["sentences"])
        assert fall["text"] in [each["text"] for each in first["moments"]]
    async with desk_on(folder) as desk:
        assert await desk.get(f"/explain?liquidation={liquidation}") == first


@in_loop
async def test_money_leaves_until_the_operator_stops_it(tmp_path: Path) -> None:
    async with desk_on(tmp_path, FROZEN) as desk:
        body = {"asset": "USD", "amount": "400"}
        reply = await desk.post("/withdrawals", body)
        assert reply.json() == {"asset": "USD", "wallet": "flex", "balance": "9600"}
        refused = [
            ({"asset": "USD", "amount": "10000"}, 422, "INSUFFICIENT_FUNDS", "amount"),
            ({"asset": "USD", "amount": "-1"}, 422, "AMOUNT_NOT_POSITIVE", "amount"),
            ({"asset": "GOLD", "amount": "1"}, 404, "UNKNOWN_ASSET", "asset"),
        ]
        for wrong, status, code, field in refused:
            reply = await desk.post("/withdrawals", wrong)
            error = reply.json()
            assert (reply.status_code, error["code"], error["field"]) == (status, code, field)
        await desk.step(60)
        digest = desk.digest()
        reply = await desk.post("/withdrawals", body)
        assert (reply.status_code, reply.json()["code"]) == (422, "WITHDRAWALS_STOPPED")
        assert "since 01 Sep 2026 00:01:30 UTC" in reply.json()["message"]
        assert desk.digest() == digest
        await desk.order(size="0.01", leverage="5")
        [told] = [n for n in await desk.get("/notices") if n["code"] == "WITHDRAWALS_STOPPED"]
        assert told["symbol"] is None
