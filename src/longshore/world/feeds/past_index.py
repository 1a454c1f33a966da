"""The past of index prices: the synthetic process run up to the world's start.

Ninety days in ever shorter steps, then scaled so that the path ends at the assets' first prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from longshore.world.feeds.candles import DAY_S, HOUR_S, MINUTE_S, SECOND_US, Candle, Stretches
from longshore.world.feeds.process import DAY_US, HOUR_US, Asset, Process
from longshore.world.random import stream_key

DAYS = 90
HOURLY_DAYS = 30
MINUTE_HOURS = 24
MINUTE_US = MINUTE_S * SECOND_US
STEPS = {MINUTE_S: 4, HOUR_S: 12, DAY_S: 24}  # steps of the process in one candle


def index_past(assets: Sequence[Asset], *, seed: int, start_us: int) -> dict[int, Stretches]:
    """Index candles by asset: ninety days, of which thirty hourly, of which one by the minute."""
    process = Process(assets, stream_key(seed, "past"))
    today_us = start_us - start_us % DAY_US
    minutes_from_us = start_us - start_us % HOUR_US - MINUTE_HOURS * HOUR_US
    hours_from_us = today_us - HOURLY_DAYS * DAY_US
    days = _stretch(process, DAY_S, today_us - DAYS * DAY_US, hours_from_us)
    hours = _stretch(process, HOUR_S, hours_from_us, minutes_from_us)
    minutes = _stretch(process, MINUTE_S, minutes_from_us, start_us - start_us % MINUTE_US)
    past = {}
    for i, asset in enumerate(assets):
        scale = (asset.price_subticks, process.prices_subticks[i])
        parts = ([_scaled(c, *scale) for c in part[i]] for part in (days, hours, minutes))
        past[asset.asset_id] = Stretches(*parts)
    return past


def _stretch(process: Process, interval_s: int, from_us: int, to_us: int) -> list[list[Candle]]:
    """The process over [from, to) as candles, one list an asset."""
    span_us = interval_s * SECOND_US // STEPS[interval_s]
    made: list[list[Candle]] = [[] for _ in process.assets]
    for start_us in range(from_us, to_us, interval_s * SECOND_US):
        path = [list(process.prices_subticks)]
        for i in range(1, STEPS[interval_s] + 1):
            process.advance(start_us + i * span_us, span_us)
            path.append(list(process.prices_subticks))
        for candles, prices in zip(made, zip(*path, strict=True), strict=True):
            high, low = max(prices), min(prices)
            candles.append(Candle(start_us, prices[0], high, low, prices[-1], 0, 0))
    return made


def _scaled(candle: Candle, target: int, ended: int) -> Candle:
    """The same returns at another price, so that a path which ended at `ended` ends at `target`."""
    return replace(
        candle,
        open_subticks=candle.open_subticks * target // ended,
        high_subticks=candle.high_subticks * target // ended,
        low_subticks=candle.low_subticks * target // ended,
        close_subticks=candle.close_subticks * target // ended,
    )
