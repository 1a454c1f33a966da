"""What goes wrong on demand: the same again with the same seed, and nothing else changes."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from itertools import pairwise

import ccxt
import pytest
import websockets

from longshore.testing.venue import TestingError, Venue, open_venue
from longshore.venue.trouble import Trouble, TroubleTerms

UNIFIED = "BTC/USD:USD"


@pytest.fixture(scope="module")
def venue() -> Iterator[Venue]:
    """One for the file."""
    with open_venue(markets=["PF_XBTUSD"], XBT=60_000) as opened:
        yield opened


@pytest.fixture
def exchange(venue: Venue) -> ccxt.krakenfutures:
    """A client that has loaded its markets in quiet times."""
    client = venue.ccxt("krakenfutures", venue.account())
    client.load_markets()
    return client


def bought(exchange):
    held = exchange.fetch_positions()
    return held[0]["contracts"] if held else 0


def test_a_lost_answer_is_of_an_order_that_was_carried_out(venue, exchange):
    with venue.trouble(lost_percent=100), pytest.raises(ccxt.ExchangeError):
        exchange.create_order(UNIFIED, "market", "buy", 0.1)
    assert bought(exchange) == 0.1


@pytest.mark.parametrize(
    ("terms", "error"),
    [({"limited_percent": 100}, ccxt.DDoSProtection), ({"away_percent": 100}, ccxt.NetworkError)],
)
def test_what_is_refused_is_not_carried_out(venue, exchange, terms, error):
    with venue.trouble(**terms), pytest.raises(error):
        exchange.create_order(UNIFIED, "market", "buy", 0.1)
    assert bought(exchange) == 0


def test_a_delay_is_at_least_as_long_as_asked(venue, exchange):
    before = time.monotonic()
    with venue.trouble(delay_ms=150, jitter_ms=50):
        exchange.fetch_ticker(UNIFIED)
    assert time.monotonic() - before >= 0.15


def outcomes(venue, exchange, seed):
    """Whether each of forty requests got through."""
    made = []
    with venue.trouble(away_percent=50, seed=seed):
        for _ in range(40):
            try:
                exchange.fetch_time()
                made.append(True)
            except ccxt.NetworkError:
                made.append(False)
    return made


def test_the_same_seed_brings_the_same_trouble(venue):
    exchange = venue.ccxt("krakenfutures")
    exchange.fetch_time = exchange.publicGetInstruments
    first = outcomes(venue, exchange, 1)
    assert outcomes(venue, exchange, 1) == first != outcomes(venue, exchange, 2)
    assert 10 < sum(first) < 30


async def numbers(venue, count, **terms):
    """The numbers of a market's messages while somebody trades."""
    seen = []
    account = venue.account()
    exchange = venue.ccxt("krakenfutures", account)
    async with websockets.connect(venue.origin.replace("http", "ws") + "/ws/v1") as socket:
        asked = {"event": "subscribe", "feed": "book", "product_ids": ["PF_XBTUSD"]}
        await socket.send(json.dumps(asked))
        while "seq" not in (message := json.loads(await socket.recv())):
            assert message
        seen.append(message["seq"])
        with venue.trouble(**terms):
            for step in range(count):
                price = 50_000 + step
                await asyncio.to_thread(exchange.create_order, UNIFIED, "limit", "buy", 0.01, price)
            try:
                while True:
                    told = json.loads(await asyncio.wait_for(socket.recv(), 0.5))
                    seen += [told["seq"]] if "seq" in told else []
            except TimeoutError:
                return seen


def steps(seen):
    return {after - before for before, after in pairwise(seen)}


def test_messages_are_missing_or_come_twice(venue):
    assert steps(asyncio.run(numbers(venue, 12))) == {1}
    assert max(steps(asyncio.run(numbers(venue, 12, dropped_percent=50)))) > 1
    assert steps(asyncio.run(numbers(venue, 12, repeated_percent=100))) == {0, 1}


def test_a_socket_is_cut_after_so_many_messages(venue):
    with pytest.raises(websockets.ConnectionClosed) as cut:
        asyncio.run(numbers(venue, 12, cut_after=5))
    assert cut.value.rcvd.code == 1012


def test_all_sockets_are_cut_and_may_come_again(venue):
    async def cut():
        address = venue.origin.replace("http", "ws") + "/ws/v1"
        async with websockets.connect(address) as socket:
            await socket.recv()
            assert await asyncio.to_thread(venue.cut_sockets) == 1
            with pytest.raises(websockets.ConnectionClosed):
                await asyncio.wait_for(socket.recv(), 5)
        async with websockets.connect(address) as socket:
            await socket.recv()

    asyncio.run(cut())


def test_trouble_that_there_is_not_is_refused(venue):
    with pytest.raises(TestingError, match="lost_percent"), venue.trouble(lost_percent=101):
        pass
    with pytest.raises(TestingError, match="earthquake"), venue.trouble(earthquake=1):
        pass


def test_every_kind_of_trouble_has_chance_of_its_own():
    one, other = Trouble(), Trouble()
    one.become(TroubleTerms(seed=3))
    other.become(TroubleTerms(seed=3))
    for _ in range(9):
        other.happens("dropped", 50)
    assert [one.happens("lost", 50) for _ in range(20)] == [
        other.happens("lost", 50) for _ in range(20)
    ]


def test_while_it_is_away_nothing_is_carried_out_and_no_socket_stays_or_opens(venue, exchange):
    async def away():
        address = venue.origin.replace("http", "ws") + "/ws/v1"
        async with websockets.connect(address) as socket:
            await socket.recv()
            with venue.away():
                with pytest.raises(websockets.ConnectionClosed):
                    await asyncio.wait_for(socket.recv(), 5)
                with pytest.raises(websockets.InvalidStatus, match="503"):
                    await websockets.connect(address)
                with pytest.raises(ccxt.NetworkError):
                    await asyncio.to_thread(exchange.create_order, UNIFIED, "market", "buy", 0.1)
        async with websockets.connect(address) as socket:
            await socket.recv()

    asyncio.run(away())
    assert bought(exchange) == 0


def test_a_clock_is_told_ahead_or_behind(venue):
    for exchange, unit_ms in ((venue.ccxt("kraken"), 1_000), (venue.ccxt("binanceusdm"), 1)):
        before = exchange.fetch_time() // unit_ms
        with venue.trouble(skew_ms=90_000):
            assert exchange.fetch_time() // unit_ms == before + 90_000 // unit_ms
        with venue.trouble(skew_ms=-90_000):
            assert exchange.fetch_time() // unit_ms == before - 90_000 // unit_ms
    futures = venue.ccxt("krakenfutures")
    before = futures.parse8601(futures.publicGetInstruments()["serverTime"])
    with venue.trouble(skew_ms=90_000):
        told = futures.parse8601(futures.publicGetInstruments()["serverTime"])
    assert told == before + 90_000


def test_a_signature_is_held_to_the_clock_as_it_is_told():
    with open_venue(rulebook="binance_usdm", markets=["BTCUSDT"]) as venue:
        exchange = venue.ccxt("binanceusdm", venue.account())
        exchange.fetch_balance()
        with venue.trouble(skew_ms=90_000), pytest.raises(ccxt.InvalidNonce):
            exchange.fetch_balance()
        with venue.trouble(skew_ms=90_000):
            exchange.load_time_difference()
            exchange.options["adjustForTimeDifference"] = True
            exchange.fetch_balance()
