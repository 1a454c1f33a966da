"""Common questions with their answers, and the checklist: data, in `asked.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources

import msgspec

from longshore.practice.study.language import Scope, Vocabulary, condition
from longshore.practice.study.lesson import ACCOUNT, LISTS


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file."""


class Common(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A question people ask; the scenario or lesson that shows its answer."""

    ask: str
    answer: str
    scenario: str = ""
    lesson: str = ""


class Item(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something to have done: lessons practised, and a condition over free play."""

    title: str
    about: str
    lessons: list[str] = []
    when: str = ""

    def holds(self, free_play: Scope) -> bool:
        """Whether free play is as its condition says."""
        return _condition(self.when)(free_play) if self.when else True


class Asked(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file."""

    question: list[Common]
    item: list[Item]


@cache
def asked() -> Asked:
    """Both, as they stand in the file."""
    file = resources.files("longshore.practice.study") / "asked.toml"
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), Asked)


@cache
def _condition(text: str) -> Callable[[Scope], bool]:
    return condition(text, Vocabulary(ACCOUNT, LISTS))
