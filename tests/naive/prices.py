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

from longshore.engine.codes import (
    MarkBasis,
    MarketKind,
    MarketState,
    MarkMethod,
    PremiumMethod,
    Side,
)
from longshore.engine.limits import QTY_MAX_LOTS
from longshore.engine.rows import Market
from tests.naive import worth
from tests.naive.book import resting, shows
from tests.naive.state import PPM, State

E15 = 10**15
WINDOW = 0
DATED = (MarketKind.LINEAR_FUTURE, MarketKind.INVERSE_FUTURE)


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
    mark = max(1, min(index + band, max(index - band, mark)))
    change_mark(s, market, towards_settlement(s, market, mark))


def change_mark(s: State, market: Market, mark: int) -> None:
    """The mark, and the one before its latest change (LIQD-024)."""
    if mark != market.mark_subticks:
        s.mark_before[market.market_id] = market.mark_subticks
    market.mark_subticks = mark


def towards_settlement(s: State, market: Market, mark: int) -> int:
    """LIFE-003: the samples of the window taken so far count, those to come at the mark."""
    taken = s.window[market.market_id]
    if not taken:
        return mark
    mean = sum(taken) // len(taken)
    return mark + (mean - mark) * len(taken) // (len(taken) + samples_to_come(s, market))


def samples_to_come(s: State, market: Market) -> int:
    """Of its settlement window, by the calendar."""
    return sum(kind == WINDOW and number == market.market_id for _, kind, number in s.calendar)


def is_waiting(s: State, market: Market) -> bool:
    """LIFE-008: a dated market past its last sample that is not settled."""
    over = market.state == MarketState.EXPIRED
    return market.kind in DATED and not over and not samples_to_come(s, market)


def is_over(s: State, market: Market) -> bool:
    """LIFE-004, LIFE-008."""
    return market.state == MarketState.EXPIRED or is_waiting(s, market)


def candidates(s: State, market: Market, index: int) -> list[int | None]:
    """MARK-001, MARK-005, MARK-007, MARK-008: those the market names, as things stand."""
    tick = market.tick_subticks
    best = [resting(s, market.market_id, side)[:1] for side in (Side.BUY, Side.SELL)]
    quotes = [order.price_ticks * tick for orders in best for order in orders]
    last = market.last_ticks * tick
    number, interval = market.market_id, market.funding_interval_us
    left = s.funding_next[number] - s.time_us if number in s.funding_next else 0
    share = market.funding_rate_e18 * left // interval if interval else 0
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
        if market.base_asset_id == asset_id and market.state != MarketState.EXPIRED:
            set_mark(s, market)
            start_timers(s, market)


def start_timers(s: State, market: Market) -> None:
    """The first multiple of each period after the first index price."""
    if market.market_id in s.sample_next:
        return
    sample, interval = market.sample_us, market.funding_interval_us
    s.sample_next[market.market_id] = (s.time_us // sample + 1) * sample
    if interval:
        s.funding_next[market.market_id] = next_end(market, s.time_us)
    market.funding_from_us = s.time_us


def next_end(market: Market, after_us: int) -> int:
    """FUND-012."""
    interval = market.funding_interval_us
    return after_us + interval - (after_us - market.funding_at_us) % interval


def impact_size(s: State, market: Market) -> int:
    """PRIC-002: lots, given or as many as the impact notional is worth at the index."""
    if not market.impact_atoms:
        return market.impact_lots
    index = s.index_of(market)
    worth_of_one = Fraction(index, market.value_divisor or 1)
    if market.inverse_factor:
        worth_of_one = Fraction(market.inverse_factor, index)
    return max(1, min(QTY_MAX_LOTS, int(market.impact_atoms / worth_of_one)))


def impact_cost(s: State, market: Market, side: int) -> int | None:
    """Sub-ticks x lots of the impact size taken from one side of the book; None: it cannot."""
    left, cost = impact_size(s, market), 0
    for order in resting(s, market.market_id, side):
        taken = min(left, shows(order))
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
        lots = impact_size(s, market)
        market.impact_premium_subticks = (buy + sell) // (2 * lots) - index
        measure_impact(market, index, sell // lots, buy // lots)
    if market.premium_method == PremiumMethod.IMPACT_MID:
        market.premium_e15 = share_e15(market.impact_premium_subticks, index)
    if market.premium_method == PremiumMethod.MARK:
        market.premium_e15 = share_e15(market.mark_subticks - index, index)
    smooth(s, market, index)
    set_mark(s, market)
    if market.funding_interval_us:
        s.premiums.setdefault(market.market_id, []).append(market.premium_e15)


def share_e15(part: int, whole: int) -> int:
    """A share of a price, down, at most the whole."""
    return max(-E15, min(E15, part * E15 // whole))


def measure_impact(market: Market, index: int, bid: int, ask: int) -> None:
    """FUND-001: how far the impact prices lie beyond index or mark, for those who ask that."""
    mark = market.mark_subticks
    if market.premium_method == PremiumMethod.IMPACT_INDEX:
        market.premium_e15 = share_e15(max(0, bid - index) - max(0, index - ask), index)
    if market.premium_method == PremiumMethod.IMPACT_MARK:
        beyond = share_e15(max(0, bid - mark) - max(0, mark - ask), index)
        market.premium_e15 = max(-E15, min(E15, beyond + share_e15(mark - index, index)))
