"""FUND-001: funding passes from one side to the other on the hour it is due, and is told."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest

from tests.dialects.binance_usdm.clients import SCENARIO, SYMBOL
from tests.dialects.binance_usdm.inside import V1, inside

ATOM = Decimal("0.00000001")
"""Both sides are rounded against whom they belong to."""
BEFORE_IT_IS_DUE = SCENARIO.replace("T12:00:00Z", "T15:59:50Z")


async def wallet(venue, key):
    rows = await venue.get(key, "/fapi/v3/balance")
    return Decimal(next(row["balance"] for row in rows if row["asset"] == "USDT"))


def test_funding_is_paid_and_told(tmp_path):
    async def tell():
        async with inside(tmp_path, BEFORE_IT_IS_DUE) as venue:
            short = await venue.trader("short", USD="100000")
            long = await venue.trader("long", USD="100000")
            await venue.send(short, "SELL", "0.5", str(await venue.mark()))
            await venue.send(long, "BUY", "0.5")
            before = await wallet(venue, long)
            await venue.step(12)
            (paid,) = await venue.get(long, "income", incomeType="FUNDING_FEE")
            (got,) = await venue.get(short, "income", incomeType="FUNDING_FEE")
            reply = await venue.http.get(f"{V1}/fundingRate?symbol={SYMBOL}&limit=1")
            (told,) = reply.json()
            rate, mark = Decimal(told["fundingRate"]), Decimal(told["markPrice"])
            assert rate != 0
            assert (paid["symbol"], paid["asset"]) == (SYMBOL, "USDT")
            assert paid["time"] == told["fundingTime"]
            assert paid["time"] % 28_800_000 == 0
            lost = -Decimal(paid["income"]) - Decimal(got["income"])
            assert 0 <= lost <= ATOM
            expected = -rate * mark * Decimal("0.5")
            assert float(paid["income"]) == pytest.approx(float(expected), rel=1e-4)
            assert await wallet(venue, long) == before + Decimal(paid["income"])

    asyncio.run(tell())
