"""Article 15: halts and auctions.

Chosen: what stands at a price counts with what is hidden. Two orders of one account do not meet:
the later one ends. All that crosses is matched pair by pair, in the order of the two queues.
"""

from __future__ import annotations

from longshore.engine.codes import MarketState, OrderState, Reason, Role, Side
from longshore.engine.rows import Market
from tests.naive.book import resting, room_to_reduce, shows
from tests.naive.fills import end_order, match
from tests.naive.state import PPM, Order, State

MATCHING = (MarketState.ACTIVE, MarketState.POST_ONLY)
LENIENT_FIRST = [
    MarketState.ACTIVE,
    MarketState.POST_ONLY,
    MarketState.AUCTION,
    MarketState.CANCEL_ONLY,
    MarketState.HALTED,
    MarketState.EXPIRED,
]


def reference(s: State, market: Market) -> int:
    """HALT-003: the last price before the window of now."""
    same = market.halt_window == s.time_us // market.halt_window_us
    return market.halt_ticks if same else market.last_ticks


def runs_away(s: State, market: Market, ticks: int) -> bool:
    """HALT-003."""
    if not market.halt_move_ppm:
        return False
    start = reference(s, market)
    return start > 0 and abs(ticks - start) * PPM > start * market.halt_move_ppm


def stop(s: State, market: Market) -> None:
    """HALT-004."""
    if market.halt_us:
        enter(s, market, MarketState.HALTED)
        s.halt_due[market.market_id] = s.time_us + market.halt_us
    else:
        gather(s, market)


def gather(s: State, market: Market) -> None:
    """HALT-005: an auction begins."""
    enter(s, market, MarketState.AUCTION)
    if market.auction_us:
        s.halt_due[market.market_id] = s.time_us + market.auction_us


def go_on(s: State, market: Market) -> None:
    """The timer's time has come."""
    del s.halt_due[market.market_id]
    own = own_state(s, market)
    if own == MarketState.HALTED:
        gather(s, market)
    elif own == MarketState.AUCTION:
        enter(s, market, MarketState.ACTIVE)


def enter(s: State, market: Market, state: int) -> None:
    """DOWN-003: a market's own state, as far as the venue lets it show."""
    if s.venue_state == MarketState.ACTIVE:
        show(s, market, state)
    else:
        s.own_states[market.market_id] = state
        show(s, market, stricter(state, s.venue_state))


def own_state(s: State, market: Market) -> int:
    """What it would show without a downtime."""
    return s.own_states.get(market.market_id, market.state)


def stricter(one: int, other: int) -> int:
    """DOWN-003."""
    return max(one, other, key=lambda state: LENIENT_FIRST.index(MarketState(state)))


def show(s: State, market: Market, state: int) -> None:
    """HALT-006: a crossed book is crossed before matching begins."""
    while state in MATCHING and crossing(s, market):
        cross(s, market)
    market.state = state


def sides(s: State, market: Market) -> tuple[list[Order], list[Order]]:
    """All bids and all asks, in their order."""
    bids, asks = (resting(s, market.market_id, side) for side in (Side.BUY, Side.SELL))
    return bids, asks


def crossing(s: State, market: Market) -> bool:
    """Whether the best bid reaches the best ask."""
    bids, asks = sides(s, market)
    return bool(bids and asks) and bids[0].price_ticks >= asks[0].price_ticks


def price_of(s: State, market: Market) -> int:
    """HALT-006: by trying every price at which an order stands."""
    bids, asks = sides(s, market)

    def worth(price: int) -> tuple[int, ...]:
        buys = sum(o.qty_lots for o in bids if o.price_ticks >= price)
        sells = sum(o.qty_lots for o in asks if o.price_ticks <= price)
        away = abs(price - market.last_ticks)
        return min(buys, sells), -abs(buys - sells), -away, -price

    return max({o.price_ticks for o in bids + asks}, key=worth)


def cross(s: State, market: Market) -> None:
    """One auction: its price, then its matches."""
    price, traded = price_of(s, market), 0
    while True:
        bids, asks = sides(s, market)
        if not bids or not asks or not bids[0].price_ticks >= price >= asks[0].price_ticks:
            break
        traded += meet(s, bids[0], asks[0], price)
    if market.halt_move_ppm:
        market.halt_window = s.time_us // market.halt_window_us
        market.halt_ticks = price if traded else 0


def meet(s: State, buyer: Order, seller: Order, price: int) -> int:
    """HALT-007: how much the two trade."""
    if buyer.account_id == seller.account_id:
        later = max(buyer, seller, key=lambda o: o.priority)
        end_order(s, later, Reason.SELF_TRADE_STOPPED)
        return 0
    for order in (buyer, seller):
        if order.reduce_only and can_give(s, order) == 0:
            end_order(s, order, Reason.REDUCE_ONLY_DONE)
            return 0
    qty = min(can_give(s, buyer), can_give(s, seller))
    assert buyer.state == seller.state == OrderState.RESTING
    match(s, buyer, seller, qty, Role.MAKER, price)
    return qty


def can_give(s: State, order: Order) -> int:
    """What it shows, reduce-only no more than the position."""
    if not order.reduce_only:
        return shows(order)
    have = s.positions[order.account_id, order.where].qty_lots
    return min(shows(order), room_to_reduce(have, order.side))
