"""Article 16: who may trade what."""

from __future__ import annotations

import pytest

from longshore.engine.codes import AccountState, Gate, Reason, Reject, Side
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from tests.articles.dated import dated_desk
from tests.engine.desk import (
    ATOMS,
    BTC,
    CASH,
    FLEX,
    PERP,
    SECOND,
    SPOT,
    USD,
    Desk,
    lots,
    of,
    placed,
    refusal,
)
from tests.engine.refused_gates import put, shut

SIZE = lots(1)


def desk_of_three() -> Desk:
    """Ann, whose gates these are, and two who trade with her; index 50,000."""
    desk = Desk()
    for name in ("ann", "bob", "cat"):
        desk.person(name, 10**6)
        desk.deposit(name, 10**6, wallet=CASH)
        desk.deposit(name, 100, asset=BTC, wallet=CASH)
    desk.index(50_000)
    return desk


def test_all_gates_are_open_at_first():
    """GATE-001"""
    desk = desk_of_three()
    account = desk.engine.view.accounts[desk.people["ann"]]
    gates = (account.spot_gate, account.perpetual_gate, account.dated_gate)
    assert (*gates, account.deposit_gate, account.withdrawal_gate) == (0,) * 5
    assert (account.state, account.leverage_cap_ppm) == (0, 0)


def test_a_gate_is_for_one_kind_of_product_of_one_account():
    """GATE-001, GATE-002"""
    desk = desk_of_three()
    events = desk.do(
        CommandKind.SET_GATE, account_id=desk.people["ann"], type=Gate.PERPETUAL,
        value=Reject.NOT_DISCLOSED,
    )  # fmt: skip
    (event,) = of(events, EventKind.GATE_SET)
    told = event.account_id, event.type, event.reject
    assert told == (desk.people["ann"], Gate.PERPETUAL, Reject.NOT_DISCLOSED)
    assert refusal(desk.buy("ann", SIZE, 49_000)) == Reject.NOT_DISCLOSED
    assert refusal(desk.buy("ann", SIZE, 49_000, market_id=SECOND)) == Reject.NOT_DISCLOSED
    assert refusal(desk.buy("bob", SIZE, 49_000)) == Reject.NONE
    assert refusal(desk.buy("ann", SIZE, 49_000, market_id=SPOT)) == Reject.NONE
    shut(desk, Gate.PERPETUAL, Reject.NONE)
    assert refusal(desk.buy("ann", SIZE, 49_000)) == Reject.NONE


def test_dated_futures_have_a_gate_of_their_own():
    """GATE-001: the first market is one, the second a perpetual."""
    desk = dated_desk()
    shut(desk, Gate.DATED, Reject.NOT_OFFERED_HERE)
    assert refusal(desk.buy("ann", 1, 9_900)) == Reject.NOT_OFFERED_HERE
    assert refusal(desk.buy("ann", 1, 9_900, market_id=SECOND)) == Reject.NONE


def test_coins_may_be_sold_where_they_may_not_be_bought():
    """GATE-002"""
    desk = desk_of_three()
    shut(desk, Gate.SPOT, Reject.NOT_IDENTIFIED)
    assert refusal(desk.buy("ann", SIZE, 49_000, market_id=SPOT)) == Reject.NOT_IDENTIFIED
    assert refusal(desk.sell("ann", SIZE, 51_000, market_id=SPOT)) == Reject.NONE


def long_one(gate: Reject = Reject.NOT_ASSESSED) -> Desk:
    """Ann is long one coin, then her gate is shut."""
    desk = desk_of_three()
    desk.trade("ann", "bob", SIZE, 50_000)
    shut(desk, Gate.PERPETUAL, gate)
    return desk


@pytest.mark.parametrize(
    ("side", "size", "refused"),
    [
        (Side.SELL, SIZE, Reject.NONE),
        (Side.SELL, SIZE + 1, Reject.NOT_ASSESSED),
        (Side.BUY, 1, Reject.NOT_ASSESSED),
    ],
)
def test_what_is_no_larger_than_the_position_closes(side, size, refused):
    """GATE-002"""
    desk = long_one()
    assert refusal(desk.order("ann", side, size, 50_500 if side == Side.SELL else 1)) == refused


def test_what_is_taken_is_reduce_only():
    """GATE-002: two orders that close all of it, of which one can."""
    desk = long_one()
    resting = placed(desk.sell("ann", SIZE, 51_000))
    assert desk.orders("ann")[0].reduce_only == 1
    desk.buy("bob", SIZE, 49_900)
    events = desk.sell("ann", SIZE)
    ended = {e.order_id: e.reason for e in of(events, EventKind.ORDER_ENDED)}
    assert ended[resting] == Reason.REDUCE_ONLY_DONE
    assert desk.position("ann").qty_lots == 0


def test_what_brings_something_along_opens():
    """GATE-002, ORDR-019"""
    desk = long_one()
    for bracket in ({"stop_ticks": 52_000}, {"target_ticks": 48_000}):
        events = desk.sell("ann", SIZE, 50_500, **bracket, signal=1)
        assert refusal(events) == Reject.NOT_ASSESSED


def test_a_form_comes_before_a_gate_and_margin_after():
    """GATE-002, ORDR-001"""
    desk = desk_of_three()
    shut(desk, Gate.PERPETUAL, Reject.NOT_ASSESSED)
    assert refusal(desk.buy("ann", 0, 49_000)) == Reject.QTY_NOT_POSITIVE
    assert refusal(desk.buy("ann", lots(900), 49_000)) == Reject.NOT_ASSESSED


def lever(desk: Desk, leverage: float) -> Reject:
    """Ann's leverage, isolated."""
    return refusal(desk.isolate("ann", leverage))


def test_no_leverage_above_the_cap():
    """GATE-003: also none at all, where the market allows 100."""
    desk = desk_of_three()
    put(desk, AccountState.ACTIVE, 5_000_000)
    assert lever(desk, 5.000001) == Reject.LEVERAGE_CAPPED
    assert lever(desk, 0) == Reject.LEVERAGE_CAPPED
    assert refusal(desk.buy("ann", SIZE, 49_000)) == Reject.LEVERAGE_CAPPED
    assert lever(desk, 5) == Reject.NONE
    assert refusal(desk.buy("ann", SIZE, 49_000)) == Reject.NONE
    assert refusal(desk.buy("ann", SIZE, 49_000, market_id=SPOT)) == Reject.NONE


def test_a_cap_as_high_as_the_market_asks_for_no_choice():
    """GATE-003: 100 in the first tier."""
    desk = desk_of_three()
    put(desk, AccountState.ACTIVE, 100_000_000)
    assert refusal(desk.buy("ann", SIZE, 49_000)) == Reject.NONE
    put(desk, AccountState.ACTIVE, 99_999_999)
    assert refusal(desk.buy("ann", SIZE, 49_000)) == Reject.LEVERAGE_CAPPED


def test_a_leverage_that_was_chosen_before_stays():
    """GATE-003: what closes passes, what opens does not."""
    desk = desk_of_three()
    desk.isolate("ann", 20)
    desk.trade("ann", "bob", SIZE, 50_000)
    put(desk, AccountState.ACTIVE, 10_000_000)
    assert desk.position("ann").leverage_ppm == 20_000_000
    assert refusal(desk.buy("ann", 1, 49_000)) == Reject.LEVERAGE_CAPPED
    assert refusal(desk.sell("ann", SIZE, 50_500)) == Reject.NONE


def test_the_gate_names_the_refusal_before_the_cap():
    """GATE-003, GATE-004: and the state before both."""
    desk = desk_of_three()
    put(desk, AccountState.ACTIVE, 5_000_000)
    shut(desk, Gate.PERPETUAL, Reject.TIER_TOO_LOW)
    assert refusal(desk.buy("ann", SIZE, 49_000)) == Reject.TIER_TOO_LOW
    put(desk, AccountState.CLOSE_ONLY, 5_000_000)
    assert refusal(desk.buy("ann", SIZE, 49_000)) == Reject.ACCOUNT_CLOSE_ONLY


def test_close_only_closes_in_every_market():
    """GATE-004"""
    desk = desk_of_three()
    desk.trade("ann", "bob", SIZE, 50_000)
    put(desk, AccountState.CLOSE_ONLY)
    for market in (PERP, SECOND, SPOT):
        events = desk.buy("ann", SIZE, 49_000, market_id=market)
        assert refusal(events) == Reject.ACCOUNT_CLOSE_ONLY
    assert refusal(desk.sell("ann", SIZE, 50_500)) == Reject.NONE
    assert refusal(desk.sell("ann", SIZE, 50_500, market_id=SPOT)) == Reject.NONE


def moved(desk: Desk, kind: CommandKind, **fields: int) -> Reject:
    """A dollar of Ann's."""
    fields = {"account_id": desk.people["ann"], "asset_id": USD, "amount_atoms": ATOMS, **fields}
    return refusal(desk.do(kind, **fields))


@pytest.mark.parametrize(
    ("state", "named", "comes_in"),
    [
        (AccountState.FROZEN, Reject.ACCOUNT_FROZEN, Reject.NONE),
        (AccountState.CLOSED, Reject.ACCOUNT_CLOSED, Reject.ACCOUNT_CLOSED),
    ],
)
def test_a_frozen_account_moves_nothing_and_a_closed_one_takes_nothing(state, named, comes_in):
    """GATE-004"""
    desk = desk_of_three()
    put(desk, state)
    assert refusal(desk.sell("ann", 1, 51_000, reduce_only=1)) == named
    assert refusal(desk.sell("ann", 1, 51_000, market_id=SPOT)) == named
    assert moved(desk, CommandKind.WITHDRAW, from_wallet=FLEX) == named
    assert moved(desk, CommandKind.TRANSFER, from_wallet=FLEX, to_wallet=CASH) == named
    assert moved(desk, CommandKind.DEPOSIT, to_wallet=FLEX) == comes_in


def test_an_account_ends_without_anything_open():
    """GATE-004: neither an order nor a position, of either leg."""
    desk = desk_of_three()
    ann = {"account_id": desk.people["ann"], "value": AccountState.CLOSED}
    order_id = placed(desk.buy("ann", SIZE, 49_000))
    assert refusal(desk.do(CommandKind.SET_ACCOUNT_STATE, **ann)) == Reject.HAS_OPEN_RISK
    desk.cancel("ann", order_id)
    desk.trade("ann", "bob", SIZE, 50_000, market_id=SECOND)
    assert refusal(desk.do(CommandKind.SET_ACCOUNT_STATE, **ann)) == Reject.HAS_OPEN_RISK
    desk.trade("bob", "ann", SIZE, 50_000, market_id=SECOND)
    events = desk.do(CommandKind.SET_ACCOUNT_STATE, **ann)
    (event,) = of(events, EventKind.ACCOUNT_STATE_SET)
    assert (event.account_id, event.flag, event.rate_e18) == (ann["account_id"], 3, 0)


def gone(events) -> list[tuple[int, Reason]]:
    """The orders that ended, by price."""
    return [(e.price_ticks, Reason(e.reason)) for e in of(events, EventKind.ORDER_ENDED)]


def with_orders() -> Desk:
    """Ann is long one coin; orders that could open, that close, and in the spot market."""
    desk = desk_of_three()
    desk.trade("ann", "bob", SIZE, 50_000)
    desk.buy("ann", SIZE, 49_000)
    desk.sell("ann", SIZE, 52_000)
    desk.sell("ann", SIZE, 53_000, reduce_only=1)
    desk.buy("ann", SIZE, 48_000, market_id=SPOT)
    return desk


def test_orders_that_a_gate_would_stop_end():
    """GATE-005: the newest first; the sale of 52,000 was not held to closing."""
    desk = with_orders()
    ann = {"account_id": desk.people["ann"], "type": Gate.PERPETUAL}
    events = desk.do(CommandKind.SET_GATE, **ann, value=Reject.SELF_EXCLUDED)
    assert gone(events) == [(52_000, Reason.GATE_SHUT), (49_000, Reason.GATE_SHUT)]


def test_close_only_ends_what_could_open_and_frozen_ends_all():
    """GATE-004, GATE-005"""
    desk = with_orders()
    ann = {"account_id": desk.people["ann"]}
    events = desk.do(CommandKind.SET_ACCOUNT_STATE, **ann, value=AccountState.CLOSE_ONLY)
    assert [price for price, _ in gone(events)] == [48_000, 52_000, 49_000]
    events = desk.do(CommandKind.SET_ACCOUNT_STATE, **ann, value=AccountState.FROZEN)
    assert gone(events) == [(53_000, Reason.GATE_SHUT)]
    assert desk.position("ann").qty_lots == SIZE


@pytest.mark.parametrize(
    ("gate", "taken"), [(Reject.NONE, lots(1)), (Reject.INACTIVE, 0)], ids=("open", "shut")
)
def test_a_shut_account_is_assigned_nothing(gate, taken):
    """GATE-005, LIQD-007: Ann takes all of a position that is liquidated into an empty book."""
    desk = Desk()
    for name, dollars in (("ann", 10**6), ("bob", 10**6), ("eve", 2_042)):
        desk.person(name, dollars)
    desk.index(84_000)
    desk.trade("eve", "bob", lots(1), 84_000)  # zero equity at 82,000 after the taker fee
    desk.do(CommandKind.SET_ASSIGNMENT, account_id=desk.people["ann"], qty_lots=lots(5))
    shut(desk, Gate.PERPETUAL, gate)
    desk.index(82_300)
    assert desk.position("ann").qty_lots == taken


def test_money_has_gates_and_transfers_have_none():
    """GATE-006: asked before the amount."""
    desk = desk_of_three()
    shut(desk, Gate.DEPOSIT, Reject.NOT_IDENTIFIED)
    shut(desk, Gate.WITHDRAWAL, Reject.TIER_TOO_LOW)
    into = {"to_wallet": FLEX}
    assert moved(desk, CommandKind.DEPOSIT, **into, amount_atoms=0) == Reject.NOT_IDENTIFIED
    out = {"from_wallet": FLEX, "amount_atoms": 10**17}
    assert moved(desk, CommandKind.WITHDRAW, **out) == Reject.TIER_TOO_LOW
    assert moved(desk, CommandKind.TRANSFER, from_wallet=FLEX, to_wallet=CASH) == Reject.NONE
