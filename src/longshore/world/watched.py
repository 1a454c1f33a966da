"""A world's folder carried out again and watched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from longshore.engine._compile import Mode
from longshore.engine.codes import System
from longshore.engine.events import EventKind
from longshore.journal.batch import Batch
from longshore.journal.store import Journal
from longshore.rulebooks import Catalog
from longshore.surveillance.alert import Alert
from longshore.surveillance.watch import Watch
from longshore.world.build import build
from longshore.world.replaying import replay_folder
from longshore.world.world import JOURNAL_FILE


class Watched(NamedTuple):
    """What was seen."""

    seq: int
    events: int
    alerts: list[Alert]
    catalog: Catalog
    names: dict[int, str]
    """Accounts by number."""


class _Watching:
    """Takes batches, and remembers who is called what."""

    def __init__(self, catalog: Catalog) -> None:
        self._watch = Watch(catalog)
        self.alerts: list[Alert] = []
        self.names = {int(each): each.name.lower() for each in System}
        self.events = 0

    def take(self, batch: Batch) -> None:
        """What happened next."""
        self.events += batch.caused.count
        self.alerts += self._watch.see(batch)
        for event in batch.caused.where(kind=EventKind.ACCOUNT_CREATED):
            if event.seq in batch.texts:
                self.names[event.account_id] = batch.texts[event.seq]


def watch_folder(
    folder: Path, mode: Mode = "plain", progress: Callable[[float], None] | None = None
) -> Watched:
    """Every alert of a world's past. Raises JournalError."""
    journal = Journal.open(folder / JOURNAL_FILE)
    try:
        version = journal.version()
    finally:
        journal.close()
    catalog = build(version.world, version.rulebook).catalog
    watching = _Watching(catalog)
    report = replay_folder(folder, mode, progress=progress, on_batch=watching.take)
    return Watched(report.seq, watching.events, watching.alerts, catalog, watching.names)
