"""One match at a time: an order that takes meets the best resting order."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.book import (
    best_level,
    better_or_equal,
    change_level,
    leave_book,
    opposite,
    rest,
    shown_lots,
)
from longshore.engine.brackets import protect
from longshore.engine.checks import never_rests
from longshore.engine.codes import (
    MarketKind,
    MarketState,
    OrderType,
    Reason,
    Reject,
    Role,
    SelfTrade,
)
from longshore.engine.events import EventKind
from longshore.engine.funding import sweep_residue
from longshore.engine.halts import halt, is_runaway, keep_reference
from longshore.engine.insurance import affordable_lots, pay_difference
from longshore.engine.moved import signal_moved
from longshore.engine.orders import (
    GONE,
    after_order_change,
    count_order,
    cut_resting,
    end_order,
    hold_for,
    order_event,
    start_resting,
)
from longshore.engine.positions import reducible_lots, trade_side
from longshore.engine.rows import Market, Order, Task
from longshore.engine.spot import spot_side, swap
from longshore.engine.state import State, next_event, position_slot
from longshore.engine.tasks import pop_task
from longshore.engine.units import smaller
from longshore.engine.value import value_atoms


@rule
def step_match(state: State, task: Task) -> None:
    """One step of a taking order: a match, a resting order ended, or the taker's own end."""
    taker = state.orders[task.a]
    market = state.markets[taker.market_id]
    maker_slot = next_maker(state, market, taker)
    if maker_slot == NIL:
        finish_taking(state, market, task.a)
        return
    maker = state.orders[maker_slot]
    if maker.account_id == taker.account_id:
        meet_own(state, market, task.a, maker_slot)
        return
    lots = smaller(taker.qty_lots, shown_lots(maker))
    if maker.reduce_only == 1:
        lots = smaller(lots, reducible_lots(state, maker))
        if lots == 0:
            end_order(state, maker_slot, Reason.REDUCE_ONLY_DONE, Reject.NONE)
            return
    if taker.reduce_only == 1:
        lots = smaller(lots, reducible_lots(state, taker))
    lots = affordable_lots(state, market, taker, maker.price_ticks, lots)
    if lots == 0:
        finish_taking(state, market, task.a)
        return
    if market.halt_move_ppm > 0:
        if is_runaway(state, market, maker.price_ticks):
            stop_matching(state, market, task.a)
            return
        keep_reference(state, market)
    fill(state, market, task.a, maker_slot, lots)


@rule
def stop_matching(state: State, market: Market, slot: I64) -> None:
    """The taker's remainder ends, and the market stops.   HALT-003, HALT-008"""
    state.match_left_lots = state.orders[slot].qty_lots
    pop_task(state)
    liquidation = state.orders[slot].type == OrderType.LIQUIDATION
    reason = Reason.LIQUIDATED if liquidation else Reason.MARKET_HALTED
    end_order(state, slot, reason, Reject.NONE)
    halt(state, market)


@rule
def meet_own(state: State, market: Market, taker_slot: I64, maker_slot: I64) -> None:
    """An order meets one of the same account.   ORDR-013, ORDR-023

    A liquidation goes on: for it the resting order ends in every mode.
    """
    taker = state.orders[taker_slot]
    mode = state.accounts[taker.account_id].self_trade
    if mode == SelfTrade.DECREMENT and taker.type != OrderType.LIQUIDATION:
        decrement(state, market, taker_slot, maker_slot)
    else:
        end_order(state, maker_slot, Reason.SELF_TRADE_STOPPED, Reject.NONE)


@rule
def decrement(state: State, market: Market, taker_slot: I64, maker_slot: I64) -> None:
    """Both lose the smaller size without a trade; what has none left ends.   ORDR-023"""
    taker = state.orders[taker_slot]
    maker = state.orders[maker_slot]
    taker_lots = taker.qty_lots
    maker_lots = maker.qty_lots
    if maker_lots > taker_lots:
        cut_resting(state, market, maker, taker_lots)
    else:
        end_order(state, maker_slot, Reason.SELF_TRADE_STOPPED, Reject.NONE)
    if taker_lots > maker_lots:
        taker.qty_lots -= maker_lots
        order_event(state, EventKind.ORDER_AMENDED, taker)
    else:
        state.match_left_lots = 0
        pop_task(state)
        end_order(state, taker_slot, Reason.SELF_TRADE_STOPPED, Reject.NONE)


@rule
def next_maker(state: State, market: Market, taker: Order) -> I64:
    """The resting order the taker meets next, or nowhere.   ORDR-002, ORDR-003"""
    side = opposite(taker.side)
    slot = best_level(market, side)
    if taker.qty_lots == 0 or taker.linked_id == GONE or slot == NIL:
        return NIL
    if market.state == MarketState.AUCTION:
        return NIL
    level = state.levels[slot]
    if not better_or_equal(side, level.price_ticks, taker.price_ticks):
        return NIL
    return level.first


@rule
def fill(state: State, market: Market, taker_slot: I64, maker_slot: I64, lots: I64) -> None:
    """A match at the resting order's price.   ORDR-002, PRIC-004"""
    taker = state.orders[taker_slot]
    maker = state.orders[maker_slot]
    begin_match(state, market, maker.price_ticks, lots)
    report_fill(state, market, taker, maker, taker.role)
    fill_taker(taker, lots, state.matches[0].value_atoms)
    fill_maker(state, market, maker_slot, lots)
    book_match(state, market, taker_slot, maker_slot, taker.role)
    if maker.qty_lots == 0:
        end_order(state, maker_slot, Reason.FILLED, Reject.NONE)
    else:
        after_order_change(state, market, maker)


@rule
def begin_match(state: State, market: Market, price_ticks: I64, lots: I64) -> None:
    """The match in hand, and the market's last price.   PRIC-004"""
    match = state.matches[0]
    match.market_id = market.market_id
    match.price_ticks = price_ticks
    match.qty_lots = lots
    match.value_atoms = value_atoms(market, price_ticks, lots)
    match.pnl_atoms = 0
    match.funding_atoms = 0
    market.last_ticks = price_ticks
    market.last_time_us = state.time_us
    market.volume_lots += lots
    signal_moved(state, market.market_id)


@rule
def report_fill(state: State, market: Market, taker: Order, maker: Order, role: I64) -> None:
    """The event of a match."""
    match = state.matches[0]
    event = next_event(state, EventKind.FILLED)
    event.market_id = market.market_id
    event.account_id = taker.account_id
    event.order_id = taker.order_id
    event.other_account_id = maker.account_id
    event.other_order_id = maker.order_id
    event.side = taker.side
    event.role = role
    event.price_ticks = match.price_ticks
    event.qty_lots = match.qty_lots
    event.value_atoms = match.value_atoms
    event.mark_subticks = market.mark_subticks
    event.index_subticks = state.assets[market.base_asset_id].index_subticks


@rule
def fill_taker(taker: Order, lots: I64, filled_value_atoms: I64) -> None:
    """What is left of the taking order."""
    taker.qty_lots -= lots
    taker.filled_lots += lots
    taker.filled_value_atoms += filled_value_atoms


@rule
def fill_maker(state: State, market: Market, slot: I64, lots: I64) -> None:
    """What is left of the resting order, in its level, its sums and its hold.

    An iceberg of which all that showed is filled queues again with its next part.   ORDR-027
    """
    maker = state.orders[slot]
    next_part = maker.hidden_lots > 0 and lots == shown_lots(maker)
    if next_part:
        leave_book(state, market, slot)
    position = state.positions[position_slot(maker.account_id, maker.place)]
    count_order(market, position, maker, maker.qty_lots, maker.qty_lots - lots)
    maker.qty_lots -= lots
    maker.filled_lots += lots
    maker.filled_value_atoms += state.matches[0].value_atoms
    if next_part:
        rest(state, market, slot)
    else:
        change_level(state, maker, state.levels[maker.level], -lots)
    hold_for(state, market, maker)


@rule
def book_match(state: State, market: Market, taker_slot: I64, maker_slot: I64, role: I64) -> None:
    """Money and positions of both sides, the taker first."""
    taker = state.orders[taker_slot]
    maker = state.orders[maker_slot]
    if market.kind == MarketKind.SPOT:
        book_spot(state, market, taker_slot, maker_slot, role)
        return
    trade_side(state, taker.account_id, taker.place, taker.side, role, taker_slot)
    protect(state, market, taker_slot, state.matches[0].opened_lots)
    pay_difference(state, market, taker)
    trade_side(state, maker.account_id, maker.place, maker.side, Role.MAKER, maker_slot)
    protect(state, market, maker_slot, state.matches[0].opened_lots)
    sweep_residue(state, market)


@rule
def book_spot(state: State, market: Market, taker_slot: I64, maker_slot: I64, role: I64) -> None:
    """A spot match: the swap, then each side's fee."""
    taker = state.orders[taker_slot]
    maker = state.orders[maker_slot]
    if taker.side == 1:
        swap(state, market, taker.account_id, maker.account_id)
    else:
        swap(state, market, maker.account_id, taker.account_id)
    spot_side(state, market, role, taker_slot)
    spot_side(state, market, Role.MAKER, maker_slot)


@rule
def finish_taking(state: State, market: Market, slot: I64) -> None:
    """The taker met all it could: filled, resting, or its remainder ends."""
    taker = state.orders[slot]
    state.match_left_lots = taker.qty_lots
    pop_task(state)
    if taker.qty_lots == 0:
        end_order(state, slot, Reason.FILLED, Reject.NONE)
    elif taker.linked_id == GONE:
        end_order(state, slot, Reason.LINKED, Reject.NONE)
    elif taker.type == OrderType.LIQUIDATION:
        end_order(state, slot, Reason.LIQUIDATED, Reject.NONE)
    elif never_rests(taker.type):
        end_order(state, slot, Reason.IOC_REMAINDER, Reject.NONE)
    elif taker.reduce_only == 1 and reducible_lots(state, taker) == 0:
        end_order(state, slot, Reason.REDUCE_ONLY_DONE, Reject.NONE)
    else:
        start_resting(state, market, slot)
        after_order_change(state, market, taker)
