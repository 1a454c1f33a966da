"""When a world keeps its state, so that any moment of its past is soon reached again."""

from __future__ import annotations

import time
from collections.abc import Callable

MARK_COMMANDS = 1_000
GAP_S = 2.0
"""Real seconds between two marks at least: a world in a hurry does not spend its time on them."""
COST_SHARE = 50
"""And so many times as long as the last one took: nobody waits for them, however large it is."""
MANY_COMMANDS = 10_000
"""After so many a world is running flat out, and it is the way back that gets long."""
MANY_SHARE = 10
"""Then one is taken after so many times as long as the last one took."""


class Marks:
    """Counts commands since the state was last kept."""

    def __init__(self) -> None:
        self._commands = 0
        self._kept_s = time.monotonic()
        self._cost_s = 0.0

    def taken(self, commands: int, state: Callable[[], bytes]) -> bytes | None:
        """The state, when it is time to keep it now that so many more were carried out."""
        self._commands += commands
        now_s = time.monotonic()
        if self._commands < MARK_COMMANDS or now_s - self._kept_s < self._gap_s():
            return None
        made = state()
        self._commands, self._kept_s = 0, time.monotonic()
        self._cost_s = self._kept_s - now_s
        return made

    def _gap_s(self) -> float:
        """How long ago the last one must be."""
        if self._commands >= MANY_COMMANDS:
            return MANY_SHARE * self._cost_s
        return max(GAP_S, COST_SHARE * self._cost_s)
