"""Whether the tables, keys and kinds of a file are those of `terms`: every fault, not the first.

msgspec stops at the first fault and does not say the key of a table among many; here it is asked
about one key at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from longshore.rulebooks.problems import Problem
from longshore.rulebooks.values import FeeTerms, MarginTerms, Strict, Value, fields_of

ROWS = {FeeTerms, MarginTerms}
PLACE = re.compile(r" - at `(.*)`$")
ITEM = re.compile(r"^\$\[(\d+)\]")


def shape_problems(raw: Any, kind: Any, path: str = "") -> Iterator[Problem]:
    """Every place where what was read does not fit the kind that belongs there."""
    kind = _bare(kind)
    origin = get_origin(kind)
    if origin is dict:
        yield from _named_tables(raw, get_args(kind)[1], path)
    elif origin is tuple and get_origin(_bare(get_args(kind)[0])) is Value:
        yield from _list(raw, get_args(kind)[0], path)
    elif origin is Value:
        fields = {**fields_of(Value), "value": get_args(kind)[0]}
        yield from _table(raw, Value, fields, path)
    elif isinstance(kind, type) and issubclass(kind, Strict):
        yield from _table(raw, kind, fields_of(kind), path)
    else:
        yield from _leaf(raw, kind, path)


def _table(raw: Any, kind: type[Strict], fields: dict[str, Any], path: str) -> Iterator[Problem]:
    if not isinstance(raw, dict):
        yield Problem(path, "a table belongs here")
        return
    for name in sorted(_needed(kind) - raw.keys()):
        yield Problem(path, f"the key {name} is missing")
    for name, part in raw.items():
        if name in fields:
            yield from shape_problems(part, fields[name], _join(path, name))
        else:
            known = ", ".join(fields)
            yield Problem(_join(path, name), f"unknown key; there are: {known}")


@cache
def _needed(kind: type[Strict]) -> frozenset[str]:
    return frozenset(each.name for each in msgspec.structs.fields(kind) if each.required)


def _named_tables(raw: Any, kind: Any, path: str) -> Iterator[Problem]:
    if not isinstance(raw, dict):
        yield Problem(path, "a table belongs here")
        return
    for name, part in raw.items():
        yield from shape_problems(part, kind, _join(path, name))


def _list(raw: Any, kind: Any, path: str) -> Iterator[Problem]:
    if not isinstance(raw, list):
        yield Problem(path, "a list belongs here")
        return
    for index, part in enumerate(raw):
        yield from shape_problems(part, kind, f"{path}.{index}")


def _leaf(raw: Any, kind: Any, path: str) -> Iterator[Problem]:
    if type(raw) is kind or (kind is Decimal and type(raw) is int):
        return  # most values, and msgspec is slow to be asked one by one
    if kind is Decimal and isinstance(raw, str):  # msgspec would read it as a number
        yield Problem(path, "a number belongs here, not text")
        return
    if kind in ROWS and isinstance(raw, list) and len(raw) == len(fields := fields_of(kind)):
        for index, (part, each) in enumerate(zip(raw, fields.values(), strict=True)):
            yield from _leaf(part, each, f"{path}.{index}")
        return
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        reason = PLACE.sub("", str(error))
        place = PLACE.search(str(error))
        item = ITEM.match(place[1]) if place else None
        if reason.startswith("Invalid enum value"):
            known = ", ".join(map(str, _choices(kind)))
            said = reason.removeprefix("Invalid enum value ")
            reason = f"unknown method {said}; there are: {known}"
        yield Problem(f"{path}.{item[1]}" if item else path, reason)


def _choices(kind: Any) -> Iterator[Any]:
    """The words of a Literal, also inside a list of them."""
    if get_origin(kind) is Literal:
        yield from get_args(kind)
    else:
        for part in get_args(kind):
            yield from _choices(part)


def _bare(kind: Any) -> Any:
    """A kind without its notes, and without the None of a key that may be left out."""
    kind = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    parts = get_args(kind) if get_origin(kind) in (Union, UnionType) else ()
    return next((part for part in parts if part is not NoneType), kind)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
