"""Article 02, ORDR-019: the stop and the target that an opening order brings along."""

from __future__ import annotations

import pytest

from longshore.engine.codes import OrderState, OrderType, Reason, Reject, Side, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.limits import ORDERS_MAX, ORDERS_SPARE
from tests.engine.desk import SPOT, Desk, lots, of, placed, refusal

BOTH = {"stop_ticks": 82_000, "target_ticks": 90_000, "signal": Signal.MARK}


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    for name in ("ann", "bob", "cat"):
        made.person(name, 10**6)
    made.index(84_000)
    return made


def by_type(desk: Desk, name: str = "ann") -> dict[int, tuple[int, int, int]]:
    """State, size and trigger of the orders that wait or sleep, by type."""
    waiting = [o for o in desk.orders(name) if o.state != OrderState.RESTING]
    return {o.type: (o.state, o.qty_lots, o.trigger_ticks) for o in waiting}


def ended(events) -> dict[int, Reason]:
    return {e.order_id: Reason(e.reason) for e in of(events, EventKind.ORDER_ENDED)}


def test_what_opens_at_once_is_protected_at_once(desk):
    """ORDR-019, ORDR-015: ids after its own; the two are linked; the size is what was opened."""
    desk.sell("bob", lots(1), 84_000)
    events = desk.buy("ann", lots(1), 84_000, **BOTH)
    entry, stop, target = [e.order_id for e in of(events, EventKind.ORDER_PLACED)]
    assert (stop, target) == (entry + 1, entry + 2)
    assert by_type(desk) == {
        OrderType.STOP: (OrderState.WAITING, lots(1), 82_000),
        OrderType.TAKE_PROFIT: (OrderState.WAITING, lots(1), 90_000),
    }
    assert {o.linked_id for o in desk.orders("ann")} == {stop, target}
    assert {(o.side, o.reduce_only) for o in desk.orders("ann")} == {(Side.SELL, 1)}
    bid = placed(desk.buy("cat", lots(1), 82_500))
    reasons = ended(desk.index(82_000))
    assert reasons == {target: Reason.LINKED, stop: Reason.FILLED, bid: Reason.FILLED}
    assert desk.position("ann").qty_lots == 0


def test_a_resting_order_protects_what_has_filled_and_no_more(desk):
    """ORDR-019: asleep before the first fill, then as large as what was opened."""
    desk.buy("ann", lots(1), 83_000, **BOTH)
    assert by_type(desk)[OrderType.STOP] == (OrderState.ASLEEP, 0, 82_000)
    desk.sell("bob", lots(0.3), 83_000)
    assert by_type(desk)[OrderType.STOP] == (OrderState.WAITING, lots(0.3), 82_000)
    desk.sell("bob", lots(0.2), 83_000)
    assert by_type(desk)[OrderType.TAKE_PROFIT] == (OrderState.WAITING, lots(0.5), 90_000)


def test_a_stop_whose_price_came_before_the_entry_filled_still_protects(desk):
    """ORDR-019: it slept while the price passed it; what then opens is closed at once."""
    desk.buy("ann", lots(1), 81_000, **BOTH)
    desk.index(81_500)
    assert by_type(desk)[OrderType.STOP][0] == OrderState.ASLEEP
    desk.buy("cat", lots(1), 80_900)
    events = desk.sell("bob", lots(1), 81_000)
    assert of(events, EventKind.ORDER_TRIGGERED)
    assert desk.position("ann").qty_lots == 0


def test_an_order_that_ends_before_it_opened_takes_them_with_it(desk):
    """ORDR-019: cancelled; or immediate-or-cancel against nothing."""
    entry = placed(desk.buy("ann", lots(1), 83_000, **BOTH))
    reasons = ended(desk.cancel("ann", entry))
    assert reasons == {entry: Reason.BY_USER, entry + 1: Reason.LINKED, entry + 2: Reason.LINKED}
    assert desk.orders("ann") == []


def test_what_protects_a_part_stays_when_the_rest_is_cancelled(desk):
    """ORDR-019"""
    entry = placed(desk.buy("ann", lots(1), 83_000, **BOTH))
    desk.sell("bob", lots(0.4), 83_000)
    assert set(ended(desk.cancel("ann", entry))) == {entry}
    assert by_type(desk)[OrderType.STOP] == (OrderState.WAITING, lots(0.4), 82_000)


def test_when_one_fires_the_rest_of_the_entry_ends(desk):
    """ORDR-019: nothing opens again behind a stop that has done its work."""
    entry = placed(desk.buy("ann", lots(1), 83_000, **BOTH))
    desk.sell("bob", lots(0.4), 83_000)
    desk.buy("cat", lots(1), 82_900)
    reasons = ended(desk.index(82_000))
    assert reasons[entry] == Reason.LINKED
    assert desk.position("ann").qty_lots == 0
    assert desk.orders("ann") == []


def test_they_sleep_again_when_the_position_closes_before_the_entry_is_done(desk):
    """ORDR-019, ORDR-008: the rest of the entry is protected too when it fills."""
    desk.buy("ann", lots(1), 83_000, **BOTH)
    desk.sell("bob", lots(0.4), 83_000)
    desk.buy("cat", lots(0.4), 83_500)
    desk.sell("ann", lots(0.4), 83_500)
    assert by_type(desk)[OrderType.STOP] == (OrderState.ASLEEP, 0, 82_000)
    desk.sell("bob", lots(0.6), 83_000)
    assert by_type(desk)[OrderType.STOP] == (OrderState.WAITING, lots(0.6), 82_000)


def test_a_turn_protects_what_it_opens_and_drops_what_protected_the_other_side(desk):
    """ORDR-019, ORDR-008"""
    desk.trade("bob", "ann", lots(1), 84_000)
    old = placed(
        desk.buy("ann", lots(1), type=OrderType.STOP, trigger_ticks=88_000, signal=Signal.MARK,
                 reduce_only=1)
    )  # fmt: skip
    desk.sell("cat", lots(3), 84_000)
    events = desk.buy("ann", lots(3), 84_000, **BOTH)
    assert ended(events)[old] == Reason.REDUCE_ONLY_DONE
    assert by_type(desk)[OrderType.STOP] == (OrderState.WAITING, lots(2), 82_000)


def test_one_that_was_cancelled_stays_gone(desk):
    """ORDR-019"""
    entry = placed(desk.buy("ann", lots(1), 83_000, stop_ticks=82_000, signal=Signal.MARK))
    desk.cancel("ann", entry + 1)
    desk.sell("bob", lots(1), 83_000)
    assert desk.orders("ann") == []


def test_a_sleeping_one_may_be_given_another_trigger(desk):
    """ORDR-019, ORDR-012: it has no size to change."""
    entry = placed(desk.buy("ann", lots(1), 83_000, **BOTH))
    amend = {"account_id": desk.people["ann"], "order_id": entry + 1}
    moved = desk.do(CommandKind.AMEND_ORDER, trigger_ticks=82_500, **amend)
    assert refusal(moved) == Reject.NONE
    nothing = desk.do(CommandKind.AMEND_ORDER, qty_lots=5, **amend)
    assert refusal(nothing) == Reject.NOTHING_TO_CHANGE
    assert by_type(desk)[OrderType.STOP] == (OrderState.ASLEEP, 0, 82_500)


@pytest.mark.parametrize(
    "fields",
    [
        {"reduce_only": 1},
        {"market_id": SPOT},
        {"type": OrderType.STOP, "trigger_ticks": 85_000},
        {"signal": 0},
        {"stop_ticks": -1},
    ],
)
def test_who_opens_nothing_brings_nothing_along(desk, fields):
    """ORDR-019"""
    desk.trade("bob", "ann", lots(1), 84_000)
    asked = {"price": 84_000, **BOTH, **fields}
    assert refusal(desk.order("ann", Side.BUY, 1, **asked)) == Reject.TRIGGER_NOT_ALLOWED


def test_there_must_be_room_for_all_three(desk):
    """ORDR-019, ORDR-001: nothing is accepted by half."""
    desk.engine.view.orders_count = ORDERS_MAX - 1 - ORDERS_SPARE - 2
    assert refusal(desk.buy("ann", 1, 83_000, **BOTH)) == Reject.TABLE_FULL
