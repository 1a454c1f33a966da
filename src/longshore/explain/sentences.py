"""The catalogue of sentences. Rendered here and nowhere else; numbers come in already written.

A message's value is its Learner voice. Its attribute `pro` is the Pro voice; a message without one,
such as a label, is the same in both. The API voice needs no words: it is the message's name, its
values and its text, a `Fact`. Which language and which voice are spoken is said around a piece of
work (`speaking`), and so travels with a request without being handed from function to function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import Literal, get_args

import msgspec
from fluent.runtime import FluentBundle, FluentResource

from longshore.explain.setting import SETTING, wanted_language

Language = Literal["en", "de"]
Voice = Literal["learner", "pro"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
VOICES: tuple[Voice, ...] = get_args(Voice)
LANGUAGE_NAMES: dict[Language, str] = {"en": "English", "de": "Deutsch"}
PRO = "pro"


class Fact(msgspec.Struct, frozen=True):
    """A sentence as a program reads it: which message, with what values, and its text."""

    key: str
    params: dict[str, str]
    text: str


_language: ContextVar[Language] = ContextVar("language", default="en")
_voice: ContextVar[Voice] = ContextVar("voice", default="learner")
_heard: ContextVar[dict[str, Fact] | None] = ContextVar("heard", default=None)


class SentenceError(LookupError):
    """A sentence that is not in the catalogue, or a number it needs and did not get."""


def files(language: Language) -> Iterator[str]:
    """The texts of a language's files: `en.ftl`, and those whose names end so."""
    for file in sorted(resources.files(__package__).iterdir(), key=lambda file: file.name):
        if file.name == f"{language}.ftl" or file.name.endswith(f".{language}.ftl"):
            yield file.read_text("utf-8")


@cache
def _catalogue(language: Language) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for text in files(language):
        bundle.add_resource(FluentResource(text))
    return bundle


def say(key: str, **values: str) -> str:
    """The sentence of a key with its values. Raises SentenceError rather than leave a gap."""
    return _said(key, PRO if _voice.get() == PRO else "", values)


def say_part(key: str, part: str, **values: str) -> str:
    """An attribute of a message, such as what a term means. Raises SentenceError."""
    return _said(key, part, values, required=True)


def _said(key: str, part: str, values: dict[str, str], required: bool = False) -> str:
    bundle = _catalogue(_language.get())
    if not bundle.has_message(key):
        raise SentenceError(f"no sentence {key!r}")
    message = bundle.get_message(key)
    if required and part not in message.attributes:
        raise SentenceError(f"no {part!r} of {key!r}")
    pattern = message.attributes.get(part, message.value)
    text, errors = bundle.format_pattern(pattern, values)
    if errors:
        raise SentenceError(f"{key}: {errors[0]}")
    heard = _heard.get()
    if heard is not None:
        heard[str(text)] = Fact(key, values, str(text))
    return str(text)


def use(setting: str) -> None:
    """What is said from now on is said in this language, unless `speaking`. Raises ValueError."""
    language = known(setting)
    if language is None:
        raise ValueError(f"{SETTING} is {setting!r}, not one of {', '.join(LANGUAGES)}")
    _language.set(language)


def use_setting() -> None:
    """The language that the environment names, if it names one. Raises ValueError."""
    if wanted := wanted_language():
        use(wanted)


def known(name: str) -> Language | None:
    """A language by its code, None when it is not here."""
    return next((language for language in LANGUAGES if language == name), None)


@contextmanager
def speaking(language: Language = "en", voice: Voice = "learner") -> Iterator[None]:
    """What is said inside is said in this language and voice."""
    before = _language.set(language), _voice.set(voice)
    try:
        yield
    finally:
        _language.reset(before[0])
        _voice.reset(before[1])


def spoken() -> tuple[Language, Voice]:
    """The language and the voice of now."""
    return _language.get(), _voice.get()


@contextmanager
def listening() -> Iterator[dict[str, Fact]]:
    """All that is said inside, by its text; whoever listens further out hears it too."""
    heard: dict[str, Fact] = {}
    outer = _heard.get()
    before = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(before)
        if outer is not None:
            outer.update(heard)


def facts(heard: dict[str, Fact], sentences: Iterable[str]) -> list[Fact]:
    """Sentences that were heard, as facts in their order."""
    return [heard[sentence] for sentence in sentences]


def wished(accepted: str) -> Language | None:
    """The first language of an `Accept-Language` header that is here, by its weights; or None."""
    weighted = sorted((_weighted(part) for part in accepted.split(",")), key=lambda each: -each[0])
    tags = (known(tag.split("-")[0]) for weight, tag in weighted if weight > 0)
    return next((language for language in tags if language), None)


def _weighted(part: str) -> tuple[float, str]:
    """`de-AT;q=0.8` as its weight and its tag; a weight that is no number counts for nothing."""
    tag, _, weight = part.partition(";")
    number = weight.strip().removeprefix("q=")
    try:
        return (float(number) if number else 1.0), tag.strip().lower()
    except ValueError:
        return 0.0, tag.strip().lower()
