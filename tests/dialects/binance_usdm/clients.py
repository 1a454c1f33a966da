"""A book of Binance's world that a test knows to the last lot, and ccxt's clients of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ccxt

from longshore.testing.clients import usdm_urls
from tests.dialects.desk import Desk, Trader

SYMBOL = "BTCUSDT"
UNIFIED = "BTC/USDT:USDT"
FEE_TAKER, FEE_MAKER = 0.0005, 0.0002
SCENARIO = """
name = "usdm"
rulebook = "binance_usdm"
markets = ["BTCUSDT", "ETHUSDT"]
start = 2026-11-25T12:00:00Z
seed = 7
[feed]
kind = "sim"
"""
"""No agents: the book is what the tests put there, and the clock stands still between steps."""
QUOTE = 20  # dollars from the index to the best price on either side


def options(desk: Desk, trader: Trader) -> dict[str, Any]:
    """The constructor's options of any of ccxt's classes for this venue."""
    keys = {"apiKey": trader.key, "secret": trader.secret}
    return {**keys, "enableRateLimit": False, "urls": usdm_urls(desk.origin)}


def index(desk: Desk) -> int:
    """The index of bitcoin, in whole dollars."""
    told = desk.public("/fapi/v1/premiumIndex", symbol=SYMBOL)
    return int(float(told["indexPrice"]))


class Book:
    """Quotes of 1 at index ± 20 dollars, and the exchanges that trade against them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.step(1)  # clients sort by time: no test shares a moment with the one before
        self.index = index(desk)
        self.bid, self.ask = self.index - QUOTE, self.index + QUOTE
        self._exchanges: list[ccxt.binanceusdm] = []
        self.maker = self.trader(USD="5000000")
        self.quote("buy", 1, self.bid)
        self.quote("sell", 1, self.ask)

    def quote(self, side: str, amount: float, price: float) -> Any:
        """One more order of the maker."""
        return self.maker.create_order(UNIFIED, "limit", side, amount, price)

    def exchange(self, trader: Trader) -> ccxt.binanceusdm:
        """ccxt as anybody would use it, its URLs changed."""
        made = ccxt.binanceusdm(options(self.desk, trader))
        self._exchanges.append(made)
        return made

    def trader(self, **deposits: str) -> ccxt.binanceusdm:
        """An exchange with an account of its own."""
        return self.exchange(self.desk.trader(**(deposits or {"USD": "100000"})))

    def clear(self) -> None:
        """Nobody has an order in the book."""
        for exchange in self._exchanges:
            exchange.cancel_all_orders(UNIFIED)
            exchange.cancel_all_orders(UNIFIED, {"trigger": True})
            exchange.session.close()


@contextmanager
def known_book(desk: Desk) -> Iterator[Book]:
    """The book for one test."""
    book = Book(desk)
    try:
        yield book
    finally:
        book.clear()
