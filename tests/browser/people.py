"""A venue where people sign in, and people in browsers of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, Page, expect

from longshore.venue.people.door import SEAL
from tests.browser.desk import WORLDS, Venue, started

PASSWORD = "a long enough word"
PATIENT_MS = 60_000
PAGES_OF_PEOPLE = ("me", "classes", "class", "sign-up")
"""Routes that have something to show where people sign in."""


@contextmanager
def started_town(data: Path, world: str = "first-bar") -> Iterator[Venue]:
    """A venue with accounts, its clock standing still."""
    arguments = ("--world", str(WORLDS / f"{world}.toml"), "--clock", "manual")
    with started(data, "--accounts", "--engine", "plain", *arguments) as venue:
        yield venue


class Browsers:
    """One browser a person, each with cookies of its own; closed when left."""

    def __init__(self, browser: Browser, venue: Venue) -> None:
        self._browser = browser
        self._opened: list[BrowserContext] = []
        self.venue = venue

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for context in self._opened:
            context.close()

    def open(self, route: str = "trade", **more: Any) -> Page:
        """A page of the venue in a browser that nobody has used."""
        context = self._browser.new_context(viewport={"width": 1366, "height": 768}, **more)
        self._opened.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENT_MS)
        page.add_init_script("localStorage.setItem('longshore.visited', 'trade')")
        page.goto(f"{self.venue.origin}/#/{route}")
        return page

    def signed_up(self, name: str, role: str = "learner") -> Page:
        """Somebody new, who has gone through the form."""
        page = self.open("sign-up")
        fill(page, name=name, password=PASSWORD)
        page.get_by_test_id(f"role-{'trader' if role == 'trader' else 'learner'}").check()
        page.get_by_test_id("sign-up-send").click()
        expect(page.get_by_test_id("to-me")).to_have_text(name, timeout=PATIENT_MS)
        if role in ("teacher", "operator", "auditor"):
            path = f"/api/v1/operator/people/{name}?why=a+test"
            assert self.venue.http.patch(path, json={"role": role}).is_success
            page.reload()
        return page


def fill(page: Page, **fields: str) -> None:
    """Type into fields by the names that the venue has for them."""
    for name, value in fields.items():
        page.get_by_test_id(f"field-{name}").fill(value)


def asked(page: Page, method: str, path: str, body: object = None) -> Any:
    """What the venue answers this browser, by its own cookies and as its own pages ask."""
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    headers = {"X-Longshore-Seal": cookies.get(SEAL, ""), "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body)
    address = f"{page.url.split('/#')[0]}{path}"
    return page.context.request.fetch(address, method=method, headers=headers, data=data)
