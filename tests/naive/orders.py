"""Article 02: orders from their checks to their end.

Chosen: the requirement of MRGN-004 counts every order, reduce-only ones too. A waiting order is
checked for everything that does not depend on the book; the rest when it fires, and a refusal
then ends it (TRIGGER_REFUSED). A spot order must have what its fills take at the book's prices,
and keeps what its rest asks at its limit. MAX_POSITION counts what is filled now and what rests.
The collar is asked of every new limit, whether or not somebody stands there. A link may name any
open or waiting order of the account in the market, if one of the two waits; it then points back at
the new order. In a
cancel-maker mode own resting orders are skipped in all checks, and end when the match comes to
them; a post-only order that meets only these rests.
"""

from __future__ import annotations

import copy
import math
from dataclasses import replace
from fractions import Fraction

from longshore.engine.codes import (
    CollarFrom,
    Leg,
    MarketKind,
    MarketState,
    OrderState,
    OrderType,
    Reason,
    Reject,
    Role,
    SelfTrade,
    Side,
    Signal,
    WalletKind,
)
from longshore.engine.limits import PRICE_MAX_TICKS, QTY_MAX_LOTS, TIME_MAX_US, VALUE_MAX_ATOMS
from longshore.engine.rows import Command, Market
from tests.naive import fees, halts, margin, worth
from tests.naive.book import (
    best_opposite,
    decrements,
    lost,
    reaches,
    room_to_reduce,
    sign,
    walk,
)
from tests.naive.fills import end_linked, end_order, margin_after, match, split, spot_hold
from tests.naive.ledger import balance
from tests.naive.prices import is_over, mark_value
from tests.naive.state import PPM, SHORT, Order, Position, State, up

WAITING = (OrderType.STOP, OrderType.TAKE_PROFIT)
AT_ONCE = (OrderType.MARKET, OrderType.IOC, OrderType.FOK)
PRICED = (OrderType.LIMIT, OrderType.POST_ONLY, OrderType.IOC, OrderType.FOK)


def place(s: State, c: Command) -> Reject:
    """A new order."""
    account = s.accounts[c.account_id]
    if (c.client_hi, c.client_lo) in account.clients:
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
    refused = check_form(s, order)
    if not refused and crowded(s, order):
        refused = Reject.TOO_MANY_ORDERS
    if refused:
        return refused
    if order.type in WAITING:
        refused = start_trail(s, order)
    else:
        refused = Reject.NONE if delayed(s, order) else check_book(s, order, None)
    if refused:
        return refused
    linked = s.orders.get(c.linked_id)
    here = (c.account_id, c.market_id)
    if c.linked_id and (linked is None or (linked.account_id, linked.market_id) != here):
        return Reject.LINK_NOT_FOUND
    waits = order.type in WAITING
    if linked and (linked.linked_id or not (waits or linked.state == OrderState.WAITING)):
        return Reject.LINK_NOT_FOUND
    ahead = s.time_us < c.expire_us <= TIME_MAX_US and order.type not in AT_ONCE
    if c.expire_us and not ahead:
        return Reject.EXPIRY_NOT_ALLOWED
    if bad_display(s, order):
        return Reject.ICEBERG_NOT_ALLOWED
    order.order_id = s.new_order_id()
    if (c.client_hi, c.client_lo) != (0, 0):
        account.clients[c.client_hi, c.client_lo] = order.order_id
    if linked is not None:
        order.linked_id, linked.linked_id = linked.order_id, order.order_id
    s.orders[order.order_id] = order
    attach(s, order)
    if order.type not in WAITING and delayed(s, order):
        hold(s, order)
    else:
        start(s, order)
    return Reject.NONE


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


def trails(order: Order) -> bool:
    """Whether its trigger follows a price."""
    return bool(order.trail_ppm or order.trail_ticks)


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


def check_form(s: State, order: Order) -> Reject:
    """Everything about an order that does not depend on prices and positions, by number."""
    market = s.markets[order.market_id]
    waiting = order.type in WAITING
    if order.type == OrderType.MARKET and order.price_ticks:
        return Reject.BAD_VALUE
    if order.slides and order.type != OrderType.POST_ONLY:
        return Reject.BAD_VALUE
    sized = order.qty_lots or order.price_ticks
    if order.closes and (sized or not waiting or not order.reduce_only):
        return Reject.BAD_VALUE
    if refused := check_state(s, market, order):
        return refused
    if order.qty_lots <= 0 and not order.closes:
        return Reject.QTY_NOT_POSITIVE
    if order.qty_lots > min(market.order_max_lots, QTY_MAX_LOTS):
        return Reject.QTY_TOO_LARGE
    priced = order.type in PRICED or (waiting and order.rests)
    if order.price_ticks < 0 or (priced and order.price_ticks == 0):
        return Reject.PRICE_NOT_POSITIVE
    for price in (order.price_ticks, order.trigger_ticks if waiting else 0):
        if price > PRICE_MAX_TICKS or (price > 0 and too_dear(market, order, price)):
            return Reject.PRICE_TOO_LARGE
    if order.stop_ticks or order.target_ticks:
        return check_brackets(market, order)
    if waiting and (
        market.kind == MarketKind.SPOT
        or (order.trigger_ticks == 0) != trails(order)
        or order.trigger_ticks < 0
        or order.signal not in (Signal.MARK, Signal.INDEX, Signal.LAST)
    ):
        return Reject.TRIGGER_NOT_ALLOWED
    if trails(order) and (order.price_ticks or order.type != OrderType.STOP or bad_trail(order)):
        return Reject.TRIGGER_NOT_ALLOWED
    if not waiting and (order.trigger_ticks or order.signal or order.rests):
        return Reject.TRIGGER_NOT_ALLOWED
    return Reject.NONE


def bad_trail(order: Order) -> bool:
    """ORDR-022: one distance, in range."""
    ppm, ticks = order.trail_ppm, order.trail_ticks
    return bool(ppm and ticks) or not (0 <= ppm <= PPM // 2 and 0 <= ticks <= PRICE_MAX_TICKS)


def check_brackets(market: Market, order: Order) -> Reject:
    """ORDR-019: who may bring a stop or a target along."""
    if (
        market.kind == MarketKind.SPOT
        or order.reduce_only
        or order.type in WAITING
        or order.trigger_ticks
        or order.rests
        or trails(order)
        or min(order.stop_ticks, order.target_ticks) < 0
        or order.signal not in (Signal.MARK, Signal.INDEX, Signal.LAST)
    ):
        return Reject.TRIGGER_NOT_ALLOWED
    highest = max(order.stop_ticks, order.target_ticks)
    if highest > PRICE_MAX_TICKS or too_dear(market, order, highest):
        return Reject.PRICE_TOO_LARGE
    return Reject.NONE


def too_dear(market: Market, order: Order, ticks: int) -> bool:
    """The engine's own limit on values."""
    if not market.inverse_factor:
        return ticks * max(1, order.qty_lots) * market.atoms_per_tick_lot > VALUE_MAX_ATOMS
    if ticks == 0:
        return False
    lots_each = max(1, order.qty_lots) // (ticks * market.tick_subticks) + 1
    return lots_each > VALUE_MAX_ATOMS // market.inverse_factor


def check_state(s: State, market: Market, order: Order) -> Reject:
    """LIFE-004, ORDR-014."""
    if is_over(s, market):
        return Reject.MARKET_EXPIRED
    if market.state == MarketState.HALTED:
        return Reject.MARKET_HALTED
    if market.state == MarketState.CANCEL_ONLY:
        return Reject.MARKET_CANCEL_ONLY
    if market.state == MarketState.POST_ONLY and order.type != OrderType.POST_ONLY:
        return Reject.MARKET_POST_ONLY
    if market.state == MarketState.AUCTION and order.type in AT_ONCE:
        return Reject.MARKET_IN_AUCTION
    return Reject.NONE


def check_book(s: State, order: Order, replaced: Order | None) -> Reject:
    """From NO_PRICE on. Sets a market order's limit and cuts a reduce-only size."""
    market = s.markets[order.market_id]
    if market.kind != MarketKind.SPOT and market.mark_subticks == 0:
        return Reject.NO_PRICE
    best = best_opposite(s, order.market_id, order.side)
    if order.price_ticks == 0:
        if best == 0:
            return Reject.NO_PRICE
        order.price_ticks = banded(market, order.side, best)
        order.price_ticks = within_taking(s, market, order.side, order.price_ticks)
    crosses = best > 0 and reaches(order.side, order.price_ticks, best)
    back = best - sign(order.side)
    if order.slides and crosses and back > 0 and not too_dear(market, order, back):
        order.price_ticks, crosses = back, False
    if market.state == MarketState.AUCTION:
        crosses = False
    moved = replaced is None or replaced.price_ticks != order.price_ticks
    if moved and outside_collar(s, market, order):
        return Reject.OUTSIDE_COLLAR
    if order.reduce_only:
        have = s.positions[order.account_id, order.where].qty_lots
        order.qty_lots = min(order.qty_lots, room_to_reduce(have, order.side))
        if order.qty_lots == 0:
            return Reject.WOULD_NOT_REDUCE
    keeps_maker = s.accounts[order.account_id].self_trade == SelfTrade.REJECT_TAKER
    fills, own = walk(s, order)
    if order.type == OrderType.POST_ONLY and (
        (crosses and keeps_maker) or fills or (own and decrements(s, order))
    ):
        return Reject.POST_WOULD_CROSS
    return check_fills(s, order, replaced)


def check_fills(s: State, order: Order, replaced: Order | None) -> Reject:
    """From SELF_TRADE on: what the order would take, and whether the account can carry it."""
    fills, own = walk(s, order)
    if own and s.accounts[order.account_id].self_trade == SelfTrade.REJECT_TAKER:
        return Reject.SELF_TRADE
    taken = sum(qty for _, qty in fills)
    market = s.markets[order.market_id]
    away = any(halts.runs_away(s, market, maker.price_ticks) for maker, _ in fills)
    if order.type == OrderType.FOK and (taken < order.qty_lots or away):
        return Reject.FOK_UNFILLABLE
    if order.type in AT_ONCE and taken == 0:
        return Reject.IOC_UNFILLABLE
    if s.markets[order.market_id].kind == MarketKind.SPOT:
        return check_spot(s, order, replaced, fills)
    return check_margin(s, order, replaced, fills)


def banded(market: Market, side: int, best: int) -> int:
    """ORDR-004: a market order's limit, rounded to the tick toward the best price."""
    if side == Side.BUY:
        return best * (PPM + market.market_band_ppm) // PPM
    return max(1, up(best * (PPM - market.market_band_ppm), PPM))


def edge(s: State, market: Market, side: int, band_ppm: int) -> int:
    """HALT-001: the furthest price of a side, in sub-ticks."""
    way, index = sign(side), s.index_of(market)
    start = market.mark_subticks if market.collar_from == CollarFrom.MARK else index
    at = start + way * (start * band_ppm // PPM)
    if market.collar_from == CollarFrom.PREMIUM:
        away = [way * (at - index) + way * market.ema_subticks, 0]
        far = max(away)
        if market.collar_most_ppm:
            far = min(far, index * market.collar_most_ppm // PPM)
        at = index + way * far
    return at


def outside_collar(s: State, market: Market, order: Order) -> bool:
    """ORDR-018."""
    if not market.collar_ppm or not market.mark_subticks:
        return False
    at = edge(s, market, order.side, market.collar_ppm)
    return sign(order.side) * (order.price_ticks * market.tick_subticks - at) > 0


def within_taking(s: State, market: Market, side: int, limit: int) -> int:
    """HALT-002: a market order's limit inside the taking band."""
    if not market.take_band_ppm or market.kind == MarketKind.SPOT:
        return limit
    at = Fraction(edge(s, market, side, market.take_band_ppm), market.tick_subticks)
    if side == Side.BUY:
        return min(limit, max(1, math.floor(at)))
    return max(limit, 1, math.ceil(at))


def crowded(s: State, order: Order) -> bool:
    """ORDR-028."""
    market = s.markets[order.market_id]
    asleep = (OrderState.WAITING, OrderState.ASLEEP)
    mine = [
        o.state in asleep
        for o in s.orders.values()
        if (o.account_id, o.where) == (order.account_id, order.where)
    ]
    new = [order.type in WAITING] + [True] * (bool(order.stop_ticks) + bool(order.target_ticks))
    most = {True: market.triggers_max, False: market.orders_max}
    return any(most[kind] and (mine + new).count(kind) > most[kind] for kind in set(new))


def check_spot(s: State, order: Order, replaced: Order | None, fills: list) -> Reject:
    """ORDR-017."""
    market = s.markets[order.market_id]
    asset = market.quote_asset_id if order.side == Side.BUY else market.base_asset_id
    have = margin.free(s, order.account_id, WalletKind.CASH, asset)
    have += replaced.hold_atoms if replaced else 0
    need = sum(spot_cost(s, order, maker.price_ticks, qty) for maker, qty in fills)
    left = order.qty_lots - sum(qty for _, qty in fills) - lost(s, order)
    if order.type not in AT_ONCE:
        need += spot_cost(s, order, order.price_ticks, left)
    return Reject.INSUFFICIENT_FUNDS if need > have else Reject.NONE


def spot_cost(s: State, order: Order, ticks: int, qty: int) -> int:
    """What trading a size at a price takes from the balance it is paid from."""
    return spot_hold(s, replace(order, price_ticks=ticks, qty_lots=qty))


class After:
    """The account after an order: what it takes now is filled at the book's prices."""

    def __init__(self, s: State, order: Order, replaced: Order | None, fills: list) -> None:
        """Walks through the fills with the very rules of booking (MRGN-004)."""
        self.s, self.order = s, order
        self.market = s.markets[order.where]
        account_id = order.account_id
        self.kind = s.margin_wallet(account_id, order.where)
        self.isolated = s.isolated(account_id, order.market_id)
        self.before = s.positions[account_id, order.where]
        self.position = copy.copy(self.before)
        self.fees = self.realised = 0
        self.taken = sum(qty for _, qty in fills)
        self.margin = margin.position_margin(s, account_id, self.market)
        parts = margin.accrued_parts(s, account_id, self.market, s.time_us)
        self.accrued = parts // self.market.atom_parts
        self.funding = self.accrued if fills else 0
        for maker, qty in fills:
            self.fill(maker.price_ticks, qty)
        self.left = left = order.qty_lots - self.taken - lost(s, order)
        rests = not order.reduce_only and order.type not in AT_ONCE
        self.rest_value = worth.value(self.market, order.price_ticks, left) * rests
        self.sides = {
            side: margin.open_value(s, account_id, self.market, side)
            - (self.old_value(replaced) if replaced and replaced.side == side else 0)
            + (self.rest_value if order.side == side else 0)
            for side in (Side.BUY, Side.SELL)
        }
        self.lots = {
            side: sum(
                o.qty_lots
                for o in margin.adding(s, account_id, order.where)
                if o.side == side and o is not replaced
            )
            + (left * rests if order.side == side else 0)
            for side in (Side.BUY, Side.SELL)
        }

    def old_value(self, replaced: Order) -> int:
        """What the amended order counted."""
        if replaced.reduce_only or replaced.state != OrderState.RESTING:
            return 0
        return worth.value(self.market, replaced.price_ticks, replaced.qty_lots)

    def fill(self, ticks: int, qty: int) -> None:
        """One fill on the imagined position."""
        s, market, account_id = self.s, self.market, self.order.account_id
        value = worth.value(market, ticks, qty)
        paid = fees.fee(value, fees.taker_ppm(s, account_id, market))
        funding, self.accrued = self.accrued, 0
        moved = sign(self.order.side) * qty
        done = split(self.position, moved, value, worth.way(market, moved))
        if self.isolated:
            money = [self.margin + funding, self.position.qty_lots, paid]
            self.margin = margin_after(s, account_id, market, done, money)
        self.position = done.after
        self.fees += paid
        self.realised += done.realised_atoms

    def rest_loss(self) -> int:
        """What the rest would lose by mark if it filled at its limit now."""
        order = self.order
        left = 0 if order.type in AT_ONCE else self.left
        moved = sign(order.side) * left
        paid = worth.way(self.market, moved) * worth.value(self.market, order.price_ticks, left)
        return max(0, paid - mark_value(self.market, moved))

    def signed(self, position: Position) -> int:
        """Notional with its sign."""
        return margin.basis(self.market, position.qty_lots, position.entry_atoms)

    def requirement(self) -> int:
        """Initial margin with orders after."""
        held = self.signed(self.position), self.position.qty_lots
        buys, sells = ((self.sides[side], self.lots[side]) for side in (Side.BUY, Side.SELL))
        larger = margin.larger_side(held, buys, sells)
        return margin.initial(self.s, self.order.account_id, self.market, *larger)

    def above_risk_limit(self, replaced: Order | None) -> bool:
        """MRGN-018: the order's side would grow above what the owner chose."""
        market, side = self.market, self.order.side
        if not market.risk_base_atoms:
            return False
        way = 1 if side == Side.BUY else -1
        before = margin.open_value(self.s, self.order.account_id, market, side)
        before -= self.old_value(replaced) if replaced and replaced.side == side else 0
        was = max(0, way * self.signed(self.before) + before)
        grown = max(0, way * self.signed(self.position) + self.sides[side])
        return was < grown > margin.risk_limit(self.s, self.order.account_id, market)

    def equity_change(self) -> int:
        """How equity differs afterwards; funding was part of it all along."""
        profits = [
            mark_value(self.market, p.qty_lots) - p.entry_atoms
            for p in (self.before, self.position)
        ]
        return self.realised - self.fees + profits[1] - profits[0]

    def maintenance(self) -> int:
        """The wallet's maintenance margin afterwards."""
        s, account_id, market = self.s, self.order.account_id, self.market
        kept = margin.maintenance_of(s, account_id, market, self.position)
        part = market.base_asset_id, self.position.qty_lots > 0, kept
        parts = margin.maintenance_parts(s, account_id, self.kind)
        return margin.netted(s, (parts | {market.market_id: part}).values())

    def initial(self) -> int:
        """The wallet's initial margin with orders afterwards."""
        s, market = self.s, self.market
        on_long = margin.counts_long(self.position.qty_lots, self.sides)
        part = market.base_asset_id, on_long, self.requirement()
        parts = margin.initial_parts(s, self.order.account_id, self.kind)
        return margin.netted(s, (parts | {market.market_id: part}).values())

    def isolated_need(self) -> int:
        """What must move from the cross wallet: P* + O* - B, all booked."""
        s, account_id, market = self.s, self.order.account_id, self.market
        signed = abs(self.signed(self.position))
        lots = abs(self.position.qty_lots)
        target = self.requirement() - margin.initial(s, account_id, market, signed, lots)
        rate = fees.taker_ppm(s, account_id, market)
        target += fees.fee(sum(self.sides.values()), rate)
        have = balance(s, (account_id, self.kind), market.settle_asset_id)
        return self.margin + target - (have + self.funding + self.realised - self.fees)

    def funded_margin(self, moved: int) -> int:
        """The position's own equity when this much has moved in."""
        have = balance(self.s, (self.order.account_id, self.kind), self.market.settle_asset_id)
        have += self.funding + self.realised - self.fees + moved
        profit = mark_value(self.market, self.position.qty_lots) - self.position.entry_atoms
        left = 0 if self.taken else self.accrued
        return min(self.margin, have) + profit + left


def check_margin(s: State, order: Order, replaced: Order | None, fills: list) -> Reject:
    """MRGN-004 to MRGN-007."""
    if not order.reduce_only and above_maximum(s, order, replaced, fills):
        return Reject.MAX_POSITION
    after = After(s, order, replaced, fills)
    refusal = isolated_refusal(after, replaced, fills) if after.isolated else cross_refusal(after)
    if refusal == Reject.NONE and after.above_risk_limit(replaced):
        return Reject.RISK_LIMIT
    return refusal


def cross_refusal(after: After) -> Reject:
    """MRGN-004, MRGN-005."""
    s, account_id = after.s, after.order.account_id
    equity = margin.equity(s, account_id, after.kind) + after.equity_change()
    equity -= after.rest_loss()
    grows = after.initial() > margin.wallet_initial(s, account_id, after.kind)
    if grows and equity < after.initial():
        return Reject.INSUFFICIENT_MARGIN
    if (after.taken or after.rest_loss()) and equity < after.maintenance():
        return Reject.WOULD_LIQUIDATE
    return Reject.NONE


def isolated_refusal(after: After, replaced: Order | None, fills: list) -> Reject:
    """MRGN-005, MRGN-007."""
    s, order, market = after.s, after.order, after.market
    grows = after.requirement() > margin.initial_with_orders(s, order.account_id, market)
    need = after.isolated_need()
    home = s.cross_kind(market.market_id)
    can = margin.free(s, order.account_id, home, market.settle_asset_id)
    held = after.before.qty_lots
    closing = abs(held) if sign(order.side) * held < 0 else 0
    if (grows or after.taken > closing) and need > can:
        return Reject.INSUFFICIENT_MARGIN
    futures = [after] if after.taken else []
    if after.rest_loss():
        left = min(after.left, max(0, closing - after.taken)) if order.reduce_only else after.left
        futures.append(After(s, order, replaced, [*fills, (order, left)]))
    thin = (f.funded_margin(min(f.isolated_need(), can)) < f.maintenance() for f in futures)
    return Reject.WOULD_LIQUIDATE if any(thin) else Reject.NONE


def above_maximum(s: State, order: Order, replaced: Order | None, fills: list) -> bool:
    """MRGN-006."""
    market = s.markets[order.market_id]
    have = s.positions[order.account_id, order.where].qty_lots
    others = sum(
        o.qty_lots
        for o in margin.adding(s, order.account_id, order.where)
        if o.side == order.side and (replaced is None or o.order_id != replaced.order_id)
    )
    rests = order.qty_lots - lost(s, order)
    counted = sum(qty for _, qty in fills) if order.type in AT_ONCE else rests
    held = (p for (_, m), p in s.positions.items() if m % SHORT == market.market_id % SHORT)
    share = sum(max(0, p.qty_lots) for p in held) * market.position_open_ppm // PPM
    most = max(market.position_max_lots, share)  # ORDR-029
    return sign(order.side) * have + others + counted > most


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
