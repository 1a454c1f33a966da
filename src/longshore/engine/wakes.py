"""Which wallets to look at: bounds on the prices a wallet depends on, and a time.

A wallet that is looked at and found in order leaves, on every mark and every collateral index its
equity depends on, a price at which it wants to be looked at again. The slack between equity and
margin is dealt out so that all these prices may move against the wallet together by the same share
of themselves without using it up; funding it can still pay is taken off first.   LIQD-012
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import MarginBasis, Side, WalletKind
from longshore.engine.margin import (
    collateral_value_atoms,
    equity_atoms,
    initial_with_orders_atoms,
    is_margined_by,
    maintenance_atoms,
    value_at,
)
from longshore.engine.nodes import new_node, tree_first, tree_insert, tree_last, tree_remove
from longshore.engine.rows import Asset, Balance, Market, Position
from longshore.engine.state import (
    State,
    balance_slot,
    position_slot,
    wallet_account,
    wallet_kind,
)
from longshore.engine.timers import TIMER_WAKE, clear_timer, set_timer
from longshore.engine.units import absolute, larger, mul_div_ceil, mul_div_floor

WHOLE = 1_000_000_000  # shares of a price, in 10**-9
HYSTERESIS_NUM = 3  # a new bound uses 3/4 of the slack, so that small changes need no new one
HYSTERESIS_DEN = 4


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


@rule
def measure_buffer(state: State, wallet: I64, equity: I64) -> None:
    """What the wallet can lose from here before it is liquidated.   MRGN-012"""
    row = state.wallets[wallet]
    row.measured = 0
    row.buffer_full_atoms = equity - maintenance_atoms(state, wallet)


@rule
def look_at_next(state: State) -> None:
    """Look at one wallet that waits for it."""
    wallet = state.dirty_first
    row = state.wallets[wallet]
    state.dirty_first = row.dirty_next
    row.dirty_next = NIL
    row.dirty = 0
    look_at(state, wallet)


@rule
def look_at(state: State, wallet: I64) -> None:
    """Put a wallet among those at risk, or leave its bounds."""
    state.wallets_visited += 1
    equity = equity_atoms(state, wallet)
    if state.wallets[wallet].measured == 1:
        measure_buffer(state, wallet, equity)
    slack = equity - margin_to_keep(state, wallet)
    if slack < 0:
        drop_bounds(state, wallet)
        enter_risk(state, wallet)
    else:
        leave_risk(state, wallet)
        leave_bounds(state, wallet, slack)


@rule
def margin_to_keep(state: State, wallet: I64) -> I64:
    """Maintenance margin; initial with orders where orders end at its breach.   MRGN-009"""
    if state.cancel_on_initial == 1 and has_adding_orders(state, wallet):
        return initial_with_orders_atoms(state, wallet)
    return maintenance_atoms(state, wallet)


@rule
def side_adds(position: Position, side: I64) -> bool:
    """Whether open orders of a side could make a position larger, or turn it."""
    if side == Side.BUY:
        return position.buy_lots > 0 and position.buy_lots > -position.qty_lots
    return position.sell_lots > 0 and position.sell_lots > position.qty_lots


@rule
def has_adding_orders(state: State, wallet: I64) -> bool:
    """Whether an open order on this flex wallet could add risk.   MRGN-009"""
    if wallet_kind(wallet) != WalletKind.FLEX:
        return False
    account_id = wallet_account(wallet)
    for market_id in range(1, state.markets_count + 1):
        position = state.positions[position_slot(account_id, market_id)]
        if side_adds(position, Side.BUY) or side_adds(position, Side.SELL):
            if is_margined_by(state, wallet, market_id):
                return True
    return False


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


@rule
def leave_bounds(state: State, wallet: I64, slack_atoms: I64) -> None:
    """Leave a bound on every price the wallet depends on, and a wake time."""
    exposure = exposure_atoms(state, wallet)
    payable = payable_atoms(state, wallet)
    left = slack_atoms - payable
    if left < slack_atoms // 2:
        left = slack_atoms // 2
        set_wake_time(state, wallet, slack_atoms // 2, payable)
    else:
        clear_wake_time(state, wallet)
    share = mul_div_floor(WHOLE, left, exposure) if exposure > left else WHOLE
    account_id = wallet_account(wallet)
    for market_id in range(1, state.markets_count + 1):
        if is_margined_by(state, wallet, market_id):
            position = state.positions[position_slot(account_id, market_id)]
            bound_position(state, state.markets[market_id], position, wallet, share)
    for asset_id in range(1, state.assets_count + 1):
        asset = state.assets[asset_id]
        if asset.is_settlement == 0:
            balance = state.balances[balance_slot(wallet, asset_id)]
            bound_balance(state, asset, balance, wallet, share)


@rule
def exposure_atoms(state: State, wallet: I64) -> I64:
    """How much of the wallet's equity hangs on prices; twice where margin moves with them too."""
    account_id = wallet_account(wallet)
    total = 0
    for market_id in range(1, state.markets_count + 1):
        position = state.positions[position_slot(account_id, market_id)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, market_id):
            market = state.markets[market_id]
            value = absolute(value_at(market, market.mark_subticks, position.qty_lots))
            total += value + value if market.margin_basis == MarginBasis.MARK else value
    for asset_id in range(1, state.assets_count + 1):
        amount = state.balances[balance_slot(wallet, asset_id)].amount_atoms
        if amount != 0 and state.assets[asset_id].is_settlement == 0:
            total += absolute(collateral_value_atoms(state.assets[asset_id], amount))
    return total


@rule
def payable_atoms(state: State, wallet: I64) -> I64:
    """Funding the wallet's paying positions will owe by the end of their interval, rounded up."""
    account_id = wallet_account(wallet)
    total = 0
    for market_id in range(1, state.markets_count + 1):
        position = state.positions[position_slot(account_id, market_id)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, market_id):
            total += payable_of(state, state.markets[market_id], position)
    return total


@rule
def payable_of(state: State, market: Market, position: Position) -> I64:
    """One position's part: lot rate * time left / interval * lots; one atom for rounding."""
    rate = market.funding_lot_microatoms
    if rate == 0 or (rate > 0) != (position.qty_lots > 0):
        return 0
    time_left = larger(0, market.funding_from_us + market.funding_interval_us - state.time_us)
    per_lot = mul_div_ceil(absolute(rate), time_left, market.funding_interval_us) + 1
    return mul_div_ceil(per_lot, absolute(position.qty_lots), 1_000_000) + 1


@rule
def set_wake_time(state: State, wallet: I64, budget_atoms: I64, payable: I64) -> None:
    """Wake when this much funding has been paid, at the earliest in a microsecond."""
    time_left = interval_left_us(state, wallet)
    wait = larger(1, mul_div_floor(time_left, budget_atoms, payable))
    row = state.wallets[wallet]
    row.wake_node = set_timer(state, row.wake_node, state.time_us + wait, TIMER_WAKE, wallet)


@rule
def clear_wake_time(state: State, wallet: I64) -> None:
    """No wake time is needed."""
    row = state.wallets[wallet]
    row.wake_node = clear_timer(state, row.wake_node)


@rule
def interval_left_us(state: State, wallet: I64) -> I64:
    """The shortest time to the end of a funding interval among the wallet's positions."""
    account_id = wallet_account(wallet)
    shortest = 0
    for market_id in range(1, state.markets_count + 1):
        position = state.positions[position_slot(account_id, market_id)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, market_id):
            market = state.markets[market_id]
            left = market.funding_from_us + market.funding_interval_us - state.time_us
            if shortest == 0 or left < shortest:
                shortest = left
    return larger(shortest, 1)


@rule
def bound_position(
    state: State, market: Market, position: Position, wallet: I64, share: I64
) -> None:
    """The mark at which to look again: below for a long position, above for a short one."""
    if position.qty_lots == 0:
        drop_position_bound(state, market, position)
        return
    upper = 1 if position.qty_lots < 0 else 0
    reach = mul_div_floor(market.mark_subticks, share, WHOLE)
    if position.wake_node != NIL and position.wake_upper == upper:
        key = state.nodes[position.wake_node].key
        if absolute(key - market.mark_subticks) <= reach and (key > market.mark_subticks) == (
            upper == 1
        ):
            return
    drop_position_bound(state, market, position)
    reach = mul_div_floor(reach, HYSTERESIS_NUM, HYSTERESIS_DEN)
    position.wake_upper = upper
    key = market.mark_subticks + reach if upper == 1 else larger(0, market.mark_subticks - reach)
    position.wake_node = new_node(state, key, wallet, wallet)
    if upper == 1:
        market.upper_root = tree_insert(state, market.upper_root, position.wake_node)
    else:
        market.lower_root = tree_insert(state, market.lower_root, position.wake_node)


@rule
def drop_position_bound(state: State, market: Market, position: Position) -> None:
    """Take a position's bound out."""
    if position.wake_node == NIL:
        return
    if position.wake_upper == 1:
        market.upper_root = tree_remove(state, market.upper_root, position.wake_node)
    else:
        market.lower_root = tree_remove(state, market.lower_root, position.wake_node)
    position.wake_node = NIL


@rule
def bound_balance(state: State, asset: Asset, balance: Balance, wallet: I64, share: I64) -> None:
    """The index at which to look again at a wallet that holds a collateral asset."""
    if balance.amount_atoms == 0:
        drop_balance_bound(state, asset, balance)
        return
    reach = mul_div_floor(asset.index_subticks, share, WHOLE)
    if balance.wake_node != NIL:
        key = state.nodes[balance.wake_node].key
        if key < asset.index_subticks and asset.index_subticks - key <= reach:
            return
    drop_balance_bound(state, asset, balance)
    reach = mul_div_floor(reach, HYSTERESIS_NUM, HYSTERESIS_DEN)
    balance.wake_node = new_node(state, asset.index_subticks - reach, wallet, wallet)
    asset.lower_root = tree_insert(state, asset.lower_root, balance.wake_node)


@rule
def drop_balance_bound(state: State, asset: Asset, balance: Balance) -> None:
    """Take a balance's bound out."""
    if balance.wake_node == NIL:
        return
    asset.lower_root = tree_remove(state, asset.lower_root, balance.wake_node)
    balance.wake_node = NIL


@rule
def drop_bounds(state: State, wallet: I64) -> None:
    """A wallet at risk needs no bounds."""
    account_id = wallet_account(wallet)
    clear_wake_time(state, wallet)
    for market_id in range(1, state.markets_count + 1):
        if is_margined_by(state, wallet, market_id):
            position = state.positions[position_slot(account_id, market_id)]
            drop_position_bound(state, state.markets[market_id], position)
    for asset_id in range(1, state.assets_count + 1):
        balance = state.balances[balance_slot(wallet, asset_id)]
        drop_balance_bound(state, state.assets[asset_id], balance)


@rule
def read_bounds(state: State) -> None:
    """Mark for a look every wallet whose bound was reached."""
    if state.marks_moved == 1:
        state.marks_moved = 0
        for market_id in range(1, state.markets_count + 1):
            if state.markets[market_id].mark_moved == 1:
                state.markets[market_id].mark_moved = 0
                read_position_bounds(state, state.markets[market_id])
    if state.assets_moved == 1:
        state.assets_moved = 0
        for asset_id in range(1, state.assets_count + 1):
            if state.assets[asset_id].moved == 1:
                state.assets[asset_id].moved = 0
                read_balance_bounds(state, state.assets[asset_id])


@rule
def read_position_bounds(state: State, market: Market) -> None:
    """The bounds of one market, best first, until one is not reached."""
    node = tree_last(state, market.lower_root)
    while node != NIL and state.nodes[node].key >= market.mark_subticks:
        wake_position(state, market, state.nodes[node].value)
        node = tree_last(state, market.lower_root)
    node = tree_first(state, market.upper_root)
    while node != NIL and state.nodes[node].key <= market.mark_subticks:
        wake_position(state, market, state.nodes[node].value)
        node = tree_first(state, market.upper_root)


@rule
def wake_position(state: State, market: Market, wallet: I64) -> None:
    """A position's bound was reached."""
    position = state.positions[position_slot(wallet_account(wallet), market.market_id)]
    drop_position_bound(state, market, position)
    touch(state, wallet)


@rule
def read_balance_bounds(state: State, asset: Asset) -> None:
    """The bounds on one index, highest first, until one is not reached."""
    node = tree_last(state, asset.lower_root)
    while node != NIL and state.nodes[node].key >= asset.index_subticks:
        wallet = state.nodes[node].value
        drop_balance_bound(state, asset, state.balances[balance_slot(wallet, asset.asset_id)])
        touch(state, wallet)
        node = tree_last(state, asset.lower_root)
