"""All that one socket follows, by the names Binance gives streams."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from longshore.venue.dialects.binance_usdm import book_feeds, market_feeds
from longshore.venue.dialects.binance_usdm.errors import ApiError
from longshore.venue.dialects.binance_usdm.kline_feed import KlineFeed
from longshore.venue.dialects.binance_usdm.klines import DAYS_IN, INTERVALS_S
from longshore.venue.dialects.binance_usdm.user_feed import UserFeed
from longshore.venue.dialects.binance_usdm.values import Json

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.streams import Delivery, Subscription

Message = Json | list[Json]


class Feed(Protocol):
    """One stream."""

    every_s: float
    """How often it is asked what it has to tell at intervals; 0: never."""

    async def deliver(self, delivery: Delivery) -> Sequence[Message]:
        """What a delivery has to tell at once."""

    async def pulse(self) -> Sequence[Message]:
        """What is told now that the interval is over."""


Made = tuple[Feed, list["MarketInfo"]]
Make = Callable[["Api", list["MarketInfo"], tuple[str, ...]], Feed]

ONE = r"([a-z0-9_]+)@"
STREAMS: list[tuple[str, Make]] = [
    (ONE + r"aggTrade", market_feeds.agg_trades),
    (ONE + r"trade", market_feeds.trades),
    (ONE + r"depth(?:@(0|100|250|500)ms)?", book_feeds.depth),
    (ONE + r"depth(5|10|20)(?:@(100|250|500)ms)?", book_feeds.partial_depth),
    (ONE + r"bookTicker", book_feeds.best),
    (r"()!bookTicker", book_feeds.best),
    (ONE + r"markPrice(?:@(1s))?", market_feeds.mark),
    (r"()!markPrice@arr(?:@(1s))?", market_feeds.all_marks),
    (ONE + r"ticker", market_feeds.ticker),
    (r"()!ticker@arr", market_feeds.all_tickers),
    (ONE + r"miniTicker", market_feeds.mini_ticker),
    (r"()!miniTicker@arr", market_feeds.all_mini_tickers),
    (ONE + rf"kline_({'|'.join((*INTERVALS_S, *DAYS_IN))})", KlineFeed.make),
    (ONE + r"forceOrder", market_feeds.forced),
    (r"()!forceOrder@arr", market_feeds.forced),
]
"""The first group names the market; none is all of them."""
PATTERNS = [(re.compile(pattern), make) for pattern, make in STREAMS]


class Feeds:
    """What one socket subscribed to, in the order it did."""

    def __init__(self, api: Api, subscription: Subscription) -> None:
        """Nothing yet; `subscription` is told which markets and accounts matter."""
        self._api = api
        self._subscription = subscription
        self._feeds: dict[str, Feed] = {}
        self._markets: dict[str, set[int]] = {}
        self._due_s: dict[str, float] = {}

    @property
    def names(self) -> list[str]:
        """The streams that are followed."""
        return list(self._feeds)

    @property
    def is_over(self) -> bool:
        """Whether a user stream's key is good no more: then the socket is closed."""
        return any(isinstance(feed, UserFeed) and feed.is_over for feed in self._feeds.values())

    def knows(self, name: str) -> bool:
        """Whether there is such a stream."""
        return self._made(name) is not None

    def _made(self, name: str) -> Made | None:
        account_id = self._api.listen_keys.account_id(name)
        if account_id:
            return UserFeed(self._api, account_id, name), []
        for pattern, make in PATTERNS:
            match = pattern.fullmatch(name)
            if match:
                return self._of_market(match.groups(default=""), make)
        return None

    def _of_market(self, groups: tuple[str, ...], make: Make) -> Made | None:
        try:
            markets = self._api.markets(groups[0].upper() or None)
        except ApiError:
            return None
        return make(self._api, markets, groups[1:]), markets

    def join(self, name: str) -> None:
        """Follow a stream; nothing where there is none of this name."""
        made = self._made(name)
        if made is None:
            return
        feed, markets = made
        self._feeds[name] = feed
        self._markets[name] = {market.market_id for market in markets}
        self._due_s[name] = 0.0
        self._listen()

    def leave(self, name: str) -> None:
        """Follow a stream no more."""
        self._feeds.pop(name, None)
        self._markets.pop(name, None)
        self._due_s.pop(name, None)
        self._listen()

    def _listen(self) -> None:
        self._subscription.markets = set().union(*self._markets.values())
        users = [feed for feed in self._feeds.values() if isinstance(feed, UserFeed)]
        self._subscription.accounts = {user.account_id for user in users}

    async def deliver(self, delivery: Delivery) -> list[tuple[str, Message]]:
        """Everything a delivery has to tell at once, by stream."""
        told = []
        for name, feed in self._feeds.items():
            told += [(name, message) for message in await feed.deliver(delivery)]
        return told

    async def pulse(self) -> list[tuple[str, Message]]:
        """What the streams whose interval is over have to tell."""
        told: list[tuple[str, Message]] = []
        now_s = time.monotonic()
        for name, feed in self._feeds.items():
            if feed.every_s and self._due_s[name] <= now_s:
                self._due_s[name] = now_s + feed.every_s
                told += [(name, message) for message in await feed.pulse()]
        return told
