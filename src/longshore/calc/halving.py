"""The search for a price: where a condition that holds near by ends."""

from __future__ import annotations

from collections.abc import Callable


def edge(bad: int, good: int, is_good: Callable[[int], bool]) -> int:
    """The last good number on the way from a good one to another; that one if it is good too."""
    if is_good(bad):
        return bad
    while abs(good - bad) > 1:
        middle = (good + bad) // 2
        if is_good(middle):
            good = middle
        else:
            bad = middle
    return good
