"""When a world keeps its state, so that any moment of its past is soon reached again."""

from __future__ import annotations

import time

MARK_COMMANDS = 1_000
GAP_S = 2.0
"""Real seconds between two marks at least: a world in a hurry does not spend its time on them."""


class Marks:
    """Counts commands since the state was last kept."""

    def __init__(self) -> None:
        self._commands = 0
        self._kept_s = time.monotonic()

    def is_due(self, commands: int) -> bool:
        """Whether to keep the state now that so many more were carried out."""
        self._commands += commands
        now_s = time.monotonic()
        if self._commands < MARK_COMMANDS or now_s - self._kept_s < GAP_S:
            return False
        self._commands, self._kept_s = 0, now_s
        return True
