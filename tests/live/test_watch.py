"""What the watching process makes of a venue, by way of clients that behave in one way each."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from importlib import import_module

import pytest

from longshore.world.live.quotes import Failed, Lost, Quote, Ready, Wish
from longshore.world.live.watch import connector, index_of, watch

UNIFIED = "BTC/USD:USD"
WISH = Wish(
    client="krakenfutures",
    watch="watch_ticker",
    url="",
    symbols={"PF_XBTUSD": UNIFIED},
    levels=1,
    interval_ms=1,
    quiet_ms=60_000,
    retry_ms=1,
    retry_most_ms=4,
    patient=True,
)
BOOK = {"bids": [[99.5, 3], [99.0, 1]], "asks": [[100.5, 2]]}


class Client:
    """A venue with one market, which tells these tickers and then nothing, or fails."""

    def __init__(self, *tickers, book=BOOK, markets=(UNIFIED,)) -> None:
        self.markets = {symbol: {"contractSize": 0.1} for symbol in markets}
        self._tickers = list(tickers)
        self._book = book
        self._has_told = False
        self.is_closed = False

    async def load_markets(self):
        await asyncio.sleep(0)

    async def watch_ticker(self, symbol):
        if not self._tickers:
            await asyncio.Event().wait()
        told = self._tickers.pop(0)
        if isinstance(told, Exception):
            await asyncio.sleep(0.3 * self._has_told)  # what came before it is told first
            raise told
        await asyncio.sleep(0.01)
        self._has_told = True
        return told

    async def watch_order_book(self, symbol):
        if self._book is None:
            await asyncio.Event().wait()
        book, self._book = self._book, None
        return book

    async def close(self):
        self.is_closed = True


def but(**changed):
    """The wish with something else in it."""
    return Wish(**{name: getattr(WISH, name) for name in WISH.__struct_fields__} | changed)


def ticker(index, time=None):
    return {"indexPrice": index, "timestamp": None, "info": {"time": time}}


def heard(*clients, wish=WISH, enough=3):
    """What is said of a venue that is connected to once a client, and then again to the last."""
    said = []
    waiting = list(clients)

    async def listen():
        done = asyncio.Event()

        def say(each):
            said.append(each)
            if len(said) >= enough:
                done.set()

        def connect():
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]

        watching = asyncio.create_task(watch(wish, connect, say))
        waiter = asyncio.create_task(done.wait())
        await asyncio.wait({watching, waiter}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        for task in (watching, waiter):
            task.cancel()
        await asyncio.gather(watching, waiter, return_exceptions=True)

    asyncio.run(listen())
    return said


def test_a_price_and_the_book_are_told_exactly_and_in_the_base():
    ready, quote, *_ = heard(Client(ticker(100.25)), enough=2)
    assert isinstance(ready, Ready)
    assert (quote.index, quote.symbol) == (Decimal("100.25"), "PF_XBTUSD")
    assert quote.bids == [(Decimal("99.5"), Decimal("0.3"))]
    assert quote.asks == [(Decimal("100.5"), Decimal("0.2"))]


@pytest.mark.parametrize(
    "book", [None, {"bids": [], "asks": [[1.0, 1]]}, {"bids": [[101, 1]], "asks": [[100.5, 2]]}]
)
def test_a_book_that_is_none_or_crossed_has_no_levels(book):
    _, quote, *_ = heard(Client(ticker(100.25), book=book), enough=2)
    assert (quote.bids, quote.asks) == ([], [])


def test_a_venue_that_tells_the_same_moment_again_is_stale():
    """Its second ticker is of the same time, so it is no news."""
    again = Client(ticker(100, time=1), ticker(100, time=1), ticker(101, time=1))
    said = heard(again, wish=but(quiet_ms=1_000))
    assert [type(each) for each in said] == [Ready, Quote, Lost]
    assert (said[2].trouble, said[2].why[:9]) == ("stale", "QuietErro")


def test_after_any_error_it_connects_again_to_a_new_client():
    broken = Client(ticker(100), ValueError("half a message"))
    said = heard(broken, Client(ticker(102)), enough=5)
    assert [type(each) for each in said] == [Ready, Quote, Lost, Ready, Quote]
    assert said[2] == Lost("reconnecting", "ValueError: half a message")
    assert said[4].index == 102
    assert broken.is_closed


@pytest.mark.parametrize(
    ("client", "why"),
    [
        (Client(OSError("no way out")), "OSError: no way out"),
        (Client(markets=()), "no market BTC/USD:USD for PF_XBTUSD"),
        (Client(ticker(None)), "no new price of PF_XBTUSD"),
    ],
)
def test_what_fails_at_first_is_told_once_where_nobody_is_patient(client, why):
    (said,) = heard(client, wish=but(patient=False, quiet_ms=50))
    assert isinstance(said, Failed) and why in said.why
    assert client.is_closed
    assert all(isinstance(each, Lost) for each in heard(client, wish=but(quiet_ms=50)))


@pytest.mark.parametrize("told", [None, "", 0, -1, "nan", "inf", "dear"])
def test_what_is_no_price_is_none(told):
    assert index_of(ticker(told)) is None


def test_ccxt_that_is_not_there_is_an_import_error(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ccxt.pro", None)
    with pytest.raises(ImportError):
        connector(WISH)


MARKET = {"symbol": UNIFIED, "id": "x", "base": "BTC", "quote": "USD", "swap": True}


@pytest.mark.parametrize(
    ("client", "parse", "arguments"),
    [
        ("krakenfutures", "parse_ws_ticker", ({"index": "62001.5", "time": 1}, MARKET)),
        ("binanceusdm", "parse_ws_ticker", ({"e": "markPriceUpdate", "i": "62001.5"}, "swap")),
        ("bybit", "parse_ticker", ({"symbol": "BTCUSDT", "indexPrice": "62001.5"},)),
        ("hyperliquid", "parse_ws_ticker", ({"oraclePx": "62001.5", "markPx": "62003"}, MARKET)),
    ],
)
def test_the_index_is_found_where_each_venue_tells_it(client, parse, arguments):
    """ccxt's own reading of the fields each venue's stream has for it."""
    made = getattr(import_module("ccxt.pro"), client)()
    assert index_of(getattr(made, parse)(*arguments)) == Decimal("62001.5")
