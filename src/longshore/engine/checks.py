"""Whether an order may be: the ordered list of refusals, from a draft.

Everything here only reads, and writes to scratch rows (`drafts`, `estimates`, `afters`), so a
preview can ask the very same questions.   ORDR-001
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.bands import band_taking, is_outside_collar
from longshore.engine.book import best_level, better_or_equal, opposite, ticks_max
from longshore.engine.clients import client_order
from longshore.engine.codes import (
    MarketKind,
    MarketState,
    OrderState,
    OrderType,
    Reject,
    SelfTrade,
    Side,
    Signal,
)
from longshore.engine.estimate import estimate_taking
from longshore.engine.gates import gate_refusal
from longshore.engine.ledger import is_user
from longshore.engine.legs import choose_leg
from longshore.engine.limits import (
    ORDERS_PER_ACCOUNT_MAX,
    QTY_MAX_LOTS,
    TIME_MAX_US,
    TRAIL_MAX_PPM,
    VALUE_MAX_ATOMS,
)
from longshore.engine.orders import find_order, orders_left
from longshore.engine.phases import is_over
from longshore.engine.positions import reducible_lots
from longshore.engine.risk import ask_before, margin_refusal
from longshore.engine.rows import Command, Market, Order
from longshore.engine.spot import funds_refusal
from longshore.engine.state import State, is_market, position_slot
from longshore.engine.trails import trailing_ticks, trails
from longshore.engine.triggers import signal_subticks
from longshore.engine.units import PPM, larger, mul_div_ceil, mul_div_floor, smaller
from longshore.engine.value import lots_worth_too_much


@rule
def place_refusal(state: State, command: Command) -> I64:
    """Why a PLACE_ORDER command cannot be taken; leaves the draft to accept when it can."""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    if not is_market(state, command.market_id):
        return Reject.UNKNOWN_MARKET
    hi = command.client_hi
    lo = command.client_lo
    if (hi != 0 or lo != 0) and client_order(state, command.account_id, hi, lo) != 0:
        return Reject.CLIENT_ID_TAKEN
    if not is_flag(command.reduce_only) or not is_flag(command.rests):
        return Reject.BAD_VALUE
    if not is_flag(command.slides) or not is_flag(command.closes):
        return Reject.BAD_VALUE
    draft = state.drafts[0]
    fill_draft(draft, command)
    if command.leg != 0 or state.accounts[command.account_id].hedged == 1:
        refusal = choose_leg(state, draft, command.leg)
        if refusal != Reject.NONE:
            return refusal
    ask_before(state, draft.account_id, draft.place)
    refusal = form_refusal(state, draft)
    if refusal == Reject.NONE:
        refusal = gate_refusal(state, draft)
    if refusal == Reject.NONE:
        refusal = room_refusal(state, draft)
    if refusal == Reject.NONE and is_crowded(state, draft):
        refusal = Reject.TOO_MANY_ORDERS
    if refusal == Reject.NONE and trails(draft):
        refusal = trail_start_refusal(state, draft)
    market = state.markets[draft.market_id]
    if refusal == Reject.NONE and not waits(draft.type) and not is_delayed(market, draft):
        refusal = take_refusal(state, draft)
    if refusal == Reject.NONE and draft.linked_id != 0:
        refusal = link_refusal(state, draft)
    if refusal == Reject.NONE and draft.expire_us != 0:
        refusal = expiry_refusal(state, draft)
    if refusal == Reject.NONE and draft.display_lots != 0:
        refusal = display_refusal(market, draft)
    return refusal


@rule
def is_flag(value: I64) -> bool:
    """Whether a value is a yes or a no."""
    return value == 0 or value == 1


@rule
def fill_draft(draft: Order, command: Command) -> None:
    """An order as asked, before any price or size is cut."""
    draft.account_id = command.account_id
    draft.market_id = command.market_id
    draft.place = command.market_id
    draft.side = command.side
    draft.type = command.type
    draft.price_ticks = command.price_ticks
    draft.qty_lots = command.qty_lots
    draft.reduce_only = command.reduce_only
    draft.trigger_ticks = command.trigger_ticks
    draft.signal = command.signal
    draft.trail_ppm = command.trail_ppm
    draft.trail_ticks = command.trail_ticks
    draft.rests = command.rests
    draft.closes = command.closes
    draft.slides = command.slides
    draft.display_lots = command.display_lots
    draft.expire_us = command.expire_us
    draft.linked_id = command.linked_id
    draft.stop_ticks = command.stop_ticks
    draft.target_ticks = command.target_ticks
    draft.client_hi = command.client_hi
    draft.client_lo = command.client_lo
    stop = command.type == OrderType.STOP
    draft.trigger_above = 1 if stop == (command.side == Side.BUY) else 0
    draft.role = 2


@rule
def waits(order_type: I64) -> bool:
    """Whether an order of this type waits for a trigger."""
    return order_type == OrderType.STOP or order_type == OrderType.TAKE_PROFIT


@rule
def is_delayed(market: Market, order: Order) -> bool:
    """Whether an order waits a while before it may take: any but a post-only one.   ORDR-030"""
    if market.taker_delay_us == 0 or market.state != MarketState.ACTIVE:
        return False
    return order.type != OrderType.POST_ONLY


@rule
def form_refusal(state: State, draft: Order) -> I64:
    """Codes, market state, size, price, trigger.   ORDR-014"""
    market = state.markets[draft.market_id]
    if draft.side != Side.BUY and draft.side != Side.SELL:
        return Reject.BAD_VALUE
    if draft.type < OrderType.LIMIT or draft.type > OrderType.TAKE_PROFIT:
        return Reject.BAD_VALUE
    if market.kind == MarketKind.SPOT and draft.reduce_only == 1:
        return Reject.BAD_VALUE
    if draft.type == OrderType.MARKET and draft.price_ticks != 0:
        return Reject.BAD_VALUE
    if draft.slides == 1 and draft.type != OrderType.POST_ONLY:
        return Reject.BAD_VALUE
    if draft.closes == 1 and not may_close(draft):
        return Reject.BAD_VALUE
    if is_over(market):
        return Reject.MARKET_EXPIRED
    if market.state == MarketState.HALTED:
        return Reject.MARKET_HALTED
    if market.state == MarketState.CANCEL_ONLY:
        return Reject.MARKET_CANCEL_ONLY
    if market.state == MarketState.POST_ONLY and draft.type != OrderType.POST_ONLY:
        return Reject.MARKET_POST_ONLY
    if market.state == MarketState.AUCTION and never_rests(draft.type) and not waits(draft.type):
        return Reject.MARKET_IN_AUCTION
    if draft.qty_lots < 1 and draft.closes == 0:
        return Reject.QTY_NOT_POSITIVE
    if draft.qty_lots > market.order_max_lots or draft.qty_lots > QTY_MAX_LOTS:
        return Reject.QTY_TOO_LARGE
    return price_refusal(market, draft)


@rule
def may_close(draft: Order) -> bool:
    """Whether an order can close a whole position: a reduce-only trigger, no size or limit.

    ORDR-025
    """
    bare = draft.qty_lots == 0 and draft.price_ticks == 0
    return bare and waits(draft.type) and draft.reduce_only == 1


@rule
def price_refusal(market: Market, draft: Order) -> I64:
    """A limit price where one is needed, a trigger where one is needed, neither too large.

    ORDR-009, ORDR-020
    """
    free = draft.type == OrderType.MARKET or (waits(draft.type) and draft.rests == 0)
    if draft.price_ticks < 0 or (draft.price_ticks == 0 and not free):
        return Reject.PRICE_NOT_POSITIVE
    if too_large(market, draft.price_ticks, draft.qty_lots):
        return Reject.PRICE_TOO_LARGE
    asked = waits(draft.type) and draft.trigger_ticks > 0
    if asked and too_large(market, draft.trigger_ticks, draft.qty_lots):
        return Reject.PRICE_TOO_LARGE
    if draft.stop_ticks != 0 or draft.target_ticks != 0:
        return bracket_refusal(market, draft)
    if not waits(draft.type):
        asked = draft.trigger_ticks != 0 or draft.signal != 0 or draft.rests == 1
        asked = asked or trails(draft)
        return Reject.TRIGGER_NOT_ALLOWED if asked else Reject.NONE
    if trails(draft):
        return trail_refusal(market, draft)
    if market.kind == MarketKind.SPOT or draft.trigger_ticks < 1:
        return Reject.TRIGGER_NOT_ALLOWED
    if draft.signal < Signal.MARK or draft.signal > Signal.LAST:
        return Reject.TRIGGER_NOT_ALLOWED
    return Reject.NONE


@rule
def trail_refusal(market: Market, draft: Order) -> I64:
    """A stop without limit or trigger price of its own, at one distance.   ORDR-022"""
    if market.kind == MarketKind.SPOT or draft.type != OrderType.STOP:
        return Reject.TRIGGER_NOT_ALLOWED
    if draft.price_ticks != 0 or draft.trigger_ticks != 0:
        return Reject.TRIGGER_NOT_ALLOWED
    if draft.signal < Signal.MARK or draft.signal > Signal.LAST:
        return Reject.TRIGGER_NOT_ALLOWED
    if draft.trail_ppm != 0 and draft.trail_ticks != 0:
        return Reject.TRIGGER_NOT_ALLOWED
    if draft.trail_ppm < 0 or draft.trail_ppm > TRAIL_MAX_PPM:
        return Reject.TRIGGER_NOT_ALLOWED
    if draft.trail_ticks < 0 or draft.trail_ticks > ticks_max(market):
        return Reject.TRIGGER_NOT_ALLOWED
    return Reject.NONE


@rule
def trail_start_refusal(state: State, draft: Order) -> I64:
    """The first trigger of a stop that follows, in the draft, where it can be one.   ORDR-022"""
    market = state.markets[draft.market_id]
    price = signal_subticks(state, market, draft.signal)
    if price == 0:
        return Reject.NO_PRICE
    draft.trigger_ticks = trailing_ticks(market, draft, price)
    if draft.trigger_ticks < 1 or too_large(market, draft.trigger_ticks, draft.qty_lots):
        return Reject.OUTSIDE_COLLAR
    return Reject.NONE


@rule
def bracket_refusal(market: Market, draft: Order) -> I64:
    """A stop and a target belong to an order that opens at once or rests.   ORDR-019"""
    if market.kind == MarketKind.SPOT or draft.reduce_only == 1 or draft.trigger_ticks != 0:
        return Reject.TRIGGER_NOT_ALLOWED
    if waits(draft.type) or draft.stop_ticks < 0 or draft.target_ticks < 0:
        return Reject.TRIGGER_NOT_ALLOWED
    if draft.rests == 1 or trails(draft):
        return Reject.TRIGGER_NOT_ALLOWED
    if draft.signal < Signal.MARK or draft.signal > Signal.LAST:
        return Reject.TRIGGER_NOT_ALLOWED
    highest = larger(draft.stop_ticks, draft.target_ticks)
    return Reject.PRICE_TOO_LARGE if too_large(market, highest, draft.qty_lots) else Reject.NONE


@rule
def too_large(market: Market, price_ticks: I64, qty_lots: I64) -> bool:
    """Whether a value exceeds what the engine counts with; a size not known yet counts as one."""
    qty_lots = larger(1, qty_lots)
    if price_ticks > ticks_max(market):
        return True
    if market.inverse_factor != 0:
        return lots_worth_too_much(market, qty_lots, price_ticks * market.tick_subticks)
    return price_ticks > VALUE_MAX_ATOMS // market.atoms_per_tick_lot // qty_lots


@rule
def room_refusal(state: State, draft: Order) -> I64:
    """Room for one more order and what it brings along, so that it can be carried out."""
    more = 1
    more += 1 if draft.stop_ticks != 0 else 0
    more += 1 if draft.target_ticks != 0 else 0
    if orders_left(state) < more:
        return Reject.TABLE_FULL
    if state.accounts[draft.account_id].orders_count + more > ORDERS_PER_ACCOUNT_MAX:
        return Reject.TOO_MANY_ORDERS
    return Reject.NONE


@rule
def is_crowded(state: State, draft: Order) -> bool:
    """Whether an account would have too many orders in a market that rest, or wait.   ORDR-028"""
    market = state.markets[draft.market_id]
    if market.orders_max == 0 and market.triggers_max == 0:
        return False
    position = state.positions[position_slot(draft.account_id, draft.place)]
    waiting = position.triggers_count
    resting = position.orders_count - waiting
    if waits(draft.type):
        waiting += 1
    else:
        resting += 1
        if market.orders_max > 0 and resting > market.orders_max:
            return True
    waiting += 1 if draft.stop_ticks != 0 else 0
    waiting += 1 if draft.target_ticks != 0 else 0
    more = waiting > position.triggers_count
    return more and market.triggers_max > 0 and waiting > market.triggers_max


@rule
def link_refusal(state: State, draft: Order) -> I64:
    """A link names another open order of the same account and market; one of the two waits."""
    slot = find_order(state, draft.linked_id)
    if slot == NIL:
        return Reject.LINK_NOT_FOUND
    other = state.orders[slot]
    if other.account_id != draft.account_id or other.market_id != draft.market_id:
        return Reject.LINK_NOT_FOUND
    if other.state != OrderState.WAITING and not waits(draft.type):
        return Reject.LINK_NOT_FOUND
    return Reject.LINK_NOT_FOUND if other.linked_id != 0 else Reject.NONE


@rule
def expiry_refusal(state: State, draft: Order) -> I64:
    """A time to end lies ahead, on an order that may still be there by then.   ORDR-021"""
    if never_rests(draft.type) and not waits(draft.type):
        return Reject.EXPIRY_NOT_ALLOWED
    if draft.expire_us <= state.time_us or draft.expire_us > TIME_MAX_US:
        return Reject.EXPIRY_NOT_ALLOWED
    return Reject.NONE


@rule
def display_refusal(market: Market, draft: Order) -> I64:
    """What an iceberg shows: of an order that may rest and open, the market's share or more.

    display_lots * 10**6 >= qty_lots * display_min_ppm, in whole numbers.   ORDR-027
    """
    if market.display_min_ppm == 0 or draft.reduce_only == 1 or never_rests(draft.type):
        return Reject.ICEBERG_NOT_ALLOWED
    if draft.display_lots < 1 or draft.display_lots > QTY_MAX_LOTS:
        return Reject.ICEBERG_NOT_ALLOWED
    if draft.display_lots * PPM < draft.qty_lots * market.display_min_ppm:
        return Reject.ICEBERG_NOT_ALLOWED
    return Reject.NONE


@rule
def take_refusal(state: State, draft: Order) -> I64:
    """Prices, the book, the position, the margin: everything that depends on the market now.

    Cuts a market order's price and a reduce-only order's size into the draft.
    """
    refusal = prepare_refusal(state, draft)
    if refusal != Reject.NONE:
        return refusal
    estimate_taking(state, draft)
    refusal = book_refusal(state, draft)
    if refusal != Reject.NONE:
        return refusal
    if state.markets[draft.market_id].kind == MarketKind.SPOT:
        return funds_refusal(state, draft)
    return margin_refusal(state, draft)


@rule
def prepare_refusal(state: State, draft: Order) -> I64:
    """Resolve price and size against mark, book and position.   ORDR-004, ORDR-008, ORDR-018"""
    market = state.markets[draft.market_id]
    if market.kind != MarketKind.SPOT and market.mark_subticks == 0:
        return Reject.NO_PRICE
    if draft.price_ticks == 0:
        best = best_level(market, opposite(draft.side))
        if best == NIL:
            return Reject.NO_PRICE
        draft.price_ticks = band_limit(market, draft.side, state.levels[best].price_ticks)
        band_taking(state, market, draft)
    if draft.slides == 1:
        slide(state, market, draft)
    if is_outside_collar(state, market, draft):
        return Reject.OUTSIDE_COLLAR
    if draft.reduce_only == 1:
        room = reducible_lots(state, draft)
        if room == 0:
            return Reject.WOULD_NOT_REDUCE
        draft.qty_lots = smaller(draft.qty_lots, room)
    return Reject.NONE


@rule
def band_limit(market: Market, side: I64, best_ticks: I64) -> I64:
    """A market order's limit: the band from the best price, rounded toward it.   ORDR-004"""
    band = market.market_band_ppm
    if side == Side.BUY:
        return mul_div_floor(best_ticks, PPM + band, PPM)
    limit = mul_div_ceil(best_ticks, PPM - band, PPM)
    return limit if limit > 0 else 1


@rule
def slide(state: State, market: Market, draft: Order) -> None:
    """A post-only price that would cross steps back to a tick from the opposite best.   ORDR-024

    Where there is no such price, or its value is too large, it stays and is refused as crossing.
    """
    side = opposite(draft.side)
    best = best_level(market, side)
    if best == NIL:
        return
    price = state.levels[best].price_ticks
    if better_or_equal(side, price, draft.price_ticks):
        price += -1 if draft.side == Side.BUY else 1
        if price > 0 and not too_large(market, price, draft.qty_lots):
            draft.price_ticks = price


@rule
def book_refusal(state: State, draft: Order) -> I64:
    """What the book says to the order's type.   ORDR-005, ORDR-006, ORDR-007, ORDR-013, ORDR-023"""
    estimate = state.estimates[0]
    meets = estimate.qty_lots > 0 or estimate.meets_own == 1 or estimate.own_lots > 0
    if draft.type == OrderType.POST_ONLY and meets:
        return Reject.POST_WOULD_CROSS
    mode = state.accounts[draft.account_id].self_trade
    if estimate.meets_own == 1 and mode == SelfTrade.REJECT_TAKER:
        return Reject.SELF_TRADE
    short = estimate.qty_lots < draft.qty_lots or estimate.halts == 1
    if draft.type == OrderType.FOK and short:
        return Reject.FOK_UNFILLABLE
    if never_rests(draft.type) and estimate.qty_lots == 0:
        return Reject.IOC_UNFILLABLE
    return Reject.NONE


@rule
def never_rests(order_type: I64) -> bool:
    """Whether what an order cannot take at once ends."""
    return order_type != OrderType.LIMIT and order_type != OrderType.POST_ONLY
