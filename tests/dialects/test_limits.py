"""Rate limits on a clock that only the test moves: what is refused, and when it is taken again."""

from __future__ import annotations

import asyncio

import pytest

from longshore.venue.pools import Pools, Size
from longshore.world.scenario import ScenarioError, parse
from tests.dialects.desk import SCENARIO
from tests.dialects.inside import V3, inside
from tests.dialects.spot_inside import spot_inside

REAL = 'limits = "real"\n' + SCENARIO
GENEROUS = REAL.replace("real", "generous", 1)
SECOND_US = 1_000_000
ORDER = {"pair": "XBTUSD", "type": "buy", "ordertype": "limit", "volume": "0.001"}


def test_a_pool_fills_and_drains():
    pools = Pools(Size(10, 5, SECOND_US), "real")
    assert [pools.spend("anna", 4, 0) for _ in range(3)] == [0, 0, 400_000]
    assert pools.spend("bert", 10, 0) == 0
    assert pools.spend("anna", 4, 399_999) == 1
    assert pools.spend("anna", 4, 400_000) == 0
    assert pools.spend("anna", 11, 60 * SECOND_US) == 200_000  # more than it ever holds
    assert pools.spend("anna", 10, 60 * SECOND_US) == 0


@pytest.mark.parametrize(("limits", "taken"), [("real", 2), ("generous", 20), ("off", 30)])
def test_a_world_chooses_how_much_room_there_is(limits, taken):
    pools = Pools(Size(2, 1, SECOND_US), limits)
    assert [pools.spend("anna", 1, 0) == 0 for _ in range(30)].count(True) == taken


def test_what_is_no_choice_is_refused():
    with pytest.raises(ScenarioError, match="limits"):
        parse(REAL.replace("real", "strict", 1))


async def status(venue, key, method, path, **parts):
    answer = await venue.call(key, method, path, **parts)
    return answer.status_code, answer.json(), answer.headers.get("rate-limit-reset")


def test_futures_calls_are_paid_from_two_pools(tmp_path):
    """500 in ten seconds; 100 in ten minutes; with the seconds until there is room again."""

    async def tell():
        async with inside(tmp_path, REAL) as venue:
            anna = await venue.trader("anna", USD="1000")
            bert = await venue.trader("bert", USD="1000")
            for _ in range(2):
                assert (await status(venue, anna, "GET", f"{V3}/unwindqueue"))[0] == 200
            for _ in range(4):
                assert (await status(venue, anna, "POST", f"{V3}/cancelallorders"))[0] == 200
            code, body, reset = await status(venue, anna, "GET", f"{V3}/accounts")
            assert (code, body["error"], body["result"], reset) == (
                429,
                "apiLimitExceeded",
                "error",
                "1",
            )
            before = venue.digest
            code, _, reset = await status(venue, anna, "POST", f"{V3}/withdrawal")
            assert (code, reset, venue.digest) == (429, "2", before)
            assert (await status(venue, bert, "GET", f"{V3}/accounts"))[0] == 200
            assert (await venue.http.get(f"{V3}/tickers")).status_code == 200
            await venue.step(1)
            fills = f"{V3}/fills"
            query = "lastFillTime=2026-09-25T12:00:00Z"
            assert (await status(venue, anna, "GET", fills, query=query))[0] == 200
            assert (await status(venue, anna, "GET", fills, query=query))[0] == 200
            assert (await status(venue, anna, "GET", fills))[0] == 429
            log = "/api/history/v3/account-log"
            for _ in range(10):
                assert (await status(venue, anna, "GET", log, query="count=100000"))[0] == 200
            assert (await status(venue, anna, "GET", log, query="count=25"))[::2] == (429, "6")

    asyncio.run(tell())


def test_a_batch_costs_by_its_lines(tmp_path):
    async def tell():
        async with inside(tmp_path, REAL) as venue:
            anna = await venue.trader("anna", USD="1000")
            lines = ",".join(['{"order":"cancel","order_id":"x"}'] * 200)
            body = f'json={{"batchOrder":[{lines}]}}'
            path = f"{V3}/batchorder"
            answers = [(await status(venue, anna, "POST", path, body=body))[0] for _ in range(3)]
            assert answers == [200, 200, 429]

    asyncio.run(tell())


def test_spot_calls_and_orders_have_counters_of_their_own(tmp_path):
    """Twenty calls, one passes in two seconds; orders by pair, dearer while they are young."""

    async def tell():
        async with spot_inside(tmp_path, REAL) as spot:
            anna = await spot.trader("anna", USD="100000")
            for _ in range(10):
                assert (await spot.ask(anna, "Ledgers"))["error"] == []
            refused = await spot.ask(anna, "Balance")
            assert refused == {"error": ["EAPI:Rate limit exceeded"]}
            await spot.inside.step(2)
            assert (await spot.ask(anna, "Balance"))["error"] == []
            assert (await spot.ask(anna, "Balance"))["error"] == ["EAPI:Rate limit exceeded"]
            counted = 0
            while counted + 9 <= 125:  # one for the order, eight for its early end
                txid = (await spot.result(anna, "AddOrder", **ORDER, price="50000"))["txid"][0]
                await spot.result(anna, "CancelOrder", txid=txid)
                counted += 9
            for price in range(50_000, 50_000 + 125 - counted):
                txid = (await spot.result(anna, "AddOrder", **ORDER, price=str(price)))["txid"][0]
            before = spot.digest
            full = {"error": ["EOrder:Rate limit exceeded"]}
            assert await spot.ask(anna, "AddOrder", **ORDER, price="49000") == full
            assert await spot.ask(anna, "AmendOrder", txid=txid, limit_price="49500") == full
            assert await spot.ask(anna, "CancelOrder", txid=txid) == full
            assert spot.digest == before
            other = ORDER | {"pair": "ETHUSD", "price": "1000"}
            assert (await spot.ask(anna, "AddOrder", **other))["error"] == []
            await spot.inside.step(3)
            assert (await spot.ask(anna, "CancelOrder", txid=txid))["error"] == full["error"]
            await spot.inside.step(2)  # older than five seconds: six
            assert (await spot.ask(anna, "CancelOrder", txid=txid))["error"] == []

    asyncio.run(tell())


def test_nothing_is_counted_unless_the_world_asks_for_it(tmp_path):
    async def tell(folder, scenario, calls):
        async with spot_inside(folder, scenario) as spot:
            anna = await spot.trader("anna", USD="1000")
            for _ in range(calls):
                assert (await spot.ask(anna, "Balance"))["error"] == []

    asyncio.run(tell(tmp_path / "off", SCENARIO, 60))
    asyncio.run(tell(tmp_path / "generous", GENEROUS, 60))
