"""A venue watched in a process of its own: `python -m longshore.world.live.watch WISH`.

It says on stdout, a line of JSON each, what `quotes` describes, and ends when its stdin is closed.
Apart from the venue it serves, because a venue may tell thousands of things a second and ccxt reads
each of them, and because of what is heard only the newest is wanted, once an interval.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any

import msgspec

from longshore.world.live.quotes import Failed, Lost, Quote, Ready, Said, Wish
from longshore.world.live.venues import addresses

NS_PER_MS = 1_000_000
MS_PER_S = 1_000
MOST = Decimal(10) ** 12
Say = Callable[[Said], None]


class UnknownError(Exception):
    """The venue has no such market."""


class QuietError(Exception):
    """Nothing new was told for too long."""


class Heard:
    """What is known of one symbol."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.index: Decimal | None = None
        self.at_ns = 0
        self.told_ns = 0
        self.stamp: object = None
        self.book: Any = None

    def hear(self, ticker: dict[str, Any]) -> None:
        """Take an index price; one whose stamp is the last one's is the last one again."""
        price = index_of(ticker)
        stamp = ticker.get("timestamp") or (ticker.get("info") or {}).get("time")
        if price is None or (stamp is not None and stamp == self.stamp):
            return
        self.index, self.stamp, self.at_ns = price, stamp, time.monotonic_ns()

    def levels(self, side: str, count: int, contract: Decimal) -> list[tuple[Decimal, Decimal]]:
        """The best levels of a side, sizes in the base; none of a book that is crossed."""
        book = self.book
        if book is None or not book["bids"] or not book["asks"]:
            return []
        if book["bids"][0][0] >= book["asks"][0][0]:
            return []
        rows = ((sane(row[0]), sane(row[1])) for row in book[side][:count])
        return [(price, size * contract) for price, size in rows if price and size]


def index_of(ticker: dict[str, Any]) -> Decimal | None:
    """The index of a ccxt ticker, where the venue tells it; what is no price is none.

    One venue's is called an oracle price, which ccxt leaves where it was.
    """
    return sane(ticker.get("indexPrice") or (ticker.get("info") or {}).get("oraclePx"))


def sane(told: object) -> Decimal | None:
    """A price or size as the shortest decimal that reads as it, which is what was published.

    None where it is no number, not above zero, or beyond what any market has.
    """
    try:
        number = Decimal(str(told))
    except ArithmeticError:
        return None
    return number if number.is_finite() and 0 < number < MOST else None


class Session:
    """One connection, from its first request to its first error."""

    def __init__(self, exchange: Any, wish: Wish, heard: dict[str, Heard]) -> None:
        """`heard` outlives it, but for the books."""
        self._exchange = exchange
        self._wish = wish
        self._heard = heard
        self._contracts: dict[str, Decimal] = {}
        self.is_ready = False
        """Every symbol has been heard of on it."""

    async def run(self, say: Say) -> None:
        """Say what is heard until something fails, which is raised."""
        await self._exchange.load_markets()
        for symbol, unified in self._wish.symbols.items():
            market = self._exchange.markets.get(unified)
            if market is None:
                raise UnknownError(f"it has no market {unified} for {symbol}")
            self._contracts[symbol] = sane(market.get("contractSize")) or Decimal(1)
            self._heard[symbol].book = None
        try:
            async with asyncio.TaskGroup() as group:
                for symbol, unified in self._wish.symbols.items():
                    group.create_task(self._watch_index(symbol, unified))
                    group.create_task(self._watch_book(symbol, unified))
                group.create_task(self._tell(say))
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from errors

    async def _watch_index(self, symbol: str, unified: str) -> None:
        watch = getattr(self._exchange, self._wish.watch)
        while True:
            self._heard[symbol].hear(await watch(unified))

    async def _watch_book(self, symbol: str, unified: str) -> None:
        while True:
            self._heard[symbol].book = await self._exchange.watch_order_book(unified)

    async def _tell(self, say: Say) -> None:
        """Once an interval what is new; QuietError when a symbol has had nothing new for long."""
        begun_ns = time.monotonic_ns()
        while True:
            await asyncio.sleep(self._wish.interval_ms / MS_PER_S)
            self._check_quiet(begun_ns)
            if all(heard.at_ns > begun_ns for heard in self._heard.values()) and not self.is_ready:
                self.is_ready = True
                say(Ready())
            if self.is_ready:
                self._tell_new(say)

    def _check_quiet(self, begun_ns: int) -> None:
        for symbol, heard in self._heard.items():
            quiet_ns = time.monotonic_ns() - max(begun_ns, heard.at_ns)
            if quiet_ns > self._wish.quiet_ms * NS_PER_MS:
                raise QuietError(f"no new price of {symbol} for {quiet_ns // 10**9} s")

    def _tell_new(self, say: Say) -> None:
        for symbol, heard in self._heard.items():
            if heard.at_ns > heard.told_ns and heard.index is not None:
                heard.told_ns = heard.at_ns
                count, contract = self._wish.levels, self._contracts[symbol]
                bids, asks = (heard.levels(side, count, contract) for side in ("bids", "asks"))
                say(Quote(symbol, heard.at_ns, heard.index, bids, asks))


async def watch(wish: Wish, connect: Callable[[], Any], say: Say) -> None:
    """Say what is heard of a venue, connecting again after every error; see `Wish.patient`."""
    heard = {symbol: Heard() for symbol in wish.symbols}
    has_been_ready, tries = False, 0
    while True:
        exchange = connect()
        session = Session(exchange, wish, heard)
        try:
            await session.run(say)
        except Exception as error:  # noqa: BLE001 - whatever a venue sends, it is watched on
            has_been_ready = has_been_ready or session.is_ready
            if not (has_been_ready or wish.patient):
                say(Failed(reason(error)))
                return
            say(Lost("stale" if isinstance(error, QuietError) else "reconnecting", reason(error)))
        finally:
            await exchange.close()
        tries = 0 if session.is_ready else tries + 1
        wait_ms = min(wish.retry_most_ms, wish.retry_ms << min(tries, 16))
        await asyncio.sleep(wait_ms / MS_PER_S)


def reason(error: Exception) -> str:
    """An error in one line."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}"[:300] if words else type(error).__name__


def connector(wish: Wish) -> Callable[[], Any]:
    """What makes a ccxt.pro client for the wish. ImportError: there is no ccxt."""
    client = getattr(import_module("ccxt.pro"), wish.client)
    config: dict[str, object] = {"aiohttp_trust_env": True, "newUpdates": True}
    if wish.url:
        config |= {"urls": addresses(wish.url), "enableRateLimit": False}
    return lambda: client(config)


def end_with_parent() -> None:
    """The other end of stdin is the parent's, which never writes."""
    sys.stdin.buffer.read()
    os._exit(0)


def say_line(said: Said) -> None:
    """One line on stdout."""
    sys.stdout.buffer.write(msgspec.json.encode(said) + b"\n")
    sys.stdout.buffer.flush()


def main(text: str) -> None:
    """Watch until stdin is closed."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    wish = msgspec.json.decode(text, type=Wish)
    try:
        connect = connector(wish)
    except ImportError as error:
        say_line(Failed(f"following a venue needs ccxt: pip install ccxt ({error})"))
        return
    asyncio.run(watch(wish, connect, say_line))


if __name__ == "__main__":
    main(*sys.argv[1:])
