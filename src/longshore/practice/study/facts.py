"""What a condition may ask about: facts, declared once where their values are kept.

A fact is a field with a description or a property with a docstring. Its unit is the last part of
its name; a word's vocabulary is its type. The reference page and the checker read both from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec


class Kind(StrEnum):
    """What a value counts. Only values of one kind are compared."""

    YES = "yes or no"
    WORD = "a word"
    USD = "dollars"
    COINS = "coins"
    TIMES = "times"
    PERCENT = "percent"
    SECONDS = "seconds"
    COUNT = "a count"
    NUMBER = "a number"


SUFFIXES = {
    "usd": Kind.USD,
    "coins": Kind.COINS,
    "times": Kind.TIMES,
    "percent": Kind.PERCENT,
    "s": Kind.SECONDS,
}
NUMBERS = frozenset(Kind) - {Kind.YES, Kind.WORD}


class Fact(msgspec.Struct, frozen=True):
    """A name of the language: what it counts, what it means, and, of a word, which there are."""

    name: str
    kind: Kind
    meaning: str
    words: tuple[str, ...] = ()


def facts_of(kind: type[msgspec.Struct]) -> dict[str, Fact]:
    """The facts of a row, by name, in the order in which it declares them."""
    return {fact.name: fact for fact in _facts(kind)}


def _facts(kind: type[msgspec.Struct]) -> Iterator[Fact]:
    for name, hint in get_type_hints(kind, include_extras=True).items():
        described = [m for m in getattr(hint, "__metadata__", ()) if isinstance(m, msgspec.Meta)]
        if described:
            yield _fact(name, get_args(hint)[0], described[0].description or "")
    for name, member in vars(kind).items():
        if isinstance(member, property) and not name.startswith("_"):
            hints = get_type_hints(member.fget)
            yield _fact(name, hints["return"], " ".join((member.__doc__ or "").split()))


def _fact(name: str, hint: Any, meaning: str) -> Fact:
    if hint is bool:
        return Fact(name, Kind.YES, meaning)
    if hint is str or get_origin(hint) is Literal:
        return Fact(name, Kind.WORD, meaning, get_args(hint))
    assert hint in (int, int | None, Decimal, Decimal | None), f"{name} has a kind"
    return Fact(name, SUFFIXES.get(name.rpartition("_")[2], Kind.COUNT), meaning)
