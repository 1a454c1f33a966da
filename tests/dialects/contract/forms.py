"""What two payloads of one kind have in common: fields, kinds of values, words, ways to write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

KEYED = re.compile(r"[A-Z]{3}")
"""A key that is an id or a pair is data; all such keys of an object are one field, `*`."""
DIGITS = re.compile(r"-?\d+(?:\.(\d+))?")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d+))?Z")
UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
SPOT_ID = re.compile(r"[A-Z0-9]{6}-[A-Z0-9]{5}-[A-Z0-9]{6}")
SHAPES = {"uuid": UUID, "spot id": SPOT_ID}
WORD = "word"

Fields = dict[str, list[Any]]
"""Every value of a payload by the path of its field; an object stands for itself as {}."""


class Rules(NamedTuple):
    """What a dialect's fields may hold, by the last part of their path."""

    words: Mapping[str, frozenset[str]]
    """The words of a field, as documented or recorded."""
    free: frozenset[str]
    """Fields of names and sentences, where any text will do."""
    more: Mapping[str, str]
    """Fields that are documented though the recordings lack them, and where."""
    whole: frozenset[str]
    """Times and counts, which are never written with a point; an amount may be."""
    plain: frozenset[str]
    """Texts of digits with as many decimals as the value needs."""


def fields(payload: Any, path: str = "") -> Fields:
    """All fields; rows of a list are taken together."""
    found: Fields = {}
    for name, value in _leaves(payload, path):
        found.setdefault(name, []).append(value)
    return found


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield path, {}
        for name, each in value.items():
            yield from _leaves(each, f"{path}.{'*' if KEYED.search(name) else name}")
    elif isinstance(value, list):
        yield path, []
        rows = all(isinstance(each, dict | list) for each in value) or "leverage_" in path
        for place, each in enumerate(value):
            yield from _leaves(each, f"{path}[]" if rows else f"{path}[{place}]")
    else:
        yield path, value


def differences(ours: Any, theirs: Any, rules: Rules) -> dict[str, str]:
    """What is not alike, by the path of the field."""
    mine, recorded = fields(ours), fields(theirs)
    found = {path: "missing" for path in recorded if path not in mine}
    for path, values in mine.items():
        if path in recorded:
            wrong = unlike(path, values, recorded[path], rules)
        elif _is_documented(path, rules.more):
            wrong = strange(texts(values), words_of(path, rules.words))
        else:
            wrong = "not recorded, not documented"
        if wrong:
            found[path] = wrong
    return found


def last(path: str) -> str:
    """A field's own name."""
    return path.rpartition(".")[2]


def words_of(path: str, words: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """The words of a field; those that name more of its path go first."""
    fitting = [name for name in words if path == name or path.endswith((f".{name}", f"]{name}"))]
    return words[max(fitting, key=len)] if fitting else None


def _is_documented(path: str, more: Mapping[str, str]) -> bool:
    """Whether the field, or an object that holds it, is a documented one."""
    return any(part.partition("[")[0] in more for part in path.split("."))


def texts(values: list[Any]) -> set[str]:
    """The texts among values."""
    return {each for each in values if isinstance(each, str)}


def strange(found: set[str], words: frozenset[str] | None) -> str:
    """The texts that are none of a field's words, where it has any."""
    wrong = set() if words is None else found - words
    return f"not a word of it: {sorted(wrong)}" if wrong else ""


def unlike(path: str, ours: list[Any], theirs: list[Any], rules: Rules) -> str:
    """Why values of a field are not like the recorded ones; empty where they are."""
    name = last(path)
    kinds = {kind(each) for each in theirs}
    for value in ours:
        if not _is_of(kinds, kind(value), name in rules.whole):
            return f"{value!r} is a {kind(value)}, recorded are {sorted(kinds)}"
    words = words_of(path, rules.words)
    if words is not None:
        return strange(texts(ours) | texts(theirs), words)
    return _unlike_texts(name, texts(ours), texts(theirs), rules)


def _unlike_texts(name: str, mine: set[str], recorded: set[str], rules: Rules) -> str:
    """Texts that are no words: digits, times and ids are written as they were recorded."""
    if name in rules.free:
        return ""
    forms = {form(each) for each in recorded}
    if WORD in forms:
        return f"its words are not listed: {sorted(recorded)[:5]}"
    if name in rules.plain:
        mine = {each for each in mine if not DIGITS.fullmatch(each)}
    wrong = sorted(each for each in mine if form(each) not in forms)
    return f"{wrong[0]!r} is not written like {min(recorded)!r}" if wrong else ""


def _is_of(kinds: set[str], ours: str, is_whole: bool) -> bool:
    """Whether a kind is among the recorded ones; an amount may be whole by chance in either."""
    if ours == "number" and "whole" in kinds:
        return not is_whole
    return ours in kinds or (ours == "whole" and "number" in kinds)


def kind(value: Any) -> str:
    """A value's JSON type; whole numbers are told from others."""
    names = {bool: "boolean", int: "whole", float: "number", str: "text", dict: "object"}
    return names.get(type(value), "list" if isinstance(value, list) else "null")


def form(text: str) -> str:
    """How a text is written: digits and times with their count of decimals, ids, words."""
    for name, pattern in (("digits", DIGITS), ("time", TIME)):
        found = pattern.fullmatch(text)
        if found:
            return f"{name}.{len(found[1] or '')}"
    named = (name for name, pattern in SHAPES.items() if pattern.fullmatch(text))
    return next(named, WORD if text else "empty")
