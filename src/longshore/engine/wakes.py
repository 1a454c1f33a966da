"""Looking at wallets: which are at risk, which are left alone for now.   LIQD-012"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.bounds import drop_bounds, leave_bounds
from longshore.engine.moved import touch
from longshore.engine.nodes import new_node, tree_insert, tree_remove
from longshore.engine.scales import margin_to_keep, weigh
from longshore.engine.state import State


@rule
def look_at_next(state: State) -> None:
    """Look at one wallet that waits for it; one whose ladder pauses is left alone.   LIQD-018"""
    wallet = state.dirty_first
    row = state.wallets[wallet]
    state.dirty_first = row.dirty_next
    row.dirty_next = NIL
    row.dirty = 0
    if row.paused_us == 0:
        look_at(state, wallet)


@rule
def look_at(state: State, wallet: I64) -> None:
    """Put a wallet among those at risk, or leave its bounds.   LIQD-012, MRGN-012"""
    state.wallets_visited += 1
    scale = state.scales[0]
    weigh(state, wallet, scale)
    row = state.wallets[wallet]
    if row.measured == 1:
        row.measured = 0
        row.buffer_full_atoms = scale.equity_atoms - scale.maintenance_atoms
    slack = scale.equity_atoms - margin_to_keep(state, scale)
    if slack < 0:
        drop_bounds(state, wallet)
        enter_risk(state, wallet)
    else:
        leave_risk(state, wallet)
        leave_bounds(state, wallet, scale, slack)


@rule
def enter_risk(state: State, wallet: I64) -> None:
    """Among the wallets at risk, by wallet."""
    row = state.wallets[wallet]
    if row.risk_node == NIL:
        row.risk_node = new_node(state, wallet, 0, wallet)
        state.risk_root = tree_insert(state, state.risk_root, row.risk_node)


@rule
def leave_risk(state: State, wallet: I64) -> None:
    """No longer at risk."""
    row = state.wallets[wallet]
    if row.risk_node != NIL:
        state.risk_root = tree_remove(state, state.risk_root, row.risk_node)
        row.risk_node = NIL


@rule
def freeze(state: State, wallet: I64) -> None:
    """A wallet at risk that must be left alone for now: it is looked at after the thaw."""
    row = state.wallets[wallet]
    if row.frozen_node == NIL:
        row.frozen_node = new_node(state, wallet, 0, wallet)
        state.frozen_root = tree_insert(state, state.frozen_root, row.frozen_node)


@rule
def thaw(state: State) -> None:
    """A stale index has come back, or a market's state changed: look at the frozen ones again."""
    while state.frozen_root != NIL:
        wallet = state.nodes[state.frozen_root].value
        state.frozen_root = tree_remove(state, state.frozen_root, state.frozen_root)
        state.wallets[wallet].frozen_node = NIL
        touch(state, wallet)
