"""What is wrong with a recording, said so that it can be found."""

from __future__ import annotations

from pathlib import Path


class RecordingError(ValueError):
    """A recording that cannot be used; the message names file, line, column and reason."""

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason or message


def refused(path: Path | str, reason: str, line: int = 0, column: str = "") -> RecordingError:
    """The refusal of a file, or of one place in it; lines are counted from 1."""
    place = f"{path}"
    if line:
        place += f", line {line:,}"
    if column:
        place += f", column {column!r}"
    return RecordingError(f"{place}: {reason}", reason)
