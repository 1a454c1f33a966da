"""Reads the engine's view the way the articles speak of it: by account, wallet, asset, market."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from longshore.engine.codes import MarketKind, OrderState, System, WalletKind
from longshore.engine.limits import ACCOUNTS_SYSTEM, WALLETS_PER_ACCOUNT
from longshore.engine.rows import Market, Order, Position
from longshore.engine.state import State, balance_slot, position_slot, wallet_slot


def accounts(view: State) -> list[int]:
    """The venue's own accounts and the customers."""
    last = int(view.accounts_count)
    return [*map(int, System), *range(ACCOUNTS_SYSTEM + 1, last + 1)]


def customers(view: State) -> list[int]:
    """The customers' numbers."""
    return [a for a in accounts(view) if a > ACCOUNTS_SYSTEM]


def balances(view: State) -> dict[tuple[int, int, int], int]:
    """All balances that are not zero, by account, wallet and asset."""
    assets, found = int(view.assets_count), {}
    for account_id in accounts(view):
        for slot, key in balance_slots(account_id, assets):
            amount = int(view.balances[slot].amount_atoms)
            if amount:
                found[key] = amount
    return found


@cache
def balance_slots(account_id: int, assets: int) -> list[tuple[int, tuple[int, int, int]]]:
    """Where an account's balances lie."""
    return [
        (balance_slot(wallet_slot(account_id, kind), asset_id), (account_id, kind, asset_id))
        for kind in range(WALLETS_PER_ACCOUNT)
        for asset_id in range(1, assets + 1)
    ]


def perpetuals(view: State) -> Iterator[Market]:
    """The markets with margin."""
    for number in range(1, int(view.markets_count) + 1):
        if view.markets[number].kind != MarketKind.SPOT:
            yield view.markets[number]


def positions(view: State, market_id: int) -> dict[int, Position]:
    """Positions of a market that are not zero."""
    rows = {a: view.positions[position_slot(a, market_id)] for a in customers(view)}
    return {a: p for a, p in rows.items() if p.qty_lots}


def orders(view: State) -> dict[int, Order]:
    """Open and waiting orders by id."""
    rows = [view.orders[slot] for slot in range(1, int(view.orders_high) + 1)]
    return {int(o.order_id): o for o in rows if o.order_id and o.state != OrderState.NONE}


def margin_wallets(view: State) -> Iterator[tuple[int, int]]:
    """Account and wallet kind of all wallets that carry positions."""
    kinds = [WalletKind.FLEX] + [WalletKind.ISOLATED + m.market_id for m in perpetuals(view)]
    coins = {int(m.settle_asset_id) for m in perpetuals(view)} - {int(view.settlement_asset_id)}
    kinds += [WalletKind.COIN + coin for coin in sorted(coins)]
    return ((a, int(k)) for a in customers(view) for k in kinds)
