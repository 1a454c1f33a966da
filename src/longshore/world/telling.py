"""An account's events, from the journal of a world's folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from longshore.engine.limits import TIME_MAX_US
from longshore.engine.rows import Event
from longshore.explain.board import Board, Notice
from longshore.journal.replay import replay, replay_start
from longshore.journal.store import Journal
from longshore.rulebooks import Rulebook
from longshore.world.build import build
from longshore.world.headless import EVENTS_FILE
from longshore.world.moment import parent_of
from longshore.world.recorded import recorded
from longshore.world.world import JOURNAL_FILE, World


class Told(msgspec.Struct, frozen=True):
    """The rules of a world, and by account name all that happened to it, in order."""

    rulebook: Rulebook
    events: dict[str, list[Event]]
    notices: list[Notice]
    """What befell its markets and indexes, the last of it."""


def events_of(folder: Path, account: str = "") -> Told:
    """Every event that names one of the scenario's accounts, or this one alone.

    Taken from the run's file of events where there is one, else by carrying out the journal.
    Raises JournalError, and LookupError when there is no such account.
    """
    journal = Journal.open(folder / JOURNAL_FILE)
    try:
        version = journal.version()
        parts = build(version.world, version.rulebook)
        file = folder / EVENTS_FILE
        if file.exists():
            board = Board(parts.catalog, parts.setup, parts.stops)
            accounts, found = parts.accounts, _read(file, board)
        else:
            world = World(parts, journal)
            board = world.board
            accounts, found = _replayed(world, journal, folder)
    finally:
        journal.close()
    names = [account] if account else [each.name for each in parts.scenario.account]
    unknown = set(names) - accounts.keys()
    if unknown:
        raise LookupError(f"there is no account {', '.join(unknown)} in {folder}")
    events = {name: found.get(accounts[name], []) for name in names}
    return Told(parts.rulebook, events, board.notices)


def _replayed(
    world: World, journal: Journal, folder: Path
) -> tuple[dict[str, int], dict[int, list[Event]]]:
    """Accounts by name and events by account, by carrying out a journal and all before it."""
    found = _Sorted()
    if parent_of(journal) is not None:
        for row in recorded(folder, 0, TIME_MAX_US):
            found.add(world.stepper.follow_journal(row.commands, row.texts))
        return world.accounts, found.by_account
    start = replay_start(journal)
    if start is not None:
        world.restore(start.state)
    replay(
        journal,
        world.stepper.follow_journal,
        start,
        on_batch=lambda batch: found.add(batch.events),
    )
    return world.accounts, found.by_account


def _read(file: Path, board: Board) -> dict[int, list[Event]]:
    """Events by account, from a run's file; the board sees them too."""
    from pyarrow import parquet

    found = _Sorted()
    with parquet.ParquetFile(file) as opened:
        for group in opened.iter_batches():
            columns = [group.column(field).to_pylist() for field in Event.FIELDS]
            events = [Event.of(values) for values in zip(*columns, strict=True)]
            found.add(events)
            board.see(events)
    return found.by_account


class _Sorted:
    """Puts each event with both accounts it names."""

    def __init__(self) -> None:
        self.by_account: dict[int, list[Event]] = {}

    def add(self, events: Iterable[Event]) -> None:
        """Events in order."""
        for event in events:
            for account_id in {event.account_id, event.other_account_id}:
                if account_id:
                    self.by_account.setdefault(account_id, []).append(event)
