"""Time is data: how it is cut into commands, or events into buffers, changes nothing."""

from __future__ import annotations

import pytest

from longshore.engine.engine import Engine
from longshore.engine.rows import Command
from tests.property import view as read
from tests.property.markets import stormy_terms
from tests.property.runner import engine, storm
from tests.property.storm import with_time_steps


def outcome(commands: list[Command]) -> object:
    """Balances, positions and market prices at the end."""
    ours = engine(stormy_terms())
    for seq, row in enumerate(commands, start=1):
        row.seq = seq
        ours.apply([row])
    held = {
        (account, int(m.market_id)): (int(p.qty_lots), int(p.entry_value_atoms))
        for m in read.perpetuals(ours.view)
        for account, p in read.positions(ours.view, int(m.market_id)).items()
    }
    prices = [(int(m.mark_subticks), int(m.last_ticks)) for m in read.perpetuals(ours.view)]
    return read.balances(ours.view), held, prices


@pytest.mark.parametrize("seed", [21, 22])
def test_time_steps_change_nothing(seed: int) -> None:
    """TIME-002: with time steps put in at random places, every balance is the same."""
    commands = [c for c in storm(seed, 500) if not names_an_order(c)]
    plain = outcome(commands)
    assert outcome(with_time_steps(commands, seed)) == plain


def names_an_order(row: Command) -> bool:
    """Order ids follow from sequence numbers, which time steps shift."""
    return bool(row.order_id or row.linked_id)


@pytest.mark.parametrize("seed", [31])
def test_one_batch_is_many_commands(seed: int) -> None:
    """ORDR-015, TIME-002: the digest does not depend on how commands are handed over."""
    commands = storm(seed, 500)
    one, many = engine(stormy_terms()), engine(stormy_terms())
    many.apply(commands)
    for row in commands:
        one.apply([row])
    assert one.digest() == many.digest()


@pytest.mark.parametrize("seed", [32])
def test_a_small_buffer_gives_the_same(seed: int) -> None:
    """LEDG-001: with room for 64 events at a time, the same events and the same digest."""
    commands = storm(seed, 500)
    wide, narrow = engine(stormy_terms()), Engine(stormy_terms(), events_limit=64)
    for row in commands:
        seen = [e.values() for e in wide.apply([row])]
        assert [e.values() for e in narrow.apply([row])] == seen
    assert wide.digest() == narrow.digest()
