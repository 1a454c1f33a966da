"""Liquidation hunting: a market is pushed until others are liquidated, and taken back from them.

Who only goes after a liquidation that has begun has pushed nothing before it. SURV-006
"""

from __future__ import annotations

from typing import ClassVar

from longshore.engine.events import EventKind
from longshore.surveillance.alert import Pattern
from longshore.surveillance.push import Pushes, PushTerms
from longshore.surveillance.seen import Seen


class Hunting(Pushes):
    """Pushes against the position of somebody else that end with its liquidation."""

    KINDS: ClassVar[frozenset[EventKind]] = frozenset(
        (EventKind.LIQUIDATION_STARTED, EventKind.FILLED)
    )
    PATTERN: ClassVar[Pattern] = Pattern.HUNTING
    MOMENT: ClassVar[EventKind] = EventKind.LIQUIDATION_STARTED
    TERMS: ClassVar[PushTerms] = PushTerms(
        before_s=60,
        share_percent=40,
        moved_ppm=500,
        dollars=50_000,
        after_s=180,
        back_percent=50,
    )

    def way(self, event: Seen) -> int:
        """Down for a long position, up for a short one."""
        return -1 if event.position_lots > 0 else 1
