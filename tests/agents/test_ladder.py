"""The ladder: rungs at prices of their own, and the fewest changes to get there."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import pytest

from longshore.engine.codes import Side
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command, Order
from longshore.world.agents.kinds import Kind
from longshore.world.agents.ladder import compare, lay_rungs, send_changes
from longshore.world.agents.maker import MakerTerms
from longshore.world.agents.orders import Quote
from longshore.world.agents.quotes import with_quote
from longshore.world.agents.sending import fill_command, take_sent
from longshore.world.random import uniform
from tests.agents.view import ME, PERP, USD, Lone, view

LEVELS = 18
MAKER = Lone(
    "maker", Kind.MAKER, MakerTerms(levels=LEVELS, step_ppm=12, growth_ppm=250_000), [PERP]
)


class Rung(NamedTuple):
    """A price to be quoted, how far off an order may stand and still do, and its size."""

    price_ticks: int
    slack_ticks: int
    qty_lots: int


def applied(own: list[Quote], made: list[Command]) -> list[Quote]:
    """What the orders are after the commands, whatever the side."""
    orders = {quote.order_id: quote for quote in own}
    for number, c in enumerate(made):
        if c.kind == CommandKind.CANCEL_ORDER:
            del orders[c.order_id]
        elif c.kind == CommandKind.AMEND_ORDER:
            price = c.price_ticks or orders[c.order_id].price_ticks
            orders[c.order_id] = Quote(c.order_id, price, c.qty_lots)
        else:
            assert c.kind == CommandKind.PLACE_ORDER
            orders[-number - 1] = Quote(-number - 1, c.price_ticks, c.qty_lots)
    return list(orders.values())


def ladder(side: int, touch: int) -> list[Rung]:
    crowd = MAKER.crowd
    lay_rungs(crowd, view(), MAKER.row, side, touch, touch * USD)
    return [Rung(*crowd.wanted[at].values()) for at in range(crowd.wanted_count)]


def changed(side: int, own: list[Quote], wanted: list[Rung]) -> list[Command]:
    """What brings orders to rungs."""
    crowd, first, made = MAKER.crowd, 0, []
    crowd.quotes_count, crowd.wanted_count = 0, len(wanted)
    for quote in own:
        first = with_quote(crowd, first, Order(side=side, **quote._asdict()))
    for at, rung in enumerate(wanted):
        row = crowd.wanted[at]
        row.price_ticks, row.slack_ticks, row.qty_lots = rung
    compare(crowd, side, first)
    send_changes(crowd, MAKER.row, side)
    while MAKER.row.first_sent:
        made.append(Command())
        fill_command(made[-1], take_sent(crowd, MAKER.row), ME)
    return made


def best_first(side: int, own: list[Quote]) -> list[Quote]:
    return sorted(own, key=lambda q: -q.price_ticks if side == Side.BUY else q.price_ticks)


def test_gaps_and_sizes_grow_outward() -> None:
    steps = [MAKER.crowd.steps[at] for at in range(1, LEVELS + 1)]
    offsets, sizes = [s.offset_ppm for s in steps], [s.size_atoms for s in steps]
    gaps = [b - a for a, b in pairwise(offsets)]
    assert offsets[0] == 0
    assert gaps == sorted(gaps)
    assert (gaps[0], gaps[-1] > 100) == (12, True)
    assert sizes == sorted(sizes)


@pytest.mark.parametrize("touch", [5, 140, 8_400, 84_000, 840_000])
@pytest.mark.parametrize("side", [Side.BUY, Side.SELL])
def test_every_rung_has_its_own_price(side: int, touch: int) -> None:
    """Also where a tick is wide: then the ladder is one tick a rung, and ends at zero."""
    prices = [rung.price_ticks for rung in ladder(side, touch)]
    assert len(set(prices)) == len(prices) == min(18, touch if side == Side.BUY else 18)
    assert prices == sorted(prices, reverse=side == Side.BUY)
    assert prices[0] == touch
    assert min(prices) > 0


@pytest.mark.parametrize("side", [Side.BUY, Side.SELL])
def test_orders_follow_a_wandering_price_cheaply(side: int) -> None:
    """After every step each rung has an order near it and none is spare; few commands do it."""
    own: list[Quote] = []
    touch, sent = 84_000, 0
    for step in range(500):
        wanted = ladder(side, touch)
        made = changed(side, best_first(side, own), wanted)
        own = best_first(side, applied(own, made))
        assert len({quote.price_ticks for quote in own}) == len(own) == 18
        for quote, rung in zip(own, wanted, strict=True):
            assert abs(quote.price_ticks - rung.price_ticks) <= rung.slack_ticks
        sent += len(made)
        touch += uniform(1, step, 15) - 7
    assert sent < 500 * 6  # a third of the rungs


def test_the_touch_has_no_slack() -> None:
    assert ladder(Side.BUY, 84_000)[0].slack_ticks == 0


def test_a_rung_that_was_eaten_is_filled_up() -> None:
    wanted = [Rung(100, 0, 10), Rung(98, 0, 10)]
    own = [Quote(1, 100, 4), Quote(2, 98, 6)]
    (made,) = changed(Side.BUY, own, wanted)
    assert (made.kind, made.order_id, made.qty_lots, made.price_ticks) == (
        CommandKind.AMEND_ORDER,
        1,
        10,
        0,
    )


def test_orders_beyond_the_ladder_are_cancelled() -> None:
    own = [Quote(1, 101, 10), Quote(2, 100, 10), Quote(3, 90, 10)]
    made = changed(Side.BUY, own, [Rung(100, 0, 10)])
    assert sorted((c.kind, c.order_id) for c in made) == [
        (CommandKind.CANCEL_ORDER, 1),
        (CommandKind.CANCEL_ORDER, 3),
    ]
