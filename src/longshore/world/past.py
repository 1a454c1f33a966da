"""A world is born with a past: candles, trades and funding rates of the time before its start.

A sim world's past is made by the sim's own process and ends at its first prices. A replay's past is
what was recorded before its start. Both are plain data, a function of the world's file, and so no
part of the journal.
"""

from __future__ import annotations

from collections.abc import Sequence

from longshore.engine.rows import Market
from longshore.world.feeds.candles import (
    DAY_S,
    HOUR_S,
    MINUTE_S,
    SECOND_US,
    Candle,
    aggregated,
)
from longshore.world.feeds.past_index import index_past
from longshore.world.feeds.past_market import MarketPast, PastFunding, PastTrade, market_past
from longshore.world.feeds.process import Asset
from longshore.world.feeds.recording import MINUTE_US, Bar, Recording

__all__ = ["Candle", "MarketPast", "PastFunding", "PastTrade", "replay_past", "sim_past"]

BASE_ATOMS_TIMES_DIVISOR = 10**10
"""Base atoms in one lot × the market's value divisor: what sub-ticks there are in a dollar."""


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

    Minutes of the last day, hours and days of all of it. Single trades and funding were not
    recorded, so there are none.
    """
    bars = recording.bars[: recording.bar_at(start_us)]
    return {market.market_id: _recorded(market, recording, bars) for market in markets}


def _lots(market: Market, bar: Bar) -> int:
    """What was traded, in the market's lots: an inverse one's are dollars, at the close."""
    if market.inverse_factor:
        return bar.base_atoms * bar.close_subticks // market.inverse_factor
    return bar.base_atoms * market.value_divisor // BASE_ATOMS_TIMES_DIVISOR


def _recorded(market: Market, recording: Recording, bars: Sequence[Bar]) -> MarketPast:
    """Recorded bars as a market's candles."""
    minutes = [
        Candle(
            recording.start_us + i * MINUTE_US,
            bar.open_subticks,
            bar.high_subticks,
            bar.low_subticks,
            bar.close_subticks,
            _lots(market, bar),
            bar.trades,
        )
        for i, bar in enumerate(bars)
    ]
    hours = aggregated(minutes, HOUR_S)
    recent = minutes[-DAY_S * SECOND_US // MINUTE_US :]
    candles = {MINUTE_S: recent, HOUR_S: hours, DAY_S: aggregated(hours, DAY_S)}
    return MarketPast(market.market_id, candles, candles, candles)
