"""Article 13: automatic top-up of isolated margin."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarginBasis, Reason, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from tests.engine.desk import (
    ATOMS,
    FLEX,
    PERP,
    SECOND,
    USD,
    Desk,
    changed,
    lots,
    of,
    refusal,
    setup,
)

ISOLATED = 2 + PERP
FEE = 42 * ATOMS
FREE = 20_000 * ATOMS - 4_200 * ATOMS - FEE


def choose(desk: Desk, value: int, market: int = PERP) -> list[Event]:
    who = desk.people["ann"]
    return desk.do(CommandKind.SET_TOP_UP, account_id=who, market_id=market, value=value)


def topped(events: list[Event]) -> list[int]:
    moves = of(events, EventKind.TRANSFERRED)
    return [e.amount_atoms for e in moves if e.reason == Reason.MARGIN_TOP_UP]


def started(events: list[Event]) -> int:
    return len(of(events, EventKind.LIQUIDATION_STARTED))


def opened(
    side: str = "long",
    leverage: float = 20,
    chosen: int = 1,
    dollars: int = 20_000,
    **terms: int,
) -> Desk:
    """Ann holds one coin at 84,000, isolated; margin 4,200 at 20x."""
    desk = Desk(changed(setup(), top_up_allowed=1, **terms))
    desk.person("ann", dollars)
    desk.person("bob", 1_000_000)
    desk.index(84_000)
    desk.isolate("ann", leverage)
    [event] = of(choose(desk, chosen), EventKind.TOP_UP_SET)
    assert (event.account_id, event.market_id) == (desk.people["ann"], PERP)
    assert event.flag == chosen == desk.position("ann").tops_up
    buyer, seller = ("ann", "bob") if side == "long" else ("bob", "ann")
    desk.sell(seller, lots(1), 84_000)
    desk.buy(buyer, lots(1), 84_000)
    return desk


def test_the_initial_margin_comes_once_where_maintenance_is_lost():
    """MODE-008: at 80,220 equity is the 420 of maintenance margin; a dollar lower 4,200 come."""
    desk = opened()
    desk.buy("ann", lots(0.1), 70_000)
    for_orders = desk.usd("ann", ISOLATED) - 4_200 * ATOMS
    assert topped(desk.index(80_220)) == []
    events = desk.index(80_219)
    assert topped(events) == [4_200 * ATOMS]
    assert started(events) == 0
    assert len(desk.orders("ann")) == 1
    assert desk.position("ann").margin_atoms == 8_400 * ATOMS
    assert desk.usd("ann", ISOLATED) == 8_400 * ATOMS + for_orders
    assert desk.equity("ann", ISOLATED) == (8_400 - 3_781) * ATOMS
    assert desk.usd("ann") == FREE - 4_200 * ATOMS - for_orders
    assert topped(desk.index(76_020)) == []
    assert topped(desk.index(76_019)) == [4_200 * ATOMS]


@pytest.mark.parametrize(("index", "times"), [(76_020, 1), (76_019, 2), (71_820, 2), (71_819, 3)])
def test_a_jump_takes_as_many_as_are_needed(index: int, times: int):
    """MODE-008: in one move."""
    desk = opened()
    events = desk.index(index)
    assert topped(events) == [times * 4_200 * ATOMS]
    assert started(events) == 0


@pytest.mark.parametrize(("index", "closed"), [(64_462, 0), (64_461, 1)])
def test_no_more_moves_than_is_free(index: int, closed: int):
    """MODE-008: 15,758 are free; with 4,200 they carry a fall of 19,538. All goes in any case."""
    desk = opened()
    events = desk.index(index)
    assert topped(events) == [FREE]
    assert started(events) == closed
    assert not closed or desk.position("ann").qty_lots < lots(1)


def one_lot(left_atoms: int) -> Desk:
    """Ann holds a single lot with 0.42 dollars of margin, and so many atoms beside it."""
    desk = Desk(changed(setup(), top_up_allowed=1))
    desk.person("ann", 1_000)
    desk.person("bob", 1_000_000)
    desk.index(84_000)
    desk.isolate("ann", 20)
    choose(desk, 1)
    desk.trade("ann", "bob", 1, 84_000)
    taken = {"account_id": desk.people["ann"], "asset_id": USD, "from_wallet": FLEX}
    amount = desk.usd("ann") - left_atoms
    assert refusal(desk.do(CommandKind.WITHDRAW, amount_atoms=amount, **taken)) == Reject.NONE
    return desk


@pytest.mark.parametrize(("left", "comes"), [(10**8, 42_000_000), (1, 1), (0, None)])
def test_a_single_lot_and_a_single_atom_count(left: int, comes: int | None):
    """MODE-008: all there is comes, be it one atom."""
    desk = one_lot(left)
    events = desk.index(80_200)
    assert topped(events) == ([] if comes is None else [comes])
    assert started(events) == (left <= 1)


def test_what_other_positions_need_is_not_free():
    """MODE-008, LEDG-007"""
    desk = opened()
    desk.trade("ann", "bob", lots(1), 84_000, market_id=SECOND)
    left = FREE - FEE - 840 * ATOMS
    assert topped(desk.index(80_219)) == [4_200 * ATOMS]
    assert topped(desk.index(76_019)) == [left - 4_200 * ATOMS - 7_981 * ATOMS]


def test_margin_grows_no_further_than_leverage_one():
    """MODE-008: a short with 84,000 behind it gets no more, whatever is free."""
    desk = opened("short", leverage=2, dollars=200_000)
    assert topped(desk.index(125_581)) == [42_000 * ATOMS]
    events = desk.index(167_581)
    assert topped(events) == []
    assert started(events) == 1


def test_a_position_worth_less_than_an_atom_gets_none():
    """MODE-008: margined on its value at a mark that is next to nothing, it asks for no margin."""
    desk = opened(margin_basis=MarginBasis.MARK)
    events = desk.index(5e-9)
    mark = desk.engine.view.markets[PERP].mark_subticks
    assert 0 < mark * lots(1) < 10**6
    assert topped(events) == []
    assert started(events) == 1


def test_off_at_first_and_off_again():
    """MODE-008"""
    assert opened(chosen=0).position("ann").tops_up == 0
    for desk in (opened(chosen=0), opened()):
        choose(desk, 0)
        events = desk.index(80_219)
        assert topped(events) == []
        assert started(events) == 1


def test_it_does_nothing_to_a_cross_position_and_outlives_a_position():
    """MODE-008"""
    desk = opened()
    desk.trade("bob", "ann", lots(1), 84_000)
    desk.isolate("ann", 0)
    desk.trade("ann", "bob", lots(1), 84_000)
    events = desk.index(60_000)
    assert topped(events) == []
    assert started(events) == 1
    assert desk.position("ann").tops_up == 1


@pytest.mark.parametrize(
    ("value", "market", "expected"),
    [
        (2, PERP, Reject.BAD_VALUE),
        (-1, PERP, Reject.BAD_VALUE),
        (1, SECOND, Reject.TOP_UP_NOT_ALLOWED),
        (0, SECOND, Reject.TOP_UP_NOT_ALLOWED),
        (1, 9, Reject.UNKNOWN_MARKET),
    ],
)
def test_what_cannot_be_chosen_is_refused(value: int, market: int, expected: Reject):
    """MODE-008"""
    desk = opened()
    before = desk.engine.digest()
    assert refusal(choose(desk, value, market)) == expected
    assert desk.engine.digest() == before
