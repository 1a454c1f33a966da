"""A world's folder that nobody serves: what its journal proves, what its history holds."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select

from longshore.venue.projections.projector import read_cursor
from longshore.venue.projections.tables import METADATA
from longshore.venue.station import HISTORY_FILE, Station
from longshore.world.world import World
from tests.reliability.process import LONGSHORE

TABLES = sorted(METADATA.tables.values(), key=lambda table: table.name)
Rows = dict[str, list[Any]]


def copied(folder: Path, target: Path) -> Path:
    """The same folder elsewhere, as the disk holds it now."""
    shutil.copytree(folder, target)
    return target


def replayed(folder: Path, *options: str) -> dict[str, Any]:
    """What `longshore replay` says of a folder; a journal it refuses is an error."""
    command = [*LONGSHORE, "replay", str(folder), "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(json.loads(done.stdout))


def reopened_digest(folder: Path) -> tuple[str, int]:
    """State digest and seq of a world opened from its last snapshot on."""
    world = World.open(folder)
    try:
        return world.engine.digest(), world.journal.seq
    finally:
        world.close()


def caught_up(folder: Path) -> Rows:
    """Every row of every table once history has been brought to the journal's end."""
    station = Station.open(folder, "", lambda _: None)
    station.projector.close()
    station.accounts.close()
    station.world.close()
    return rows(folder)


def rows(folder: Path) -> Rows:
    """Every row of every table."""
    engine = create_engine(f"sqlite:///{folder / HISTORY_FILE}")
    with engine.connect() as connection:
        made = {t.name: [tuple(row) for row in connection.execute(select(t))] for t in TABLES}
    engine.dispose()
    return made


def cursor(folder: Path) -> int:
    """Up to which seq history is written; 0 where there is none."""
    if not (folder / HISTORY_FILE).exists():
        return 0
    engine = create_engine(f"sqlite:///{folder / HISTORY_FILE}")
    with engine.connect() as connection:
        seq, _ = read_cursor(connection)
    engine.dispose()
    return seq


def drop_history(folder: Path) -> None:
    """Lose the projection database, with what SQLite keeps beside it."""
    for path in folder.glob(f"{HISTORY_FILE}*"):
        path.unlink()
