"""A debrief in words: what it came to, the plan beside what happened, what was kept."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

import msgspec

from longshore.explain import format as fmt
from longshore.explain.came_to import Told, told_parts
from longshore.explain.sentences import say
from longshore.practice.debrief.acts import Act, acts
from longshore.practice.debrief.keeping import FactKey, Kept, kept, score
from longshore.practice.debrief.moments import READ, Moment, moments
from longshore.practice.debrief.story import Story
from longshore.practice.plan import Plan
from longshore.rulebooks import MarketInfo

LESSONS: dict[FactKey, str] = {
    "plan": "define-the-risk",
    "stop": "under-stress",
    "size": "size-margin-leverage",
    "limit": "define-the-risk",
    "debrief": "under-stress",
}
"""What to practise where a fact was not kept."""
NONE = "–"


class Row(msgspec.Struct, frozen=True):
    """One line of plan beside what happened; `kept` None: nothing that could be kept."""

    key: str
    planned: str
    actual: str
    kept: bool | None


class Debrief(msgspec.Struct, frozen=True):
    """Everything of one closed position, in words and in parts that add up."""

    told: Told
    headline: str
    rows: list[Row]
    facts: list[Kept]
    moments: list[Moment]
    practise: str
    rule: str

    @property
    def score(self) -> int:
        """How many of the facts were kept."""
        return score(self.facts)


def debrief(
    story: Story, info: MarketInfo, plans: Sequence[Plan], chosen: dict[int, str], cause: str
) -> Debrief:
    """All of it. `cause` is by whom or what it was ended, in words."""
    done = acts(story)
    found = moments(story, done)
    read = READ in chosen or (bool(found) and all(each.seq in chosen for each in found))
    facts = kept(story, plans, done, read=read)
    told = told_parts(info, story.parts)
    broken = next((fact.key for fact in facts if not fact.kept and fact.key != "debrief"), None)
    return Debrief(
        told=told,
        headline=_headline(story, info, told, cause),
        rows=_rows(Meant(story, info, plans, done, facts), told.result, cause),
        facts=facts,
        moments=found,
        practise=LESSONS[broken] if broken else "",
        rule=say(f"rule-{broken}") if broken else "",
    )


def _headline(story: Story, info: MarketInfo, told: Told, cause: str) -> str:
    return say(
        "debrief-head",
        side=say("side-long") if story.held.is_long else say("side-short"),
        size=fmt.size(info, story.most_lots),
        time=fmt.countdown(story.end.time_us - story.held.opened_us),
        cause=cause,
        result=told.result,
    )


class Meant(msgspec.Struct, frozen=True):
    """A position with what was meant by it and what was done."""

    story: Story
    info: MarketInfo
    plans: Sequence[Plan]
    done: Sequence[Act]
    facts: Sequence[Kept]

    @property
    def first(self) -> Plan | None:
        """The plan it was opened with."""
        return self.plans[0] if self.plans else None

    def kept(self, key: FactKey) -> bool | None:
        """Whether a fact was kept; None without a plan."""
        return next(fact.kept for fact in self.facts if fact.key == key) if self.plans else None


def _rows(meant: Meant, result: str, cause: str) -> list[Row]:
    story, info, plan = meant.story, meant.info, meant.first
    lots = sum(each.lots for each in meant.plans)
    loss = sum(each.loss_atoms for each in meant.plans)
    left = say("debrief-exit", price=_mean(story, info, entry=False), cause=cause)
    return [
        Row(
            "entry",
            _price(info, plan.entry_ticks if plan else 0),
            _mean(story, info, entry=True),
            None,
        ),
        Row(
            "stop",
            _price(info, plan.stop_ticks if plan else 0),
            _stops(info, meant.done),
            meant.kept("stop"),
        ),
        Row(
            "size",
            fmt.size(info, lots) if plan else NONE,
            fmt.size(info, story.most_lots),
            meant.kept("size"),
        ),
        Row("limit", fmt.amount(info, loss) if plan else NONE, result, meant.kept("limit")),
        Row("hold", *_hold(story, plan)),
        Row("exit", _price(info, plan.target_ticks if plan else 0), left, None),
    ]


def _hold(story: Story, plan: Plan | None) -> tuple[str, str, bool | None]:
    held_us = story.end.time_us - story.held.opened_us
    if plan is None or not plan.hold_us:
        return NONE, fmt.countdown(held_us), None
    return fmt.countdown(plan.hold_us), fmt.countdown(held_us), held_us <= plan.hold_us


def _stops(info: MarketInfo, done: Sequence[Act]) -> str:
    """Every price it stood at, in order; a dash where there was none."""
    prices = [_price(info, act.stop_ticks) for act in done]
    moved = [
        price for place, price in enumerate(prices) if place == 0 or price != prices[place - 1]
    ]
    return " → ".join(moved) or NONE


def _price(info: MarketInfo, ticks: int) -> str:
    return f"{info.price(ticks):,f}" if ticks else NONE


def _mean(story: Story, info: MarketInfo, *, entry: bool) -> str:
    total, lots = story.mean_ticks(entry=entry)
    if lots == 0:
        return _price_of_mark(story, info)
    ticks = (Decimal(total) / lots).quantize(Decimal(1), ROUND_HALF_EVEN)
    return f"{info.price(int(ticks)):,f}"


def _price_of_mark(story: Story, info: MarketInfo) -> str:
    """A market that ended closed it at its last mark."""
    return fmt.price(info, story.end.mark_subticks)


def before(info: MarketInfo, moment: Moment, mark: str) -> str:
    """How things stood when it had to be decided."""
    if moment.lots == 0:
        return say("moment-flat", time=fmt.moment(moment.time_us), mark=mark)
    return say(
        "moment-held",
        time=fmt.moment(moment.time_us),
        mark=mark,
        size=fmt.size(info, moment.lots),
        stop=_price(info, moment.before_ticks),
    )


def after(info: MarketInfo, moment: Moment, made: Debrief, cause: str) -> str:
    """What was done, and how all of it ended."""
    did = say(
        f"did-{moment.kind}",
        before=_price(info, moment.before_ticks),
        stop=_price(info, moment.stop_ticks),
    )
    return say("moment-after", did=did, cause=cause, result=made.told.result)
