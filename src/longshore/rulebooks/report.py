"""What `longshore rulebook show` and `check` say."""

from __future__ import annotations

import msgspec
from rich.table import Table

from longshore.rulebooks.loader import Entry, unused_sources
from longshore.rulebooks.rulebook import Rulebook
from longshore.rulebooks.setup import NotWholeError


class Check(msgspec.Struct):
    """What is wrong with a rulebook, and what cannot be relied on."""

    id: str
    problems: list[str]
    unverified: list[str]
    values_count: int


def check(rulebook: Rulebook) -> Check:
    """Whether the engine can hold the rulebook, and how much of it is verified."""
    problems = [f"source {key} is cited by no value" for key in unused_sources(rulebook.terms)]
    try:
        rulebook.setup()
    except NotWholeError as error:
        problems.append(str(error))
    return Check(rulebook.id, problems, rulebook.unverified(), len(list(rulebook.entries())))


def show(rulebook: Rulebook) -> Table:
    """Every value with unit, source, date and whether it is verified."""
    table = Table(title=f"{rulebook.id}: {rulebook.title}", title_justify="left")
    table.add_column("value", overflow="fold")
    for heading in ("is", "unit", "source", "date", "verified", "note"):
        table.add_column(heading)
    for entry in rulebook.entries():
        table.add_row(*show_row(entry))
    return table


def show_row(entry: Entry) -> tuple[str, ...]:
    """One line of `show`, as text."""
    value = entry.value
    stated = value.date.isoformat() if value.date else ""
    verified = "yes" if value.verified else "no"
    return (entry.path, text(value.value), entry.unit, value.source, stated, verified, value.note)


def text(value: object) -> str:
    """A value as a reader writes it: lists with commas, numbers without exponents."""
    if isinstance(value, msgspec.Struct):
        return ", ".join(f"{part:f}" for part in msgspec.structs.astuple(value))
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)
