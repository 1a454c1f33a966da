"""Article 02: what an order may ask beyond its type."""

from __future__ import annotations

import pytest

from longshore.engine.book import levels
from longshore.engine.codes import (
    MarketState,
    OrderState,
    OrderType,
    Reason,
    Reject,
    Side,
    Signal,
)
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from tests.engine.desk import PERP, Desk, of, placed, refusal


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
