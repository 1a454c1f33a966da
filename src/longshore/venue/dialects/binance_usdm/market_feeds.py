"""Streams of trades, marks and tickers, and of what liquidations trade."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import groupby
from typing import TYPE_CHECKING

from longshore.engine.codes import Role, Side
from longshore.venue.dialects.binance_usdm.api import mark_text, price_text, size_text
from longshore.venue.dialects.binance_usdm.funding import premium
from longshore.venue.dialects.binance_usdm.ids import event_number
from longshore.venue.dialects.binance_usdm.order_objects import SIDES
from longshore.venue.dialects.binance_usdm.tickers import day_ticker
from longshore.venue.dialects.binance_usdm.values import Json, millis

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.streams import Delivery

MARK_S, MARK_FAST_S = 3.0, 1.0
TICKER_S = 1.0
FORCED = (Role.LIQUIDATION, Role.PARTIAL_LIQUIDATION, Role.COVERED)

Parts = list["Event"]
Tell = Callable[["MarketInfo", Parts, int], Json]
Look = Callable[["Api", "MarketInfo"], Awaitable[Json]]
NAMES = {
    "priceChange": "p",
    "priceChangePercent": "P",
    "weightedAvgPrice": "w",
    "lastPrice": "c",
    "lastQty": "Q",
    "openPrice": "o",
    "highPrice": "h",
    "lowPrice": "l",
    "volume": "v",
    "quoteVolume": "q",
    "openTime": "O",
    "closeTime": "C",
    "firstId": "F",
    "lastId": "L",
    "count": "n",
}
"""A ticker's fields in REST, and on a stream."""
MINI_NAMES = ("c", "o", "h", "l", "v", "q")


class TradeFeed:
    """Matches of markets, as they come."""

    every_s = 0.0

    def __init__(self, markets: list[MarketInfo], tell: Tell, *, together: bool) -> None:
        """`together`: what one order took at one price is one trade."""
        self._markets = {market.market_id: market for market in markets}
        self._tell = tell
        self._together = together

    async def deliver(self, delivery: Delivery) -> list[Json]:
        """The matches of a delivery, oldest first."""
        own = [event for event in delivery.trades if event.market_id in self._markets]
        groups = [list(parts) for _, parts in groupby(own, self._key)]
        told = []
        for parts in groups:
            market = self._markets[parts[0].market_id]
            message = self._tell(market, parts, millis(delivery.time_us))
            told += [message] if message else []
        return told

    def _key(self, event: Event) -> tuple[int, ...]:
        if self._together:
            return (event.seq, event.order_id, event.price_ticks)
        return (event.seq, event.index)

    async def pulse(self) -> list[Json]:
        """Nothing."""
        return []


def trades(api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> TradeFeed:
    """`SYMBOL@trade`."""
    return TradeFeed(markets, _trade, together=False)


def agg_trades(api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> TradeFeed:
    """`SYMBOL@aggTrade`."""
    return TradeFeed(markets, _aggregate, together=True)


def forced(api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> TradeFeed:
    """`SYMBOL@forceOrder`, `!forceOrder@arr`."""
    return TradeFeed(markets, _forced, together=True)


def _trade(market: MarketInfo, parts: Parts, time_ms: int) -> Json:
    (event,) = parts
    return {
        "e": "trade",
        "E": time_ms,
        "T": millis(event.time_us),
        "s": market.symbol,
        "t": event_number(event.seq, event.index),
        "p": price_text(market, event.price_ticks),
        "q": size_text(market, event.qty_lots),
        "X": "MARKET",
        "m": event.side == Side.SELL,
    }


def _aggregate(market: MarketInfo, parts: Parts, time_ms: int) -> Json:
    first, last = parts[0], parts[-1]
    return {
        "e": "aggTrade",
        "E": time_ms,
        "a": event_number(first.seq, first.index),
        "s": market.symbol,
        "p": price_text(market, first.price_ticks),
        "q": size_text(market, sum(part.qty_lots for part in parts)),
        "f": event_number(first.seq, first.index),
        "l": event_number(last.seq, last.index),
        "T": millis(first.time_us),
        "m": first.side == Side.SELL,
    }


def _forced(market: MarketInfo, parts: Parts, time_ms: int) -> Json:
    """Nothing unless a liquidation took."""
    first = parts[0]
    if first.role not in FORCED:
        return {}
    size = size_text(market, sum(part.qty_lots for part in parts))
    price = price_text(market, first.price_ticks)
    order = {
        "s": market.symbol,
        "S": SIDES[first.side],
        "o": "LIMIT",
        "f": "IOC",
        "q": size,
        "p": price,
        "ap": price,
        "X": "FILLED",
        "l": size,
        "z": size,
        "T": millis(first.time_us),
    }
    return {"e": "forceOrder", "E": time_ms, "o": order}


class LookFeed:
    """Something of markets, looked at again and again."""

    def __init__(
        self, api: Api, markets: list[MarketInfo], look: Look, every_s: float, *, whole: bool
    ) -> None:
        """`whole`: all markets in one list."""
        self.every_s = every_s
        self._api = api
        self._markets = markets
        self._look = look
        self._whole = whole

    async def deliver(self, delivery: Delivery) -> list[Json | list[Json]]:
        """Nothing."""
        return []

    async def pulse(self) -> list[Json | list[Json]]:
        """How it stands."""
        told = [await self._look(self._api, market) for market in self._markets]
        return [told] if self._whole else [*told]


def mark(api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> LookFeed:
    """`SYMBOL@markPrice@1s`."""
    every_s = MARK_FAST_S if terms[0] else MARK_S
    return LookFeed(api, markets, _mark, every_s, whole=False)


def all_marks(api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> LookFeed:
    """`!markPrice@arr@1s`."""
    every_s = MARK_FAST_S if terms[0] else MARK_S
    return LookFeed(api, markets, _mark, every_s, whole=True)


async def _mark(api: Api, market: MarketInfo) -> Json:
    told = premium(api, market)
    return {
        "e": "markPriceUpdate",
        "E": told["time"],
        "s": market.symbol,
        "p": mark_text(api.mark(market)),
        "P": told["estimatedSettlePrice"],
        "i": told["indexPrice"],
        "r": told["lastFundingRate"],
        "T": told["nextFundingTime"],
    }


def ticker(api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> LookFeed:
    """`SYMBOL@ticker`."""
    return LookFeed(api, markets, _ticker, TICKER_S, whole=False)


def all_tickers(api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> LookFeed:
    """`!ticker@arr`."""
    return LookFeed(api, markets, _ticker, TICKER_S, whole=True)


def mini_ticker(api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> LookFeed:
    """`SYMBOL@miniTicker`."""
    return LookFeed(api, markets, _mini_ticker, TICKER_S, whole=False)


def all_mini_tickers(api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> LookFeed:
    """`!miniTicker@arr`."""
    return LookFeed(api, markets, _mini_ticker, TICKER_S, whole=True)


async def _ticker(api: Api, market: MarketInfo) -> Json:
    told = await day_ticker(api, market)
    head = {"e": "24hrTicker", "E": told["closeTime"], "s": market.symbol}
    return {**head, **{short: told[name] for name, short in NAMES.items()}}


async def _mini_ticker(api: Api, market: MarketInfo) -> Json:
    told = await _ticker(api, market)
    head = {"e": "24hrMiniTicker", "E": told["E"], "s": market.symbol}
    return {**head, **{name: told[name] for name in MINI_NAMES}}
