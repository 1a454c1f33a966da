"""Margin mode and leverage of an account in a market: two choices, one command."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import MarginMode, MarketKind, Reject
from longshore.engine.events import EventKind
from longshore.engine.gates import exceeds_cap
from longshore.engine.isolated import orders_margin_atoms, settle_isolated
from longshore.engine.ledger import cross_wallet, is_user, settlement_atoms
from longshore.engine.legs import is_hedged, leg_place
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.margin import (
    equity_atoms,
    free_atoms,
    initial_on,
    initial_with_orders_atoms,
    position_wallet,
)
from longshore.engine.moved import touch
from longshore.engine.rows import Command, Market, Position
from longshore.engine.state import State, is_market, next_event, position_slot
from longshore.engine.units import PPM, absolute, smaller


@rule
def set_leverage(state: State, command: Command) -> I64:
    """Margin mode and leverage, each changed only where it may be.   MRGN-008, MODE-001"""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    if not is_market(state, command.market_id):
        return Reject.UNKNOWN_MARKET
    market = state.markets[command.market_id]
    refusal = leverage_refusal(state, market, command)
    if refusal != Reject.NONE:
        return refusal
    position = state.positions[position_slot(command.account_id, command.market_id)]
    same = command.leverage_ppm == position.leverage_ppm
    if asked_isolated(command) == 1 and is_hedged(state, command.account_id, command.market_id):
        return Reject.HEDGE_IS_CROSS
    idle = is_idle(state, command.account_id, market)
    if asked_isolated(command) != position.isolated or command.value == MarginMode.BY_LEVERAGE:
        if not idle and not (same and asked_isolated(command) == position.isolated):
            return Reject.HAS_OPEN_RISK
    position.isolated = asked_isolated(command)
    if idle or same:
        choose_leverage(state, command, command.leverage_ppm)
    elif position.isolated == 1:
        refusal = change_isolated(state, market, position, command)
    else:
        refusal = change_cross(state, market, position, command)
    return refusal if refusal != Reject.NONE else report_leverage(state, position, command)


@rule
def asked_isolated(command: Command) -> I64:
    """1 where isolated margin is asked for; without a mode, by whether there is a leverage."""
    by_leverage = command.value == MarginMode.BY_LEVERAGE and command.leverage_ppm > 0
    return 1 if by_leverage or command.value == MarginMode.ISOLATED else 0


@rule
def leverage_refusal(state: State, market: Market, command: Command) -> I64:
    """No margin, no such mode, a leverage below 1 or too high.   MRGN-008, GATE-003"""
    leverage = command.leverage_ppm
    account = state.accounts[command.account_id]
    if market.kind == MarketKind.SPOT:
        return Reject.NOT_MARGINABLE
    if command.value < MarginMode.BY_LEVERAGE or command.value > MarginMode.ISOLATED:
        return Reject.BAD_VALUE
    tiers_alone = leverage == 0 and command.value != MarginMode.ISOLATED
    if leverage < PPM and not tiers_alone:
        return Reject.BAD_VALUE
    if leverage > PPM * PPM // state.tiers[market.tier_first].initial_ppm:
        return Reject.LEVERAGE_TOO_HIGH
    if account.leverage_cap_ppm != 0 and exceeds_cap(state, account, market, leverage):
        return Reject.LEVERAGE_CAPPED
    return Reject.NONE


@rule
def change_cross(state: State, market: Market, position: Position, command: Command) -> I64:
    """Another leverage of open risk: equity carries what it asks more.   MODE-002"""
    wallet = position_wallet(state, command.account_id, market.market_id)
    before = position.leverage_ppm
    needed = initial_with_orders_atoms(state, wallet)
    choose_leverage(state, command, command.leverage_ppm)
    after = initial_with_orders_atoms(state, wallet)
    if after > needed and equity_atoms(state, wallet) < after:
        choose_leverage(state, command, before)
        return Reject.INSUFFICIENT_MARGIN
    touch(state, wallet)
    return Reject.NONE


@rule
def is_idle(state: State, account_id: I64, market: Market) -> bool:
    """Whether an account has neither a position nor an order in a market."""
    short = leg_place(state, account_id, market.market_id, -1)
    position = state.positions[position_slot(account_id, market.market_id)]
    other = state.positions[position_slot(account_id, short)]
    lots = absolute(position.qty_lots) + absolute(other.qty_lots)
    return lots + position.orders_count + other.orders_count == 0


@rule
def choose_leverage(state: State, command: Command, leverage_ppm: I64) -> None:
    """The leverage of an account in a market; both legs have the same."""
    account_id = command.account_id
    short = leg_place(state, account_id, command.market_id, -1)
    state.positions[position_slot(account_id, command.market_id)].leverage_ppm = leverage_ppm
    state.positions[position_slot(account_id, short)].leverage_ppm = leverage_ppm


@rule
def set_position_mode(state: State, command: Command) -> I64:
    """One position a market, or a long and a short leg.   MODE-004"""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    if command.value < 0 or command.value > 1:
        return Reject.BAD_VALUE
    account = state.accounts[command.account_id]
    if command.value != account.hedged:
        refusal = mode_refusal(state, command)
        if refusal != Reject.NONE:
            return refusal
    account.hedged = command.value
    for market_id in range(1, state.markets_count + 1):
        position = state.positions[position_slot(command.account_id, market_id)]
        short = state.positions[position_slot(command.account_id, market_id + MARKETS_MAX)]
        hedged = is_hedged(state, command.account_id, market_id)
        short.leverage_ppm = position.leverage_ppm if hedged else 0
    event = next_event(state, EventKind.POSITION_MODE_SET)
    event.account_id = command.account_id
    event.flag = command.value
    return Reject.NONE


@rule
def mode_refusal(state: State, command: Command) -> I64:
    """Something open anywhere; two legs where no market has them, or one is isolated."""
    allowed = 0
    isolated = 0
    if state.accounts[command.account_id].orders_count > 0:
        return Reject.HAS_OPEN_RISK
    for market_id in range(1, state.markets_count + 1):
        market = state.markets[market_id]
        if not is_idle(state, command.account_id, market):
            return Reject.HAS_OPEN_RISK
        allowed += market.hedge_allowed
        position = state.positions[position_slot(command.account_id, market_id)]
        isolated += market.hedge_allowed * position.isolated
    if command.value == 1 and allowed == 0:
        return Reject.HEDGE_NOT_ALLOWED
    return Reject.HEDGE_IS_CROSS if command.value == 1 and isolated > 0 else Reject.NONE


@rule
def change_isolated(state: State, market: Market, position: Position, command: Command) -> I64:
    """Another leverage of open risk: the margin comes from the cross wallet, or goes.   MODE-003

    What goes is the difference of the position's initial margins, no more than is then free.
    """
    account_id = command.account_id
    wallet = position_wallet(state, account_id, market.market_id)
    before = position.leverage_ppm
    more = -initial_on(state, market, position)
    position.leverage_ppm = command.leverage_ppm
    more += initial_on(state, market, position)
    if position.leverage_ppm > before:
        more = -smaller(-more, free_atoms(state, wallet, market.settle_asset_id))
    wanted = position.margin_atoms + more
    wanted += orders_margin_atoms(state, account_id, market, position)
    home = cross_wallet(state, account_id, market)
    lacking = wanted - settlement_atoms(state, wallet)
    if position.leverage_ppm < before:
        if lacking > free_atoms(state, home, market.settle_asset_id):
            position.leverage_ppm = before
            return Reject.INSUFFICIENT_MARGIN
    position.margin_atoms += more
    settle_isolated(state, account_id, market.market_id)
    touch(state, wallet)
    return Reject.NONE


@rule
def report_leverage(state: State, position: Position, command: Command) -> I64:
    """The event of a margin mode and a leverage."""
    event = next_event(state, EventKind.LEVERAGE_SET)
    event.account_id = command.account_id
    event.market_id = command.market_id
    event.rate_e18 = position.leverage_ppm
    event.flag = position.isolated
    return Reject.NONE
