"""Article 02: what an order may ask beyond its type."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longshore.engine.book import levels
from longshore.engine.codes import (
    MarketState,
    OrderState,
    OrderType,
    Reason,
    Reject,
    SelfTrade,
    Side,
    Signal,
)
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.state import balance_slot
from tests.engine.desk import BTC, CASH, PERP, SECOND, SPOT, USD, Desk, of, placed, refusal


@pytest.fixture
def desk() -> Desk:
    """Four rich people and an index of 84,000."""
    made = Desk()
    for name in ("ann", "bob", "cat", "dan"):
        made.person(name, 100_000)
    made.index(84_000)
    return made


def fills(events):
    return [(e.price_ticks, e.qty_lots) for e in of(events, EventKind.FILLED)]


def ended(events):
    return [(e.order_id, e.reason) for e in of(events, EventKind.ORDER_ENDED)]


def amend(desk: Desk, name: str, order_id: int, **fields: int):
    return desk.do(
        CommandKind.AMEND_ORDER, account_id=desk.people[name], order_id=order_id, **fields
    )


def stop(desk: Desk, name: str, side: Side, qty: int, trigger: int = 0, **fields: int):
    given = {"signal": Signal.INDEX, "type": OrderType.STOP, **fields}
    return desk.order(name, side, qty, trigger_ticks=trigger, **given)


def test_a_stop_that_rests_is_a_limit_order_once_it_fired(desk):
    """ORDR-020: it takes what crosses, rests with the rest, and is amended like any limit order."""
    desk.trade("ann", "bob", 10, 84_000)
    desk.buy("cat", 4, 82_900)
    order = placed(stop(desk, "ann", Side.SELL, 10, 83_000, price=82_800, rests=1, reduce_only=1))
    events = desk.index(83_000)
    assert fills(events) == [(82_900, 4)]
    assert levels(desk.engine.view, PERP, Side.SELL, 9) == [(82_800, 6)]
    (row,) = desk.orders("ann")
    assert (row.type, row.state) == (OrderType.LIMIT, OrderState.RESTING)
    assert (row.trigger_ticks, row.signal, row.rests) == (0, 0, 0)
    assert refusal(amend(desk, "ann", order, price_ticks=82_850)) == Reject.NONE
    assert refusal(amend(desk, "ann", order, trigger_ticks=82_000)) == Reject.TRIGGER_NOT_ALLOWED
    desk.buy("dan", 6, 82_850)
    assert desk.position("ann").qty_lots == 0


def test_a_target_that_rests_waits_in_the_book_where_nobody_stands(desk):
    """ORDR-020"""
    target = {"type": OrderType.TAKE_PROFIT, "price": 85_500, "rests": 1}
    stop(desk, "ann", Side.SELL, 3, 85_000, **target)
    assert ended(desk.index(85_000)) == []
    assert levels(desk.engine.view, PERP, Side.SELL, 9) == [(85_500, 3)]
    assert desk.position("ann").sell_lots == 3


def test_who_may_ask_to_rest(desk):
    """ORDR-020"""
    assert refusal(stop(desk, "ann", Side.SELL, 1, 83_000, rests=1)) == Reject.PRICE_NOT_POSITIVE
    assert refusal(desk.buy("ann", 1, 83_000, rests=1)) == Reject.TRIGGER_NOT_ALLOWED
    assert refusal(desk.buy("ann", 1, 83_000, rests=2)) == Reject.BAD_VALUE


def test_what_rests_is_asked_for_margin_when_it_fires(desk):
    """ORDR-020"""
    desk.person("eve", 100)
    order = placed(stop(desk, "eve", Side.BUY, 10**4, 85_000, price=85_100, rests=1))
    (last,) = of(desk.index(85_000), EventKind.ORDER_ENDED)
    assert (last.order_id, last.reason) == (order, Reason.TRIGGER_REFUSED)
    assert last.reject == Reject.INSUFFICIENT_MARGIN


def test_an_order_ends_at_its_time_and_not_before(desk):
    """ORDR-021"""
    at = desk.time_us + 60_000_000
    resting = placed(desk.buy("ann", 5, 83_000, expire_us=at))
    waiting = placed(stop(desk, "ann", Side.SELL, 5, 82_000, expire_us=at))
    desk.sell("bob", 2, 83_000)
    assert ended(desk.wait(59_999_999)) == []
    assert ended(desk.wait(1)) == [(resting, Reason.EXPIRED), (waiting, Reason.EXPIRED)]
    assert desk.orders("ann") == []
    assert desk.position("ann").qty_lots == 2
    assert desk.position("ann").buy_lots == 0


def test_an_order_that_was_filled_or_cancelled_leaves_no_timer(desk):
    """ORDR-021"""
    at = desk.time_us + 60_000_000
    before = desk.engine.view.due_root
    filled = placed(desk.buy("ann", 5, 83_000, expire_us=at))
    desk.sell("bob", 5, 83_000)
    desk.cancel("ann", placed(desk.buy("ann", 5, 83_000, expire_us=at)))
    assert desk.engine.view.due_root == before
    assert filled and ended(desk.wait(60_000_000)) == []


def test_the_older_order_ends_first_and_what_hangs_on_it_with_it(desk):
    """ORDR-021, ORDR-010, ORDR-019: also in a halted market."""
    at = desk.time_us + 60_000_000
    loss = placed(stop(desk, "bob", Side.SELL, 5, 82_000, expire_us=at))
    gain = placed(stop(desk, "bob", Side.BUY, 5, 86_000, linked_id=loss, expire_us=at))
    brackets = {"stop_ticks": 81_000, "signal": Signal.MARK}
    entry = placed(desk.buy("ann", 5, 83_000, expire_us=at, **brackets))
    desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=MarketState.HALTED)
    assert ended(desk.wait(60_000_000)) == [
        (loss, Reason.EXPIRED), (gain, Reason.LINKED),
        (entry, Reason.EXPIRED), (entry + 1, Reason.LINKED),
    ]  # fmt: skip


def test_what_fired_to_rest_still_ends_at_its_time(desk):
    """ORDR-021, ORDR-020"""
    at = desk.time_us + 60_000_000
    order = placed(stop(desk, "ann", Side.SELL, 1, 83_000, price=83_500, rests=1, expire_us=at))
    desk.index(83_000)
    assert ended(desk.wait(60_000_000)) == [(order, Reason.EXPIRED)]


def trail(desk: Desk, name: str, side: Side, **fields: int):
    """A trailing stop on the index for 5 lots."""
    return stop(desk, name, side, 5, **fields)


def trigger(desk: Desk, name: str) -> int:
    """Where the one order of a person would fire."""
    (order,) = desk.orders(name)
    return order.trigger_ticks


@pytest.mark.parametrize(
    ("side", "distance", "steps"),
    [
        (Side.SELL, {"trail_ppm": 20_000}, [(84_000, 82_320), (85_000, 83_300), (84_500, 83_300)]),
        (Side.SELL, {"trail_ticks": 600}, [(84_000, 83_400), (85_000, 84_400), (84_500, 84_400)]),
        (Side.SELL, {"trail_ppm": 1}, [(84_000, 83_999), (84_000.5, 84_000), (84_001, 84_000)]),
        (Side.BUY, {"trail_ppm": 10_000}, [(84_000, 84_840), (83_000, 83_830), (83_333, 83_830)]),
        (Side.BUY, {"trail_ticks": 1}, [(84_000, 84_001), (83_000.5, 83_002), (83_001, 83_002)]),
    ],
)
def test_a_trailing_trigger_follows_in_its_favour_only(desk, side, distance, steps):
    """ORDR-022"""
    placed(trail(desk, "ann", side, **distance))
    for price, expected in steps:
        desk.index(price)
        assert trigger(desk, "ann") == expected


def test_a_trailing_stop_fires_like_a_stop(desk):
    """ORDR-022, ORDR-009"""
    desk.trade("ann", "bob", 5, 84_000)
    desk.buy("cat", 50, 84_400)
    order = placed(trail(desk, "ann", Side.SELL, trail_ticks=500, reduce_only=1))
    (moved,) = of(desk.index(85_000), EventKind.ORDER_AMENDED)
    assert (moved.order_id, moved.trigger_ticks, moved.trail_ticks) == (order, 84_500, 500)
    assert of(desk.index(84_501), EventKind.ORDER_AMENDED) == []
    events = desk.index(84_500)
    assert [e.order_id for e in of(events, EventKind.ORDER_TRIGGERED)] == [order]
    assert fills(events) == [(84_400, 5)]


def test_a_trailing_stop_listens_to_its_own_signal(desk):
    """ORDR-022"""
    desk.trade("ann", "bob", 5, 84_000)
    placed(trail(desk, "ann", Side.SELL, trail_ticks=500, signal=Signal.LAST))
    desk.index(85_000)
    assert trigger(desk, "ann") == 83_500
    desk.trade("cat", "dan", 1, 84_700)
    assert trigger(desk, "ann") == 84_200


def test_every_trigger_follows_before_one_fires(desk):
    """ORDR-022: the stop that fires at 84,700 trades lower; the other has seen 84,700."""
    desk.trade("ann", "bob", 5, 84_000)
    placed(trail(desk, "ann", Side.SELL, trail_ticks=2_000, signal=Signal.LAST))
    desk.buy("cat", 50, 84_100)
    on_last = {"type": OrderType.TAKE_PROFIT, "signal": Signal.LAST}
    fired = placed(stop(desk, "dan", Side.SELL, 5, 84_700, **on_last))
    events = desk.buy("bob", 1, 84_700) + desk.sell("cat", 1, 84_700)
    assert [e.order_id for e in of(events, EventKind.ORDER_TRIGGERED)] == [fired]
    assert trigger(desk, "ann") == 82_700


def test_a_trigger_stands_still_while_the_market_does(desk):
    """ORDR-022"""
    placed(trail(desk, "ann", Side.SELL, trail_ticks=500))
    desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=MarketState.HALTED)
    desk.index(86_000)
    desk.index(85_000)
    assert trigger(desk, "ann") == 83_500
    desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=MarketState.ACTIVE)
    assert trigger(desk, "ann") == 84_500


def test_a_trailing_stop_is_amended_in_size_alone(desk):
    """ORDR-022, ORDR-012"""
    order = placed(trail(desk, "ann", Side.SELL, trail_ticks=500))
    assert refusal(amend(desk, "ann", order, trigger_ticks=83_000)) == Reject.TRIGGER_NOT_ALLOWED
    assert refusal(amend(desk, "ann", order, price_ticks=83_000)) == Reject.TRIGGER_NOT_ALLOWED
    assert refusal(amend(desk, "ann", order, qty_lots=5)) == Reject.NOTHING_TO_CHANGE
    assert refusal(amend(desk, "ann", order, qty_lots=7)) == Reject.NONE
    desk.index(85_000)
    assert (desk.orders("ann")[0].qty_lots, trigger(desk, "ann")) == (7, 84_500)


@pytest.mark.parametrize(
    "fields",
    [
        {"trail_ppm": 500_001},
        {"trail_ppm": -1},
        {"trail_ticks": -1},
        {"trail_ticks": 10**12},
        {"trail_ppm": 1, "trail_ticks": 1},
        {"trail_ppm": 1, "price": 80_000},
        {"trail_ppm": 1, "trigger": 80_000},
        {"trail_ppm": 1, "signal": 0},
        {"trail_ppm": 1, "type": OrderType.TAKE_PROFIT},
        {"trail_ppm": 1, "type": OrderType.LIMIT, "signal": 0, "price": 80_000},
        {"trail_ppm": 1, "market_id": SPOT},
    ],
)
def test_what_cannot_trail(desk, fields):
    """ORDR-022"""
    assert refusal(trail(desk, "ann", Side.SELL, **fields)) == Reject.TRIGGER_NOT_ALLOWED


def test_a_first_trigger_needs_a_price_and_room_below_it(desk):
    """ORDR-022"""
    last = trail(desk, "ann", Side.SELL, trail_ticks=500, signal=Signal.LAST)
    assert refusal(last) == Reject.NO_PRICE
    assert refusal(trail(desk, "ann", Side.SELL, trail_ticks=84_000)) == Reject.OUTSIDE_COLLAR


@given(st.lists(st.integers(70_000, 100_000), min_size=1, max_size=12), st.data())
@settings(max_examples=40, deadline=None)
def test_a_trigger_is_the_best_of_all_prices_so_far(prices, data):
    """ORDR-022: visited only where it moves, it stands where the whole path puts it."""
    desk = Desk(checking=False)
    desk.person("ann", 100_000)
    desk.index(84_000)
    ppm = data.draw(st.integers(1, 500_000))
    placed(trail(desk, "ann", Side.SELL, trail_ppm=ppm))
    seen = [84_000]
    for price in prices:
        desk.index(price)
        if not desk.orders("ann"):
            assert price <= max(seen) * (10**6 - ppm) // 10**6
            return
        seen.append(price)
        assert trigger(desk, "ann") == max(seen) * (10**6 - ppm) // 10**6


def decrement(desk: Desk, name: str) -> None:
    """Put a person into the mode that takes the smaller size off both."""
    who = desk.people[name]
    desk.do(CommandKind.SET_SELF_TRADE, account_id=who, value=SelfTrade.DECREMENT)


def test_own_orders_lose_the_smaller_size_without_a_trade(desk):
    """ORDR-023"""
    decrement(desk, "ann")
    own = placed(desk.sell("ann", 5, 84_000))
    desk.sell("bob", 5, 84_000)
    events = desk.buy("ann", 3, 84_000)
    (cut,) = of(events, EventKind.ORDER_AMENDED)
    assert (cut.order_id, cut.open_lots) == (own, 2)
    assert ended(events) == [(placed(events), Reason.SELF_TRADE_STOPPED)]
    assert (fills(events), desk.position("ann").qty_lots, desk.position("ann").sell_lots) == (
        [], 0, 2,
    )  # fmt: skip
    assert fills(desk.buy("cat", 1, 84_000)) == [(84_000, 1)]
    assert desk.orders("ann")[0].filled_lots == 1  # it kept its place


def test_the_larger_taker_goes_on_with_what_is_left(desk):
    """ORDR-023"""
    decrement(desk, "ann")
    own = placed(desk.sell("ann", 5, 84_000))
    desk.sell("bob", 2, 84_000)
    events = desk.buy("ann", 9, 84_000)
    assert (own, Reason.SELF_TRADE_STOPPED) in ended(events)
    assert fills(events) == [(84_000, 2)]
    assert levels(desk.engine.view, PERP, Side.BUY, 9) == [(84_000, 2)]


def test_equal_own_orders_both_end(desk):
    """ORDR-023"""
    decrement(desk, "ann")
    own = placed(desk.sell("ann", 5, 84_000))
    events = desk.buy("ann", 5, 84_000)
    assert ended(events) == [
        (own, Reason.SELF_TRADE_STOPPED), (placed(events), Reason.SELF_TRADE_STOPPED),
    ]  # fmt: skip


def test_what_own_orders_would_take_does_not_fill(desk):
    """ORDR-023"""
    decrement(desk, "ann")
    desk.sell("ann", 5, 84_000)
    assert refusal(desk.buy("ann", 1, 84_000, type=OrderType.IOC)) == Reject.IOC_UNFILLABLE
    assert refusal(desk.buy("ann", 1, 84_000, type=OrderType.POST_ONLY)) == Reject.POST_WOULD_CROSS
    desk.sell("bob", 5, 84_000)
    assert refusal(desk.buy("ann", 6, 84_000, type=OrderType.FOK)) == Reject.FOK_UNFILLABLE
    events = desk.buy("ann", 6, 84_000, type=OrderType.IOC)
    assert fills(events) == [(84_000, 1)]


def test_only_what_would_rest_asks_for_margin(desk):
    """ORDR-023, MRGN-004: 1.80 dollars carry 21 lots at 8.40 a lot and 1 %, not 40."""
    desk.person("eve", 1.8)
    decrement(desk, "eve")
    desk.sell("eve", 20, 84_000)
    assert refusal(desk.buy("eve", 40, 83_999)) == Reject.INSUFFICIENT_MARGIN
    assert refusal(desk.buy("eve", 40, 84_000)) == Reject.NONE
    assert levels(desk.engine.view, PERP, Side.BUY, 9) == [(84_000, 20)]


def test_a_spot_order_frees_what_it_lost(desk):
    """ORDR-023, ORDR-017"""
    desk.person("eve", 1_000, wallet=CASH, coins=0.01)
    decrement(desk, "eve")
    desk.sell("eve", 100, 84_000, market_id=SPOT)
    desk.buy("eve", 60, 84_000, market_id=SPOT)
    kept = {asset: balance(desk, "eve", asset).hold_atoms for asset in (USD, BTC)}
    assert kept == {USD: 0, BTC: 40 * 10**4}


def balance(desk: Desk, name: str, asset: int):
    """A cash balance's row."""
    return desk.engine.view.balances[balance_slot(desk.wallet(name, CASH), asset)]


def slide(desk: Desk, name: str, side: Side, price: int, **fields: int):
    """A post-only order of 5 lots that slides."""
    return desk.order(name, side, 5, price, type=OrderType.POST_ONLY, **{"slides": 1, **fields})


def test_a_sliding_order_rests_a_tick_from_the_other_side(desk):
    """ORDR-024"""
    desk.sell("bob", 1, 84_010)
    desk.buy("bob", 1, 84_000)
    (buy,) = of(slide(desk, "ann", Side.BUY, 84_500), EventKind.ORDER_PLACED)
    (sell,) = of(slide(desk, "cat", Side.SELL, 83_000), EventKind.ORDER_PLACED)
    assert (buy.price_ticks, sell.price_ticks) == (84_009, 84_010)  # the buy is the best now
    (still,) = of(slide(desk, "dan", Side.BUY, 84_005), EventKind.ORDER_PLACED)
    assert still.price_ticks == 84_005


def test_an_amended_order_slides_again(desk):
    """ORDR-024, ORDR-012"""
    desk.sell("bob", 1, 84_010)
    order = placed(slide(desk, "ann", Side.BUY, 83_000))
    assert refusal(amend(desk, "ann", order, price_ticks=84_050)) == Reject.NONE
    assert levels(desk.engine.view, PERP, Side.BUY, 9) == [(84_009, 5)]


def test_a_sliding_order_steps_back_from_its_own(desk):
    """ORDR-024, ORDR-013"""
    desk.sell("ann", 1, 84_010)
    assert of(slide(desk, "ann", Side.BUY, 84_010), EventKind.ORDER_PLACED)[0].price_ticks == 84_009


def test_where_nothing_can_slide(desk):
    """ORDR-024"""
    assert refusal(desk.buy("ann", 1, 83_000, slides=1)) == Reject.BAD_VALUE
    assert refusal(slide(desk, "ann", Side.BUY, 83_000, slides=2)) == Reject.BAD_VALUE
    desk.sell("bob", 1, 1, market_id=SECOND)
    refused = slide(desk, "ann", Side.BUY, 5, market_id=SECOND)
    assert refusal(refused) == Reject.POST_WOULD_CROSS


def close(desk: Desk, name: str, side: Side, trigger: int, **fields: int):
    """A trigger that closes the whole position."""
    given = {"closes": 1, "reduce_only": 1, **fields}
    return desk.order(
        name, side, given.pop("qty_lots", 0), trigger_ticks=trigger,
        **{"signal": Signal.INDEX, "type": OrderType.STOP, **given},
    )  # fmt: skip


def test_a_close_takes_whatever_the_position_is_then(desk):
    """ORDR-025"""
    desk.trade("ann", "bob", 5, 84_000)
    desk.buy("cat", 50, 82_500)
    order = placed(close(desk, "ann", Side.SELL, 83_000))
    desk.trade("ann", "bob", 8, 84_000)
    events = desk.index(83_000)
    (fired,) = of(events, EventKind.ORDER_TRIGGERED)
    assert (fired.order_id, fired.open_lots, fired.closes) == (order, 13, 1)
    assert fills(events) == [(82_500, 13)]
    assert desk.position("ann").qty_lots == 0


def test_a_close_ends_with_its_position_or_without_one(desk):
    """ORDR-025, ORDR-008, ORDR-009"""
    order = placed(close(desk, "ann", Side.SELL, 83_000))
    (last,) = of(desk.index(83_000), EventKind.ORDER_ENDED)
    assert (last.order_id, last.reject) == (order, Reject.NO_PRICE)
    desk.buy("cat", 5, 80_000)
    gone = of(close(desk, "ann", Side.SELL, 83_000), EventKind.ORDER_ENDED)[0]
    assert gone.reject == Reject.WOULD_NOT_REDUCE
    desk.trade("ann", "bob", 5, 83_000)
    order = placed(close(desk, "ann", Side.SELL, 82_000))
    events = desk.sell("ann", 5, 80_000)
    assert (order, Reason.REDUCE_ONLY_DONE) in ended(events)


def test_a_close_may_trail_and_be_moved(desk):
    """ORDR-025, ORDR-022, ORDR-012"""
    desk.trade("ann", "bob", 5, 84_000)
    order = placed(close(desk, "ann", Side.SELL, 83_000))
    assert refusal(amend(desk, "ann", order, qty_lots=5)) == Reject.BAD_VALUE
    assert refusal(amend(desk, "ann", order, trigger_ticks=83_100)) == Reject.NONE
    desk.cancel("ann", order)
    placed(close(desk, "ann", Side.SELL, 0, trail_ticks=100))
    desk.index(85_000)
    assert trigger(desk, "ann") == 84_900


@pytest.mark.parametrize(
    "fields",
    [
        {"qty_lots": 1},
        {"price": 82_000},
        {"reduce_only": 0},
        {"closes": 2},
        {"type": OrderType.MARKET, "signal": 0, "trigger": 0},
    ],
)
def test_what_cannot_close(desk, fields):
    """ORDR-025"""
    given = {"trigger": 83_000, **fields}
    assert refusal(close(desk, "ann", Side.SELL, **given)) == Reject.BAD_VALUE


def test_a_command_acts_up_to_its_latest_time(desk):
    """ORDR-026"""
    assert refusal(desk.buy("ann", 1, 83_000, before_us=desk.time_us)) == Reject.NONE
    late = desk.buy("ann", 1, 83_000, before_us=desk.time_us - 1)
    assert refusal(late) == Reject.TOO_LATE
    assert len(desk.orders("ann")) == 1


def test_what_is_due_happens_before_a_late_command_is_refused(desk):
    """ORDR-026, TIME-001"""
    order = placed(desk.buy("ann", 1, 83_000, expire_us=desk.time_us + 5))
    late = {"account_id": desk.people["ann"], "before_us": desk.time_us, "order_id": order}
    events = desk.do(CommandKind.CANCEL_ORDER, time_us=desk.time_us + 5, **late)
    desk.time_us += 5
    assert ended(events) == [(order, Reason.EXPIRED)]
    assert refusal(events) == Reject.TOO_LATE
