"""Streams: each subscriber has bounded boxes, so that a slow socket hurts itself only.

Book levels and prices coalesce to the latest. Public trades keep the newest. Private events are
never dropped: when they do not fit, the subscription says so and its socket is closed by name.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable

import msgspec

from longshore.engine.events import EventKind
from longshore.engine.rows import Event

LEVELS_MAX = 4_000
TRADES_MAX = 500
PRIVATE_MAX = 2_000
OVERFLOW_CODE = 4008
OVERFLOW_REASON = "SLOW_CONSUMER"
REMOVED_CODE = 1008  # against the venue's policy
REMOVED_REASON = "KEY_REMOVED"

_PRICES = frozenset(
    (
        EventKind.INDEX_PUBLISHED,
        EventKind.MARK_CHANGED,
        EventKind.FUNDING_SET,
        EventKind.MARKET_STATE_SET,
    )
)
_TOLD_TO_ALL = frozenset(
    (EventKind.TERMS_ANNOUNCED, EventKind.TERMS_CHANGED, EventKind.TERMS_DROPPED)
)
_PUBLIC = _PRICES | {EventKind.BOOK_CHANGED, EventKind.FILLED}


class Delivery(msgspec.Struct):
    """All that came since the last one, up to and with `seq`."""

    seq: int
    time_us: int
    levels: list[Event]  # BOOK_CHANGED, the latest per market, side and price
    prices: list[Event]  # INDEX_PUBLISHED, MARK_CHANGED, FUNDING_SET, MARKET_STATE_SET, the latest
    trades: list[Event]  # FILLED, oldest first
    private: list[Event]  # every other event of the accounts asked for, and changes of terms
    stale_books: frozenset[int]  # markets whose book must be read again: too many levels changed


class Subscription:
    """One subscriber's boxes. `markets` and `accounts` may be changed at any time."""

    def __init__(self, markets: Iterable[int] = (), accounts: Iterable[int] = ()) -> None:
        """Listens to public events of markets and private ones of accounts."""
        self.markets = set(markets)
        self.accounts = set(accounts)
        self._levels: dict[tuple[int, int, int], Event] = {}
        self._prices: dict[tuple[int, int, int], Event] = {}
        self._trades: deque[Event] = deque(maxlen=TRADES_MAX)
        self._private: list[Event] = []
        self._stale: set[int] = set()
        self._seq = 0
        self._time_us = 0
        self._ready = asyncio.Event()
        self.fell_behind = asyncio.Event()
        """Private events did not fit: the socket is closed with OVERFLOW_CODE."""

    def put(self, events: list[Event], seq: int, time_us: int) -> None:
        """Take one committed batch. Never waits."""
        for event in events:
            if event.kind in _PUBLIC:
                self._put_public(event)
            elif event.kind in _TOLD_TO_ALL:
                if event.market_id in self.markets:
                    self._put_private(event)
            elif event.account_id in self.accounts or event.other_account_id in self.accounts:
                self._put_private(event)
        self._seq = seq
        self._time_us = time_us
        self._ready.set()

    def _put_public(self, event: Event) -> None:
        if event.kind == EventKind.INDEX_PUBLISHED:
            self._prices[event.kind, 0, event.asset_id] = event
        elif event.market_id not in self.markets:
            return
        elif event.kind == EventKind.FILLED:
            self._trades.append(event)
        elif event.kind == EventKind.BOOK_CHANGED:
            self._put_level(event)
        else:
            self._prices[event.kind, event.market_id, 0] = event

    def _put_level(self, event: Event) -> None:
        if len(self._levels) >= LEVELS_MAX:
            self._stale.update(key[0] for key in self._levels)
            self._levels.clear()
        self._levels[event.market_id, event.side, event.price_ticks] = event

    def _put_private(self, event: Event) -> None:
        if len(self._private) >= PRIVATE_MAX:
            self.fell_behind.set()
        else:
            self._private.append(event)

    async def take(self) -> Delivery:
        """Wait for something new and empty the boxes."""
        await self._ready.wait()
        self._ready.clear()
        delivery = Delivery(
            seq=self._seq,
            time_us=self._time_us,
            levels=list(self._levels.values()),
            prices=list(self._prices.values()),
            trades=list(self._trades),
            private=self._private,
            stale_books=frozenset(self._stale),
        )
        self._empty()
        return delivery

    def _empty(self) -> None:
        self._levels.clear()
        self._prices.clear()
        self._trades.clear()
        self._stale.clear()
        self._private = []


class Hub:
    """All subscriptions of a venue."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._subscriptions: set[Subscription] = set()

    def subscribe(self, markets: Iterable[int] = (), accounts: Iterable[int] = ()) -> Subscription:
        """Start listening; events committed from now on arrive. End with `unsubscribe`."""
        subscription = Subscription(markets, accounts)
        self._subscriptions.add(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """Stop listening."""
        self._subscriptions.discard(subscription)

    def publish(self, events: list[Event], seq: int, time_us: int) -> None:
        """Hand one committed batch to everybody."""
        for subscription in self._subscriptions:
            subscription.put(events, seq, time_us)

    @property
    def count(self) -> int:
        """How many listen."""
        return len(self._subscriptions)
