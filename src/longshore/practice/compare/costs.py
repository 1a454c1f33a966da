"""What a trade cost, part by part: from the trader's events, adding up to the atom."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from longshore.engine.codes import Reason, Role
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.explain.losses import BORNE, slip_atoms
from longshore.practice.compare.course import Course
from longshore.practice.compare.outcome import Amount, Costs
from longshore.rulebooks import AssetInfo

OWN = (Role.MAKER, Role.TAKER)


def costs(course: Course, start_atoms: int) -> Costs:
    """The parts of start less kept. The price's part is what the others leave.

    With no coin as collateral that is exactly what the position lost from mark to mark; coins add
    what they lost to it.
    """
    market = course.view.markets[course.market.market_id]
    trades = [e for e in course.events if e.kind == EventKind.TRADED and _mine(course, e)]
    own = [event for event in trades if event.role in OWN]
    forced = [event for event in trades if event.role not in OWN]
    paid = [e for e in course.events if e.kind == EventKind.FUNDING_PAID and _mine(course, e)]
    liquidation_fee = _moved(course, (Reason.LIQUIDATION_FEE,))
    parts = {
        "slippage": sum(slip_atoms(event, market) for event in own),
        "fees": _fees(trades) - liquidation_fee,
        "funding": -sum(int(event.funding_atoms) for event in paid) - course.accrued_atoms(),
        "liquidation_slippage": sum(slip_atoms(event, market) for event in forced),
        "liquidation_fee": liquidation_fee,
        "borne": _moved(course, BORNE),
    }
    parts["price"] = start_atoms - course.worth_atoms() - sum(parts.values())
    asset = course.market.quote
    return Costs(**{key: amount(asset, atoms) for key, atoms in parts.items()})


def amount(asset: AssetInfo, atoms: int) -> Amount:
    """Atoms as a decimal amount with the coin's name."""
    return Amount(f"{asset.amount(atoms):f}", asset.code)


def _mine(course: Course, event: Event) -> bool:
    return bool(event.account_id == course.account_id)


def _fees(trades: Iterable[Event]) -> int:
    return sum(int(event.fee_atoms) for event in trades)


def _moved(course: Course, reasons: Collection[Reason]) -> int:
    """What left the trader's wallets for these reasons; what came in counts below zero."""
    total = 0
    for event in course.events:
        if event.kind == EventKind.TRANSFERRED and Reason(event.reason) in reasons:
            total += int(event.amount_atoms) * (1 if _mine(course, event) else -1)
    return total
