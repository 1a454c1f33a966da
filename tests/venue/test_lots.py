"""Tax lots: first in, first out, and together what the venue realised, to the atom."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from tests.venue.desk import SYMBOL, UNHURRIED, Desk, crash, desk_on, in_loop
from tests.venue.test_coin_markets import SCENARIO as INVERSE
from tests.venue.test_past import FLEX_TO_CASH, total, trade


async def lots(desk: Desk, account: str = "learner", **asked: int) -> list[dict[str, Any]]:
    query = {"what": "lots", "account": account} | asked
    reply = await desk.client.get("/api/v1/export", params=query)
    assert reply.status_code == 200, reply.text
    return list(csv.DictReader(io.StringIO(reply.text)))


def of(rows: list[dict[str, Any]], symbol: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["symbol"] == symbol]


def priced(row: dict[str, Any]) -> Decimal:
    """The gain as anybody would work it out from the other columns."""
    sign = -1 if row["side"] == "short" else 1
    made = sign * (Decimal(row["proceeds"]) - Decimal(row["cost"]))
    return (
        made + Decimal(row["funding"]) - Decimal(row["opening_fee"]) - Decimal(row["closing_fee"])
    )


@in_loop
async def test_lots_come_to_what_was_realised_and_each_adds_up(tmp_path):
    """Added to, reduced, turned, stopped out, funded, ended with its market."""
    async with desk_on(tmp_path, UNHURRIED) as desk:
        await trade(desk)
        rows = of(await lots(desk), SYMBOL)
        closes = await desk.get("/closes?limit=500")
        fills = [row for row in await desk.get("/fills?limit=500") if row["symbol"] == SYMBOL]
        assert all(Decimal(row["gain"]) == priced(row) for row in rows)
        funding = total(await desk.get("/funding-payments?limit=500"), "amount")
        realised = total(closes, "pnl") + funding - total(fills, "fee")
        settled = [row for row in closes if row["cause"] == "delisting"]
        assert total(rows, "gain") == realised - total(settled, "fee")
        assert total(rows, "size") == total(closes, "size")
        assert {row["side"] for row in rows} == {"long", "short"}
        assert {"you", "stop", "delisting"} <= {row["how_disposed"] for row in rows}


@in_loop
async def test_the_oldest_goes_first(tmp_path):
    async with desk_on(tmp_path, UNHURRIED) as desk:
        for size in ("0.02", "0.03"):
            await desk.order(size=size)
            await desk.step(60)
        await desk.order(side="sell", size="0.04")
        await desk.step(60)
        await desk.post(f"/positions/{SYMBOL}/close", {})
        rows = await lots(desk)
        assert [row["acquired"] for row in rows] == sorted(row["acquired"] for row in rows)
        assert [row["disposed"] for row in rows] == sorted(row["disposed"] for row in rows)
        first, second = sorted({row["acquired"] for row in rows})
        sold = min(row["disposed"] for row in rows)
        taken = {(row["acquired"], row["disposed"] == sold) for row in rows}
        assert taken == {(first, True), (second, True), (second, False)}
        bought = [row for row in await desk.get("/fills?limit=99") if row["side"] == "buy"]
        for opened, size in ((first, "0.02"), (second, "0.03")):
            mine = [row for row in rows if row["acquired"] == opened]
            theirs = [row for row in bought if Decimal(row["position"]) <= Decimal("0.02")]
            theirs = theirs if opened == first else [row for row in bought if row not in theirs]
            assert total(mine, "size") == Decimal(size)
            assert total(mine, "cost") == total(theirs, "value")
            assert total(mine, "opening_fee") == total(theirs, "fee")


@in_loop
async def test_an_inverse_position_comes_to_what_was_realised_in_coins(tmp_path):
    """Where more dollars mean fewer coins, a long gains what it need not give back."""
    async with desk_on(tmp_path, INVERSE) as desk:
        for side, size in (("buy", "10000"), ("buy", "5000"), ("sell", "21000")):
            order = {"symbol": "PI_XBTUSD", "type": "market", "side": side, "size": size}
            assert (await desk.post("/orders", order)).status_code == 200
            await desk.step(60)
        assert (await desk.post("/positions/PI_XBTUSD/close", {})).status_code == 200
        rows = of(await lots(desk), "PI_XBTUSD")
        assert {(row["side"], row["currency"]) for row in rows} == {
            ("long", "XBT"),
            ("short", "XBT"),
        }
        fills = await desk.get("/fills?limit=500")
        funding = total(await desk.get("/funding-payments?limit=500"), "amount")
        assert total(rows, "gain") == total(fills, "pnl") + funding - total(fills, "fee")
        assert total(rows, "gain") != 0
        for row in rows:
            made = Decimal(row["cost"]) - Decimal(row["proceeds"])
            fees = Decimal(row["opening_fee"]) + Decimal(row["closing_fee"])
            made = made if row["side"] == "long" else -made
            assert Decimal(row["gain"]) == made + Decimal(row["funding"]) - fees


@in_loop
async def test_coins_are_lots_too_and_what_came_without_a_price_has_no_gain(tmp_path):
    async with desk_on(tmp_path, UNHURRIED) as desk:
        await desk.post("/transfers", {"asset": "USD", "amount": "5000"} | FLEX_TO_CASH)
        await desk.order(symbol="XBT/USD", size="0.01", leverage=None)
        deposit = {"account": "learner", "asset": "XBT", "amount": "0.02", "wallet": "cash"}
        assert (await desk.post("/operator/deposits", deposit)).status_code == 200
        await desk.order(symbol="XBT/USD", side="sell", size="0.015", leverage=None)
        out = {"asset": "XBT", "amount": "0.004", "wallet": "cash"}
        assert (await desk.post("/withdrawals", out)).status_code == 200
        bought, given, gone = of(await lots(desk), "XBT")
        told = [
            (row["size"], row["how_acquired"], row["how_disposed"]) for row in (bought, given, gone)
        ]
        assert told == [
            ("0.01", "bought", "sold"),
            ("0.005", "deposit", "sold"),
            ("0.004", "deposit", "withdrawal"),
        ]
        assert Decimal(bought["gain"]) == priced(bought)
        assert (given["cost"], given["gain"]) == ("", "")
        assert (gone["proceeds"], gone["gain"]) == ("", "")
        sold = next(r for r in await desk.get("/fills?limit=9") if r["symbol"] == "XBT/USD")
        assert total([bought, given], "proceeds") == Decimal(sold["value"])
        assert total([bought, given], "closing_fee") == Decimal(sold["fee"])


@in_loop
async def test_coins_that_pay_a_debt_are_sold_at_what_they_fetched(tmp_path):
    async with desk_on(tmp_path, UNHURRIED) as desk:
        body = {"name": "coins", "deposits": {"XBT": "1"}}
        assert (await desk.post("/operator/accounts", body)).status_code == 200
        await desk.order("coins", size="0.1")
        rows = of(await lots(desk, "coins"), "XBT")
        assert {(row["how_acquired"], row["how_disposed"]) for row in rows} == {
            ("deposit", "conversion")
        }
        assert all(Decimal(row["proceeds"]) > 0 and row["gain"] == "" for row in rows)
        [left] = [
            Decimal(row["amount"])
            for row in (await desk.get("/account", "coins"))["wallets"]
            if (row["asset"], row["wallet"]) == ("XBT", "flex")
        ]
        assert total(rows, "size") == 1 - left


@in_loop
async def test_a_liquidation_is_told_as_one(tmp_path):
    async with desk_on(tmp_path, UNHURRIED) as desk:
        await desk.order(size="1")
        await crash(desk, 30)
        rows = await lots(desk)
        assert (
            {row["how_disposed"] for row in rows} <= {"liquidation", "assignment", "adl"} != set()
        )
        assert all(Decimal(row["gain"]) == priced(row) for row in rows)


@in_loop
async def test_a_lot_is_in_the_period_in_which_it_went_and_files_are_typed(tmp_path):
    async with desk_on(tmp_path, UNHURRIED) as desk:
        await desk.order(size="0.02")
        await desk.step(60)
        between = (await desk.get("/clock"))["world_time"]
        await desk.post(f"/positions/{SYMBOL}/close", {})
        assert len(await lots(desk, since_ms=between)) == 1
        assert await lots(desk, until_ms=between) == []
        query = {"what": "lots", "format": "parquet", "account": "learner"}
        reply = await desk.client.get("/api/v1/export", params=query)
        table = parquet.read_table(io.BytesIO(reply.content))
        assert table.num_rows == 1
        for name in ("acquired", "disposed"):
            assert table.schema.field(name).type == pa.timestamp("ms", tz="UTC")
        assert table.column("gain")[0].as_py() == Decimal((await lots(desk))[0]["gain"])


@pytest.mark.parametrize("what", ["lots ", "LOTS"])
def test_another_name_is_refused(tmp_path, what):
    @in_loop
    async def ask():
        async with desk_on(tmp_path, UNHURRIED) as desk:
            reply = await desk.client.get("/api/v1/export", params={"what": what})
            assert (reply.status_code, reply.json()["field"]) == (400, "what")

    ask()
