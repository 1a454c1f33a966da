"""The values of a rulebook one after the other, each with its place and its unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import msgspec

from longshore.rulebooks.terms import Terms
from longshore.rulebooks.values import ABSENT, Source, Strict, Value, fields_of


class Entry(msgspec.Struct, frozen=True):
    """One value of a rulebook, with its place in the file and its unit."""

    path: str
    unit: str
    value: Value[Any]


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
    hints = fields_of(type(table))
    for name in table.__struct_fields__:
        part = getattr(table, name)
        place = f"{path}.{name}"
        unit = _unit(hints[name])
        if isinstance(part, Value) and part.note == ABSENT:
            continue
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


def unused_sources(terms: Terms) -> dict[str, Source]:
    """Sources that no value cites."""
    cited = {entry.value.source for entry in entries(terms)}
    return {key: source for key, source in terms.sources.items() if key not in cited}
