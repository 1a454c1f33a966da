"""Starting: import, plain engine, cold and warm compile, and the venue's first price."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.report import LESS, Aim, Report

COMPILE = """
from longshore import rulebooks
from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.rows import Command
engine = Engine(rulebooks.load("kraken").setup(), mode="{mode}")
engine.apply([Command(kind=CommandKind.CREATE_ACCOUNT, seq=1, time_us=1, origin=Origin.OPERATOR)])
"""
FIRST_PRICE_LIMIT_S = 60
POLL_S = 0.05


def program_s(text: str, cache: str = "") -> float:
    """Seconds for a fresh Python to run a program, compiled code kept in a folder of its own."""
    environment = os.environ | ({"LONGSHORE_CACHE": cache} if cache else {})
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", text], check=True, env=environment)
    return time.perf_counter() - started


def first_price_s(data: str) -> float:
    """Seconds from the command to a served mark price, in an empty data folder and cache."""
    command = [sys.executable, "-m", "longshore", "serve", "--no-browser", "--data", data]
    environment = os.environ | {"LONGSHORE_CACHE": str(Path(data) / "cache")}
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as venue:
        assert venue.stdout is not None
        url = venue.stdout.readline().split("/?")[0].strip()
        while not mark_price(url):
            assert time.perf_counter() - started < FIRST_PRICE_LIMIT_S, "no price came"
            time.sleep(POLL_S)
        elapsed_s = time.perf_counter() - started
        venue.terminate()
    return elapsed_s


def mark_price(url: str) -> float:
    """The mark of PF_XBTUSD as the venue serves it, 0 while there is none."""
    address = f"{url}/derivatives/api/v3/tickers/PF_XBTUSD"
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
            return float(json.load(answer)["ticker"].get("markPrice") or 0)
    except OSError:
        return 0


def measure() -> Report:
    """Times of a start, each in a fresh process."""
    report = Report("Start")
    empty_s = program_s("pass")
    import_s = program_s("import longshore.rulebooks, longshore.engine.engine") - empty_s
    report.add("import of engine and rulebooks", f"{import_s:.2f} s")
    plain_s = program_s(COMPILE.format(mode="plain")) - empty_s
    report.add("plain engine and first command", f"{plain_s:.2f} s")
    with tempfile.TemporaryDirectory() as cache:
        cold_s = program_s(COMPILE.format(mode="jit"), cache) - empty_s
        warm_s = program_s(COMPILE.format(mode="jit"), cache) - empty_s
    report.add("whole engine compiled, fresh cache", f"{cold_s:.1f} s", value=cold_s, unit="s",
               aim=Aim(LESS, 60), bound_by="LLVM, one core")  # fmt: skip
    report.add("compiled engine, warm", f"{warm_s:.2f} s", value=warm_s, unit="s",
               aim=Aim(LESS, 2), bound_by="import of Numba, loading of machine code")  # fmt: skip
    with tempfile.TemporaryDirectory() as data:
        price_s = first_price_s(data)
    report.add("venue, empty folder: first price", f"{price_s:.1f} s", value=price_s, unit="s",
               aim=Aim(LESS, 10), bound_by="the world's past being made")  # fmt: skip
    return report
