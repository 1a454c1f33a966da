"""Ordered indexes against a sorted list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longshore.engine._table import NIL
from longshore.engine.nodes import (
    new_node,
    tree_at_or_after,
    tree_at_or_before,
    tree_first,
    tree_insert,
    tree_last,
    tree_remove,
)
from longshore.engine.state import State

keys = st.one_of(st.integers(-8, 8), st.integers(-(2**62), 2**62))
entries = st.tuples(keys, st.integers(0, 3))
changes = st.lists(st.one_of(entries, st.integers(0, 30)), max_size=60)


class Index:
    """One index on a bare state, with what should be in it."""

    def __init__(self) -> None:
        self.state = State()
        self.root = NIL
        self.slots: dict[tuple[int, int], int] = {}

    def put(self, entry: tuple[int, int]) -> None:
        slot = new_node(self.state, *entry, sum(entry))
        self.slots[entry] = slot
        self.root = tree_insert(self.state, self.root, slot)

    def drop(self, entry: tuple[int, int]) -> None:
        self.root = tree_remove(self.state, self.root, self.slots.pop(entry))

    def entry(self, slot: int) -> tuple[int, int] | None:
        node = self.state.nodes[slot]
        return (node.key, node.tie) if slot != NIL else None

    def shape(self, slot: int | None = None):
        """The tree without its slots: (entry, left, right)."""
        slot = self.root if slot is None else slot
        if slot == NIL:
            return None
        node = self.state.nodes[slot]
        return (self.entry(slot), self.shape(node.left), self.shape(node.right))

    def in_order(self) -> list[tuple[int, int]]:
        found, path, at = [], [], self.root
        while path or at != NIL:
            while at != NIL:
                path.append(at)
                at = self.state.nodes[at].left
            at = path.pop()
            found.append((self.state.nodes[at].key, self.state.nodes[at].tie))
            at = self.state.nodes[at].right
        return found


def depth(shape) -> int:
    return 0 if shape is None else 1 + max(depth(shape[1]), depth(shape[2]))


def change(index: Index, what) -> None:
    """Put an entry, or drop the n-th of those that are in."""
    if isinstance(what, tuple):
        if what not in index.slots:
            index.put(what)
    elif index.slots:
        index.drop(sorted(index.slots)[what % len(index.slots)])


@given(changes, keys)
def test_an_index_is_a_sorted_list(made, asked):
    index = Index()
    for what in made:
        change(index, what)
        inside = sorted(index.slots)
        assert index.in_order() == inside
        assert index.entry(tree_first(index.state, index.root)) == (inside[0] if inside else None)
        assert index.entry(tree_last(index.state, index.root)) == (inside[-1] if inside else None)
    inside = sorted(index.slots)
    after = bisect_left(inside, (asked,))
    before = bisect_right(inside, (asked, 4)) - 1
    found = index.entry(tree_at_or_after(index.state, index.root, asked))
    assert found == (inside[after] if after < len(inside) else None)
    found = index.entry(tree_at_or_before(index.state, index.root, asked))
    assert found == (inside[before] if before >= 0 else None)


@given(st.lists(entries, unique=True, max_size=25), st.lists(entries, max_size=10), st.randoms())
@settings(max_examples=50)
def test_the_shape_depends_on_what_is_in_it_and_not_on_how_it_came(inside, passing, random):
    straight, wild = Index(), Index()
    for entry in inside:
        straight.put(entry)
    arrivals = [*inside, *(e for e in dict.fromkeys(passing) if e not in inside)]
    random.shuffle(arrivals)
    for entry in arrivals:
        wild.put(entry)
    for entry in set(arrivals) - set(inside):
        wild.drop(entry)
    assert wild.shape() == straight.shape()


def test_the_value_stays_with_its_key():
    index = Index()
    for key in range(50):
        index.put((key, 7))
    for key in range(0, 50, 2):
        index.drop((key, 7))
    for key in range(1, 50, 2):
        slot = tree_at_or_after(index.state, index.root, key)
        assert index.state.nodes[slot].value == key + 7


def test_rising_prices_do_not_make_a_deep_tree():
    index = Index()
    for key in range(2_000):
        index.put((84_000 + key, 0))
    assert depth(index.shape()) < 4 * 11  # about twice the logarithm is expected


def test_nodes_are_used_again():
    """The table holds what is in the indexes at one time, not what ever was."""
    index = Index()
    for key in range(100):
        index.put((key, 0))
    high = index.state.nodes_high
    random = Random(5)
    for key in range(100, 1_000):
        index.drop(random.choice(sorted(index.slots)))
        index.put((key, 0))
    assert index.state.nodes_high == high
    assert len(index.in_order()) == 100


@pytest.mark.long
@given(st.lists(st.one_of(entries, st.integers(0, 300)), max_size=800))
@settings(max_examples=500, deadline=None)
def test_an_index_is_a_sorted_list_over_long_histories(made):
    index = Index()
    for what in made:
        change(index, what)
    assert index.in_order() == sorted(index.slots)
