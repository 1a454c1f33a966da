"""Worlds in their first moment: each is made once, since its past takes a second, and copied."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from longshore.venue.station import Station
from longshore.world.world import JOURNAL_FILE

MADE = TemporaryDirectory(prefix="longshore-born-")


@cache
def born(scenario: str) -> Path:
    """The folder of a scenario's new world, to be copied."""
    folder = Path(MADE.name) / str(born.cache_info().misses)
    station = Station.open(folder, scenario, lambda _: None)
    station.projector.close()
    station.accounts.close()
    station.world.close()
    return folder


def put_world(folder: Path, scenario: str) -> None:
    """A new world in a folder that has none."""
    if not (folder / JOURNAL_FILE).exists():
        shutil.copytree(born(scenario), folder, dirs_exist_ok=True)
