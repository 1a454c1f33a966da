"""Maintenance of the venue in sentences: what is planned, what is under way, what was."""

from __future__ import annotations

from typing import NamedTuple

from longshore.engine.codes import Phase
from longshore.engine.limits import DOWNTIMES_MAX
from longshore.engine.state import State
from longshore.explain.format import countdown, moment
from longshore.explain.sentences import say

KEYS = {
    Phase.ANNOUNCED: "announced",
    Phase.CLOSING: "closing",
    Phase.DOWN: "down",
    Phase.OPENING: "opening",
    Phase.OVER: "over",
    Phase.CALLED_OFF: "called-off",
}
"""How the sentences of each phase are named."""


class Downtime(NamedTuple):
    """One that is planned or under way, with its four times."""

    number: int
    phase: Phase
    closing_us: int
    down_us: int
    opening_us: int
    active_us: int

    @property
    def is_under_way(self) -> bool:
        """Whether the venue takes less than usual."""
        return self.phase != Phase.ANNOUNCED

    @property
    def next_us(self) -> int:
        """When this phase is over."""
        times = {
            Phase.ANNOUNCED: self.closing_us,
            Phase.CLOSING: self.down_us,
            Phase.DOWN: self.opening_us,
        }
        return times.get(self.phase, self.active_us)


def planned(view: State) -> list[Downtime]:
    """All that are planned or under way, the soonest first."""
    rows = (view.downtimes[at] for at in range(1, DOWNTIMES_MAX + 1))
    found = [
        Downtime(
            int(row.number),
            Phase(int(row.phase)),
            int(row.closing_us),
            int(row.down_us),
            int(row.opening_us),
            int(row.active_us),
        )
        for row in rows
        if row.number
    ]
    return sorted(found, key=lambda each: each.closing_us)


def next_one(view: State) -> Downtime | None:
    """The one that is under way, or comes next."""
    return next(iter(planned(view)), None)


def told(each: Downtime, now_us: int) -> str:
    """Where it stands, and how long until the next step."""
    return say(
        f"downtime-{KEYS[each.phase]}",
        down=moment(each.down_us),
        up=moment(each.opening_us),
        wait=countdown(max(0, each.next_us - now_us)),
    )


def means(each: Downtime) -> list[str]:
    """Its course, step by step; steps of no length are left out."""
    steps = {
        "closing": (each.closing_us, each.down_us),
        "down": (each.down_us, each.opening_us),
        "opening": (each.opening_us, each.active_us),
    }
    return [
        say(f"downtime-step-{key}", since=moment(start_us), until=moment(end_us))
        for key, (start_us, end_us) in steps.items()
        if end_us > start_us
    ]


def refused_until(until_us: int) -> str:
    """Why nothing is taken, and until when."""
    return say("downtime-refused", up=moment(until_us))
