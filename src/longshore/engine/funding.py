"""Funding: the rate of an interval, its realisation, the residue of rounding."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import MarketState, Reason, System
from longshore.engine.collateral import pay_debt
from longshore.engine.events import EventKind
from longshore.engine.ledger import clearing_wallet, system_wallet, transfer
from longshore.engine.margin import funding_index_parts, position_wallet
from longshore.engine.moved import touch
from longshore.engine.positions import realise_funding
from longshore.engine.rates import inverse_lot_parts, linear_lot_parts, mul_div_nearest
from longshore.engine.rows import Market, Task
from longshore.engine.state import State, next_event, position_slot
from longshore.engine.tasks import TASK_FUNDING, pop_task, push_task
from longshore.engine.timers import TIMER_FUNDING, set_timer
from longshore.engine.units import clamp

E18_PER_E15 = 1_000


@rule
def close_interval(state: State, market: Market) -> None:
    """The interval ends: every position realises what it accrued.   FUND-006, LIFE-004"""
    if market.state == MarketState.EXPIRED:
        return
    market.funding_index_parts = funding_index_parts(state, market)
    market.funding_from_us = state.time_us
    market.funding_next_us = state.time_us + market.funding_interval_us
    set_timer(state, NIL, market.funding_next_us, TIMER_FUNDING, market.market_id)
    push_task(state, TASK_FUNDING, market.market_id)


@rule
def step_funding(state: State, task: Task) -> None:
    """Realise the funding of one more position; after the last, set the next rate."""
    market = state.markets[task.a]
    while task.b < state.accounts_count:
        task.b += 1
        if state.positions[position_slot(task.b, task.a)].qty_lots != 0:
            wallet = position_wallet(state, task.b, task.a)
            realise_funding(state, market, task.b)
            pay_debt(state, wallet)
            touch(state, wallet)  # nothing may have been due, but the next rate is another one
            return
    pop_task(state)
    set_rate(state, market)
    sweep_whole_residue(state, market)


@rule
def mean_premium_rate(market: Market) -> I64:
    """Mean premium / divisor, at 10**-18, to the nearest, cut to the cap.   FUND-002

    rate_e18 = sum_e15 * 1000 / (samples * divisor)
    """
    if market.premium_count == 0:
        return 0
    divisor = market.premium_count * market.funding_divisor
    rate = mul_div_nearest(market.premium_sum_e15, E18_PER_E15, divisor)
    return clamp(rate, -market.funding_cap_e18, market.funding_cap_e18)


@rule
def lot_pays_parts(market: Market, rate_e18: I64, index_subticks: I64) -> I64:
    """What one long lot pays over an interval, in parts of an atom.   FUND-004, CONT-005"""
    parts = market.atom_parts
    if market.inverse_factor == 0:
        return linear_lot_parts(rate_e18, index_subticks, market.value_divisor, parts)
    return inverse_lot_parts(rate_e18, index_subticks, market.inverse_factor, parts)


@rule
def set_rate(state: State, market: Market) -> None:
    """The rate of the interval that begins.   FUND-002, FUND-003, FUND-004"""
    index = state.assets[market.base_asset_id].index_subticks
    market.funding_rate_e18 = mean_premium_rate(market)
    market.premium_sum_e15 = 0
    market.premium_count = 0
    market.funding_lot_parts = lot_pays_parts(market, market.funding_rate_e18, index)
    event = next_event(state, EventKind.FUNDING_SET)
    event.market_id = market.market_id
    event.rate_e18 = market.funding_rate_e18
    event.index_subticks = index
    event.mark_subticks = market.mark_subticks
    event.amount_atoms = market.funding_lot_parts


@rule
def sweep_whole_residue(state: State, market: Market) -> None:
    """Whole atoms of rounding residue go to the venue.   LEDG-006"""
    whole = market.residue_parts // market.atom_parts
    market.residue_parts -= whole * market.atom_parts
    clearing = clearing_wallet(market.market_id)
    venue = system_wallet(System.VENUE)
    transfer(state, market.settle_asset_id, clearing, venue, whole, Reason.FUNDING_RESIDUE)


@rule
def sweep_residue(state: State, market: Market) -> None:
    """With no contract open nothing is left in the clearing account.   LEDG-006"""
    if market.open_lots == 0:
        sweep_whole_residue(state, market)
