"""What the venue answers about itself and its clock."""

from __future__ import annotations

from typing import Literal

from longshore.venue.caller import Role
from longshore.venue.dialects.native.schema.base import PhaseName, Reply


class LanguageChoice(Reply):
    """A language that sentences can be had in, by `lang` or by `Accept-Language`."""

    code: str
    name: str


class About(Reply):
    """What this is, and what it is not."""

    name: str
    version: str
    banner: str
    banner_line: str  # what a screen says of it in one line
    realism: str  # how the fills and prices came about, for the chip on every trade
    disclaimers: list[str]
    rulebook: str
    venue: str
    region: str
    as_of: str
    world: str
    feed: str
    engine: Literal["plain", "jit", "checked"]
    faithful: bool
    unverified: list[str]  # the values of the rulebook without a checked source
    default_symbol: str
    account: str
    person: str  # who signed in; empty for the holder of the operator's token
    role: Role
    onshore: bool  # whether this world asks who may trade what
    owns_world: bool  # whether its clock and rules are this caller's to change
    language: str  # of this answer's sentences
    languages: list[LanguageChoice]


class LiveState(Reply):
    """How the venue that a world's prices come from is heard. `since` is by the wall clock."""

    venue: str
    state: Literal["connected", "reconnecting", "stale", "left"]  # left: a branch follows nothing
    since: int | None
    outages: int  # how often the connection was lost, or went stale
    why: str  # what went wrong last, as the program met it; empty while connected
    text: str


class MaintenanceNow(Reply):
    """Maintenance of the venue that is under way or near, with a countdown in words."""

    id: int
    phase: PhaseName
    text: str


class ClockState(Reply):
    """Where the world's clock stands."""

    world_time: int
    wall_time: int
    paused: bool
    speed: str
    mode: Literal["real", "manual"]  # manual: paused, world time moves by steps only
    live: LiveState | None  # of a world with live prices
    maintenance: MaintenanceNow | None  # under way, or within the hour


class StateReply(Reply):
    """The state after so many commands. The same letters: the same state, to the last atom."""

    seq: int
    world_time: int
    digest: str


class Cut(Reply):
    """How many sockets were cut."""

    sockets: int


class RunResult(Reply):
    """Where it stands now. `met`: what was waited for has happened."""

    met: bool
    seq: int
    clock: ClockState
