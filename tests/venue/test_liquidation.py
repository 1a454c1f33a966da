"""A liquidation as the native API tells it: the list, the story, the stream, the fills."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from tests.venue.desk import SYMBOL, TOKEN, Desk, Socket, desk_on, in_loop


async def crash(desk: Desk, percent: int) -> None:
    """The index falls at once."""
    venue = desk.station.venue
    asset_id = venue.catalog.market(SYMBOL).base.asset_id
    index = int(venue.view.assets[asset_id].index_subticks)
    fallen = Command(
        kind=CommandKind.PUBLISH_INDEX,
        origin=Origin.OPERATOR,
        asset_id=asset_id,
        price_subticks=index * (100 - percent) // 100,
        sources=1,
    )
    await venue.submit([fallen])


async def until(socket: Socket, kind: str) -> Any:
    """The next message of a type."""
    message = await socket.message()
    while message["type"] != kind:
        message = await socket.message()
    return message


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
