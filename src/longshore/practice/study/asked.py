"""Common questions with their answers, and the checklist: data, in `asked.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources

import msgspec
from msgspec.structs import replace

from longshore.explain.sentences import Language, spoken
from longshore.practice.study.language import Scope, Vocabulary, condition
from longshore.practice.study.lesson import ACCOUNT, LISTS, OWN_LANGUAGE


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


class CommonWords(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A question and its answer in another language."""

    ask: str
    answer: str


class ItemWords(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line of the checklist in another language."""

    title: str
    about: str


class AskedWords(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file of another language: as many of each, in the same order."""

    question: list[CommonWords]
    item: list[ItemWords]


class Asked(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file."""

    question: list[Common]
    item: list[Item]


def asked() -> Asked:
    """Both, in the language that is spoken."""
    return in_language(spoken()[0])


@cache
def in_language(language: Language) -> Asked:
    """Both, as they stand in the file; in another language with that one's words."""
    own = msgspec.convert(_file("asked.toml"), Asked)
    if language == OWN_LANGUAGE:
        return own
    words = msgspec.convert(_file(f"asked.{language}.toml"), AskedWords)
    both = zip(own.question, words.question, strict=True)
    items = zip(own.item, words.item, strict=True)
    return Asked(
        question=[replace(q, ask=w.ask, answer=w.answer) for q, w in both],
        item=[replace(i, title=w.title, about=w.about) for i, w in items],
    )


def _file(name: str) -> dict[str, object]:
    file = resources.files("longshore.practice.study") / name
    return tomllib.loads(file.read_text("utf-8"))


@cache
def _condition(text: str) -> Callable[[Scope], bool]:
    return condition(text, Vocabulary(ACCOUNT, LISTS))
