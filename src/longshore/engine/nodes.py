"""Ordered indexes: treaps over one shared table of nodes.

The book's price levels, waiting triggers, wake bounds, timers and the wallets at risk are all
entries (key, tie, value) of such an index. A node's rank is a hash of its key and tie, so the shape
depends on what is in it and not on how it came there.
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.hashes import mix
from longshore.engine.rows import Node
from longshore.engine.state import State


@rule
def new_node(state: State, key: I64, tie: I64, value: I64) -> I64:
    """A node that is in no index yet."""
    slot = state.nodes_free
    if slot == NIL:
        state.nodes_high += 1
        slot = state.nodes_high
    else:
        state.nodes_free = state.nodes[slot].left
    node = state.nodes[slot]
    node.key = key
    node.tie = tie
    node.value = value
    node.rank = mix(key, tie)
    node.left = NIL
    node.right = NIL
    return slot


@rule
def free_node(state: State, slot: I64) -> None:
    """Give a node back."""
    state.nodes[slot].left = state.nodes_free
    state.nodes_free = slot


@rule
def is_before(a: Node, b: Node) -> bool:
    """Order by key, then by tie."""
    return a.key < b.key or (a.key == b.key and a.tie < b.tie)


@rule
def hang(state: State, parent: I64, right: bool, child: I64) -> None:
    """Make a node the left or right child of another."""
    if right:
        state.nodes[parent].right = child
    else:
        state.nodes[parent].left = child


@rule
def tree_insert(state: State, root: I64, slot: I64) -> I64:
    """Put a node into an index; the new root."""
    node = state.nodes[slot]
    parent = NIL
    right = False
    at = root
    while at != NIL and state.nodes[at].rank >= node.rank:
        parent = at
        right = is_before(state.nodes[at], node)
        at = state.nodes[at].right if right else state.nodes[at].left
    split_under(state, at, slot)
    if parent == NIL:
        return slot
    hang(state, parent, right, slot)
    return root


@rule
def split_under(state: State, at: I64, slot: I64) -> None:
    """Cut a subtree in two at a node's key and hang both halves under the node."""
    node = state.nodes[slot]
    less = slot
    more = slot
    while at != NIL:
        if is_before(state.nodes[at], node):
            hang(state, less, less != slot, at)
            less = at
            at = state.nodes[at].right
        else:
            hang(state, more, more == slot, at)
            more = at
            at = state.nodes[at].left
    hang(state, less, less != slot, NIL)
    hang(state, more, more == slot, NIL)


@rule
def tree_remove(state: State, root: I64, slot: I64) -> I64:
    """Take a node out of an index and give it back; the new root."""
    node = state.nodes[slot]
    parent = NIL
    right = False
    at = root
    while at != slot:
        parent = at
        right = is_before(state.nodes[at], node)
        at = state.nodes[at].right if right else state.nodes[at].left
    joined = join(state, node.left, node.right)
    free_node(state, slot)
    if parent == NIL:
        return joined
    hang(state, parent, right, joined)
    return root


@rule
def join(state: State, left: I64, right: I64) -> I64:
    """One tree of two, all of the left before all of the right."""
    top = NIL
    tail = NIL
    tail_right = False
    while left != NIL and right != NIL:
        from_left = state.nodes[left].rank >= state.nodes[right].rank
        taken = left if from_left else right
        if tail == NIL:
            top = taken
        else:
            hang(state, tail, tail_right, taken)
        tail = taken
        tail_right = from_left
        if from_left:
            left = state.nodes[left].right
        else:
            right = state.nodes[right].left
    rest = left if left != NIL else right
    if tail == NIL:
        return rest
    hang(state, tail, tail_right, rest)
    return top


@rule
def tree_first(state: State, root: I64) -> I64:
    """The node with the least key, or nowhere."""
    at = root
    while at != NIL and state.nodes[at].left != NIL:
        at = state.nodes[at].left
    return at


@rule
def tree_last(state: State, root: I64) -> I64:
    """The node with the greatest key, or nowhere."""
    at = root
    while at != NIL and state.nodes[at].right != NIL:
        at = state.nodes[at].right
    return at


@rule
def tree_at_or_after(state: State, root: I64, key: I64) -> I64:
    """The first node whose key is not below the key, or nowhere."""
    found = NIL
    at = root
    while at != NIL:
        if state.nodes[at].key >= key:
            found = at
            at = state.nodes[at].left
        else:
            at = state.nodes[at].right
    return found


@rule
def tree_at_or_before(state: State, root: I64, key: I64) -> I64:
    """The last node whose key is not above the key, or nowhere."""
    found = NIL
    at = root
    while at != NIL:
        if state.nodes[at].key <= key:
            found = at
            at = state.nodes[at].right
        else:
            at = state.nodes[at].left
    return found
