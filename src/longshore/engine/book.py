"""The book: price levels in an ordered index a side, orders in a queue at each level."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import Side
from longshore.engine.events import EventKind
from longshore.engine.limits import PRICE_MAX_SUBTICKS, PRICE_MAX_TICKS
from longshore.engine.nodes import (
    new_node,
    tree_at_or_after,
    tree_at_or_before,
    tree_first,
    tree_insert,
    tree_last,
    tree_remove,
)
from longshore.engine.rows import Level, Market, Order
from longshore.engine.state import State, next_event
from longshore.engine.units import larger, smaller


@rule
def opposite(side: I64) -> I64:
    """The other side."""
    return Side.SELL if side == Side.BUY else Side.BUY


@rule
def side_root(market: Market, side: I64) -> I64:
    """The index of one side's levels."""
    return market.bid_root if side == Side.BUY else market.ask_root


@rule
def best_level(market: Market, side: I64) -> I64:
    """The best level of a side, or nowhere."""
    return market.best_bid if side == Side.BUY else market.best_ask


@rule
def ticks_max(market: Market) -> I64:
    """The highest order price of a market: below it ticks and sub-ticks both fit."""
    return smaller(PRICE_MAX_TICKS, PRICE_MAX_SUBTICKS // market.tick_subticks)


@rule
def better_or_equal(side: I64, price_ticks: I64, than_ticks: I64) -> bool:
    """Whether a price on this side would trade before, or beside, another."""
    return price_ticks >= than_ticks if side == Side.BUY else price_ticks <= than_ticks


@rule
def find_level(state: State, market: Market, side: I64, price_ticks: I64) -> I64:
    """The level at a price, or nowhere."""
    node = tree_at_or_after(state, side_root(market, side), price_ticks)
    if node == NIL or state.nodes[node].key != price_ticks:
        return NIL
    return state.nodes[node].value


@rule
def next_level(state: State, market: Market, side: I64, price_ticks: I64) -> I64:
    """The level that trades after the one at a price, or nowhere."""
    root = side_root(market, side)
    if side == Side.BUY:
        node = tree_at_or_before(state, root, price_ticks - 1)
    else:
        node = tree_at_or_after(state, root, price_ticks + 1)
    return state.nodes[node].value if node != NIL else NIL


@rule
def set_side(state: State, market: Market, side: I64, root: I64) -> None:
    """Store a side's index and read its best level anew."""
    if side == Side.BUY:
        market.bid_root = root
        best = tree_last(state, root)
        market.best_bid = state.nodes[best].value if best != NIL else NIL
    else:
        market.ask_root = root
        best = tree_first(state, root)
        market.best_ask = state.nodes[best].value if best != NIL else NIL


@rule
def open_level(state: State, market: Market, side: I64, price_ticks: I64) -> I64:
    """A new, empty level."""
    slot = state.levels_free
    if slot == NIL:
        state.levels_high += 1
        slot = state.levels_high
    else:
        state.levels_free = state.levels[slot].first
    level = state.levels[slot]
    level.price_ticks = price_ticks
    level.qty_lots = 0
    level.hidden_lots = 0
    level.orders_count = 0
    level.reduce_count = 0
    level.first = NIL
    level.last = NIL
    level.node = new_node(state, price_ticks, 0, slot)
    set_side(state, market, side, tree_insert(state, side_root(market, side), level.node))
    return slot


@rule
def close_level(state: State, market: Market, side: I64, slot: I64) -> None:
    """Take an empty level out."""
    level = state.levels[slot]
    set_side(state, market, side, tree_remove(state, side_root(market, side), level.node))
    level.price_ticks = 0
    level.first = state.levels_free
    level.last = NIL
    level.node = NIL
    state.levels_free = slot


@rule
def rest(state: State, market: Market, slot: I64) -> None:
    """Put an order at the end of its level's queue, an iceberg's next part.   ORDR-002, ORDR-027"""
    order = state.orders[slot]
    if order.display_lots > 0:
        order.hidden_lots = larger(0, order.qty_lots - order.display_lots)
    level_slot = find_level(state, market, order.side, order.price_ticks)
    if level_slot == NIL:
        level_slot = open_level(state, market, order.side, order.price_ticks)
    level = state.levels[level_slot]
    state.priority_last += 1
    order.priority = state.priority_last
    order.level = level_slot
    order.prev = level.last
    order.next = NIL
    if level.last != NIL:
        state.orders[level.last].next = slot
    else:
        level.first = slot
    level.last = slot
    level.orders_count += 1
    level.reduce_count += order.reduce_only
    level.hidden_lots += order.hidden_lots
    change_level(state, order, level, shown_lots(order))


@rule
def shown_lots(order: Order) -> I64:
    """What a resting order shows, and can give before it queues again.   ORDR-027"""
    return order.qty_lots - order.hidden_lots


@rule
def change_level(state: State, order: Order, level: Level, by_lots: I64) -> None:
    """A level's total changed by what one order shows."""
    level.qty_lots += by_lots
    event = next_event(state, EventKind.BOOK_CHANGED)
    event.market_id = order.market_id
    event.side = order.side
    event.price_ticks = level.price_ticks
    event.open_lots = level.qty_lots


@rule
def leave_book(state: State, market: Market, slot: I64) -> None:
    """Take a resting order out of its queue."""
    order = state.orders[slot]
    level_slot = order.level
    level = state.levels[level_slot]
    if order.prev != NIL:
        state.orders[order.prev].next = order.next
    else:
        level.first = order.next
    if order.next != NIL:
        state.orders[order.next].prev = order.prev
    else:
        level.last = order.prev
    order.level = NIL
    order.prev = NIL
    order.next = NIL
    level.orders_count -= 1
    level.reduce_count -= order.reduce_only
    change_level(state, order, level, -shown_lots(order))
    level.hidden_lots -= order.hidden_lots
    order.hidden_lots = 0
    if level.orders_count == 0:
        close_level(state, market, order.side, level_slot)


def levels(state: State, market_id: int, side: int, limit: int) -> list[tuple[int, int]]:
    """For views: up to `limit` levels of a side, best first, as (price_ticks, qty_lots)."""
    found = islice(each_level(state, state.markets[market_id], side), limit)
    return [(level.price_ticks, level.qty_lots) for level in found]


def each_level(state: State, market: Market, side: int) -> Iterator[Level]:
    """For views: the levels of a side, best first, each node of the index read once or twice."""
    path: list[int] = []
    at = side_root(market, side)
    while path or at != NIL:
        while at != NIL:
            path.append(at)
            node = state.nodes[at]
            at = node.right if side == Side.BUY else node.left
        node = state.nodes[path.pop()]
        yield state.levels[node.value]
        at = node.left if side == Side.BUY else node.right
