"""Who holds what: every open position beside the open contracts of its market."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from decimal import Decimal

from longshore.surveillance.large import LargeTerms, holdings
from tests.venue.desk import SYMBOL, desk_on, in_loop
from tests.venue.test_native_orders import HEDGING

MILLION = LargeTerms(share_percent=101, dollars=1_000_000)


@in_loop
async def test_both_sides_of_a_market_add_up_and_the_large_are_told_of(tmp_path):
    """SURV-010."""
    async with desk_on(tmp_path) as desk:
        await desk.account("anna")
        await desk.order(size="0.01")
        await desk.order("anna", size="0.5", leverage="10")
        report = await desk.get("/operator/positions")
        shares = defaultdict(Decimal)
        for each in report["positions"]:
            shares[each["side"]] += Decimal(each["share_pct"])
        assert Decimal("99.9") < shares["long"] <= 100
        assert Decimal("99.9") < shares["short"] <= 100
        by_name = {each["account"]: each for each in report["positions"]}
        assert (by_name["anna"]["side"], by_name["anna"]["size"]) == ("long", "0.5")
        assert (by_name["anna"]["large"], by_name["learner"]["large"]) == (True, False)
        [mark] = [m["mark"] for m in await desk.get("/operator/markets") if m["symbol"] == SYMBOL]
        value = Decimal(mark.replace(",", "")) / 2
        assert abs(Decimal(by_name["anna"]["value"]) - value) <= 1
        assert [each["share_pct"] for each in report["positions"]] == sorted(
            (each["share_pct"] for each in report["positions"]), key=Decimal, reverse=True
        )
        large = await desk.get(f"/operator/positions?large=true&symbol={SYMBOL}")
        assert {each["account"] for each in large["positions"]} == set(by_name) - {"learner"}
        assert (large["large_share_pct"], large["large_value"]) == (5, 1_000_000)
        view, catalog = desk.station.world.engine.view, desk.station.world.catalog
        assert not any(each.is_large for each in holdings(view, catalog, MILLION))


@in_loop
async def test_a_hedged_account_stands_with_each_leg(tmp_path):
    """SURV-010."""
    async with desk_on(tmp_path, HEDGING) as desk:
        reply = await desk.client.put("/api/v1/position-mode", json={"mode": "hedge"})
        assert reply.status_code == 200, reply.text
        await desk.order(symbol="BTCUSDT", size="0.03", leg="long")
        await desk.order(symbol="BTCUSDT", size="0.02", side="sell", leg="short")
        found = await desk.get("/operator/positions")
        legs = {e["side"]: e["size"] for e in found["positions"] if e["account"] == "learner"}
        assert legs == {"long": "0.03", "short": "0.02"}


@in_loop
async def test_the_file_holds_the_same_lines(tmp_path):
    async with desk_on(tmp_path) as desk:
        await desk.order(size="0.01")
        listed = (await desk.get("/operator/positions"))["positions"]
        reply = await desk.client.get("/api/v1/operator/positions.csv?account=learner")
        assert reply.headers["content-disposition"].endswith('"positions.csv"')
        lines = list(csv.DictReader(io.StringIO(reply.text)))
        assert [line["account"] for line in lines] == [each["account"] for each in listed]
        assert [line["size"] for line in lines] == [each["size"] for each in listed]


@in_loop
async def test_a_market_that_is_not_there_is_refused_by_name(tmp_path):
    async with desk_on(tmp_path) as desk:
        reply = await desk.client.get("/api/v1/operator/positions?account=learner&symbol=PF_NONE")
        assert (reply.status_code, reply.json()["field"]) == (404, "symbol")
