"""`kline_…`: the candle under way whenever it changed, and each once more when it is over.

Many may end between two looks where the world hurries; after a leap the newest of them are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from longshore.venue.dialects.binance_usdm.api import money_text, size_text
from longshore.venue.dialects.binance_usdm.klines import Bar, bars_of, ohlc
from longshore.venue.dialects.binance_usdm.tickers import trade_ids
from longshore.venue.dialects.binance_usdm.values import Json, millis
from longshore.venue.history import CandleKind, Span

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.streams import Delivery

ENDED_MAX = 100


class KlineFeed:
    """Candles of one length of one market."""

    every_s = 0.25

    def __init__(self, api: Api, market: MarketInfo, interval: str) -> None:
        """Told once at the beginning."""
        self._api = api
        self._market = market
        self._interval = interval
        self._is_new = True
        self._told: Bar | None = None

    @classmethod
    def make(cls, api: Api, markets: list[MarketInfo], terms: tuple[str, ...]) -> Self:
        """`SYMBOL@kline_1m`."""
        return cls(api, markets[0], terms[0])

    async def deliver(self, delivery: Delivery) -> list[Json]:
        """Remember that something traded."""
        here = self._market.market_id
        self._is_new |= any(event.market_id == here for event in delivery.trades)
        return []

    async def pulse(self) -> list[Json]:
        """The candle as it stands, and before it those that ended since the last look."""
        told = self._told
        is_over = told is not None and self._api.venue.now_us >= told.end_us
        if not (self._is_new or is_over):
            return []
        self._is_new = False
        since = Span(limit=1) if told is None else _from(told)
        bars = await bars_of(self._api, self._market, (CandleKind.TRADE, self._interval), since)
        if not bars:
            return []
        self._told = bars[-1]
        messages = [await self._message(bar, closed=True) for bar in bars[:-1]]
        return [*messages, await self._message(bars[-1], closed=False)]

    async def _message(self, bar: Bar, *, closed: bool) -> Json:
        market, candle = self._market, bar.candle
        first, last = await trade_ids(self._api, market, candle.start_us, bar.end_us)
        opened, high, low, close = ohlc(market, candle)
        kline = {
            "t": millis(candle.start_us),
            "T": millis(bar.end_us) - 1,
            "s": market.symbol,
            "i": self._interval,
            "f": first,
            "L": last,
            "o": opened,
            "c": close,
            "h": high,
            "l": low,
            "v": size_text(market, candle.volume_lots),
            "n": candle.trades,
            "x": closed,
            "q": money_text(market, candle.value_atoms),
            "V": size_text(market, candle.buy_lots),
            "Q": money_text(market, candle.buy_value_atoms),
            "B": "0",
        }
        return {"e": "kline", "E": self._api.now_ms, "s": market.symbol, "k": kline}


def _from(bar: Bar) -> Span:
    return Span(after_us=bar.candle.start_us, limit=ENDED_MAX + 1)
