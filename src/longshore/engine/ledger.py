"""Money. `transfer` is the only function that moves it."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import System, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.limits import ACCOUNTS_SYSTEM, ASSETS_MAX
from longshore.engine.rows import Market
from longshore.engine.state import (
    State,
    balance_slot,
    next_event,
    wallet_account,
    wallet_kind,
    wallet_slot,
)

OUTSIDE = NIL
"""The wallet of the world outside: its balance is minus the supply."""


@rule
def transfer(
    state: State, asset_id: I64, source: I64, target: I64, amount_atoms: I64, reason: I64
) -> None:
    """Move an amount between wallets for a reason; below zero: back.   LEDG-001, LEDG-002"""
    if amount_atoms == 0:
        return
    if amount_atoms < 0:
        giver = target
        taker = source
    else:
        giver = source
        taker = target
    size = amount_atoms if amount_atoms > 0 else -amount_atoms
    given = state.balances[balance_slot(giver, asset_id)]
    taken = state.balances[balance_slot(taker, asset_id)]
    given.amount_atoms -= size
    taken.amount_atoms += size
    event = next_event(state, EventKind.TRANSFERRED)
    event.asset_id = asset_id
    event.account_id = wallet_account(giver)
    event.wallet = wallet_kind(giver)
    event.other_account_id = wallet_account(taker)
    event.other_wallet = wallet_kind(taker)
    event.amount_atoms = size
    event.balance_atoms = given.amount_atoms
    event.other_balance_atoms = taken.amount_atoms
    event.reason = reason


@rule
def balance_atoms(state: State, wallet: I64, asset_id: I64) -> I64:
    """What a wallet holds of an asset."""
    return state.balances[balance_slot(wallet, asset_id)].amount_atoms


@rule
def unit_asset(state: State, wallet: I64) -> I64:
    """The asset in which a wallet's equity and margin are counted.   CONT-003"""
    kind = wallet_kind(wallet)
    if kind >= WalletKind.COIN:
        return kind - WalletKind.COIN
    if kind >= WalletKind.ISOLATED:
        return state.markets[kind - WalletKind.ISOLATED].settle_asset_id
    return state.settlement_asset_id


@rule
def settlement_atoms(state: State, wallet: I64) -> I64:
    """What a wallet holds of the asset it counts in."""
    return state.balances[wallet * ASSETS_MAX + unit_asset(state, wallet)].amount_atoms


@rule
def is_isolated(wallet: I64) -> bool:
    """Whether a wallet is an isolated position's own."""
    return is_isolated_kind(wallet_kind(wallet))


@rule
def is_isolated_kind(kind: I64) -> bool:
    """Whether a kind is an isolated wallet's: it takes and gives money by transfer alone."""
    return kind >= WalletKind.ISOLATED and kind < WalletKind.COIN


@rule
def cross_wallet(state: State, account_id: I64, market: Market) -> I64:
    """The wallet that margins a market's cross positions.   CONT-003

    The flex wallet where the market settles in what that counts in; else the coin's own.
    """
    if market.settle_asset_id == state.settlement_asset_id:
        return wallet_slot(account_id, WalletKind.FLEX)
    return wallet_slot(account_id, WalletKind.COIN + market.settle_asset_id)


@rule
def system_wallet(account_id: I64) -> I64:
    """The flex wallet of one of the venue's own accounts."""
    return wallet_slot(account_id, WalletKind.FLEX)


@rule
def clearing_wallet(market_id: I64) -> I64:
    """A market's clearing account.   LEDG-004"""
    return wallet_slot(System.CLEARING, WalletKind.ISOLATED + market_id)


@rule
def is_user(state: State, account_id: I64) -> bool:
    """Whether an id is a customer's account."""
    return account_id > ACCOUNTS_SYSTEM and account_id <= state.accounts_count
