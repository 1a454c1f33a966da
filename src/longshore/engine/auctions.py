"""The end of an auction: all that crosses is matched at one price.   HALT-006, HALT-007"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.book import best_level, find_level, next_level, shown_lots
from longshore.engine.codes import Reason, Reject, Role, Side
from longshore.engine.events import EventKind
from longshore.engine.matching import begin_match, book_match, fill_maker, report_fill
from longshore.engine.nodes import tree_at_or_after
from longshore.engine.orders import after_order_change, end_order
from longshore.engine.phases import show_state
from longshore.engine.positions import reducible_lots
from longshore.engine.rows import Market, Order, Task
from longshore.engine.state import State, next_event
from longshore.engine.tasks import pop_task
from longshore.engine.units import absolute, smaller


@rule
def lots_at(state: State, market: Market, side: I64, price_ticks: I64) -> I64:
    """All that stands at a price, hidden or not."""
    slot = find_level(state, market, side, price_ticks)
    return state.levels[slot].qty_lots + state.levels[slot].hidden_lots if slot != NIL else 0


@rule
def bid_lots_from(state: State, market: Market, price_ticks: I64) -> I64:
    """All that would buy at a price."""
    slot = best_level(market, Side.BUY)
    lots = 0
    while slot != NIL and state.levels[slot].price_ticks >= price_ticks:
        level = state.levels[slot]
        lots += level.qty_lots + level.hidden_lots
        slot = next_level(state, market, Side.BUY, level.price_ticks)
    return lots


@rule
def price_above(state: State, market: Market, price_ticks: I64) -> I64:
    """The next price at which an order stands, on either side; beyond the best bid: any higher."""
    bid = tree_at_or_after(state, market.bid_root, price_ticks + 1)
    ask = tree_at_or_after(state, market.ask_root, price_ticks + 1)
    if bid == NIL:
        return price_ticks + 1
    if ask == NIL:
        return state.nodes[bid].key
    return smaller(state.nodes[bid].key, state.nodes[ask].key)


@rule
def auction_price(state: State, market: Market) -> I64:
    """The price of an order at which most trades.   HALT-006

    Then with least left over; then the nearest to the last trade; then the lowest.
    """
    top = state.levels[best_level(market, Side.BUY)].price_ticks
    price = state.levels[best_level(market, Side.SELL)].price_ticks
    buys = bid_lots_from(state, market, price)
    sells = 0
    found = price
    most = 0
    least = 0
    while price <= top:
        sells += lots_at(state, market, Side.SELL, price)
        lots = smaller(buys, sells)
        left = absolute(buys - sells)
        nearer = absolute(price - market.last_ticks) < absolute(found - market.last_ticks)
        if lots > most or (lots == most and (left < least or (left == least and nearer))):
            found = price
            most = lots
            least = left
        buys -= lots_at(state, market, Side.BUY, price)
        price = price_above(state, market, price)
    return found


@rule
def step_auction(state: State, task: Task) -> None:
    """The price, then one match a step; when nothing crosses any more, the next state.   HALT-006

    a: market, b: price, c: the state that follows, d: what has traded.
    """
    market = state.markets[task.a]
    if task.b == 0:
        task.b = auction_price(state, market)
    bid = best_level(market, Side.BUY)
    ask = best_level(market, Side.SELL)
    if bid != NIL and ask != NIL:
        crossed = state.levels[bid].price_ticks >= task.b
        if crossed and state.levels[ask].price_ticks <= task.b:
            meet(state, task, state.levels[bid].first, state.levels[ask].first)
            return
    end_auction(state, market, task)


@rule
def end_auction(state: State, market: Market, task: Task) -> None:
    """Say what traded; the price is the reference from now on, if anything did.   HALT-006"""
    event = next_event(state, EventKind.AUCTION_CROSSED)
    event.market_id = market.market_id
    event.price_ticks = task.b if task.d > 0 else 0
    event.qty_lots = task.d
    if market.halt_move_ppm > 0:
        market.halt_window = state.time_us // market.halt_window_us
        market.halt_ticks = event.price_ticks
    after = task.c
    pop_task(state)
    show_state(state, market, after)


@rule
def meet(state: State, task: Task, buyer_slot: I64, seller_slot: I64) -> None:
    """The first of each side trade with each other, or one of them ends.   HALT-007"""
    buyer = state.orders[buyer_slot]
    seller = state.orders[seller_slot]
    if buyer.account_id == seller.account_id:
        later = buyer_slot if buyer.priority > seller.priority else seller_slot
        end_order(state, later, Reason.SELF_TRADE_STOPPED, Reject.NONE)
        return
    bought = tradable_lots(state, buyer)
    sold = tradable_lots(state, seller)
    if bought == 0 or sold == 0:
        done = buyer_slot if bought == 0 else seller_slot
        end_order(state, done, Reason.REDUCE_ONLY_DONE, Reject.NONE)
        return
    lots = smaller(bought, sold)
    task.d += lots
    cross(state, task, buyer_slot, seller_slot, lots)


@rule
def tradable_lots(state: State, order: Order) -> I64:
    """What an order shows, a reduce-only one no more than its position."""
    if order.reduce_only == 1:
        return smaller(shown_lots(order), reducible_lots(state, order))
    return shown_lots(order)


@rule
def cross(state: State, task: Task, buyer_slot: I64, seller_slot: I64, lots: I64) -> None:
    """A match at the auction's price; both sides are makers.   HALT-007"""
    market = state.markets[task.a]
    begin_match(state, market, task.b, lots)
    report_fill(state, market, state.orders[buyer_slot], state.orders[seller_slot], Role.MAKER)
    fill_maker(state, market, buyer_slot, lots)
    fill_maker(state, market, seller_slot, lots)
    book_match(state, market, buyer_slot, seller_slot, Role.MAKER)
    end_if_filled(state, market, buyer_slot)
    end_if_filled(state, market, seller_slot)


@rule
def end_if_filled(state: State, market: Market, slot: I64) -> None:
    """A resting order after its match."""
    if state.orders[slot].qty_lots == 0:
        end_order(state, slot, Reason.FILLED, Reject.NONE)
    else:
        after_order_change(state, market, state.orders[slot])
