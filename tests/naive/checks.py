"""Article 02: what an order is asked for, in the order in which it is refused.

Chosen: the collar is asked of every new limit, whether or not somebody stands there. In a
cancel-maker mode own resting orders are skipped in all checks; a post-only order that meets only
these rests. A spot order must have what its fills take at the book's prices, and what its rest
asks at its limit.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

from longshore.engine.codes import (
    CollarFrom,
    MarketKind,
    MarketState,
    OrderState,
    OrderType,
    Reject,
    SelfTrade,
    Side,
    Signal,
    WalletKind,
)
from longshore.engine.limits import PRICE_MAX_TICKS, QTY_MAX_LOTS, VALUE_MAX_ATOMS
from longshore.engine.rows import Market
from tests.naive import halts, margin
from tests.naive.after import check_margin
from tests.naive.book import (
    AT_ONCE,
    PRICED,
    WAITING,
    best_opposite,
    decrements,
    lost,
    reaches,
    room_to_reduce,
    sign,
    walk,
)
from tests.naive.fills import spot_hold
from tests.naive.prices import is_over
from tests.naive.state import PPM, Order, State, up


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


def trails(order: Order) -> bool:
    """Whether its trigger follows a price."""
    return bool(order.trail_ppm or order.trail_ticks)


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
