"""A wallet weighed in one pass: equity, margins, and what of it hangs on prices and time."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import MarginBasis, Side, WalletKind
from longshore.engine.ledger import is_isolated
from longshore.engine.legs import market_at, places
from longshore.engine.margin import (
    accrued_atoms,
    collateral_value_atoms,
    initial_with_orders_atoms,
    is_margined_by,
    maintenance_atoms,
    maintenance_on,
    own_atoms,
    requirement_with_orders,
)
from longshore.engine.rows import Asset, Market, Position, Scale
from longshore.engine.state import (
    State,
    balance_slot,
    position_slot,
    wallet_account,
    wallet_kind,
)
from longshore.engine.units import absolute, larger, mul_div_ceil
from longshore.engine.value import value_at

ROUNDED = 2  # atoms that a value rounded here and there can differ by from its share of a price


@rule
def margin_to_keep(state: State, scale: Scale) -> I64:
    """Maintenance margin; initial with orders where orders end at its breach.   MRGN-009"""
    if state.cancel_on_initial == 1 and scale.adds == 1:
        return scale.initial_atoms
    return scale.maintenance_atoms


@rule
def weigh(state: State, wallet: I64, scale: Scale) -> None:
    """Weigh a wallet in one pass over its balances and its positions."""
    account_id = wallet_account(wallet)
    places_weighed = 0
    clear_scale(scale)
    if wallet_kind(wallet) == WalletKind.FLEX:
        weigh_collateral(state, wallet, scale)
    else:
        scale.equity_atoms += own_atoms(state, wallet)
    for place in range(1, places(state, account_id) + 1):
        position = state.positions[position_slot(account_id, place)]
        busy = position.qty_lots != 0 or position.orders_count != 0
        if busy and is_margined_by(state, wallet, place):
            places_weighed += 1
            weigh_position(state, market_at(state, place), position, scale)
            if not is_isolated(wallet) and adds_somewhere(position):
                scale.adds = 1
    if state.netting == 1 and places_weighed > 1:
        net_scale(state, wallet, scale)


@rule
def net_scale(state: State, wallet: I64, scale: Scale) -> None:
    """Margins with the sides of a coin netted.   MRGN-020

    The exposure stays that of all positions: the larger of two sides moves no further than both.
    """
    scale.maintenance_atoms = maintenance_atoms(state, wallet)
    scale.initial_atoms = initial_with_orders_atoms(state, wallet)


@rule
def weigh_collateral(state: State, wallet: I64, scale: Scale) -> None:
    """The balances of a flex wallet."""
    for asset_id in range(1, state.assets_count + 1):
        amount = state.balances[balance_slot(wallet, asset_id)].amount_atoms
        if amount != 0:
            weigh_balance(state.assets[asset_id], amount, scale)


@rule
def clear_scale(scale: Scale) -> None:
    """Nothing weighed yet."""
    scale.equity_atoms = 0
    scale.maintenance_atoms = 0
    scale.initial_atoms = 0
    scale.exposure_atoms = 0
    scale.payable_atoms = 0
    scale.interval_left_us = 0
    scale.rounded_atoms = 0
    scale.adds = 0
    scale.bends = 0


@rule
def weigh_balance(asset: Asset, amount_atoms: I64, scale: Scale) -> None:
    """What a balance adds to equity and to what hangs on prices."""
    if asset.is_settlement == 1:
        scale.equity_atoms += amount_atoms
        return
    value = collateral_value_atoms(asset, amount_atoms)
    scale.equity_atoms += value
    scale.exposure_atoms += absolute(value)
    scale.rounded_atoms += ROUNDED


@rule
def weigh_position(state: State, market: Market, position: Position, scale: Scale) -> None:
    """What a position and its open orders add."""
    if position.qty_lots != 0 or position.buy_lots != 0 or position.sell_lots != 0:
        scale.initial_atoms += requirement_with_orders(state, market, position)
    if position.qty_lots == 0:
        return
    value = value_at(market, market.mark_subticks, position.qty_lots)
    scale.equity_atoms += value - position.entry_value_atoms
    scale.equity_atoms += accrued_atoms(state, market, position)
    scale.maintenance_atoms += maintenance_on(state, market, position)
    scale.exposure_atoms += absolute(value)
    scale.rounded_atoms += ROUNDED
    if market.margin_basis == MarginBasis.MARK:
        scale.exposure_atoms += absolute(value)
        scale.rounded_atoms += ROUNDED * (market.tier_count + 1)
    if market.inverse_factor != 0:
        scale.bends = 1
    payable = payable_of(state, market, position)
    if payable == 0:
        return
    scale.payable_atoms += payable
    left = larger(1, market.funding_from_us + market.funding_interval_us - state.time_us)
    if scale.interval_left_us == 0 or left < scale.interval_left_us:
        scale.interval_left_us = left


@rule
def payable_of(state: State, market: Market, position: Position) -> I64:
    """One position's part: lot rate * time left / interval * lots; one atom for rounding."""
    rate = market.funding_lot_parts
    if rate == 0 or (rate > 0) != (position.qty_lots > 0):
        return 0
    time_left = larger(0, market.funding_from_us + market.funding_interval_us - state.time_us)
    per_lot = mul_div_ceil(absolute(rate), time_left, market.funding_interval_us) + 1
    return mul_div_ceil(per_lot, absolute(position.qty_lots), market.atom_parts) + 1


@rule
def side_adds(position: Position, side: I64) -> bool:
    """Whether open orders of a side could make a position larger, or turn it."""
    if side == Side.BUY:
        return position.buy_lots > 0 and position.buy_lots > -position.qty_lots
    return position.sell_lots > 0 and position.sell_lots > position.qty_lots


@rule
def adds_somewhere(position: Position) -> bool:
    """Whether an open order of either side could add risk.   MRGN-009"""
    return side_adds(position, Side.BUY) or side_adds(position, Side.SELL)
