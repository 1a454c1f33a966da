"""What must hold after every command, as pure functions over the engine's view."""

from __future__ import annotations

from longshore.engine.codes import System, WalletKind
from longshore.engine.limits import ACCOUNTS_SYSTEM
from longshore.engine.state import State
from tests.property import view as read

Balances = dict[tuple[int, int, int], int]


def conserved(view: State, balances: Balances) -> list[str]:
    """LEDG-002: the sum of all balances of an asset is what came from outside."""
    totals: dict[int, int] = {}
    for (_, _, asset_id), amount in balances.items():
        totals[asset_id] = totals.get(asset_id, 0) + amount
    wrong = []
    for number in range(1, int(view.assets_count) + 1):
        supply = int(view.assets[number].supply_atoms)
        if totals.get(number, 0) != supply:
            wrong.append(
                f"LEDG-002 asset {number}: balances {totals.get(number, 0)}, supply {supply}"
            )
    return wrong


def cleared(view: State, balances: Balances) -> list[str]:
    """LEDG-004: clearing = - entry values - funding owed and not realised + residue, exactly."""
    wrong = []
    for market in read.perpetuals(view):
        held = read.positions(view, int(market.market_id)).values()
        entry = sum(int(p.entry_value_atoms) for p in held)
        # the market's own index cancels, because the sizes sum to zero
        owed = sum(-int(p.qty_lots) * int(p.funding_index_parts) for p in held)
        parts = int(market.atom_parts)
        expected = -entry * parts - owed + int(market.residue_parts)
        kind = WalletKind.ISOLATED + int(market.market_id)
        have = balances.get((System.CLEARING, kind, int(market.settle_asset_id)), 0)
        if have * parts != expected:
            wrong.append(f"LEDG-004 market {market.market_id}: {have * parts}, stated {expected}")
        if not held and (have or market.residue_parts):
            wrong.append(f"LEDG-006 market {market.market_id}: {have} left, nothing open")
    return wrong


def netted(view: State) -> list[str]:
    """LEDG-005: the position sizes of a market sum to zero."""
    wrong = []
    for market in read.perpetuals(view):
        held = read.positions(view, int(market.market_id)).values()
        if sum(int(p.qty_lots) for p in held) != 0:
            wrong.append(f"LEDG-005 market {market.market_id}: sizes do not sum to zero")
        if sum(max(0, int(p.qty_lots)) for p in held) != int(market.open_lots):
            wrong.append(f"LEDG-005 market {market.market_id}: open interest {market.open_lots}")
    return wrong


def solvent(balances: Balances) -> list[str]:
    """ORDR-017, LIQD-011: no cash balance and no fund is below zero."""
    return [
        f"account {account} wallet {kind} asset {asset}: {amount}"
        for (account, kind, asset), amount in balances.items()
        if amount < 0
        and (
            (account > ACCOUNTS_SYSTEM and kind == WalletKind.CASH)
            or account in (System.POOL, System.INSURANCE)
        )
    ]


def broken(view: State) -> list[str]:
    """All that does not hold."""
    balances = read.balances(view)
    return [
        *conserved(view, balances),
        *cleared(view, balances),
        *netted(view),
        *solvent(balances),
    ]
