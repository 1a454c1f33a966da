"""Margin mode and leverage of an account in a market: two choices, one command."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import MarginMode, MarketKind, Reject
from longshore.engine.events import EventKind
from longshore.engine.isolated import orders_margin_atoms, settle_isolated
from longshore.engine.ledger import cross_wallet, is_user, settlement_atoms
from longshore.engine.margin import (
    equity_atoms,
    free_atoms,
    initial_on,
    initial_with_orders_atoms,
    position_wallet,
)
from longshore.engine.moved import touch
from longshore.engine.rows import Command, Market, Position
from longshore.engine.state import State, next_event, position_slot
from longshore.engine.units import PPM, smaller


@rule
def set_leverage(state: State, command: Command) -> I64:
    """Margin mode and leverage, each changed only where it may be.   MRGN-008, MODE-001"""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    if command.market_id < 1 or command.market_id > state.markets_count:
        return Reject.UNKNOWN_MARKET
    market = state.markets[command.market_id]
    refusal = leverage_refusal(state, market, command)
    if refusal != Reject.NONE:
        return refusal
    position = state.positions[position_slot(command.account_id, command.market_id)]
    same = command.leverage_ppm == position.leverage_ppm
    idle = position.qty_lots == 0 and position.orders_count == 0
    if asked_isolated(command) != position.isolated or command.value == MarginMode.BY_LEVERAGE:
        if not idle and not (same and asked_isolated(command) == position.isolated):
            return Reject.HAS_OPEN_RISK
    position.isolated = asked_isolated(command)
    if idle or same:
        position.leverage_ppm = command.leverage_ppm
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
    """A market without margin, a mode that is none, a leverage below 1 or too high.   MRGN-008"""
    leverage = command.leverage_ppm
    if market.kind == MarketKind.SPOT:
        return Reject.NOT_MARGINABLE
    if command.value < MarginMode.BY_LEVERAGE or command.value > MarginMode.ISOLATED:
        return Reject.BAD_VALUE
    if leverage == 0 and command.value != MarginMode.ISOLATED:
        return Reject.NONE
    if leverage < PPM:
        return Reject.BAD_VALUE
    if leverage > PPM * PPM // state.tiers[market.tier_first].initial_ppm:
        return Reject.LEVERAGE_TOO_HIGH
    return Reject.NONE


@rule
def change_cross(state: State, market: Market, position: Position, command: Command) -> I64:
    """Another leverage of open risk: equity carries what it asks more.   MODE-002"""
    wallet = position_wallet(state, command.account_id, market.market_id)
    before = position.leverage_ppm
    needed = initial_with_orders_atoms(state, wallet)
    position.leverage_ppm = command.leverage_ppm
    after = initial_with_orders_atoms(state, wallet)
    if after > needed and equity_atoms(state, wallet) < after:
        position.leverage_ppm = before
        return Reject.INSUFFICIENT_MARGIN
    touch(state, wallet)
    return Reject.NONE


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
