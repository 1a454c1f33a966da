"""A liquidation as the native API tells it: the list, the story, the stream, the fills."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.venue.desk import SYMBOL, TOKEN, Socket, crash, desk_on, in_loop, until


def shown(dollars: str) -> str:
    """A plain number of dollars as it is shown."""
    number = Decimal(dollars)
    return f"{'-' if number < 0 else ''}${abs(number):,}"


@in_loop
async def test_a_liquidation_is_told_the_same_everywhere(folder: Path) -> None:
    """LIQD-001"""
    async with desk_on(folder) as desk:
        await desk.order(size="0.05", leverage="20", stop_price="40000")
        headers = {"host": "localhost", "authorization": f"Bearer {TOKEN}"}
        socket = Socket(desk.app, f"/api/v1/stream?symbol={SYMBOL}", headers)
        await socket.open()
        await crash(desk, 10)
        notice = await until(socket, "notice")
        [row] = await desk.get("/liquidations")
        assert (notice["code"], notice["ref"]) == ("LIQUIDATION_STARTED", row["id"])
        assert row["symbol"] == SYMBOL
        story = await desk.get(f"/explain?liquidation={row['id']}")
        assert story["sentences"]
        assert story["moments"][0]["text"].startswith("You bought 0.05 BTC at")
        trigger = story["course"][-2]
        assert trigger["time"] == row["time"]
        assert shown(trigger["equity"]) == row["equity_text"]
        assert shown(trigger["maintenance"]) == row["margin_text"]
        fills = await desk.get("/fills")
        assert {fill["cause"] for fill in fills} == {"you", "liquidation"}
        assert (await desk.get("/orders"))["open"] == []
        await socket.close()


@in_loop
async def test_the_parts_of_the_loss_add_up_to_the_cent(folder: Path) -> None:
    async with desk_on(folder) as desk:
        before = Decimal((await desk.get("/account"))["equity"])
        await desk.order(size="0.05", leverage="20")
        await crash(desk, 10)
        [row] = await desk.get("/liquidations")
        story = await desk.get(f"/explain?liquidation={row['id']}")
        amounts = [n["value"].replace("$", "").replace(",", "") for n in story["numbers"]]
        after = Decimal((await desk.get("/account"))["equity"])
        assert abs(sum(map(Decimal, amounts))) == before - after


@in_loop
async def test_another_accounts_liquidation_is_not_told(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.account("bert")
        await desk.order(size="0.05", leverage="20")
        await crash(desk, 10)
        [row] = await desk.get("/liquidations")
        path = f"/api/v1/explain?liquidation={row['id']}&account=bert"
        assert (await desk.client.get(path)).status_code == 404
