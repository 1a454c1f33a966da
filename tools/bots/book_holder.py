"""Holds order books with nautilus_trader and says what became of them. Runs in its environment.

    python book_holder.py SETTINGS

Of its settings `url` and `token` are the venue's, `books` are instruments and the venue's own names
of them, `seconds` is how long, and `result` the file that tells the end. nautilus_trader numbers
the changes of a connection; none may be missing. Every few seconds each book is laid beside the
venue's own, asked for over the native API: the answer must be a state that the book passed through
around that moment. A state that the venue told in one message with the next is asked for again.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nautilus_trader.adapters.kraken import (
    KRAKEN,
    KrakenDataClientConfig,
    KrakenLiveDataClientFactory,
)
from nautilus_trader.config import InstrumentProviderConfig, LoggingConfig, TradingNodeConfig
from nautilus_trader.core.nautilus_pyo3 import KrakenProductType
from nautilus_trader.live.node import TradingNode
from nautilus_trader.model.book import OrderBook
from nautilus_trader.model.data import OrderBookDeltas
from nautilus_trader.model.enums import BookAction, BookType
from nautilus_trader.model.identifiers import InstrumentId, TraderId
from nautilus_trader.trading.strategy import Strategy

DEPTH = 500
ASKED = 200  # levels a side; no book here has as many
WARM_UP_S = 10
EVERY_S = 5.0
BEFORE_S = 0.3  # from here on states are kept
AFTER_S = 0.7  # how long a message may take that the venue's answer knows already
TRIES = 10
DECIMALS = 10  # floats of both sides are compared to so many

Side = tuple[tuple[float, float], ...]
State = tuple[Side, Side]


class Held:
    """What is known of one book."""

    def __init__(self) -> None:
        self.messages = self.changes = self.snapshots = 0
        self.quietest_s = 0.0
        self.compared = self.equal = self.asked = 0
        self.levels_most = 0
        self.worst: dict[str, Any] = {}
        self._last = time.monotonic()
        self.states: list[State] | None = None

    def take(self, deltas: OrderBookDeltas, book: OrderBook) -> None:
        """One message's changes, after they went into the book."""
        self.messages += 1
        self.changes += len(deltas.deltas)
        self.snapshots += deltas.deltas[0].action == BookAction.CLEAR
        now = time.monotonic()
        self.quietest_s = max(self.quietest_s, now - self._last)
        self._last = now
        if self.states is not None:
            self.states.append(state_of(book))

    def told(self) -> dict[str, Any]:
        """All of it, for the file."""
        return {
            name: value for name, value in vars(self).items() if name not in {"_last", "states"}
        }


def state_of(book: OrderBook) -> State:
    """Both sides, best first, as prices and sizes."""
    bids, asks = (
        tuple((rounded(level.price), rounded(level.size())) for level in side)
        for side in (book.bids(), book.asks())
    )
    return bids, asks


def rounded(number: Any) -> float:
    return round(float(number), DECIMALS)


class Holder(Strategy):
    """Follows the books and counts the connection's changes."""

    def __init__(self, books: dict[str, str]) -> None:
        super().__init__()
        self.names = {InstrumentId.from_str(name): symbol for name, symbol in books.items()}
        self.held = {each: Held() for each in self.names}
        self.numbers: dict[bool, list[int]] = {True: [], False: []}

    def on_start(self) -> None:
        """Ask for every book."""
        for each in self.held:
            self.subscribe_order_book_deltas(each, BookType.L2_MBP, depth=DEPTH)

    def on_stop(self) -> None:
        """Let them go."""
        for each in self.held:
            self.unsubscribe_order_book_deltas(each)

    def on_order_book_deltas(self, deltas: OrderBookDeltas) -> None:
        """A message of one book; spot and futures have a connection each."""
        of_spot = "/" in deltas.instrument_id.symbol.value
        self.numbers[of_spot] += [delta.sequence for delta in deltas.deltas]
        self.held[deltas.instrument_id].take(deltas, self.cache.order_book(deltas.instrument_id))

    def missing(self) -> int:
        """Numbers that neither connection delivered."""
        return sum(max(got) - min(got) + 1 - len(set(got)) for got in self.numbers.values() if got)


class Beside:
    """Lays books beside the venue's."""

    def __init__(self, holder: Holder, settings: dict[str, Any]) -> None:
        self._holder, self._settings = holder, settings

    async def compare_all(self) -> None:
        """Every book once."""
        for name in self._holder.names:
            held = self._holder.held[name]
            held.compared += 1
            for _ in range(TRIES):
                held.asked += 1
                if await self._is_equal(name):
                    held.equal += 1
                    break

    async def _is_equal(self, name: InstrumentId) -> bool:
        held, book = self._holder.held[name], self._holder.cache.order_book(name)
        held.states = [state_of(book)]
        await asyncio.sleep(BEFORE_S)
        theirs = await asyncio.to_thread(self._ask, self._holder.names[name])
        await asyncio.sleep(AFTER_S)
        passed, held.states = held.states, None
        held.levels_most = max(held.levels_most, len(theirs[0]) + len(theirs[1]))
        if theirs in passed:
            return True
        held.worst = {"at": time.time(), "venue": theirs, "client": passed[-1]}
        return False

    def _ask(self, symbol: str) -> State:
        url = f"{self._settings['url']}/api/v1/markets/{quote(symbol, safe='')}/book?depth={ASKED}"
        headers = {"Authorization": f"Bearer {self._settings['token']}"}
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own venue
        with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310
            told = json.load(reply)
        bids, asks = (
            tuple((rounded(price), rounded(size)) for price, size, _ in told[side])
            for side in ("bids", "asks")
        )
        return bids, asks


async def hold(node: TradingNode, holder: Holder, settings: dict[str, Any]) -> None:
    """Compare until the time is over, write what was found, and end the node."""
    beside = Beside(holder, settings)
    began = time.monotonic()
    try:
        await asyncio.sleep(WARM_UP_S)
        while time.monotonic() - began < settings["seconds"]:
            await beside.compare_all()
            await asyncio.sleep(EVERY_S)
        found = {
            "seconds": round(time.monotonic() - began),
            "missing": holder.missing(),
            "books": {str(name): held.told() for name, held in holder.held.items()},
        }
        await asyncio.to_thread(Path(settings["result"]).write_text, json.dumps(found))
    finally:
        node.stop()


def main(settings: dict[str, Any]) -> None:
    """A node with one data client of Kraken, all its addresses the venue's."""
    url = settings["url"]
    socket = url.replace("http", "ws", 1)
    kraken = KrakenDataClientConfig(
        product_types=(KrakenProductType.SPOT, KrakenProductType.FUTURES),
        base_url_http_spot=url,
        base_url_http_futures=url,
        base_url_ws_spot=f"{socket}/v2",
        base_url_ws_futures=f"{socket}/ws/v1",
        instrument_provider=InstrumentProviderConfig(load_all=True),
    )
    config = TradingNodeConfig(
        trader_id=TraderId("HOLDER-001"),
        logging=LoggingConfig(log_level="INFO", log_colors=False),
        data_clients={KRAKEN: kraken},
    )
    node = TradingNode(config=config)
    holder = Holder(settings["books"])
    node.trader.add_strategy(holder)
    node.add_data_client_factory(KRAKEN, KrakenLiveDataClientFactory)
    node.build()
    task = node.get_event_loop().create_task(hold(node, holder, settings))
    try:
        node.run()
    finally:
        node.dispose()
    if not task.cancelled() and (error := task.exception()):
        raise error


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()))
