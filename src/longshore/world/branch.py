"""A world that goes its own way from a moment of another one's past, which is left as it is.

A branch's journal begins with the parent's last whole row before the moment: its place in the
chain, and the state after it. What of the next row still counts is the branch's own first row. So
the parent's rows can later be put before it, and both read as one journal.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from longshore.engine._compile import Mode
from longshore.journal.errors import JournalError
from longshore.journal.store import BEGINS, Journal
from longshore.world.clock import Clock
from longshore.world.moment import NOW, PARENT, Moment, Parent, parent_of, reach
from longshore.world.world import JOURNAL_FILE, World, version_of


def branch(folder: Path, to: Path, moment: Moment = NOW, mode: Mode = "plain") -> World:
    """A new world in a folder beside the parent's, paused at a moment of the parent's past.

    The parent may be running. Raises MomentError, JournalError: there is a world already, or the
    parent's journal is not taken.
    """
    if (to / JOURNAL_FILE).exists():
        raise JournalError(f"there is a world in {to} already")
    past = reach(folder, moment, mode)
    world, parents = past.world, past.world.journal
    try:
        to.mkdir(parents=True, exist_ok=True)
        past.come_to_it()
        origin = Parent(folder.name, world.engine.seq, world.stepper.reached_us)
        world.journal = Journal.create_after(
            to / JOURNAL_FILE, past.row, {PARENT: msgspec.msgpack.encode(origin)}
        )
    finally:
        parents.close()
    world.journal.note_version(version_of(world.parts))
    world.write()
    world.clock = Clock(world.stepper.reached_us, world.clock.speed_ppm, paused=True)
    world.save()
    return world


def make_whole(child: Path) -> None:
    """Put the parent's rows before a branch's own: it stands without the parent from now on.

    What the parent itself comes from, the child now comes from.
    """
    journal = Journal.open(child / JOURNAL_FILE)
    try:
        origin = parent_of(journal)
        if origin is not None:
            prepend(journal, child.parent / origin.name / JOURNAL_FILE)
    finally:
        journal.close()


def prepend(journal: Journal, path: Path) -> None:
    """Put a parent's rows before those of a branch. Raises JournalError: it is no branch of it."""
    parent = Journal.open(path)
    begin, note = parent.begin(), parent.note(PARENT)
    joint = parent.entry(journal.begin().row)
    parent.close()
    ours = journal.begin()
    if begin.row < ours.row and (joint is None or joint.chain != ours.chain):
        raise JournalError(f"{journal.path.parent.name} is no branch of {path.parent.name}")
    db = journal.db
    db.execute("ATTACH DATABASE ? AS parent", (str(path),))
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO entries SELECT * FROM parent.entries WHERE row <= ?", (ours.row,))
    db.execute(
        "INSERT OR IGNORE INTO snapshots SELECT * FROM parent.snapshots WHERE row < ?", (ours.row,)
    )
    db.execute("DELETE FROM notes WHERE name IN (?, ?)", (BEGINS, PARENT))
    if begin.row:
        journal.set_note(BEGINS, msgspec.msgpack.encode(begin))
    if note is not None:
        journal.set_note(PARENT, note)
    db.execute("COMMIT")
    db.execute("DETACH DATABASE parent")
