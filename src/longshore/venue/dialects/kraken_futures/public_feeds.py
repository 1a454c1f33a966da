"""The feeds `book` and `trade`: a snapshot, then what changed, from the deliveries of a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Side
from longshore.venue.dialects.kraken_futures.api import price, size
from longshore.venue.dialects.kraken_futures.market_data import book_side
from longshore.venue.dialects.kraken_futures.order_objects import SIDES
from longshore.venue.dialects.kraken_futures.roles import trade_type
from longshore.venue.dialects.kraken_futures.row_ids import event_number
from longshore.venue.dialects.kraken_futures.values import Json, millis
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.projections.records import Execution

SNAPSHOT_TRADES = 100


class BookFeed:
    """One market's book on one socket. `seq` grows by one with every message."""

    def __init__(self, api: Api, market: MarketInfo) -> None:
        """Nothing is sent before `snapshot`."""
        self._api = api
        self._market = market
        self._seq = 0

    def snapshot(self) -> Json:
        """The whole book as it stands."""
        bids, asks = (self._side(side) for side in (Side.BUY, Side.SELL))
        head = {"feed": "book_snapshot", "product_id": self._market.symbol}
        told = {"timestamp": millis(self._api.venue.now_us), "seq": self._next()}
        return {**head, **told, "tickSize": None, "bids": bids, "asks": asks}

    def _side(self, side: Side) -> list[Json]:
        found = book_side(self._api, self._market, side)
        return [{"price": level_price, "qty": qty} for level_price, qty in found]

    def message(self, event: Event) -> Json:
        """All that rests at one price now."""
        return {
            "feed": "book",
            "product_id": self._market.symbol,
            "side": SIDES[event.side],
            "seq": self._next(),
            "price": price(self._market, event.price_ticks),
            "qty": size(self._market, event.open_lots),
            "timestamp": millis(event.time_us),
        }

    def _next(self) -> int:
        self._seq += 1
        return self._seq


class TradeFeed:
    """One market's trades on one socket: those of the snapshot are not told again."""

    def __init__(self, api: Api, market: MarketInfo) -> None:
        """Nothing is sent before `snapshot`."""
        self._api = api
        self._market = market
        self._told = (0, 0)

    async def snapshot(self) -> Json:
        """The last hundred trades, newest first."""
        span = Span(limit=SNAPSHOT_TRADES)
        found = await self._api.venue.history.executions(self._market.market_id, span)
        if found:
            self._told = (found[0].seq, found[0].index)
        trades = [self._trade(trade) for trade in found]
        return {"feed": "trade_snapshot", "product_id": self._market.symbol, "trades": trades}

    def messages(self, events: list[Event]) -> list[Json]:
        """The trades among a delivery's that are new."""
        own = [event for event in events if event.market_id == self._market.market_id]
        return [self._trade(event) for event in own if (event.seq, event.index) > self._told]

    def _trade(self, trade: Event | Execution) -> Json:
        return {
            "feed": "trade",
            "product_id": self._market.symbol,
            "uid": self._api.ids.trade(trade.seq, trade.index),
            "side": SIDES[trade.side],
            "type": trade_type(trade.role),
            "seq": event_number(trade.seq, trade.index),
            "time": millis(trade.time_us),
            "qty": size(self._market, trade.qty_lots),
            "price": price(self._market, trade.price_ticks),
        }
