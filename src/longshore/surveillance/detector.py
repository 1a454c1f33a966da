"""What every detector is: thresholds, the kinds of events it takes, and what it finds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Protocol

from longshore.engine.events import EventKind
from longshore.surveillance.alert import Alert
from longshore.surveillance.seen import Seen

S_US = 1_000_000
PERCENT = 100
Found = Iterable[Alert]
NOTHING: tuple[Alert, ...] = ()


class Detector(Protocol):
    """Sees events in order, the tape having seen each before it."""

    KINDS: ClassVar[frozenset[EventKind]]

    @property
    def terms(self) -> Any:
        """Its thresholds."""
        ...

    def take(self, event: Seen) -> Found:
        """What one more event makes of what it remembers."""
        ...

    def forget(self, before_us: int) -> None:
        """What is older is not needed any more."""
        ...
