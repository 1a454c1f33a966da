"""The same screen in Firefox: a trade from its first price to its close, and axe on the routes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import resources

import pytest

from tests.browser import firefox as firefoxes
from tests.browser.desk import AXE, Venue
from tests.browser.firefox import Firefox
from tools import browsers

ROUTES = ("trade", "welcome", "learn", "worlds", "glossary", "three-ways")
AXE_RUN = """
const done = arguments[arguments.length - 1];
window.axe.run(document, {runOnly: RULES}).then(
  (found) => done(found.violations.map((each) => `${each.id}: ${each.nodes[0].html}`)),
  (error) => done([String(error)]),
);
"""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One window for all of this file."""
    path = browsers.had("firefox")
    if not path:
        reason = "no Firefox: python tools/browsers.py firefox"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with firefoxes.started(path, tmp_path_factory.mktemp("firefox")) as window:
        yield window


def opened(firefox: Firefox, venue: Venue, route: str) -> None:
    """Open a page as one who has been here before."""
    firefox.open(venue.url)
    firefox.run("localStorage.clear(); localStorage.setItem('longshore.visited', 'trade')")
    firefox.open(f"{venue.origin}/#/{route}")
    firefox.reload()


@pytest.mark.timeout(300)
def test_a_trade_from_its_first_price_to_its_close(firefox: Firefox, venue: Venue):
    """Order, sentence, position, close: as in Chromium, and what the venue then says."""
    opened(firefox, venue, "trade")
    firefox.until(lambda: firefox.find("submit").is_enabled())
    size = firefox.find("size")
    size.clear()
    size.send_keys("0.1")
    firefox.until(lambda: "0.1" in firefox.find("ticket-sentence").text)
    firefox.press("submit")
    firefox.until(venue.position)
    assert venue.position()["sentences"][0][:20] in firefox.find("position-sentences").text
    firefox.press("close")
    firefox.press("close-confirm")
    firefox.until(lambda: venue.position() is None)
    firefox.until(lambda: firefox.count("position-sentences") == 0)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("route", ROUTES)
def test_axe_finds_nothing_in_firefox(firefox: Firefox, venue: Venue, route: str):
    """UX-60, in a second browser: on a desk and as narrow as it goes."""
    opened(firefox, venue, route)
    firefox.until(lambda: firefox.run("return document.querySelectorAll('h1, h2').length") > 0)
    source = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    for width in (1366, 500):
        firefox.resize(width, 900)
        rules = AXE_RUN.replace("RULES", str(AXE["runOnly"]))
        assert firefox.run_to_end(f"{source};{rules}") == []
        assert firefox.run("return document.documentElement.scrollWidth <= innerWidth")
