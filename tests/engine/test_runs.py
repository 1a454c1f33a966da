"""One source, three runs: plain, compiled and checked do the same, whatever the cut."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from longshore.engine._compile import Mode
from longshore.engine.book import levels
from longshore.engine.codes import OrderState, OrderType, Role, Side, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.engine import DIGEST_TABLES, Engine
from longshore.engine.events import EventKind
from longshore.engine.invariants import at_risk, broken
from longshore.engine.margin import (
    equity_atoms,
    free_atoms,
    initial_with_orders_atoms,
    maintenance_atoms,
)
from longshore.engine.rows import Event
from longshore.engine.snapshot import Snapshot
from longshore.engine.state import State, balance_slot, position_slot, wallet_slot
from tests.engine.desk import BTC, FLEX, LADDER, PERP, SECOND, SPOT, USD, Desk, placed
from tests.engine.scenario import DATED, day, terms

pytestmark = pytest.mark.timeout(900)  # the first run compiles

CUT = 333
ELSEWHERE = {
    EventKind.SHORTFALL_BORNE,
    EventKind.POSITION_MODE_SET,
    EventKind.TOP_UP_SET,
    EventKind.RISK_LIMIT_SET,
    EventKind.TERMS_ANNOUNCED,
    EventKind.TERMS_CHANGED,
    EventKind.TERMS_DROPPED,
    EventKind.LOSS_SHARED,
    EventKind.AUCTION_CROSSED,
    EventKind.ORDER_RELEASED,
    EventKind.FUNDING_INTERVAL_SET,
    EventKind.GATE_SET,
    EventKind.ACCOUNT_STATE_SET,
    EventKind.DOWNTIME_SET,
}
"""Of rules that this day's markets do not have: the storms must bring each (`test_everything`)."""
NARROW = 64
"""The smallest buffer that still holds the events of one step."""


def told(events: Iterable[Event]) -> list[tuple[int, ...]]:
    return [event.values() for event in events]


class Run:
    """The day on one engine: its digest half-way and at the end, and all events."""

    def __init__(self, mode: Mode, **how: int) -> None:
        self.engine = Engine(terms(), mode, **how)
        self.first = told(self.engine.apply(day()[:CUT]))
        self.snapshot = self.engine.snapshot().to_bytes()
        self.halfway = self.engine.digest()
        self.second = told(self.engine.apply(day()[CUT:]))
        self.digest = self.engine.digest()


@pytest.fixture(scope="module")
def plain() -> Run:
    return Run("plain")


@pytest.fixture(scope="module")
def jit() -> Run:
    return Run("jit")


def same(one: Run, other: Run) -> None:
    assert one.first == other.first
    assert one.halfway == other.halfway
    assert one.second == other.second
    assert one.digest == other.digest


def test_the_day_is_rich(plain):
    """What the comparisons below are worth: choose another seed when a rule's change fails this."""
    events = [Event.of(values) for values in plain.first + plain.second]
    assert {EventKind(e.kind) for e in events} >= set(EventKind) - ELSEWHERE
    assert {e.type for e in events if e.kind == EventKind.LIQUIDATION_STEP} == set(LADDER)
    elsewhere = {Role.LIQUIDATION, Role.TAKEN_OVER}  # other ladders ask for these
    assert {e.role for e in events if e.kind == EventKind.TRADED} >= set(Role) - elsewhere
    triggered = [e for e in events if e.kind == EventKind.ORDER_TRIGGERED]
    assert {e.signal for e in triggered} == set(Signal)
    assert {e.type for e in triggered} == {OrderType.STOP, OrderType.TAKE_PROFIT}
    assert {e.market_id for e in events if e.kind == EventKind.FILLED} == {
        PERP,
        SPOT,
        SECOND,
        DATED,
    }
    wallets = {e.wallet for e in events if e.kind == EventKind.LIQUIDATION_STARTED}
    assert {FLEX, 2 + PERP} <= wallets
    assert broken(plain.engine.view) == [] and at_risk(plain.engine.view) == []


def test_compiled_is_plain(plain, jit):
    """LEDG-001: every event and the digest, half-way and at the end."""
    same(plain, jit)


@pytest.mark.long
def test_checked_is_plain(plain):
    """LEDG-001"""
    same(plain, Run("checked"))


@pytest.mark.parametrize("mode", ["plain", "jit"])
def test_a_narrow_event_buffer_gives_the_same_events(plain, mode):
    """LEDG-001: the engine stops inside commands and goes on."""
    same(plain, Run(mode, events_limit=NARROW))


def test_commands_one_at_a_time_give_the_same(plain):
    engine = Engine(terms())
    events = [event for command in day() for event in told(engine.apply([command]))]
    assert events == plain.first + plain.second
    assert engine.digest() == plain.digest


@pytest.mark.parametrize(("source", "target"), [("plain", "jit"), ("jit", "plain")])
def test_a_snapshot_goes_on_in_another_mode(request, source, target):
    run: Run = request.getfixturevalue(source)
    engine = Engine.restore(Snapshot.from_bytes(run.snapshot), target)
    assert (engine.seq, engine.digest()) == (CUT, run.halfway)
    assert engine.time_us == day()[CUT - 1].time_us
    assert told(engine.apply(day()[CUT:])) == run.second
    assert engine.digest() == run.digest


@pytest.mark.parametrize("cut", [1, 50, 200, 450, 600])
def test_a_snapshot_may_be_taken_after_any_command(plain, cut):
    engine = Engine(terms())
    engine.apply(day()[:cut])
    later = Engine.restore(Snapshot.from_bytes(engine.snapshot().to_bytes()))
    later.apply(day()[cut:])
    assert later.digest() == plain.digest


def reads(view: State) -> list[object]:
    """Everything that screens and agents ask of a view."""
    found: list[object] = [
        [getattr(view.markets[at], name) for name in ("mark_subticks", "last_ticks", "open_lots")]
        + [levels(view, at, side, 20) for side in Side]
        for at in (PERP, SPOT, SECOND)
    ]
    for account in range(1, view.accounts_count + 1):
        for market in (PERP, SECOND):
            held = view.positions[position_slot(account, market)]
            found.append((held.qty_lots, held.entry_value_atoms, held.margin_atoms))
        for kind in (0, FLEX, 2 + PERP, 2 + SECOND):
            wallet = wallet_slot(account, kind)
            rules = (equity_atoms, maintenance_atoms, initial_with_orders_atoms)
            found.append([rule(view, wallet) for rule in rules])
            found.append([free_atoms(view, wallet, asset) for asset in (USD, BTC)])
            found.append([view.balances[balance_slot(wallet, a)].hold_atoms for a in (USD, BTC)])
    return found


def test_views_read_the_same_in_both_modes(plain, jit):
    assert reads(jit.engine.view) == reads(plain.engine.view)
    assert {type(part) for part in reads(jit.engine.view)[-1]} == {int}


def test_reading_a_view_changes_nothing(plain):
    reads(plain.engine.view)
    assert plain.engine.digest() == plain.digest


def orders_by_id(engine: Engine) -> dict[int, int]:
    view = engine.view
    return {
        view.orders[slot].order_id: slot
        for slot in range(1, view.orders_high + 1)
        if view.orders[slot].state != OrderState.NONE
    }


def test_the_digest_does_not_depend_on_slots():
    """Two orders end in one sequence or the other: what comes after lies in other places."""
    ends = []
    for sequence in ((0, 1), (1, 0)):
        desk = Desk()
        desk.person("ann", 10**5)
        desk.index(84_000)
        gone = [placed(desk.buy("ann", 1, 80_000 + n, client_lo=n + 1)) for n in (0, 1)]
        for which in sequence:
            desk.cancel("ann", gone[which])
        desk.buy("ann", 1, 81_000, client_lo=5)
        desk.sell("ann", 2, 90_000)
        ends.append(desk.engine)
    assert orders_by_id(ends[0]) != orders_by_id(ends[1])
    assert ends[0].digest() == ends[1].digest()


def test_orders_that_came_and_went_leave_no_trace_in_the_digest():
    """Only which order is first counts, and not how many were ever in the queue."""
    ends = []
    for passing in (True, False):
        desk = Desk()
        desk.person("ann", 10**5)
        desk.index(84_000)
        for _ in range(3):
            if passing:
                desk.cancel("ann", placed(desk.buy("ann", 1, 80_000)))
            else:
                desk.wait(0)
                desk.wait(0)
        desk.buy("ann", 1, 81_000)
        desk.buy("ann", 2, 81_000)
        ends.append(desk.engine)
    assert ends[0].digest() == ends[1].digest()


def test_the_digest_tells_who_is_first_in_a_queue():
    """ORDR-002: the same two orders, one of them amended and amended back."""
    ends = []
    for behind in (0, 1):
        desk = Desk()
        desk.person("ann", 10**5)
        desk.index(84_000)
        mine = [placed(desk.buy("ann", 5, 81_000)) for _ in range(2)]
        for price in (80_000, 81_000):
            desk.do(
                CommandKind.AMEND_ORDER,
                account_id=desk.people["ann"],
                order_id=mine[behind],
                price_ticks=price,
            )
        ends.append(desk.engine)
    assert ends[0].digest() != ends[1].digest()


TOUCHES = {
    "assets": "index_subticks", "markets": "mark_subticks", "tiers": "initial_ppm",
    "fee_tiers": "taker_ppm", "accounts": "self_trade", "volume_days": "volume_atoms",
    "wallets": "rung", "balances": "amount_atoms", "positions": "qty_lots", "orders": "qty_lots",
    "client_ids": "value", "bases": "basis_subticks", "downtimes": "down_us",
}  # fmt: skip


@pytest.mark.parametrize("name", DIGEST_TABLES)
def test_the_digest_covers_every_table_it_names(plain, name):
    engine = Engine.restore(Snapshot.from_bytes(plain.snapshot))
    table = getattr(engine.view, name)
    keys = {"orders": "order_id", "client_ids": "taken"}
    used = (row for row in table.values() if name not in keys or getattr(row, keys[name]))
    row = next(used, None) or table[1]  # nobody maintains the venue on this day
    setattr(row, TOUCHES[name], getattr(row, TOUCHES[name]) + 1)
    assert engine.digest() != plain.halfway


def test_warming_up_changes_nothing(jit):
    jit.engine.warm_up()
    assert jit.engine.digest() == jit.digest
