"""The engine on the canonical flow: compiled in batches, plain, and a bare book beside them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from benchmarks import flow
from benchmarks.bare_book import BareBook
from benchmarks.report import GREATER, LESS, Aim, Report, each_us, seconds
from longshore.engine.apply import MORE
from longshore.engine.codes import Reject
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.rows import Command

Clock = Callable[[], float]

BATCHES = (1, 16, 256, 4_096)
OPENING_BATCH = 4_096
PLAIN_COMMANDS = 2_000


def batches(commands: list[Command], size: int) -> Iterator[list[Command]]:
    """The commands in lists of a size."""
    return (commands[at : at + size] for at in range(0, len(commands), size))


def opened(made: flow.Flow, mode: str) -> Engine:
    """An engine with the flow's accounts and book."""
    engine = Engine(made.setup, mode=mode)
    for batch in batches(made.opening, OPENING_BATCH):
        engine.apply(batch)
    return engine


def apply_all(engine: Engine, commands: list[Command], size: int) -> int:
    """Apply in batches of a size; how many events came out."""
    return sum(len(engine.apply(batch)) for batch in batches(commands, size))


def compiled_s(made: flow.Flow, size: int, clock: Clock = time.perf_counter) -> float:
    """Seconds for the whole flow, compiled, in batches of a size."""
    engine = opened(made, "jit")
    return seconds(lambda: apply_all(engine, made.commands, size), clock)


def rules_alone_s(
    made: flow.Flow, size: int = OPENING_BATCH, clock: Clock = time.perf_counter
) -> float:
    """Seconds in compiled code for the whole flow: no row is made from or into a Python object."""
    engine = opened(made, "jit")
    memory, elapsed_s = engine._memory, 0.0
    for batch in batches(made.commands, size):
        memory.load_inbox(batch)
        more = MORE
        while more == MORE:
            started = clock()
            more = engine._run(memory.entry(), len(batch))
            elapsed_s += clock() - started
            memory.set_scalar("events_count", 0)
    return elapsed_s


def plain_s(made: flow.Flow) -> float:
    """Seconds for the first part of the flow on the plain engine, in batches of 256."""
    engine = opened(made, "plain")
    return seconds(lambda: apply_all(engine, made.commands[:PLAIN_COMMANDS], 256))


def bare_s(made: flow.Flow) -> float:
    """Seconds for the whole flow in the bare book."""
    book = BareBook()
    flow.run_bare(book, made.opening)
    return seconds(lambda: flow.run_bare(book, made.commands))


def mix(made: flow.Flow) -> str:
    """The kinds of commands and what was refused, in words."""
    engine = opened(made, "jit")
    events = [e for batch in batches(made.commands, OPENING_BATCH) for e in engine.apply(batch)]
    refused = [Reject(e.reject).name for e in events if e.kind == EventKind.REFUSED]
    kinds = [CommandKind(c.kind).name for c in made.commands]
    counts = ", ".join(f"{kinds.count(k) / len(kinds):.1%} {k}" for k in dict.fromkeys(kinds))
    names = ", ".join(sorted(set(refused)))
    return f"{counts}; {len(events) / len(kinds):.2f} events each; {len(refused)} refused {names}"


def measure(shape: flow.Shape) -> Report:
    """Every ratio of the engine."""
    made = flow.make(shape)
    count = len(made.commands)
    started = time.perf_counter()
    opened(made, "jit")
    report = Report("Engine", f"{count:,} commands: {mix(made)}")
    report.add("accounts and book, compiling if need be", f"{time.perf_counter() - started:.1f} s")
    bare, plain = bare_s(made), plain_s(made) / min(PLAIN_COMMANDS, count) * count
    report.add("bare Python book, checks nothing", each_us(bare, count), value=1.0)
    report.add("plain engine, batches of 256", each_us(plain, count), value=bare / plain)
    took = {size: compiled_s(made, size) for size in BATCHES}
    for size, elapsed_s in took.items():
        aim = Aim(GREATER, 10) if size == BATCHES[-1] else None
        report.add(
            f"compiled, batches of {size:,}, against the bare book", each_us(elapsed_s, count),
            value=bare / elapsed_s, aim=aim, bound_by=BOUND_BY_ROWS,
        )  # fmt: skip
    alone = rules_alone_s(made)
    report.add("compiled rules alone, rows in place", each_us(alone, count), value=bare / alone)
    report.add("compiled against plain, batches of 256", "", value=plain / took[256])
    report.add("one alone against one of 256", "", value=took[1] / took[256], aim=Aim(LESS, 8),
               bound_by="the fixed cost of a call from Python")  # fmt: skip
    add_variants(report, shape, took[4_096] / count)
    return report


BOUND_BY_ROWS = "rows to and from Python objects, and the margin check of every order"


def add_variants(report: Report, shape: flow.Shape, base_s: float) -> None:
    """A book of 100,000 orders, and a falling price."""
    variants = {
        "100,000 resting orders": replace(shape, resting=100_000),
        "a falling price": replace(shape, falling=True),
    }
    for name, variant in variants.items():
        made = flow.make(variant)
        each_s = compiled_s(made, 4_096) / len(made.commands)
        report.add(f"{name}, batches of 4,096", each_us(each_s, 1), value=each_s / base_s)
