"""Two worlds that were one: what an account has, holds and met in each since they parted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import msgspec

from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.explain.figures import figures
from longshore.journal.store import Journal
from longshore.practice.counterfactual.ending import worth_atoms
from longshore.world.moment import Moment, MomentError, Parent, parent_of, reach
from longshore.world.recorded import recorded
from longshore.world.world import JOURNAL_FILE, World

POINT_US = 60_000_000
POINTS_MAX = 500
EVENTS_MAX = 200
KINDS = frozenset(
    {
        *(EventKind.ORDER_PLACED, EventKind.ORDER_AMENDED, EventKind.ORDER_ENDED),
        *(EventKind.TRADED, EventKind.FUNDING_PAID, EventKind.TRANSFERRED, EventKind.REFUSED),
        *(EventKind.LIQUIDATION_STARTED, EventKind.LIQUIDATION_ENDED, EventKind.LEVERAGE_SET),
    }
)


class Held(msgspec.Struct, frozen=True):
    """A position."""

    symbol: str
    size: Decimal
    entry: Decimal
    mark: Decimal
    pnl: Decimal


class Happened(msgspec.Struct, frozen=True):
    """An event of the account."""

    seq: int
    time_us: int
    kind: str
    symbol: str
    price: Decimal
    size: Decimal


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two."""

    name: str
    seq: int
    time_us: int
    equity: Decimal
    positions: list[Held]
    points: list[tuple[int, Decimal]]
    events: list[Happened]
    events_left_out: int


class Sides(msgspec.Struct, frozen=True):
    """Both, and the last seq and time they share."""

    seq: int
    time_us: int
    left: Side
    right: Side


def side_by_side(left: Path, right: Path, account: str) -> Sides:
    """Follow both journals from where they parted.

    Raises MomentError for worlds that never were one, LookupError where one has no such account.
    """
    parted = parting(left, right)
    sides = [_side(folder, account, parted) for folder in (left, right)]
    return Sides(parted.seq, parted.time_us, *sides)


def parting(left: Path, right: Path) -> Parent:
    """The last moment that two worlds share."""
    ours, theirs = _line(left), _line(right)
    for name, until in ours.items():
        if name in theirs:
            return min(until, theirs[name], key=lambda at: at.seq)
    raise MomentError(f"{left.name} and {right.name} never were one world")


def _line(folder: Path) -> dict[str, Parent]:
    """A world and those it comes from: by name, up to where it shares their past."""
    journal = Journal.open(folder / JOURNAL_FILE)
    line = {folder.name: Parent(folder.name, journal.seq, journal.time_us)}
    parent = parent_of(journal)
    journal.close()
    while parent is not None:
        bound = min(parent.seq, *(at.seq for at in line.values()))
        line[parent.name] = Parent(parent.name, bound, parent.time_us)
        journal = Journal.open(folder.parent / parent.name / JOURNAL_FILE)
        parent = parent_of(journal)
        journal.close()
    return line


def _side(folder: Path, account: str, parted: Parent) -> Side:
    past = reach(folder, Moment(seq=parted.seq))
    try:
        past.come_to_it()
        world = past.world
        points: list[tuple[int, Decimal]] = []
        events: list[Event] = []
        for row in recorded(folder, world.engine.seq, 2**62):
            events += world.stepper.follow_journal(row.commands, row.texts)
            _look(world, account, points)
        return _told(folder.name, world, account, points, events)
    finally:
        past.world.close()


def _number(world: World, account: str) -> int:
    if account not in world.accounts:
        raise LookupError(f"there is no account {account!r}")
    return world.accounts[account]


def _worth(world: World, account: str) -> Decimal:
    atoms = worth_atoms(world.engine.view, world.catalog, _number(world, account))
    return world.catalog.settlement.amount(atoms)


def _look(world: World, account: str, points: list[tuple[int, Decimal]]) -> None:
    """A point a minute; where there are too many, every other is dropped."""
    now_us = world.engine.time_us
    if account not in world.accounts or (points and now_us - points[-1][0] < POINT_US):
        return
    points.append((now_us, _worth(world, account)))
    if len(points) > POINTS_MAX:
        del points[1::2]


def _told(
    name: str,
    world: World,
    account: str,
    points: list[tuple[int, Decimal]],
    events: list[Event],
) -> Side:
    number = _number(world, account)
    mine = [e for e in events if e.kind in KINDS and number in (e.account_id, e.other_account_id)]
    worth = _worth(world, account)
    return Side(
        name=name,
        seq=world.engine.seq,
        time_us=world.engine.time_us,
        equity=worth,
        positions=_positions(world, number),
        points=[*points, (world.engine.time_us, worth)],
        events=[_happened(world, event) for event in mine[-EVENTS_MAX:]],
        events_left_out=max(0, len(mine) - EVENTS_MAX),
    )


def _positions(world: World, number: int) -> list[Held]:
    found = []
    for market in world.catalog.margined:
        held = figures(world.engine.view, number, market.market_id)
        if held.qty_lots:
            found.append(
                Held(
                    market.symbol,
                    market.size(held.qty_lots),
                    market.mark(held.entry_subticks),
                    market.mark(held.mark_subticks),
                    market.settle.amount(held.pnl_atoms),
                )
            )
    return found


def _happened(world: World, event: Event) -> Happened:
    market = world.catalog.market(int(event.market_id)) if event.market_id else None
    return Happened(
        seq=int(event.seq),
        time_us=int(event.time_us),
        kind=EventKind(event.kind).name,
        symbol="" if market is None else market.symbol,
        price=Decimal(0) if market is None else market.price(int(event.price_ticks)),
        size=Decimal(0) if market is None else market.size(int(event.qty_lots)),
    )
