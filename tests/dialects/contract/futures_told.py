"""What the futures dialect says wherever the real venue was recorded."""

from __future__ import annotations

from typing import Any

from starlette.routing import Router

from longshore.venue.accounts import ApiKey
from longshore.venue.dialects.kraken_futures import auth
from longshore.venue.dialects.kraken_futures.routes import routes
from tests.dialects.contract.wire import Wire
from tests.dialects.desk import SYMBOL
from tests.dialects.inside import V3, Inside

CHARTS = f"/api/charts/v1/{{}}/{SYMBOL}/1h"
EXECUTIONS = f"/api/history/v3/market/{SYMBOL}/executions?count=2"
RATES = f"/derivatives/api/v4/historicalfundingrates?symbol={SYMBOL}"
PUBLIC = {
    "http_futures_instruments": f"{V3}/instruments",
    "http_futures_tickers": f"{V3}/tickers",
    "http_futures_orderbook": f"{V3}/orderbook?symbol={SYMBOL}",
    "http_futures_candles_trade": CHARTS.format("trade"),
    "http_futures_candles_mark": CHARTS.format("mark"),
    "http_futures_candles_spot": CHARTS.format("spot"),
    "http_futures_public_executions": EXECUTIONS,
    "http_futures_historical_funding_rates": RATES,
}
PRIVATE = {
    "http_futures_fills": "fills",
    "http_futures_open_orders": "openorders",
    "http_futures_open_positions": "openpositions",
}
SOCKET = "kraken_futures_ws_v1_2021-07-22_5products"


async def index_of(venue: Inside) -> int:
    """The index of bitcoin, in whole dollars."""
    ticker = (await venue.http.get(f"{V3}/tickers/{SYMBOL}")).json()["ticker"]
    return int(ticker["indexPrice"])


async def rest(venue: Inside) -> dict[str, Any]:
    """Every answer there is a recording of, from an account that did a little of everything."""
    index = await index_of(venue)
    maker = await venue.trader("futures-maker", USD="1000000")
    trader = await venue.trader("futures-trader", USD="100000")
    await venue.send(maker, "sell", "1", str(index + 10))
    await venue.send(maker, "buy", "1", str(index - 10))
    await venue.send(trader, "buy", "0.1", cliOrdId="taken")
    terms = {"orderType": "take_profit", "stopPrice": str(index + 500), "triggerSignal": "last"}
    await venue.send(trader, "sell", "0.1", str(index + 490), **terms)
    sent = await venue.send(trader, "buy", "0.1", str(index - 50), cliOrdId="told")
    stop = {"orderType": "stp", "stopPrice": str(index - 99)}
    waiting = await venue.send(trader, "sell", "0.1", **stop)
    cancelled = await venue.call(
        trader, "POST", f"{V3}/cancelorder", body=f"order_id={sent['order_id']}"
    )
    await venue.send(trader, "buy", "0.1", str(index - 60), cliOrdId="stays")
    public = {name: (await venue.http.get(path)).json() for name, path in PUBLIC.items()}
    private = {name: await venue.get(trader, path) for name, path in PRIVATE.items()}
    moment = private["http_futures_fills"]["serverTime"]
    answer = {"result": "success", "serverTime": moment}
    return {
        **public,
        **private,
        "http_cancel_order_futures": cancelled.json(),
        "http_send_order_futures": answer | {"sendStatus": sent},
        "http_send_order_futures_unknown_trigger": answer | {"sendStatus": waiting},
        "http_futures_order_events": {"serverTime": moment, "orderEvents": sent["orderEvents"]},
    }


class Line(Wire):
    """A socket of the futures venue."""

    async def feed(self, *feeds: str) -> Any:
        """The next message of one of these feeds."""
        return await self.until(lambda message: message.get("feed") in feeds)

    async def follow(self, key: ApiKey, challenge: str, feed: str) -> Any:
        """Subscribe to a private feed; its snapshot."""
        signed = auth.signature(key.secret, challenge.encode())
        names = {"api_key": key.key, "original_challenge": challenge, "signed_challenge": signed}
        await self.say({"event": "subscribe", "feed": feed, **names})
        return await self.feed(f"{feed}_snapshot")


async def sockets(venue: Inside) -> dict[str, Any]:
    """Every message there is a recording of."""
    line = Line(Router(routes(venue.venue)), "/ws/v1")
    greeting = await line.open()
    maker = await venue.trader("socket-maker", USD="1000000")
    trader = await venue.trader("socket-trader", USD="100000")
    public = await public_messages(venue, line, maker)
    private = await account_messages(venue, line, trader)
    await line.close()
    return {f"{SOCKET} info": greeting, **public, **private}


async def public_messages(venue: Inside, line: Line, maker: ApiKey) -> dict[str, Any]:
    """What anybody is told."""
    told: dict[str, Any] = {}
    for feed in ("book", "trade", "ticker_lite", "ticker"):
        ask = {"event": "subscribe", "feed": feed, "product_ids": [SYMBOL]}
        told[f"{SOCKET} subscribed"] = await line.ask(ask, lambda m: m.get("event") == "subscribed")
        name = feed if feed.startswith("ticker") else f"{feed}_snapshot"
        told[f"{SOCKET} {name}"] = await line.feed(name)
    index = await index_of(venue)
    await venue.send(maker, "buy", "0.1", str(index - 5))
    told[f"{SOCKET} book"] = await line.feed("book")
    taker = await venue.trader("socket-taker", USD="100000")
    await venue.send(taker, "sell", "0.1", str(index - 5))
    told[f"{SOCKET} trade"] = await line.feed("trade")
    samples = {
        "ws_futures_book_snapshot": "book_snapshot",
        "ws_futures_book_delta": "book",
        "ws_futures_trade": "trade",
        "ws_futures_trade_snapshot": "trade_snapshot",
        "ws_futures_ticker": "ticker",
    }
    return told | {name: told[f"{SOCKET} {feed}"] for name, feed in samples.items()}


async def account_messages(venue: Inside, line: Line, trader: ApiKey) -> dict[str, Any]:
    """What an account is told of its orders and fills."""
    index = await index_of(venue)
    await venue.send(trader, "buy", "0.1", cliOrdId="first")
    await venue.send(trader, "sell", "0.1", orderType="stp", stopPrice=str(index - 99))
    ask = {"event": "challenge", "api_key": trader.key}
    challenge = (await line.ask(ask, lambda m: m.get("event") == "challenge"))["message"]
    told = {"ws_futures_fills_snapshot": await line.follow(trader, challenge, "fills")}
    feed = "open_orders"
    told["ws_futures_open_orders_snapshot"] = await line.follow(trader, challenge, feed)
    placed = await venue.send(trader, "buy", "0.1", str(index + 5), cliOrdId="rests")
    told["ws_futures_open_orders_delta"] = await line.feed(feed)
    taker = await venue.trader("account-taker", USD="100000")
    await venue.send(taker, "sell", "0.1", str(index + 5))
    await line.feed("fills")
    told["ws_futures_open_orders_delta_full_fill"] = await line.feed(feed)
    uuid = "b661bad0-7037-4b73-9e07-a65b515e4ef7"
    await venue.send(trader, "buy", "0.1", cliOrdId=uuid)
    told["ws_futures_fills_delta"] = await line.feed("fills")
    placed = await venue.send(trader, "buy", "0.1", str(index - 70))
    await line.feed(feed)
    body = f"order_id={placed['order_id']}"
    await venue.call(trader, "POST", f"{V3}/cancelorder", body=body)
    told["ws_futures_open_orders_cancel"] = await line.feed(feed)
    verbose = "open_orders_verbose"
    await line.follow(trader, challenge, verbose)
    post = {"orderType": "post", "cliOrdId": "post"}
    await venue.send(trader, "buy", "0.1", str(index + 99), **post)
    told["ws_futures_open_orders_cancel_post_only"] = await line.feed(verbose)
    return told


async def told(venue: Inside) -> dict[str, Any]:
    """All of it, by the name of the recording."""
    answers = await rest(venue) | await sockets(venue)
    alike = {
        "http_futures_instrument_no_fee_schedule": "http_futures_instruments",
        "kraken_futures_rest_instruments_2021-07-22": "http_futures_instruments",
        "http_futures_order_events_unknown": "http_futures_order_events",
        "ws_futures_book_snapshot_with_zero_qty": "ws_futures_book_snapshot",
    }
    return answers | {name: answers[other] for name, other in alike.items()}
