"""The few moments of a position worth a second look, each with what could be done at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import msgspec

from longshore.engine.codes import OrderType, Role
from longshore.practice.debrief.acts import Act, ActKind
from longshore.practice.debrief.story import Story

MOMENTS_MAX = 3
Choice = Literal["did", "leave", "close", "half"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
CHANGES: dict[Choice, str] = {"leave": "leave", "close": "close", "half": "close half"}
"""What each choice is to `counterfactual`; what was done needs no running again."""
READ = 0
"""The moment under which it is kept that a debrief was read to its end."""
_ORDER = (
    (ActKind.REMOVED, ActKind.WIDENED),
    (ActKind.ADDED,),
    (ActKind.OPENED,),
    (ActKind.REDUCED, ActKind.TIGHTENED),
)


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """One decision: the command that made it. `seq` names it; `before_seq` is where it was open."""

    kind: Literal["opened", "added", "reduced", "widened", "tightened", "removed", "closed"]
    seq: int
    time_us: int
    lots: int
    before_ticks: int
    stop_ticks: int

    @property
    def before_seq(self) -> int:
        """The last command before it."""
        return self.seq - 1

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What could be done, what was done first."""
        if self.kind == "opened":
            return ("did", "leave")
        if self.kind == "closed":
            return ("did", "leave", "half")
        return CHOICES


def moments(story: Story, done: Sequence[Act]) -> list[Moment]:
    """At most three, those first that changed the plan; in order of time."""
    found: list[Moment] = []
    for kinds in _ORDER[:2]:
        found += [_of_act(act, done) for act in done if act.kind in kinds]
    if _closed_by_hand(story):
        found.append(_closing(story, done))
    for kinds in _ORDER[2:]:
        found += [_of_act(act, done) for act in done if act.kind in kinds and act.kind != "set"]
    return sorted(found[:MOMENTS_MAX], key=lambda moment: moment.seq)


def _of_act(act: Act, done: Sequence[Act]) -> Moment:
    return Moment(
        kind=act.kind.value,  # type: ignore[arg-type]  # SET is never among them
        seq=act.seq,
        time_us=act.time_us,
        lots=_lots_before(act.seq, done),
        before_ticks=act.before_ticks,
        stop_ticks=act.stop_ticks,
    )


def _closing(story: Story, done: Sequence[Act]) -> Moment:
    stop = done[-1].stop_ticks if done else 0
    return Moment(
        kind="closed",
        seq=story.end.seq,
        time_us=story.end.time_us,
        lots=_lots_before(story.end.seq, done),
        before_ticks=stop,
        stop_ticks=stop,
    )


def _lots_before(seq: int, done: Sequence[Act]) -> int:
    """The size held before a command."""
    return next((act.lots for act in reversed(done) if act.seq < seq and act.lots), 0)


def _closed_by_hand(story: Story) -> bool:
    by_order = story.end.type in (OrderType.STOP, OrderType.TAKE_PROFIT)
    return story.end.role in (Role.MAKER, Role.TAKER) and not by_order
