"""The screen's instruments see what they are there for: weight, delay, shifts, work and leaks."""

from __future__ import annotations

import io
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from rich.console import Console

from benchmarks import screen, screen_page
from benchmarks.report import Report
from tools import browsers

CALM = "<p data-testid=mark>1</p>"
BAD = """<p id=above></p><p data-testid=mark style="height: 600px; background: grey">1</p><script>
const kept = [];
const until = performance.now() + 320;
while (performance.now() < until);
setInterval(() => {
  kept.push(new Array(20_000).fill(kept.length));
  const busy = performance.now() + 40;
  while (performance.now() < busy);
}, 60);
setTimeout(() => (above.style.height = '400px'), 300);
</script>"""


@pytest.fixture(scope="module")
def browser():
    path = browsers.had("chromium")
    if not path:
        pytest.skip("no Chromium: python tools/browsers.py chromium")
    with screen_page.chromium(path) as chromium:
        yield chromium


@contextmanager
def served(html):
    """The address of a page."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *said):
            """Nobody listens."""

    with HTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def seen_of(browser, html):
    """What is noted of a page: its own figures, its cost, the growth of its heap in megabytes."""
    with served(html) as url, screen_page.opened(browser, url) as page:
        page.page.wait_for_timeout(1_000)
        heap = page.heap_bytes()
        cost = page.cost(2)
        return page.seen(), cost, (page.heap_bytes() - heap) / screen.MIB


def test_a_page_that_does_nothing_costs_nothing(browser):
    seen, cost, grown = seen_of(browser, CALM)
    assert seen["price_ms"] > 0
    assert seen["shift"] == 0
    assert cost.updates_per_s == 0
    assert cost.processor < 0.2
    assert grown < 1


def test_a_page_that_blocks_shifts_and_leaks_is_found_out(browser):
    seen, cost, grown = seen_of(browser, BAD)
    assert seen["price_ms"] >= 300
    assert seen["longest_ms"] >= 300
    assert seen["shift"] > 0.1
    assert cost.busy > 0.4
    assert cost.frame_p95_ms > 20
    assert grown > 2


def test_without_a_browser_it_is_left_out(monkeypatch):
    monkeypatch.setattr(browsers, "had", lambda _browser: "")
    assert [line.measured for line in screen.measure().lines] == ["left out"]


def test_a_budget_that_is_missed_is_printed_as_missed():
    report, text = Report("Screen"), io.StringIO()
    kept = screen_page.Cost(updates_per_s=60, busy=0.39, processor=0.2, frame_p95_ms=16)
    missed = screen_page.Cost(updates_per_s=60, busy=0.41, processor=0.41, frame_p95_ms=21)
    screen._shares(report, kept, missed)
    assert [line.verdict.partition(":")[0] for line in report.lines] == [
        *("missed", "missed", "", "missed"),
    ]
    report.show(Console(file=text, width=200))
    assert "main thread at 60 updates a second" in text.getvalue()
