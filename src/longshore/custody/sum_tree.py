"""A Merkle sum tree: one digest over many balances, and a short path from any of them to it.

Every node has a digest and a sum for each asset. A node's digest covers both children's digests
and sums, so nobody can put another balance under a published root. Sums are whole atoms and never
below zero: a leaf below zero would hide what is owed to others.

The texts that are hashed (SHA-256, UTF-8, lines joined by a newline, sums by a comma) are written
so that a few lines of any language compute them again:

    leaf    longshore:leaf / nonce as hex / account / sums
    node    longshore:node / left digest as hex / left sums / right digest as hex / right sums
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal, NamedTuple

Side = Literal["left", "right"]


class Node(NamedTuple):
    """A digest, and what all leaves below it hold of each asset, in atoms."""

    digest: str
    sums: tuple[int, ...]


class Step(NamedTuple):
    """The neighbour that a node is joined with on its way up, and on which side it stands."""

    side: Side
    node: Node


def leaf(nonce: str, account: str, sums: Sequence[int]) -> Node:
    """One account. The nonce, known to its owner alone, keeps others from trying balances out."""
    whole = not_negative(sums)
    return Node(_digest("longshore:leaf", nonce, account, _text(whole)), whole)


def joined(left: Node, right: Node) -> Node:
    """The node above two. ValueError: their assets differ, or a sum is below zero."""
    sides = (not_negative(left.sums), not_negative(right.sums))
    digest = _digest(
        *("longshore:node", left.digest, _text(left.sums), right.digest, _text(right.sums))
    )
    return Node(digest, tuple(a + b for a, b in zip(*sides, strict=True)))


def not_negative(sums: Sequence[int]) -> tuple[int, ...]:
    """The sums as they are. ValueError: one is below zero."""
    if any(each < 0 for each in sums):
        raise ValueError("a balance in the tree is below zero")
    return tuple(sums)


class Tree:
    """All levels, leaves first. A node without a neighbour goes up as it is."""

    def __init__(self, leaves: Sequence[Node]) -> None:
        """Join them up to the root. ValueError: there are none."""
        if not leaves:
            raise ValueError("a tree has a leaf at least")
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            self._levels.append(_above(self._levels[-1]))

    @property
    def root(self) -> Node:
        """The node above all others."""
        return self._levels[-1][0]

    def path(self, index: int) -> list[Step]:
        """What a leaf is joined with, from the lowest up."""
        steps = []
        for level in self._levels[:-1]:
            beside = index ^ 1
            if beside < len(level):
                steps.append(Step("left" if beside < index else "right", level[beside]))
            index //= 2
        return steps


def _above(level: Sequence[Node]) -> list[Node]:
    pairs = [joined(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
    return pairs + ([level[-1]] if len(level) % 2 else [])


def climbed(node: Node, path: Sequence[Step]) -> Node:
    """The root that a leaf and its path lead to."""
    for step in path:
        node = joined(step.node, node) if step.side == "left" else joined(node, step.node)
    return node


def _text(sums: Sequence[int]) -> str:
    return ",".join(str(each) for each in sums)


def _digest(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
