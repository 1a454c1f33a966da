"""What a scenario may say of every trader, and what its numbers may be."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import msgspec

MOST = 10**10
"""The greatest number in terms: ten billion dollars in atoms are the most one command may move."""

Positive = Annotated[int, msgspec.Meta(ge=1, le=MOST)]
"""At least one: something is divided by it."""
Natural = Annotated[int, msgspec.Meta(ge=0, le=MOST)]
Doublings = Annotated[int, msgspec.Meta(ge=0, le=24)]
"""How often a size may be doubled."""
Levels = Annotated[int, msgspec.Meta(ge=1, le=128)]
Signed = Annotated[int, msgspec.Meta(ge=-MOST, le=MOST)]


class Terms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Pace, latency and money."""

    interval_ms: Positive = 1_000
    latency_us: Natural = 5_000
    deposit_usd: Positive = 5_000_000


class Birth(NamedTuple):
    """What all agents of a world begin with."""

    seed: int
    start_us: int
