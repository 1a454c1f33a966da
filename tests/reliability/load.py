"""Several clients that trade at once until the venue is gone, and remember every reply."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from tests.reliability.process import Client, Served

SYMBOL = "PF_XBTUSD"
PRICE_FROM = 1_000  # far below the market: the order of number n rests at 1,000 + n dollars
TRADES_EVERY, CANCELS_EVERY = 8, 6
DEPOSIT_USD = "100000000"


@dataclass
class Trader:
    """An account, its key, and all it knows about its own orders."""

    name: str
    key: str
    secret: str
    asked: dict[int, dict[str, str]] = field(default_factory=dict)
    """What was sent, by number."""
    placed: dict[int, dict[str, Any]] = field(default_factory=dict)
    """The `sendStatus` of each order whose placement was acknowledged."""
    refused: set[int] = field(default_factory=set)
    cancelled: set[str] = field(default_factory=set)
    """Order ids whose end was acknowledged."""
    in_doubt: set[str] = field(default_factory=set)
    """Order ids whose cancel was sent, and never answered."""

    @property
    def unanswered(self) -> list[int]:
        """Orders that were sent, and that nobody knows the fate of."""
        return [n for n in self.asked if n not in self.placed and n not in self.refused]


def open_traders(venue: Served, count: int) -> list[Trader]:
    """Accounts with plenty of practice money, each with a key."""
    traders = []
    for number in range(count):
        name = f"trader-{number}"
        body = {"name": name, "deposits": {"USD": DEPOSIT_USD}}
        venue.operate("POST", "/operator/accounts", body)
        asked = {"account": name, "permissions": ["read", "trade"]}
        made = venue.operate("POST", "/operator/keys", asked)
        traders.append(Trader(name, made["key"], made["secret"]))
    return traders


def order_of(number: int) -> dict[str, str]:
    """The order of a number: its price or its client id is used by no other.

    One of eight takes what the makers show; every second one has a client id.
    """
    order = {"symbol": SYMBOL, "side": "buy", "size": f"0.{1 + number % 50:04}"}
    if number % TRADES_EVERY == 0:
        order |= {"orderType": "mkt", "side": ("buy", "sell")[number // TRADES_EVERY % 2]}
    else:
        order |= {"orderType": "lmt", "limitPrice": str(PRICE_FROM + number)}
    if number % 2 == 0:
        order["cliOrdId"] = f"order {number} & so on"
    return order


class Load:
    """All traders, each on a thread and a connection of its own."""

    def __init__(self, traders: list[Trader]) -> None:
        self.traders = traders
        self._numbers = itertools.count(1)
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def acknowledged(self) -> int:
        """How many placements were answered."""
        return sum(len(trader.placed) for trader in self.traders)

    @property
    def running(self) -> bool:
        """Whether anybody still trades."""
        return any(thread.is_alive() for thread in self._threads)

    @property
    def replies(self) -> list[dict[str, Any]]:
        """The `sendStatus` of every acknowledged order."""
        return [told for trader in self.traders for told in trader.placed.values()]

    def start(self, venue: Served) -> None:
        """Trade until the venue goes, or `stop`."""
        self._stopping.clear()
        self._threads = [
            threading.Thread(target=self._trade, args=(trader, Client.of(venue, trader)))
            for trader in self.traders
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let every client come to an end."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _trade(self, trader: Trader, client: Client) -> None:
        try:
            while not self._stopping.is_set():
                self._place(trader, client)
                if len(trader.placed) % CANCELS_EVERY == 0:
                    self._cancel_newest(trader, client)
        except (OSError, HTTPException):
            return
        finally:
            client.close()

    def _place(self, trader: Trader, client: Client) -> None:
        number = next(self._numbers)
        trader.asked[number] = order_of(number)
        told = client.post("sendorder", **trader.asked[number])["sendStatus"]
        if told["status"] == "placed":
            trader.placed[number] = told
        else:
            trader.refused.add(number)

    def _cancel_newest(self, trader: Trader, client: Client) -> None:
        order_id = list(trader.placed.values())[-1]["order_id"] if trader.placed else ""
        if not order_id or order_id in trader.cancelled:
            return
        trader.in_doubt.add(order_id)
        told = client.post("cancelorder", order_id=order_id)["cancelStatus"]
        trader.in_doubt.discard(order_id)
        if told["status"] == "cancelled":
            trader.cancelled.add(order_id)
