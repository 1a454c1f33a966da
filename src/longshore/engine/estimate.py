"""What an order would take from the book right now, without taking it."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.book import best_level, better_or_equal, next_level, opposite, shown_lots
from longshore.engine.codes import MarketState, SelfTrade, Side
from longshore.engine.halts import is_runaway
from longshore.engine.rows import Estimate, Level, Order
from longshore.engine.state import State, position_slot
from longshore.engine.units import absolute, clamp, larger, smaller
from longshore.engine.value import value_atoms


@rule
def estimate_taking(state: State, draft: Order) -> None:
    """Walk the opposite side down to the draft's limit; the answer is in `estimates[0]`."""
    position = state.positions[position_slot(draft.account_id, draft.place)]
    held = position.qty_lots if draft.side == Side.SELL else -position.qty_lots
    state.estimates[0].closing_lots = larger(0, held)
    if state.markets[draft.market_id].state == MarketState.AUCTION:
        clear_estimate(state.estimates[0])
        return
    own = position.orders_count > 0 or state.accounts[draft.account_id].hedged == 1
    if own or not walk_book(state, draft, False):
        walk_book(state, draft, True)


@rule
def walk_book(state: State, draft: Order, closely: bool) -> bool:
    """The walk, level by level or order by order; False where it must be done closely.

    Orders of one maker may close the position that others of its orders can only reduce.
    """
    market = state.markets[draft.market_id]
    estimate = state.estimates[0]
    clear_estimate(estimate)
    state.walk_id += 1
    side = opposite(draft.side)
    slot = best_level(market, side)
    while slot != NIL and unmet_lots(draft, estimate) > 0 and estimate.meets_own == 0:
        level = state.levels[slot]
        if not better_or_equal(side, level.price_ticks, draft.price_ticks):
            return True
        if closely:
            walk_level(state, draft, estimate, level)
        elif level.reduce_count > 0:
            return False
        else:
            whole = level.qty_lots + level.hidden_lots
            taken = smaller(whole, unmet_lots(draft, estimate))
            add_taken(state, draft, estimate, level.price_ticks, taken)
        slot = next_level(state, market, side, level.price_ticks)
    return True


@rule
def unmet_lots(draft: Order, estimate: Estimate) -> I64:
    """What of a draft has met nobody yet: what would rest, where it can."""
    return draft.qty_lots - estimate.qty_lots - estimate.own_lots


@rule
def clear_estimate(estimate: Estimate) -> None:
    """Nothing taken yet."""
    estimate.qty_lots = 0
    estimate.value_atoms = 0
    estimate.closing_value_atoms = 0
    estimate.worst_ticks = 0
    estimate.meets_own = 0
    estimate.own_lots = 0
    estimate.halts = 0


@rule
def add_taken(
    state: State, draft: Order, estimate: Estimate, price_ticks: I64, taken_lots: I64
) -> None:
    """Count so much as taken at a price."""
    if taken_lots == 0:
        return
    market = state.markets[draft.market_id]
    closing = clamp(estimate.closing_lots - estimate.qty_lots, 0, taken_lots)
    estimate.closing_value_atoms += value_atoms(market, price_ticks, closing)
    estimate.qty_lots += taken_lots
    estimate.value_atoms += value_atoms(market, price_ticks, taken_lots)
    estimate.worst_ticks = price_ticks
    if market.halt_move_ppm > 0 and is_runaway(state, market, price_ticks):
        estimate.halts = 1


@rule
def walk_level(state: State, draft: Order, estimate: Estimate, level: Level) -> None:
    """Look at a level order by order: own orders and reduce-only ones need a closer look.

    ORDR-013, ORDR-023
    """
    mode = state.accounts[draft.account_id].self_trade
    at = level.first
    total = 0
    while at != NIL and total < unmet_lots(draft, estimate):
        maker = state.orders[at]
        left = unmet_lots(draft, estimate) - total
        if maker.account_id != draft.account_id:
            taken = smaller(offered_lots(state, maker), left)
            count_reduced(state, maker, taken)
            total += taken
        elif mode == SelfTrade.REJECT_TAKER:
            estimate.meets_own = 1
            return
        elif mode == SelfTrade.DECREMENT:
            estimate.own_lots += smaller(maker.qty_lots, left)
        at = maker.next
    if level.hidden_lots > 0 and total < unmet_lots(draft, estimate):
        total += hidden_taken(state, draft, level, unmet_lots(draft, estimate) - total)
    add_taken(state, draft, estimate, level.price_ticks, total)


@rule
def hidden_taken(state: State, draft: Order, level: Level, left_lots: I64) -> I64:
    """What icebergs of others give once all that shows at their price is gone.   ORDR-027"""
    at = level.first
    total = 0
    while at != NIL and total < left_lots:
        maker = state.orders[at]
        if maker.account_id != draft.account_id:
            taken = smaller(maker.hidden_lots, left_lots - total)
            count_reduced(state, maker, taken)
            total += taken
        at = maker.next
    return total


@rule
def offered_lots(state: State, maker: Order) -> I64:
    """What a resting order can give: a reduce-only one no more than its position has left."""
    if maker.reduce_only == 0:
        return shown_lots(maker)
    position = state.positions[position_slot(maker.account_id, maker.place)]
    counted = position.walk_lots if position.walk_id == state.walk_id else 0
    if position.qty_lots == 0 or (position.qty_lots > 0) == (maker.side == 1):
        return 0
    return smaller(maker.qty_lots, larger(0, absolute(position.qty_lots) - counted))


@rule
def count_reduced(state: State, maker: Order, taken_lots: I64) -> None:
    """Remember, within this walk, how much of a maker's position is spoken for."""
    position = state.positions[position_slot(maker.account_id, maker.place)]
    if position.walk_id != state.walk_id:
        position.walk_id = state.walk_id
        position.walk_lots = 0
    position.walk_lots += taken_lots
