"""Every refusal a command can meet: it is named, told once, and leaves the state as it was."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longshore.engine.codes import Reason, Reject, System
from longshore.engine.commands import COMMAND_FIELDS, CommandKind
from longshore.engine.events import EventKind
from tests.engine import refused_downtimes, refused_gates, refused_orders, refused_settings
from tests.engine.desk import FLEX, PERP, USD, Desk, of, refusal
from tests.engine.refused import Fields, cases, order, three
from tests.engine.wild import wild_commands

CASES = cases(refused_orders, refused_settings, refused_gates, refused_downtimes)


def test_every_refusal_has_a_case():
    assert {reject for reject, _ in CASES} == set(Reject) - {Reject.NONE}


@pytest.mark.parametrize(("reject", "case"), CASES, ids=lambda part: getattr(part, "__name__", ""))
def test_a_refusal_is_named_and_nothing_changes(reject, case):
    """ORDR-001"""
    desk = three()
    fields = case(desk)
    before, time_us = desk.engine.digest(), desk.engine.time_us
    (event,) = desk.do(**fields)
    assert Reject(event.reject) == reject
    assert (event.kind, event.seq, event.type) == (EventKind.REFUSED, desk.seq, fields["kind"])
    assert desk.engine.digest() == before
    assert desk.engine.time_us == time_us


STRANGERS = (-1, 0, 19, 10**12)
VENUE_OWN = (System.VENUE, System.POOL, 15)
FOR_A_STRANGER = [
    (kind, account_id)
    for kind, fields in COMMAND_FIELDS.items()
    if "account_id" in fields
    for account_id in (*STRANGERS, *VENUE_OWN)
    if account_id in STRANGERS or kind != CommandKind.DEPOSIT  # that is genesis
]


@pytest.mark.parametrize(("kind", "account_id"), FOR_A_STRANGER)
def test_no_command_acts_for_an_account_that_is_no_customers(kind, account_id):
    """ORDR-001"""
    desk = three()
    fields = {"asset_id": USD, "market_id": PERP, "amount_atoms": 1, "to_wallet": FLEX}
    assert refusal(desk.do(kind, account_id=account_id, **fields)) == Reject.UNKNOWN_ACCOUNT


@pytest.mark.parametrize(
    ("earlier_field", "later_field"),
    [
        ({"market_id": 9}, {"side": 7}),
        ({"side": 7}, {"qty_lots": 0}),
        ({"qty_lots": 0}, {"price_ticks": 0}),
        ({"price_ticks": -1}, {"trigger_ticks": 5}),
        ({"trigger_ticks": 5}, {"reduce_only": 1}),
        ({"reduce_only": 1}, {"linked_id": 5}),
        ({"qty_lots": 10**6}, {"linked_id": 5}),
    ],
)
def test_the_first_check_that_fails_names_the_refusal(earlier_field, later_field):
    """ORDR-001"""
    desk = three()
    alone = refusal(desk.do(**order(desk, **earlier_field)))
    other = refusal(desk.do(**order(desk, **later_field)))
    assert Reject.NONE not in {alone, other} and alone != other
    assert refusal(desk.do(**order(desk, **{**later_field, **earlier_field}))) == alone


MOVES = (Reason.DEPOSIT, Reason.WITHDRAWAL, Reason.TRANSFER)


def whatever_is_sent(desk: Desk, commands: list[Fields]) -> None:
    """A refusal changes nothing, nobody moves another's money, and every invariant stands."""
    for fields in commands:
        before = desk.engine.digest()
        events = desk.do(**fields)
        if of(events, EventKind.REFUSED):
            assert desk.engine.digest() == before
        moved = [e for e in of(events, EventKind.TRANSFERRED) if e.reason in MOVES]
        parties = {account for e in moved for account in (e.account_id, e.other_account_id)}
        assert parties <= {0, fields.get("account_id")}


@given(st.lists(wild_commands(), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_that_can_be_sent_does_harm(commands):
    """ORDR-001, LEDG-002, LEDG-003"""
    whatever_is_sent(three(), commands)


@pytest.mark.long
@given(st.lists(wild_commands(), min_size=1, max_size=40))
@settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_that_can_be_sent_does_harm_at_length(commands):
    """ORDR-001, LEDG-002, LEDG-003"""
    whatever_is_sent(three(), commands)
