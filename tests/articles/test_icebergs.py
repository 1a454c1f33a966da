"""Article 02: orders that show a part of themselves."""

from __future__ import annotations

import pytest

from longshore.engine.book import levels
from longshore.engine.codes import OrderType, Reason, Reject, SelfTrade, Side
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from tests.engine.desk import PERP, Desk, changed, of, placed, refusal, setup

PRICE = 84_000


@pytest.fixture
def desk() -> Desk:
    """Four rich people, an index of 84,000, icebergs that show a tenth or more."""
    made = Desk(changed(setup(), display_min_ppm=100_000))
    for name in ("ann", "bob", "cat", "dan"):
        made.person(name, 100_000)
    made.index(PRICE)
    return made


def asks(desk: Desk):
    return levels(desk.engine.view, PERP, Side.SELL, 9)


def fills(events):
    return [(e.other_account_id, e.qty_lots) for e in of(events, EventKind.FILLED)]


def amend(desk: Desk, name: str, order_id: int, **fields: int):
    return desk.do(
        CommandKind.AMEND_ORDER, account_id=desk.people[name], order_id=order_id, **fields
    )


def test_an_iceberg_shows_a_part_and_queues_again_with_the_next(desk):
    """ORDR-027: its parts take turns with who else stands at the price."""
    desk.sell("ann", 25, PRICE, display_lots=10)
    desk.sell("bob", 5, PRICE)
    assert asks(desk) == [(PRICE, 15)]
    ann, bob = desk.people["ann"], desk.people["bob"]
    events = desk.buy("cat", 12, PRICE)
    assert fills(events) == [(ann, 10), (bob, 2)]
    assert [e.open_lots for e in of(events, EventKind.BOOK_CHANGED)] == [5, 15, 13]
    assert fills(desk.buy("cat", 9, PRICE)) == [(bob, 3), (ann, 6)]
    assert asks(desk) == [(PRICE, 4)]
    (row,) = desk.orders("ann")
    assert (row.qty_lots, row.filled_lots, row.hidden_lots) == (9, 16, 5)
    assert desk.position("ann").sell_lots == 9  # margin knows all of it
    events = desk.buy("cat", 9, PRICE)
    assert [e.reason for e in of(events, EventKind.ORDER_ENDED)] == [Reason.FILLED] * 2
    assert asks(desk) == []


def test_the_best_price_goes_and_comes_back_where_only_an_iceberg_stands(desk):
    """ORDR-027"""
    desk.sell("ann", 20, PRICE, display_lots=10)
    desk.sell("bob", 20, PRICE + 5)
    assert fills(desk.buy("cat", 30, PRICE + 5)) == [
        (desk.people["ann"], 10), (desk.people["ann"], 10), (desk.people["bob"], 10)
    ]  # fmt: skip
    assert asks(desk) == [(PRICE + 5, 10)]


def test_fill_or_kill_reaches_what_is_hidden(desk):
    """ORDR-027, ORDR-007: of others, and not behind an order of its own."""
    desk.sell("ann", 25, PRICE, display_lots=10)
    fok = {"type": OrderType.FOK}
    assert refusal(desk.buy("bob", 26, PRICE, **fok)) == Reject.FOK_UNFILLABLE
    desk.sell("bob", 5, PRICE)
    assert refusal(desk.buy("bob", 11, PRICE, **fok)) == Reject.SELF_TRADE
    assert refusal(desk.buy("cat", 31, PRICE, **fok)) == Reject.FOK_UNFILLABLE
    ann, bob = desk.people["ann"], desk.people["bob"]
    assert fills(desk.buy("cat", 30, PRICE, **fok)) == [(ann, 10), (bob, 5), (ann, 10), (ann, 5)]


def test_one_made_smaller_loses_what_is_hidden_first(desk):
    """ORDR-027, ORDR-012: it keeps its place until what it shows must go too."""
    order = placed(desk.sell("ann", 25, PRICE, display_lots=10))
    desk.sell("bob", 5, PRICE)
    amend(desk, "ann", order, qty_lots=12)
    assert asks(desk) == [(PRICE, 15)]
    amend(desk, "ann", order, qty_lots=4)
    assert asks(desk) == [(PRICE, 9)]
    assert fills(desk.buy("cat", 6, PRICE)) == [(desk.people["ann"], 4), (desk.people["bob"], 2)]


def test_decrement_takes_the_whole_open_size(desk):
    """ORDR-027, ORDR-023"""
    account_id = desk.people["ann"]
    desk.do(CommandKind.SET_SELF_TRADE, account_id=account_id, value=SelfTrade.DECREMENT)
    desk.sell("ann", 25, PRICE, display_lots=10)
    desk.buy("ann", 12, PRICE)
    assert asks(desk) == [(PRICE, 10)]
    desk.buy("ann", 20, PRICE)
    assert (asks(desk), [o.qty_lots for o in desk.orders("ann")]) == ([], [7])


def test_one_that_takes_first_shows_a_part_of_what_is_left(desk):
    """ORDR-027"""
    desk.buy("bob", 8, PRICE)
    desk.sell("ann", 20, PRICE, display_lots=10)
    assert asks(desk) == [(PRICE, 10)]
    order = desk.orders("ann")[0].order_id
    amend(desk, "ann", order, price_ticks=PRICE + 1, qty_lots=8)
    assert asks(desk) == [(PRICE + 1, 8)]


def test_who_may_not_be_an_iceberg(desk):
    """ORDR-027"""
    desk.trade("cat", "dan", 50, PRICE)
    no = Reject.ICEBERG_NOT_ALLOWED
    assert refusal(desk.sell("ann", 101, PRICE, display_lots=10)) == no
    assert refusal(desk.sell("ann", 10, PRICE, display_lots=-1)) == no
    assert refusal(desk.sell("ann", 10, PRICE, display_lots=10**13)) == no
    assert refusal(desk.sell("cat", 10, PRICE, display_lots=5, reduce_only=1)) == no
    assert refusal(desk.sell("cat", 10, PRICE, display_lots=5, type=OrderType.STOP,
                             trigger_ticks=80_000, signal=1)) == no  # fmt: skip
    order = placed(desk.sell("ann", 100, PRICE, display_lots=10))
    assert refusal(amend(desk, "ann", order, qty_lots=101)) == no
    assert asks(desk) == [(PRICE, 10)]
    plain = Desk()
    plain.person("ann", 1_000)
    plain.index(PRICE)
    assert refusal(plain.sell("ann", 10, PRICE, display_lots=10)) == no
