"""A book that a test knows to the last lot: one maker quoting around the index, and traders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ccxt

from tests.dialects.desk import UNIFIED, Desk, Trader

QUOTE = 20  # dollars from the index to the best price on either side


class Book:
    """Quotes of 1 at index ± 20 dollars, and the exchanges that trade against them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.step(1)  # clients sort by time: no test shares a moment with the one before
        self.index = desk.index()
        self.bid, self.ask = self.index - QUOTE, self.index + QUOTE
        self.maker = self.exchange(desk.trader(USD="5000000"))
        self._exchanges = [self.maker]
        self.quote("buy", 1, self.bid)
        self.quote("sell", 1, self.ask)

    def quote(self, side: str, amount: float, price: float) -> Any:
        """One more order of the maker."""
        return self.maker.create_order(UNIFIED, "limit", side, amount, price)

    def exchange(self, trader: Trader) -> ccxt.krakenfutures:
        """ccxt as anybody would use it, its URLs changed."""
        return ccxt.krakenfutures(self.desk.ccxt_options(trader))

    def trader(self, **deposits: str) -> ccxt.krakenfutures:
        """An exchange with an account of its own."""
        made = self.exchange(self.desk.trader(**(deposits or {"USD": "100000"})))
        self._exchanges.append(made)
        return made

    def clear(self) -> None:
        """Nobody has an order in the book."""
        for exchange in self._exchanges:
            exchange.cancel_all_orders()
            exchange.session.close()


@contextmanager
def known_book(desk: Desk) -> Iterator[Book]:
    """The book for one test."""
    book = Book(desk)
    try:
        yield book
    finally:
        book.clear()
