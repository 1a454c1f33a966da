"""Batches as a sequencer would write them, without an engine behind."""

from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command, Event
from longshore.journal.batch import Batch
from longshore.journal.entry import Version

VERSION = Version(engine="e" * 32, sources="s", rulebook="rules", world="name = 'x'")


def index_batch(first_seq, count=2):
    """Index prices one second apart, each with its event."""
    seqs = range(first_seq, first_seq + count)
    commands = [
        Command(
            kind=CommandKind.PUBLISH_INDEX,
            seq=seq,
            time_us=seq * 1_000_000,
            origin=Origin.FEED,
            asset_id=2,
            price_subticks=seq * 10**10,
            sources=3,
        )
        for seq in seqs
    ]
    events = [
        Event(
            kind=EventKind.INDEX_PUBLISHED,
            seq=seq,
            time_us=seq * 1_000_000,
            asset_id=2,
            index_subticks=seq * 10**10,
        )
        for seq in seqs
    ]
    return Batch(
        first_seq=first_seq, time_us=seqs[-1] * 1_000_000, commands=commands, events=events
    )


def command_batch(first_seq, commands, texts=None):
    """A batch of given commands, at one time, without events."""
    for index, command in enumerate(commands):
        command.seq = first_seq + index
    return Batch(
        first_seq=first_seq,
        time_us=max(command.time_us for command in commands),
        commands=commands,
        events=[],
        texts=texts or {},
    )
