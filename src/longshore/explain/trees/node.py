"""What a tree is made of: a number, the rule that made it, and the numbers the rule took.

Each number is the engine's own integer, and `how` names the operation that makes it from the exact
numbers of its inputs, so that whoever reads a tree can count after it (`broken`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import prod

import msgspec

from longshore.engine.units import PPM
from longshore.explain.sentences import say

Numbers = Sequence[int]


class Why(msgspec.Struct, kw_only=True):
    """A number with its tree.

    `value` is how people read it, `exact` the engine's integer in its `unit`. `how` is one of
    OPERATIONS, over the inputs and, where it divides or multiplies by one, the constant `per`.
    """

    key: str
    label: str
    value: str
    exact: int
    unit: str
    how: str = "given"
    per: int = 1
    formula: str = ""
    article: str = ""
    source: str = ""
    inputs: list[Why] = msgspec.field(default_factory=list)


def _median(x: Numbers) -> int:
    ordered, count = sorted(x), len(x)
    return (ordered[(count - 1) // 2] + ordered[count // 2]) // 2


def _nearest(x: Numbers) -> int:
    """Halves away from zero."""
    product = x[0] * x[1]
    size = (2 * abs(product) + x[2]) // (2 * x[2])
    return size if product >= 0 else -size


def _share(x: Numbers) -> int:
    """The first as a share of the second in ppm, from none to all."""
    if x[0] <= 0:
        return 0
    return PPM if x[1] <= x[0] else x[0] * PPM // x[1]


OPERATIONS: dict[str, Callable[[Numbers, int], int]] = {
    "sum": lambda x, _: sum(x),
    "less": lambda x, _: x[0] - sum(x[1:]),
    "larger": lambda x, _: max(x),
    "smaller": lambda x, _: min(x),
    "not_below_zero": lambda x, _: max(0, x[0]),
    "absolute": lambda x, _: abs(x[0]),
    "negative": lambda x, _: -x[0],
    "between": lambda x, _: min(max(x[0], x[1]), x[2]),
    "median": lambda x, _: _median(x),
    "first": lambda x, _: x[0],
    "share": lambda x, _: _share(x),
    "nearest": lambda x, _: _nearest(x),
    "product_down": lambda x, per: prod(x) // per,
    "product_up": lambda x, per: -(-prod(x) // per),
    "paid": lambda x, per: -prod(x) // per,
    "ratio_down": lambda x, per: x[0] * per // x[1],
    "ratio_up": lambda x, per: -(-x[0] * per // x[1]),
    "inverse_worth": lambda x, per: -x[0] * per // x[1],
    "part_down": lambda x, _: x[0] * x[1] // x[2],
    "part_up": lambda x, _: -(-x[0] * x[1] // x[2]),
}
"""The exact number of a node from those of its inputs and its `per`: whole numbers, rounded down
but for `_up` and `nearest`. Not here, because nothing is counted: `given`, and `edge`, the price at
which the first input is below zero while the second, a step nearer, is not."""


def counted(how: str, inputs: Sequence[Why], per: int = 1) -> int:
    """What an operation makes of these inputs."""
    return OPERATIONS[how]([each.exact for each in inputs], per)


def told(how: str) -> str:
    """An operation in words; what is given has none."""
    return "" if how == "given" else say(f"how-{how.replace('_', '-')}")


def nodes(tree: Why) -> Iterator[Why]:
    """A tree's nodes, the root first."""
    yield tree
    for each in tree.inputs:
        yield from nodes(each)


def broken(tree: Why) -> list[Why]:
    """The nodes whose number is not what their operation makes of their inputs."""
    return [node for node in nodes(tree) if not _holds(node)]


def _holds(node: Why) -> bool:
    if node.how == "given":
        return True
    if node.how == "edge":
        at, *nearer = (each.exact for each in node.inputs)
        return at < 0 and all(each >= 0 for each in nearer)
    return counted(node.how, node.inputs, node.per) == node.exact
