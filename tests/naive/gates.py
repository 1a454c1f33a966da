"""Article 16: why an account may not open risk.

Chosen: the state comes before the product's gate, the gate before the cap. Gates are asked when an
order is placed; when one is shut, the open orders that it would have stopped end.
"""

from __future__ import annotations

from fractions import Fraction

from longshore.engine.codes import (
    AccountState,
    Gate,
    MarketKind,
    Reason,
    Reject,
    Side,
)
from longshore.engine.limits import LEVERAGE_MAX_PPM
from longshore.engine.rows import Command, Market
from tests.naive.book import room_to_reduce
from tests.naive.fills import end_order
from tests.naive.state import PPM, Order, State

STATES = {
    AccountState.CLOSE_ONLY: Reject.ACCOUNT_CLOSE_ONLY,
    AccountState.FROZEN: Reject.ACCOUNT_FROZEN,
    AccountState.CLOSED: Reject.ACCOUNT_CLOSED,
}
STILL = (AccountState.FROZEN, AccountState.CLOSED)
REASONS = range(Reject.COUNTRY_NOT_KNOWN, Reject.INACTIVE + 1)


def gate_of(market: Market) -> Gate:
    """GATE-001: by the kind of product."""
    if market.kind == MarketKind.SPOT:
        return Gate.SPOT
    dated = market.kind in (MarketKind.LINEAR_FUTURE, MarketKind.INVERSE_FUTURE)
    return Gate.DATED if dated else Gate.PERPETUAL


def may_open(s: State, account_id: int, market: Market) -> Reject:
    """GATE-002, GATE-003."""
    account = s.accounts[account_id]
    shut = STATES.get(account.state) or account.gates[gate_of(market)]
    if shut or not account.cap_ppm or market.kind == MarketKind.SPOT:
        return Reject(shut)
    chosen = s.leverage(account_id, market.market_id)
    return Reject.LEVERAGE_CAPPED if capped(s, account_id, market, chosen) else Reject.NONE


def capped(s: State, account_id: int, market: Market, leverage_ppm: int) -> bool:
    """GATE-003: whether a leverage, or without one the first tier's, is above the cap."""
    cap = Fraction(s.accounts[account_id].cap_ppm, PPM)
    most = Fraction(PPM, s.tiers[market.market_id][0].initial_ppm)
    return cap > 0 and (Fraction(leverage_ppm, PPM) or most) > cap


def check(s: State, order: Order) -> Reject:
    """GATE-002, GATE-004. What only closes is reduce-only from here on."""
    state = s.accounts[order.account_id].state
    if state in STILL:
        return STATES[state]
    market = s.markets[order.market_id]
    shut = may_open(s, order.account_id, market)
    if not shut or not could_open(market, order):
        return Reject.NONE
    have = s.positions[order.account_id, order.where].qty_lots
    fits = order.qty_lots <= room_to_reduce(have, order.side)
    if market.kind == MarketKind.SPOT or order.stop_ticks or order.target_ticks or not fits:
        return shut
    order.reduce_only = 1
    return Reject.NONE


def could_open(market: Market, order: Order) -> bool:
    """GATE-002."""
    if market.kind == MarketKind.SPOT:
        return order.side == Side.BUY
    return not order.reduce_only


def end_shut_out(s: State, account_id: int) -> None:
    """GATE-005: the newest first."""
    for order in s.newest_first(account_id):
        market = s.markets[order.market_id]
        still = s.accounts[account_id].state in STILL
        shut = still or (could_open(market, order) and may_open(s, account_id, market))
        if order.order_id in s.orders and shut:
            end_order(s, order, Reason.GATE_SHUT)


def set_gate(s: State, c: Command) -> Reject:
    """GATE-001."""
    if c.type not in list(Gate) or (c.value and c.value not in REASONS):
        return Reject.BAD_VALUE
    s.accounts[c.account_id].gates[c.type] = c.value
    if c.value and c.type in (Gate.SPOT, Gate.PERPETUAL, Gate.DATED):
        end_shut_out(s, c.account_id)
    return Reject.NONE


def set_account_state(s: State, c: Command) -> Reject:
    """GATE-003, GATE-004."""
    cap = c.leverage_ppm
    if c.value not in list(AccountState) or (cap and not PPM <= cap <= LEVERAGE_MAX_PPM):
        return Reject.BAD_VALUE
    held = any(p.qty_lots for (a, _), p in s.positions.items() if a == c.account_id)
    if c.value == AccountState.CLOSED and (held or s.newest_first(c.account_id)):
        return Reject.HAS_OPEN_RISK
    account = s.accounts[c.account_id]
    account.state, account.cap_ppm = c.value, cap
    end_shut_out(s, c.account_id)
    return Reject.NONE


def still(s: State, account_id: int) -> Reject:
    """GATE-004: why no money may leave a wallet."""
    state = s.accounts[account_id].state
    return STATES[state] if state in STILL else Reject.NONE


def may_deposit(s: State, account_id: int) -> Reject:
    """GATE-006."""
    account = s.accounts[account_id]
    closed = account.state == AccountState.CLOSED
    return Reject.ACCOUNT_CLOSED if closed else Reject(account.gates[Gate.DEPOSIT])


def may_withdraw(s: State, account_id: int) -> Reject:
    """GATE-006."""
    return still(s, account_id) or Reject(s.accounts[account_id].gates[Gate.WITHDRAWAL])
