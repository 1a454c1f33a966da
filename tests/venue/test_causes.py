"""By whom or what a position was closed, from what the fill was."""

from __future__ import annotations

import pytest

from longshore.engine.codes import OrderType, Role
from longshore.explain.closes import Close
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
