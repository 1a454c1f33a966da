"""What a world driven from Python raises."""

from __future__ import annotations


class WorldError(ValueError):
    """What was asked of a world cannot be; the message says why."""
