"""A venue in its own process, and small helpers the browser tests share."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

SYMBOL = "PF_XBTUSD"
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WORLDS = Path(__file__).parent / "worlds"


class Venue:
    """A running venue as a script sees it; `world` is the one that is asked, "" the main one."""

    def __init__(self, url: str, world: str = "", http: httpx.Client | None = None) -> None:
        self.url = url
        self.world = world
        parts = urlsplit(url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        token = parts.query.removeprefix("token=")
        headers = {"Authorization": f"Bearer {token}"}
        self.http = http or httpx.Client(base_url=self.origin, headers=headers, timeout=60)

    def in_world(self, world: str) -> Venue:
        """The same venue, asked about another of its worlds."""
        return Venue(self.url, world, self.http)

    def get(self, path: str) -> Any:
        return self._asked("GET", path)

    def post(self, path: str, body: Any = None) -> Any:
        return self._asked("POST", path, body)

    def put(self, path: str, body: Any) -> Any:
        return self._asked("PUT", path, body)

    def _asked(self, method: str, path: str, body: Any = None) -> Any:
        prefix = f"/w/{self.world}" if self.world else ""
        reply = self.http.request(method, f"{prefix}/api/v1{path}", json=body)
        assert reply.is_success, reply.text
        return reply.json()

    def order(self, side: str, size: str, **more: Any) -> Any:
        """A market order on 10x isolated margin, unless told otherwise."""
        body = {"symbol": SYMBOL, "side": side, "type": "market", "size": size, "leverage": "10"}
        return self.post("/orders", body | more)

    def position(self) -> Any:
        """The card of the position in the market traded here; None when flat."""
        held = self.get("/account")["positions"]
        return next((card for card in held if card["symbol"] == SYMBOL), None)

    def step(self, step_ms: int) -> None:
        """Let world time pass, however fast the wall clock goes."""
        self.post("/clock", {"action": "step", "step_ms": step_ms})

    def flatten(self) -> None:
        """No order, no position, and nobody guided."""
        self.post("/cancel-all", {})
        for held in self.get("/account")["positions"]:
            self.post(f"/positions/{held['symbol']}/close", {})
        self.put("/guided", {"on": False})


@contextmanager
def started_world(name: str, data: Path) -> Iterator[Venue]:
    """A venue on one of the worlds made for these tests, its clock standing still."""
    world = str(WORLDS / f"{name}.toml")
    with started(data, "--world", world, "--clock", "manual", "--engine", "plain") as venue:
        yield venue


@contextmanager
def started(data: Path, *arguments: str) -> Iterator[Venue]:
    """A venue on a free port; its address is the first line it prints."""
    command = [sys.executable, "-m", "longshore", "serve", "--no-browser", "--data", str(data)]
    with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http"), "the venue did not start"
        venue = Venue(url)
        try:
            yield venue
        finally:
            venue.http.close()
            process.terminate()


def until(ask: Callable[[], Any], within_s: float = 60) -> Any:
    """The first answer that is something, asked again and again; what came last if none is."""
    end = time.monotonic() + within_s
    while not (answer := ask()) and time.monotonic() < end:
        time.sleep(0.1)
    return answer


def replaced(page: Page, pattern: str, change: Any) -> None:
    """Let the venue answer, and change what it said."""

    def answer(route: Route) -> None:
        reply = route.fetch()
        body = reply.json()
        change(body)
        route.fulfill(response=reply, body=json.dumps(body))

    page.route(pattern, answer)


def everyone_can_use(page: Page) -> None:
    """Axe finds nothing on a page, dark and light, on a desk and a phone; it is as wide as they."""
    for theme in ("dark", "light"):
        page.get_by_test_id("theme").select_option(theme)
        for width in (1366, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
            found = Axe().run(page, options=AXE)
            assert found.violations_count == 0, found.generate_report()
