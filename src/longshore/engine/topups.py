"""Automatic top-up of isolated margin, before a ladder begins.   MODE-008"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import Reason, Reject, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.ledger import cross_wallet, is_isolated, is_user, transfer
from longshore.engine.margin import (
    equity_atoms,
    free_atoms,
    initial_on,
    maintenance_atoms,
    notional_atoms,
    own_atoms,
)
from longshore.engine.moved import changed_by_owner
from longshore.engine.rows import Command
from longshore.engine.state import (
    State,
    is_market,
    next_event,
    position_slot,
    wallet_account,
    wallet_kind,
)
from longshore.engine.units import larger, mul_div_ceil, smaller


@rule
def set_top_up(state: State, command: Command) -> I64:
    """Whether an account's isolated margin in a market is topped up by itself.   MODE-008"""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    if not is_market(state, command.market_id):
        return Reject.UNKNOWN_MARKET
    if command.value < 0 or command.value > 1:
        return Reject.BAD_VALUE
    if state.markets[command.market_id].top_up_allowed == 0:
        return Reject.TOP_UP_NOT_ALLOWED
    state.positions[position_slot(command.account_id, command.market_id)].tops_up = command.value
    event = next_event(state, EventKind.TOP_UP_SET)
    event.account_id = command.account_id
    event.market_id = command.market_id
    event.flag = command.value
    return Reject.NONE


@rule
def is_topped_up(state: State, wallet: I64) -> bool:
    """Whether free money came into an isolated wallet that is to be liquidated.   MODE-008

    initial margin * ceil((maintenance - equity) / initial margin), no more than is free, and none
    beyond margin = notional.
    """
    if not is_isolated(wallet):
        return False
    account_id = wallet_account(wallet)
    market = state.markets[wallet_kind(wallet) - WalletKind.ISOLATED]
    position = state.positions[position_slot(account_id, market.market_id)]
    if position.tops_up == 0 or position.qty_lots == 0:
        return False
    home = cross_wallet(state, account_id, market)
    once = larger(initial_on(state, market, position), 1)  # a size may be worth less than an atom
    lacking = maintenance_atoms(state, wallet) - equity_atoms(state, wallet)
    amount = smaller(
        once * mul_div_ceil(lacking, 1, once),
        smaller(
            notional_atoms(market, position) - own_atoms(state, wallet),
            free_atoms(state, home, market.settle_asset_id),
        ),
    )
    if amount <= 0:
        return False
    transfer(state, market.settle_asset_id, home, wallet, amount, Reason.MARGIN_TOP_UP)
    position.margin_atoms += amount
    changed_by_owner(state, home)
    changed_by_owner(state, wallet)
    return True
