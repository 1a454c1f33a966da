"""Rate limits: counters that calls add to and world time takes from.

How full a counter may be is the world's choice (`limits` of a scenario): off, as it is unless asked
for, because most clients bring a limiter that knows nothing of a venue's costs; as the real venue
has it; or generous, with room for ten times as much.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

ROOM = {"off": 0, "generous": 10, "real": 1}
"""How many times the real venue's room there is; 0: no end to it."""


class Size(NamedTuple):
    """How much a counter holds, and how much of it passes in how long."""

    most: int
    passes: int
    in_us: int


class Pools:
    """A counter of one size for each who is counted."""

    def __init__(self, size: Size, limits: str) -> None:
        """Nothing counted yet; `limits` is the world's choice."""
        room = ROOM[limits]
        self._is_off = room == 0
        self._most = size.most * room * size.in_us  # in parts: a cost times `in_us`
        self._passes = size.passes * room  # parts a microsecond
        self._in_us = size.in_us
        self._used: dict[Hashable, tuple[int, int]] = {}  # parts, and when they were counted

    def spend(self, who: Hashable, cost: int, now_us: int) -> int:
        """Count a call. 0: it fits; else how many microseconds until it would, and nothing counts.

        What costs more than there is room for fits never, and waits as for a whole room.
        """
        if self._is_off or cost == 0:
            return 0
        used, at_us = self._used.get(who, (0, now_us))
        used = max(0, used - (now_us - at_us) * self._passes)
        wanted = used + cost * self._in_us
        if wanted > self._most:
            return -(-min(wanted - self._most, self._most) // self._passes)
        self._used[who] = (wanted, now_us)
        return 0
