"""The screen's budget: what it weighs, when it shows a price, what sixty updates a second cost.

A venue of its own, its market five times as fast as the clock, an account with a position, and
Chromium without a graphics card: browser, venue and measuring share the machine. Each of the twenty
messages a second that the venue sends a screen arrives three times.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from benchmarks.report import LESS, Aim, Report
from benchmarks.venue.servers import serving, wait_for_compiler
from tools import browsers

if TYPE_CHECKING:
    import httpx
    from playwright.sync_api import Browser

    from benchmarks.screen_page import Cost, Opened

MINUTES = 2.0
TIMES = 3
SETTLE_S, STILL_S, COST_S = 5.0, 10.0, 20.0
VISITS = 3
SPEED = "5"
KIB, MIB = 1_000, 1_000_000
ORDER = {"symbol": "PF_XBTUSD", "side": "buy", "type": "market", "size": "0.1", "leverage": "2"}
SAMPLES = 6
"""How often the heap is looked at on the way."""
SCRIPT, PRICE_MS, SHARE, HEAP = 150 * KIB, 1_500, 40.0, 10 * MIB
FRAME_MS, SHIFT, TASK_MS = 20.0, 0.1, 200.0
"""UX-66; a layout that shifts by 0.1 and a press unanswered for 200 ms are what web vitals call
good at most."""
WAITS = "waits for a processor are counted in"


def measure(minutes: float = MINUTES) -> Report:
    """All figures of the budget; the heap is watched for some minutes."""
    report = Report("Screen", f"Chromium on this machine, heap watched for {minutes:g} minutes")
    path = browsers.had("chromium")
    if not path:
        report.add("no Chromium: `python tools/browsers.py chromium`", "left out")
        return report
    from benchmarks.screen_page import chromium, opened

    with venue() as (url, api), chromium(path) as browser:
        _weight(report, browser, url)
        _first(report, browser, url)
        api.post("/orders", json=ORDER).raise_for_status()
        with opened(browser, url, TIMES) as page:
            _costs(report, page, api)
            _heap(report, page, minutes)
    return report


@contextmanager
def venue() -> Iterator[tuple[str, httpx.Client]]:
    """A venue with a fast market and its compiled engine at work: its address, and its API."""
    import httpx

    with tempfile.TemporaryDirectory() as data:
        serve = [sys.executable, "-m", "longshore", "serve", "--no-browser", "--data", data]
        with serving([*serve, "--seed", "7"]) as process:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            parts = urlsplit(url)
            origin = f"{parts.scheme}://{parts.netloc}"
            wait_for_compiler(origin)
            headers = {"Authorization": f"Bearer {parse_qs(parts.query)['token'][0]}"}
            with httpx.Client(base_url=f"{origin}/api/v1", headers=headers, timeout=60) as api:
                _clock(api, "speed", speed=SPEED)
                yield url, api


def _clock(api: httpx.Client, action: str, **more: str) -> None:
    api.post("/clock", json={"action": action, **more}).raise_for_status()


def _weight(report: Report, browser: Browser, url: str) -> None:
    from benchmarks.screen_page import script_bytes

    size = script_bytes(browser, url)
    report.add("JavaScript of the first page, gzip", f"{size / KIB:.0f} KB", value=size / KIB,
               unit="KB", aim=Aim(LESS, SCRIPT / KIB), bound_by="what the program is")  # fmt: skip


def _first(report: Report, browser: Browser, url: str) -> None:
    """First visits, each in a browser that has kept nothing."""
    from benchmarks.screen_page import empty_ms, opened

    empty = url.partition("?")[0] + "favicon.svg"
    bare_ms = median(empty_ms(browser, empty) for _ in range(VISITS))
    seen = []
    for _ in range(VISITS):
        with opened(browser, url) as page:
            page.page.wait_for_timeout(SETTLE_S * 1_000)
            seen.append(page.seen())
    price_ms = median(each["price_ms"] for each in seen)
    _within(report, "first visit: a price is shown", price_ms, "ms", PRICE_MS)
    report.add("  against an empty page of this venue", f"{bare_ms:.0f} ms",
               value=price_ms / bare_ms)  # fmt: skip
    _within(report, "  layout shift", max(each["shift"] for each in seen), "", SHIFT, "what moves")
    _within(report, "  longest task", max(each["longest_ms"] for each in seen), "ms", TASK_MS)


def _costs(report: Report, page: Opened, api: httpx.Client) -> None:
    """The main thread while prices come, beside the same page while the venue stands still."""
    _clock(api, "pause")
    page.page.wait_for_timeout(SETTLE_S * 1_000)
    still = page.cost(STILL_S)
    _clock(api, "resume")
    page.page.wait_for_timeout(SETTLE_S * 1_000)
    page.forget()
    busy = page.cost(COST_S)
    _shares(report, still, busy)
    _within(report, "  longest task", page.seen()["longest_ms"], "ms", TASK_MS)


def _shares(report: Report, still: Cost, busy: Cost) -> None:
    what = f"main thread at {busy.updates_per_s:.0f} updates a second"
    _within(report, what, 100 * busy.busy, "%", SHARE)
    _within(report, "  its own time on a processor", 100 * busy.processor, "%", SHARE)
    rests = f"{100 * still.processor:.1f} %, {100 * still.busy:.1f} % with waits"
    report.add("  against the same page, the venue still", rests,
               value=busy.processor / still.processor)  # fmt: skip
    _within(report, "  frames, 95th of a hundred", busy.frame_p95_ms, "ms", FRAME_MS)


def _heap(report: Report, page: Opened, minutes: float) -> None:
    """What is reachable at the end and was not when the page had settled."""
    heaps, nodes = [page.heap_bytes()], page.metrics()["Nodes"]
    for _ in range(SAMPLES):
        page.page.wait_for_timeout(minutes * 60_000 / SAMPLES)
        heaps.append(page.heap_bytes())
    grown = (heaps[-1] - heaps[0]) / MIB
    _within(report, f"heap growth in {minutes:g} minutes", grown, "MB", HEAP / MIB, "what is kept")
    report.add("  on the way", _course(heaps), value=heaps[-1] / heaps[0])
    more = page.metrics()["Nodes"] - nodes
    report.add("  nodes of the page, more or fewer", f"{more:+.0f}", value=1 + more / nodes)


def _course(heaps: Sequence[float]) -> str:
    return ", ".join(f"{each / MIB:.1f}" for each in heaps) + " MB"


def _within(
    report: Report, what: str, value: float, unit: str, bound: float, bound_by: str = WAITS
) -> None:
    """A figure of the budget."""
    aim = Aim(LESS, bound)
    report.add(what, f"{value:.3g} {unit}", value=value, unit=unit, aim=aim, bound_by=bound_by)
