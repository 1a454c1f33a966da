"""The venues that a world can follow, and the scenario that `live:VENUE` stands for."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib import resources

import msgspec

PREFIX = "live:"
OWN = "longshore"
"""Another Longshore: it is followed at an address, and has none of its own."""
ADDRESSES = ("http://", "https://")

SCENARIO = """\
name = "live-{venue}"
title = "Live prices: {venue}"
about = "Index prices and the book are those of {venue}, as they come."
rulebook = "{rulebook}"
markets = {markets}

[feed]
kind = "live"
venue = "{venue}"
{url}
[[agent]]
kind = "provider"

[[account]]
name = "learner"
deposit = {{ USD = "10000" }}
"""


class Venue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a venue is followed, and the world that follows it unless told otherwise."""

    client: str
    watch: str
    quote: str
    rulebook: str
    markets: list[str]


class FollowError(ValueError):
    """A venue cannot be followed as asked; the message says why, and what to do."""


@cache
def venues() -> dict[str, Venue]:
    """All of them by name."""
    text = (resources.files("longshore.world.live") / "venues.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Venue])


def venue_of(name: str, url: str) -> Venue:
    """A venue by name. FollowError: there is none, or the address does not fit."""
    found = venues().get(name)
    if found is None:
        raise FollowError(f"no venue {name!r} to follow; there are: {', '.join(venues())}")
    if name == OWN and not url:
        raise FollowError("a Longshore is followed at its address: live:longshore:http://HOST:PORT")
    if url and found.client != venues()[OWN].client:
        raise FollowError(f"{name} has its own address; only a Longshore is given one")
    if url and not url.startswith(ADDRESSES):
        raise FollowError(f"url {url!r} does not begin with http:// or https://")
    return found


def scenario_text(name: str) -> str:
    """The scenario of `live:VENUE`, `live:VENUE:SYMBOL,...`, `live:longshore:http://HOST:PORT`.

    An address may be followed by a comma and symbols. Raises FollowError.
    """
    venue, _, rest = name.removeprefix(PREFIX).partition(":")
    given = [part.strip() for part in rest.split(",") if part.strip()]
    urls = [part for part in given if "://" in part]
    symbols = [part for part in given if "://" not in part]
    url = urls[0].rstrip("/") if urls else ""
    found = venue_of(venue, url)
    return SCENARIO.format(
        venue=venue,
        rulebook=found.rulebook,
        markets=json.dumps(symbols or found.markets),
        url=f"url = {json.dumps(url)}\n" if url else "",
    )


def addresses(url: str) -> dict[str, object]:
    """What points ccxt's `krakenfutures` at a Longshore; the slashes at the ends matter."""
    return {
        "api": {
            "public": f"{url}/derivatives/api/",
            "private": f"{url}/derivatives/api/",
            "charts": f"{url}/api/charts/",
            "history": f"{url}/api/history/",
            "ws": f"ws{url.removeprefix('http')}/ws/v1",
        }
    }
