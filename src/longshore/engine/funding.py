"""Funding: the rate of an interval, its realisation, the residue of rounding."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import FundingPay, FundingPrice, MarketState, Reason, System
from longshore.engine.collateral import pay_debt
from longshore.engine.events import EventKind
from longshore.engine.ledger import clearing_wallet, system_wallet, transfer
from longshore.engine.legs import leg_place, market_at
from longshore.engine.margin import funding_index_parts, position_wallet
from longshore.engine.moved import touch
from longshore.engine.positions import realise_funding
from longshore.engine.premiums import mean_premium_e18
from longshore.engine.rates import (
    interval_rate_e18,
    inverse_lot_parts,
    linear_lot_parts,
    paid_rate_e18,
)
from longshore.engine.rows import Market, Task
from longshore.engine.state import State, next_event, position_slot
from longshore.engine.tasks import TASK_FUNDING, pop_task, push_task
from longshore.engine.timers import TIMER_FUNDING, next_multiple, set_timer
from longshore.engine.units import larger


@rule
def close_interval(state: State, market: Market) -> None:
    """The interval ends: every position realises what it owes.   FUND-006, FUND-009, LIFE-004

    Its length may change (FUND-010). Times are whole multiples of it (FUND-012), so that it may.
    """
    if market.state == MarketState.EXPIRED:
        return
    market.funding_index_parts = funding_index_parts(state, market)
    market.funding_from_us = state.time_us
    if market.funding_pay == FundingPay.AT_ONCE:
        if market.funding_lag == 0:
            set_rate(state, market)
        rate = market.funding_rate_e18
        market.funding_index_parts += lot_pays_parts(market, rate, paid_on_subticks(state, market))
    if market.funding_short_us != 0:
        choose_interval(state, market)
    interval = market.funding_interval_us
    market.funding_next_us = next_multiple(state.time_us, interval, market.funding_at_us)
    set_timer(state, NIL, market.funding_next_us, TIMER_FUNDING, market.market_id)
    push_task(state, TASK_FUNDING, market.market_id)


@rule
def choose_interval(state: State, market: Market) -> None:
    """Short from a rate at floor or cap on, long again after enough calm ones.   FUND-010"""
    rate = market.rate_e18
    capped = rate == market.rate_cap_e18 or rate == market.rate_floor_e18
    counts = market.funding_interval_us == market.funding_short_us and not capped
    market.funding_calm = market.funding_calm + 1 if counts else 0
    wanted = market.funding_interval_us
    if capped:
        wanted = market.funding_short_us
    elif market.funding_calm > 0 and market.funding_calm == market.funding_calm_after:
        wanted = market.funding_long_us
    if wanted != market.funding_interval_us:
        market.funding_interval_us = wanted
        market.funding_calm = 0
        event = next_event(state, EventKind.FUNDING_INTERVAL_SET)
        event.market_id = market.market_id
        event.rate_e18 = market.funding_rate_e18
        event.expire_us = next_multiple(state.time_us, wanted, market.funding_at_us)


@rule
def cash_is_due(market: Market) -> bool:
    """Whether what is owed is paid at the end of the interval that just ended.   FUND-011"""
    if market.funding_cash_us == 0:
        return True
    return (market.funding_from_us - market.funding_cash_at_us) % market.funding_cash_us == 0


@rule
def step_funding(state: State, task: Task) -> None:
    """Realise the funding of one more position; after the last, set the next rate.   FUND-011"""
    market = state.markets[task.a]
    while task.b < state.accounts_count:
        task.b += 1
        short = leg_place(state, task.b, task.a, -1)
        held = pay_funding(state, task.b, task.a)
        if short != task.a and pay_funding(state, task.b, short):
            held = True
        if held:
            return
    pop_task(state)
    if market.funding_pay == FundingPay.ACCRUED or market.funding_lag == 1:
        set_rate(state, market)
    sweep_whole_residue(state, market)


@rule
def pay_funding(state: State, account_id: I64, place: I64) -> bool:
    """The interval's funding of one position, if there is one.   FUND-006, FUND-011"""
    if state.positions[position_slot(account_id, place)].qty_lots == 0:
        return False
    wallet = position_wallet(state, account_id, place)
    if cash_is_due(market_at(state, place)):
        realise_funding(state, account_id, place)
        pay_debt(state, wallet)
    touch(state, wallet)  # nothing may have been due, but the next rate is another one
    return True


@rule
def mean_of_samples_e18(market: Market) -> I64:
    """The mean of the interval's samples, filled up where they are too few.   FUND-002"""
    weights = larger(market.premium_weights, market.premium_samples_min)
    return mean_premium_e18(market.premium_whole, market.premium_rest_e15, weights)


@rule
def rate_now_e18(market: Market) -> I64:
    """The rate of a rate interval if the samples ended here.   FUND-002"""
    return interval_rate_e18(mean_of_samples_e18(market), market.rate_e18, market)


@rule
def predicted_rate_e18(market: Market) -> I64:
    """What an interval would pay of the rate if the samples ended here.   FUND-002"""
    return paid_rate_e18(rate_now_e18(market), market.funding_interval_us, market.rate_interval_us)


@rule
def next_rate_e18(market: Market) -> I64:
    """The rate that the interval in hand pays: set already, or made of its samples.   FUND-009"""
    if market.funding_pay == FundingPay.AT_ONCE and market.funding_lag == 0:
        return predicted_rate_e18(market)
    return market.funding_rate_e18


@rule
def paid_on_subticks(state: State, market: Market) -> I64:
    """The price that a rate is charged on.   FUND-004"""
    if market.funding_price == FundingPrice.MARK:
        return market.mark_subticks
    return state.assets[market.base_asset_id].index_subticks


@rule
def lot_pays_parts(market: Market, rate_e18: I64, index_subticks: I64) -> I64:
    """What one long lot pays over an interval, in parts of an atom.   FUND-004, CONT-005"""
    parts = market.atom_parts
    if market.inverse_factor == 0:
        return linear_lot_parts(rate_e18, index_subticks, market.value_divisor, parts)
    return inverse_lot_parts(rate_e18, index_subticks, market.inverse_factor, parts)


@rule
def set_rate(state: State, market: Market) -> None:
    """The rate that the interval's samples make.   FUND-002, FUND-003, FUND-004, FUND-009"""
    market.rate_e18 = rate_now_e18(market)
    pay_us = market.funding_interval_us
    market.funding_rate_e18 = paid_rate_e18(market.rate_e18, pay_us, market.rate_interval_us)
    forget_samples(market)
    lot = lot_pays_parts(market, market.funding_rate_e18, paid_on_subticks(state, market))
    market.funding_lot_parts = lot if market.funding_pay == FundingPay.ACCRUED else 0
    event = next_event(state, EventKind.FUNDING_SET)
    event.market_id = market.market_id
    event.rate_e18 = market.funding_rate_e18
    event.index_subticks = state.assets[market.base_asset_id].index_subticks
    event.mark_subticks = market.mark_subticks
    event.amount_atoms = lot


@rule
def forget_samples(market: Market) -> None:
    """The next interval's samples are its own."""
    market.premium_whole = 0
    market.premium_rest_e15 = 0
    market.premium_count = 0
    market.premium_weights = 0


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
