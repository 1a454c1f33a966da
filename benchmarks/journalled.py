"""Journalled against in memory: commit n is written while batch n+1 is applied; bytes per day."""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from benchmarks import flow
from benchmarks.engine import batches, compiled_s, opened
from benchmarks.report import GREATER, Aim, Report, seconds
from longshore.engine._compile import source_digest
from longshore.engine.engine import Engine
from longshore.engine.rows import Command, Event
from longshore.journal.batch import Batch
from longshore.journal.entry import Version
from longshore.journal.store import Journal
from longshore.venue.server import SWITCH_S
from longshore.world.scenario import read
from longshore.world.world import World

SIZES = (64, 1_024, 4_096)
COMMITS = 400
AIMS = {1_024: Aim(GREATER, 0.35), 4_096: Aim(GREATER, 0.5)}
STORE_AIM = Aim(GREATER, 0.8)
DEFAULT_WORLD = "live"
WORLD_US = 600 * 10**6
DAY_US = 86_400 * 10**6
BOUND_BY = "encoding a batch, which shares the interpreter with the engine's rows"


def new_journal(folder: str, seq: int) -> Journal:
    """A journal in a folder, made to go on after a seq."""
    version = Version(engine=source_digest(), sources="", rulebook="", world="")
    journal = Journal.create(Path(folder) / "bench.journal", version)
    journal.seq = seq
    return journal


def as_batch(commands: list[Command], events: list[Event]) -> Batch:
    """Commands and their events, ready to be written."""
    return Batch(
        first_seq=commands[0].seq, time_us=commands[-1].time_us, commands=commands, events=events
    )


def journalled(engine: Engine, journal: Journal, commands: list[Command], size: int) -> None:
    """Apply and write; a batch is handed to the writer when the one before it is durable."""
    with ThreadPoolExecutor(1) as writer:
        pending: Future[None] | None = None
        for part in batches(commands, size):
            batch = as_batch(part, engine.apply(part))
            if pending is not None:
                pending.result()
            pending = writer.submit(journal.append, batch)
        assert pending is not None
        pending.result()


def journalled_s(made: flow.Flow, size: int) -> float:
    """Seconds for the whole flow, applied and durable."""
    engine = opened(made, "jit")
    with tempfile.TemporaryDirectory() as folder:
        journal = new_journal(folder, engine.seq)
        elapsed_s = seconds(lambda: journalled(engine, journal, made.commands, size))
        journal.close()
    return elapsed_s


def store_s(size: int) -> float:
    """Seconds for one commit of the store alone, a row of the batch's size in bytes."""
    payload = bytes(size)
    with tempfile.TemporaryDirectory() as folder:
        journal = new_journal(folder, 0)

        def commits() -> None:
            for number in range(COMMITS):
                journal.set_note(f"note-{number}", payload)

        elapsed_s = seconds(commits)
        journal.close()
    return elapsed_s / COMMITS


def payload_bytes(made: flow.Flow, size: int) -> int:
    """How many bytes a batch of a size has in the journal."""
    engine = opened(made, "jit")
    commands = made.commands[:size]
    with tempfile.TemporaryDirectory() as folder:
        journal = new_journal(folder, engine.seq)
        journal.append(as_batch(commands, engine.apply(commands)))
        count = journal.payload_bytes()
        journal.close()
    return count


def default_world() -> str:
    """What a day of the default world takes in the journal, from ten minutes of it."""
    with tempfile.TemporaryDirectory() as folder:
        world = World.create(Path(folder), read(DEFAULT_WORLD))
        opens_us = world.scenario.opens_us
        world.run(opens_us)
        seq, size = world.journal.seq, world.journal.payload_bytes()
        world.run(opens_us + WORLD_US)
        seqs = (world.journal.seq - seq) * DAY_US // WORLD_US
        grown = (world.journal.payload_bytes() - size) * DAY_US // WORLD_US
        world.close()
    return f"{grown / 2**20:,.1f} MiB and {seqs:,} commands a day"


def measure(shape: flow.Shape) -> Report:
    """Ratios at each size, and at 64 against the store's own commits."""
    sys.setswitchinterval(SWITCH_S)  # as where a world is served
    made = flow.make(shape)
    count = len(made.commands)
    note = f"{payload_bytes(made, 1_024) / 1_024:.0f} bytes a command in the journal"
    report = Report("Journal", note)
    for size in SIZES:
        memory_s, durable_s = compiled_s(made, size), journalled_s(made, size)
        report.add(
            f"journalled against in memory, batches of {size:,}",
            f"{count / durable_s:,.0f} commands/s", value=memory_s / durable_s,
            aim=AIMS.get(size), bound_by=BOUND_BY,
        )  # fmt: skip
        if size == SIZES[0]:
            own_s = store_s(payload_bytes(made, size))
            commit_s = durable_s / (count / size)
            report.add(
                "commits/s against the store's own", f"{1 / commit_s:,.0f} of {1 / own_s:,.0f}",
                value=own_s / commit_s, aim=STORE_AIM, bound_by=BOUND_BY,
            )  # fmt: skip
    report.add("the default world, batches of a headless run", default_world())
    return report
