"""What stands now, read from the engine's state: open orders, wallets, positions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from longshore.engine._table import NIL
from longshore.engine.codes import MarketKind, WalletKind
from longshore.engine.orders import find_order as order_place
from longshore.engine.state import balance_slot, position_slot, wallet_slot

if TYPE_CHECKING:
    from longshore.engine.rows import Balance, Order, Position
    from longshore.engine.state import State

ISOLATED_FROM = int(WalletKind.ISOLATED)


def open_orders(view: State, account_id: int) -> Iterator[Order]:
    """The account's open orders, newest first."""
    place = view.accounts[account_id].first_order
    while place != NIL:
        order = view.orders[place]
        yield order
        place = order.account_next


def find_order(view: State, account_id: int, order_id: int) -> Order | None:
    """One open order of the account; None when it is gone or another's."""
    place = order_place(view, order_id)
    if place == NIL or view.orders[place].account_id != account_id:
        return None
    return view.orders[place]


def wallet_kinds(view: State) -> Iterator[int]:
    """Cash, flex, isolated wallets and those of coins, as commands and events number them."""
    yield WalletKind.CASH
    yield WalletKind.FLEX
    markets = [view.markets[market_id] for market_id in range(1, view.markets_count + 1)]
    for market in markets:
        yield WalletKind.ISOLATED + int(market.market_id)
    coins = {int(each.settle_asset_id) for each in markets if each.kind != MarketKind.SPOT}
    for asset_id in sorted(coins - {int(view.settlement_asset_id)}):
        yield WalletKind.COIN + asset_id


def balance(view: State, account_id: int, kind: int, asset_id: int) -> Balance:
    """One asset in one wallet of an account."""
    return view.balances[balance_slot(wallet_slot(account_id, kind), asset_id)]


def position(view: State, account_id: int, market_id: int) -> Position:
    """The account's contracts in a market."""
    return view.positions[position_slot(account_id, market_id)]


def positions(view: State, account_id: int) -> Iterator[tuple[int, Position]]:
    """The account's open positions with their market's id."""
    for market_id in range(1, view.markets_count + 1):
        held = position(view, account_id, market_id)
        if held.qty_lots:
            yield market_id, held
