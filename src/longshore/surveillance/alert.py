"""An alert: what was seen, of whom, when, and the events that show it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from longshore.surveillance.seen import Seen

REFS_MOST = 60
"""So many events are named as evidence, the newest; the span tells of them all."""


class Pattern(StrEnum):
    """What an alert says it looks like."""

    WASH = "wash-trades"
    SPOOFING = "spoofing"
    LAYERING = "layering"
    MARKING = "marking-the-close"
    PUMP = "index-pump"
    HUNTING = "liquidation-hunting"
    RATE = "message-rate"


class Ref(msgspec.Struct, frozen=True, order=True):
    """An event by its place in the journal, and what it is to the alert."""

    seq: int
    index: int
    time_us: int
    what: str


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """For people to look at; nobody is stopped or closed by it."""

    pattern: Pattern
    accounts: tuple[int, ...]
    market_id: int
    """0: no single one."""
    from_seq: int
    to_seq: int
    from_us: int
    to_us: int
    figures: dict[str, int]
    """What was measured, in the unit its name ends with."""
    evidence: tuple[Ref, ...]

    @property
    def key(self) -> tuple[Pattern, int, tuple[int, ...]]:
        """What makes two alerts tell of the same thing."""
        return self.pattern, self.market_id, self.accounts


def ref(event: Seen, what: str) -> Ref:
    """An event as evidence."""
    return Ref(event.seq, event.index, event.time_us, what)


def alert(
    pattern: Pattern,
    accounts: Iterable[int],
    market_id: int,
    refs: Iterable[Ref],
    **figures: int,
) -> Alert:
    """An alert whose span is that of its evidence."""
    named = sorted(set(refs))
    return Alert(
        pattern=pattern,
        accounts=tuple(sorted(accounts)),
        market_id=market_id,
        from_seq=named[0].seq,
        to_seq=named[-1].seq,
        from_us=named[0].time_us,
        to_us=named[-1].time_us,
        figures=figures,
        evidence=tuple(named[-REFS_MOST:]),
    )
