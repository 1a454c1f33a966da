"""Published levels held as an account's own orders: what has to go, and what has to come."""

from __future__ import annotations

from collections.abc import Sequence

from longshore.engine.codes import OrderType, Side
from longshore.engine.rows import Command, Market
from longshore.engine.state import State
from longshore.world.agents.orders import Quote, amend, cancel, place, quotes
from longshore.world.feeds.depth import ASK, BID
from longshore.world.feeds.recording import lots_of

Levels = Sequence[tuple[int, int]]
"""Prices in sub-ticks and sizes in atoms of the base, from the best outward."""


def brought_to(
    view: State, account_id: int, market: Market, bids: Levels, asks: Levels
) -> list[Command]:
    """What brings an account's orders to these levels: first what goes, then what comes.

    What a level gains joins the end of its queue as a new order; what it loses goes from the end,
    the newest first.
    """
    own = quotes(view, account_id, int(market.market_id))
    gone: list[Command] = []
    come: list[Command] = []
    for side, mine, levels in zip((BID, ASK), own, (bids, asks), strict=True):
        wanted = _wanted(market, side, levels)
        gone += _gone(account_id, mine, wanted)
        have = _sizes(mine)
        missing = {price: lots - have.get(price, 0) for price, lots in wanted.items()}
        come += _come(account_id, int(market.market_id), side, missing)
    return gone + come


def ticks_of(market: Market, side: int, price_subticks: int) -> int:
    """A published price on this market's ticks: never better than it was."""
    tick = int(market.tick_subticks)
    return price_subticks // tick if side == BID else -(-price_subticks // tick)


def _wanted(market: Market, side: int, levels: Levels) -> dict[int, int]:
    """Lots by ticks; levels that lie on one tick are one."""
    made: dict[int, int] = {}
    for price_subticks, base_atoms in levels:
        ticks = ticks_of(market, side, price_subticks)
        made[ticks] = made.get(ticks, 0) + lots_of(market, base_atoms, price_subticks)
    return {ticks: lots for ticks, lots in made.items() if lots and ticks}


def _gone(account_id: int, mine: list[Quote], wanted: dict[int, int]) -> list[Command]:
    """What is too much at a price, the newest order first."""
    made = []
    excess = _sizes(mine)
    for price in excess:
        excess[price] -= wanted.get(price, 0)
    for quote in sorted(mine, key=lambda q: -q.order_id):
        less = min(quote.qty_lots, max(0, excess[quote.price_ticks]))
        excess[quote.price_ticks] -= less
        if less == quote.qty_lots:
            made.append(cancel(account_id, quote.order_id))
        elif less:
            made.append(amend(account_id, quote.order_id, 0, quote.qty_lots - less))
    return made


def _come(account_id: int, market_id: int, side: int, missing: dict[int, int]) -> list[Command]:
    """What is missing at a price, as a new order behind all that stands there."""
    code = Side.BUY if side == BID else Side.SELL
    return [
        place(account_id, market_id, code, OrderType.LIMIT, price, more)
        for price, more in missing.items()
        if more > 0
    ]


def _sizes(mine: list[Quote]) -> dict[int, int]:
    """Lots by price."""
    made: dict[int, int] = {}
    for quote in mine:
        made[quote.price_ticks] = made.get(quote.price_ticks, 0) + quote.qty_lots
    return made
