"""What a lesson says, language by language: `lesson.de.toml` and `text.de.md` beside its own files.

A language is complete or not there: each sentence of the lesson's own files has one here, by the
same place or id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file: a key it does not know is an error."""


class StepWords(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A step's action, and what is said once it is met."""

    action: str
    right: str


class WordsFile(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`lesson.de.toml`: questions and wrong outcomes by id, choices and steps in order."""

    title: str
    about: str
    lapsed: str = ""
    ask: dict[str, str] = {}
    choices: dict[str, list[str]] = {}
    step: list[StepWords]
    wrong: dict[str, str]

    def sentences(self) -> Iterator[tuple[str, str]]:
        """Everything that is said, with its place."""
        yield from (("title", self.title), ("about", self.about), ("lapsed", self.lapsed))
        yield from ((f"ask.{name}", text) for name, text in self.ask.items())
        for name, labels in self.choices.items():
            yield from ((f"choices.{name}", label) for label in labels)
        for at, step in enumerate(self.step):
            yield from ((f"step.{at}.action", step.action), (f"step.{at}.right", step.right))
        yield from ((f"wrong.{name}", text) for name, text in self.wrong.items())


def lacking(words: WordsFile, own: WordsFile) -> Iterator[tuple[str, str]]:
    """Where a language says more or less than the lesson itself."""
    yield from _unlike("ask", words.ask, own.ask)
    yield from _unlike("choices", words.choices, own.choices)
    yield from _unlike("wrong", words.wrong, own.wrong)
    for name, labels in words.choices.items():
        if len(labels) != len(own.choices.get(name, labels)):
            yield f"choices.{name}", f"{len(labels)} choices for {len(own.choices[name])}"
    if len(words.step) != len(own.step):
        yield "step", f"{len(words.step)} steps for {len(own.step)}"
    if bool(words.lapsed) != bool(own.lapsed):
        yield "lapsed", "said in one language and not in the other"
    for path, text in words.sentences():
        if "!" in text:
            yield path, "no exclamation marks"
        if not text and path != "lapsed":
            yield path, "it is empty"


def _unlike(table: str, found: Iterable[str], wanted: Iterable[str]) -> Iterator[tuple[str, str]]:
    missing, unknown = set(wanted) - set(found), set(found) - set(wanted)
    if missing:
        yield table, f"nothing for {', '.join(sorted(missing))}"
    if unknown:
        yield table, f"the lesson has no {', '.join(sorted(unknown))}"
