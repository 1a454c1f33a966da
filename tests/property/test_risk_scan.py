"""The engine finds exactly the wallets that a scan of all of them finds."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarketState
from longshore.engine.margin import equity_atoms, maintenance_atoms
from longshore.engine.state import State, wallet_slot
from tests.property import view as read
from tests.property.markets import stormy_terms
from tests.property.runner import engine, holds, storm

STILL = (MarketState.HALTED, MarketState.AUCTION)


def left_behind(view: State) -> list[str]:
    """Wallets below maintenance margin with a fresh index that the engine has not liquidated."""
    found = []
    for account, kind in read.margin_wallets(view):
        slot = wallet_slot(account, kind)
        equity, needed = equity_atoms(view, slot), maintenance_atoms(view, slot)
        if equity < needed and not waits(view, slot) and not is_frozen(view, account):
            found.append(f"LIQD-012 account {account} wallet {kind}: {equity} below {needed}")
    return found


def waits(view: State, wallet: int) -> bool:
    """LIQD-018: its ladder pauses."""
    return bool(view.wallets[wallet].paused_us)


def is_frozen(view: State, account: int) -> bool:
    """PRIC-005, ORDR-014: a position's index is stale, or its market halted."""
    for market in read.perpetuals(view):
        asset = view.assets[market.base_asset_id]
        age = view.time_us - asset.index_time_us
        stopped = age > asset.stale_after_us or market.state in STILL
        if stopped and account in read.positions(view, int(market.market_id)):
            return True
    return False


def scanned(commands):
    """A check that nobody is left behind."""
    ours = engine(stormy_terms())
    for place, row in enumerate(commands):
        ours.apply([row])
        if found := left_behind(ours.view):
            return place, found
    return None


@pytest.mark.parametrize("seed", [41, 42])
def test_nobody_is_left_behind(seed: int) -> None:
    """LIQD-001, LIQD-012: after every command of a storm."""
    holds(storm(seed, 500), scanned, seed)
