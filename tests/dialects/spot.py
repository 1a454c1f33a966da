"""The spot side of the venue: a book known to the last lot, and clients of the spot API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ccxt

from tests.dialects.desk import Desk, Trader

PAIR = "BTC/USD"
PAIR_ID = "XXBTZUSD"
QUOTE = 20  # dollars from the index to the best price on either side


def urls(desk: Desk) -> dict[str, Any]:
    """What points ccxt's spot class here; nothing else is changed."""
    socket = desk.origin.replace("http", "ws", 1)
    sockets = {
        "public": socket,
        "private": socket,
        "publicV2": f"{socket}/v2",
        "privateV2": f"{socket}/v2",
    }
    return {"api": {"public": desk.origin, "private": desk.origin, "ws": sockets}}


def options(desk: Desk, trader: Trader) -> dict[str, Any]:
    """The constructor's options of any of ccxt's spot classes."""
    names = {"apiKey": trader.key, "secret": trader.secret, "urls": urls(desk)}
    return {**names, "enableRateLimit": False}


def spot_trader(desk: Desk, *permissions: str, **deposits: str) -> Trader:
    """A new account with money in its cash wallet."""
    made = desk.trader(*permissions)
    for asset, amount in deposits.items():
        body = {"account": made.name, "asset": asset, "amount": amount, "wallet": "cash"}
        desk.post("/operator/deposits", body)
    return made


class SpotBook:
    """Quotes of 1 at index ± 20 dollars, and the exchanges that trade against them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.step(1)
        index = desk.index()
        self.bid, self.ask = index - QUOTE, index + QUOTE
        self._exchanges: list[ccxt.kraken] = []
        self.maker = self.trader(USD="5000000", XBT="100")
        self.quote("buy", 1, self.bid)
        self.quote("sell", 1, self.ask)

    def quote(self, side: str, amount: float, price: float) -> Any:
        """One more order of the maker."""
        return self.maker.create_order(PAIR, "limit", side, amount, price)

    def exchange(self, trader: Trader) -> ccxt.kraken:
        """ccxt as anybody would use it, its URLs changed."""
        made = ccxt.kraken(options(self.desk, trader))
        self._exchanges.append(made)
        return made

    def trader(self, **deposits: str) -> ccxt.kraken:
        """An exchange with an account of its own."""
        funds = deposits or {"USD": "100000", "XBT": "1"}
        return self.exchange(spot_trader(self.desk, **funds))

    def clear(self) -> None:
        """Nobody has an order in the book."""
        for exchange in self._exchanges:
            exchange.cancel_all_orders()
            exchange.session.close()


@contextmanager
def known_spot_book(desk: Desk) -> Iterator[SpotBook]:
    """The book for one test."""
    book = SpotBook(desk)
    try:
        yield book
    finally:
        book.clear()
