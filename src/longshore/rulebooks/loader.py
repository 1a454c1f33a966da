"""Reading rulebook files: strict on keys, on provenance and on what contradicts itself."""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from longshore.rulebooks.checks import value_problems
from longshore.rulebooks.problems import Problem, located
from longshore.rulebooks.shape import shape_problems
from longshore.rulebooks.terms import Terms

OWN_FOLDER = "LONGSHORE_RULEBOOKS"
"""Names a folder of one's own rulebooks, which then count as those of the package do."""
LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class RulebookError(ValueError):
    """A rulebook file that cannot be used; the message names line and place."""


class Shipped(msgspec.Struct, frozen=True):
    """A rulebook of the package: the name of its file, its text and its terms."""

    file: str
    text: str
    terms: Terms


@cache
def all_shipped() -> tuple[Shipped, ...]:
    """The rulebooks in the package and in one's own folder, oldest first. Raises RulebookError."""
    found = [_shipped(path) for path in _files() if path.name.endswith(".toml")]
    ids = Counter(each.terms.id for each in found)
    for name, times in ids.items():
        if times > 1:
            raise RulebookError(f"{name} is there twice; a rulebook of one's own has its own id")
    return tuple(sorted(found, key=lambda each: (each.terms.as_of, each.terms.id)))


def _files() -> Iterator[Traversable]:
    yield from resources.files("longshore.rulebooks").iterdir()
    if own := os.environ.get(OWN_FOLDER):
        try:
            yield from Path(own).iterdir()
        except OSError as error:
            raise RulebookError(f"{OWN_FOLDER}: {error}") from error


def _shipped(path: Traversable) -> Shipped:
    text = path.read_text("utf-8")
    try:
        return Shipped(path.name, text, parse_terms(text))
    except RulebookError as error:
        raise RulebookError(f"{path.name}: {error}") from error


def available() -> list[str]:
    """The ids of the rulebooks in the package, oldest first."""
    return [each.terms.id for each in all_shipped()]


def shipped(name: str) -> Shipped:
    """A rulebook of the package by id, or the newest by name. Raises RulebookError."""
    found = [each for each in all_shipped() if name in (each.terms.id, each.terms.name)]
    if not found:
        raise RulebookError(f"no rulebook {name!r}; there are: {', '.join(available())}")
    return found[-1]


def parse_terms(text: str) -> Terms:
    """Terms from the text of a rulebook file. Raises RulebookError naming each problem."""
    terms, problems = read_terms(text)
    if terms is None or problems:
        raise RulebookError("; ".join(f"line {problem}" for problem in problems))
    return terms


def read_terms(text: str) -> tuple[Terms | None, list[Problem]]:
    """Terms, unless the shape is wrong, and every problem with its line."""
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:  # also numbers too long to read
        return None, [_no_toml(str(error), text)]
    wrong = list(shape_problems(raw, Terms))
    if wrong:
        return None, located(wrong, text)
    terms = msgspec.convert(raw, Terms)
    return terms, located(value_problems(terms), text)


def _no_toml(message: str, text: str) -> Problem:
    place = LINE.search(message)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    return Problem("", f"no TOML: {LINE.sub('', message)}", line)
