"""How well a lesson is known: New, Practised, Solid, Kept, each told with its evidence.

A pass raises the level by one, if the level before is old enough; a lapse in free play takes one
back. What is stored is passes and lapses; levels are made of them anew each time.
"""

from __future__ import annotations

from typing import Literal

import msgspec

LEVELS = ("New", "Practised", "Solid", "Kept")
SPACING_MS = 16 * 3_600_000


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A pass or a lapse: when by the wall clock, in which world, and after which commands.

    `free_seq` is how far free play had come: what was before it never lapses a level again.
    """

    kind: Literal["passed", "lapsed"]
    at_ms: int
    world: str
    seqs: list[int]
    free_seq: int


class Standing(msgspec.Struct, frozen=True):
    """A level, the entries it rests on, and from when on a pass raises it (0: at once)."""

    level: int
    evidence: list[Entry]
    next_ms: int

    @property
    def name(self) -> str:
        """The level in a word."""
        return LEVELS[self.level]


def standing(entries: list[Entry]) -> Standing:
    """The level that entries, in order of time, come to."""
    level, changed_ms = 0, 0
    evidence: list[Entry] = []
    for entry in entries:
        if entry.kind == "lapsed":
            level, changed_ms = max(0, level - 1), entry.at_ms
            evidence = [*evidence[:level], entry]
        elif level + 1 < len(LEVELS) and (level == 0 or entry.at_ms >= changed_ms + SPACING_MS):
            level, changed_ms = level + 1, entry.at_ms
            evidence = [*(each for each in evidence if each.kind == "passed"), entry]
    waits = level > 0 and level + 1 < len(LEVELS)
    return Standing(level, evidence, changed_ms + SPACING_MS if waits else 0)
