"""The tree over what is owed: its root is over every balance, and its texts are as documented."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longshore.custody.sum_tree import Node, Tree, climbed, joined, leaf

SUMS = st.tuples(st.integers(0, 2**62), st.integers(0, 2**62))


def nonce(number):
    return f"{number:032x}"


def leaves_of(balances):
    return [leaf(nonce(at), f"account-{at}", sums) for at, sums in enumerate(balances)]


@given(st.lists(SUMS, min_size=1, max_size=40))
def test_every_leaf_climbs_to_the_root_and_the_root_has_every_sum(balances):
    leaves = leaves_of(balances)
    tree = Tree(leaves)
    assert tree.root.sums == tuple(map(sum, zip(*balances, strict=True)))
    for index, each in enumerate(leaves):
        path = tree.path(index)
        assert climbed(each, path) == tree.root
        assert len(path) <= (len(leaves) - 1).bit_length()


@given(st.lists(SUMS, min_size=2, max_size=20), st.data())
def test_another_balance_at_any_leaf_gives_another_root(balances, data):
    at = data.draw(st.integers(0, len(balances) - 1))
    other = data.draw(SUMS.filter(lambda sums: sums != balances[at]))
    changed = [*balances[:at], other, *balances[at + 1 :]]
    assert Tree(leaves_of(changed)).root.digest != Tree(leaves_of(balances)).root.digest


def test_the_hashed_texts_are_those_of_the_description():
    def digest(text):
        return hashlib.sha256(text.encode()).hexdigest()

    left, right = leaf(nonce(1), "mine", (7, 0)), leaf(nonce(2), "yours", (1, 2))
    assert left.digest == digest(f"longshore:leaf\n{nonce(1)}\nmine\n7,0")
    above = joined(left, right)
    text = f"longshore:node\n{left.digest}\n7,0\n{right.digest}\n1,2"
    assert above == Node(digest(text), (8, 2))


@pytest.mark.parametrize("sums", [(-1, 0), (0, -1)])
def test_nothing_below_zero_comes_into_a_tree(sums):
    """One leaf below zero would make room for owing less than is owed."""
    with pytest.raises(ValueError, match="below zero"):
        leaf(nonce(1), "mine", sums)
    with pytest.raises(ValueError, match="below zero"):
        joined(Node("0" * 64, sums), leaf(nonce(1), "mine", (1, 1)))


def test_without_leaves_there_is_no_tree():
    with pytest.raises(ValueError, match="a leaf at least"):
        Tree([])
