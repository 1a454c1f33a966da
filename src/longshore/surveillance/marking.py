"""Marking the close: a market is pushed just before funding is set, and let go just after.

SURV-005
"""

from __future__ import annotations

from typing import ClassVar

from longshore.engine.events import EventKind
from longshore.surveillance.alert import Pattern
from longshore.surveillance.push import EITHER, Pushes, PushTerms
from longshore.surveillance.seen import Seen


class Marking(Pushes):
    """Pushes either way that end with a funding rate."""

    KINDS: ClassVar[frozenset[EventKind]] = frozenset((EventKind.FUNDING_SET, EventKind.FILLED))
    PATTERN: ClassVar[Pattern] = Pattern.MARKING
    MOMENT: ClassVar[EventKind] = EventKind.FUNDING_SET
    TERMS: ClassVar[PushTerms] = PushTerms(
        before_s=120,
        share_percent=55,
        moved_ppm=300,
        dollars=50_000,
        after_s=600,
        back_percent=50,
    )

    def way(self, event: Seen) -> int:
        """Whoever pays would have it lower, whoever is paid higher."""
        return EITHER
