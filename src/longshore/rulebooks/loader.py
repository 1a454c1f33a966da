"""Reading a rulebook file: strict on keys, on provenance and on the order of tiers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, get_args, get_type_hints

import msgspec

from longshore.rulebooks.terms import Source, Strict, Terms, Value


class RulebookError(ValueError):
    """A rulebook file that cannot be used; the message names the place."""


class Entry(msgspec.Struct, frozen=True):
    """One value of a rulebook, with its place in the file and its unit."""

    path: str
    unit: str
    value: Value[Any]


def available() -> list[str]:
    """The ids of the rulebooks in the package, oldest first."""
    return sorted(terms.id for terms in map(parse_terms, _files()))


@cache
def load_terms(name: str) -> Terms:
    """The terms of a rulebook by id, or the newest of a venue by name. Raises RulebookError."""
    found = [terms for terms in map(parse_terms, _files()) if name in (terms.id, terms.name)]
    if not found:
        raise RulebookError(f"no rulebook {name!r}; there are: {', '.join(available())}")
    return max(found, key=lambda terms: terms.as_of)


def parse_terms(text: str) -> Terms:
    """Terms from the text of a rulebook file. Raises RulebookError naming the place."""
    try:
        terms = msgspec.convert(tomllib.loads(text, parse_float=Decimal), Terms)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise RulebookError(str(error)) from error
    problems = [problem for entry in entries(terms) for problem in _problems(entry, terms)]
    if problems:
        raise RulebookError("; ".join(problems))
    return terms


def entries(terms: Terms) -> Iterator[Entry]:
    """Every value of the file, in the order of the file's shape."""
    for name in terms.__struct_fields__:
        part = getattr(terms, name)
        if isinstance(part, dict) and name != "sources":
            for key, table in part.items():
                yield from _table(table, f"{name}.{key}")
        elif isinstance(part, Strict):
            yield from _table(part, name)


def _table(table: Strict, path: str) -> Iterator[Entry]:
    hints = get_type_hints(type(table), include_extras=True)
    for name in table.__struct_fields__:
        part = getattr(table, name)
        place = f"{path}.{name}"
        unit = _unit(hints[name])
        if isinstance(part, Value):
            yield Entry(place, unit, part)
        elif isinstance(part, tuple):
            for index, value in enumerate(part):
                yield Entry(f"{place}.{index}", unit, value)
        elif isinstance(part, Strict):
            yield from _table(part, place)


def _unit(hint: Any) -> str:
    metas = [extra for extra in get_args(hint)[1:] if isinstance(extra, msgspec.Meta)]
    return (metas[0].title or "") if metas else ""


def _problems(entry: Entry, terms: Terms) -> Iterator[str]:
    """What is wrong with a value's provenance."""
    value = entry.value
    if value.source and value.source not in terms.sources:
        yield f"{entry.path}: source {value.source} is not in [sources]"
    if value.verified and not (value.source and value.date):
        yield f"{entry.path}: no source and date, and not marked verified = false"
    if not value.verified and not value.note:
        yield f"{entry.path}: unverified without a note saying why"


def _files() -> list[str]:
    folder = resources.files("longshore.rulebooks")
    return [path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith(".toml")]


def unused_sources(terms: Terms) -> dict[str, Source]:
    """Sources that no value cites."""
    cited = {entry.value.source for entry in entries(terms)}
    return {key: source for key, source in terms.sources.items() if key not in cited}
