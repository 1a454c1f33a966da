"""What the cases of refusals are made of: three people, and commands that would be accepted."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from longshore.engine.codes import MarketState, OrderType, Reject, Side, Signal
from longshore.engine.commands import CommandKind
from tests.engine.desk import ATOMS, BTC, PERP, USD, Desk

Fields = dict[str, int]
Case = Callable[[Desk], Fields]


def refused_with(reject: Reject) -> Callable[[Case], Case]:
    """Mark a case: what comes before, and the fields of the command that is refused."""

    def mark(case: Case) -> Case:
        case.reject = reject
        return case

    return mark


def cases(*modules: ModuleType) -> list[tuple[Reject, Case]]:
    """The cases of some modules."""
    named = [each for module in modules for each in vars(module).values()]
    return [(case.reject, case) for case in named if hasattr(case, "reject")]


def three() -> Desk:
    """Two rich people, one with a thousand dollars, and an index of 84,000."""
    desk = Desk()
    for name, dollars in (("ann", 100_000), ("bob", 10**6), ("eve", 1_000)):
        desk.person(name, dollars)
    desk.index(84_000)
    return desk


def order(desk: Desk, name: str = "ann", **fields: int) -> Fields:
    """A buy of one lot far below the market, but for the fields given."""
    usual = {"market_id": PERP, "side": Side.BUY, "type": OrderType.LIMIT, "qty_lots": 1}
    if fields.get("type") not in (OrderType.MARKET, OrderType.STOP):
        usual["price_ticks"] = 80_000
    who = {"kind": CommandKind.PLACE_ORDER, "account_id": desk.people[name]}
    return {**who, **usual, **fields}


def stop(desk: Desk, **fields: int) -> Fields:
    usual = {"trigger_ticks": 90_000, "signal": Signal.MARK, "reduce_only": 1}
    return order(desk, type=OrderType.STOP, **{**usual, **fields})


def money(desk: Desk, kind: CommandKind, name: str = "ann", **fields: int) -> Fields:
    who = {"kind": kind, "account_id": desk.people[name]}
    return {**who, "asset_id": USD, "amount_atoms": ATOMS, **fields}


def about(desk: Desk, kind: CommandKind, name: str = "ann", **fields: int) -> Fields:
    return {"kind": kind, "account_id": desk.people[name], **fields}


def index(**fields: int) -> Fields:
    usual = {"asset_id": BTC, "price_subticks": 84_000 * 10**10, "sources": 1}
    return {"kind": CommandKind.PUBLISH_INDEX, **usual, **fields}


def set_state(desk: Desk, state: MarketState) -> None:
    desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=state)
