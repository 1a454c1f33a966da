"""What a world's journal holds after a seq, its parents' rows first: the recorded flow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from longshore.engine.rows import Command
from longshore.journal.codec import Codec
from longshore.journal.entry import EntryKind
from longshore.journal.store import Journal
from longshore.world.moment import SEQ_MAX, parent_of
from longshore.world.world import JOURNAL_FILE


class Recorded(NamedTuple):
    """The commands of one row, or what is asked of them, and by seq the texts beside them."""

    commands: list[Command]
    texts: dict[int, str]


def recorded(
    folder: Path, after_seq: int, until_us: int, last_seq: int = SEQ_MAX
) -> Iterator[Recorded]:
    """Row by row all commands after a seq that are not later than a time."""
    journal = Journal.open(folder / JOURNAL_FILE)
    try:
        begin, parent = journal.begin(), parent_of(journal)
        if parent is not None and after_seq < begin.seq:
            earlier = min(begin.seq, last_seq)
            yield from recorded(folder.parent / parent.name, after_seq, until_us, earlier)
        yield from _own(journal, max(after_seq, begin.seq), until_us, last_seq)
    finally:
        journal.close()


def _own(journal: Journal, after_seq: int, until_us: int, last_seq: int) -> Iterator[Recorded]:
    row = journal.row_until(after_seq, until_us)
    codec = Codec(journal.version_at(max(row, journal.begin().row + 1)).fields)
    while (entry := journal.entry(row := row + 1)) is not None and entry.first_seq <= last_seq:
        if entry.kind in {EntryKind.VERSION, EntryKind.EPOCH}:
            codec = Codec(journal.version_at(row).fields)
        if entry.kind != EntryKind.BATCH:
            continue
        commands, texts = codec.decode(entry.payload, entry.first_seq, entry.time_us)
        kept = [c for c in commands if after_seq < c.seq <= last_seq and c.time_us <= until_us]
        if kept:
            yield Recorded(kept, texts)
        if len(kept) < len(commands) and kept and kept[-1] is not commands[-1]:
            return
