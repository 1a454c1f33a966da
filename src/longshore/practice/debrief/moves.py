"""Every move of a position's stop, why it was moved away where that was said, and what came of it.

What came of one goes by the mark, a minute at a time: whether it reached the stop as it stood
before, and by how much the last close was better or worse than a close there.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from longshore.engine.codes import OrderType
from longshore.engine.rows import Market
from longshore.engine.value import value_atoms
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.practice.debrief.acts import Act, ActKind, acts
from longshore.practice.debrief.story import Story
from longshore.practice.guardrails.log import Logged, StopMoved
from longshore.rulebooks import MarketInfo

MOVES = (ActKind.SET, ActKind.WIDENED, ActKind.TIGHTENED, ActKind.REMOVED)
MINUTE_US = 60_000_000
AWAY = (ActKind.WIDENED, ActKind.REMOVED)


class Minute(msgspec.Struct, frozen=True):
    """The lowest and highest mark from `start_us` on, for a minute."""

    start_us: int
    low_subticks: int
    high_subticks: int


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One move in words; `why` and `more` are empty where they were not asked."""

    kind: ActKind
    seq: int
    time_us: int
    text: str
    why: str
    more: str
    outcome: str


def moves(
    story: Story, info: MarketInfo, log: Sequence[Logged], marks: Sequence[Minute]
) -> list[Move]:
    """All moves in their order; `marks` are those of its time, oldest first."""
    done = acts(story)
    said = {entry.seq: entry for entry in log if isinstance(entry, StopMoved)}
    return [
        _move(info, act, said.get(act.seq), _outcome(story, info, done, place, marks))
        for place, act in enumerate(done)
        if act.kind in MOVES
    ]


def _move(info: MarketInfo, act: Act, said: StopMoved | None, outcome: str) -> Move:
    prices = {"before": _price(info, act.before_ticks), "stop": _price(info, act.stop_ticks)}
    return Move(
        kind=act.kind,
        seq=act.seq,
        time_us=act.time_us,
        text=say(f"did-{act.kind}", **prices),
        why=say(f"why-{said.why}") if said else "",
        more=fmt.amount(info, said.more_atoms) if said else "",
        outcome=outcome,
    )


def _outcome(
    story: Story, info: MarketInfo, done: Sequence[Act], place: int, marks: Sequence[Minute]
) -> str:
    act = done[place]
    if act.kind in AWAY:
        return _of_away(story, info, act, marks)
    if any(later.stop_ticks != act.stop_ticks for later in done[place + 1 :]):
        return say("move-again")
    acted = story.end.type == OrderType.STOP
    return say("move-acted" if acted else "move-idle", stop=_price(info, act.stop_ticks))


def _of_away(story: Story, info: MarketInfo, act: Act, marks: Sequence[Minute]) -> str:
    """Whether the stop before would have acted, and what the last close was beside it."""
    earlier = _price(info, act.before_ticks)
    if not _reached(story, act, marks):
        return say("move-unreached", stop=earlier)
    better = _better_atoms(story.market, story, act.before_ticks)
    return say(
        "move-worse" if better < 0 else "move-better",
        stop=earlier,
        size=fmt.size(info, story.end.qty_lots),
        amount=fmt.amount(info, abs(better)),
    )


def _reached(story: Story, act: Act, marks: Sequence[Minute]) -> bool:
    """Whether the mark came to the earlier stop between the move and the end."""
    stop = act.before_ticks * int(story.market.tick_subticks)
    later = [m for m in marks if act.time_us - MINUTE_US < m.start_us <= story.end.time_us]
    if story.way > 0:
        return any(minute.low_subticks <= stop for minute in later)
    return any(minute.high_subticks >= stop for minute in later)


def _better_atoms(market: Market, story: Story, stop_ticks: int) -> int:
    """By how much the last close was better than one at a stop, by its price alone."""
    end = story.end
    ticks = end.price_ticks or end.mark_subticks // int(market.tick_subticks)
    at_end, at_stop = (int(value_atoms(market, at, end.qty_lots)) for at in (ticks, stop_ticks))
    gap = abs(at_end - at_stop)
    return gap if story.way * ticks >= story.way * stop_ticks else -gap


def _price(info: MarketInfo, ticks: int) -> str:
    return f"{info.price(ticks):,f}"
