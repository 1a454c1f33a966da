"""Which rule made the difference: by running one rulebook with one group of the other's values.

A group that alone brings the other end is said to do so; whatever else differs is listed as such.
Nothing is inferred from the values themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from longshore.explain.sentences import say
from longshore.practice.compare.groups import differing, place_of, put, used_paths
from longshore.practice.compare.outcome import Outcome, money
from longshore.practice.compare.rules import Fitted, Rule
from longshore.practice.compare.trade import Trade
from longshore.rulebooks.terms import Terms

Verdict = Literal["flips", "changes", "nothing", "untried"]
Trials = Literal["all", "ends"]
"""Which groups are tried: `ends`: only where the trade ends otherwise, not for other numbers."""
ORDER: tuple[Verdict, ...] = ("flips", "changes", "untried", "nothing")


class ValuePair(msgspec.Struct, frozen=True):
    """One value in both rulebooks; None where one does not have it."""

    left: Rule | None
    right: Rule | None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Values that belong together, and what the left rulebook came to with the right ones alone."""

    group: str
    label: str
    values: list[ValuePair]
    verdict: Verdict
    told: str
    kept: str = ""
    liquidated_at: str = ""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two outcomes, and the groups of values between them, the deciding ones first."""

    left: str
    right: str
    same: bool
    told: str
    groups: list[Group]


class Question(msgspec.Struct, frozen=True):
    """A group of the right rulebook's put into the first. `entry_only`: the entry will tell."""

    right: int
    group: str
    values: list[ValuePair]
    terms: Terms
    entry_only: bool


def is_same(left: Outcome, right: Outcome) -> bool:
    """Whether two outcomes are one: the end, when, and what was kept."""
    return _signature(left) == _signature(right)


def _signature(outcome: Outcome) -> tuple[str, str | None, str]:
    return outcome.end, outcome.liquidated_at, outcome.kept.value


def questions(
    fitted: Sequence[Fitted | None], outcomes: Sequence[Outcome], trade: Trade, market: str
) -> list[Question]:
    """What to try: the first rulebook with each group of every other one whose outcome differs."""
    found: list[Question] = []
    left = fitted[0]
    if left is None:
        return found
    notional = _notional(trade, outcomes)
    for index, right in enumerate(fitted):
        if index == 0 or right is None or is_same(outcomes[0], outcomes[index]):
            continue
        used = used_paths(left.terms, trade, market, notional)
        used |= used_paths(right.terms, trade, market, notional)
        entry_only = outcomes[0].is_taken and not outcomes[index].is_taken
        ours, theirs = left.rules(), right.rules()
        for group, paths in differing(ours, theirs, used).items():
            terms = put(left.terms, right.terms, map(place_of, paths))
            values = [ValuePair(ours.get(path), theirs.get(path)) for path in paths]
            found.append(Question(index, group, values, terms, entry_only))
    return found


def _notional(trade: Trade, outcomes: Sequence[Outcome]) -> Decimal:
    """The position's value at the dearest entry there was."""
    entries = [Decimal(each.entry_price.value) for each in outcomes if each.entry_price]
    return trade.size * max(entries, default=Decimal("Infinity"))


def pair(
    left: Outcome, right: Outcome, asked: list[Question], answers: list[Outcome | str]
) -> Pair:
    """What the trials say about two outcomes."""
    groups = [_judged(left, right, *each) for each in zip(asked, answers, strict=True)]
    groups.sort(key=lambda group: (ORDER.index(group.verdict), -_moved(left, group)))
    return Pair(
        left=left.rulebook,
        right=right.rulebook,
        same=is_same(left, right),
        told=_told(left, right, groups),
        groups=groups,
    )


def _moved(left: Outcome, group: Group) -> Decimal:
    return abs(Decimal(group.kept) - Decimal(left.kept.value)) if group.kept else Decimal(0)


def _judged(left: Outcome, right: Outcome, asked: Question, alone: Outcome | str) -> Group:
    if isinstance(alone, str):
        verdict: Verdict = "untried"
        told, kept, at = say("compare-untried", why=alone), "", None
    else:
        verdict = _verdict(left, right, alone, asked.entry_only)
        told = _told_group(left, right, alone, verdict, asked.entry_only)
        kept = "" if asked.entry_only else alone.kept.value
        at = None if asked.entry_only else alone.liquidated_at
    return Group(
        group=asked.group,
        label=say(f"compare-group-{asked.group}"),
        values=asked.values,
        verdict=verdict,
        told=told,
        kept=kept,
        liquidated_at=at or "",
    )


def _told_group(
    left: Outcome, right: Outcome, alone: Outcome, verdict: Verdict, entry_only: bool
) -> str:
    if verdict == "nothing":
        return say("compare-not-refused" if entry_only else "compare-nothing")
    names = {"left": left.rulebook, "right": right.rulebook}
    if not alone.is_taken:
        return say(f"compare-{verdict}-refused", end=alone.told, **names)
    return say(f"compare-{verdict}", end=alone.told, kept=money(alone.kept), **names)


def _verdict(left: Outcome, right: Outcome, alone: Outcome, entry_only: bool) -> Verdict:
    if left.end != right.end and alone.end == right.end:
        return "flips"
    if entry_only or is_same(alone, left):
        return "nothing"
    return "changes"


def _told(left: Outcome, right: Outcome, groups: list[Group]) -> str:
    names = {"left": left.rulebook, "right": right.rulebook}
    if is_same(left, right):
        return say("compare-pair-same", **names)
    made = [group.label for group in groups if group.verdict in ("flips", "changes")]
    if not groups:
        refusing = next((each for each in (left, right) if not each.is_taken), None)
        if refusing is not None:
            return say("compare-pair-refused", name=refusing.rulebook, end=refusing.told)
        return say("compare-pair-no-values", **names)
    if left.end == right.end:
        if all(group.verdict == "untried" for group in groups):
            return say("compare-pair-untried", **names)
        listed = ", ".join(made) or say("compare-no-group")
        return say("compare-pair-numbers", groups=listed, **names)
    flips = [group.label for group in groups if group.verdict == "flips"]
    if flips:
        return say("compare-pair-flips", groups=", ".join(flips), **names)
    return say("compare-pair-together", **names)
