"""The figures of a multi-collateral wallet, by the engine's margin rules on its view.

Venues show one account; here each isolated position has a wallet of its own beside the cross
wallet. The totals are sums over all of them; what is available comes from the cross wallet alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import WalletKind
from longshore.engine.legs import market_at
from longshore.engine.margin import (
    accrued_atoms,
    collateral_value_atoms,
    equity_atoms,
    free_atoms,
    initial_atoms,
    initial_with_orders_atoms,
    is_margined_by,
    maintenance_atoms,
    unrealised_atoms,
)
from longshore.engine.state import wallet_slot
from longshore.engine.units import mul_div_floor
from longshore.engine.value import value_at
from longshore.venue import views

if TYPE_CHECKING:
    from longshore.engine.state import State
    from longshore.rulebooks import AssetInfo
    from longshore.venue.context import Venue


class Figures(msgspec.Struct):
    """One wallet's figures, or the sum of several, in atoms of the settlement asset."""

    balance: int = 0
    collateral: int = 0
    pnl: int = 0
    funding: int = 0
    equity: int = 0
    initial: int = 0
    initial_with_orders: int = 0
    maintenance: int = 0

    @property
    def unrealised(self) -> int:
        """Profit at mark and funding accrued."""
        return self.pnl + self.funding

    @property
    def available(self) -> int:
        """Equity that no position or order needs."""
        return self.equity - self.initial_with_orders

    def plus(self, other: Figures) -> Figures:
        """The sum of two."""
        names = self.__struct_fields__
        return Figures(*(getattr(self, name) + getattr(other, name) for name in names))


class Holding(msgspec.Struct):
    """One asset across the flex wallet and the isolated ones."""

    asset: AssetInfo
    amount: int
    value: int
    collateral: int
    free: int


def figures(venue: Venue, account_id: int, kind: int) -> Figures:
    """The figures of one wallet."""
    state = venue.view
    wallet = wallet_slot(account_id, kind)
    worth = [
        _worth(state, asset, _amount(state, account_id, kind, asset)) for asset in _assets(venue)
    ]
    profit, funding = _unrealised(state, account_id, wallet)
    return Figures(
        balance=sum(value for value, _ in worth),
        collateral=sum(collateral for _, collateral in worth),
        pnl=profit,
        funding=funding,
        equity=equity_atoms(state, wallet),
        initial=initial_atoms(state, wallet),
        initial_with_orders=initial_with_orders_atoms(state, wallet),
        maintenance=maintenance_atoms(state, wallet),
    )


def total(venue: Venue, account_id: int) -> Figures:
    """Flex and isolated wallets together."""
    whole = Figures()
    for kind in margin_kinds(venue, account_id):
        whole = whole.plus(figures(venue, account_id, kind))
    return whole


def margin_kinds(venue: Venue, account_id: int) -> list[int]:
    """The flex wallet, then those of the markets that are isolated for the account."""
    isolated = [
        WalletKind.ISOLATED + market.market_id
        for market in venue.catalog.dollar_perpetuals
        if views.position(venue.view, account_id, market.market_id).isolated
    ]
    return [WalletKind.FLEX, *isolated]


def holdings(venue: Venue, account_id: int) -> list[Holding]:
    """Every asset of the flex account that is there at all; dollars always."""
    held = [_holding(venue, account_id, asset) for asset in _assets(venue)]
    return [holding for holding in held if holding.amount or holding.asset.is_settlement]


def _assets(venue: Venue) -> list[AssetInfo]:
    return list(venue.catalog.assets.values())


def _holding(venue: Venue, account_id: int, asset: AssetInfo) -> Holding:
    state = venue.view
    kinds = margin_kinds(venue, account_id)
    amount = sum(_amount(state, account_id, kind, asset) for kind in kinds)
    flex = wallet_slot(account_id, WalletKind.FLEX)
    value, collateral = _worth(state, asset, amount)
    free = free_atoms(state, flex, asset.asset_id)
    return Holding(asset, amount, value, collateral, free)


def _amount(state: State, account_id: int, kind: int, asset: AssetInfo) -> int:
    return views.balance(state, account_id, kind, asset.asset_id).amount_atoms


def _worth(state: State, asset: AssetInfo, amount: int) -> tuple[int, int]:
    """The value of an amount at index, and as collateral."""
    if asset.is_settlement or amount == 0:
        return amount, amount
    row = state.assets[asset.asset_id]
    value = mul_div_floor(amount, row.index_subticks, row.value_divisor)
    return value, collateral_value_atoms(row, amount)


def _unrealised(state: State, account_id: int, wallet: int) -> tuple[int, int]:
    """Profit at mark and accrued funding of the positions a wallet margins."""
    profit = funding = 0
    for place, held in views.positions(state, account_id):
        if is_margined_by(state, wallet, place):
            market = market_at(state, place)
            profit += unrealised_atoms(market, held)
            funding += accrued_atoms(state, market, held)
    return profit, funding


def value_at_mark(venue: Venue, account_id: int, kind: int) -> int:
    """The size of all positions a wallet margins, valued at mark."""
    state = venue.view
    wallet = wallet_slot(account_id, kind)
    whole = 0
    for place, held in views.positions(state, account_id):
        if is_margined_by(state, wallet, place):
            market = market_at(state, place)
            whole += abs(value_at(market, market.mark_subticks, held.qty_lots))
    return whole
