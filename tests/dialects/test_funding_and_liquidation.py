"""Funding and liquidation as this API tells them."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from urllib.parse import urlencode

import pytest

from longshore.engine.commands import CommandKind
from tests.dialects.desk import SCENARIO, SYMBOL
from tests.dialects.inside import SECOND_US, V3, inside

HOUR_US = 3_600 * SECOND_US
BEFORE_THE_HOUR = SCENARIO.replace("T12:00:00Z", "T11:50:00Z")
LOG = "/api/history/v3/account-log"


async def ticker(venue):
    return (await venue.http.get(f"{V3}/tickers/{SYMBOL}")).json()["ticker"]


async def quoted(venue, bid, ask, size="50"):
    """A maker on both sides."""
    maker = await venue.trader("maker", USD="50000000")
    await venue.send(maker, "buy", size, str(bid))
    await venue.send(maker, "sell", size, str(ask))
    return maker


async def until_just_before_the_hour(venue):
    """However long the venue took to start: four seconds are left to quote and to trade in."""
    clock = venue.station.world.clock
    clock.step(HOUR_US - clock.now_us() % HOUR_US - 5 * SECOND_US)
    await venue.step(1)


def dollars(row, *names):
    return [Decimal(str(row[name])) for name in names]


def check_identity(rows):
    """The cash legs of a log, oldest first: each begins where the last one ended."""
    balance = Decimal(0)
    for row in rows:
        if row["asset"] == "usd":
            old, new = dollars(row, "old_balance", "new_balance")
            assert old == balance, row
            balance = new
            if row["execution"]:
                profit, fee, funding = dollars(row, "realized_pnl", "fee", "realized_funding")
                assert new - old == profit - fee + funding
    return balance


def test_funding_is_paid_as_the_ticker_says(tmp_path):
    """FUND-003, FUND-004, FUND-006: size × rate × time, known an hour ahead."""

    async def tell():
        async with inside(tmp_path, BEFORE_THE_HOUR) as venue:
            await until_just_before_the_hour(venue)
            index = int((await ticker(venue))["indexPrice"])
            await quoted(venue, index + 100, index + 110)
            trader = await venue.trader("trader", USD="100000")
            await venue.send(trader, "buy", "2")
            await venue.step(5)
            now = await ticker(venue)
            assert now["fundingRate"] > 0
            (*_, newest) = (
                await venue.http.get(
                    "/derivatives/api/v4/historicalfundingrates", params={"symbol": SYMBOL}
                )
            ).json()["rates"]
            assert newest["timestamp"] == "2026-09-25T12:00:00.000Z"
            assert newest["fundingRate"] == now["fundingRate"]
            await venue.step(30)
            closing = await venue.send(trader, "sell", "2")
            rows = (await venue.get(trader, LOG, sort="asc"))["logs"]
            closed_s = float(closing["receivedTime"][17:-1])
            (paid,) = [row["realized_funding"] for row in rows if row["realized_funding"]]
            owed = 2 * now["fundingRate"] * closed_s / 3600
            assert paid == pytest.approx(-owed, rel=1e-3)
            balance = check_identity(rows)
            wallet = (await venue.get(trader, "accounts"))["accounts"]["flex"]["currencies"]["USD"]
            assert Decimal(str(wallet["quantity"])) == balance

    asyncio.run(tell())


def test_a_whole_interval_is_a_row_of_its_own(tmp_path):
    """FUND-004, LEDG-001: what `fetchFundingHistory` reads; size × the rate of the interval."""

    async def tell():
        async with inside(tmp_path, BEFORE_THE_HOUR) as venue:
            await until_just_before_the_hour(venue)
            index = int((await ticker(venue))["indexPrice"])
            await quoted(venue, index + 100, index + 110)
            trader = await venue.trader("trader", USD="100000")
            await venue.send(trader, "buy", "2")
            await venue.step(5)
            rate = (await ticker(venue))["fundingRate"]
            venue.station.world.clock.step(3_600_000_000)
            await venue.step(1)
            (row,) = (await venue.get(trader, LOG, info="funding rate change", count=1))["logs"]
            assert (row["date"], row["fee"]) == ("2026-09-25T13:00:00.000Z", 0)
            assert (row["asset"], row["contract"]) == ("usd", SYMBOL.lower())
            old, new, paid = dollars(row, "old_balance", "new_balance", "realized_funding")
            assert new - old == paid
            assert float(paid) == pytest.approx(-2 * rate, rel=1e-6)

    asyncio.run(tell())


async def liquidate(venue):
    """A long of ten times its money, and an index that falls by three per cent."""
    index = int((await ticker(venue))["indexPrice"])
    await quoted(venue, index - int(index * 0.021), index + 10, size="3")
    trader = await venue.trader("trader", USD="2000")
    await venue.send(trader, "buy", "1")
    asset_id = venue.venue.catalog.market(SYMBOL).base.asset_id
    price = int(Decimal(index) * Decimal("0.978") * 10**10)
    await venue.command(
        kind=CommandKind.PUBLISH_INDEX, asset_id=asset_id, price_subticks=price, sources=3
    )
    return trader


def test_a_liquidation_is_told_in_every_history(tmp_path):
    """LIQD-004, LIQD-011: step by step, with its own words, and the log still adds up."""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await liquidate(venue)
            fills = (await venue.get(trader, "fills"))["fills"]
            kinds = {fill["fillType"] for fill in fills}
            assert "partialLiquidation" in kinds
            assert kinds <= {"taker", "partialLiquidation", "liquidation"}
            rows = (await venue.get(trader, LOG, sort="asc"))["logs"]
            assert check_identity(rows) >= 0
            infos = {row["info"] for row in rows}
            assert "futures partial liquidation" in infos
            public = (await venue.http.get(f"{V3}/history?symbol={SYMBOL}")).json()["history"]
            assert "partial liquidation" in {trade["type"] for trade in public[:20]}
            positions = (await venue.get(trader, "openpositions"))["openPositions"]
            assert sum(position["size"] for position in positions) < 1

    asyncio.run(tell())


def test_pages_of_history_meet_without_gap(tmp_path):
    async def tell():
        async with inside(tmp_path) as venue:
            index = int((await ticker(venue))["indexPrice"])
            trader = await venue.trader("trader", USD="100000")
            for distance in range(1, 8):
                await venue.send(trader, "buy", "0.01", str(index - distance))
            for sort in ("desc", "asc"):
                whole = await venue.get(trader, "/api/history/v2/orders", sort=sort)
                uids = [element["uid"] for element in whole["elements"]]
                assert len(uids) == len(set(uids)) == 7
                paged, token = [], ""
                while token is not None:
                    asked = {"sort": sort, "count": 3}
                    asked |= {"continuation_token": token} if token else {}
                    query = urlencode(asked)
                    page = (await venue.call(trader, "GET", "/api/history/v2/orders", query)).json()
                    paged += [element["uid"] for element in page["elements"]]
                    token = page.get("continuationToken")
                assert paged == uids

    asyncio.run(tell())
