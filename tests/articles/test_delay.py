"""Article 02: markets where orders that take wait a while."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarketState, OrderState, OrderType, Reason, Reject, Side, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from tests.engine.desk import PERP, Desk, changed, of, placed, refusal, setup

PRICE = 84_000
DELAY_US = 20_000


@pytest.fixture
def desk() -> Desk:
    """Four people, an index of 84,000, 20 ms for makers."""
    made = Desk(changed(setup(), taker_delay_us=DELAY_US))
    for name in ("ann", "bob", "cat", "dan"):
        made.person(name, 100_000)
    made.index(PRICE)
    return made


def post(desk: Desk, name: str, side: Side, qty: int, price: int):
    return placed(desk.order(name, side, qty, price, type=OrderType.POST_ONLY))


def prices(events):
    return [(e.price_ticks, e.qty_lots) for e in of(events, EventKind.FILLED)]


def ends(events):
    return [(e.order_id, e.reason, e.reject) for e in of(events, EventKind.ORDER_ENDED)]


def amend(desk: Desk, name: str, order_id: int, **fields: int):
    return desk.do(
        CommandKind.AMEND_ORDER, account_id=desk.people[name], order_id=order_id, **fields
    )


def test_a_maker_leaves_before_a_taker_comes(desk):
    """ORDR-030: post-only orders and cancels are not held; the taker meets what is there then."""
    ask = post(desk, "bob", Side.SELL, 5, PRICE)
    post(desk, "bob", Side.SELL, 5, PRICE + 10)
    events = desk.buy("ann", 5, PRICE + 10)
    order = placed(events)
    assert prices(events) == []
    (mine,) = desk.orders("ann")
    assert (mine.state, desk.position("ann").buy_lots) == (OrderState.HELD, 0)
    desk.time_us += DELAY_US - 1
    assert ends(desk.cancel("bob", ask)) == [(ask, Reason.BY_USER, Reject.NONE)]
    events = desk.wait(1)
    assert prices(events) == [(PRICE + 10, 5)]
    assert [e.order_id for e in of(events, EventKind.ORDER_RELEASED)] == [order]


def test_the_older_is_released_first_and_a_limit_rests(desk):
    """ORDR-030"""
    post(desk, "bob", Side.SELL, 5, PRICE)
    desk.buy("ann", 4, PRICE)
    desk.buy("cat", 4, PRICE)
    events = desk.wait(DELAY_US)
    takers = [e.account_id for e in of(events, EventKind.FILLED)]
    assert takers == [desk.people["ann"], desk.people["cat"]]
    (row,) = desk.orders("cat")
    assert (row.state, row.qty_lots) == (OrderState.RESTING, 3)


@pytest.mark.parametrize(
    ("fields", "reject"),
    [
        ({"type": OrderType.IOC}, Reject.IOC_UNFILLABLE),
        ({"type": OrderType.FOK}, Reject.FOK_UNFILLABLE),
        ({"reduce_only": 1}, Reject.WOULD_NOT_REDUCE),
        ({"qty_lots": 10**6}, Reject.INSUFFICIENT_MARGIN),
    ],
)
def test_what_depends_on_the_market_is_asked_when_the_delay_is_over(desk, fields, reject):
    """ORDR-030"""
    given = {"qty_lots": 3, **fields}
    events = desk.buy("ann", given.pop("qty_lots"), PRICE, **given)
    assert refusal(events) == Reject.NONE
    assert ends(desk.wait(DELAY_US)) == [(placed(events), Reason.TRIGGER_REFUSED, reject)]


def test_what_does_not_is_asked_at_once(desk):
    """ORDR-030, ORDR-001"""
    assert refusal(desk.buy("ann", 0, PRICE)) == Reject.QTY_NOT_POSITIVE
    assert refusal(desk.buy("ann", 1, PRICE, linked_id=9)) == Reject.LINK_NOT_FOUND
    assert refusal(desk.buy("ann", 1, PRICE, expire_us=1)) == Reject.EXPIRY_NOT_ALLOWED


def test_a_held_order_is_cancelled_amended_and_ends(desk):
    """ORDR-030, ORDR-016, ORDR-021: an amendment begins the delay anew."""
    order = placed(desk.buy("ann", 5, PRICE))
    assert ends(desk.cancel("ann", order)) == [(order, Reason.BY_USER, Reject.NONE)]
    order = placed(desk.buy("ann", 5, PRICE))
    desk.wait(DELAY_US - 1)
    assert refusal(amend(desk, "ann", order, qty_lots=2, price_ticks=PRICE + 1)) == Reject.NONE
    desk.wait(DELAY_US - 1)
    assert desk.orders("ann")[0].state == OrderState.HELD
    desk.wait(1)
    row = desk.orders("ann")[0]
    assert (row.state, row.qty_lots, row.price_ticks) == (OrderState.RESTING, 2, PRICE + 1)
    for end_us, reason in ((DELAY_US, True), (DELAY_US + 1, False)):
        order = placed(desk.buy("bob", 1, 80_000, expire_us=desk.time_us + end_us))
        assert (ends(desk.wait(DELAY_US)) == [(order, Reason.EXPIRED, Reject.NONE)]) == reason
    assert ends(desk.wait(1)) == [(order, Reason.EXPIRED, Reject.NONE)]
    order = placed(desk.buy("bob", 1, 80_000))
    desk.do(CommandKind.CANCEL_ALL_AFTER, account_id=desk.people["bob"], value=DELAY_US)
    assert ends(desk.wait(DELAY_US)) == [(order, Reason.DEAD_MAN, Reject.NONE)]


def test_an_amendment_that_loses_its_place_leaves_the_book(desk):
    """ORDR-030, ORDR-012"""
    order = placed(desk.buy("ann", 5, 83_000))
    desk.wait(DELAY_US)
    post(desk, "bob", Side.SELL, 5, PRICE)
    assert prices(amend(desk, "ann", order, price_ticks=PRICE)) == []
    assert (desk.orders("ann")[0].state, desk.position("ann").buy_lots) == (OrderState.HELD, 0)
    assert prices(desk.wait(DELAY_US)) == [(PRICE, 5)]
    order = placed(desk.buy("cat", 5, 83_000))
    desk.wait(DELAY_US)
    amend(desk, "cat", order, qty_lots=4)
    assert desk.orders("cat")[0].state == OrderState.RESTING


def test_triggers_and_liquidations_do_not_wait_and_halts_do_not_hold(desk):
    """ORDR-030, ORDR-014"""
    desk.buy("ann", 5, PRICE)
    desk.wait(DELAY_US)
    desk.sell("bob", 5, PRICE)
    desk.wait(DELAY_US)
    assert desk.position("ann").qty_lots == 5
    post(desk, "cat", Side.BUY, 5, 83_900)
    stop = {"type": OrderType.STOP, "trigger_ticks": PRICE, "signal": Signal.MARK}
    assert prices(desk.sell("ann", 5, **stop)) == [(83_900, 5)]
    order = placed(desk.buy("ann", 1, 80_000))
    desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=MarketState.HALTED)
    halted = (order, Reason.TRIGGER_REFUSED, Reject.MARKET_HALTED)
    assert ends(desk.wait(DELAY_US)) == [halted]
