"""All that one socket follows: which feeds, of which markets, of which account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from longshore.venue.dialects.kraken_futures.candle_feed import CandleFeed
from longshore.venue.dialects.kraken_futures.notices import NotificationFeed
from longshore.venue.dialects.kraken_futures.order_feed import OrderFeed
from longshore.venue.dialects.kraken_futures.private_feeds import (
    BalanceFeed,
    FillFeed,
    LogFeed,
    PositionFeed,
)
from longshore.venue.dialects.kraken_futures.public_feeds import BookFeed, TradeFeed
from longshore.venue.dialects.kraken_futures.ticker_feed import lite_message, ticker_message
from longshore.venue.dialects.kraken_futures.values import Json, millis
from longshore.venue.dialects.kraken_futures.words import CANDLE_FEEDS

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.streams import Delivery, Subscription

TICKERS = {"ticker": ticker_message, "ticker_lite": lite_message}


class PrivateFeed(Protocol):
    """An account's feed: everything at first, then what changed."""

    async def snapshot(self) -> list[Json]:
        """Everything now."""

    async def messages(self, events: list[Event]) -> list[Json]:
        """What the account's events have to tell."""


class Feeds:
    """What one socket subscribed to."""

    def __init__(self, api: Api, subscription: Subscription) -> None:
        """Nothing yet; `subscription` is told which markets and account matter."""
        self.heartbeat = False
        self._api = api
        self._subscription = subscription
        self._books: dict[int, BookFeed] = {}
        self._trades: dict[int, TradeFeed] = {}
        self._tickers: dict[tuple[str, int], MarketInfo] = {}
        self._candles: dict[tuple[str, int], CandleFeed] = {}
        self._private: dict[str, tuple[int, PrivateFeed]] = {}

    def follows(self, feed: str, market: MarketInfo) -> bool:
        """Whether a public feed of a market is followed."""
        if feed == "book":
            return market.market_id in self._books
        if feed == "trade":
            return market.market_id in self._trades
        return (feed, market.market_id) in {*self._tickers, *self._candles}

    async def join(self, feed: str, market: MarketInfo) -> list[Json]:
        """Follow a public feed; its snapshot."""
        if feed in TICKERS:
            self._tickers[feed, market.market_id] = market
            return [TICKERS[feed](self._api, market)]
        self._subscription.markets.add(market.market_id)
        if feed in CANDLE_FEEDS:
            made = self._candles[feed, market.market_id] = CandleFeed(self._api, feed, market)
            return await made.snapshot()
        if feed == "book":
            book = self._books[market.market_id] = BookFeed(self._api, market)
            return [book.snapshot()]
        trades = self._trades[market.market_id] = TradeFeed(self._api, market)
        return [await trades.snapshot()]

    def leave(self, feed: str, market: MarketInfo) -> None:
        """Follow a public feed no more."""
        if feed == "book":
            self._books.pop(market.market_id, None)
        elif feed == "trade":
            self._trades.pop(market.market_id, None)
        else:
            self._tickers.pop((feed, market.market_id), None)
            self._candles.pop((feed, market.market_id), None)
        candles = (market_id for _, market_id in self._candles)
        self._subscription.markets = {*self._books, *self._trades, *candles}

    def follows_private(self, feed: str) -> bool:
        """Whether an account's feed is followed."""
        return feed in self._private

    async def join_private(self, feed: str, account_id: int) -> list[Json]:
        """Follow an account's feed; its snapshot."""
        made = _private_feed(self._api, feed, account_id)
        self._private[feed] = (account_id, made)
        self._listen_to_accounts()
        return await made.snapshot()

    def leave_private(self, feed: str) -> None:
        """Follow an account's feed no more."""
        self._private.pop(feed, None)
        self._listen_to_accounts()

    def _listen_to_accounts(self) -> None:
        self._subscription.accounts = {account_id for account_id, _ in self._private.values()}

    async def deliver(self, delivery: Delivery) -> list[Json]:
        """Everything a delivery has to tell on this socket."""
        told = self._book_messages(delivery)
        for trades in self._trades.values():
            told += trades.messages(delivery.trades)
        for candles in self._candles.values():
            candles.heed(delivery.trades)
        for account_id, feed in self._private.values():
            own = [event for event in delivery.private if _concerns(event, account_id)]
            if own:
                told += await feed.messages(own)
        return told

    def _book_messages(self, delivery: Delivery) -> list[Json]:
        books = self._books
        stale = [books[each].snapshot() for each in delivery.stale_books if each in books]
        levels = [event for event in delivery.levels if event.market_id in books]
        return stale + [books[event.market_id].message(event) for event in levels]

    async def pulse(self) -> list[Json]:
        """Tickers, candles, positions while there are any, and the heartbeat."""
        told = [TICKERS[feed](self._api, market) for (feed, _), market in self._tickers.items()]
        for candles in self._candles.values():
            told += await candles.pulse()
        for _, feed in self._private.values():
            if isinstance(feed, PositionFeed | NotificationFeed):
                told += await feed.pulse()
        if self.heartbeat:
            told.append({"feed": "heartbeat", "time": millis(self._api.venue.now_us)})
        return told


def _private_feed(api: Api, feed: str, account_id: int) -> PrivateFeed:
    made: dict[str, PrivateFeed] = {
        "fills": FillFeed(api, account_id),
        "open_orders": OrderFeed(api, account_id, verbose=False),
        "open_orders_verbose": OrderFeed(api, account_id, verbose=True),
        "open_positions": PositionFeed(api, account_id),
        "balances": BalanceFeed(api, account_id),
        "account_log": LogFeed(api, account_id),
        "notifications_auth": NotificationFeed(api),
    }
    return made[feed]


def _concerns(event: Event, account_id: int) -> bool:
    return account_id in (event.account_id, event.other_account_id)
