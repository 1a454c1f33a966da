"""Article 02: orders from their checks to their end.

Chosen: a waiting order is checked for everything that does not depend on the book; the rest when it
fires, and a refusal then ends it (TRIGGER_REFUSED). A spot order keeps what its rest asks at its
limit. A link may name any open or waiting order of the account in the market, if one of the two
waits; it then points back at the new order. In a cancel-maker mode own resting orders end when
the match comes to them.
"""

from __future__ import annotations

import copy
import math
from fractions import Fraction

from longshore.engine.codes import (
    Leg,
    MarketKind,
    MarketState,
    OrderState,
    OrderType,
    Reason,
    Reject,
    Role,
    Side,
    Signal,
)
from longshore.engine.limits import PRICE_MAX_TICKS, QTY_MAX_LOTS, TIME_MAX_US
from longshore.engine.rows import Command, Market
from tests.naive import gates, halts, margin
from tests.naive.book import (
    AT_ONCE,
    PRICED,
    WAITING,
    decrements,
    room_to_reduce,
    sign,
    walk,
)
from tests.naive.checks import check_book, check_form, check_state, crowded, too_dear, trails
from tests.naive.fills import end_linked, end_order, match, spot_hold
from tests.naive.state import PPM, Order, State


def place(s: State, c: Command) -> Reject:
    """A new order."""
    refused = check_asked(s, c)
    if refused:
        return refused
    order, linked = drafted(c), s.orders.get(c.linked_id)
    refused = check_drafted(s, order) or check_placed(s, order, linked, c)
    if refused:
        return refused
    order.order_id = s.new_order_id()
    if (c.client_hi, c.client_lo) != (0, 0):
        s.accounts[c.account_id].clients[c.client_hi, c.client_lo] = order.order_id
    if linked is not None:
        order.linked_id, linked.linked_id = linked.order_id, order.order_id
    s.orders[order.order_id] = order
    attach(s, order)
    if order.type not in WAITING and delayed(s, order):
        hold(s, order)
    else:
        start(s, order)
    return Reject.NONE


def check_asked(s: State, c: Command) -> Reject:
    """What can be said before there is an order."""
    if (c.client_hi, c.client_lo) in s.accounts[c.account_id].clients:
        return Reject.CLIENT_ID_TAKEN
    if not is_yes_or_no(c) or c.leg not in list(Leg):
        return Reject.BAD_VALUE
    if s.hedged(c.account_id, c.market_id) != (c.leg > 0):
        return Reject.LEG_NOT_ALLOWED
    if c.reduce_only and s.markets[c.market_id].kind == MarketKind.SPOT:
        return Reject.BAD_VALUE
    if c.side not in (Side.BUY, Side.SELL):
        return Reject.BAD_VALUE
    if c.type not in (*PRICED, OrderType.MARKET, *WAITING):
        return Reject.BAD_VALUE
    return Reject.NONE


def drafted(c: Command) -> Order:
    """The order as it is asked for."""
    order = Order(
        0, c.account_id, c.market_id, c.side, c.type, c.price_ticks, c.qty_lots, c.reduce_only
    )
    order.leg = c.leg
    if (c.leg, c.side) in ((Leg.LONG, Side.SELL), (Leg.SHORT, Side.BUY)):
        order.reduce_only = 1  # MODE-005
    order.trigger_ticks, order.signal = c.trigger_ticks, c.signal
    order.stop_ticks, order.target_ticks, order.rests = c.stop_ticks, c.target_ticks, c.rests
    order.expire_us, order.slides, order.closes = c.expire_us, c.slides, c.closes
    order.trail_ppm, order.trail_ticks = c.trail_ppm, c.trail_ticks
    order.display_lots = c.display_lots
    return order


def check_drafted(s: State, order: Order) -> Reject:
    """Its form, how many there are, then its trail or what the book says."""
    refused = check_form(s, order) or gates.check(s, order)
    if not refused and crowded(s, order):
        refused = Reject.TOO_MANY_ORDERS
    if refused:
        return refused
    if order.type in WAITING:
        return start_trail(s, order)
    return Reject.NONE if delayed(s, order) else check_book(s, order, None)


def check_placed(s: State, order: Order, linked: Order | None, c: Command) -> Reject:
    """Its link, when it ends, and what of it shows."""
    here = (c.account_id, c.market_id)
    if c.linked_id and (linked is None or (linked.account_id, linked.market_id) != here):
        return Reject.LINK_NOT_FOUND
    waits = order.type in WAITING
    if linked and (linked.linked_id or not (waits or linked.state == OrderState.WAITING)):
        return Reject.LINK_NOT_FOUND
    ahead = s.time_us < c.expire_us <= TIME_MAX_US and order.type not in AT_ONCE
    if c.expire_us and not ahead:
        return Reject.EXPIRY_NOT_ALLOWED
    return Reject.ICEBERG_NOT_ALLOWED if bad_display(s, order) else Reject.NONE


def delayed(s: State, order: Order) -> bool:
    """ORDR-030: whether an order that may take waits first."""
    market = s.markets[order.market_id]
    moves = market.state == MarketState.ACTIVE and market.taker_delay_us > 0
    return moves and order.type != OrderType.POST_ONLY


def hold(s: State, order: Order) -> None:
    """ORDR-030: the delay begins."""
    order.state = OrderState.HELD
    order.held_us = s.time_us + s.markets[order.market_id].taker_delay_us


def release(s: State, order: Order) -> None:
    """ORDR-030: the delay is over."""
    order.state = OrderState.TAKING
    if check_form(s, order) or check_book(s, order, None):
        end_order(s, order, Reason.TRIGGER_REFUSED)
    else:
        start(s, order)


def bad_display(s: State, order: Order) -> bool:
    """ORDR-027: an iceberg that may not be one, or shows too little."""
    if not order.display_lots:
        return False
    least = Fraction(s.markets[order.market_id].display_min_ppm, PPM)
    if not least or order.reduce_only or order.type not in (OrderType.LIMIT, OrderType.POST_ONLY):
        return True
    return not max(1, least * order.qty_lots) <= order.display_lots <= QTY_MAX_LOTS


def is_yes_or_no(c: Command) -> bool:
    """Whether each flag is one."""
    return {c.reduce_only, c.rests, c.slides, c.closes} <= {0, 1}


def start_trail(s: State, order: Order) -> Reject:
    """ORDR-022: where a trailing stop's trigger stands first."""
    if not trails(order):
        return Reject.NONE
    market = s.markets[order.market_id]
    price = signal_subticks(s, market, order.signal)
    if not price:
        return Reject.NO_PRICE
    order.trigger_ticks = trail_at(market, order, price)
    far = order.trigger_ticks > PRICE_MAX_TICKS or order.trigger_ticks < 1
    if far or too_dear(market, order, order.trigger_ticks):
        return Reject.OUTSIDE_COLLAR
    return Reject.NONE


def trail_at(market: Market, order: Order, price: int) -> int:
    """The trigger that belongs to a price, in ticks: away from it, and rounded away."""
    way = sign(order.side)
    exact = Fraction(price * (PPM + way * order.trail_ppm), PPM * market.tick_subticks)
    return way * math.ceil(way * exact) + way * order.trail_ticks


def follow(s: State) -> None:
    """ORDR-022: each trigger follows its signal, never back."""
    for order in s.orders.values():
        market = s.markets[order.market_id]
        waiting = order.state == OrderState.WAITING and market.state == MarketState.ACTIVE
        price = signal_subticks(s, market, order.signal) if waiting and trails(order) else 0
        if price:
            better = min if order.side == Side.BUY else max
            order.trigger_ticks = better(order.trigger_ticks, trail_at(market, order, price))


def attach(s: State, entry: Order) -> None:
    """ORDR-019: its stop and its target, asleep."""
    kinds = ((OrderType.STOP, entry.stop_ticks), (OrderType.TAKE_PROFIT, entry.target_ticks))
    side = Side.SELL if entry.side == Side.BUY else Side.BUY
    made = []
    for kind, ticks in kinds:
        if ticks:
            number = s.new_order_id()
            order = Order(number, entry.account_id, entry.market_id, side, kind, 0, 0, 1)
            order.leg = entry.leg
            order.trigger_ticks, order.signal = ticks, entry.signal
            order.parent_id, order.state = entry.order_id, OrderState.ASLEEP
            s.orders[number] = order
            made.append(order)
    entry.brackets = [order.order_id for order in made]
    if len(made) == 2:
        made[0].linked_id, made[1].linked_id = made[1].order_id, made[0].order_id


def start(s: State, order: Order) -> None:
    """An accepted order waits, or takes and then rests or ends."""
    s.orders[order.order_id] = order
    if order.type in WAITING:
        order.state = OrderState.WAITING
        return
    take(s, order, Role.TAKER)
    if order.qty_lots == 0:
        end_order(s, order, Reason.SELF_TRADE_STOPPED if order.spent else Reason.FILLED)
    elif order.halted:
        end_order(s, order, Reason.MARKET_HALTED)
    elif order.stopped:
        end_order(s, order, Reason.LINKED)
    elif order.type in AT_ONCE:
        end_order(s, order, Reason.IOC_REMAINDER)
    else:
        rest(s, order)


def take(s: State, order: Order, role: int) -> None:
    """The match, one resting order after the other."""
    order.state = OrderState.TAKING
    order.halted = False
    while order.qty_lots > 0 and not order.stopped:
        fills, own = walk_one(s, order)
        for maker in own:
            meet_own(s, order, maker)
        if not fills:
            return
        maker, qty = fills[0]
        market = s.markets[order.market_id]
        if halts.runs_away(s, market, maker.price_ticks):
            order.halted = True
            halts.stop(s, market)
            return
        match(s, order, maker, qty, role)


def meet_own(s: State, order: Order, maker: Order) -> None:
    """ORDR-013, ORDR-023: the resting order ends, or both lose the smaller size."""
    if not decrements(s, order):
        end_order(s, maker, Reason.SELF_TRADE_STOPPED)
        return
    size = min(order.qty_lots, maker.qty_lots)
    order.qty_lots -= size
    order.spent = order.qty_lots == 0
    if size == maker.qty_lots:
        end_order(s, maker, Reason.SELF_TRADE_STOPPED)
    else:
        maker.qty_lots -= size
        settle_kept(s, maker)


def walk_one(s: State, order: Order) -> tuple[list[tuple[Order, int]], list[Order]]:
    """The next fill, and the own orders that stand before it."""
    fills, own = walk(s, order)
    if not fills:
        return fills, own
    first = fills[0][0]
    rank = (-sign(first.side) * first.price_ticks, first.priority)
    before = [o for o in own if (-sign(o.side) * o.price_ticks, o.priority) < rank]
    return fills[:1], before


def rest(s: State, order: Order) -> None:
    """What is left goes to the end of its level's queue."""
    s.priority += 1
    order.shown_lots = order.display_lots
    order.priority, order.state = s.priority, OrderState.RESTING
    settle_kept(s, order)


def settle_kept(s: State, order: Order) -> None:
    """What the order keeps: spot money, or isolated margin."""
    market = s.markets[order.market_id]
    if market.kind == MarketKind.SPOT:
        order.hold_atoms = spot_hold(s, order)
    else:
        margin.orders_changed(s, order.account_id, market)


def amend(s: State, c: Command) -> Reject:
    """ORDR-012: checked like a new order; refused, nothing changed."""
    old = s.orders[c.order_id]
    new = copy.copy(old)
    if c.price_ticks < 0:
        return check_state(s, s.markets[old.market_id], old) or Reject.PRICE_NOT_POSITIVE
    new.price_ticks = c.price_ticks or old.price_ticks
    new.qty_lots = c.qty_lots or old.qty_lots
    new.trigger_ticks = c.trigger_ticks or (0 if trails(old) else old.trigger_ticks)
    if old.reduce_only and old.state == OrderState.RESTING:
        have = s.positions[old.account_id, old.where].qty_lots
        new.qty_lots = min(new.qty_lots, room_to_reduce(have, old.side))
    if old.state == OrderState.ASLEEP:
        new.qty_lots = 1  # it has no size to change
    if refused := check_form(s, new):
        return refused
    if trails(old):
        new.trigger_ticks = old.trigger_ticks
    if old.state == OrderState.ASLEEP:
        new.qty_lots = 0
    same_price = new.price_ticks == old.price_ticks
    if same_price and new.qty_lots == old.qty_lots and new.trigger_ticks == old.trigger_ticks:
        return Reject.NOTHING_TO_CHANGE
    if old.state == OrderState.RESTING:
        grows = not same_price or new.qty_lots > old.qty_lots
        refused = check_book(s, new, old) or (
            Reject.ICEBERG_NOT_ALLOWED if grows and bad_display(s, new) else Reject.NONE
        )
        if refused:
            return refused
    keeps = same_price and new.qty_lots <= old.qty_lots
    old.price_ticks, old.qty_lots = new.price_ticks, new.qty_lots
    old.trigger_ticks = new.trigger_ticks
    if old.state == OrderState.RESTING:
        settle_kept(s, old) if keeps else retake(s, old)
    elif old.state == OrderState.HELD:
        hold(s, old)
    return Reject.NONE


def retake(s: State, order: Order) -> None:
    """An amended order that lost its place takes, then rests."""
    order.state = OrderState.TAKING
    order.hold_atoms = 0
    if not delayed(s, order):
        start(s, order)
        return
    hold(s, order)
    margin.orders_changed(s, order.account_id, s.markets[order.market_id])


def fire(s: State, order: Order) -> None:
    """ORDR-009: a waiting order's price came."""
    order.state, order.trigger_ticks = OrderState.TAKING, 0
    order.type = OrderType.IOC if order.price_ticks else OrderType.MARKET
    if order.closes:
        have = s.positions[order.account_id, order.where].qty_lots
        order.qty_lots = room_to_reduce(have, order.side)
    if order.rests:
        order.type, order.rests, order.signal = OrderType.LIMIT, 0, 0
    end_linked(s, order)
    parent = s.orders.get(order.parent_id)
    if parent is not None and parent.state in (OrderState.RESTING, OrderState.HELD):
        end_order(s, parent, Reason.LINKED)
    if check_book(s, order, None):
        end_order(s, order, Reason.TRIGGER_REFUSED)
    else:
        start(s, order)


def condition(order: Order) -> bool:
    """Whether a waiting order fires at or above its trigger price."""
    return (order.side == Side.BUY) == (order.type == OrderType.STOP)


def signal_subticks(s: State, market: Market, signal: int) -> int:
    """The price a signal stands for; 0: none yet."""
    if signal == Signal.MARK:
        return market.mark_subticks
    if signal == Signal.INDEX:
        return s.index_of(market)
    return market.last_ticks * market.tick_subticks


def next_to_fire(s: State) -> Order | None:
    """In active markets; by market, signal, above before below, closeness, order id."""
    ready = []
    for order in s.orders.values():
        if order.state != OrderState.WAITING:
            continue
        market = s.markets[order.market_id]
        if market.state != MarketState.ACTIVE:
            continue
        price = signal_subticks(s, market, order.signal)
        trigger = order.trigger_ticks * market.tick_subticks
        above = condition(order)
        if price and (price >= trigger if above else price <= trigger):
            near = order.trigger_ticks if above else -order.trigger_ticks
            rank = (order.market_id, order.signal, not above, near, order.order_id)
            ready.append((rank, order))
    return min(ready, key=lambda r: r[0])[1] if ready else None
