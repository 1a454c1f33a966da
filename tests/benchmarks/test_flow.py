"""The canonical flow is what its header says, and the yardstick matches like the engine."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks import flow
from benchmarks.bare_book import BareBook
from benchmarks.engine import apply_all, opened
from longshore.engine.codes import OrderState
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind

SMALL = flow.Shape(commands=1_000, accounts=100, resting=200)


@pytest.fixture(scope="module")
def made():
    return flow.make(SMALL)


def test_the_mix_is_the_one_stated(made):
    kinds = Counter(command.kind for command in made.commands)
    assert kinds[CommandKind.PLACE_ORDER] == pytest.approx(570, abs=80)
    assert kinds[CommandKind.CANCEL_ORDER] == pytest.approx(400, abs=80)
    assert kinds[CommandKind.AMEND_ORDER] == pytest.approx(30, abs=20)


def test_a_seed_gives_the_same_commands(made):
    again = flow.make(SMALL)
    assert [c.values() for c in again.commands] == [c.values() for c in made.commands]


def test_the_bare_book_ends_as_the_engine_does(made):
    engine, book = opened(made, "plain"), BareBook()
    events = engine.apply(made.commands)
    flow.run_bare(book, [*made.opening, *made.commands])
    table = [engine.view.orders[slot] for slot in range(1, engine.view.orders_high + 1)]
    orders = [order for order in table if order.state == OrderState.RESTING]
    assert EventKind.REFUSED not in {event.kind for event in events}
    assert {o.order_id: o.qty_lots for o in orders} == {i: book.qty_lots(i) for i in book.places}


def test_all_commands_are_applied(made):
    engine = opened(made, "plain")
    assert apply_all(engine, made.commands, 16) > len(made.commands)
    assert engine.seq == made.commands[-1].seq
