"""The risk limit that an owner chooses for a position.   MRGN-017, MRGN-018"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import Reject, Side
from longshore.engine.events import EventKind
from longshore.engine.isolated import settle_isolated
from longshore.engine.ledger import is_user
from longshore.engine.limits import VALUE_MAX_ATOMS
from longshore.engine.margin import (
    buy_side_atoms,
    equity_atoms,
    initial_atoms,
    initial_with_orders_atoms,
    position_wallet,
    sell_side_atoms,
)
from longshore.engine.moved import changed_by_owner
from longshore.engine.rows import Command, Market, Order, Position
from longshore.engine.state import State, is_market, next_event, position_slot
from longshore.engine.units import PPM, larger


@rule
def risk_limit_atoms(market: Market, position: Position) -> I64:
    """Up to what a position with its orders may be worth.   MRGN-017"""
    return market.risk_base_atoms + position.risk_steps * market.risk_step_atoms


@rule
def exceeds_risk_limit(market: Market, position: Position, after: Position, draft: Order) -> bool:
    """Whether the order's side could grow above the position's risk limit.   MRGN-018"""
    if draft.side == Side.BUY:
        reach = buy_side_atoms(market, after)
        grows = reach > buy_side_atoms(market, position)
    else:
        reach = sell_side_atoms(market, after)
        grows = reach > sell_side_atoms(market, position)
    return grows and reach > risk_limit_atoms(market, position)


@rule
def set_risk_limit(state: State, command: Command) -> I64:
    """The lowest risk limit that is at least what is asked for.   MRGN-017"""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    if not is_market(state, command.market_id):
        return Reject.UNKNOWN_MARKET
    market = state.markets[command.market_id]
    if market.risk_base_atoms == 0:
        return Reject.NOT_MARGINABLE
    if command.amount_atoms < 1 or command.amount_atoms > VALUE_MAX_ATOMS:
        return Reject.BAD_VALUE
    above = larger(0, command.amount_atoms - market.risk_base_atoms)
    steps = (above + market.risk_step_atoms - 1) // market.risk_step_atoms
    tier = state.tiers[market.tier_first]
    if steps > (PPM - tier.initial_ppm) // larger(1, tier.maintenance_ppm):
        return Reject.BAD_VALUE
    return choose_steps(state, market, command.account_id, steps)


@rule
def choose_steps(state: State, market: Market, account_id: I64, steps: I64) -> I64:
    """Put a position's limit so many steps above the base, if its wallet carries that."""
    position = state.positions[position_slot(account_id, market.market_id)]
    before = position.risk_steps
    position.risk_steps = steps
    refusal = steps_refusal(state, market, position, account_id, before)
    if refusal != Reject.NONE:
        position.risk_steps = before
        return refusal
    if steps != before:
        settle_isolated(state, account_id, market.market_id)
        changed_by_owner(state, position_wallet(state, account_id, market.market_id))
    event = next_event(state, EventKind.RISK_LIMIT_SET)
    event.account_id = account_id
    event.market_id = market.market_id
    event.amount_atoms = risk_limit_atoms(market, position)
    return Reject.NONE


@rule
def steps_refusal(
    state: State, market: Market, position: Position, account_id: I64, before: I64
) -> I64:
    """Margin, open orders of an isolated position, the new limit itself, in this order.

    MRGN-017
    """
    wallet = position_wallet(state, account_id, market.market_id)
    reach = larger(buy_side_atoms(market, position), sell_side_atoms(market, position))
    if position.risk_steps > before and reach > 0:
        needed = initial_with_orders_atoms(state, wallet)
        if position.isolated == 1:
            needed = initial_atoms(state, wallet)
        if equity_atoms(state, wallet) < needed:
            return Reject.INSUFFICIENT_MARGIN
    if position.risk_steps != before and position.isolated == 1:
        if position.orders_count != 0:
            return Reject.HAS_OPEN_RISK
    if reach > risk_limit_atoms(market, position):
        return Reject.RISK_LIMIT
    return Reject.NONE
