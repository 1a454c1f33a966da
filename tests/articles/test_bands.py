"""Article 15, bands; article 02, how many orders and how large a position."""

from __future__ import annotations

import pytest

from longshore.engine.codes import CollarFrom, OrderType, Reject, Side, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from tests.engine.desk import DOLLAR_SUBTICKS, PERP, Desk, changed, of, placed, refusal, setup

PRICE = 84_000


def desk_of(**terms: int) -> Desk:
    """Four rich people, an index of 84,000."""
    made = Desk(changed(setup(), **terms))
    for name in ("ann", "bob", "cat", "dan"):
        made.person(name, 100_000)
    made.index(PRICE)
    return made


def furthest(desk: Desk, name: str, side: Side) -> int:
    """The furthest price at which an order is taken, found by trying."""
    way = 1 if side == Side.BUY else -1
    near, far = PRICE // 2 * (2 - way), PRICE + way * PRICE // 10
    while abs(far - near) > 1:
        middle = (near + far) // 2
        events = desk.order(name, side, 1, middle, type=OrderType.LIMIT)
        if refusal(events) == Reject.NONE:
            near = middle
            desk.cancel(name, placed(events))
        else:
            assert refusal(events) == Reject.OUTSIDE_COLLAR
            far = middle
    return near


@pytest.mark.parametrize(
    ("premium", "buy", "sell"),
    [
        (0, 85_680, 82_320),
        (1_000, 86_680, 83_320),
        (3_000, 88_200, 84_000),
        (-1_000, 84_680, 81_320),
        (-3_000, 84_000, 79_800),
    ],
)
def test_a_collar_from_the_premium(premium, buy, sell):
    """HALT-001: 2 % beside index and premium, never nearer than the index, never beyond 5 %."""
    terms = {"collar_ppm": 20_000, "collar_most_ppm": 50_000, "premium_cap_ppm": 60_000}
    desk = desk_of(collar_from=CollarFrom.PREMIUM, **terms)
    desk.engine.view.markets[PERP].ema_subticks = premium * DOLLAR_SUBTICKS
    assert furthest(desk, "ann", Side.BUY) == buy
    assert furthest(desk, "ann", Side.SELL) == sell


def test_a_collar_from_the_index_forgets_the_mark():
    """HALT-001"""
    desks = [desk_of(collar_ppm=20_000, collar_from=f) for f in (CollarFrom.MARK, CollarFrom.INDEX)]
    for desk in desks:
        desk.engine.view.markets[PERP].mark_subticks = 84_500 * DOLLAR_SUBTICKS
    assert [furthest(desk, "ann", Side.BUY) for desk in desks] == [86_190, 85_680]
    assert [furthest(desk, "ann", Side.SELL) for desk in desks] == [82_810, 82_320]


def test_a_market_order_takes_no_further_than_the_taking_band():
    """HALT-002, ORDR-004: the nearer of the two bands."""
    desk = desk_of(take_band_ppm=5_000)
    for price in (84_400, 84_420, 84_421):
        desk.sell("bob", 1, price)
    events = desk.buy("ann", 3)
    assert [e.price_ticks for e in of(events, EventKind.FILLED)] == [84_400, 84_420]
    assert refusal(desk.buy("ann", 1)) == Reject.IOC_UNFILLABLE
    assert refusal(desk.buy("ann", 1, 84_421)) == Reject.NONE  # a limit may
    desk.buy("bob", 1, 83_579)
    assert refusal(desk.sell("ann", 1)) == Reject.IOC_UNFILLABLE
    desk.buy("bob", 1, 83_580)
    assert [e.price_ticks for e in of(desk.sell("ann", 2), EventKind.FILLED)] == [83_580]


def stop(desk: Desk, name: str, **fields: int):
    given = {"type": OrderType.STOP, "trigger_ticks": 80_000, "signal": Signal.MARK, **fields}
    return desk.sell(name, 1, **given)


def test_how_many_orders_may_rest_and_wait():
    """ORDR-028: each kind by itself, an amendment is none more, nor is a trigger that fires."""
    desk = desk_of(orders_max=2, triggers_max=2)
    mine = [placed(desk.buy("ann", 1, 80_000)) for _ in range(2)]
    many = Reject.TOO_MANY_ORDERS
    assert refusal(desk.buy("ann", 1, 80_000)) == many
    assert refusal(desk.buy("ann", 1)) == many
    assert refusal(desk.buy("bob", 1, 80_000)) == Reject.NONE
    more = {"account_id": desk.people["ann"], "order_id": mine[0], "qty_lots": 2}
    assert refusal(desk.do(CommandKind.AMEND_ORDER, **more)) == Reject.NONE
    rests = {"price": 79_000, "rests": 1}
    assert refusal(stop(desk, "ann", **rests)) == Reject.NONE
    assert refusal(stop(desk, "ann", **rests)) == Reject.NONE
    assert refusal(stop(desk, "ann")) == many
    desk.deposit("ann", 10**6)
    desk.index(80_000)
    kinds = sorted(o.type for o in desk.orders("ann"))
    assert kinds == [OrderType.LIMIT] * 2  # both stops took the two bids, which ended
    desk.cancel("ann", desk.orders("ann")[0].order_id)
    both = {"stop_ticks": 70_000, "target_ticks": 90_000, "signal": Signal.MARK}
    assert refusal(stop(desk, "ann", trigger_ticks=70_000)) == Reject.NONE
    assert refusal(desk.buy("ann", 1, 70_000, **both)) == many
    assert refusal(desk.buy("ann", 1, 70_000, **{**both, "target_ticks": 0})) == Reject.NONE


def test_a_position_may_be_a_share_of_open_interest():
    """ORDR-029, MRGN-006"""
    desk = desk_of(position_max_lots=10, position_open_ppm=400_000)
    desk.trade("ann", "bob", 10, PRICE)
    desk.trade("cat", "dan", 10, PRICE)
    assert refusal(desk.buy("ann", 1, PRICE)) == Reject.MAX_POSITION  # 40 % of 20 are 8
    for number in range(6):
        desk.person(f"more{number}", 100_000)
    for number in (0, 2, 4):
        desk.trade(f"more{number}", f"more{number + 1}", 10, PRICE)
    assert refusal(desk.buy("ann", 11, PRICE)) == Reject.MAX_POSITION  # of 50 are 20
    assert refusal(desk.buy("ann", 10, PRICE)) == Reject.NONE
