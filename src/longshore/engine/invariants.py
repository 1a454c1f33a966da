"""What must hold after every command, checked on a view with unbounded integers.

Used by tests and by `longshore replay`; nothing here is compiled.
"""

from __future__ import annotations

from longshore.engine.codes import MarketKind
from longshore.engine.ledger import clearing_wallet, settlement_atoms
from longshore.engine.legs import places
from longshore.engine.limits import ACCOUNTS_SYSTEM, ASSETS_MAX, MARKETS_MAX, WALLETS_PER_ACCOUNT
from longshore.engine.margin import funding_since, is_liquidatable, position_wallet
from longshore.engine.state import State, balance_slot, position_slot, wallet_slot


def broken(state: State) -> list[str]:
    """Every broken law, in words; empty when all hold."""
    return [*conservation(state), *clearing(state), *holds(state)]


def conservation(state: State) -> list[str]:
    """Per asset, all balances sum to deposits - withdrawals + genesis.   LEDG-002"""
    problems = []
    for asset_id in range(1, state.assets_count + 1):
        total = sum(
            state.balances[balance_slot(wallet, asset_id)].amount_atoms
            for wallet in range(
                WALLETS_PER_ACCOUNT, (state.accounts_count + 1) * WALLETS_PER_ACCOUNT
            )
        )
        supply = state.assets[asset_id].supply_atoms
        if total != supply:
            problems.append(f"asset {asset_id}: balances {total}, supply {supply}")
    return problems


def clearing(state: State) -> list[str]:
    """Each clearing account equals its stated sum, and sizes sum to zero.   LEDG-004, LEDG-005"""
    problems = []
    for market_id in range(1, state.markets_count + 1):
        market = state.markets[market_id]
        if market.kind == MarketKind.SPOT:
            continue
        held = [
            position
            for account_id in range(1, state.accounts_count + 1)
            for place in (market_id, market_id + MARKETS_MAX)
            if (position := state.positions[position_slot(account_id, place)]).qty_lots
        ]
        entry = sum(p.entry_value_atoms for p in held)
        accrued = sum(-funding_since(state, market, p) * p.qty_lots for p in held)
        parts = market.atom_parts
        stated = -entry * parts + accrued + market.residue_parts
        actual = settlement_atoms(state, clearing_wallet(market_id)) * parts
        if stated != actual:
            problems.append(f"market {market_id}: clearing {actual}, stated {stated} parts")
        if sum(p.qty_lots for p in held) != 0:
            problems.append(f"market {market_id}: sizes sum to {sum(p.qty_lots for p in held)}")
        if sum(max(0, p.qty_lots) for p in held) != market.open_lots:
            problems.append(f"market {market_id}: open interest {market.open_lots}")
    return problems


def holds(state: State) -> list[str]:
    """Nothing is kept for orders beyond what is there, and nothing kept without an order."""
    problems = []
    for account_id in range(1, state.accounts_count + 1):
        for asset_id in range(1, min(ASSETS_MAX, state.assets_count + 1)):
            balance = state.balances[balance_slot(wallet_slot(account_id, 0), asset_id)]
            if not 0 <= balance.hold_atoms <= max(0, balance.amount_atoms):
                problems.append(f"account {account_id} asset {asset_id}: holds {balance!r}")
    return problems


def at_risk(state: State) -> list[int]:
    """Every wallet below maintenance margin, by looking at all of them.   LIQD-012, LIQD-018"""
    return [
        wallet
        for account_id in range(ACCOUNTS_SYSTEM + 1, state.accounts_count + 1)
        for wallet in sorted(used_wallets(state, account_id))
        if state.wallets[wallet].paused_us == 0 and is_liquidatable(state, wallet)
    ]


def used_wallets(state: State, account_id: int) -> set[int]:
    """An account's margin wallets with money or something open: others have no equity or margin."""
    first, after = wallet_slot(account_id, 1), wallet_slot(account_id + 1, 0)
    assets = range(1, state.assets_count + 1)
    used = {
        wallet
        for wallet in range(first, after)
        if any(state.balances[balance_slot(wallet, asset)].amount_atoms for asset in assets)
    }
    for place in range(1, places(state, account_id) + 1):
        position = state.positions[position_slot(account_id, place)]
        if position.qty_lots or position.margin_atoms:
            used.add(position_wallet(state, account_id, place))
    return used - {wallet_slot(account_id, 0)}
