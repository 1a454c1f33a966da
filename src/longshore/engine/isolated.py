"""Isolated margin: what a position's own wallet should hold, and moving the difference.

A wallet holds the position's margin and what its open orders need; what is more goes back to the
cross wallet, what is less comes from there as far as it is free.   MRGN-007
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import Reason, WalletKind
from longshore.engine.fees import taker_fee_atoms
from longshore.engine.ledger import cross_wallet, settlement_atoms, transfer
from longshore.engine.margin import (
    chosen_requirement,
    free_atoms,
    initial_on,
    initial_requirement,
    requirement_with_orders,
)
from longshore.engine.moved import changed_by_owner
from longshore.engine.rows import Market, Position
from longshore.engine.state import State, position_slot, wallet_slot
from longshore.engine.units import absolute, larger, mul_div_floor, smaller


@rule
def orders_margin_atoms(state: State, account_id: I64, market: Market, position: Position) -> I64:
    """What the open orders of an isolated position need: added margin, and their taker fee."""
    value = position.buy_value_atoms + position.sell_value_atoms
    if value == 0:
        return 0
    alone = initial_on(state, market, position)
    added = larger(0, requirement_with_orders(state, market, position) - alone)
    return added + taker_fee_atoms(state, account_id, market, value)


@rule
def settle_isolated(state: State, account_id: I64, market_id: I64) -> None:
    """Bring an isolated wallet to what it should hold; nothing for a cross position."""
    position = state.positions[position_slot(account_id, market_id)]
    if position.isolated == 0:
        return
    wallet = wallet_slot(account_id, WalletKind.ISOLATED + market_id)
    market = state.markets[market_id]
    home = cross_wallet(state, account_id, market)
    for_orders = orders_margin_atoms(state, account_id, market, position)
    wanted = position.margin_atoms + for_orders
    held = settlement_atoms(state, wallet)
    missing = larger(wanted - held, -larger(held, 0))  # a loss beyond the margin stays
    if missing > 0:
        missing = smaller(missing, free_atoms(state, home, market.settle_asset_id))
    transfer(state, market.settle_asset_id, home, wallet, missing, Reason.ISOLATED_MARGIN)
    position.margin_atoms = smaller(position.margin_atoms, larger(0, held + missing))
    if missing != 0:
        changed_by_owner(state, home)
        changed_by_owner(state, wallet)


@rule
def opening_margin_atoms(
    state: State, market: Market, after: Position, opened_atoms: I64, opened_lots: I64
) -> I64:
    """Margin an opening fill adds: opened value / leverage, or what the tiers ask more."""
    value = absolute(after.entry_value_atoms)
    lots = absolute(after.qty_lots)
    less = chosen_requirement(state, market, after, value - opened_atoms, lots - opened_lots)
    more = chosen_requirement(state, market, after, value, lots)
    alone = initial_requirement(state, market, after, opened_atoms, opened_lots)
    return larger(alone, more - less)


@rule
def keep_after_close(
    position: Position, closed_lots: I64, held_lots: I64, realised_atoms: I64
) -> None:
    """The margin left with a position of which a part was closed.

    The closed share of the margin leaves with the profit less the fee; a loss beyond that share is
    taken from what stays. Nothing stays where nothing is held.
    """
    if closed_lots == held_lots:
        position.margin_atoms = 0
        return
    returned = mul_div_floor(position.margin_atoms, closed_lots, held_lots)
    stays = position.margin_atoms - returned
    position.margin_atoms = stays + smaller(0, returned + realised_atoms)
