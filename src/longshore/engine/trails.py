"""Stops whose trigger follows the signal, in their favour only.   ORDR-022

A second index holds, for each of them, the price at which its trigger next moves by a tick. So a
price visits only the orders whose trigger it moves, one step and one event each: nothing while the
signal stays short of their best, and every order of a side when it goes beyond all before.
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import Signal
from longshore.engine.nodes import new_node, tree_insert, tree_remove
from longshore.engine.rows import Market, Order
from longshore.engine.state import State
from longshore.engine.units import PPM, mul_div_ceil, mul_div_floor


@rule
def trails(order: Order) -> bool:
    """Whether an order's trigger follows its signal."""
    return order.trail_ppm != 0 or order.trail_ticks != 0


@rule
def trailing_ticks(market: Market, order: Order, price_subticks: I64) -> I64:
    """Where the trigger stands at a price: the distance away, rounded to the tick further away.

    trigger = price * (1 -+ trail_ppm / 1,000,000) -+ trail_ticks; a sell's below, a buy's above.
    """
    tick = market.tick_subticks
    if order.trigger_above == 0:
        below = mul_div_floor(price_subticks, PPM - order.trail_ppm, PPM)
        return below // tick - order.trail_ticks
    above = mul_div_ceil(price_subticks, PPM + order.trail_ppm, PPM)
    return -(-above // tick) + order.trail_ticks


@rule
def next_subticks(market: Market, order: Order) -> I64:
    """The first price that moves the trigger by a tick: `trailing_ticks` turned around."""
    if order.trigger_above == 0:
        bound = (order.trigger_ticks + 1 + order.trail_ticks) * market.tick_subticks
        return mul_div_ceil(bound, PPM, PPM - order.trail_ppm)
    bound = (order.trigger_ticks - 1 - order.trail_ticks) * market.tick_subticks
    return mul_div_floor(bound, PPM, PPM + order.trail_ppm)


@rule
def trail_root(market: Market, signal: I64, above: I64) -> I64:
    """The index of one signal and direction."""
    if signal == Signal.MARK:
        return market.mark_above_trail if above == 1 else market.mark_below_trail
    if signal == Signal.INDEX:
        return market.index_above_trail if above == 1 else market.index_below_trail
    return market.last_above_trail if above == 1 else market.last_below_trail


@rule
def set_trail_root(market: Market, signal: I64, above: I64, root: I64) -> None:
    """Store the index of one signal and direction."""
    if signal == Signal.MARK:
        if above == 1:
            market.mark_above_trail = root
        else:
            market.mark_below_trail = root
    elif signal == Signal.INDEX:
        if above == 1:
            market.index_above_trail = root
        else:
            market.index_below_trail = root
    elif above == 1:
        market.last_above_trail = root
    else:
        market.last_below_trail = root


@rule
def join_trails(state: State, market: Market, slot: I64) -> None:
    """Let a waiting order's trigger follow: up for those that fire below, down for the others."""
    order = state.orders[slot]
    key = next_subticks(market, order)
    if order.trigger_above == 1:
        key = -key  # so that the first entry is always the next to follow
    order.trail_node = new_node(state, key, order.order_id, slot)
    root = trail_root(market, order.signal, order.trigger_above)
    root = tree_insert(state, root, order.trail_node)
    set_trail_root(market, order.signal, order.trigger_above, root)


@rule
def leave_trails(state: State, market: Market, order: Order) -> None:
    """The order no longer waits, or has got a new trigger."""
    root = trail_root(market, order.signal, order.trigger_above)
    root = tree_remove(state, root, order.trail_node)
    set_trail_root(market, order.signal, order.trigger_above, root)
    order.trail_node = NIL
