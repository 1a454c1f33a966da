"""The commands that traders written in plain Python give, and their own resting orders."""

from __future__ import annotations

from typing import NamedTuple

from longshore.engine._table import NIL
from longshore.engine.codes import Origin, Side
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.engine.state import State


class Quote(NamedTuple):
    """One of the agent's own resting orders."""

    order_id: int
    price_ticks: int
    qty_lots: int


def place(
    account_id: int, market_id: int, side: int, type_: int, price_ticks: int, qty_lots: int
) -> Command:
    """A new order; a market order has price 0."""
    return Command(
        kind=CommandKind.PLACE_ORDER,
        origin=Origin.AGENT,
        account_id=account_id,
        market_id=market_id,
        side=side,
        type=type_,
        price_ticks=price_ticks,
        qty_lots=qty_lots,
    )


def amend(account_id: int, order_id: int, price_ticks: int, qty_lots: int) -> Command:
    """Another price or open size of an order; zero leaves it as it is."""
    return Command(
        kind=CommandKind.AMEND_ORDER,
        origin=Origin.AGENT,
        account_id=account_id,
        order_id=order_id,
        price_ticks=price_ticks,
        qty_lots=qty_lots,
    )


def cancel(account_id: int, order_id: int) -> Command:
    """The end of an order."""
    return Command(
        kind=CommandKind.CANCEL_ORDER,
        origin=Origin.AGENT,
        account_id=account_id,
        order_id=order_id,
    )


def deposit(account_id: int, asset_id: int, wallet: int, amount_atoms: int) -> Command:
    """Practice money from outside into a wallet."""
    return Command(
        kind=CommandKind.DEPOSIT,
        origin=Origin.AGENT,
        account_id=account_id,
        asset_id=asset_id,
        to_wallet=wallet,
        amount_atoms=amount_atoms,
    )


def quotes(view: State, account_id: int, market_id: int) -> tuple[list[Quote], list[Quote]]:
    """The account's resting orders in one market: bids and asks, each best first."""
    bids: list[Quote] = []
    asks: list[Quote] = []
    slot = view.accounts[account_id].first_order
    while slot != NIL:
        order = view.orders[slot]
        if order.market_id == market_id:
            side = bids if order.side == Side.BUY else asks
            side.append(Quote(int(order.order_id), int(order.price_ticks), int(order.qty_lots)))
        slot = order.account_next
    bids.sort(key=lambda q: -q.price_ticks)
    asks.sort(key=lambda q: q.price_ticks)
    return bids, asks
