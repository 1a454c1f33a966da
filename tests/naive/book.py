"""Article 02, the book: all resting orders in a list, sorted when asked for.

Chosen: a resting reduce-only order shows its whole open size, and trades no more than the position
its owner has at that moment of the match; `walk` counts it so too.
"""

from __future__ import annotations

from collections import defaultdict

from longshore.engine.codes import MarketState, OrderState, OrderType, SelfTrade, Side
from tests.naive.state import Order, State

WAITING = (OrderType.STOP, OrderType.TAKE_PROFIT)
AT_ONCE = (OrderType.MARKET, OrderType.IOC, OrderType.FOK)
PRICED = (OrderType.LIMIT, OrderType.POST_ONLY, OrderType.IOC, OrderType.FOK)


def sign(side: int) -> int:
    """+1 for a buy, -1 for a sell."""
    return 1 if side == Side.BUY else -1


def opposite(side: int) -> int:
    """The other side."""
    return Side.SELL if side == Side.BUY else Side.BUY


def resting(s: State, market_id: int, side: int) -> list[Order]:
    """ORDR-002: the best price first; at one price, who came first."""
    mine = [
        o
        for o in s.orders.values()
        if o.market_id == market_id and o.side == side and o.state == OrderState.RESTING
    ]
    return sorted(mine, key=lambda o: (-sign(side) * o.price_ticks, o.priority))


def best_opposite(s: State, market_id: int, side: int) -> int:
    """The best price an order of this side could take; 0: none."""
    others = resting(s, market_id, opposite(side))
    return others[0].price_ticks if others else 0


def reaches(side: int, limit_ticks: int, price_ticks: int) -> bool:
    """Whether a limit takes a price."""
    return sign(side) * (limit_ticks - price_ticks) >= 0


def room_to_reduce(qty_lots: int, side: int) -> int:
    """How much an order of this side can take off a position."""
    return max(0, -sign(side) * qty_lots)


def decrements(s: State, order: Order) -> bool:
    """ORDR-023: whether own orders take off its size without a trade."""
    mode = s.accounts[order.account_id].self_trade
    return mode == SelfTrade.DECREMENT and order.type != OrderType.LIQUIDATION


def lost(s: State, order: Order) -> int:
    """ORDR-023: what own orders take off it."""
    if not decrements(s, order):
        return 0
    fills, own = walk(s, order)
    left = order.qty_lots - sum(qty for _, qty in fills)
    return min(left, sum(maker.qty_lots for maker in own))


def others(s: State, order: Order) -> list[Order]:
    """The resting orders that an order reaches."""
    far = resting(s, order.market_id, opposite(order.side))
    return [o for o in far if reaches(order.side, order.price_ticks, o.price_ticks)]


def shows(order: Order) -> int:
    """ORDR-027: what of it stands in the book."""
    return min(order.shown_lots, order.qty_lots) if order.display_lots else order.qty_lots


def walk(s: State, order: Order) -> tuple[list[tuple[Order, int]], list[Order]]:
    """What an order would take now, and which of its account's own orders it would meet."""
    fills: list[tuple[Order, int]] = []
    own: list[Order] = []
    if s.markets[order.market_id].state == MarketState.AUCTION:
        return fills, own  # HALT-005
    left = order.qty_lots
    moved: dict[int, int] = defaultdict(int)
    queue = [(maker, maker.qty_lots, shows(maker)) for maker in others(s, order)]
    while queue and left:
        maker, has, shown = queue.pop(0)
        if maker.account_id == order.account_id:
            own.append(maker)
            if decrements(s, order):
                left -= min(left, maker.qty_lots)
            continue
        qty = min(left, shown)
        if qty < has and qty == shown:  # ORDR-027: the rest queues again behind its price
            behind = [other for other, _, _ in queue if other.price_ticks == maker.price_ticks]
            queue.insert(len(behind), (maker, has - qty, min(has - qty, maker.display_lots)))
        if maker.reduce_only:
            have = s.positions[maker.account_id, maker.where].qty_lots
            qty = min(qty, room_to_reduce(have + moved[maker.account_id], maker.side))
        moved[maker.account_id] += sign(maker.side) * qty
        left -= qty
        if qty:
            fills.append((maker, qty))
    return fills, own
