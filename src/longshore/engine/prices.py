"""Index, impact premium, mark and last."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.book import best_level, next_level
from longshore.engine.codes import MarketKind, MarketState, PremiumMethod, Reject, Side
from longshore.engine.events import EventKind
from longshore.engine.limits import PREMIUM_MAX_E15, PRICE_MAX_SUBTICKS, QTY_MAX_LOTS
from longshore.engine.margin import index_is_stale
from longshore.engine.marking import mark_now, smooth_basis
from longshore.engine.moved import asset_moved, mark_moved, signal_moved
from longshore.engine.phases import is_waiting
from longshore.engine.premiums import (
    impact_mid_subticks,
    impact_premium_e15,
    mark_premium_e15,
    relative_e15,
    weighted_carry,
    weighted_rest_e15,
)
from longshore.engine.rows import Command, Market
from longshore.engine.settlement import settle_waiting
from longshore.engine.state import State, next_event
from longshore.engine.timers import TIMER_FUNDING, TIMER_SAMPLE, next_multiple, set_timer
from longshore.engine.units import PPM, clamp, larger, mul_div_floor, smaller
from longshore.engine.value import (
    coins_worth_too_much,
    has_funding,
    is_worth_too_much,
    lots_worth_too_much,
)
from longshore.engine.wakes import thaw
from longshore.engine.window import add_window_sample, mark_in_window


@rule
def publish_refusal(state: State, command: Command) -> I64:
    """Why an index price cannot be taken.   PRIC-001"""
    if command.asset_id < 1 or command.asset_id > state.assets_count:
        return Reject.UNKNOWN_ASSET
    price = command.price_subticks
    if price < 1 or price > PRICE_MAX_SUBTICKS or command.sources < 1:
        return Reject.INDEX_PRICE_BAD
    if coins_worth_too_much(state, command.asset_id, 0, price):
        return Reject.PRICE_TOO_LARGE
    for market_id in range(1, state.markets_count + 1):
        market = state.markets[market_id]
        if market.base_asset_id == command.asset_id and market.state != MarketState.EXPIRED:
            if makes_too_much(market, worst_mark(market, price)):
                return Reject.PRICE_TOO_LARGE
    return Reject.NONE


@rule
def makes_too_much(market: Market, mark: I64) -> bool:
    """Whether at a mark what is open, or the funding of one lot, may be beyond counting."""
    if lots_worth_too_much(market, market.open_lots, mark):
        return True
    if market.inverse_factor == 0 or not has_funding(market):
        return False
    return is_worth_too_much(market.inverse_factor, market.atom_parts, mark)


@rule
def worst_mark(market: Market, index: I64) -> I64:
    """The mark under an index at which a size is worth most: above it, or inverse below it."""
    cap = mul_div_floor(index, market.premium_cap_ppm, PPM)
    return larger(1, index - cap) if market.inverse_factor != 0 else index


@rule
def publish_index(state: State, command: Command) -> None:
    """Take an index price; the marks of its markets move with it.   PRIC-001, PRIC-003"""
    asset = state.assets[command.asset_id]
    waited = state.time_us - asset.index_time_us
    was_stale = asset.stale_after_us > 0 and waited > asset.stale_after_us
    asset.index_subticks = command.price_subticks
    asset.index_time_us = state.time_us
    asset.index_sources = command.sources
    event = next_event(state, EventKind.INDEX_PUBLISHED)
    event.asset_id = command.asset_id
    event.index_subticks = command.price_subticks
    event.value_atoms = command.sources
    asset_moved(state, command.asset_id)
    if was_stale:
        thaw(state)
    for market_id in range(1, state.markets_count + 1):
        market = state.markets[market_id]
        if market.base_asset_id == command.asset_id and market.kind != MarketKind.SPOT:
            if market.state != MarketState.EXPIRED:
                follow_index(state, market)
    settle_waiting(state, command.asset_id)


@rule
def follow_index(state: State, market: Market) -> None:
    """A market's index has a new price; for one that waits to expire it is the last sample."""
    begins = market.mark_subticks == 0
    if is_waiting(market):
        add_window_sample(market, index_subticks(state, market))
    set_mark(state, market)
    signal_moved(state, market.market_id)
    if begins:
        start_timers(state, market)


@rule
def start_timers(state: State, market: Market) -> None:
    """With its first price a market begins to be sampled and to charge funding, if it does."""
    market.funding_from_us = state.time_us
    first = next_multiple(state.time_us, market.sample_us, 0)
    set_timer(state, NIL, first, TIMER_SAMPLE, market.market_id)
    if not has_funding(market):
        return
    interval = market.funding_interval_us
    market.funding_next_us = next_multiple(state.time_us, interval, market.funding_at_us)
    set_timer(state, NIL, market.funding_next_us, TIMER_FUNDING, market.market_id)


@rule
def index_subticks(state: State, market: Market) -> I64:
    """The index a market stands on; 0: none yet."""
    return state.assets[market.base_asset_id].index_subticks


@rule
def set_mark(state: State, market: Market) -> None:
    """Count the mark anew from its candidates as they stand.   PRIC-003, MARK-007

    In a settlement window it moves from there to what is settled at.   LIFE-003
    """
    mark = mark_now(state, market, index_subticks(state, market))
    change_mark(state, market, mark_in_window(market, mark))


@rule
def change_mark(state: State, market: Market, mark: I64) -> None:
    """A market has this mark now."""
    if mark == market.mark_subticks:
        return
    market.mark_before_subticks = market.mark_subticks
    market.mark_subticks = mark
    event = next_event(state, EventKind.MARK_CHANGED)
    event.market_id = market.market_id
    event.mark_subticks = mark
    event.index_subticks = index_subticks(state, market)
    mark_moved(state, market.market_id)


@rule
def impact_size_lots(market: Market, index: I64) -> I64:
    """How deep into the book impact prices look.   PRIC-002

    The market's size, or its notional at the index, rounded down, at least one lot.
    """
    if market.impact_atoms == 0:
        return market.impact_lots
    if market.inverse_factor != 0:
        lots = mul_div_floor(market.impact_atoms, index, market.inverse_factor)
    else:
        lots = mul_div_floor(market.impact_atoms, market.value_divisor, index)
    return clamp(lots, 1, QTY_MAX_LOTS)


@rule
def impact_tick_lots(state: State, market: Market, side: I64, lots: I64) -> I64:
    """What filling a size from a side costs, in ticks * lots; 0: too thin."""
    left = lots
    tick_lots = 0
    slot = best_level(market, side)
    while slot != NIL and left > 0:
        level = state.levels[slot]
        taken = smaller(left, level.qty_lots)
        tick_lots += taken * level.price_ticks
        left -= taken
        slot = next_level(state, market, side, level.price_ticks)
    return 0 if left > 0 else tick_lots


@rule
def take_sample(state: State, market: Market) -> None:
    """One sample: impact premium, smoothed premium, mark.   PRIC-002, PRIC-003, PRIC-005"""
    if market.state == MarketState.EXPIRED:
        return
    set_timer(state, NIL, state.time_us + market.sample_us, TIMER_SAMPLE, market.market_id)
    index = index_subticks(state, market)
    if index == 0 or index_is_stale(state, market):
        return
    lots = impact_size_lots(market, index)
    to_buy = impact_tick_lots(state, market, Side.SELL, lots)
    to_sell = impact_tick_lots(state, market, Side.BUY, lots)
    if to_buy > 0 and to_sell > 0:
        middle = impact_mid_subticks(to_buy, to_sell, market.tick_subticks, lots)
        market.impact_premium_subticks = middle - index
        ask = mul_div_floor(to_buy, market.tick_subticks, lots)
        bid = mul_div_floor(to_sell, market.tick_subticks, lots)
        measure_impact(market, index, bid, ask)
    measure_others(market, index)
    if has_funding(market):
        add_premium_sample(market)
    smooth_basis(state, market, index)
    set_mark(state, market)


@rule
def measure_impact(market: Market, index: I64, bid: I64, ask: I64) -> None:
    """The premium of the impact prices, where the market samples it.   FUND-001

    Against the mark, the mark's own premium is added.
    """
    if market.premium_method == PremiumMethod.IMPACT_INDEX:
        market.premium_e15 = impact_premium_e15(bid, ask, index, index)
    elif market.premium_method == PremiumMethod.IMPACT_MARK:
        mark = market.mark_subticks
        beyond = impact_premium_e15(bid, ask, mark, index) + mark_premium_e15(mark, index)
        market.premium_e15 = clamp(beyond, -PREMIUM_MAX_E15, PREMIUM_MAX_E15)


@rule
def measure_others(market: Market, index: I64) -> None:
    """The premium of the impact middle, or of the mark, on the index of now.   FUND-001"""
    if market.premium_method == PremiumMethod.IMPACT_MID:
        market.premium_e15 = relative_e15(market.impact_premium_subticks, index)
    elif market.premium_method == PremiumMethod.MARK:
        market.premium_e15 = mark_premium_e15(market.mark_subticks, index)


@rule
def add_premium_sample(market: Market) -> None:
    """Add the premium to the interval's samples.   FUND-001"""
    market.premium_count += 1
    weight = market.premium_count if market.premium_linear == 1 else 1
    rest = market.premium_rest_e15
    market.premium_whole += weighted_carry(rest, market.premium_e15, weight)
    market.premium_rest_e15 = weighted_rest_e15(rest, market.premium_e15, weight)
    market.premium_weights += weight
