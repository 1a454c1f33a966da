"""What its owner did while a position was open: stops set, moved, taken away; size changed.

Only what was asked for counts, never what the market did: a stop that fired was not taken away.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby

import msgspec

from longshore.engine.codes import OrderType, Reason, Role, Side
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.practice.debrief.story import Story

GRACE_US = 10_000_000
"""A position is not called unprotected before this long, nor when it is closed within it."""
_LIVES = (EventKind.ORDER_PLACED, EventKind.ORDER_AMENDED)
_GOES = (EventKind.ORDER_ENDED, EventKind.ORDER_TRIGGERED)


class ActKind(StrEnum):
    """What was done."""

    OPENED = "opened"
    ADDED = "added"
    REDUCED = "reduced"
    SET = "set"
    WIDENED = "widened"
    TIGHTENED = "tightened"
    REMOVED = "removed"


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One act: the command that did it, and how size and stop stood after it.

    `stop_ticks` is the nearest stop, 0 without one; `before_ticks` the one before the act.
    """

    kind: ActKind
    seq: int
    time_us: int
    lots: int
    stop_ticks: int
    before_ticks: int


class _Stops:
    """The stops of a position that still wait."""

    def __init__(self, way: int) -> None:
        self._way = way
        self._at: dict[int, int] = {}

    def take(self, event: Event) -> None:
        """Follow one order event."""
        closing = Side.SELL if self._way > 0 else Side.BUY
        if event.type != OrderType.STOP or event.side != closing:
            return
        if event.kind in _LIVES and (event.flag == 1 or event.order_id in self._at):
            self._at[int(event.order_id)] = int(event.trigger_ticks)
        elif event.kind in _GOES:
            self._at.pop(int(event.order_id), None)

    @property
    def nearest_ticks(self) -> int:
        """The one that acts first; 0: there is none."""
        if not self._at:
            return 0
        return max(self._at.values()) if self._way > 0 else min(self._at.values())


def acts(story: Story) -> list[Act]:
    """All acts up to the command that ended it, in order."""
    return list(_lasting(list(_each(story)), story.end.time_us))


def _each(story: Story) -> Iterator[Act]:
    stops = _Stops(story.way)
    for event in story.placed_before:
        stops.take(event)
    opened = False
    for seq, group in groupby(story.window, key=lambda event: int(event.seq)):
        if seq == story.end.seq:
            return
        together = list(group)
        before = stops.nearest_ticks
        for event in together:
            stops.take(event)
        own = [event for event in together if event in story.fills]
        lots = abs(int(own[-1].position_lots)) if own else 0
        kind = _sized(story, own, opened=opened)
        opened = opened or bool(own)
        if kind is None and opened and not _was_fired(together):
            kind = _moved(story.way, before, stops.nearest_ticks)
        if kind is not None:
            yield Act(
                kind=kind,
                seq=seq,
                time_us=int(together[0].time_us),
                lots=lots,
                stop_ticks=stops.nearest_ticks,
                before_ticks=before,
            )


def _sized(story: Story, own: list[Event], *, opened: bool) -> ActKind | None:
    """What fills did to the size; what a liquidation did to it was not asked for."""
    if not own:
        return None
    if not opened:
        return ActKind.OPENED
    if any(story.added_lots(event) for event in own):
        return ActKind.ADDED
    forced = any(event.role > Role.TAKER for event in own)
    asked = all(event.type not in (OrderType.STOP, OrderType.TAKE_PROFIT) for event in own)
    return ActKind.REDUCED if asked and not forced else None


def _was_fired(together: list[Event]) -> bool:
    """Whether a stop went by itself in this command, not by its owner."""
    ends = [event for event in together if event.kind in _GOES]
    return any(
        event.kind == EventKind.ORDER_TRIGGERED or event.reason != Reason.BY_USER for event in ends
    )


def _moved(way: int, before: int, after: int) -> ActKind | None:
    if before == after:
        return None
    if after == 0:
        return ActKind.REMOVED
    if before == 0:
        return ActKind.SET
    return ActKind.TIGHTENED if way * after > way * before else ActKind.WIDENED


def _lasting(found: list[Act], ended_us: int) -> Iterator[Act]:
    """Without a stop that was gone for a moment only: taken out to be set anew, or to close."""
    for place, act in enumerate(found):
        if act.kind == ActKind.REMOVED:
            later = found[place + 1 :]
            back = next((each.time_us for each in later if each.stop_ticks), ended_us)
            if back - act.time_us <= GRACE_US:
                continue
        yield act
