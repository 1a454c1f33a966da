"""Where a scenario's prices come from: whose they are, under what licence, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from longshore.world.feeds import held, recording, sim, twin
from longshore.world.recordings import manifest
from longshore.world.recordings.library import find

if TYPE_CHECKING:
    from longshore.world.scenario import FeedSpec

LIVE = "Prices of a real venue, as they come. A branch of such a world follows nothing."
MADE = {"sim": sim.NOTE, "held": held.NOTE, "live": LIVE}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is to be said before anybody plays it; `licence` is empty where prices are made."""

    prices: str
    licence: str
    recorded: bool


def provenance(feed: FeedSpec) -> Provenance:
    """Of a feed. RecordingError: its recording is not here."""
    if feed.kind in MADE:
        return Provenance(MADE[feed.kind], "", recorded=False)
    told = of_recording(feed.recording)
    if feed.kind == "twin":
        made = f"{twin.NOTE.format(feed.recording)} Its model: {told.prices}"
        return Provenance(made, told.licence, recorded=False)
    return told


@cache
def of_recording(name: str) -> Provenance:
    """Of a recording that the package holds, or one that was imported."""
    if name in recording.names():
        bars = recording.load(name)
        quiet = sum(bar is not None and bar.trades == 0 for bar in bars.bars)
        missing = f"No minute is missing; in {quiet:,} nothing was traded."
        return Provenance(f"{bars.note} {missing}", bars.attribution, recorded=True)
    known = manifest.read(find(name))
    whose = f"{known.symbol} at {known.venue}, recorded {known.level}: {known.source}."
    modelled = manifest.LEVELS[known.level].partition(": ")[2]
    gaps = f"{len(known.gaps):,} gaps, which stay gaps" if known.gaps else "No gap"
    return Provenance(f"{whose} {modelled.capitalize()}. {gaps}.", known.licence, recorded=True)
