"""Commands on rulebooks: those in the package, and files that become one."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from longshore import rulebooks
from longshore.cli.output import CliError, Json, emit, table
from longshore.rulebooks.compare import compare
from longshore.rulebooks.report import text
from longshore.rulebooks.rulebook import Rulebook


class RulebookInfo(msgspec.Struct, frozen=True):
    """One line of `rulebook list`."""

    id: str
    name: str
    newest: bool
    venue: str
    region: str
    as_of: str
    values: int
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


def list_rulebooks(*, json: Json = False) -> None:
    """The rulebooks there are, oldest first; of each name, the newest is marked with a star."""
    found = [_info(rulebooks.load(each)) for each in rulebooks.available()]
    rows = [
        (
            f"{each.id} *" if each.newest else each.id,
            f"{each.venue}, {each.region}",
            each.as_of,
            f"{each.unverified} of {each.values}",
        )
        for each in found
    ]
    headings = ("id (* newest)", "rules of", "as of", "unverified")
    emit(found, json, table("", headings, rows))


def _info(rulebook: Rulebook) -> RulebookInfo:
    name = rulebook.terms.name
    return RulebookInfo(
        id=rulebook.id,
        name=name,
        newest=rulebooks.load(name).id == rulebook.id,
        venue=rulebook.venue,
        region=rulebook.region,
        as_of=rulebook.as_of.isoformat(),
        values=len(list(rulebook.entries())),
        unverified=len(rulebook.unverified()),
    )


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
    """The values that differ between two rulebooks, with the sources of both."""
    found = compare(_load(left), _load(right))
    rows = [msgspec.structs.astuple(each) for each in found]
    headings = ("value", left, "source", right, "source")
    emit(found, json, table("", headings, rows) if rows else "No value differs.")


def check(name: str = "kraken", /, *, json: Json = False) -> None:
    """Whether a rulebook, by id or by the path of its file, can be used.

    Each problem comes with file, line and reason; then how much is verified. Exit code 1 if it
    cannot be used.
    """
    content, file = _file(name)
    found = rulebooks.check(content, file)
    verified = found.values_count - len(found.unverified)
    summary = f"{found.id}: {verified} of {found.values_count} values verified"
    parts = [summary] if found.values_count else []
    parts += [f"unverified: {path}" for path in found.unverified]
    parts += [f"{file}:{problem}" for problem in found.problems]
    emit(found, json, *parts)
    if found.problems:
        raise SystemExit(1)


def schema(*, json: Json = False) -> None:
    """The JSON schema of a rulebook file, for an editor; with --json on one line."""
    document = rulebooks.schema()
    if json:
        emit(document, as_json=True)
    else:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(document)).decode() + "\n")


def _load(name: str) -> Rulebook:
    try:
        return rulebooks.load(name)
    except rulebooks.RulebookError as error:
        raise CliError(str(error)) from error


def _file(name: str) -> tuple[str, str]:
    """Text and name of a rulebook's file, from a path or the id of one in the package."""
    try:
        if name.endswith(".toml"):
            return Path(name).read_text("utf-8"), name
        shipped = rulebooks.shipped(name)
    except (rulebooks.RulebookError, OSError, UnicodeDecodeError) as error:
        raise CliError(str(error)) from error
    return shipped.text, shipped.file
