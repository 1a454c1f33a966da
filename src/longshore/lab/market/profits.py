"""What each kind of agent has made or lost, in dollars at the end's prices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from longshore.engine.codes import WalletKind
from longshore.engine.events import EventKind
from longshore.engine.margin import position_equity_atoms
from longshore.engine.rows import Event
from longshore.engine.state import balance_slot, position_slot, wallet_slot
from longshore.rulebooks import AssetInfo
from longshore.world.world import World

OUTSIDE = 0
SUBTICKS = 10**10


@dataclass
class Profit:
    """All agents of one kind."""

    kind: str
    agents: int = 0
    made_usd: float = 0.0
    paid_in_usd: float = 0.0
    refills: int = 0
    """Payments from outside after the first ones of each agent: who began again."""
    liquidations: int = 0


class Purses:
    """Counts what comes in from outside, and whom liquidations befall."""

    def __init__(self) -> None:
        self.paid_in: dict[tuple[int, int], int] = {}
        self.times: dict[int, set[int]] = {}
        self.liquidations: dict[int, int] = {}

    def see(self, events: Iterable[Event]) -> None:
        """What happened next."""
        for event in events:
            if event.kind == EventKind.TRANSFERRED:
                self._transfer(event)
            elif event.kind == EventKind.LIQUIDATION_STARTED:
                count = self.liquidations.get(event.account_id, 0)
                self.liquidations[event.account_id] = count + 1

    def _transfer(self, event: Event) -> None:
        sides = ((event.other_account_id, event.account_id, 1),
                 (event.account_id, event.other_account_id, -1))  # fmt: skip
        for account_id, from_id, sign in sides:
            if from_id == OUTSIDE and account_id != OUTSIDE:
                key = account_id, event.asset_id
                self.paid_in[key] = self.paid_in.get(key, 0) + sign * event.amount_atoms
                self.times.setdefault(account_id, set()).add(event.time_us)


def profits(world: World, purses: Purses) -> list[Profit]:
    """By kind of agent, in the order of the world's file."""
    made: dict[str, Profit] = {}
    people = {account.name for account in world.scenario.account}
    for name, account_id in world.accounts.items():
        kind = "people" if name in people else name.split()[0]
        line = made.setdefault(kind, Profit(kind))
        line.agents += 1
        line.refills += max(0, len(purses.times.get(account_id, ())) - 1)
        line.liquidations += purses.liquidations.get(account_id, 0)
        for asset in world.catalog.assets.values():
            usd = _usd(world, asset)
            paid_in = purses.paid_in.get((account_id, asset.asset_id), 0)
            line.paid_in_usd += paid_in * usd
            line.made_usd += (_held(world, account_id, asset) - paid_in) * usd
        line.made_usd += _open(world, account_id)
    return list(made.values())


def _usd(world: World, asset: AssetInfo) -> float:
    """What an atom is worth."""
    one = float(asset.amount(1))
    row = world.engine.view.assets[asset.asset_id]
    if asset.asset_id == world.catalog.settlement.asset_id:
        return one
    return one * int(row.index_subticks) / SUBTICKS


def _held(world: World, account_id: int, asset: AssetInfo) -> int:
    """All the account holds of an asset, over all its wallets."""
    view = world.engine.view
    kinds = range(WalletKind.ISOLATED + len(world.catalog.markets) + 1)
    wallets = [wallet_slot(account_id, kind) for kind in kinds]
    return sum(int(view.balances[balance_slot(w, asset.asset_id)].amount_atoms) for w in wallets)


def _open(world: World, account_id: int) -> float:
    """What its open positions in dollars have gained or lost so far."""
    view = world.engine.view
    total = 0.0
    for market in world.catalog.margined:
        row = view.markets[market.market_id]
        position = view.positions[position_slot(account_id, market.market_id)]
        if position.qty_lots and not market.is_in_coins:
            total += position_equity_atoms(view, row, position) / 10**8
    return total
