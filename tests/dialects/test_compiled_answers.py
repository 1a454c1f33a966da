"""Every answer is the same, whether the engine runs plain or compiled."""

from __future__ import annotations

import asyncio
import json

from longshore.venue.dialects.kraken_futures.api import Api
from longshore.venue.dialects.kraken_futures.order_feed import OrderFeed
from longshore.venue.dialects.kraken_futures.private_feeds import BalanceFeed, PositionFeed
from longshore.venue.dialects.kraken_futures.ticker_feed import ticker_message
from longshore.venue.dialects.kraken_futures.values import encode
from tests.dialects.desk import SYMBOL
from tests.dialects.inside import V3, inside

READS = (
    "instruments",
    "instruments/status",
    "tickers",
    f"tickers/{SYMBOL}",
    f"orderbook?symbol={SYMBOL}",
    "feeschedules",
)
PRIVATE_READS = (
    "accounts",
    "openpositions",
    "openorders",
    "orders/status",
    "leveragepreferences",
    "feeschedules/volumes",
)


async def read_all(venue, trader):
    public = [(await venue.http.get(f"{V3}/{path}")).json() for path in READS]
    private = [await venue.get(trader, path) for path in PRIVATE_READS]
    feeds = [
        *await BalanceFeed(Api(venue.venue), trader.account_id).snapshot(),
        *await PositionFeed(Api(venue.venue), trader.account_id).snapshot(),
        *await OrderFeed(Api(venue.venue), trader.account_id, verbose=True).snapshot(),
        ticker_message(Api(venue.venue), venue.venue.catalog.market(SYMBOL)),
    ]
    return [*public, *private, json.loads(encode(feeds))]


def test_answers_do_not_depend_on_how_the_engine_runs(tmp_path):
    """The compiled engine keeps its state as one record; every read gives the same JSON from it."""

    async def compare():
        async with inside(tmp_path) as venue:
            index = int((await venue.http.get(f"{V3}/tickers/{SYMBOL}")).json()["ticker"]["last"])
            maker = await venue.trader("maker", USD="1000000")
            trader = await venue.trader("trader", USD="100000", XBT="1")
            query = "symbol=PF_ETHUSD&maxLeverage=5"
            await venue.call(trader, "PUT", f"{V3}/leveragepreferences", query)
            await venue.send(maker, "sell", "1", str(index + 10))
            await venue.send(maker, "buy", "1", str(index - 10))
            await venue.send(trader, "buy", "0.3")
            await venue.send(trader, "buy", "0.1", str(index - 50), cliOrdId="a&b")
            terms = {"orderType": "stp", "stopPrice": str(index - 500), "triggerSignal": "mark"}
            await venue.send(trader, "sell", "0.1", **terms)
            await venue.get(
                trader, "fills"
            )  # history, and the day's statistics with it, is written
            plain = await read_all(venue, trader)
            venue.station.world.hand_over("jit")
            for ours, theirs in zip(await read_all(venue, trader), plain, strict=True):
                assert_same(ours, theirs)

    asyncio.run(compare())


def assert_same(ours, theirs):
    """Equal but for the time of the answer."""
    if isinstance(ours, dict):
        ours, theirs = ({**each, "serverTime": None} for each in (ours, theirs))
    assert ours == theirs
