"""A class's progress as a file, for a teacher's own records."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from longshore.explain.format import cell

if TYPE_CHECKING:
    from longshore.venue.dialects.native.schema.classes import ClassPage

COLUMNS = ("class", "learner", "joined", "lesson", "title", "level", "level_name", "evidence")
MS_PER_S = 1_000


def as_json(page: ClassPage) -> bytes:
    """The learners of a class with levels and evidence; without the join code."""
    kept = {"class": page.title, "learners": page.learners}
    return msgspec.json.format(msgspec.json.encode(kept), indent=2)


def as_csv(page: ClassPage) -> bytes:
    """A line a learner and lesson; evidence is joined by semicolons."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for learner in page.learners:
        joined = datetime.fromtimestamp(learner.joined_ms / MS_PER_S, UTC)
        about = (cell(page.title), cell(learner.name), f"{joined:%Y-%m-%d %H:%M}")
        for each in learner.lessons:
            known = (each.level, each.level_name, "; ".join(each.evidence))
            lines.writerow((*about, each.name, each.title, *known))
    return text.getvalue().encode()
