"""A world is born with a past: candles, trades and funding rates of the time before its start.

A sim world's past is made by the sim's own process and ends at its first prices. A replay's past is
what was recorded before its start. Both are plain data, a function of the world's file, and so no
part of the journal.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from longshore.engine.codes import Side
from longshore.engine.rows import Market
from longshore.world.feeds.candles import (
    DAY_S,
    HOUR_S,
    MINUTE_S,
    SECOND_US,
    Candle,
    aggregated,
)
from longshore.world.feeds.imported import Trade
from longshore.world.feeds.past_index import index_past
from longshore.world.feeds.past_market import MarketPast, PastFunding, PastTrade, market_past
from longshore.world.feeds.process import Asset
from longshore.world.feeds.recording import MINUTE_US, Bar, Recording, lots_of

__all__ = [
    "Candle",
    "MarketPast",
    "PastFunding",
    "PastTrade",
    "replay_past",
    "sim_past",
    "ticks_past",
]
TRADES_MAX = 100  # so many single trades of a recording are remembered


def sim_past(
    assets: Sequence[Asset], markets: Sequence[Market], *, seed: int, start_us: int
) -> dict[int, MarketPast]:
    """The past of every market whose base asset has a price: 90 days, 30 by hour, 1 by minute.

    A quanto contract has none: what it traded then hangs on two prices.
    """
    indexes = index_past(assets, seed=seed, start_us=start_us)
    return {
        market.market_id: market_past(market, indexes[market.base_asset_id], seed, start_us)
        for market in markets
        if market.base_asset_id in indexes and not _is_quanto(market)
    }


def _is_quanto(market: Market) -> bool:
    """Whether its sizes cannot be counted in dollars without another coin's price."""
    coin = market.settle_asset_id
    return market.inverse_factor == 0 and coin not in (market.quote_asset_id, 0)


def replay_past(
    recording: Recording, markets: Sequence[Market], start_us: int
) -> dict[int, MarketPast]:
    """The recorded bars before the start, for trade, mark and index alike.

    Minutes of the last day, hours and days of all of it; longer bars make what they can. Single
    trades and funding were not recorded, so there are none.
    """
    bars = recording.bars[: recording.bar_at(start_us)]
    return {market.market_id: _recorded(market, recording, bars) for market in markets}


def _recorded(market: Market, recording: Recording, bars: Sequence[Bar | None]) -> MarketPast:
    """Recorded bars as a market's candles; a gap has none."""
    bar_us = recording.bar_us
    recorded = [
        Candle(
            recording.start_us + i * bar_us,
            bar.open_subticks,
            bar.high_subticks,
            bar.low_subticks,
            bar.close_subticks,
            lots_of(market, bar.base_atoms, bar.close_subticks),
            bar.trades,
        )
        for i, bar in enumerate(bars)
        if bar is not None
    ]
    hours = aggregated(recorded, HOUR_S) if bar_us <= HOUR_S * SECOND_US else []
    if bar_us != MINUTE_US:
        days = aggregated(hours or recorded, DAY_S)
        candles = {MINUTE_S: [], HOUR_S: hours, DAY_S: days}
        return MarketPast(market.market_id, candles, candles, candles)
    recent = recorded[-DAY_S * SECOND_US // MINUTE_US :]
    candles = {MINUTE_S: recent, HOUR_S: hours, DAY_S: aggregated(hours, DAY_S)}
    return MarketPast(market.market_id, candles, candles, candles)


def ticks_past(trades: Sequence[Trade], markets: Sequence[Market]) -> dict[int, MarketPast]:
    """Recorded trades as the past: candles of a day's minutes, and the last trades themselves."""
    return {market.market_id: _traded(market, trades) for market in markets}


def _traded(market: Market, trades: Sequence[Trade]) -> MarketPast:
    minutes = [
        _minute(market, start_us, list(group))
        for start_us, group in groupby(trades, key=lambda t: t.time_us - t.time_us % MINUTE_US)
    ]
    hours = aggregated(minutes, HOUR_S)
    candles = {MINUTE_S: minutes, HOUR_S: hours, DAY_S: aggregated(hours, DAY_S)}
    last = [
        PastTrade(
            t.time_us,
            t.side or Side.BUY,
            t.price_subticks // int(market.tick_subticks),
            max(1, lots_of(market, t.base_atoms, t.price_subticks)),
        )
        for t in trades[-TRADES_MAX:]
    ]
    return MarketPast(market.market_id, candles, candles, candles, last)


def _minute(market: Market, start_us: int, trades: list[Trade]) -> Candle:
    prices = [trade.price_subticks for trade in trades]
    lots = sum(lots_of(market, t.base_atoms, t.price_subticks) for t in trades)
    return Candle(start_us, prices[0], max(prices), min(prices), prices[-1], lots, len(trades))
