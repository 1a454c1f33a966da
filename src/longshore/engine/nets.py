"""Netting: of a wallet's positions on one coin the larger side's margin counts.   MRGN-020"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.rows import Market, Position
from longshore.engine.state import State
from longshore.engine.units import larger


@rule
def clear_nets(state: State) -> None:
    """Before a wallet's margin is added up: nothing on either side of any coin."""
    if state.netting == 1:
        for asset_id in range(1, state.assets_count + 1):
            state.nets[asset_id].long_atoms = 0
            state.nets[asset_id].short_atoms = 0


@rule
def added_margin(state: State, market: Market, is_long: bool, margin_atoms: I64) -> I64:
    """What one side's margin adds to its wallet's, or takes off where it is negative.   MRGN-020

    The change of max(longs, shorts) of the coin; all of it where the rulebook does not net.
    """
    if state.netting == 0:
        return margin_atoms
    net = state.nets[market.base_asset_id]
    before = larger(net.long_atoms, net.short_atoms)
    if is_long:
        net.long_atoms += margin_atoms
    else:
        net.short_atoms += margin_atoms
    return larger(net.long_atoms, net.short_atoms) - before


@rule
def is_on_long_side(position: Position) -> bool:
    """Where margin with orders counts: with the position, without one with the larger side.

    MRGN-020
    """
    if position.qty_lots != 0:
        return position.qty_lots > 0
    return position.buy_value_atoms >= position.sell_value_atoms
