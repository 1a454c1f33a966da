"""Opening a venue in a test, beside a bare server of the same framework.

Both count as open when they listen, in a thread of their own; each is opened several times in one
fresh process. What is imported and read once in a process is told apart.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from benchmarks.report import LESS, Aim, Report

OPENED = 7
FIRST_LIMIT_S = 1.0
PATIENCE_S = 30.0


def timed() -> dict[str, list[float]]:
    """Seconds by what was done, in a process that has imported nothing yet."""
    command = [sys.executable, "-c", "from benchmarks import fixture; fixture.tell()"]
    told: dict[str, list[float]] = json.loads(subprocess.check_output(command))
    return told


def tell() -> None:
    """Do each in turn and print how long it took."""
    began = time.perf_counter()
    from longshore.testing import loading

    imported = time.perf_counter()
    loading.load()
    loaded = time.perf_counter()
    venues = [open_s(loading.venue.open_venue()) for _ in range(OPENED)]
    bare = [open_s(bare_server()) for _ in range(OPENED)]
    once = {"import": [imported - began], "load": [loaded - imported]}
    json.dump(once | {"venue": venues, "bare": bare}, sys.stdout)


def open_s(opened: AbstractContextManager[object]) -> float:
    """Seconds until it is open; it is closed again."""
    began = time.perf_counter()
    with opened:
        return time.perf_counter() - began


@contextmanager
def bare_server() -> Iterator[int]:
    """A server of nothing, served as a venue of a test is; its port."""
    from longshore.venue.server import Server, bound

    async def nothing(scope: object, receive: object, send: object) -> None:
        """Answers nobody."""

    up = threading.Event()
    with bound("127.0.0.1", 0) as sock:
        server = Server(nothing, up.set)
        serving = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[sock])))
        serving.start()
        assert up.wait(PATIENCE_S), "the bare server did not start"
        yield int(sock.getsockname()[1])
        server.should_exit = True
        serving.join(PATIENCE_S)


def measure() -> Report:
    """A venue's first start and its later ones."""
    told = timed()
    report = Report("A venue in a test", "of one process; medians of what is done several times")
    [import_s], [load_s] = told["import"], told["load"]
    report.add("import, once in a process", f"{import_s:.2f} s")
    report.add("rulebooks and rules read, once in a process", f"{load_s:.2f} s")
    first_s, later_s = told["venue"][0], statistics.median(told["venue"][1:])
    report.add("the first venue opened after that", f"{first_s:.2f} s", value=first_s, unit="s",
               aim=Aim(LESS, FIRST_LIMIT_S), bound_by="databases made, world built")  # fmt: skip
    bare_s = statistics.median(told["bare"])
    report.add("a bare server of the same framework opened", f"{bare_s * 1_000:.3g} ms")
    report.add("each later venue, against the bare server", f"{later_s:.2f} s",
               value=later_s / bare_s)  # fmt: skip
    return report
