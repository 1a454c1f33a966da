"""The catalogue of sentences. Rendered here and nowhere else; numbers come in already written."""

from __future__ import annotations

from functools import cache
from importlib import resources

from fluent.runtime import FluentBundle, FluentResource


class SentenceError(LookupError):
    """A sentence that is not in the catalogue, or a number it needs and did not get."""


@cache
def _catalogue() -> FluentBundle:
    bundle = FluentBundle(["en"], use_isolating=False)
    text = resources.files("longshore.explain").joinpath("en.ftl").read_text("utf-8")
    bundle.add_resource(FluentResource(text))
    return bundle


def say(key: str, **values: str) -> str:
    """The sentence of a key with its values. Raises SentenceError rather than leave a gap."""
    bundle = _catalogue()
    if not bundle.has_message(key):
        raise SentenceError(f"no sentence {key!r}")
    text, errors = bundle.format_pattern(bundle.get_message(key).value, values)
    if errors:
        raise SentenceError(f"{key}: {errors[0]}")
    return str(text)
