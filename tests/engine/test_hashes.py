"""Hash tables against a dict, where every key wants the same place; and the ring of client ids."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longshore.engine.clients import client_order, remember_client
from longshore.engine.hashes import hash_get, hash_put, hash_remove, home_of, mix
from longshore.engine.limits import CLIENT_IDS_MAX, HASH_MAX
from longshore.engine.rows import Order
from longshore.engine.state import State

TOP_BIT = 1 << 62
LAST_HOME_LO = 409104
"""A key whose home is the last place: what does not fit there goes on at the first."""


def same_home(owner: int, hi: int, lo: int) -> list[tuple[int, int, int]]:
    """Keys that differ in bits beyond the 62 that are mixed: all want one place."""
    return [
        (owner + a * TOP_BIT, hi + b * TOP_BIT, lo + c * TOP_BIT)
        for a, b, c in product((0, 1), repeat=3)
    ]


CROWD = [*same_home(0, 0, LAST_HOME_LO), *((0, 0, order) for order in range(1, 8))]
steps = st.lists(
    st.tuples(st.integers(0, len(CROWD) - 1), st.one_of(st.none(), st.integers(1, 99))), max_size=60
)


def test_the_crowd_wants_the_last_place_of_the_table():
    assert {home_of(*key) for key in CROWD[:8]} == {HASH_MAX - 1}
    assert len(set(CROWD)) == 15


@given(steps)
def test_a_hash_table_is_a_dict(made):
    table, known = State().order_ids, {}
    for number, value in made:
        key = CROWD[number]
        if value is None:
            hash_remove(table, *key)
            known.pop(key, None)
        else:
            hash_put(table, *key, value)
            known[key] = value
        assert [hash_get(table, *k) for k in CROWD] == [known.get(k, 0) for k in CROWD]
    assert sum(entry.taken for entry in table.values()) == len(known)


def test_removal_keeps_the_others_findable_whichever_goes_first():
    for first in range(8):
        table = State().order_ids
        for value, key in enumerate(CROWD[:8], 1):
            hash_put(table, *key, value)
        hash_remove(table, *CROWD[first])
        found = [hash_get(table, *key) for key in CROWD[:8]]
        assert found == [0 if value == first else value + 1 for value in range(8)]


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_mixing_stays_inside_62_bits(a, b):
    assert 0 <= mix(a, b) < TOP_BIT


def test_order_ids_one_after_another_are_spread_over_the_table():
    homes = {home_of(0, 0, seq * 1_048_576) for seq in range(1, 10_001)}
    assert len(homes) > 9_900  # 9,952 are expected of a random function


def used(account_id: int, lo: int, order_id: int) -> Order:
    return Order(account_id=account_id, client_hi=5, client_lo=lo, order_id=order_id)


def test_a_client_id_belongs_to_one_account():
    """ORDR-011"""
    state = State()
    remember_client(state, used(16, 7, 100))
    assert client_order(state, 16, 5, 7) == 100
    assert client_order(state, 17, 5, 7) == client_order(state, 16, 5, 8) == 0


@pytest.mark.parametrize("first", [0, 1_000, CLIENT_IDS_MAX - 2, CLIENT_IDS_MAX - 1])
def test_a_full_ring_forgets_the_oldest_client_ids_one_by_one(first):
    """ORDR-011"""
    state = State()
    state.clients_first = first
    for lo in range(4):
        remember_client(state, used(16, lo, 100 + lo))
    # As if it had been filled in between; the four stay the oldest.
    state.clients_count = CLIENT_IDS_MAX - 1
    for lo in range(4, 7):
        remember_client(state, used(16, lo, 100 + lo))
        assert state.clients_count == CLIENT_IDS_MAX - 1
    found = [client_order(state, 16, 5, lo) for lo in range(7)]
    assert found == [0, 0, 0, 103, 104, 105, 106]
