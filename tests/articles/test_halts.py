"""Article 15: halts and auctions."""

from __future__ import annotations

import pytest

from longshore.engine.book import levels
from longshore.engine.codes import MarketState, OrderType, Reason, Reject, Role, SelfTrade, Side
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from tests.engine.desk import PERP, SECOND, Desk, changed, of, placed, refusal, setup

PRICE = 84_000
SECOND_US = 1_000_000
TERMS = {
    "halt_window_us": 60 * SECOND_US,
    "halt_move_ppm": 10_000,
    "halt_us": 5 * SECOND_US,
    "auction_us": 20 * SECOND_US,
}


def desk_of(**terms: int) -> Desk:
    """Four rich people, an index of 84,000; a trade at 84,000 long before now."""
    made = Desk(changed(setup(), **{**TERMS, "display_min_ppm": 1, **terms}))
    for name in ("ann", "bob", "cat", "dan"):
        made.person(name, 1_000_000)
    made.index(PRICE)
    made.trade("cat", "dan", 1, PRICE)
    made.wait(60 * SECOND_US)
    return made


@pytest.fixture
def desk() -> Desk:
    return desk_of()


def state(desk: Desk) -> int:
    return desk.engine.view.markets[PERP].state


def set_state(desk: Desk, value: int):
    return desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=value)


def prices(events):
    return [(e.price_ticks, e.qty_lots) for e in of(events, EventKind.FILLED)]


def ended(events):
    return [(e.order_id, e.reason) for e in of(events, EventKind.ORDER_ENDED)]


def crossed(events):
    return [(e.price_ticks, e.qty_lots) for e in of(events, EventKind.AUCTION_CROSSED)]


def test_a_match_too_far_away_is_not_made_and_the_market_stops(desk):
    """HALT-003, HALT-004: at the edge it trades; then halted, then an auction, then active."""
    for price in (84_840, 84_841):
        desk.sell("bob", 5, price)
    events = desk.buy("ann", 9, 85_000)
    assert prices(events) == [(84_840, 5)]
    assert ended(events)[-1] == (placed(events), Reason.MARKET_HALTED)
    assert state(desk) == MarketState.HALTED
    assert refusal(desk.buy("ann", 1, 80_000)) == Reject.MARKET_HALTED
    desk.wait(5 * SECOND_US - 1)
    assert state(desk) == MarketState.HALTED
    desk.wait(1)
    assert state(desk) == MarketState.AUCTION
    desk.wait(20 * SECOND_US - 1)
    assert state(desk) == MarketState.AUCTION
    assert crossed(desk.wait(1)) == []  # nothing crossed
    assert state(desk) == MarketState.ACTIVE
    assert refusal(desk.buy("ann", 1)) == Reject.NONE  # the reference of now is 84,840


def test_the_reference_is_the_last_price_before_the_window(desk):
    """HALT-003: trades of the window do not move it; the next window's is the last of this."""
    desk.trade("ann", "bob", 1, 84_800)
    desk.sell("bob", 5, 85_600)
    desk.buy("ann", 1, 85_600)
    assert state(desk) == MarketState.HALTED
    set_state(desk, MarketState.ACTIVE)
    desk.wait(60 * SECOND_US)
    assert prices(desk.buy("ann", 1, 85_600)) == [(85_600, 1)]  # within 1 % of 84,800


def test_falling_prices_stop_it_too_and_a_fill_or_kill_is_refused(desk):
    """HALT-003, ORDR-007"""
    desk.buy("bob", 5, 83_160)
    desk.buy("bob", 5, 83_159)
    fok = {"type": OrderType.FOK}
    assert refusal(desk.sell("ann", 6, 83_000, **fok)) == Reject.FOK_UNFILLABLE
    assert state(desk) == MarketState.ACTIVE
    assert prices(desk.sell("ann", 5, 83_000, **fok)) == [(83_160, 5)]
    assert ended(desk.sell("ann", 1))[-1][1] == Reason.MARKET_HALTED


def test_without_a_trade_before_nothing_stops():
    """HALT-003"""
    desk = Desk(changed(setup(), **TERMS))
    for name in ("ann", "bob"):
        desk.person(name, 1_000_000)
    desk.index(PRICE)
    desk.trade("ann", "bob", 1, 90_000)
    assert state(desk) == MarketState.ACTIVE


def test_an_operator_s_state_ends_what_a_halt_began(desk):
    """HALT-004, HALT-005: its timer is gone; an auction by command has the market's time."""
    desk.sell("bob", 5, 90_000)
    desk.buy("ann", 1, 90_000)
    set_state(desk, MarketState.CANCEL_ONLY)
    desk.wait(60 * SECOND_US)
    assert state(desk) == MarketState.CANCEL_ONLY
    set_state(desk, MarketState.AUCTION)
    desk.wait(20 * SECOND_US)
    assert state(desk) == MarketState.ACTIVE
    timeless = desk_of(auction_us=0, halt_us=0)
    timeless.sell("bob", 5, 90_000)
    timeless.buy("ann", 1, 90_000)
    timeless.wait(3_600 * SECOND_US)
    assert state(timeless) == MarketState.AUCTION
    assert refusal(set_state(timeless, 7)) == Reject.BAD_VALUE


def test_in_an_auction_orders_gather(desk):
    """HALT-005: those that can rest do, wherever they stand; taking ones are refused."""
    set_state(desk, MarketState.AUCTION)
    kept = placed(desk.buy("ann", 4, 84_500))
    assert prices(desk.sell("bob", 4, 83_500)) == []
    assert refusal(desk.sell("bob", 4, 83_400, type=OrderType.POST_ONLY)) == Reject.NONE
    for kind in (OrderType.MARKET, OrderType.IOC, OrderType.FOK):
        price = 0 if kind == OrderType.MARKET else PRICE
        assert refusal(desk.buy("ann", 1, price, type=kind)) == Reject.MARKET_IN_AUCTION
    waiting = {"type": OrderType.STOP, "trigger_ticks": 84_100, "signal": 1}
    assert refusal(desk.buy("cat", 1, **waiting)) == Reject.NONE
    assert of(desk.index(84_200), EventKind.ORDER_TRIGGERED) == []
    amended = {"account_id": desk.people["ann"], "order_id": kept, "price_ticks": 84_600}
    assert prices(desk.do(CommandKind.AMEND_ORDER, **amended)) == []
    assert ended(desk.cancel("ann", kept)) == [(kept, Reason.BY_USER)]
    assert refusal(desk.buy("ann", 10**7, 90_000)) == Reject.INSUFFICIENT_MARGIN
    desk.person("eve", 1_000)
    desk.isolate("eve", 3)
    assert refusal(desk.buy("eve", 1, 84_700)) == Reject.NONE
    desk.cancel("eve", desk.orders("eve")[-1].order_id)
    desk.cancel("bob", desk.orders("bob")[-1].order_id)
    events = set_state(desk, MarketState.ACTIVE)
    assert prices(events) == [(83_500, 1)]  # the stop fires once the market is active


@pytest.mark.parametrize(
    ("bids", "asks", "price", "size"),
    [
        # most trades at 84,100: 10 of 12 bid against 10 asked
        ([(84_300, 4), (84_100, 8)], [(83_900, 3), (84_100, 7)], 84_100, 10),
        # as much at 83,900 and 84,100, less left over at 84,100
        ([(84_100, 5), (83_900, 4)], [(83_900, 5)], 84_100, 5),
        # all alike between 83,950 and 84,090: the nearer to the last trade, 84,000
        ([(84_090, 5)], [(83_950, 5)], 83_950, 5),
        ([(84_060, 5)], [(83_930, 5)], 84_060, 5),
        # as near on both sides: the lower
        ([(84_050, 5)], [(83_950, 5)], 83_950, 5),
    ],
)
def test_one_price_at_which_most_trades(desk, bids, asks, price, size):
    """HALT-006"""
    set_state(desk, MarketState.AUCTION)
    for ticks, qty in bids:
        desk.buy("ann", qty, ticks)
    for ticks, qty in asks:
        desk.sell("bob", qty, ticks)
    events = set_state(desk, MarketState.ACTIVE)
    assert crossed(events) == [(price, size)]
    assert {p for p, _ in prices(events)} == {price}
    view = desk.engine.view
    left = levels(view, PERP, Side.BUY, 9), levels(view, PERP, Side.SELL, 9)
    assert sum(q for _, q in left[0]) == sum(q for _, q in bids) - size
    assert sum(q for _, q in left[1]) == sum(q for _, q in asks) - size
    assert view.markets[PERP].last_ticks == price
    assert of(events, EventKind.MARKET_STATE_SET)[-1].flag == MarketState.ACTIVE


def test_by_price_then_time_and_both_pay_as_makers(desk):
    """HALT-007, ORDR-002: what is hidden queues again behind the others of its price."""
    set_state(desk, MarketState.AUCTION)
    desk.buy("ann", 4, 84_000, display_lots=2)
    desk.buy("bob", 3, 84_000)
    desk.buy("dan", 1, 84_010)
    desk.sell("cat", 7, 84_000)
    events = set_state(desk, MarketState.ACTIVE)
    names = {number: name for name, number in desk.people.items()}
    got = [(names[e.account_id], e.qty_lots) for e in of(events, EventKind.FILLED)]
    assert got == [("dan", 1), ("ann", 2), ("bob", 3), ("ann", 1)]
    trades = of(events, EventKind.TRADED)
    assert {e.role for e in trades} == {Role.MAKER}
    assert all(e.fee_atoms == -(-e.qty_lots * 84_000 * 10**4 * 200 // 10**6) for e in trades)


def test_own_orders_do_not_meet_and_reduce_only_ones_only_reduce(desk):
    """HALT-007"""
    desk.trade("ann", "bob", 3, PRICE)
    for mode in SelfTrade:
        value = {"account_id": desk.people["cat"], "value": mode}
        desk.do(CommandKind.SET_SELF_TRADE, **value)
        set_state(desk, MarketState.AUCTION)
        desk.buy("cat", 2, PRICE)
        later = placed(desk.sell("cat", 1, PRICE))
        events = set_state(desk, MarketState.ACTIVE)
        assert ended(events) == [(later, Reason.SELF_TRADE_STOPPED)]
        assert (prices(events), state(desk)) == ([], MarketState.ACTIVE)
        desk.do(CommandKind.CANCEL_ALL, account_id=desk.people["cat"])
    set_state(desk, MarketState.AUCTION)
    first = placed(desk.sell("ann", 3, 83_900, reduce_only=1))
    second = placed(desk.sell("ann", 3, 83_950, reduce_only=1))
    desk.buy("cat", 9, PRICE)
    events = set_state(desk, MarketState.ACTIVE)
    assert ended(events) == [(first, Reason.FILLED), (second, Reason.REDUCE_ONLY_DONE)]
    assert desk.position("ann").qty_lots == 0


def test_the_price_of_an_auction_is_the_reference(desk):
    """HALT-006, HALT-003: none where nothing traded; another state than a matching one waits."""
    set_state(desk, MarketState.AUCTION)
    desk.buy("ann", 4, 90_000)
    desk.sell("bob", 4, 90_000)
    assert crossed(set_state(desk, MarketState.HALTED)) == []
    assert crossed(set_state(desk, MarketState.POST_ONLY)) == [(90_000, 4)]
    set_state(desk, MarketState.ACTIVE)
    desk.sell("bob", 2, 90_900)
    assert prices(desk.buy("ann", 1, 90_900)) == [(90_900, 1)]
    desk.sell("bob", 2, 90_901)
    desk.buy("ann", 2, 90_901)
    assert state(desk) == MarketState.HALTED


def test_nobody_is_liquidated_while_nothing_is_matched():
    """HALT-008, PRIC-005: the order that stops the market is the liquidation's own."""
    desk = desk_of(partial_band_ppm=200_000)
    desk.person("eve", 1_000)
    desk.trade("eve", "bob", 5_000, PRICE)
    desk.buy("cat", 5_000, 82_300)
    desk.checking = False  # the wallet stays below its margin for as long as it is frozen
    events = desk.index(82_400)
    steps = of(events, EventKind.LIQUIDATION_STEP)
    assert steps and prices(events) == []
    assert state(desk) == MarketState.HALTED
    assert desk.position("eve").qty_lots == 5_000
    assert of(desk.wait(5 * SECOND_US), EventKind.LIQUIDATION_STEP) == []
    assert state(desk) == MarketState.AUCTION
    events = desk.wait(20 * SECOND_US)
    assert of(events, EventKind.LIQUIDATION_STARTED)
    assert state(desk) != MarketState.AUCTION


def test_the_ladder_goes_on_with_the_other_positions():
    """HALT-008"""
    desk = desk_of(partial_band_ppm=200_000)
    desk.person("eve", 1_500)
    desk.trade("eve", "bob", 5_000, PRICE)
    desk.trade("eve", "bob", 1_000, PRICE, market_id=SECOND)
    desk.buy("cat", 5_000, 82_300)
    desk.buy("cat", 5_000, 82_300, market_id=SECOND)
    desk.checking = False
    events = desk.index(81_600)
    assert state(desk) == MarketState.HALTED
    assert {e.market_id for e in of(events, EventKind.FILLED)} == {SECOND}
    assert desk.position("eve").qty_lots == 5_000
