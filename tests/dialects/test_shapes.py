"""Every field of the recorded payloads is there, under the same name and of the same kind.

The recordings lie beside the repository and are skipped where they are not.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from pathlib import Path

import ccxt
import pytest

from longshore.venue.dialects.kraken_futures.api import Api
from longshore.venue.dialects.kraken_futures.order_feed import OrderFeed
from longshore.venue.dialects.kraken_futures.private_feeds import BalanceFeed, PositionFeed
from longshore.venue.dialects.kraken_futures.ticker_feed import ticker_message
from longshore.venue.dialects.kraken_futures.values import encode
from tests.dialects.desk import SYMBOL, UNIFIED
from tests.dialects.inside import V3, inside
from tests.dialects.test_socket import line_to

SHARED = Path(__file__).parents[3] / "shared/data"
PAYLOADS = SHARED / "kraken_api_payloads/futures_spot_adapter_samples"
RECORDING = SHARED / "kraken_ws_recordings/kraken_futures_ws_v1_2021-07-22_5products.ndjson.gz"
needs_payloads = pytest.mark.skipif(not PAYLOADS.is_dir(), reason="no recorded payloads here")

KRAKENS_OWN = {"isin", "openingDate", "underlying"}
"""Facts of the real venue that a practice venue does not have."""
NOT_PUBLIC_HERE = {"orderType", "reduceOnly", "limitPrice", "limitFilled"}
"""What the public may not know of an order of this venue."""
EDITED_BY_HAND = {"cli_ord_id", "fee_paid", "fee_currency"}
"""Fields of samples that the live API does not send."""


def sample(name):
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def assert_shaped(ours, theirs, without=frozenset(), place=""):
    """Each of their fields is in ours, with a value of the same kind.

    Rows of a list are taken together: a field that some of theirs have, some of ours must have.
    """
    if isinstance(theirs, dict):
        for name, value in theirs.items():
            if name not in without:
                assert name in ours, f"{place}.{name} is missing"
                assert_shaped(ours[name], value, without, f"{place}.{name}")
    elif isinstance(theirs, list) and theirs:
        assert ours, f"{place} is empty"
        assert_shaped(together(ours), together(theirs), without, f"{place}[]")
    elif theirs is not None:
        assert kind(ours) == kind(theirs), f"{place}: {ours!r} is not like {theirs!r}"


def together(rows):
    """One row with every field of any, and a value where one of them has a value."""
    if not all(isinstance(row, dict) for row in rows):
        return rows[0]
    names = dict.fromkeys(name for row in rows for name in row)
    values = {name: [row[name] for row in rows if name in row] for name in names}
    return {name: next((v for v in found if v is not None), None) for name, found in values.items()}


@pytest.mark.parametrize(
    "ours",
    [
        {"rows": [{"a": 1}]},
        {"rows": [{"a": 1}, {"b": None}]},
        {"rows": [{"a": 1}, {"b": 2}]},
        {"rows": []},
        {},
    ],
)
def test_another_shape_is_seen(ours):
    theirs = {"rows": [{"a": 1.5}, {"a": None, "b": "text"}]}
    assert_shaped({"rows": [{"b": "x", "a": 3}]}, theirs)
    with pytest.raises(AssertionError):
        assert_shaped(ours, theirs)


def kind(value):
    """Numbers are one kind: a client reads 1 as it reads 1.0."""
    return float if type(value) is int else type(value)


async def told(folder):
    """Every answer there is a recording of, from an account that did a little of everything."""
    async with inside(folder) as venue:
        get = venue.http.get
        index = int((await get(f"{V3}/tickers/{SYMBOL}")).json()["ticker"]["indexPrice"])
        maker = await venue.trader("maker", USD="1000000")
        trader = await venue.trader("trader", USD="100000")
        await venue.send(maker, "sell", "1", str(index + 10))
        await venue.send(maker, "buy", "1", str(index - 10))
        await venue.send(trader, "buy", "0.1")
        terms = {"orderType": "take_profit", "stopPrice": str(index + 500)}
        limit = str(index + 490)
        await venue.send(trader, "sell", "0.1", limit, triggerSignal="last", **terms)
        sent = await venue.send(trader, "buy", "0.1", str(index - 50), cliOrdId="told")
        waiting = await venue.send(
            trader, "sell", "0.1", orderType="stp", stopPrice=str(index - 99)
        )
        body = f"order_id={sent['order_id']}"
        cancelled = (await venue.call(trader, "POST", f"{V3}/cancelorder", body=body)).json()
        await venue.send(trader, "buy", "0.1", str(index - 60))
        charts = "/api/charts/v1/{}/PF_XBTUSD/1h"
        executions = f"/api/history/v3/market/{SYMBOL}/executions?count=2"
        return {
            "http_futures_instruments": (await get(f"{V3}/instruments")).json(),
            "http_futures_tickers": (await get(f"{V3}/tickers")).json(),
            "http_futures_orderbook": (await get(f"{V3}/orderbook?symbol={SYMBOL}")).json(),
            "http_futures_candles_trade": (await get(charts.format("trade"))).json(),
            "http_futures_candles_mark": (await get(charts.format("mark"))).json(),
            "http_futures_candles_spot": (await get(charts.format("spot"))).json(),
            "http_futures_public_executions": (await get(executions)).json(),
            "http_futures_historical_funding_rates": (
                await get(f"/derivatives/api/v4/historicalfundingrates?symbol={SYMBOL}")
            ).json(),
            "http_futures_fills": await venue.get(trader, "fills"),
            "http_futures_open_orders": await venue.get(trader, "openorders"),
            "http_futures_open_positions": await venue.get(trader, "openpositions"),
            "http_cancel_order_futures": cancelled,
            "http_send_order_futures": {"result": "success", "serverTime": "", "sendStatus": sent},
            "http_send_order_futures_unknown_trigger": {"result": "", "sendStatus": waiting},
            "http_futures_order_events": {"serverTime": "", "orderEvents": sent["orderEvents"]},
        }


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    return asyncio.run(told(tmp_path_factory.mktemp("shapes")))


REST = (
    "http_futures_instruments",
    "http_futures_tickers",
    "http_futures_orderbook",
    "http_futures_candles_trade",
    "http_futures_candles_mark",
    "http_futures_candles_spot",
    "http_futures_public_executions",
    "http_futures_historical_funding_rates",
    "http_futures_fills",
    "http_futures_open_orders",
    "http_futures_open_positions",
    "http_cancel_order_futures",
    "http_send_order_futures",
    "http_send_order_futures_unknown_trigger",
    "http_futures_order_events",
)


@needs_payloads
@pytest.mark.parametrize("name", REST)
def test_an_answer_is_shaped_like_the_recorded_one(answers, name):
    theirs = sample(name)
    without = KRAKENS_OWN | EDITED_BY_HAND
    if name == "http_futures_public_executions":
        without |= NOT_PUBLIC_HERE
    if name == "http_futures_order_events":
        without |= {"stopPrice"}  # of a trigger, which has an event of its own
    if name == "http_futures_instruments":
        theirs["instruments"] = theirs["instruments"][1:]  # the first is an inverse contract
    assert_shaped(answers[name], theirs, without)


@needs_payloads
@pytest.mark.parametrize("feed", ["ticker", "book", "trade"])
def test_a_message_is_shaped_like_the_recorded_one(book, feed):
    with line_to(book.desk) as line:
        line.say(event="subscribe", feed=feed, product_ids=[SYMBOL])
        line.until("subscribed")
        first = line.next()
        snapshot = {"book": "ws_futures_book_snapshot", "trade": "ws_futures_trade_snapshot"}
        assert_shaped(first, sample(snapshot.get(feed, "ws_futures_ticker")))
        if feed == "book":
            book.quote("buy", 0.1, book.bid - 1)
            assert_shaped(line.until("book"), sample("ws_futures_book_delta"))


@needs_payloads
def test_a_message_about_an_account_is_shaped_like_the_recorded_one(book):
    trader = book.desk.trader(USD="100000")
    exchange = book.exchange(trader)
    exchange.create_order(UNIFIED, "market", "buy", 0.1)
    stop = {"triggerPrice": book.bid - 50, "triggerSignal": "last"}
    exchange.create_order(UNIFIED, "market", "sell", 0.1, None, stop)
    with line_to(book.desk) as line:
        line.private(trader, "fills")
        assert_shaped(line.until("fills_snapshot"), sample("ws_futures_fills_snapshot"))
        line.private(trader, "open_orders_verbose")
        snapshot = line.until("open_orders_verbose_snapshot")
        assert_shaped(snapshot, sample("ws_futures_open_orders_snapshot"))
        for order, name in (
            (("limit", "buy", 0.1, book.bid + 5), "delta"),
            (None, "delta_full_fill"),
            (("limit", "buy", 0.1, book.bid - 5), "delta"),
            (None, "cancel"),
        ):
            if order:
                placed = exchange.create_order(UNIFIED, *order)
            elif name == "cancel":
                exchange.cancel_order(placed["id"])
            else:
                book.trader().create_order(UNIFIED, "limit", "sell", 0.1, book.bid + 5)
            message = line.until("open_orders_verbose")
            assert_shaped(message, sample(f"ws_futures_open_orders_{name}"))
        terms = {"postOnly": True, "clientOrderId": "post"}
        with pytest.raises(ccxt.OrderImmediatelyFillable):
            exchange.create_order(UNIFIED, "limit", "buy", 0.1, book.ask, terms)
        refused = line.until("open_orders_verbose")
        assert_shaped(refused, sample("ws_futures_open_orders_cancel_post_only"))
        exchange.create_order(UNIFIED, "market", "buy", 0.1, None, {"clientOrderId": "taken"})
        line.private(trader, "fills")
        told = line.until("fills_snapshot")["fills"][0]
        assert_shaped({"fills": [told]}, {"fills": sample("ws_futures_fills_delta")["fills"]})
    exchange.cancel_all_orders()
    exchange.session.close()


@pytest.mark.skipif(not RECORDING.is_file(), reason="no recorded socket here")
def test_a_socket_speaks_like_the_recorded_one(book):
    """The same words for the same requests, in the same order, with the same fields."""
    recorded = {}
    with gzip.open(RECORDING, "rt") as lines:
        for line in lines:
            record = json.loads(line)
            message = record["msg"]
            name = message.get("feed") if "event" not in message else message["event"]
            if record["dir"] == "recv":
                recorded.setdefault(name, message)
    with line_to(book.desk) as line:
        for feed in ("book", "trade", "ticker_lite"):
            line.say(event="subscribe", feed=feed, product_ids=[SYMBOL])
            assert_shaped(line.until("subscribed"), recorded["subscribed"])
            first = line.next()
            assert_shaped(first, recorded[first["feed"]])


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
