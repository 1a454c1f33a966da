"""Too much at once: bodies of ten megabytes, thousands of subscriptions, requests that never end.

Each is refused or answered in the dialect's own form, nothing changes, and others are served on.
"""

from __future__ import annotations

import asyncio
import json
import socket
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Router

from longshore.venue.dialects.binance_usdm.routes import routes as usdm_routes
from longshore.venue.dialects.kraken_futures.routes import routes as futures_routes
from longshore.venue.dialects.kraken_spot.routes import routes as spot_routes
from tests.dialects.binance_usdm.clients import SCENARIO as USDM
from tests.dialects.desk import SCENARIO, SYMBOL
from tests.dialects.inside import inside
from tests.venue.desk import Socket

TEN_MEGABYTES = 10_000_000
FEW, MANY = 200, pytest.param(10_000, marks=pytest.mark.long)
HALF_OPEN = 40
POSTS = (
    "/derivatives/api/v3/sendorder",
    "/derivatives/api/v3/batchorder",
    "/0/private/AddOrder",
    "/0/private/AddOrderBatch",
    "/fapi/v1/order",
    "/fapi/v1/batchOrders",
)
SOCKETS = {
    "/ws/v1": {"event": "subscribe", "feed": "book", "product_ids": [SYMBOL]},
    "/v2": {"method": "subscribe", "params": {"channel": "book", "symbol": ["BTC/USD"]}},
    "/": {"event": "subscribe", "pair": ["XBT/USD"], "subscription": {"name": "book"}},
    "/ws": {"method": "SUBSCRIBE", "params": ["btcusdt@depth"], "id": 1},
}


WORLDS = {"/ws": USDM}


def everything(venue):
    """The three imitated venues behind one application."""
    found = [*futures_routes(venue), *usdm_routes(venue), *spot_routes(venue)]
    return Router(found)


@pytest.mark.parametrize("path", POSTS)
def test_a_body_of_ten_megabytes_is_refused(desk, path):
    body = b"json=" + b"x" * TEN_MEGABYTES
    reply = desk.http.post(path, content=body, headers={"Authorization": ""})
    assert reply.status_code in (200, 400, 401, 413)
    assert len(reply.content) < 1_000
    assert "success" not in reply.text
    assert desk.public("/0/public/Time")["error"] == []


@pytest.mark.parametrize("path", SOCKETS)
@pytest.mark.parametrize("count", [FEW, MANY])
def test_thousands_of_subscriptions_are_answered(tmp_path, path, count):
    """Each is answered; the same one twice is one, and the socket hears on."""

    async def tell():
        async with inside(tmp_path, WORLDS.get(path, SCENARIO)) as venue:
            before = venue.digest
            line = Socket(everything(venue.venue), path, {})
            await line.open()
            text = json.dumps(SOCKETS[path])
            heard = 0
            for _ in range(count):
                await line._in.put({"type": "websocket.receive", "text": text})
            while heard < count:
                await line.message()
                heard += 1
            await line.close()
            assert venue.digest == before

    asyncio.run(tell())


SUBSCRIBED = ('"subscribed"', '"success": true', '"result": null')
JUNK = st.one_of(
    st.text(max_size=200),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["event", "method", "params", "feed", "id"]), inner)
        ),
        max_leaves=8,
    ).map(json.dumps),
)


@pytest.mark.parametrize("path", SOCKETS)
def test_malformed_frames_end_nothing(tmp_path, path):
    async def sent(texts):
        async with inside(tmp_path, WORLDS.get(path, SCENARIO)) as venue:
            before = venue.digest
            line = Socket(everything(venue.venue), path, {})
            await line.open()
            for text in texts:
                await line._in.put({"type": "websocket.receive", "text": text})
                await line._in.put({"type": "websocket.receive", "bytes": text.encode()})
            await line._in.put({"type": "websocket.receive", "text": json.dumps(SOCKETS[path])})
            answer = ""
            while not any(word in answer for word in SUBSCRIBED):
                answer = json.dumps(await line.message())
            await line.close()
            assert venue.digest == before

    collected: list[str] = []

    @settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
    @given(JUNK)
    def gather(text):
        collected.append(text)

    gather()
    asyncio.run(sent(collected))


def test_requests_that_never_end_hold_nobody_up(desk):
    """A client that sends a header a minute takes a socket, and nothing from others."""
    parts = urlsplit(desk.origin)
    slow = [socket.create_connection((parts.hostname, parts.port)) for _ in range(HALF_OPEN)]
    try:
        for each in slow:
            each.sendall(b"POST /0/private/AddOrder HTTP/1.1\r\nContent-Length: 99\r\n")
        assert desk.public("/0/public/Time")["error"] == []
        for each in slow:
            each.sendall(b"X-More: 1\r\n")
        assert desk.public(f"/derivatives/api/v3/tickers/{SYMBOL}")["result"] == "success"
    finally:
        for each in slow:
            each.close()
