"""Levels and queues against plain lists."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from longshore.engine._table import NIL
from longshore.engine.book import (
    best_level,
    better_or_equal,
    change_level,
    find_level,
    leave_book,
    levels,
    next_level,
    rest,
)
from longshore.engine.codes import Side
from longshore.engine.events import EventKind
from longshore.engine.state import State

MARKET = 1
orders = st.tuples(
    st.sampled_from([Side.BUY, Side.SELL]),
    st.integers(90, 96),
    st.integers(1, 9),
    st.integers(0, 1),
)
steps = st.lists(st.one_of(orders, st.integers(0, 40)), max_size=50)


class Book:
    """One market's book on a bare state, beside two lists of orders in the order they came."""

    def __init__(self) -> None:
        self.state = State()
        self.market = self.state.markets[MARKET]
        self.market.market_id = MARKET
        self.sides: dict[Side, list[int]] = {Side.BUY: [], Side.SELL: []}
        self.high = 0

    def put(self, side: Side, price: int, qty: int, reduce_only: int) -> int:
        self.high += 1
        order = self.state.orders[self.high]
        order.order_id = order.account_id = self.high
        order.market_id, order.side, order.reduce_only = MARKET, side, reduce_only
        order.price_ticks, order.qty_lots = price, qty
        self.state.events_count = 0
        rest(self.state, self.market, self.high)
        self.sides[side].append(self.high)
        return self.high

    def drop(self, slot: int) -> None:
        side = Side(self.state.orders[slot].side)
        self.state.events_count = 0
        leave_book(self.state, self.market, slot)
        self.sides[side].remove(slot)

    def resting(self) -> list[int]:
        return sorted(self.sides[Side.BUY] + self.sides[Side.SELL])

    def naive_levels(self, side: Side) -> list[tuple[int, list[int]]]:
        """(price, slots in the queue), best first."""
        prices = {self.state.orders[slot].price_ticks for slot in self.sides[side]}
        return [
            (p, [s for s in self.sides[side] if self.state.orders[s].price_ticks == p])
            for p in sorted(prices, reverse=side == Side.BUY)
        ]

    def queue(self, level: int) -> list[int]:
        """The queue of a level, read forward and checked backward."""
        found, at = [], self.state.levels[level].first
        while at != NIL:
            found.append(at)
            at = self.state.orders[at].next
        back, at = [], self.state.levels[level].last
        while at != NIL:
            back.append(at)
            at = self.state.orders[at].prev
        assert back == found[::-1]
        return found


def change(book: Book, what) -> None:
    if isinstance(what, tuple):
        book.put(*what)
    elif resting := book.resting():
        book.drop(resting[what % len(resting)])


def agrees(book: Book, side: Side) -> None:
    """The linked book of one side is the naive one."""
    expected = book.naive_levels(side)
    slot = best_level(book.market, side)
    for price, queue in expected:
        level = book.state.levels[slot]
        rows = [book.state.orders[s] for s in queue]
        assert level.price_ticks == price
        assert slot == find_level(book.state, book.market, side, price)
        assert book.queue(slot) == queue
        assert level.qty_lots == sum(row.qty_lots for row in rows)
        assert level.orders_count == len(rows)
        assert level.reduce_count == sum(row.reduce_only for row in rows)
        assert [row.priority for row in rows] == sorted(row.priority for row in rows)
        assert {row.level for row in rows} == {slot}
        slot = next_level(book.state, book.market, side, price)
    assert slot == NIL


@given(steps)
def test_the_book_is_queues_by_price(made):
    """ORDR-002"""
    book = Book()
    for what in made:
        change(book, what)
        agrees(book, Side.BUY)
        agrees(book, Side.SELL)


@given(steps)
@settings(max_examples=50)
def test_every_change_is_told_with_the_levels_new_total(made):
    """ORDR-002: who keeps the last total told of each price has the book."""
    book, told = Book(), {}
    for what in made:
        book.state.events_count = 0
        change(book, what)
        for at in range(book.state.events_count):
            event = book.state.events[at]
            assert event.kind == EventKind.BOOK_CHANGED
            told[event.side, event.price_ticks] = event.open_lots
    for side in Side:
        open_levels = {p: q for (s, p), q in told.items() if s == side and q > 0}
        assert dict(levels(book.state, MARKET, side, 99)) == open_levels


def test_a_smaller_order_keeps_its_place_in_the_queue():
    """ORDR-012"""
    book = Book()
    first, second = book.put(Side.BUY, 90, 5, 0), book.put(Side.BUY, 90, 4, 0)
    level = find_level(book.state, book.market, Side.BUY, 90)
    book.state.orders[first].qty_lots -= 3
    change_level(book.state, book.state.orders[first], book.state.levels[level], -3)
    assert book.queue(level) == [first, second]
    assert levels(book.state, MARKET, Side.BUY, 9) == [(90, 6)]


def test_the_best_price_of_a_side():
    assert better_or_equal(Side.BUY, 5, 5) and better_or_equal(Side.SELL, 5, 5)
    assert better_or_equal(Side.BUY, 6, 5) and not better_or_equal(Side.SELL, 6, 5)
    assert not better_or_equal(Side.BUY, 4, 5) and better_or_equal(Side.SELL, 4, 5)


def test_the_two_sides_do_not_mix_and_a_gap_is_stepped_over():
    book = Book()
    for price in (90, 95):
        book.put(Side.BUY, price, 1, 0)
        book.put(Side.SELL, price + 100, 2, 0)
    assert levels(book.state, MARKET, Side.BUY, 9) == [(95, 1), (90, 1)]
    assert levels(book.state, MARKET, Side.SELL, 9) == [(190, 2), (195, 2)]
    assert levels(book.state, MARKET, Side.SELL, 1) == [(190, 2)]
    assert find_level(book.state, book.market, Side.BUY, 190) == NIL
    for side in Side:
        assert next_level(book.state, book.market, side, 93) != NIL


def test_levels_are_used_again():
    book = Book()
    for price in range(1, 200):
        book.drop(book.put(Side.SELL, price, 1, 0))
    assert book.state.levels_high == 1
    assert best_level(book.market, Side.SELL) == NIL
