"""By whom or what a position was closed, from what the fill was."""

from __future__ import annotations

import pytest

from longshore.engine.codes import OrderType, Role
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.explain.closes import Close, Folded
from longshore.rulebooks import load
from longshore.venue.dialects.native.render import cause_of

CASES = [
    (Role.TAKER, OrderType.MARKET, "you"),
    (Role.MAKER, OrderType.LIMIT, "you"),
    (Role.TAKER, OrderType.STOP, "stop"),
    (Role.TAKER, OrderType.TAKE_PROFIT, "target"),
    (Role.LIQUIDATION, OrderType.LIQUIDATION, "liquidation"),
    (Role.PARTIAL_LIQUIDATION, OrderType.LIQUIDATION, "liquidation"),
    (Role.ASSIGNOR, 0, "liquidation"),
    (Role.UNWIND_BANKRUPT, 0, "liquidation"),
    (Role.UNWIND_COUNTERPARTY, 0, "adl"),
    (0, 0, "delisting"),
]


@pytest.mark.parametrize(("role", "kind", "cause"), CASES)
def test_each_close_has_its_cause(role: int, kind: int, cause: str) -> None:
    """UX-25."""
    market = load("kraken").catalog.market("PF_XBTUSD")
    zero = dict.fromkeys(Close.__struct_fields__, 0)
    assert cause_of(market, Close(**zero | {"role": role, "type": kind})) == cause


def test_closes_stand_as_they_happened_whatever_position_began_first() -> None:
    """UX-25: a position that outlives another's closes after them."""
    traded = [(1, 1, 1, 5), (2, 2, 1, 5), (1, 3, 2, 2), (2, 4, 2, 0), (1, 5, 2, 0)]
    events = [
        Event(kind=EventKind.TRADED, account_id=9, wallet=1, market_id=market, seq=seq, side=side)
        for market, seq, side, _ in traded
    ]
    for event, (*_, left), lots in zip(events, traded, (5, 5, 3, 5, 2), strict=True):
        event.position_lots, event.qty_lots, event.role = left, lots, Role.TAKER
    closes = Folded(9).take_all(events).closes
    assert [(close.seq, close.market_id, close.left_lots) for close in closes] == [
        (3, 1, 2),
        (4, 2, 0),
        (5, 1, 0),
    ]
