import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longshore.engine.codes import Origin
from longshore.engine.commands import COMMAND_FIELDS, CommandKind
from longshore.engine.events import EVENT_FIELDS, EventKind
from longshore.engine.rows import Command, Event
from longshore.journal.batch import Batch
from longshore.journal.codec import Codec, check_command, command_fields, events_digest
from longshore.journal.gathering import Gathered
from tests.journal.rows import command_batch, index_batch

I64 = st.integers(-(2**63), 2**63 - 1)


@st.composite
def commands(draw):
    kind = draw(st.sampled_from(list(CommandKind)))
    values = {field: draw(I64) for field in COMMAND_FIELDS[kind]}
    time_us = draw(st.integers(0, 2**50))
    return Command(kind=kind, origin=draw(st.sampled_from(list(Origin))), time_us=time_us, **values)


@given(st.lists(commands(), min_size=1, max_size=5), st.text())
def test_a_batch_comes_back_as_it_went_in(given_commands, text):
    batch = command_batch(7, given_commands, {7: text})
    decoded, texts = Codec().decode(Codec().encode(batch), 7, batch.time_us)
    assert [c.values() for c in decoded] == [c.values() for c in given_commands]
    assert texts == {7: text}


@given(commands())
def test_a_command_of_listed_fields_passes_the_check(command):
    check_command(command)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": 99}, "no command kind"),
        ({"kind": CommandKind.CANCEL_ORDER, "qty_lots": 1}, "does not list"),
        ({"kind": CommandKind.CANCEL_ORDER, "order_id": 2**63}, "beyond 64 bits"),
        ({"kind": CommandKind.CANCEL_ORDER, "order_id": -(2**63) - 1}, "beyond 64 bits"),
    ],
)
def test_what_would_not_come_back_is_refused(values, words):
    with pytest.raises(ValueError, match=words):
        check_command(Command(**values))


def test_an_old_row_reads_by_the_fields_it_was_written_with():
    older = command_fields() | {int(CommandKind.PUBLISH_INDEX): ["price_subticks", "asset_id"]}
    batch = index_batch(1, count=1)
    command = Codec(older).decode(Codec(older).encode(batch), 1, batch.time_us)[0][0]
    assert (command.asset_id, command.price_subticks) == (2, 10**10)


def test_the_events_digest_sees_every_listed_field():
    batch = index_batch(1)
    before = events_digest(batch.events)
    batch.events[1].index_subticks += 1
    assert events_digest(batch.events) != before


def events(draw):
    kind = draw(st.sampled_from(list(EventKind)))
    head = {field: draw(I64) for field in ("seq", "index", "time_us")}
    return Event(kind=kind, **head, **{field: draw(I64) for field in EVENT_FIELDS[kind][1]})


def words(row, rows):
    """Rows as compiled rules leave them, in two pieces, the later as rows."""
    half = (len(rows) + 1) // 2
    made = Gathered(row)
    lines = np.array([each.values() for each in rows[:half]], np.int64)
    made.add_words(lines.reshape(-1, len(row.FIELDS)))
    made.add(rows[half:])
    return made


@given(st.lists(commands(), min_size=1, max_size=5), st.lists(st.composite(events)(), max_size=5))
def test_numbers_are_written_as_their_rows_are(given_commands, given_events):
    rows = command_batch(7, given_commands)
    sent = words(Command, given_commands)
    last, origins = sent.last(), list(sent.column("origin"))
    batch = Batch(
        first_seq=7, time_us=rows.time_us, commands=sent, events=words(Event, given_events)
    )
    assert Codec().encode(batch) == Codec().encode(rows)
    assert events_digest(*batch.caused.pieces()) == events_digest(given_events)
    assert last.values() == given_commands[-1].values()
    assert origins == [command.origin for command in given_commands]
    assert [c.values() for c in batch.commands] == [c.values() for c in given_commands]
    assert batch.events is batch.events


@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 65_535, 65_536])
def test_pieces_are_written_as_one_list_however_long(count):
    command = Command(kind=CommandKind.ADVANCE_TIME, origin=Origin.CLOCK, time_us=5)
    sent = Gathered(Command)
    sent.add([command] * (count // 2))
    sent.add([command] * (count - count // 2))
    batch = Batch(first_seq=1, time_us=5, commands=sent, events=[])
    line = [int(CommandKind.ADVANCE_TIME), int(Origin.CLOCK), 0]
    assert Codec().encode(batch) == msgspec.msgpack.encode(([line] * count, {}))
