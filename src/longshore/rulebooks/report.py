"""What `longshore rulebook show` and `check` say."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from rich.table import Table

from longshore.rulebooks.entries import Entry, entries, unused_sources
from longshore.rulebooks.loader import read_terms
from longshore.rulebooks.numbers import CannotHoldError
from longshore.rulebooks.problems import Problem, located
from longshore.rulebooks.rulebook import Rulebook
from longshore.rulebooks.setup import make_setup
from longshore.rulebooks.terms import Terms


class Check(msgspec.Struct):
    """What is wrong with a rulebook file, and what in it cannot be relied on."""

    id: str
    file: str
    problems: list[Problem]
    unverified: list[str]
    values_count: int


def check(text: str, file: str) -> Check:
    """Whether a file's text is a rulebook that the engine can hold, and how much is verified."""
    terms, problems = read_terms(text)
    if terms is None:
        return Check("", file, problems, [], 0)
    unused = [Problem(f"sources.{key}", "is cited by no value") for key in unused_sources(terms)]
    problems += located([*unused, *([] if problems else _not_whole(terms))], text)
    values = list(entries(terms))
    unverified = [entry.path for entry in values if not entry.value.verified]
    return Check(terms.id, file, problems, unverified, len(values))


def _not_whole(terms: Terms) -> Iterator[Problem]:
    """The first value that the engine's units cannot hold."""
    try:
        make_setup(terms)
    except CannotHoldError as error:
        yield Problem(error.path, error.reason)


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
