"""The scan of all wallets for one that should be liquidated, fast enough for a million commands.

Those that are not clearly safe (`weighing`) are asked the naive twin's question, which is counted
in whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from longshore.engine.codes import WalletKind
from longshore.engine.lifecycle import Setup
from longshore.engine.limits import (
    ASSETS_MAX,
    MARKETS_MAX,
    POSITIONS_PER_ACCOUNT,
    WALLETS_PER_ACCOUNT,
)
from tests.naive import liquidation
from tests.naive.state import SHORT, Account, Position, State
from tests.property.weighing import doubtful

ISOLATED = int(WalletKind.ISOLATED)
TABLES = ("wallets", "balances", "positions", "markets", "assets", "tiers")


class Wallets:
    """What the scan reads of a compiled state, and the twin that it asks."""

    def __init__(self, record: Any, setup: Setup) -> None:
        """Of a compiled engine."""
        self.record, self.twin = record, State(setup)
        self.tables = tuple(record[name] for name in TABLES)
        _, self.balances, self.positions, self.markets, self.assets, self.tiers = self.tables

    def left_behind(self, last: int) -> list[str]:
        """LIQD-001, LIQD-012: wallets that should have been liquidated by now."""
        now, dollar = int(self.record["time_us"]), self.twin.settlement
        unsure = doubtful(last, now, dollar, self.tables)
        if unsure:
            self.tell_markets()
        return [f"LIQD-012: account {a} wallet {k}" for a, k in unsure if self.is_forgotten(a, k)]

    def tell_markets(self) -> None:
        """The twin learns terms, prices and the time."""
        self.twin.time_us = int(self.record["time_us"])
        for market in self.twin.perpetuals():
            copy_row(self.markets[market.market_id], market)
            for number, tier in enumerate(self.twin.tiers[market.market_id]):
                copy_row(self.record["tiers"][market.tier_first + number], tier)
        for asset in self.twin.assets.values():
            copy_row(self.assets[asset.asset_id], asset)

    def is_forgotten(self, account_id: int, kind: int) -> bool:
        """LIQD-001, PRIC-005: below maintenance margin, and not all its positions stand still."""
        self.tell_account(account_id)
        return liquidation.is_liquidatable(self.twin, (account_id, kind))

    def tell_account(self, account_id: int) -> None:
        """The twin learns of an account; of no other, since margin asks for no other."""
        s = self.twin
        account = s.accounts[account_id] = Account()
        account.hedged = int(self.record["accounts"][account_id]["hedged"])
        s.balances, s.positions = defaultdict(int), defaultdict(Position)
        rows = WALLETS_PER_ACCOUNT * ASSETS_MAX
        amounts = self.balances["amount_atoms"][account_id * rows : (account_id + 1) * rows]
        for place, amount in enumerate(amounts.tolist()):
            s.balances[account_id, place // ASSETS_MAX, place % ASSETS_MAX] = amount
        first = account_id * POSITIONS_PER_ACCOUNT
        held = self.positions[first : first + POSITIONS_PER_ACCOUNT]
        for place in np.flatnonzero(held["qty_lots"]).tolist():
            self.tell_position(account_id, place, held[place])

    def tell_position(self, account_id: int, place: int, row: Any) -> None:
        """And of one of its positions, the short legs' above the others."""
        s, market_id = self.twin, place % MARKETS_MAX
        leg = SHORT * (place // MARKETS_MAX)
        fields = ("qty_lots", "entry_value_atoms", "funding_index_parts")
        position = Position(*(int(row[name]) for name in fields))
        s.positions[account_id, market_id + leg] = position
        s.accounts[account_id].risk_steps[market_id + leg] = int(row["risk_steps"])
        if row["isolated"]:
            s.accounts[account_id].isolated.add(market_id)
            have = s.balances[account_id, ISOLATED + market_id, s.unit(ISOLATED + market_id)]
            position.order_margin_atoms = max(0, have - int(row["margin_atoms"]))


def copy_row(source: Any, target: Any) -> None:
    """All fields of a row of a record."""
    for name, value in zip(source.dtype.names, source.tolist(), strict=True):
        setattr(target, name, value)
