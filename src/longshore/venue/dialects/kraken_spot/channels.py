"""The public channels of sockets v2: a snapshot, then what changed, from a stream's deliveries."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

import msgspec

from longshore.engine.codes import Side
from longshore.engine.events import EventKind
from longshore.venue.dialects.kraken_spot.api import price_decimals
from longshore.venue.dialects.kraken_spot.assets import status_of
from longshore.venue.dialects.kraken_spot.book_copy import BookCopy, Change, Levels
from longshore.venue.dialects.kraken_spot.charts import CANDLES_MAX, MINUTE_S
from longshore.venue.dialects.kraken_spot.checksum import TextLevel
from longshore.venue.dialects.kraken_spot.ids import trade_number
from longshore.venue.dialects.kraken_spot.names import pair_symbol
from longshore.venue.dialects.kraken_spot.order_objects import SIDES
from longshore.venue.dialects.kraken_spot.tickers import best, vwap
from longshore.venue.dialects.kraken_spot.values import (
    US_PER_SECOND,
    Json,
    fixed,
    iso,
    number,
    places,
)
from longshore.venue.history import CandleKind, Span

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.rulebooks import AssetInfo, MarketInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.projections.records import Candle, Execution
    from longshore.venue.streams import Delivery

SNAPSHOT_TRADES = 50
VWAP_STEP = Decimal("0.00001")
PERCENT_STEP = Decimal("0.01")
NANOSECONDS = "000Z"


class Channel(Protocol):
    """What one socket follows: everything at first, then what changed."""

    async def snapshot(self) -> list[Json]:
        """Messages with everything now."""

    async def messages(self, delivery: Delivery) -> list[Json]:
        """What a delivery has to tell."""


def message(channel: str, kind: str, data: list[Json]) -> Json:
    """A message of a channel; `kind` is snapshot or update."""
    return {"channel": channel, "type": kind, "data": data}


class BookChannel:
    """`book`: levels and the checksum of what the client has of them."""

    def __init__(self, api: Api, market: MarketInfo, depth: int) -> None:
        """Nothing is sent before `snapshot`."""
        self._api = api
        self._market = market
        self._copy = BookCopy(api, market, depth, level_text)

    async def snapshot(self) -> list[Json]:
        """The best levels as they stand."""
        return [self._message("snapshot", self._copy.read())]

    async def messages(self, delivery: Delivery) -> list[Json]:
        """What changed of them; all of them where too much has."""
        if self._market.market_id in delivery.stale_books:
            return await self.snapshot()
        mine = [each for each in delivery.levels if each.market_id == self._market.market_id]
        change = self._copy.follow(mine)
        return [] if change.is_empty else [self._message("update", change)]

    def _message(self, kind: str, change: Change) -> Json:
        told = {
            "symbol": pair_symbol(self._market),
            "bids": self._levels(change.bids),
            "asks": self._levels(change.asks),
            "checksum": self._copy.checksum,
            "timestamp": iso(self._api.venue.now_us),
        }
        return message("book", kind, [told])

    def _levels(self, levels: Levels) -> list[Json]:
        market = self._market
        return [
            {"price": number(market.price(ticks)), "qty": number(market.size(lots))}
            for ticks, lots in levels
        ]


def level_text(market: MarketInfo, ticks: int, lots: int) -> TextLevel:
    """With the decimals that `instrument` gives the pair."""
    price = fixed(market.price(ticks), price_decimals(market))
    return price, fixed(market.size(lots), places(market.lot_size))


class TradeChannel:
    """`trade`: matches as the public sees them."""

    def __init__(self, api: Api, market: MarketInfo) -> None:
        """Matches of one pair."""
        self._api = api
        self._market = market

    async def snapshot(self) -> list[Json]:
        """The newest matches, oldest first."""
        read = self._api.venue.history.executions
        found = await read(self._market.market_id, Span(limit=SNAPSHOT_TRADES))
        told = [self._trade(trade) for trade in reversed(found)]
        return [message("trade", "snapshot", told)] if told else []

    async def messages(self, delivery: Delivery) -> list[Json]:
        """New matches."""
        mine = [each for each in delivery.trades if each.market_id == self._market.market_id]
        return [message("trade", "update", [self._trade(each) for each in mine])] if mine else []

    def _trade(self, trade: Event | Execution) -> Json:
        """The public record does not say which type of order took: all are told as market."""
        market = self._market
        return {
            "symbol": pair_symbol(market),
            "side": SIDES[trade.side],
            "price": number(market.price(trade.price_ticks)),
            "qty": number(market.size(trade.qty_lots)),
            "ord_type": "market",
            "trade_id": trade_number(trade.seq, trade.index),
            "timestamp": iso(trade.time_us),
        }


class TickerChannel:
    """`ticker`: a pair now and over 24 hours, after each trade or change of the best prices."""

    def __init__(self, api: Api, market: MarketInfo, trigger: str) -> None:
        """`trigger` is `trades` or `bbo`."""
        self._api = api
        self._market = market
        self._by_quotes = trigger == "bbo"
        self._quotes = self._best()

    def _best(self) -> list[tuple[Decimal, Decimal]]:
        return [best(self._api, self._market, side) for side in (Side.BUY, Side.SELL)]

    async def snapshot(self) -> list[Json]:
        """The pair as it stands."""
        return [message("ticker", "snapshot", [self._ticker()])]

    async def messages(self, delivery: Delivery) -> list[Json]:
        """The pair, when what it waits for has come."""
        if self._by_quotes:
            before, self._quotes = self._quotes, self._best()
            is_due = before != self._quotes
        else:
            is_due = any(each.market_id == self._market.market_id for each in delivery.trades)
        if not is_due:
            return []
        await self._api.venue.history.reached(delivery.seq)  # the last price is kept there
        return [message("ticker", "update", [self._ticker()])]

    def _ticker(self) -> Json:
        market = self._market
        stats = self._api.venue.history.stats(market.market_id)
        (bid, bid_qty), (ask, ask_qty) = self._best()
        move = stats.last_subticks - stats.open_subticks
        percent = Decimal(100 * move) / (stats.open_subticks or 1)
        return {
            "symbol": pair_symbol(market),
            "bid": number(bid),
            "bid_qty": number(bid_qty),
            "ask": number(ask),
            "ask_qty": number(ask_qty),
            "last": number(market.mark(stats.last_subticks)),
            "volume": number(market.size(stats.volume_lots)),
            "vwap": number(vwap(market, stats).quantize(VWAP_STEP)),
            "low": number(market.mark(stats.low_subticks)),
            "high": number(market.mark(stats.high_subticks)),
            "change": number(market.mark(move)),
            "change_pct": number(percent.quantize(PERCENT_STEP)),
            "timestamp": iso(self._api.venue.now_us),
        }


class OhlcChannel:
    """`ohlc`: candles of one length in minutes, the one under way after each trade."""

    def __init__(self, api: Api, market: MarketInfo, interval: int) -> None:
        """Nothing is sent before `snapshot`."""
        self._api = api
        self._market = market
        self._interval = interval
        self._from_us = 0

    async def snapshot(self) -> list[Json]:
        """The newest candles, oldest first."""
        return [message("ohlc", "snapshot", await self._candles(Span(limit=CANDLES_MAX)))]

    async def messages(self, delivery: Delivery) -> list[Json]:
        """The candle a trade went into, and those that have begun since the last one told."""
        if all(each.market_id != self._market.market_id for each in delivery.trades):
            return []
        span = Span(after_us=self._from_us, limit=CANDLES_MAX)
        return [message("ohlc", "update", await self._candles(span))]

    async def _candles(self, span: Span) -> list[Json]:
        read = self._api.venue.history.candles
        length_s = self._interval * MINUTE_S
        found = await read(self._market.market_id, CandleKind.TRADE, length_s, span)
        self._from_us = found[-1].start_us if found else self._from_us
        return [self._candle(each) for each in found]

    def _candle(self, candle: Candle) -> Json:
        market = self._market
        end_us = candle.start_us + self._interval * MINUTE_S * US_PER_SECOND
        return {
            "symbol": pair_symbol(market),
            "open": number(market.mark(candle.open_subticks)),
            "high": number(market.mark(candle.high_subticks)),
            "low": number(market.mark(candle.low_subticks)),
            "close": number(market.mark(candle.close_subticks)),
            "vwap": number(vwap(market, candle).quantize(VWAP_STEP)),
            "trades": candle.trades,
            "volume": number(market.size(candle.volume_lots)),
            "interval_begin": iso(candle.start_us).replace("Z", NANOSECONDS),
            "interval": self._interval,
            "timestamp": iso(end_us),
        }


class InstrumentChannel:
    """`instrument`: assets and pairs with their steps, and each pair whose state changes."""

    def __init__(self, api: Api) -> None:
        """All there is."""
        self._api = api

    async def snapshot(self) -> list[Json]:
        """Everything."""
        assets = [_asset(each) for each in self._api.venue.catalog.assets.values()]
        return [self._message("snapshot", assets, self._api.pairs)]

    async def messages(self, delivery: Delivery) -> list[Json]:
        """The pairs whose state has changed."""
        changed = {
            int(each.market_id)
            for each in delivery.prices
            if each.kind == EventKind.MARKET_STATE_SET and self._api.is_spot(int(each.market_id))
        }
        pairs = [self._api.venue.catalog.market(each) for each in sorted(changed)]
        return [self._message("update", [], pairs)] if pairs else []

    def _message(self, kind: str, assets: list[Json], pairs: list[MarketInfo]) -> Json:
        data = {"assets": assets, "pairs": [_pair(self._api, each) for each in pairs]}
        return {"channel": "instrument", "type": kind, "data": data}


def _asset(asset: AssetInfo) -> Json:
    return {
        "id": asset.code,
        "status": "enabled",
        "precision": asset.decimals,
        "precision_display": asset.decimals,
        "borrowable": False,
        "collateral_value": number(1 - asset.haircut),
        "margin_rate": Decimal(0),
    }


def _pair(api: Api, market: MarketInfo) -> Json:
    return {
        "symbol": pair_symbol(market),
        "base": market.base.code,
        "quote": market.quote.code,
        "status": status_of(api, market),
        "qty_precision": places(market.lot_size),
        "qty_increment": number(market.lot_size),
        "qty_min": number(market.lot_size),
        "price_precision": price_decimals(market),
        "price_increment": number(market.tick_size),
        "tick_size": number(market.tick_size),
        "cost_precision": market.quote.decimals,
        "cost_min": Decimal(0),
        "marginable": False,
        "has_index": True,
    }


class Params(msgspec.Struct):
    """What a subscription asks for."""

    channel: str
    symbol: list[str] = []
    depth: str = "10"
    interval: str = "1"
    event_trigger: str = "trades"
    snapshot: bool | None = None
    snap_orders: bool = True
    snap_trades: bool = False
    token: str = ""
