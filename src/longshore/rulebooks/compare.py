"""Two rulebooks side by side: the values that differ, and who says so on each side."""

from __future__ import annotations

import msgspec

from longshore.rulebooks.entries import Entry
from longshore.rulebooks.report import text
from longshore.rulebooks.rulebook import Rulebook


class Difference(msgspec.Struct, frozen=True):
    """A value that is not the same in two rulebooks; empty where one does not have it."""

    path: str
    left: str
    left_source: str
    right: str
    right_source: str


def compare(left: Rulebook, right: Rulebook) -> list[Difference]:
    """The values that differ, in the order of the left file, then what only the right one has."""
    before = {entry.path: entry for entry in left.entries()}
    after = {entry.path: entry for entry in right.entries()}
    found = [
        Difference(path, *_side(left, before.get(path)), *_side(right, after.get(path)))
        for path in before | after
    ]
    return [each for each in found if each.left != each.right]


def _side(rulebook: Rulebook, entry: Entry | None) -> tuple[str, str]:
    """The value and where it was read: source, day, and whether it can be relied on."""
    if entry is None:
        return "", ""
    value = entry.value
    source = rulebook.source(value)
    parts = [f"{value.source}: {source.what}"] if source else ["no source"]
    parts += [value.date.isoformat()] if value.date else []
    parts += [] if value.verified else ["unverified"]
    return text(value.value), ", ".join(parts)
