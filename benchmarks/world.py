"""Worlds: traders and engine in compiled code, against Python between them and the bare engine."""

from __future__ import annotations

import resource
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks import engine, flow
from benchmarks.report import GREATER, LESS, Aim, Report
from longshore.engine._compile import Mode
from longshore.engine.engine import Engine
from longshore.engine.rows import Command, Event
from longshore.journal.batch import Batch
from longshore.world import scenario as scenarios
from longshore.world.branch import branch
from longshore.world.build import build, rulebook_text
from longshore.world.moment import Moment, reach
from longshore.world.stepper import Stepper
from longshore.world.world import SLICE_US, World

SECOND_US = 1_000_000
DAY_S = 86_400
SETTLING_S = 5
AIM_SHARE = 0.25
"""Of the bare engine's commands per second."""
AIM_PER_S = 300_000
"""Commands a second, where the bare engine has its canonical figure."""
BAR_DAYS = 2
DAYS_A_YEAR = 365
WORLD_COMMANDS = (5_000, 20_000, 80_000)
MEGABYTE = 1024 * 1024

MARKETS = ("PF_XBTUSD", "PF_ETHUSD", "PF_SOLUSD", "XBT/USD", "ETH/USD")
AGENTS = {
    "maker": 8, "deep": 2, "shy": 2, "noise": 10, "metaorder": 2, "trend": 4, "reverting": 4,
    "arbitrage": 2, "harvester": 1, "hedger": 2, "retail": 13, "hunter": 1, "provider": 2,
}  # fmt: skip
"""So many of each kind in every market, coin or world it trades in: two hundred in all."""


def scenario() -> str:
    """The default sim world: five markets, two hundred traders, the live world's feed."""
    agents = "".join(f'[[agent]]\nkind = "{k}"\ncount = {n}\n' for k, n in AGENTS.items())
    return (
        f'name = "bench"\nrulebook = "kraken"\nmarkets = {list(MARKETS)}\n'
        f'start = 2026-11-01T12:00:00Z\nseed = 7\n[feed]\nkind = "sim"\ninterval_s = 1\n{agents}'
    )


BARS = """name = "bars"
rulebook = "kraken"
markets = ["PF_XBTUSD"]
start = 2020-03-02T00:00:00Z
seed = 1
tick_s = 60
[feed]
kind = "replay"
recording = "xbtusd-2020-03"
interval_s = 15
[[account]]
name = "trader"
deposit = { USD = "10000" }
[[order]]
at = 2020-03-02T00:01:00Z
account = "trader"
market = "PF_XBTUSD"
side = "buy"
value = "1000"
"""


class Apart(Stepper):
    """Python between engine and traders: each turn is a call, and its commands are objects."""

    together = False


class Unbound(Apart):
    """And the traders themselves in Python."""

    def __init__(self, made: Engine, *more: object) -> None:
        super().__init__(made, *more)  # type: ignore[arg-type]
        self.cast.crowd.bind(None)  # type: ignore[union-attr]


@dataclass(frozen=True)
class Ran:
    """What a stretch of a world came to, in seconds of the processor's time."""

    commands: int
    world_s: float
    cpu_s: float
    digest: str

    @property
    def each_us(self) -> float:
        """Microseconds a command."""
        return self.cpu_s / self.commands * 1e6

    def __str__(self) -> str:
        """As a line of a report says it."""
        return f"{self.commands / self.cpu_s:,.0f} commands/s, {self.each_us:.3g} µs each"


def born(text: str, kind: type[Stepper], mode: Mode) -> Stepper:
    """A world without journal, its traders at work."""
    parts = build(text, rulebook_text("kraken"))
    made = kind(Engine(parts.setup, mode), parts.cast, parts.scenario.start_us)
    for command in parts.genesis:
        command.time_us = made.reached_us
    made.carry_out(parts.genesis)
    made.advance(made.reached_us + SETTLING_S * SECOND_US)
    made.drop_batch()
    return made


def read(batch: Batch) -> tuple[list[Command], list[Event]]:
    """As somebody does who wants rows."""
    return batch.commands, batch.events


def ran(text: str, kind: type[Stepper], commands: int, rows: bool = False) -> Ran:
    """So many commands of a compiled world; with `rows`, as objects that somebody can read."""
    stepper, count = born(text, kind, "jit"), 0
    first_us, started_s = stepper.reached_us, time.process_time()
    while count < commands:
        stepper.advance(stepper.reached_us + SECOND_US)
        count += stepper.pending()
        batch = stepper.take_batch()
        if rows and batch is not None:
            read(batch)
    cpu_s = time.process_time() - started_s
    world_s = (stepper.reached_us - first_us) / SECOND_US
    return Ran(count, world_s, cpu_s, stepper.engine.digest())


def bare_us(commands: int) -> tuple[float, float]:
    """Microseconds a command of the bare engine on the canonical flow: with rows, rules alone."""
    made = flow.make(flow.Shape(commands=commands))
    size, clock = engine.OPENING_BATCH, time.process_time
    rows_s = engine.compiled_s(made, size, clock)
    return rows_s / commands * 1e6, engine.rules_alone_s(made, size, clock) / commands * 1e6


def add_speed(report: Report, commands: int) -> None:
    """Commands a second, three ways and against the bare engine."""
    text = scenario()
    ran(text, Stepper, 1)  # compiles, or loads what is compiled
    with_rows_us, alone_us = bare_us(commands)
    report.add("bare engine, canonical flow, batches of 4,096", f"{with_rows_us:.3g} µs each")
    report.add("its compiled rules alone", f"{alone_us:.3g} µs each", value=1.0)
    together = ran(text, Stepper, commands)
    report.add(
        "traders and engine together, against the rules alone", str(together),
        value=alone_us / together.each_us, aim=Aim(GREATER, AIM_SHARE),
        bound_by="what traders decide, and the feed in Python",
    )  # fmt: skip
    report.add(
        "the same against the bare engine with rows", "", value=with_rows_us / together.each_us
    )
    report.add("commands a second", "", value=together.commands / together.cpu_s, unit="a second",
               aim=Aim(GREATER, AIM_PER_S), bound_by="the machine, and traders")  # fmt: skip
    report.add("simulated seconds per second", f"{together.world_s / together.cpu_s:,.0f}")
    written = in_journal(text, commands, rows=False)
    report.add(
        "the same into a journal, headless", str(written), value=written.each_us / together.each_us
    )
    told = in_journal(text, commands, rows=True)
    report.add("the same, and somebody reads commands and events", str(told),
               value=told.each_us / together.each_us)  # fmt: skip
    rows = ran(text, Stepper, commands, rows=True)
    report.add("the same, commands and events as Python rows", str(rows),
               value=rows.each_us / together.each_us)  # fmt: skip
    for name, kind in (("a call from Python a turn", Apart), ("traders in Python", Unbound)):
        other = ran(text, kind, commands // 4)
        report.add(f"{name}, against together", str(other), value=other.each_us / together.each_us)


def world(folder: Path, text: str, mode: Mode = "jit") -> World:
    """A world with a journal."""
    return World.create(folder, text, mode)


def in_journal(text: str, commands: int, *, rows: bool) -> Ran:
    """So many commands of a world that is written down; with `rows`, and read by somebody."""
    with tempfile.TemporaryDirectory() as folder:
        made = world(Path(folder), text)
        made.run(made.stepper.reached_us + SETTLING_S * SECOND_US)
        first_us, first_seq = made.stepper.reached_us, made.engine.seq
        started_s = time.process_time()
        while made.engine.seq - first_seq < commands:
            until_us = made.stepper.reached_us + SLICE_US
            made.run(until_us, read if rows else None)
        cpu_s = time.process_time() - started_s
        world_s = (made.stepper.reached_us - first_us) / SECOND_US
        ended = Ran(made.engine.seq - first_seq, world_s, cpu_s, made.engine.digest())
        made.close()
        return ended


def cpu_of(made: World, until_us: int) -> float:
    """Seconds of the processor's time until a time of the world, journal included."""
    started_s = time.process_time()
    made.run(until_us)
    return time.process_time() - started_s


def add_days(report: Report, folder: Path) -> None:
    """A day of March 2020, and bars with one trader, headless and journalled."""
    march = world(folder / "march", scenarios.read("march-2020"))
    march.run(march.scenario.opens_us)
    first = march.engine.seq
    day_s = cpu_of(march, march.scenario.opens_us + DAY_S * SECOND_US)
    commands = march.engine.seq - first
    march.close()
    report.add(
        "12 March 2020, its own traders, journalled", f"{day_s:.1f} s, {commands:,} commands"
    )
    bars = world(folder / "bars", BARS)
    took_s = cpu_of(bars, bars.scenario.start_us + BAR_DAYS * DAY_S * SECOND_US)
    bars.close()
    year_s = took_s / BAR_DAYS * DAYS_A_YEAR
    report.add(
        "a year of one-minute bars, one trader, no agents",
        f"{year_s:.0f} s, from {BAR_DAYS} days of it",
    )


def add_times(report: Report, folder: Path) -> None:
    """How long it takes to be at an earlier moment, and to have a branch there."""
    made = world(folder / "live", scenario())
    for number, commands in enumerate(WORLD_COMMANDS):
        while made.engine.seq < commands:
            made.run(made.stepper.reached_us + SECOND_US)
        made.save()
        moment = Moment(seq=made.engine.seq * 3 // 4)
        started_s = time.process_time()
        past = reach(folder / "live", moment, "jit")
        past.come_to_it()
        past.world.journal.close()
        reached_s = time.process_time() - started_s
        started_s = time.process_time()
        branch(folder / "live", folder / f"branch{number}", moment, "jit").close()
        branched_s = time.process_time() - started_s
        aim = Aim(LESS, 1.0)
        name = f"of a world of {made.engine.seq:,} commands"
        report.add(f"rewind to three quarters {name}", "", value=reached_s, unit="s", aim=aim,
                   bound_by="the rows from the last mark on")  # fmt: skip
        report.add(f"branch there {name}", "", value=branched_s, unit="s", aim=aim,
                   bound_by="the same, and a snapshot")  # fmt: skip
    made.close()


def resident_mb() -> float:
    """What of this process lies in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / MEGABYTE


def add_memory(report: Report) -> None:
    """What one more world takes, made and not begun, and after a minute of market."""
    text = scenario()
    kept, idle, running = [], [], []
    for _ in range(3):
        before = resident_mb()
        parts = build(text, rulebook_text("kraken"))
        kept.append(Stepper(Engine(parts.setup, "jit"), parts.cast, parts.scenario.start_us))
        idle.append(resident_mb() - before)
        kept.append(born(text, Stepper, "jit"))
        kept[-1].advance(kept[-1].reached_us + 60 * SECOND_US)
        kept[-1].drop_batch()
        running.append(resident_mb() - before - idle[-1])
    report.add("an idle world", "", value=median(idle), unit="MB", aim=Aim(LESS, 20),
               bound_by="rulebook, catalog and rows")  # fmt: skip
    report.add("a world after a minute of market", f"{median(running):.0f} MB")


def measure(commands: int) -> Report:
    """All of it."""
    count = sum(1 for _ in build(scenario(), rulebook_text("kraken")).accounts)
    report = Report(
        "World",
        f"{len(MARKETS)} markets, {count} agents, {datetime.now(UTC):%Y-%m-%d}; processor time",
    )
    add_speed(report, commands)
    with tempfile.TemporaryDirectory() as made:
        add_days(report, Path(made))
        add_times(report, Path(made))
    add_memory(report)
    return report
