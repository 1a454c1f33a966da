"""What is refused since an account may not."""

from __future__ import annotations

from longshore.engine.codes import AccountState, Gate, Reject
from longshore.engine.commands import CommandKind
from tests.engine.desk import FLEX, PERP, Desk
from tests.engine.refused import Fields, about, money, order, refused_with


def shut(desk: Desk, gate: Gate, reject: Reject) -> None:
    """Ann's gate is shut."""
    desk.do(**about(desk, CommandKind.SET_GATE, type=gate, value=reject))


def put(desk: Desk, state: AccountState, cap_ppm: int = 0) -> None:
    """Ann's account is in a state."""
    desk.do(**about(desk, CommandKind.SET_ACCOUNT_STATE, value=state, leverage_ppm=cap_ppm))


def opening(reject: Reject):
    """A perpetual that is not for her, by this reason."""

    def case(desk: Desk) -> Fields:
        shut(desk, Gate.PERPETUAL, reject)
        return order(desk)

    case.__name__ = f"an_order_where_{reject.name.lower()}"
    return refused_with(reject)(case)


CASES = [opening(Reject(number)) for number in range(Reject.COUNTRY_NOT_KNOWN, Reject.INACTIVE + 1)]
no_country, not_here, nobody_known, expired, tier, unread, untested, excluded, limit, asleep = CASES


@refused_with(Reject.NOT_IDENTIFIED)
def money_in(desk):
    shut(desk, Gate.DEPOSIT, Reject.NOT_IDENTIFIED)
    return money(desk, CommandKind.DEPOSIT, to_wallet=FLEX)


@refused_with(Reject.TIER_TOO_LOW)
def money_out(desk):
    shut(desk, Gate.WITHDRAWAL, Reject.TIER_TOO_LOW)
    return money(desk, CommandKind.WITHDRAW, from_wallet=FLEX)


@refused_with(Reject.LEVERAGE_CAPPED)
def more_leverage_than_the_cap(desk):
    put(desk, AccountState.ACTIVE, 5_000_000)
    fields = {"market_id": PERP, "leverage_ppm": 5_000_001}
    return about(desk, CommandKind.SET_LEVERAGE, **fields)


@refused_with(Reject.ACCOUNT_CLOSE_ONLY)
def an_order_that_opens(desk):
    put(desk, AccountState.CLOSE_ONLY)
    return order(desk)


@refused_with(Reject.ACCOUNT_FROZEN)
def an_order_while_frozen(desk):
    put(desk, AccountState.FROZEN)
    return order(desk)


@refused_with(Reject.ACCOUNT_FROZEN)
def a_withdrawal_while_frozen(desk):
    put(desk, AccountState.FROZEN)
    return money(desk, CommandKind.WITHDRAW, from_wallet=FLEX)


@refused_with(Reject.ACCOUNT_CLOSED)
def a_deposit_into_a_closed_account(desk):
    put(desk, AccountState.CLOSED)
    return money(desk, CommandKind.DEPOSIT, to_wallet=FLEX)


@refused_with(Reject.HAS_OPEN_RISK)
def an_end_with_an_open_order(desk):
    desk.do(**order(desk))
    return about(desk, CommandKind.SET_ACCOUNT_STATE, value=AccountState.CLOSED)


@refused_with(Reject.BAD_VALUE)
def no_such_gate(desk):
    return about(desk, CommandKind.SET_GATE, type=max(Gate) + 1, value=Reject.NOT_IDENTIFIED)


@refused_with(Reject.BAD_VALUE)
def no_reason_to_shut_a_gate(desk):
    return about(desk, CommandKind.SET_GATE, type=Gate.SPOT, value=Reject.BAD_VALUE)


@refused_with(Reject.BAD_VALUE)
def no_such_state(desk):
    return about(desk, CommandKind.SET_ACCOUNT_STATE, value=max(AccountState) + 1)


@refused_with(Reject.BAD_VALUE)
def a_cap_below_one(desk):
    return about(desk, CommandKind.SET_ACCOUNT_STATE, leverage_ppm=999_999)
