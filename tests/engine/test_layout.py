"""Rows, tables and the record derived from them."""

from __future__ import annotations

import zlib

import msgspec
import numpy as np
import pytest

from longshore.engine import rows
from longshore.engine._table import Table, root_dtype, row_dtype, used_rows
from longshore.engine.limits import ORDERS_MAX
from longshore.engine.memory import PlainMemory, RecordMemory
from longshore.engine.rows import Order, Position, Tier
from longshore.engine.snapshot import SCRATCH, Snapshot
from longshore.engine.state import State, position_slot
from tools.rows import row_types


@pytest.mark.parametrize("kind", row_types(), ids=lambda kind: kind.__name__)
def test_every_field_is_a_64_bit_integer_in_declared_order(kind):
    layout = row_dtype(kind)
    assert layout.names == kind.FIELDS
    assert {layout[name] for name in layout.names} == {np.dtype(np.int64)}
    assert layout.itemsize == 8 * len(kind.FIELDS)


@pytest.mark.parametrize("kind", row_types(), ids=lambda kind: kind.__name__)
def test_a_row_begins_at_zero_and_keeps_its_values(kind):
    values = tuple(range(1, len(kind.FIELDS) + 1))
    assert set(kind().values()) == {0}
    assert kind.of(values).values() == values
    assert kind(**dict(zip(kind.FIELDS, values, strict=True))).values() == values
    assert kind(**{kind.FIELDS[-1]: -7}).values()[-1] == -7


def test_a_row_has_no_room_for_a_misspelt_field():
    with pytest.raises(AttributeError):
        Tier(initial_pmm=1)


def test_places_are_marked_and_amounts_are_not():
    assert {"level", "prev", "next", "node"} <= Order.SLOTS
    assert not {"priority", "qty_lots", "linked_id"} & Order.SLOTS
    assert {"wake_node", "wake_upper", "walk_id", "walk_lots"} == rows.Position.SLOTS


def test_a_table_makes_rows_when_they_are_touched_and_knows_its_end():
    table = Table(Tier, 3)
    table[2].from_size = 5
    assert (table[2].from_size, table[1].from_size) == (5, 0)
    for outside in (-1, 3):
        with pytest.raises(AssertionError):
            table[outside]


def test_the_rows_in_use_are_counted_by_account_wallet_and_market():
    tables = State.TABLES
    assert used_rows(16, tables["accounts"]) == 17
    assert used_rows(16, tables["positions"]) == 17 * 2 * 16
    assert used_rows(16, tables["balances"]) == 17 * 26 * 8
    assert used_rows(ORDERS_MAX, tables["orders"]) == ORDERS_MAX
    assert used_rows(0, tables["order_ids"]) == tables["order_ids"].capacity


def test_the_record_holds_every_scalar_and_table():
    layout = root_dtype(State)
    assert layout.names == (*State.SCALARS, *State.TABLES)
    assert layout["orders"].shape == (ORDERS_MAX,)


def written() -> PlainMemory:
    """A plain state with something in rows of every kind of table."""
    memory = PlainMemory()
    state = memory.state
    state.accounts_count, state.orders_high, state.settlement_asset_id = 20, 4, 1
    state.accounts[20].dead_man_us = -5
    state.balances[20 * 18 * 8 + 1].amount_atoms = 2**62
    state.orders[4].order_id = 9
    state.order_ids[123_456].taken = 1
    state.events[0].kind = 3
    return memory


def test_a_snapshot_moves_between_memories_and_through_bytes_unchanged():
    first = written().dump()
    record = RecordMemory()
    record.load(Snapshot.from_bytes(first.to_bytes()))
    second = record.dump()
    plain = PlainMemory()
    plain.load(second)
    assert first.to_bytes() == second.to_bytes() == plain.dump().to_bytes()
    assert record.view().balances[20 * 18 * 8 + 1].amount_atoms == 2**62
    assert record.view().accounts_count == plain.view().accounts_count == 20


def test_scratch_is_no_part_of_a_snapshot():
    assert set(written().dump().tables) == set(State.TABLES) - SCRATCH


def test_a_field_added_later_begins_at_zero_in_an_old_snapshot():
    old = written().dump()
    part = old.tables["accounts"]
    keep = [at for at, name in enumerate(part.fields) if name != "assign_max_lots"]
    part.fields = tuple(part.fields[at] for at in keep)
    part.rows = np.ascontiguousarray(part.rows[:, keep])
    for memory in (PlainMemory(), RecordMemory()):
        memory.load(Snapshot.from_bytes(old.to_bytes()))
        account = memory.view().accounts[20]
        assert (account.dead_man_us, account.assign_max_lots) == (-5, 0)


def test_positions_of_the_first_layout_are_read_in_their_new_places():
    row = Position(qty_lots=-7, leverage_ppm=5_000_000)
    fields = [name for name in Position.FIELDS if name != "isolated"]
    values = np.array([[getattr(row, name) for name in fields]], np.int64)
    packed = (fields, np.array([20 * 16 + 3], np.int64).tobytes(), values.tobytes())
    first = zlib.compress(msgspec.msgpack.encode(({"accounts_count": 20}, {"positions": packed})))
    memory = RecordMemory()
    memory.load(Snapshot.from_bytes(first))
    read = memory.view().positions[position_slot(20, 3)]
    assert (read.qty_lots, read.leverage_ppm, read.isolated) == (-7, 5_000_000, 1)


def test_a_view_of_a_record_reads_and_writes_the_very_fields_of_its_rows():
    memory = RecordMemory()
    memory.load(written().dump())
    view, record = memory.view(), memory.record
    for name, field in State.TABLES.items():
        last = field.capacity - 1
        for place, unit in enumerate(field.row.FIELDS):
            setattr(getattr(view, name)[last], unit, place - 3)
        assert record[name][0][last].tolist() == tuple(range(-3, len(field.row.FIELDS) - 3))
        assert getattr(getattr(view, name)[last], field.row.FIELDS[0]) == -3
        with pytest.raises(IndexError):
            getattr(getattr(view, name)[field.capacity], field.row.FIELDS[0])
    assert (view.orders[4].order_id, view.accounts_count) == (9, 20)
    with pytest.raises(AttributeError):
        view.orders[4].order_idd = 1
