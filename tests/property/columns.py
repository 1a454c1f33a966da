"""The same laws as in `invariants`, compiled: fast enough for a million commands.

Reads the tables of a compiled engine's record. Sums of parts of an atom are counted modulo 2**64.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from longshore.engine.codes import System, WalletKind
from longshore.engine.engine import Engine
from longshore.engine.lifecycle import Setup
from longshore.engine.limits import (
    ACCOUNTS_SYSTEM,
    ASSETS_MAX,
    MARKETS_MAX,
    POSITIONS_PER_ACCOUNT,
    WALLETS_PER_ACCOUNT,
)
from tests.property.forgotten import Wallets

FIRST = ACCOUNTS_SYSTEM + 1
CASH, FLEX, ISOLATED = int(WalletKind.CASH), int(WalletKind.FLEX), int(WalletKind.ISOLATED)
CLEARING, FUNDS = int(System.CLEARING), (int(System.POOL), int(System.INSURANCE))
BALANCES = WALLETS_PER_ACCOUNT * ASSETS_MAX
"""Rows of an account."""


class Columns:
    """What a storm's checks read of an engine."""

    def __init__(self, engine: Engine, setup: Setup) -> None:
        """The engine's mode is a compiled one."""
        self.engine, self.record = engine, engine._memory.record[0]
        self.tables = [self.record[name] for name in ("balances", "positions", "markets", "assets")]
        self.wallets = Wallets(self.record, setup)

    @property
    def accounts(self) -> int:
        """The number of the last account."""
        return int(self.record["accounts_count"])

    def broken(self) -> list[str]:
        """All that does not hold after a command."""
        balances, positions, markets, assets = self.tables
        last = self.accounts
        found = [f"LEDG-002: asset {n}" for n in unconserved(last, balances, assets)]
        for law, number in uncleared(last, balances, positions, markets):
            found.append(f"LEDG-00{law}: market {number}")
        found += [f"ORDR-017, LIQD-011: account {n}" for n in insolvent(last, balances)]
        return [*found, *self.wallets.left_behind(last)]


@njit
def unconserved(last, balances, assets):
    """LEDG-002: the assets whose balances do not add up to what came from outside."""
    totals = np.zeros(ASSETS_MAX, np.int64)
    for slot in range(BALANCES, (last + 1) * BALANCES):
        totals[slot % ASSETS_MAX] += balances[slot].amount_atoms
    return [n for n in range(ASSETS_MAX) if totals[n] != assets[n].supply_atoms]


@njit
def uncleared(last, balances, positions, markets):
    """LEDG-004, LEDG-005, LEDG-006: those that do not hold, each with its market."""
    sizes, longs, entries, owed = np.zeros((4, MARKETS_MAX), np.int64)
    for slot in range(FIRST * POSITIONS_PER_ACCOUNT, (last + 1) * POSITIONS_PER_ACCOUNT):
        position, market_id = positions[slot], slot % MARKETS_MAX
        sizes[market_id] += position.qty_lots
        longs[market_id] += max(0, position.qty_lots)
        entries[market_id] += position.entry_value_atoms
        owed[market_id] -= position.qty_lots * position.funding_index_parts
    found = []
    for number in range(1, MARKETS_MAX):
        market = markets[number]
        wallet = CLEARING * WALLETS_PER_ACCOUNT + ISOLATED + number
        have = balances[wallet * ASSETS_MAX + market.settle_asset_id].amount_atoms
        stated = -entries[number] * market.atom_parts - owed[number] + market.residue_parts
        if have * market.atom_parts != stated:
            found.append((4, number))
        if sizes[number] != 0 or longs[number] != market.open_lots:
            found.append((5, number))
        if longs[number] == 0 and (have != 0 or market.residue_parts != 0):
            found.append((6, number))
    return found


@njit
def insolvent(last, balances):
    """ORDR-017, LIQD-011: the accounts whose cash, or the funds whose money, is below zero."""
    found = []
    for account_id in range(1, last + 1):
        fund = account_id in FUNDS
        if fund or account_id >= FIRST:
            wallet = account_id * WALLETS_PER_ACCOUNT + (FLEX if fund else CASH)
            own = balances[wallet * ASSETS_MAX : (wallet + 1) * ASSETS_MAX]
            if own["amount_atoms"].min() < 0:
                found.append(account_id)
    return found
