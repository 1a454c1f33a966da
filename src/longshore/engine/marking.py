"""A market's mark: what goes into it as things stand, and the basis that is smoothed."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.book import best_level
from longshore.engine.codes import MarkBasis, MarkCandidate, Side
from longshore.engine.limits import BASES_MAX
from longshore.engine.marks import (
    ema_step_subticks,
    held_in_band,
    mark_of,
    window_mean_subticks,
)
from longshore.engine.medians import middle_subticks
from longshore.engine.rows import Market, MarkInputs
from longshore.engine.state import State
from longshore.engine.units import PPM, clamp, larger, mul_div_floor, smaller


@rule
def mark_now(state: State, market: Market, index: I64) -> I64:
    """The mark as things stand; of the smoothed basis alone without asking for the rest.   MARK-007

    A sample is taken a second in every market, and most are marked by that one candidate.
    """
    if market.mark_candidates == MarkCandidate.SMOOTHED:
        band = mul_div_floor(index, market.premium_cap_ppm, PPM)
        return held_in_band(index + market.ema_subticks, index, band)
    inputs = state.mark_inputs[0]
    fill_mark_inputs(state, market, inputs, index)
    return mark_of(inputs, state.candidates)


@rule
def fill_mark_inputs(state: State, market: Market, inputs: MarkInputs, index: I64) -> None:
    """Write down what a market's mark is made of now.   MARK-006, MARK-007"""
    inputs.method = market.mark_method
    inputs.candidates = market.mark_candidates
    inputs.index_subticks = index
    inputs.smoothed_subticks = market.ema_subticks
    inputs.rate_e18 = market.funding_rate_e18
    inputs.left_us = market.funding_next_us - state.time_us
    inputs.interval_us = larger(1, market.funding_interval_us)  # without one there is no rate
    inputs.last_subticks = market.last_ticks * market.tick_subticks
    inputs.bid_subticks = best_subticks(state, market, Side.BUY)
    inputs.ask_subticks = best_subticks(state, market, Side.SELL)
    inputs.external_subticks = external_subticks(state, market)
    inputs.band_subticks = mul_div_floor(index, market.premium_cap_ppm, PPM)


@rule
def best_subticks(state: State, market: Market, side: I64) -> I64:
    """The best price of a side of the book; 0: the side is empty."""
    slot = best_level(market, side)
    return 0 if slot == NIL else state.levels[slot].price_ticks * market.tick_subticks


@rule
def external_subticks(state: State, market: Market) -> I64:
    """The index of the asset that a market names for it; 0: none, or it is stale.   MARK-008"""
    if market.external_asset_id == 0:
        return 0
    asset = state.assets[market.external_asset_id]
    if asset.stale_after_us > 0 and state.time_us - asset.index_time_us > asset.stale_after_us:
        return 0
    return asset.index_subticks


@rule
def smooth_basis(state: State, market: Market, index: I64) -> None:
    """Take a sample of the basis into the smoothed one.   MARK-003, MARK-004"""
    basis = market.impact_premium_subticks
    if market.mark_basis == MarkBasis.MID:
        bid = best_subticks(state, market, Side.BUY)
        middle = middle_subticks(bid, best_subticks(state, market, Side.SELL))
        if middle == 0:
            return
        basis = middle - index
    band = mul_div_floor(index, market.premium_cap_ppm, PPM)
    cut = clamp(basis, -band, band)
    if market.mark_window > 0:
        take_into_window(state, market, cut)
    else:
        smoothed = market.ema_subticks
        market.ema_subticks += ema_step_subticks(smoothed, cut, market.ema_num, market.ema_den)


@rule
def take_into_window(state: State, market: Market, sample_subticks: I64) -> None:
    """A sample takes the oldest one's place in the window; the mean follows.   MARK-004"""
    window = market.mark_window
    row = state.bases[market.market_id * BASES_MAX + market.bases_count % window]
    market.bases_whole_subticks += sample_subticks // window - row.basis_subticks // window
    market.bases_rest_subticks += sample_subticks % window - row.basis_subticks % window
    row.basis_subticks = sample_subticks
    market.bases_count += 1
    count = smaller(market.bases_count, window)
    whole = market.bases_whole_subticks
    market.ema_subticks = window_mean_subticks(whole, market.bases_rest_subticks, window, count)
