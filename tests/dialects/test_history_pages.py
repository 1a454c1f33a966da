"""A page of history tells the same of each event, wherever the page begins and ends."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from itertools import pairwise
from urllib.parse import urlencode

import pytest

from longshore.engine.codes import OrderType, Origin, Side
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.venue.dialects.kraken_futures.api import Api
from longshore.venue.dialects.kraken_futures.private_feeds import FillFeed
from tests.dialects.desk import SCENARIO, SYMBOL
from tests.dialects.inside import V3, inside

HISTORY = "/api/history/v3"
RARELY = f"{SCENARIO}interval_s = 10\n"  # prices, so that hours pass quickly
WITH_SPOT = SCENARIO.replace('"PF_ETHUSD"', '"XBT/USD"')


async def index_of(venue):
    ticker = (await venue.http.get(f"{V3}/tickers/{SYMBOL}")).json()["ticker"]
    return int(ticker["indexPrice"])


async def edit(venue, key, order, **changes):
    body = urlencode({"orderId": order["order_id"], **changes})
    reply = (await venue.call(key, "POST", f"{V3}/editorder", body=body)).json()
    assert reply["editStatus"]["status"] == "edited", reply


async def live(venue):
    """An account whose orders had everything happen to them; time passes between any two."""
    index = await index_of(venue)
    maker = await venue.trader("maker", USD="1000000")
    trader = await venue.trader("trader", USD="100000")
    await venue.send(maker, "sell", "1", str(index + 20))
    await venue.send(maker, "buy", "1", str(index - 20))
    resting = await venue.send(trader, "buy", "0.5", str(index - 9))
    await venue.step(1)
    await edit(venue, trader, resting, limitPrice=index - 8)
    await venue.step(1)
    await venue.send(maker, "sell", "0.1", str(index - 8))
    await venue.step(1)
    await edit(venue, trader, resting, size="0.3", limitPrice=index - 7)
    await venue.step(1)
    await venue.send(maker, "sell", "0.3", str(index - 7))
    await venue.send(trader, "buy", "0.2")
    stop = {"orderType": "stp", "triggerSignal": "last", "reduceOnly": "true"}
    waiting = await venue.send(trader, "sell", "0.2", stopPrice=str(index - 19), **stop)
    await venue.step(1)
    await edit(venue, trader, waiting, stopPrice=index - 20)
    await venue.step(1)
    seller = await venue.trader("seller", USD="100000")
    await venue.send(seller, "sell", "0.1")
    gone = await venue.send(trader, "buy", "0.1", str(index - 30))
    await venue.call(trader, "POST", f"{V3}/cancelorder", body=f"order_id={gone['order_id']}")
    return maker, trader


async def paged(venue, key, path, count, sort):
    """All elements of a history, `count` at a time; every page but the last one is full."""
    elements, token = [], ""
    while True:
        asked = {"sort": sort, "count": count}
        asked |= {"continuation_token": token} if token else {}
        page = (await venue.call(key, "GET", path, urlencode(asked))).json()
        elements += page["elements"]
        token = page.get("continuationToken")
        if token is None:
            return elements
        assert page["len"] == len(page["elements"]) == count


def test_each_element_is_the_same_on_every_page(tmp_path):
    """An order that began before the page is shown as it stood then, not as it ended."""

    async def tell():
        async with inside(tmp_path) as venue:
            maker, trader = await live(venue)
            for key, name, events in (
                (trader, "orders", 9),
                (trader, "triggers", 3),
                (maker, "orders", 7),
                (trader, "executions", 4),
            ):
                for sort in ("desc", "asc"):
                    whole = await paged(venue, key, f"{HISTORY}/{name}", 1_000, sort)
                    assert len(whole) == events, (name, [each["event"] for each in whole])
                    for count in (1, 2, 3):
                        part = await paged(venue, key, f"{HISTORY}/{name}", count, sort)
                        assert part == whole, (name, sort, count)

    asyncio.run(tell())


def test_an_edit_and_a_fill_show_the_order_before_them(tmp_path):
    async def tell():
        async with inside(tmp_path) as venue:
            _, trader = await live(venue)
            index = await index_of(venue)
            page = await paged(venue, trader, f"{HISTORY}/orders", 1_000, "asc")
            told = [each["event"].get("OrderUpdated") for each in page[:5]][1:]
            for update, later in pairwise(told):
                assert update["newOrder"] == later["oldOrder"]
            assert [each["reason"] for each in told] == [
                "edited_by_user",
                "partial_fill",
                "edited_by_user",
                "full_fill",
            ]
            distances = [int(each["newOrder"]["limitPrice"]) - index for each in told]
            assert [each - distances[0] for each in distances] == [0, 0, 1, 1]
            assert [each["newOrder"]["quantity"] for each in told] == ["0.5", "0.4", "0.3", "0"]
            times = [each["newOrder"]["lastUpdateTimestamp"] for each in told]
            assert times == sorted(times)
            assert len(set(times)) == len(times)

    asyncio.run(tell())


def test_an_execution_shows_the_order_before_it(tmp_path):
    """As the recorded ones do: with the match's own size still open, at the price it had then."""

    async def tell():
        async with inside(tmp_path) as venue:
            _, trader = await live(venue)
            page = await paged(venue, trader, f"{HISTORY}/executions", 1_000, "asc")
            told = [each["event"]["Execution"]["execution"] for each in page]
            assert [(each["order"]["quantity"], each["quantity"]) for each in told] == [
                ("0.5", "0.1"),
                ("0.3", "0.3"),
                ("0.2", "0.2"),
                ("0.2", "0.2"),
            ]
            prices = [each["order"].get("limitPrice") for each in told[:2]]
            assert int(prices[1]) - int(prices[0]) == 1
            assert "triggerOptions" not in told[3]["order"]
            types = [each["order"]["orderType"] for each in told]
            assert types == ["Limit", "Limit", "IoC", "IoC"]

    asyncio.run(tell())


def test_a_fill_says_how_it_came_about(tmp_path):
    """A limit order edited through the book takes, by another word than one that took at once."""

    async def tell():
        async with inside(tmp_path) as venue:
            index = await index_of(venue)
            maker = await venue.trader("maker", USD="1000000")
            trader = await venue.trader("trader", USD="100000")
            await venue.send(maker, "sell", "1", str(index + 20))
            await venue.send(trader, "buy", "0.1", str(index + 20))
            terms = {"orderType": "stp", "triggerSignal": "mark", "stopPrice": str(index - 500)}
            await venue.send(trader, "buy", "0.2", str(index + 30), **terms)
            resting = await venue.send(trader, "buy", "0.3", str(index - 9))
            await edit(venue, trader, resting, limitPrice=index + 20)
            fills = (await venue.get(trader, "fills"))["fills"]
            found = [(fill["size"], fill["fillType"]) for fill in fills]
            assert found == [(0.3, "takerAfterEdit"), (0.2, "taker"), (0.1, "taker")]
            (snapshot,) = await FillFeed(Api(venue.venue), trader.account_id).snapshot()
            assert [fill["fill_type"] for fill in snapshot["fills"]] == [kind for _, kind in found]

    asyncio.run(tell())


@pytest.mark.parametrize("name", ["executions", "orders"])
def test_a_history_of_one_market_tells_of_no_other(tmp_path, name):
    async def tell():
        async with inside(tmp_path) as venue:
            maker = await venue.trader("maker", USD="1000000")
            trader = await venue.trader("trader", USD="100000")
            for symbol in (SYMBOL, "PF_ETHUSD"):
                ticker = (await venue.http.get(f"{V3}/tickers/{symbol}")).json()["ticker"]
                price = str(int(ticker["indexPrice"]) + 1)
                await venue.send(maker, "sell", "1", price, symbol=symbol)
                await venue.send(trader, "buy", "0.1", price, symbol=symbol)
            for symbol in (SYMBOL, "PF_ETHUSD"):
                page = await venue.get(trader, f"{HISTORY}/{name}", tradeable=symbol)
                (element,) = page["elements"]
                assert symbol in str(element)
            page = await venue.get(trader, f"{HISTORY}/{name}")
            assert page["len"] == 2

    asyncio.run(tell())


@pytest.mark.parametrize("count", [1, 2])
def test_what_this_api_does_not_tell_leaves_no_gap(tmp_path, count):
    """Spot trades are no part of it; however many lie between, a page is filled."""

    async def tell():
        async with inside(tmp_path, WITH_SPOT) as venue:
            index = await index_of(venue)
            maker = await venue.trader("maker", USD="1000000", XBT="1")
            trader = await venue.trader("trader", USD="100000")
            for side in ("buy", "sell"):
                price = index - 20 if side == "buy" else index + 20
                await venue.send(maker, side, "1", str(price))
            await venue.send(trader, "buy", "0.1")
            await venue.send(trader, "sell", "0.2")
            await swap(venue, maker, trader, index)
            fills = await paged(venue, trader, f"{HISTORY}/executions", count, "desc")
            assert len(fills) == 2
            assert len((await venue.get(trader, "fills"))["fills"]) == 2

    asyncio.run(tell())


async def swap(venue, maker, trader, index):
    """Three spot trades, made as another API would make them."""
    spot = venue.venue.catalog.market("XBT/USD")
    for key, unit, amount in ((maker, "xbt", 1), (trader, "usd", 50_000)):
        body = f"fromAccount=flex&toAccount=cash&unit={unit}&amount={amount}"
        assert (await venue.call(key, "POST", f"{V3}/transfer", body=body)).is_success
    terms = {"type": OrderType.LIMIT, "market_id": spot.market_id, "qty_lots": 1_000_000}
    ticks = spot.price_ticks(Decimal(index))
    for key, side in ((maker, Side.SELL), (trader, Side.BUY)) * 3:
        order = Command(
            kind=CommandKind.PLACE_ORDER,
            origin=Origin.USER,
            account_id=key.account_id,
            side=side,
            price_ticks=ticks,
            **terms,
        )
        (events,) = await venue.venue.submit([order])
        assert not [event.reject for event in events if event.reject]


def test_a_log_of_one_kind_of_row_reaches_behind_the_others(tmp_path):
    """LEDG-001: the deposit, however many trades came after it; and each row once."""

    async def tell():
        async with inside(tmp_path) as venue:
            index = await index_of(venue)
            maker = await venue.trader("maker", USD="1000000")
            trader = await venue.trader("trader", USD="100000")
            for side, distance in (("buy", -20), ("sell", 20)):
                await venue.send(maker, side, "1", str(index + distance))
            for number in range(110):
                await venue.send(trader, ("buy", "sell")[number % 2], "0.001")
            log = f"{HISTORY}/account-log"
            (deposit,) = (await venue.get(trader, log, info="cross-exchange transfer", count=1))[
                "logs"
            ]
            assert deposit["new_balance"] == 100_000
            for sort in ("asc", "desc"):
                whole = (await venue.get(trader, log, sort=sort))["logs"]
                ids = [row["id"] for row in whole]
                assert len(ids) == 221
                assert ids == sorted(set(ids), reverse=sort == "desc")
                trades = (await venue.get(trader, log, sort=sort, info="futures trade"))["logs"]
                assert trades == [row for row in whole if row["info"] == "futures trade"]
                for count in (1, 3):
                    cut = (await venue.get(trader, log, sort=sort, count=count))["logs"]
                    assert cut == whole[:count]

    asyncio.run(tell())


def update_of(element):
    return element["event"]["PositionUpdate"]


async def many_changes(venue):
    """A position that is opened, increased, reversed, pays funding, is reduced and closed."""
    index = await index_of(venue)
    maker = await venue.trader("maker", USD="1000000")
    trader = await venue.trader("trader", USD="100000")
    await venue.send(maker, "sell", "5", str(index + 20))
    await venue.send(maker, "buy", "5", str(index - 20))
    for side, size in (("buy", "0.2"), ("buy", "0.1"), ("sell", "0.5")):
        await venue.send(trader, side, size)
        await venue.step(1)
    await venue.command(kind=CommandKind.ADVANCE_TIME)
    venue.station.world.clock.step(2 * 3_600 * 1_000_000)
    await venue.step(1)
    for side, size in (("buy", "0.1"), ("buy", "0.1")):
        await venue.send(trader, side, size)
    return trader


def test_position_updates_tell_one_story_on_every_page(tmp_path):
    """Each begins where the one before ended; sums are the log's; kinds can be asked for."""

    async def tell():
        async with inside(tmp_path, RARELY) as venue:
            trader = await many_changes(venue)
            whole = await paged(venue, trader, f"{HISTORY}/positions", 1_000, "asc")
            told = [update_of(each) for each in whole]
            assert [each["positionChange"] for each in told] == [
                "open",
                "increase",
                "reverse",
                "noChange",
                "decrease",
                "close",
            ]
            for before, after in pairwise(told):
                assert before["newPosition"] == after["oldPosition"]
                assert before["newAverageEntryPrice"] == after["oldAverageEntryPrice"]
            assert [each["newPosition"] for each in told] == [
                "0.2",
                "0.3",
                "-0.2",
                "-0.2",
                "-0.1",
                "0",
            ]
            assert Decimal(told[3]["realizedFunding"]) != 0
            log = (await venue.get(trader, f"{HISTORY}/account-log", count=1_000))["logs"]
            for ours, theirs in (("realizedPnL", "realized_pnl"), ("fee", "fee")):
                total = sum(Decimal(str(row[theirs])) for row in log if row[theirs] is not None)
                assert sum(Decimal(each.get(ours, "0")) for each in told) == total
            for sort in ("asc", "desc"):
                for count in (1, 2, 4):
                    part = await paged(venue, trader, f"{HISTORY}/positions", count, sort)
                    assert part == (whole if sort == "asc" else whole[::-1]), (sort, count)

            for asked, kinds in (
                ({"closed": "true"}, ["close"]),
                ({"opened": "true", "reversed": "true"}, ["open", "reverse"]),
                ({"funding_realization": "true"}, ["noChange"]),
                ({"settlement": "true"}, []),
            ):
                answer = await venue.get(trader, f"{HISTORY}/positions", sort="asc", **asked)
                assert [update_of(e)["positionChange"] for e in answer["elements"]] == kinds

    asyncio.run(tell())
