"""Waiting orders, by market, signal and direction.   ORDR-009"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import MarketState, Signal
from longshore.engine.moved import signal_moved
from longshore.engine.nodes import new_node, tree_first, tree_insert, tree_remove
from longshore.engine.rows import Market, Order
from longshore.engine.state import State
from longshore.engine.trails import join_trails, leave_trails, trail_root, trails


@rule
def trigger_root(market: Market, signal: I64, above: I64) -> I64:
    """The index of one signal and direction."""
    if signal == Signal.MARK:
        return market.mark_above_root if above == 1 else market.mark_below_root
    if signal == Signal.INDEX:
        return market.index_above_root if above == 1 else market.index_below_root
    return market.last_above_root if above == 1 else market.last_below_root


@rule
def set_trigger_root(market: Market, signal: I64, above: I64, root: I64) -> None:
    """Store the index of one signal and direction."""
    if signal == Signal.MARK:
        if above == 1:
            market.mark_above_root = root
        else:
            market.mark_below_root = root
    elif signal == Signal.INDEX:
        if above == 1:
            market.index_above_root = root
        else:
            market.index_below_root = root
    elif above == 1:
        market.last_above_root = root
    else:
        market.last_below_root = root


@rule
def signal_subticks(state: State, market: Market, signal: I64) -> I64:
    """The price a signal stands at; 0: none yet."""
    if signal == Signal.MARK:
        return market.mark_subticks
    if signal == Signal.INDEX:
        return state.assets[market.base_asset_id].index_subticks
    return market.last_ticks * market.tick_subticks


@rule
def join_triggers(state: State, market: Market, slot: I64) -> None:
    """Let an order wait for its price; it may have come already."""
    order = state.orders[slot]
    key = order.trigger_ticks * market.tick_subticks
    if order.trigger_above == 0:
        key = -key  # so that the first entry is always the next to fire
    order.node = new_node(state, key, order.order_id, slot)
    root = trigger_root(market, order.signal, order.trigger_above)
    root = tree_insert(state, root, order.node)
    set_trigger_root(market, order.signal, order.trigger_above, root)
    if trails(order):
        join_trails(state, market, slot)
    signal_moved(state, market.market_id)


@rule
def leave_triggers(state: State, market: Market, order: Order) -> None:
    """The order no longer waits."""
    root = trigger_root(market, order.signal, order.trigger_above)
    root = tree_remove(state, root, order.node)
    set_trigger_root(market, order.signal, order.trigger_above, root)
    order.node = NIL
    if trails(order):
        leave_trails(state, market, order)


@rule
def ready_order(state: State) -> I64:
    """The next waiting order whose price has come, or nowhere."""
    if state.signals_moved == 0:
        return NIL
    for market_id in range(1, state.markets_count + 1):
        market = state.markets[market_id]
        if market.signal_moved == 1 and market.state == MarketState.ACTIVE:
            slot = ready_in_market(state, market)
            if slot != NIL:
                return slot
            market.signal_moved = 0
    state.signals_moved = 0
    return NIL


@rule
def ready_in_market(state: State, market: Market) -> I64:
    """The next ready order of one market: mark, index, last; above before below."""
    for signal in range(Signal.MARK, Signal.LAST + 1):
        price = signal_subticks(state, market, signal)
        if price > 0:
            node = tree_first(state, trigger_root(market, signal, 1))
            if node != NIL and state.nodes[node].key <= price:
                return state.nodes[node].value
            node = tree_first(state, trigger_root(market, signal, 0))
            if node != NIL and -state.nodes[node].key >= price:
                return state.nodes[node].value
    return NIL


@rule
def following_order(state: State) -> I64:
    """The next order whose trigger follows a price that moved on, or nowhere.   ORDR-022"""
    if state.signals_moved == 0:
        return NIL
    for market_id in range(1, state.markets_count + 1):
        market = state.markets[market_id]
        if market.signal_moved == 1 and market.state == MarketState.ACTIVE:
            slot = following_in_market(state, market)
            if slot != NIL:
                return slot
    return NIL


@rule
def following_in_market(state: State, market: Market) -> I64:
    """The next in one market: mark, index, last; above before below."""
    for signal in range(Signal.MARK, Signal.LAST + 1):
        price = signal_subticks(state, market, signal)
        if price > 0:
            node = tree_first(state, trail_root(market, signal, 1))
            if node != NIL and -state.nodes[node].key >= price:
                return state.nodes[node].value
            node = tree_first(state, trail_root(market, signal, 0))
            if node != NIL and state.nodes[node].key <= price:
                return state.nodes[node].value
    return NIL
