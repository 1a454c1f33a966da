"""The trade page in Chromium, and what Chromium says it costs."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Response, sync_playwright

WIDTH, HEIGHT = 1366, 768
PRICE_LIMIT_S = 60
VISITED = "localStorage.setItem('longshore.visited', 'trade')"
WATCH = """
window.seen = {price_ms: 0, shift: 0, longest_ms: 0};
new PerformanceObserver(list => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) seen.shift += each.value;
}).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => {
  for (const each of list.getEntries()) seen.longest_ms = Math.max(seen.longest_ms, each.duration);
}).observe({type: 'longtask', buffered: true});
const look = () => {
  const mark = document.querySelector('[data-testid=mark]');
  if (/[0-9]/.test(mark?.textContent ?? '')) seen.price_ms = performance.now();
  else requestAnimationFrame(look);
};
look();
"""
FASTER = """
window.seen.updates = 0;
const Bare = WebSocket;
window.WebSocket = class extends Bare {
  set onmessage(hear) {
    super.onmessage = event => {
      hear(event);
      if (!event.data.startsWith('{"type":"market"')) return;
      seen.updates += 1;
      for (let more = 1; more < TIMES; more++)
        setTimeout(() => (hear(event), (seen.updates += 1)), more * 50 / TIMES);
    };
  }
};
"""
"""Each of the venue's messages comes TIMES times, as evenly as its twenty a second come."""
FRAMES = """ms => new Promise(done => {
  const times = [];
  const note = now => { times.push(now); if (now - times[0] < ms) requestAnimationFrame(note);
                        else done(times.slice(1).map((each, i) => each - times[i])); };
  requestAnimationFrame(note);
})"""


@dataclass(frozen=True)
class Cost:
    """What the page's main thread did over a while; the shares are of that while."""

    updates_per_s: float
    busy: float
    """Share of time in which a task was under way, waiting for a processor included."""
    processor: float
    frame_p95_ms: float


class Opened:
    """One page with its line to the browser's tools."""

    def __init__(self, page: Page, tools: CDPSession) -> None:
        self.page = page
        self.tools = tools
        tools.send("Performance.enable")

    def seen(self) -> dict[str, Any]:
        """What the page's own observers noted."""
        found: dict[str, Any] = self.page.evaluate("window.seen")
        return found

    def metrics(self) -> dict[str, float]:
        """Chromium's counters."""
        rows = self.tools.send("Performance.getMetrics")["metrics"]
        return {row["name"]: row["value"] for row in rows}

    def heap_bytes(self) -> float:
        """What is still reachable after garbage was collected."""
        self.tools.send("HeapProfiler.collectGarbage")
        return self.metrics()["JSHeapUsedSize"]

    def forget(self) -> None:
        """Begin anew to look for the longest task."""
        self.page.evaluate("window.seen.longest_ms = 0")

    def cost(self, duration_s: float) -> Cost:
        """What goes on while the page is left alone for a while."""
        before, updates = self.metrics(), self.seen()["updates"]
        frames_ms = self.page.evaluate(FRAMES, duration_s * 1_000)
        after, updated = self.metrics(), self.seen()["updates"]
        gone = {name: after[name] - before[name] for name in after}
        return Cost(
            updates_per_s=(updated - updates) / gone["Timestamp"],
            busy=gone["TaskDuration"] / gone["Timestamp"],
            processor=gone["ThreadTime"] / gone["Timestamp"],
            frame_p95_ms=quantiles(frames_ms, n=20)[-1],
        )


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """A browser without a window or a graphics card."""
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=path, args=args)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, url: str, times: int = 1) -> Iterator[Opened]:
    """The page as somebody sees it whose browser has kept nothing, once it shows a price.

    `times`: how often each message of the venue arrives.
    """
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    page = context.new_page()
    page.add_init_script(VISITED + WATCH + FASTER.replace("TIMES", str(times)))
    page.goto(url)
    deadline_s = time.monotonic() + PRICE_LIMIT_S
    while not page.evaluate("window.seen.price_ms"):
        assert time.monotonic() < deadline_s, "no price was shown"
        page.wait_for_timeout(50)
    try:
        yield Opened(page, context.new_cdp_session(page))
    finally:
        context.close()


def empty_ms(browser: Browser, url: str) -> float:
    """How long a page takes that has nothing on it, from the same venue."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    loaded: float = page.evaluate("performance.getEntriesByType('navigation')[0].duration")
    context.close()
    return loaded


def script_bytes(browser: Browser, url: str) -> int:
    """All JavaScript that the first page asks for, as gzip carries it."""
    context = browser.new_context()
    page = context.new_page()
    scripts: list[Response] = []
    page.on("response", lambda each: _kept(scripts, each))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    size = sum(len(gzip.compress(each.body())) for each in scripts)
    context.close()
    return size


def _kept(scripts: list[Response], response: Response) -> None:
    if response.request.resource_type == "script":
        scripts.append(response)
