"""What changed and must be looked at before the command ends: prices, wallets."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import WalletKind
from longshore.engine.state import State, wallet_kind


@rule
def mark_moved(state: State, market_id: I64) -> None:
    """A mark changed: its bounds and triggers must be read."""
    state.markets[market_id].mark_moved = 1
    state.marks_moved = 1
    signal_moved(state, market_id)


@rule
def asset_moved(state: State, asset_id: I64) -> None:
    """An index changed: the bounds of collateral must be read."""
    state.assets[asset_id].moved = 1
    state.assets_moved = 1


@rule
def signal_moved(state: State, market_id: I64) -> None:
    """A price that may set off triggers changed."""
    state.markets[market_id].signal_moved = 1
    state.signals_moved = 1


@rule
def touch(state: State, wallet: I64) -> None:
    """A wallet changed: look at it before the command ends."""
    row = state.wallets[wallet]
    if row.dirty == 1 or wallet_kind(wallet) == WalletKind.CASH:
        return
    row.dirty = 1
    row.dirty_next = state.dirty_first
    state.dirty_first = wallet


@rule
def changed_by_owner(state: State, wallet: I64) -> None:
    """The owner changed size or margin: the safety buffer is full again.   MRGN-012"""
    state.wallets[wallet].measured = 1
    touch(state, wallet)
