"""The watch over the market: events it sees per second against those that a world makes."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.report import GREATER, LESS, Aim, Report
from benchmarks.world import SECOND_US, scenario
from longshore.journal.batch import Batch
from longshore.surveillance.watch import Watch
from longshore.world import scenario as scenarios
from longshore.world.world import World

SETTLING_S = 180
"""Until orders are no longer all new."""
KEEPS_UP = 1.0
LAG_S = 0.1


class Watching:
    """A watch, and how long it took."""

    def __init__(self, world: World) -> None:
        self._watch = Watch(world.catalog)
        self.events, self.cpu_s, self.alerts = 0, 0.0, 0

    def see(self, batch: Batch) -> None:
        """What happened next, timed."""
        started_s = time.process_time()
        self.alerts += len(self._watch.see(batch))
        self.cpu_s += time.process_time() - started_s
        self.events += batch.caused.count


def add_rates(report: Report, name: str, text: str, commands: int) -> None:
    """A world at full speed, journalled and watched: what each of the two takes."""
    with tempfile.TemporaryDirectory() as folder:
        world = World.create(Path(folder), text, "jit")
        watching = Watching(world)
        world.run(world.stepper.reached_us + SETTLING_S * SECOND_US, watching.see)
        first_events, first_s, first_seq = watching.events, watching.cpu_s, world.engine.seq
        started_s = time.process_time()
        while world.engine.seq - first_seq < commands:
            world.run(world.stepper.reached_us + SECOND_US * 10, watching.see)
        watch_s = watching.cpu_s - first_s
        world_s = time.process_time() - started_s - watch_s
        count = watching.events - first_events
        world.close()
    report.add(f"{name}: events a second, engine, traders and journal", f"{count / world_s:,.0f}")
    report.add(
        f"{name}: events a second watched, against that",
        f"{count / watch_s:,.0f}, {watching.alerts} alerts",
        value=world_s / watch_s,
        aim=Aim(GREATER, KEEPS_UP),
        bound_by="detectors in Python",
    )


def add_lag(report: Report) -> None:
    """How long after a second of the live world is over its alerts are there."""
    with tempfile.TemporaryDirectory() as folder:
        world = World.create(Path(folder), scenarios.read("live"), "jit")
        watch, batches, lags_s = Watch(world.catalog), [], []
        world.run(world.stepper.reached_us + SETTLING_S * SECOND_US, watch.see)
        for _ in range(60):
            batches.clear()
            world.run(world.stepper.reached_us + SECOND_US, batches.append)
            started_s = time.perf_counter()
            for batch in batches:
                watch.see(batch)
            lags_s.append(time.perf_counter() - started_s)
        world.close()
    report.add("lag at 1×, a second of the default world, median", f"{median(lags_s) * 1e3:.2f} ms")
    report.add("the longest of a minute", f"{max(lags_s) * 1e3:.2f} ms", value=max(lags_s),
               unit="s", aim=Aim(LESS, LAG_S), bound_by="detectors in Python")  # fmt: skip


def measure(commands: int) -> Report:
    """Both worlds, and the lag."""
    report = Report("Surveillance", f"{datetime.now(UTC):%Y-%m-%d}; processor time")
    add_rates(report, "default world", scenarios.read("live"), commands)
    add_rates(report, "benchmark world", scenario(), commands)
    add_lag(report)
    return report
