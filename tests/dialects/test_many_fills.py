"""An account that trades much: its log adds up row by row, and all tell of the same position."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from random import Random
from urllib.parse import urlencode

import pytest

from longshore.engine.codes import OrderType, Origin, Side
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.venue import views
from longshore.venue.dialects.kraken_futures.api import Api
from longshore.venue.dialects.kraken_futures.feeds import Feeds
from tests.dialects.desk import SYMBOL
from tests.dialects.inside import inside
from tests.dialects.test_funding_and_liquidation import check_identity
from tests.dialects.test_history_pages import RARELY, index_of, paged

HISTORY = "/api/history/v3"
TOGETHER = 50
"""Fills of one moment: two moments fill a page of `/fills`, so that none is cut in two."""
APART_US = 1_000
HOUR_EVERY = 2  # moments, as far as the first few hours go
HOURS = 5
SIDES = {"buy": 1, "sell": -1}


class Trading:
    """One account against a maker that always has enough, and what it hears meanwhile."""

    def __init__(self, venue, maker, trader) -> None:
        self.venue = venue
        self.maker = maker
        self.trader = trader
        self.random = Random(6)
        api = Api(venue.venue)
        self.market = api.market(SYMBOL)
        self.subscription = venue.venue.streams.subscribe()
        self.feeds = Feeds(api, self.subscription)
        self.heard: list[dict] = []

    def order(self, key, side, lots, **terms):
        return Command(
            kind=CommandKind.PLACE_ORDER,
            origin=Origin.USER,
            account_id=key.account_id,
            market_id=self.market.market_id,
            side=side,
            qty_lots=lots,
            **terms,
        )

    async def moment(self, near):
        """New quotes, fifty trades in turns that drift, and what the socket tells of them."""
        ends = Command(
            kind=CommandKind.CANCEL_ALL, origin=Origin.USER, account_id=self.maker.account_id
        )
        quotes = [
            self.order(self.maker, side, 1_000_000, type=OrderType.LIMIT, price_ticks=near + off)
            for side, off in ((Side.BUY, -5), (Side.SELL, 5))
        ]
        sides = self.random.choices((Side.BUY, Side.SELL), k=TOGETHER)
        sizes = [self.random.randint(1, 400) for _ in sides]
        trades = [
            self.order(self.trader, side, lots, type=OrderType.MARKET)
            for side, lots in zip(sides, sizes, strict=True)
        ]
        self.venue.station.world.clock.step(APART_US)
        outcomes = await self.venue.venue.submit([ends, *quotes, *trades])
        assert not [event.reject for events in outcomes for event in events if event.reject]
        delivery = await self.subscription.take()
        assert not self.subscription.fell_behind.is_set()
        told = await self.feeds.deliver(delivery)
        self.heard += [fill for message in told for fill in message["fills"]]


async def traded(venue, fills):
    """The account after so many fills and a few hours with funding."""
    maker = await venue.trader("maker", USD="50000000")
    trader = await venue.trader("trader", USD="20000000")
    trading = Trading(venue, maker, trader)
    await trading.feeds.join_private("fills", trader.account_id)
    for number in range(fills // TOGETHER):
        if number % HOUR_EVERY == HOUR_EVERY - 1 and number < HOUR_EVERY * HOURS:
            venue.station.world.clock.step(3_600 * 1_000_000)
            await venue.step(1)
        await trading.moment(await index_of(venue) + trading.random.randint(-20, 20))
    return trading


async def all_of_log(venue, trader, count):
    """The whole log, so many rows at a time by row id, oldest first."""
    rows, after = [], 0
    while True:
        asked = {"sort": "asc", "count": count, "from": after + 1}
        log = f"{HISTORY}/account-log"
        page = (await venue.call(trader, "GET", log, urlencode(asked))).json()["logs"]
        rows += page
        if len(page) < count:
            return rows
        after = page[-1]["id"]


async def all_fills(venue, trader):
    """Every page of `/fills`, newest first."""
    found = (await venue.get(trader, "fills"))["fills"]
    page = found
    while len(page) == 2 * TOGETHER:
        page = (await venue.get(trader, "fills", lastFillTime=page[-1]["fillTime"]))["fills"]
        found += page
    return found


def sum_of(pairs):
    return sum((SIDES[side] * Decimal(str(size)) for side, size in pairs), Decimal(0))


@pytest.mark.parametrize(
    ("count", "log_rows"), [(200, 7), pytest.param(100_000, 999, marks=pytest.mark.long)]
)
def test_every_row_adds_up_and_all_agree_on_the_position(tmp_path, count, log_rows):
    """LEDG-001, FUND-004: new − old = profit − fee + funding, without a cent between two rows.

    Pages of the log are of odd lengths: they end between the two rows of a trade.
    """

    async def tell():
        async with inside(tmp_path, RARELY) as venue:
            trading = await traded(venue, count)
            trader = trading.trader
            held = views.position(venue.venue.view, trader.account_id, trading.market.market_id)
            position = trading.market.size(int(held.qty_lots))
            log = await all_of_log(venue, trader, log_rows)
            legs = [row for row in log if row["asset"] == SYMBOL.lower()]
            assert len(legs) == count
            wallet = (await venue.get(trader, "accounts"))["accounts"]["flex"]
            balance = check_identity(log)
            assert balance == Decimal(str(wallet["currencies"]["USD"]["quantity"]))
            fills = await all_fills(venue, trader)
            own = await paged(venue, trader, f"{HISTORY}/executions", 1_000, "asc")
            told = [each["event"]["Execution"]["execution"] for each in own]
            heard = trading.heard
            assert {len(fills), len(told), len(heard)} == {count}
            assert sum_of((f["side"], f["size"]) for f in fills) == position
            sides = [(each["order"]["direction"].lower(), each["quantity"]) for each in told]
            assert sum_of(sides) == position
            assert sum_of((("sell", "buy")[f["buy"]], f["qty"]) for f in heard) == position
            assert Decimal(str(legs[-1]["new_balance"])) == position
            (open_one,) = (await venue.get(trader, "openpositions"))["openPositions"]
            assert sum_of([(WAYS[open_one["side"]], open_one["size"])]) == position
            ids = {fill["fill_id"] for fill in fills}
            assert ids == {f["fill_id"] for f in heard} == {row["execution"] for row in legs}

    asyncio.run(tell())


WAYS = {"long": "buy", "short": "sell"}
