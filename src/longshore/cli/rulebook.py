"""Commands on the rulebooks in the package."""

from __future__ import annotations

import msgspec

from longshore import rulebooks
from longshore.cli.output import CliError, Json, emit, table
from longshore.rulebooks.report import text
from longshore.rulebooks.rulebook import Rulebook


class RulebookInfo(msgspec.Struct, frozen=True):
    """One line of `rulebook list`."""

    id: str
    venue: str
    region: str
    as_of: str
    unverified: int


class ValueInfo(msgspec.Struct, frozen=True):
    """One value of `rulebook show`."""

    path: str
    value: str
    unit: str
    source: str
    date: str
    verified: bool
    note: str


class Difference(msgspec.Struct, frozen=True):
    """A value that is not the same in two rulebooks; empty where one does not have it."""

    path: str
    left: str
    right: str


def list_rulebooks(*, json: Json = False) -> None:
    """The rulebooks there are."""
    found = [
        RulebookInfo(each.id, each.venue, each.region, str(each.as_of), len(each.unverified()))
        for each in map(rulebooks.load, rulebooks.available())
    ]
    rows = [msgspec.structs.astuple(each) for each in found]
    headings = ("id", "venue", "region", "as of", "unverified values")
    emit(found, json, table("", headings, rows))


def show(name: str = "kraken", /, *, json: Json = False) -> None:
    """Every value of a rulebook, with its source and date, or that it is unverified."""
    rulebook = _load(name)
    found = [
        ValueInfo(
            path=entry.path,
            value=text(entry.value.value),
            unit=entry.unit,
            source=entry.value.source,
            date=str(entry.value.date or ""),
            verified=entry.value.verified,
            note=entry.value.note,
        )
        for entry in rulebook.entries()
    ]
    emit(found, json, rulebooks.show(rulebook))


def diff(left: str, right: str, /, *, json: Json = False) -> None:
    """The values that differ between two rulebooks."""
    before, after = _values(_load(left)), _values(_load(right))
    found = [
        Difference(path, before.get(path, ""), after.get(path, ""))
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    ]
    rows = [msgspec.structs.astuple(each) for each in found]
    shown = table("", ("value", left, right), rows) if rows else "No value differs."
    emit(found, json, shown)


def check(name: str = "kraken", /, *, json: Json = False) -> None:
    """Whether a rulebook can be used, and how much of it is verified. Exit code 1 if it cannot."""
    found = rulebooks.check(_load(name))
    verified = found.values_count - len(found.unverified)
    parts = [f"{found.id}: {verified} of {found.values_count} values verified"]
    parts += [f"unverified: {path}" for path in found.unverified]
    parts += [f"problem: {problem}" for problem in found.problems]
    emit(found, json, *parts)
    if found.problems:
        raise SystemExit(1)


def _load(name: str) -> Rulebook:
    try:
        return rulebooks.load(name)
    except rulebooks.RulebookError as error:
        raise CliError(str(error)) from error


def _values(rulebook: Rulebook) -> dict[str, str]:
    return {entry.path: text(entry.value.value) for entry in rulebook.entries()}
