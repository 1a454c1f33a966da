"""Small files as venues write them, and an import of them."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

from longshore.world.recordings.importing import Imported, Terms, import_files
from longshore.world.recordings.manifest import Manifest
from longshore.world.recordings.sources import Wanted
from longshore.world.recordings.store import read
from longshore.world.recordings.table import Table

BARS = """time_utc,open,high,low,close,volume
2024-01-01T00:00:00Z,100.5,101,100,100.25,1.5
2024-01-01T00:01:00Z,100.25,102,100.25,101.75,2
2024-01-01T00:02:00Z,101.75,101.75,99.5,100,0.125
"""
NAME = "kraken_perp_BTCUSD_1m_2024-01-01.csv"


def wrote(folder: Path, name: str, text: str) -> Path:
    """A file, packed as its name says."""
    path = folder / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(text.encode()))
    elif name.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name.replace(".zip", ".csv"), text)
    else:
        path.write_text(text)
    return path


def imported(folder: Path, name: str, text: str, **said: str) -> tuple[Manifest, dict[str, Table]]:
    """The one recording that a file holds, and its tables by kind."""
    made = import_all([wrote(folder, name, text)], folder / "out", **said)
    (recording,), (where,) = made.manifests, made.folders
    return recording, {each.kind: read(where, each) for each in recording.series}


def import_all(paths: list[Path], out: Path, *, replace: bool = False, **said: str) -> Imported:
    """Import files."""
    return import_files(paths, out, Wanted(**said), Terms(replace=replace))


def changed(text: str, line: int, old: str, new: str) -> str:
    """A text with something else in one of its lines, counted from 1."""
    lines = text.splitlines(keepends=True)
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new)
    return "".join(lines)
