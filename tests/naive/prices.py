"""Articles 04 and 12: index, mark, last; and the time of samples.

Chosen: the middle price is rounded once, floor((cost to buy + cost to sell) / (2 x impact size)).
The book's displayed open sizes count. The premium cap is floor(index x cap). A mark is at least one
sub-tick. When a side cannot fill the impact size the last premium (zero at first) is used for mark
and funding sample alike. A sample that falls due while the index is stale is skipped. Stale means
time - index time > limit.
"""

from __future__ import annotations

import math
from fractions import Fraction
from statistics import median

from longshore.engine.codes import MarkBasis, MarkMethod, Side
from longshore.engine.rows import Market
from tests.naive import worth
from tests.naive.book import resting
from tests.naive.state import PPM, State

E15 = 10**15


def is_stale(s: State, market: Market, at_us: int) -> bool:
    """PRIC-005: the index is older than the rulebook's limit."""
    asset = s.assets[market.base_asset_id]
    return asset.stale_after_us > 0 and at_us - asset.index_time_us > asset.stale_after_us


def set_mark(s: State, market: Market) -> None:
    """PRIC-003, MARK-002, MARK-006: the first or the median of what is there, near the index."""
    index = s.index_of(market)
    there = [price for price in candidates(s, market, index) if price]
    mark = there[0] if there else index
    if there and market.mark_method == MarkMethod.MEDIAN:
        mark = math.floor(median([Fraction(price) for price in there]))
    band = index * market.premium_cap_ppm // PPM
    market.mark_subticks = max(1, min(index + band, max(index - band, mark)))


def candidates(s: State, market: Market, index: int) -> list[int | None]:
    """MARK-001, MARK-005, MARK-007, MARK-008: those the market names, as things stand."""
    tick = market.tick_subticks
    best = [resting(s, market.market_id, side)[:1] for side in (Side.BUY, Side.SELL)]
    quotes = [order.price_ticks * tick for orders in best for order in orders]
    last = market.last_ticks * tick
    number, interval = market.market_id, market.funding_interval_us
    left = s.funding_next[number] - s.time_us if number in s.funding_next else 0
    share = market.funding_rate_e18 * left // interval
    other = s.assets.get(market.external_asset_id)
    late = other is None or (
        other.stale_after_us > 0 and s.time_us - other.index_time_us > other.stale_after_us
    )
    every = [
        None if late else other.index_subticks,
        sorted([*quotes, last])[1] if len(quotes) == 2 and last else None,
        sum(quotes) // 2 if len(quotes) == 2 else None,
        last,
        max(1, index + market.ema_subticks),
        max(1, index + index * share // 10**18),
        index,
    ]
    return [price for at, price in enumerate(every) if market.mark_candidates >> at & 1]


def smooth(s: State, market: Market, index: int) -> None:
    """MARK-003, MARK-004: one more sample of the basis, by num and den or over a window."""
    basis = market.impact_premium_subticks
    if market.mark_basis == MarkBasis.MID:
        best = [resting(s, market.market_id, side)[:1] for side in (Side.BUY, Side.SELL)]
        if not all(best):
            return
        basis = sum(orders[0].price_ticks for orders in best) * market.tick_subticks // 2 - index
    band = index * market.premium_cap_ppm // PPM
    cut = max(-band, min(band, basis))
    if market.mark_window:
        window = s.bases[market.market_id]
        window[:] = [*window, cut][-market.mark_window :]
        market.ema_subticks = sum(window) // len(window)
        return
    market.ema_subticks += market.ema_num * (cut - market.ema_subticks) // market.ema_den


def mark_value(market: Market, qty_lots: int) -> int:
    """The signed value of a position at mark, rounded down."""
    return worth.at(market, market.mark_subticks, qty_lots)


def publish(s: State, asset_id: int, price: int, sources: int) -> None:
    """PRIC-001; the first price of an asset starts the timers of its perpetual markets."""
    asset = s.assets[asset_id]
    asset.index_subticks, asset.index_sources = price, sources
    asset.index_time_us = s.time_us
    for market in s.perpetuals():
        if market.base_asset_id == asset_id:
            set_mark(s, market)
            start_timers(s, market)


def start_timers(s: State, market: Market) -> None:
    """The first multiple of each period after the first index price."""
    if market.market_id in s.sample_next:
        return
    sample, interval = market.sample_us, market.funding_interval_us
    s.sample_next[market.market_id] = (s.time_us // sample + 1) * sample
    s.funding_next[market.market_id] = (s.time_us // interval + 1) * interval
    market.funding_from_us = s.time_us


def impact_cost(s: State, market: Market, side: int) -> int | None:
    """Sub-ticks x lots of the impact size taken from one side of the book; None: it cannot."""
    left, cost = market.impact_lots, 0
    for order in resting(s, market.market_id, side):
        taken = min(left, order.qty_lots)
        cost += taken * order.price_ticks * market.tick_subticks
        left -= taken
    return cost if left == 0 else None


def sample(s: State, market: Market) -> None:
    """PRIC-002, PRIC-003, FUND-001: one premium sample."""
    if is_stale(s, market, s.time_us):
        return
    index = s.index_of(market)
    buy, sell = impact_cost(s, market, Side.SELL), impact_cost(s, market, Side.BUY)
    if buy is not None and sell is not None:
        market.impact_premium_subticks = (buy + sell) // (2 * market.impact_lots) - index
    premium = market.impact_premium_subticks
    smooth(s, market, index)
    set_mark(s, market)
    market.premium_sum_e15 += max(-E15, min(E15, premium * E15 // index))
    market.premium_count += 1
