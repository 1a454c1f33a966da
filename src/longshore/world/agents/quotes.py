"""A trader's own resting orders, each side from the best on, read anew for every decision."""

from __future__ import annotations

from longshore.engine._table import I64, NIL
from longshore.engine.book import best_level, better_or_equal, next_level
from longshore.engine.codes import Side
from longshore.engine.limits import PRICE_MAX_TICKS
from longshore.engine.rows import Market, Order
from longshore.engine.state import State
from longshore.world.agents._compile import rule
from longshore.world.agents.crowd import QUOTES_MAX, Crowd
from longshore.world.agents.rows import Agent
from longshore.world.agents.sending import send_cancel


@rule
def read_quotes(crowd: Crowd, state: State, agent: Agent) -> None:
    """All its orders in its market; of equal prices the one met first comes first."""
    crowd.quotes_count = 0
    crowd.bids_first = NIL
    crowd.asks_first = NIL
    slot = state.accounts[agent.account_id].first_order
    while slot != NIL:
        order = state.orders[slot]
        if order.market_id == agent.market_id:
            if order.side == Side.BUY:
                crowd.bids_first = with_quote(crowd, crowd.bids_first, order)
            else:
                crowd.asks_first = with_quote(crowd, crowd.asks_first, order)
        slot = order.account_next


@rule
def with_quote(crowd: Crowd, first: I64, order: Order) -> I64:
    """A side with one order more, behind all that are as good or better; its first."""
    crowd.quotes_count += 1
    made = crowd.quotes_count
    assert made < QUOTES_MAX
    quote = crowd.quotes[made]
    quote.order_id = order.order_id
    quote.price_ticks = order.price_ticks
    quote.qty_lots = order.qty_lots
    before = NIL
    after = first
    while after != NIL and better_or_equal(
        order.side, crowd.quotes[after].price_ticks, order.price_ticks
    ):
        before = after
        after = crowd.quotes[after].next
    quote.next = after
    if before == NIL:
        return made
    crowd.quotes[before].next = made
    return first


@rule
def others_best(crowd: Crowd, state: State, market: Market, side: I64, first: I64) -> I64:
    """The best price of a side at which somebody else stands, in ticks.

    `first` is the first of the trader's own orders there. With nobody else: 0 for bids, the
    greatest price for asks.
    """
    at = first
    slot = best_level(market, side)
    while slot != NIL:
        level = state.levels[slot]
        mine = 0
        while at != NIL and better_or_equal(side, crowd.quotes[at].price_ticks, level.price_ticks):
            if crowd.quotes[at].price_ticks == level.price_ticks:
                mine = crowd.quotes[at].qty_lots
            at = crowd.quotes[at].next
        if level.qty_lots != mine:
            return level.price_ticks
        slot = next_level(state, market, side, level.price_ticks)
    return 0 if side == Side.BUY else PRICE_MAX_TICKS


@rule
def send_cancels(crowd: Crowd, agent: Agent, first: I64) -> None:
    """The end of all orders of a side."""
    at = first
    while at != NIL:
        send_cancel(crowd, agent, crowd.quotes[at].order_id)
        at = crowd.quotes[at].next
