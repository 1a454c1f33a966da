"""Where recordings lie: folders of the user's own, and the ones in the package."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from longshore import __version__
from longshore.world.feeds import recording
from longshore.world.recordings import manifest, store
from longshore.world.recordings.checks import checks, gaps
from longshore.world.recordings.manifest import Check, Manifest, Series, utc
from longshore.world.recordings.problem import RecordingError
from longshore.world.recordings.table import Table

FOLDER = "recordings"
MICRO = 1_000_000


def home() -> Path:
    """The folder of recordings that names are looked up in."""
    if "LONGSHORE_DATA" in os.environ:
        return Path(os.environ["LONGSHORE_DATA"]) / FOLDER
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "longshore" / FOLDER


def imported(folder: Path) -> list[Path]:
    """The recordings in a folder, by name."""
    if not folder.is_dir():
        return []
    return sorted(p.parent for p in folder.glob(f"[!.]*/{manifest.FILE}"))


def find(name: str, folder: Path | None = None) -> Path:
    """A recording by its folder, or by its name in the folder of recordings.

    RecordingError: there is none, and which there are.
    """
    for path in (Path(name), (folder or home()) / name):
        if (path / manifest.FILE).is_file():
            return path
    there = ", ".join([*recording.names(), *(p.name for p in imported(folder or home()))])
    raise RecordingError(f"no recording {name!r}: no such folder; there are: {there}")


@dataclass(frozen=True, slots=True)
class Opened:
    """A recording with its series: files of a folder, or bars of the package."""

    manifest: Manifest
    table: Callable[[Series], Table]

    def checks(self) -> dict[str, list[Check]]:
        """Every check made again. RecordingError: a file is not the one that was imported."""
        tables = {each.kind: self.table(each) for each in self.manifest.series}
        return {kind: checks(table, tables.get("top")) for kind, table in tables.items()}


def opened(name: str, folder: Path | None = None) -> Opened:
    """A recording of the package by its name, else an imported one. RecordingError: none."""
    if name in recording.names():
        return _shipped(recording.load(name))
    path = find(name, folder)
    return Opened(manifest.read(path), partial(store.read, path))


def _shipped(known: recording.Recording) -> Opened:
    """Bars of the package as a recording: prices in sub-ticks, sizes in atoms."""
    bars = [bar for bar in known.bars if bar is not None]
    times = [known.start_us + i * known.bar_us for i, bar in enumerate(known.bars) if bar]
    table = Table("bars", times)
    for at, name in enumerate(("open", "high", "low", "close")):
        table.columns[name] = [bar[at] for bar in bars]
        table.scales[name] = recording.PRICE_DECIMALS
    table.columns["trades"] = [bar.trades for bar in bars]
    series = Series(
        kind="bars",
        file="",
        sha256="",
        rows=len(bars),
        begins=utc(known.start_us),
        ends=utc(known.end_us),
        interval_s=known.bar_us // MICRO,
        gaps=gaps(table),
        checks=checks(table),
    )
    made = Manifest(
        name=known.name,
        venue=known.venue,
        symbol=known.symbol,
        asset=known.asset,
        quote="USD",
        source=known.attribution,
        licence=known.attribution,
        imported_by=f"longshore {__version__}",
        series=[series],
    )
    return Opened(made, lambda _: table)
