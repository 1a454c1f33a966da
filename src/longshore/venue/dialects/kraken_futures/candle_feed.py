"""`candles_trade_…`: the candle under way whenever it changed, once more when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.venue.dialects.kraken_futures.charts import RESOLUTIONS_S, candle_row
from longshore.venue.dialects.kraken_futures.values import Json
from longshore.venue.dialects.kraken_futures.words import CANDLE_FEEDS
from longshore.venue.history import CandleKind, Span

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.projections.records import Candle

AT_ONCE = 100
"""So many that ended are told at most where the world hurries."""


class CandleFeed:
    """Candles of one length of one market on one socket."""

    def __init__(self, api: Api, feed: str, market: MarketInfo) -> None:
        """Nothing is sent before `snapshot`."""
        self._api = api
        self._feed = feed
        self._market = market
        self._length_s = RESOLUTIONS_S[CANDLE_FEEDS[feed]]
        self._told: Candle | None = None
        self._is_new = False

    async def snapshot(self) -> list[Json]:
        """The newest candle, where there is one."""
        newest = await self._candles(Span(limit=1))
        self._told = newest[-1] if newest else None
        return [self._message(f"{self._feed}_snapshot", each) for each in newest]

    def heed(self, events: list[Event]) -> None:
        """Remember that something traded."""
        here = self._market.market_id
        self._is_new |= any(event.market_id == here for event in events)

    async def pulse(self) -> list[Json]:
        """The candles from the last that was told on, where one is another now."""
        if not self._is_new:
            return []
        self._is_new = False
        since = Span(limit=1) if self._told is None else _from(self._told)
        found = [each for each in await self._candles(since) if each != self._told]
        self._told = found[-1] if found else self._told
        return [self._message(self._feed, each) for each in found]

    async def _candles(self, span: Span) -> list[Candle]:
        history, market_id = self._api.venue.history, self._market.market_id
        return await history.candles(market_id, CandleKind.TRADE, self._length_s, span)

    def _message(self, feed: str, candle: Candle) -> Json:
        row = candle_row(self._market, CandleKind.TRADE, candle)
        return {"feed": feed, "candle": row, "product_id": self._market.symbol}


def _from(candle: Candle) -> Span:
    return Span(after_us=candle.start_us, limit=AT_ONCE)
