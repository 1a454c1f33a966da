"""Closes with their cause, exports and the statement: the same trades, told to the atom."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from tests.venue.desk import SYMBOL, UNHURRIED, Desk, desk_on, in_loop
from tests.venue.test_settlement import take_off

BAD = [
    ("/export?what=secrets", "what"),
    ("/export", "what"),
    ("/export?what=fills&format=xls", "format"),
    ("/export?what=fills&since_ms=-1", "since_ms"),
    ("/export?what=fills&since_ms=many", "since_ms"),
    ("/statement?since_ms=9&until_ms=9", "until_ms"),
    ("/statement?since=9", "since"),
    ("/closes?limit=0", "limit"),
]
CSV = {"fills": "/fills?limit=500", "ledger": "/ledger?limit=500", "closes": "/closes?limit=500"}


async def trade(desk: Desk) -> None:
    """Add, reduce, turn, be stopped out, pay funding, own spot, have the market end."""
    await desk.order(size="0.02", leverage="5")
    await desk.order(size="0.03")
    await desk.step(3_600)
    await desk.order(side="sell", size="0.01")
    await desk.order(side="sell", size="0.1")
    await desk.post(f"/positions/{SYMBOL}/close", {})
    mark = Decimal((await desk.get(f"/markets/{SYMBOL}"))["mark"])
    await desk.order(size="0.02", leverage=None, stop_price=f"{mark - 5:.0f}")
    for _ in range(600):
        if not (await desk.get("/account"))["positions"]:
            break
        await desk.step(60)
    await desk.post("/transfers", {"asset": "USD", "amount": "500"} | FLEX_TO_CASH)
    await desk.order(symbol="XBT/USD", size="0.001", leverage=None)
    await desk.order(size="0.05")
    await take_off(desk)


FLEX_TO_CASH = {"source": "flex", "target": "cash"}


def rows_of(reply: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(reply.text)))


def total(rows: list[Any], field: str) -> Decimal:
    return sum((Decimal(row[field]) for row in rows), Decimal(0))


def booked(ledger: list[Any], *reasons: str) -> Decimal:
    return total([row for row in ledger if row["reason"] in reasons], "amount")


def amounts(page: str, line: str) -> Decimal:
    """The dollars of one line of a statement."""
    found = re.search(rf'class="{line}"><td>[^<]*</td><td>(-?)\$([\d,.]+)<', page)
    return Decimal(0) if found is None else Decimal(found[1] + found[2].replace(",", ""))


@in_loop
async def test_what_was_traded_is_told_the_same_everywhere(tmp_path: Path) -> None:
    """UX-25: every close has its cause; files hold what the lists hold; the statement adds up."""
    async with desk_on(tmp_path, UNHURRIED) as desk:
        await trade(desk)
        closes = (await desk.get("/closes?limit=500"))[::-1]
        ended = [row for row in closes if row["left"] in ("0", "0.04")]
        told = [(row["cause"], row["side"], row["left"]) for row in ended]
        assert told == [
            ("you", "long", "0.04"),
            ("you", "long", "0"),
            ("you", "short", "0"),
            ("stop", "long", "0"),
            ("delisting", "long", "0"),
        ]
        assert total(closes, "size") == Decimal("0.01") + Decimal("0.17")
        ledger = await desk.get("/ledger?limit=500")
        assert total(closes, "pnl") == booked(ledger, "trade_pnl", "settlement") != 0
        funding = await desk.get("/funding-payments?limit=500")
        assert total(closes, "funding") == total(funding, "amount")
        for what, path in CSV.items():
            await check_files(desk, what, path)
        await check_statement(desk, ledger)


async def check_files(desk: Desk, what: str, path: str) -> None:
    """Both kinds of file hold the list, oldest first."""
    listed = (await desk.get(path))[::-1]
    text = await desk.client.get(f"/api/v1/export?what={what}")
    assert "attachment" in text.headers["content-disposition"]
    assert [row["id"] for row in rows_of(text)] == [row["id"] for row in listed]
    assert all(row["time"].endswith("+00:00") for row in rows_of(text))
    binary = await desk.client.get(f"/api/v1/export?what={what}&format=parquet")
    table = parquet.read_table(pa.BufferReader(binary.content))
    assert table.column("id").to_pylist() == [row["id"] for row in listed]


async def check_statement(desk: Desk, ledger: list[Any]) -> None:
    """Of all time, and of two halves that meet: what is held at the end follows from the lines."""
    page = (await desk.client.get("/api/v1/statement")).text
    dollars = total([row for row in ledger if row["asset"] == "USD"], "amount")
    assert abs(amounts(page, "closing") - dollars) <= Decimal("0.005")
    fees = booked(ledger, "fee", "settlement_fee")
    assert abs(amounts(page, "fees") - fees) <= Decimal("0.005")
    lines = ("opening", "put-in", "profit", "fees", "funding", "spot", "converted", "other")
    cut = [row["time"] for row in ledger][len(ledger) // 2]
    halves = [
        (await desk.client.get(f"/api/v1/statement?{period}")).text
        for period in (f"until_ms={cut}", f"since_ms={cut}")
    ]
    for each in (page, *halves):
        made = sum(amounts(each, line) for line in lines)
        assert abs(made - amounts(each, "closing")) <= Decimal("0.04")
    assert amounts(halves[0], "closing") == amounts(halves[1], "opening")
    for line in ("profit", "fees", "funding"):
        parts = sum(amounts(each, line) for each in halves)
        assert abs(parts - amounts(page, line)) <= Decimal("0.01")
    assert "Delisting" in page


@in_loop
async def test_bad_periods_are_refused_by_field(folder: Path) -> None:
    async with desk_on(folder) as desk:
        for path, field in BAD:
            reply = await desk.client.get(f"/api/v1{path}")
            assert (reply.status_code, reply.json()["field"]) == (400, field), path
