"""What is wrong with a rulebook file, and where."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from longshore.rulebooks.lines import line_of


class Problem(msgspec.Struct, frozen=True):
    """One thing to mend: the key it is about, why, and the line once the text is known."""

    path: str
    reason: str
    line: int = 0

    def __str__(self) -> str:
        """As `check` prints it after the file's name."""
        return ": ".join(part for part in (str(self.line or ""), self.path, self.reason) if part)


def located(problems: Iterable[Problem], text: str) -> list[Problem]:
    """The problems with their lines, in the order of the file."""
    placed = [
        msgspec.structs.replace(each, line=each.line or line_of(text, each.path))
        for each in problems
    ]
    return sorted(placed, key=lambda each: each.line)
