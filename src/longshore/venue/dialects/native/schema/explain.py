"""Previews, explanations and how a liquidation went."""

from __future__ import annotations

import msgspec

from longshore.venue.dialects.native.schema.account import Liquidation
from longshore.venue.dialects.native.schema.base import Reply


class Row(Reply):
    """One line of the receipt: before and after."""

    label: str
    before: str
    after: str
    key: str = ""  # size, entry, margin, liquidation, break_even, …


class Cost(Reply):
    """One line of what it costs."""

    label: str
    amount: str
    key: str = ""  # fee, spread, slippage, funding


class Fact(Reply):
    """A sentence as a program reads it: which message, with what values, and its text."""

    key: str
    params: dict[str, str]
    text: str


class Node(Reply):
    """A number with the rule that made it and the numbers the rule took.

    `exact` is a whole number in `unit`. `how` makes it from those of the inputs, divided by `per`
    where it divides: docs/explanations.md lists the operations.
    """

    key: str
    label: str
    value: str
    exact: str
    unit: str
    how: str
    per: str
    formula: str
    article: str
    source: str
    inputs: list[Node]


class BracketReply(Reply):
    """A stop or a target as a price, and in words what it comes to with both fees."""

    price: str
    text: str


class PreviewReply(Reply):
    """What an order would do, from the engine's own rules. `code` is a Reject's name or empty."""

    ok: bool
    reject: str
    reason: str
    field: str
    seq: int
    sentences: list[str]
    rows: list[Row]
    costs: list[Cost]
    liquidation: Liquidation | None
    submit_label: str
    warnings: list[str] = msgspec.field(default_factory=list)
    facts: list[Fact] = msgspec.field(default_factory=list)
    gate: bool = False  # whether a gate of the account refuses it: the account page says more
    stop: BracketReply | None = None
    target: BracketReply | None = None


class Figure(Reply):
    """A number of an explanation, ready to show."""

    label: str
    value: str


class Moment(Reply):
    """Something that happened on the way to a liquidation, in words."""

    time: int
    text: str


class Standing(Reply):
    """A wallet's equity at a moment, and the maintenance margin it had to cover."""

    time: int
    equity: str
    maintenance: str


class ExplainReply(Reply):
    """Sentences and the numbers they stand on; of a liquidation also how it came about.

    `facts` are the sentences as a program reads them, in the same order; `trees` the numbers that
    were asked for by `number`.
    """

    when: str
    sentences: list[str]
    numbers: list[Figure]
    moments: list[Moment] = msgspec.field(default_factory=list)
    course: list[Standing] = msgspec.field(default_factory=list)
    unit: str | None = None  # the coin that a liquidation's money is counted in; None: dollars
    facts: list[Fact] = msgspec.field(default_factory=list)
    trees: list[Node] = msgspec.field(default_factory=list)
