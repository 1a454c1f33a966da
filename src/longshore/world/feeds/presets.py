"""Presets of the synthetic market: settings fitted to recordings, by name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import NamedTuple

import msgspec

from longshore.world.feeds.process import ProcessTerms, checked
from longshore.world.feeds.pull import PullTerms

PULL_MOST_PPM = 500_000
BLEND_MOST_PPM = 900_000
"""Quotes follow the index: were it all of this venue's, nothing would hold the price."""


class SimSettings(NamedTuple):
    """What a scenario's feed says of the synthetic market."""

    process: ProcessTerms
    pull: PullTerms | None


def names() -> list[str]:
    """The presets in the package."""
    folder = resources.files("longshore.world.feeds") / "fitted"
    return sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name[-5:] == ".toml")


def preset(name: str) -> dict[str, int]:
    """A preset's settings. ValueError: there is none of this name."""
    if name not in names():
        raise ValueError(f"feed: no preset {name!r}; there are: {', '.join(names())}")
    folder = resources.files("longshore.world.feeds") / "fitted"
    text = (folder / f"{name}.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text)["settings"], dict[str, int])


def sim_settings(name: str, settings: Mapping[str, int]) -> SimSettings:
    """A preset's settings with a scenario's own over them. ValueError names what is unknown."""
    given = {**(preset(name) if name else {}), **settings}
    pulls = {key: given.pop(key) for key in PullTerms.__struct_fields__ if key in given}
    try:
        process = msgspec.convert(given, ProcessTerms)
        pull = msgspec.convert(pulls, PullTerms)
    except msgspec.ValidationError as error:
        raise ValueError(f"feed: {error}") from error
    if not (0 <= pull.pull_ppm <= PULL_MOST_PPM and 0 <= pull.blend_ppm <= BLEND_MOST_PPM):
        raise ValueError("feed: pull_ppm is from 0 to 500000, blend_ppm from 0 to 900000")
    if pull.pull_usual_s < 1 or not 1 <= pull.pull_most_ppm <= PULL_MOST_PPM:
        raise ValueError("feed: pull_usual_s and pull_most_ppm are above zero")
    return SimSettings(checked(process), pull if pull.pull_ppm or pull.blend_ppm else None)
