"""Ids read back exactly, belong to one world and cannot be made up."""

from __future__ import annotations

from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from longshore.venue.dialects.kraken_futures.ids import WorldIds
from longshore.venue.dialects.kraken_futures.row_ids import event_key, leg_number

IDS = WorldIds("main")
NUMBERS = st.integers(1, 2**61 - 1)


@given(NUMBERS)
def test_an_order_id_reads_back(number):
    text = IDS.order(number)
    assert IDS.order_id(text) == number
    assert UUID(text).version == 4
    assert UUID(text).variant == RFC_4122


@given(NUMBERS)
def test_another_world_has_other_ids(number):
    other = WorldIds("other")
    assert other.order(number) != IDS.order(number)
    assert other.order_id(IDS.order(number)) == 0


@given(NUMBERS, st.integers(0, 2**40))
def test_an_event_is_no_order(seq, index):
    assert IDS.order_id(IDS.event(seq, index)) == 0
    assert IDS.event(seq, index) != IDS.trade(seq, index)


@given(st.uuids(version=4))
def test_a_made_up_id_names_nothing(made_up):
    assert IDS.order_id(str(made_up)) == 0


@given(st.text())
def test_any_text_is_read_without_harm(text):
    assert IDS.order_id(text) == 0


@given(st.integers(0, 2**40), st.integers(0, 2**16 - 1), st.integers(0, 1))
def test_a_row_number_reads_back(seq, index, leg):
    assert event_key(leg_number(seq, index, leg)) == (seq, index)
