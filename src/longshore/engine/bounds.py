"""Wake boxes: bounds on the prices a wallet depends on, and a time.

A wallet that was looked at and found in order leaves, on every mark and every collateral index its
equity depends on, a price at which it wants to be looked at again. The slack between equity and
margin is dealt out so that all these prices may move against the wallet together by the same share
of themselves without using it up; funding it can still pay and what rounding may take are taken off
first.   LIQD-012
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import WalletKind
from longshore.engine.legs import leg_place, market_at, places
from longshore.engine.margin import funding_since, is_margined_by
from longshore.engine.moved import touch
from longshore.engine.nodes import new_node, tree_first, tree_insert, tree_last, tree_remove
from longshore.engine.rows import Asset, Balance, Market, Position, Scale
from longshore.engine.state import (
    State,
    balance_slot,
    position_slot,
    wallet_account,
    wallet_kind,
)
from longshore.engine.timers import TIMER_WAKE, clear_timer, set_timer
from longshore.engine.units import absolute, larger, mul_div_ceil, mul_div_floor, smaller

WHOLE = 1_000_000_000  # shares of a price, in 10**-9
FEW_ATOMS = 8  # less slack than this is watched atom by atom
DAY_US = 86_400_000_000
HYSTERESIS_NUM = 3  # a new bound uses 3/4 of the slack, so that small changes need no new one
HYSTERESIS_DEN = 4


@rule
def leave_bounds(state: State, wallet: I64, scale: Scale, slack_atoms: I64) -> None:
    """Leave a bound on every price the wallet depends on, and a wake time."""
    left = slack_atoms - scale.payable_atoms
    if left < slack_atoms // 2:
        left = slack_atoms // 2
        set_wake_time(state, wallet, scale, slack_atoms // 2)
    else:
        clear_wake_time(state, wallet)
    share = share_to_lose(scale, larger(0, left - scale.rounded_atoms))
    account_id = wallet_account(wallet)
    for place in range(1, places(state, account_id) + 1):
        position = state.positions[position_slot(account_id, place)]
        if position.qty_lots != 0 or position.wake_node != NIL:
            if is_margined_by(state, wallet, place):
                bound_position(state, market_at(state, place), position, wallet, share)
    if wallet_kind(wallet) != WalletKind.FLEX:
        return
    for asset_id in range(1, state.assets_count + 1):
        asset = state.assets[asset_id]
        if asset.is_settlement == 0:
            balance = state.balances[balance_slot(wallet, asset_id)]
            bound_balance(state, asset, balance, wallet, share)


@rule
def share_to_lose(scale: Scale, left_atoms: I64) -> I64:
    """The share of themselves by which all prices may move without using up what is left.

    left / exposure. An inverse position loses value * share / (1 - share) where the price falls by
    a share, so with one: left / (exposure + left).
    """
    exposure = scale.exposure_atoms
    if scale.bends == 1:
        return mul_div_floor(WHOLE, left_atoms, larger(1, exposure + left_atoms))
    return mul_div_floor(WHOLE, left_atoms, exposure) if exposure > left_atoms else WHOLE


@rule
def set_wake_time(state: State, wallet: I64, scale: Scale, budget_atoms: I64) -> None:
    """Wake when this much funding has been paid; with next to none left, at the next atom."""
    wait = mul_div_floor(scale.interval_left_us, budget_atoms, scale.payable_atoms)
    if budget_atoms < FEW_ATOMS:
        wait = next_atom_wait_us(state, wallet)
    row = state.wallets[wallet]
    time_us = state.time_us + larger(1, wait)
    row.wake_node = set_timer(state, row.wake_node, time_us, TIMER_WAKE, wallet)


@rule
def next_atom_wait_us(state: State, wallet: I64) -> I64:
    """How long until the first of a wallet's paying positions owes one atom of funding more."""
    account_id = wallet_account(wallet)
    first = DAY_US
    for place in range(1, places(state, account_id) + 1):
        position = state.positions[position_slot(account_id, place)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, place):
            market = market_at(state, place)
            if market.funding_lot_parts != 0:
                if (market.funding_lot_parts > 0) == (position.qty_lots > 0):
                    first = smaller(first, next_atom_us(state, market, position) - state.time_us)
    return first


@rule
def next_atom_us(state: State, market: Market, position: Position) -> I64:
    """When a paying position owes one atom of funding more.   FUND-004, FUND-007

    It owes k = ceil(since * lots / atom_parts), and k + 1 once a lot has paid floor(k * atom_parts
    / lots) + 1; that is elapsed * rate / interval from the interval's start on, rounded down.
    """
    lots = absolute(position.qty_lots)
    rate = absolute(market.funding_lot_parts)
    owed = mul_div_ceil(absolute(funding_since(state, market, position)), lots, market.atom_parts)
    paid = mul_div_floor(owed, market.atom_parts, lots) + 1
    before = position.funding_index_parts - market.funding_index_parts
    if market.funding_lot_parts > 0:
        elapsed = mul_div_ceil(paid + before, market.funding_interval_us, rate)
    else:
        elapsed = mul_div_floor(paid - before - 1, market.funding_interval_us, rate) + 1
    return market.funding_from_us + elapsed


@rule
def clear_wake_time(state: State, wallet: I64) -> None:
    """No wake time is needed."""
    row = state.wallets[wallet]
    row.wake_node = clear_timer(state, row.wake_node)


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
    key = market.mark_subticks + (reach if upper == 1 else -reach)
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
    for place in range(1, places(state, account_id) + 1):
        if is_margined_by(state, wallet, place):
            position = state.positions[position_slot(account_id, place)]
            drop_position_bound(state, market_at(state, place), position)
    if wallet_kind(wallet) != WalletKind.FLEX:
        return
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
        wake_position(state, market, state.nodes[node].value, 1)
        node = tree_last(state, market.lower_root)
    node = tree_first(state, market.upper_root)
    while node != NIL and state.nodes[node].key <= market.mark_subticks:
        wake_position(state, market, state.nodes[node].value, -1)
        node = tree_first(state, market.upper_root)


@rule
def wake_position(state: State, market: Market, wallet: I64, lots: I64) -> None:
    """A bound of a long or of a short position was reached."""
    account_id = wallet_account(wallet)
    place = leg_place(state, account_id, market.market_id, lots)
    drop_position_bound(state, market, state.positions[position_slot(account_id, place)])
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
