"""The same laws as in `invariants` and the scan of all wallets, fast enough for a million commands.

Reads the columns of a compiled engine's record. Sums of micro-atoms are counted modulo 2**64.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from longshore.engine.codes import MarginBasis, MarketState, System, WalletKind
from longshore.engine.engine import Engine
from longshore.engine.lifecycle import Setup
from longshore.engine.limits import (
    ACCOUNTS_SYSTEM,
    ASSETS_MAX,
    MARKETS_MAX,
    WALLETS_PER_ACCOUNT,
)
from tests.naive import worth
from tests.naive.margin import tier_requirement
from tests.naive.state import State, up

PPM = 10**6
FIRST = ACCOUNTS_SYSTEM + 1
STILL = (MarketState.HALTED, MarketState.AUCTION)


class Columns:
    """What a storm's checks read of an engine."""

    def __init__(self, engine: Engine, setup: Setup) -> None:
        """The engine's mode is a compiled one."""
        self.record = engine._memory.record[0]
        self.terms = State(setup)
        self.perpetuals = self.terms.perpetuals()
        self.accounts = 0
        self.spread_out()

    def spread_out(self) -> None:
        """Views of the tables as far as there are accounts."""
        self.accounts = int(self.record["accounts_count"]) + 1
        wallets = self.accounts * WALLETS_PER_ACCOUNT
        balances = self.record["balances"][: wallets * ASSETS_MAX]["amount_atoms"]
        self.balances = balances.reshape(self.accounts, WALLETS_PER_ACCOUNT, ASSETS_MAX)
        positions = self.record["positions"][: self.accounts * MARKETS_MAX]
        self.qty, self.entry, self.funding, self.leverage = (
            positions[name].reshape(self.accounts, MARKETS_MAX)
            for name in (
                "qty_lots",
                "entry_value_atoms",
                "funding_index_parts",
                "leverage_ppm",
            )
        )

    def broken(self) -> list[str]:
        """All that does not hold after a command."""
        if self.accounts != int(self.record["accounts_count"]) + 1:
            self.spread_out()
        return [*self.unconserved(), *self.uncleared(), *self.left_behind()]

    def unconserved(self) -> list[str]:
        """LEDG-002."""
        totals = self.balances[1:].sum(axis=(0, 1))
        supply = self.record["assets"]["supply_atoms"]
        return [f"LEDG-002: {totals}, supply {supply}"] if (totals != supply).any() else []

    def uncleared(self) -> list[str]:
        """LEDG-004, LEDG-005."""
        markets = self.record["markets"]
        sizes = self.qty.sum(axis=0)
        longs = np.maximum(self.qty, 0).sum(axis=0)
        owed = -(self.qty * self.funding).sum(axis=0)
        parts = markets["atom_parts"]
        stated = -self.entry.sum(axis=0) * parts - owed + markets["residue_parts"]
        kinds = WalletKind.ISOLATED + np.arange(MARKETS_MAX)
        have = self.balances[System.CLEARING, kinds, markets["settle_asset_id"]]
        found = []
        if sizes.any() or (longs != markets["open_lots"]).any():
            found.append(f"LEDG-005: sizes {sizes}, longs {longs}, stated {markets['open_lots']}")
        if (have * parts != stated).any():
            found.append(f"LEDG-004: {have}, stated {stated} parts")
        return found

    def left_behind(self) -> list[str]:
        """LIQD-001, LIQD-012: wallets below maintenance margin that could have been liquidated."""
        found = []
        markets = list(self.markets())
        rows = zip(*(c[FIRST:].tolist() for c in self.columns()), strict=True)
        for account_id, (balances, *position) in enumerate(rows, FIRST):
            held: dict[int, list[int]] = {WalletKind.FLEX: []}
            for market in markets:
                number = market[0]
                if position[0][number]:
                    cross = self.terms.cross_kind(number)
                    own = WalletKind.ISOLATED + number if position[3][number] else cross
                    held.setdefault(own, []).append((market, *(c[number] for c in position[:3])))
            for kind, positions in held.items():
                if self.is_forgotten(kind, balances[kind], positions):
                    found.append(f"LIQD-012: account {account_id} wallet {kind}")
        return found

    def columns(self) -> tuple[np.ndarray, ...]:
        """Balances, sizes, entry values, funding indices, leverages; by account."""
        return self.balances, self.qty, self.entry, self.funding, self.leverage

    def markets(self) -> Iterator[tuple[int, bool, int, int]]:
        """Number, whether it stands still, mark, funding index now; of each perpetual."""
        now = int(self.record["time_us"])
        for terms in self.perpetuals:
            market = self.record["markets"][terms.market_id]
            asset = self.record["assets"][terms.base_asset_id]
            stale = now - int(asset["index_time_us"]) > int(asset["stale_after_us"])
            still = stale or int(market["state"]) in STILL
            elapsed, interval = now - int(market["funding_from_us"]), terms.funding_interval_us
            part = int(market["funding_lot_parts"]) * elapsed // interval if interval else 0
            index = int(market["funding_index_parts"]) + part
            yield terms.market_id, still, int(market["mark_subticks"]), index

    def is_forgotten(self, kind: int, balances: list[int], positions: list) -> bool:
        """Whether equity is below maintenance margin and no position stands still."""
        equity, needed = balances[self.terms.unit(kind)], 0
        for asset_id, amount in enumerate(balances):
            if amount and kind == WalletKind.FLEX and asset_id != self.terms.settlement:
                equity += self.collateral(asset_id, amount)
        for (number, still, mark, index), qty, entry, realised in positions:
            if still:
                return False
            market = self.terms.markets[number]
            value = worth.at(market, mark, qty)
            equity += value - entry + -qty * (index - realised) // market.atom_parts
            notional = entry if market.margin_basis == MarginBasis.ENTRY else value
            needed += up(abs(notional) * market.maintenance_fee_ppm, PPM)
            needed += tier_requirement(
                self.terms, market, abs(notional), abs(qty), "maintenance_ppm"
            )
        return equity < needed

    def collateral(self, asset_id: int, amount: int) -> int:
        """MRGN-002."""
        asset = self.terms.assets[asset_id]
        index = int(self.record["assets"][asset_id]["index_subticks"])
        return amount * index // asset.value_divisor * (PPM - asset.haircut_ppm) // PPM
