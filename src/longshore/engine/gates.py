"""Why an account may not open risk, and the one place where it is asked.   GATE-001 to GATE-006"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import (
    AccountState,
    Gate,
    MarketKind,
    Reason,
    Reject,
    Side,
)
from longshore.engine.events import EventKind
from longshore.engine.ledger import is_user
from longshore.engine.limits import LEVERAGE_MAX_PPM, MARKETS_MAX
from longshore.engine.positions import reducible_lots
from longshore.engine.rows import Account, Command, Market, Order
from longshore.engine.state import State, next_event, position_slot
from longshore.engine.tasks import SWEEP_MARKET, SWEEP_OPENING, push_sweep
from longshore.engine.units import PPM


@rule
def gate_refusal(state: State, draft: Order) -> I64:
    """Why an account may not place an order; what only closes is made reduce-only.

    GATE-002, GATE-004
    """
    account = state.accounts[draft.account_id]
    if account.state >= AccountState.FROZEN:
        return state_refusal(account)
    market = state.markets[draft.market_id]
    refusal = opening_refusal(state, account, market)
    if refusal == Reject.NONE or not could_open(market, draft):
        return Reject.NONE
    if not only_closes(state, market, draft):
        return refusal
    draft.reduce_only = 1
    return Reject.NONE


@rule
def could_open(market: Market, order: Order) -> bool:
    """Whether an order buys coins, or is not held to closing.   GATE-002"""
    if market.kind == MarketKind.SPOT:
        return order.side == Side.BUY
    return order.reduce_only == 0


@rule
def only_closes(state: State, market: Market, draft: Order) -> bool:
    """Whether an order brings nothing along and is no larger than what it closes.   GATE-002"""
    if market.kind == MarketKind.SPOT or draft.stop_ticks != 0 or draft.target_ticks != 0:
        return False
    return draft.qty_lots <= reducible_lots(state, draft)


@rule
def is_shut_out(state: State, order: Order) -> bool:
    """Whether an open order could open where its account may not.   GATE-005"""
    market = state.markets[order.market_id]
    account = state.accounts[order.account_id]
    return could_open(market, order) and opening_refusal(state, account, market) != Reject.NONE


@rule
def opening_refusal(state: State, account: Account, market: Market) -> I64:
    """Why an account may not open in a market: its state, the product's gate, its cap.

    GATE-002, GATE-003
    """
    if account.state != AccountState.ACTIVE:
        return state_refusal(account)
    gate = product_gate(account, market)
    if gate != Reject.NONE:
        return gate
    return Reject.LEVERAGE_CAPPED if is_above_cap(state, account, market) else Reject.NONE


@rule
def state_refusal(account: Account) -> I64:
    """The refusal by the name of a state.   GATE-004"""
    if account.state == AccountState.CLOSE_ONLY:
        return Reject.ACCOUNT_CLOSE_ONLY
    if account.state == AccountState.FROZEN:
        return Reject.ACCOUNT_FROZEN
    return Reject.ACCOUNT_CLOSED


@rule
def product_gate(account: Account, market: Market) -> I64:
    """The gate of a market's kind of product.   GATE-001"""
    if market.kind == MarketKind.SPOT:
        return account.spot_gate
    if market.expiry_us > 0:
        return account.dated_gate
    return account.perpetual_gate


@rule
def is_above_cap(state: State, account: Account, market: Market) -> bool:
    """Whether the leverage an account has in a market exceeds its cap.   GATE-003"""
    if account.leverage_cap_ppm == 0 or market.kind == MarketKind.SPOT:
        return False
    chosen = state.positions[position_slot(account.account_id, market.market_id)].leverage_ppm
    return exceeds_cap(state, account, market, chosen)


@rule
def exceeds_cap(state: State, account: Account, market: Market, leverage_ppm: I64) -> bool:
    """Whether a leverage, or for none the first tier's, is above an account's cap.   GATE-003

    Of the tier's: 1 / initial_ppm > cap, as 10**12 > cap_ppm * initial_ppm.
    """
    if leverage_ppm > 0:
        return leverage_ppm > account.leverage_cap_ppm
    return account.leverage_cap_ppm * state.tiers[market.tier_first].initial_ppm < PPM * PPM


@rule
def set_gate(state: State, command: Command) -> I64:
    """Open or shut one gate of an account.   GATE-001"""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    if command.type < Gate.SPOT or command.type > Gate.WITHDRAWAL or not may_shut(command.value):
        return Reject.BAD_VALUE
    account = state.accounts[command.account_id]
    if command.type == Gate.SPOT:
        account.spot_gate = command.value
    elif command.type == Gate.PERPETUAL:
        account.perpetual_gate = command.value
    elif command.type == Gate.DATED:
        account.dated_gate = command.value
    elif command.type == Gate.DEPOSIT:
        account.deposit_gate = command.value
    else:
        account.withdrawal_gate = command.value
    event = next_event(state, EventKind.GATE_SET)
    event.account_id = command.account_id
    event.type = command.type
    event.reject = command.value
    if command.value != Reject.NONE and command.type <= Gate.DATED:
        push_sweep(state, command.account_id, 0, SWEEP_OPENING, Reason.GATE_SHUT)
    return Reject.NONE


@rule
def may_shut(reject: I64) -> bool:
    """Whether a refusal is a reason to shut a gate.   GATE-001"""
    is_reason = reject >= Reject.COUNTRY_NOT_KNOWN and reject <= Reject.INACTIVE
    return reject == Reject.NONE or is_reason


@rule
def set_account_state(state: State, command: Command) -> I64:
    """An account's state and leverage cap.   GATE-003, GATE-004, GATE-005"""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    if command.value < AccountState.ACTIVE or command.value > AccountState.CLOSED:
        return Reject.BAD_VALUE
    cap = command.leverage_ppm
    if cap != 0 and (cap < PPM or cap > LEVERAGE_MAX_PPM):
        return Reject.BAD_VALUE
    if command.value == AccountState.CLOSED and has_open(state, command.account_id):
        return Reject.HAS_OPEN_RISK
    account = state.accounts[command.account_id]
    account.state = command.value
    account.leverage_cap_ppm = cap
    event = next_event(state, EventKind.ACCOUNT_STATE_SET)
    event.account_id = command.account_id
    event.flag = command.value
    event.rate_e18 = cap
    which = SWEEP_MARKET if account.state >= AccountState.FROZEN else SWEEP_OPENING
    push_sweep(state, command.account_id, 0, which, Reason.GATE_SHUT)
    return Reject.NONE


@rule
def has_open(state: State, account_id: I64) -> bool:
    """Whether an account has an order or a position anywhere, either leg.   GATE-004"""
    if state.accounts[account_id].orders_count > 0:
        return True
    for market_id in range(1, state.markets_count + 1):
        for leg in range(2):
            place = market_id + leg * MARKETS_MAX
            if state.positions[position_slot(account_id, place)].qty_lots != 0:
                return True
    return False


@rule
def deposit_refusal(state: State, account_id: I64) -> I64:
    """Why no money may come in.   GATE-006"""
    account = state.accounts[account_id]
    if account.state == AccountState.CLOSED:
        return Reject.ACCOUNT_CLOSED
    return account.deposit_gate


@rule
def leaving_gate(state: State, account_id: I64) -> I64:
    """Why no money may leave a wallet: the account is frozen or closed.   GATE-004"""
    account = state.accounts[account_id]
    return state_refusal(account) if account.state >= AccountState.FROZEN else Reject.NONE


@rule
def withdrawal_refusal(state: State, account_id: I64) -> I64:
    """Why no money may go out.   GATE-006"""
    refusal = leaving_gate(state, account_id)
    return refusal if refusal != Reject.NONE else state.accounts[account_id].withdrawal_gate
