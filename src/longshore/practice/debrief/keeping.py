"""Which parts of a plan were kept: five facts, by acts alone.

Whether the position gained or lost is not asked anywhere: the same acts keep the same facts in a
market that rises and in one that falls.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from longshore.engine.rows import Market
from longshore.engine.value import value_atoms
from longshore.practice.debrief.acts import Act, ActKind
from longshore.practice.debrief.story import Story
from longshore.practice.plan import Plan

FactKey = Literal["plan", "stop", "size", "limit", "debrief"]
FACTS: tuple[FactKey, ...] = ("plan", "stop", "size", "limit", "debrief")


class Kept(msgspec.Struct, frozen=True):
    """One fact, and whether it was kept."""

    key: FactKey
    kept: bool


def kept(story: Story, plans: Sequence[Plan], done: Sequence[Act], *, read: bool) -> list[Kept]:
    """The five facts. Without a plan there is no stop, size or limit to keep."""
    planned = bool(plans) and plans[0].order_id == story.held.order_ids[0]
    facts = {
        "plan": planned,
        "stop": planned and stop_kept(story, plans, done),
        "size": planned and size_kept(story, plans),
        "limit": planned and limit_kept(story, plans, done),
        "debrief": read,
    }
    return [Kept(key, facts[key]) for key in FACTS]


def score(facts: Sequence[Kept]) -> int:
    """How many were kept."""
    return sum(fact.kept for fact in facts)


def stop_kept(story: Story, plans: Sequence[Plan], done: Sequence[Act]) -> bool:
    """There from the start at the planned price or nearer, never moved away, never taken away."""
    opened = next((act for act in done if act.kind == ActKind.OPENED), None)
    if any(act.kind in (ActKind.WIDENED, ActKind.REMOVED) for act in done):
        return False
    if opened is None:
        return True
    way = story.way
    return opened.stop_ticks != 0 and way * opened.stop_ticks >= way * plans[0].stop_ticks


def size_kept(story: Story, plans: Sequence[Plan]) -> bool:
    """Never larger than what was planned; what was added had a plan of its own."""
    return story.most_lots <= sum(plan.lots for plan in plans)


def limit_kept(story: Story, plans: Sequence[Plan], done: Sequence[Act]) -> bool:
    """At no time could more be lost at the stop than was accepted, by the price alone.

    |value at entry - value at the stop| of the size held <= the most to lose, summed over plans.
    """
    limit = sum(plan.loss_atoms for plan in plans)
    entry, lots = story.mean_ticks(entry=True)
    held = 0
    for act in done:
        held = act.lots or held
        if act.stop_ticks == 0:
            return False
        loses = story.way * (entry - act.stop_ticks * lots) > 0
        if loses and _at_risk(story.market, entry // lots, held, act.stop_ticks) > limit:
            return False
    return True


def _at_risk(market: Market, entry_ticks: int, lots: int, stop_ticks: int) -> int:
    at_entry, at_stop = (int(value_atoms(market, at, lots)) for at in (entry_ticks, stop_ticks))
    return abs(at_entry - at_stop)
